//! Articles through the stages, many at a time. Work is handed out one article after the other; each thread
//! fills a state of its own, and what must be in order carries its place in the input.

use super::Stop;
use crate::article::{self, Article, InputFile};
use crate::claim::{Claim, Explained, Extractor};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::dictionary::Dictionary;
use crate::mention::{self, Recognised, Recogniser};
use crate::store::{FileState, Hasher, Stat};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Articles that are worked on together before `after` sees the states.
const BATCH: usize = 1024;

/// Bytes of articles that are read ahead at most, together with one batch.
const AHEAD: u64 = 16 << 20;

/// Stages 3 and 4 over one dictionary.
pub(super) struct Engine<'d> {
    recogniser: Recogniser<'d>,
    extractor: Extractor<'d>,
}

impl<'d> Engine<'d> {
    pub(super) fn new(dictionary: &'d Dictionary, options: mention::Options) -> Engine<'d> {
        Engine { recogniser: Recogniser::new(dictionary, options), extractor: Extractor::new(dictionary) }
    }

    /// What an article mentions and claims.
    pub(super) fn understand(&self, article: &Article) -> (Recognised, Vec<Claim>) {
        let found = self.recogniser.recognise(article);
        let claims = self.extractor.extract(article, &found);
        (found, claims)
    }

    /// The same with every claim, before those with the same ends are merged, and what was nearly claimed.
    pub(super) fn explain(&self, article: &Article) -> (Recognised, Explained) {
        let found = self.recogniser.recognise(article);
        let explained = self.extractor.explain(article, &found);
        (found, explained)
    }
}

/// What to read.
pub(super) struct Input {
    /// Articles' files, then the streams.
    files: Vec<InputFile>,
    /// How many of the files are streams: NDJSON, the last perhaps standard input.
    streams: usize,
    options: article::Options,
    found: Vec<Diagnostic>,
    /// The first files, as far as they were read ahead.
    ahead: Vec<Mutex<Option<Ahead>>>,
}

/// What reading a file gave, and how the file looked.
struct Ahead {
    outcomes: Vec<article::Outcome>,
    seen: Option<(Stat, [u8; 16])>,
}

/// The name of standard input.
const STDIN: &str = "-";

impl Input {
    /// Lists the articles under `roots`; `-` is NDJSON from standard input.
    pub(super) fn list(roots: &[PathBuf], drafts: bool) -> Result<Input, Error> {
        let (stdin, roots): (Vec<PathBuf>, Vec<PathBuf>) = roots.iter().cloned().partition(|r| r == Path::new(STDIN));
        let (listed, found) = if roots.is_empty() { Default::default() } else { article::list(&roots)? };
        let lines = |f: &InputFile| matches!(f.path.extension().and_then(|e| e.to_str()), Some("ndjson" | "jsonl"));
        let (mut streams, mut files): (Vec<InputFile>, Vec<InputFile>) = listed.into_iter().partition(lines);
        if !stdin.is_empty() {
            streams.push(InputFile { name: STDIN.into(), path: PathBuf::from(STDIN) });
        }
        let number = streams.len();
        files.append(&mut streams);
        Ok(Input { files, streams: number, options: article::Options { drafts }, found, ahead: Vec::new() })
    }

    /// Does `work`, and meanwhile reads the first articles, so that they need not be read later.
    pub(super) fn reading_ahead<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let stop = AtomicBool::new(false);
        let (done, ahead) = std::thread::scope(|scope| {
            let reader = scope.spawn(|| self.read_ahead(&stop));
            let done = work();
            stop.store(true, Ordering::Relaxed);
            // a fault of ours shows again where the article is read in its turn
            (done, reader.join().unwrap_or_default())
        });
        self.ahead = ahead;
        done
    }

    /// Reads the first articles until there are enough or it is told to stop.
    fn read_ahead(&self, stop: &AtomicBool) -> Vec<Mutex<Option<Ahead>>> {
        let mut ahead = Vec::new();
        let mut size = 0;
        for file in self.files[..self.files.len() - self.streams].iter().take(BATCH) {
            if size >= AHEAD || stop.load(Ordering::Relaxed) {
                break;
            }
            let mut outcomes = Vec::new();
            let seen = watch(file, |bytes| {
                let mut count = |part: &[u8]| {
                    size += part.len() as u64;
                    bytes(part);
                };
                article::read_through(file, &self.options, &mut count, &mut |outcome| outcomes.push(outcome))
            });
            ahead.push(Mutex::new(Some(Ahead { outcomes, seen })));
        }
        ahead
    }

    /// All files, in the order in which they are read.
    pub(super) fn files(&self) -> &[InputFile] {
        &self.files
    }

    /// Whether this is standard input.
    pub(super) fn is_stdin(file: &InputFile) -> bool {
        file.path == Path::new(STDIN)
    }

    /// Whether drafts are read.
    pub(super) fn drafts(&self) -> bool {
        self.options.drafts
    }

    /// What was found wrong before any file was read.
    pub(super) fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// The same, with only the files for which `wanted` holds.
    pub(super) fn only(&self, wanted: impl Fn(usize) -> bool) -> Input {
        let first_stream = self.files.len() - self.streams;
        let chosen: Vec<usize> = (0..self.files.len()).filter(|&i| wanted(i)).collect();
        Input {
            files: chosen.iter().map(|&i| self.files[i].clone()).collect(),
            streams: chosen.iter().filter(|&&i| i >= first_stream).count(),
            options: self.options,
            found: Vec::new(),
            ahead: Vec::new(),
        }
    }
}

/// What became of the articles.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Read.
    pub(super) articles: u64,
    /// Left out as drafts.
    pub(super) drafts: u64,
    /// Not read.
    pub(super) failed: u64,
    /// All that is to be told, in the order of the input.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Each file's state and what is to be told of it, in the order of the input.
    pub(super) files: Vec<(FileState, Vec<Diagnostic>)>,
}

/// What one hand has to tell.
#[derive(Default)]
struct Told {
    /// By place in the input.
    diagnostics: Vec<(u64, usize, Diagnostic)>,
    /// By file; a stream's articles are spread over the hands.
    files: Vec<(usize, FileState)>,
}

impl Told {
    /// Counts an article of the file.
    fn count(&mut self, file: usize, what: impl FnOnce(&mut FileState)) {
        if self.files.last().is_none_or(|last| last.0 != file) {
            self.files.push((file, FileState::default()));
        }
        if let Some((_, state)) = self.files.last_mut() {
            what(state);
        }
    }

    fn failed(&mut self, place: u64, file: usize, diagnostic: Diagnostic) {
        self.count(file, |state| state.failed += 1);
        self.diagnostics.push((place, file, diagnostic));
    }
}

/// An article with its place in the input.
pub(super) struct Read<'a> {
    pub(super) place: u64,
    /// Index into [`Input::files`].
    pub(super) file: usize,
    pub(super) article: &'a Article,
}

/// Reads everything and gives each article to `each`, together with the state of the thread that has it. After
/// every so many articles `after` sees the states.
pub(super) fn run<S: Send>(
    input: &Input,
    states: &mut [S],
    each: impl Fn(&mut S, Read<'_>) + Sync,
    mut after: impl FnMut(&mut [S]) -> Result<(), Stop>,
) -> Result<Tally, Stop> {
    let (files, streams) = input.files.split_at(input.files.len() - input.streams);
    let progress = progress(files.len());
    let mut told: Vec<Told> = states.iter().map(|_| Told::default()).collect();
    let unsure: Mutex<Vec<usize>> = Mutex::default();
    let handle = |state: &mut S, told: &mut Told, place: u64, file: usize, outcome: article::Outcome| match outcome {
        article::Outcome::Article(article, warnings) => {
            told.diagnostics.extend(warnings.into_iter().map(|w| (place, file, w)));
            // a fault of ours in one article must not cost the others: the stages before the state is touched
            // are where it could be
            let work = AssertUnwindSafe(|| each(state, Read { place, file, article: &article }));
            match catch_unwind(work) {
                Ok(()) => told.count(file, |state| {
                    state.articles += 1;
                    state.drafts += u64::from(article.draft);
                }),
                Err(_) => {
                    let d = Diagnostic::error(&*article.path, "an internal error: the article was left out")
                        .hint("please report it with the article and the message above");
                    told.failed(place, file, d);
                    unsure.lock().expect("no thread panicked").push(file);
                }
            }
        }
        article::Outcome::Draft(_) => told.count(file, |state| {
            state.drafts += 1;
            state.left_out += 1;
        }),
        article::Outcome::Failed(d) => told.failed(place, file, d),
    };
    for (batch, files) in files.chunks(BATCH).enumerate() {
        let first = batch * BATCH;
        in_parallel(states, &mut told, files.len(), |i, state, told| {
            let file = first + i;
            told.count(file, |_| {});
            let ahead = input.ahead.get(file).and_then(|a| a.lock().expect("no thread panicked").take());
            let seen = match ahead {
                Some(Ahead { outcomes, seen }) => {
                    outcomes.into_iter().for_each(|outcome| handle(state, told, file as u64, file, outcome));
                    seen
                }
                None => watch(&files[i], |bytes| {
                    article::read_through(&files[i], &input.options, bytes, &mut |outcome| {
                        handle(state, told, file as u64, file, outcome);
                    })
                }),
            };
            told.count(file, |state| state.seen = seen);
            progress.inc(1);
        });
        after(states)?;
    }
    let mut place = files.len() as u64;
    for (file, stream) in (files.len()..).zip(streams) {
        let mut stop = Ok(());
        let mut batch: Vec<Mutex<Option<article::Outcome>>> = Vec::new();
        let mut work = |batch: &mut Vec<Mutex<Option<article::Outcome>>>| {
            let taken = std::mem::take(batch);
            in_parallel(states, &mut told, taken.len(), |i, state, told| {
                if let Some(outcome) = taken[i].lock().expect("no thread panicked").take() {
                    handle(state, told, place + i as u64, file, outcome);
                }
            });
            place += taken.len() as u64;
            if stop.is_ok() {
                stop = after(states);
            }
        };
        let mut sink = |outcome| {
            batch.push(Mutex::new(Some(outcome)));
            if batch.len() >= BATCH {
                work(&mut batch);
            }
        };
        let seen = match Input::is_stdin(stream) {
            true => {
                article::read_ndjson(STDIN, std::io::stdin().lock(), &input.options, &mut sink);
                None
            }
            false => watch(stream, |bytes| article::read_through(stream, &input.options, bytes, &mut sink)),
        };
        work(&mut batch);
        stop?;
        told[0].count(file, |state| state.seen = seen);
    }
    progress.finish_and_clear();
    Ok(tally(input, told, unsure.into_inner().expect("no thread panicked")))
}

/// Looks at a file, then reads it; gives how it looked and its content's number, if it was read to its end and did not
/// change meanwhile.
fn watch(file: &InputFile, read: impl FnOnce(&mut dyn FnMut(&[u8])) -> bool) -> Option<(Stat, [u8; 16])> {
    let stat = Stat::of(&file.path);
    let mut hasher = Hasher::default();
    let mut size = 0;
    let whole = read(&mut |bytes| {
        hasher.add(bytes);
        size += bytes.len() as u64;
    });
    stat.filter(|stat| whole && stat.size == size).map(|stat| (stat, hasher.finish()))
}

/// What all hands have to tell, in the order of the input. A file that is `unsure` is to be read again in any case.
fn tally(input: &Input, told: Vec<Told>, unsure: Vec<usize>) -> Tally {
    let mut files: Vec<(FileState, Vec<Diagnostic>)> = vec![Default::default(); input.files.len()];
    let mut diagnostics = Vec::new();
    for hand in told {
        diagnostics.extend(hand.diagnostics);
        for (file, part) in hand.files {
            let state = &mut files[file].0;
            state.seen = state.seen.or(part.seen);
            state.articles += part.articles;
            state.drafts += part.drafts;
            state.left_out += part.left_out;
            state.failed += part.failed;
        }
    }
    unsure.into_iter().for_each(|file| files[file].0.seen = None);
    diagnostics.sort();
    let mut tally = Tally { diagnostics: input.found.clone(), ..Tally::default() };
    tally.failed = input.found.iter().filter(|d| d.severity == Severity::Error).count() as u64;
    for (_, file, diagnostic) in diagnostics {
        tally.diagnostics.push(diagnostic.clone());
        files[file].1.push(diagnostic);
    }
    for (state, _) in &files {
        tally.articles += state.articles;
        tally.drafts += state.left_out;
        tally.failed += state.failed;
    }
    tally.files = files;
    tally
}

/// Does `work` for each of `0..count`, the next free thread the next one.
fn in_parallel<S: Send>(
    states: &mut [S],
    told: &mut [Told],
    count: usize,
    work: impl Fn(usize, &mut S, &mut Told) + Sync,
) {
    let next = AtomicUsize::new(0);
    let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|i| *i < count);
    let hand = |state: &mut S, told: &mut Told| {
        while let Some(i) = take() {
            work(i, state, told);
        }
    };
    let mut hands = states.iter_mut().zip(told);
    let Some((own, own_told)) = hands.next() else { return };
    std::thread::scope(|scope| {
        for (state, told) in hands.take(count.saturating_sub(1)) {
            scope.spawn(|| hand(state, told));
        }
        hand(own, own_told);
    });
}

/// A bar on a terminal, nothing elsewhere.
fn progress(files: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() || files == 0 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} articles {elapsed}").expect("a fixed template");
    ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(10)).with_style(style)
}
