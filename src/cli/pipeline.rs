//! Articles through the stages, many at a time. Work is handed out one article after the other; each thread
//! fills a state of its own, and what must be in order carries its place in the input.

use super::Stop;
use crate::article::{self, Article, InputFile};
use crate::claim::{Claim, Explained, Extractor};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::dictionary::Dictionary;
use crate::mention::{self, Recognised, Recogniser};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Articles read from a stream before they are worked on together.
const BATCH: usize = 1024;

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
    files: Vec<InputFile>,
    streams: Vec<Stream>,
    options: article::Options,
    found: Vec<Diagnostic>,
}

enum Stream {
    File(InputFile),
    Stdin,
}

impl Input {
    /// Lists the articles under `roots`; `-` is NDJSON from standard input.
    pub(super) fn list(roots: &[PathBuf], drafts: bool) -> Result<Input, Error> {
        let (stdin, roots): (Vec<PathBuf>, Vec<PathBuf>) = roots.iter().cloned().partition(|r| r == Path::new("-"));
        let (listed, found) = if roots.is_empty() { Default::default() } else { article::list(&roots)? };
        let lines = |f: &InputFile| matches!(f.path.extension().and_then(|e| e.to_str()), Some("ndjson" | "jsonl"));
        let (streams, files): (Vec<InputFile>, Vec<InputFile>) = listed.into_iter().partition(lines);
        let mut streams: Vec<Stream> = streams.into_iter().map(Stream::File).collect();
        if !stdin.is_empty() {
            streams.push(Stream::Stdin);
        }
        Ok(Input { files, streams, options: article::Options { drafts }, found })
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
}

struct Told {
    articles: u64,
    drafts: u64,
    failed: u64,
    diagnostics: Vec<(u64, Diagnostic)>,
}

/// An article with its place in the input.
pub(super) struct Read<'a> {
    pub(super) place: u64,
    pub(super) article: &'a Article,
}

/// Reads everything and gives each article to `each`, together with the state of the thread that has it. After
/// every batch (all files; so many articles of a stream) `after` sees the states.
pub(super) fn run<S: Send>(
    input: &Input,
    states: &mut [S],
    each: impl Fn(&mut S, Read<'_>) + Sync,
    mut after: impl FnMut(&mut [S]) -> Result<(), Stop>,
) -> Result<Tally, Stop> {
    let progress = progress(input.files.len());
    let mut told: Vec<Told> =
        states.iter().map(|_| Told { articles: 0, drafts: 0, failed: 0, diagnostics: Vec::new() }).collect();
    let handle = |state: &mut S, told: &mut Told, place: u64, outcome: article::Outcome| match outcome {
        article::Outcome::Article(article, warnings) => {
            told.diagnostics.extend(warnings.into_iter().map(|w| (place, w)));
            // a fault of ours in one article must not cost the others: the stages before the state is touched
            // are where it could be
            let work = AssertUnwindSafe(|| each(state, Read { place, article: &article }));
            match catch_unwind(work) {
                Ok(()) => told.articles += 1,
                Err(_) => {
                    told.failed += 1;
                    let d = Diagnostic::error(&*article.path, "an internal error: the article was left out")
                        .hint("please report it with the article and the message above");
                    told.diagnostics.push((place, d));
                }
            }
        }
        article::Outcome::Draft(_) => told.drafts += 1,
        article::Outcome::Failed(d) => {
            told.failed += 1;
            told.diagnostics.push((place, d));
        }
    };
    for (batch, files) in
        input.files.chunks(if input.files.len() > 4 * BATCH { 4 * BATCH } else { usize::MAX }).enumerate()
    {
        let first = batch * 4 * BATCH;
        in_parallel(states, &mut told, files.len(), |i, state, told| {
            let place = (first + i) as u64;
            article::read(&files[i], &input.options, &mut |outcome| handle(state, told, place, outcome));
            progress.inc(1);
        });
        after(states)?;
    }
    let mut place = input.files.len() as u64;
    for stream in &input.streams {
        let mut stop = Ok(());
        let mut batch: Vec<Mutex<Option<article::Outcome>>> = Vec::new();
        let mut work = |batch: &mut Vec<Mutex<Option<article::Outcome>>>| {
            let taken = std::mem::take(batch);
            in_parallel(states, &mut told, taken.len(), |i, state, told| {
                if let Some(outcome) = taken[i].lock().expect("no thread panicked").take() {
                    handle(state, told, place + i as u64, outcome);
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
        match stream {
            Stream::File(file) => article::read(file, &input.options, &mut sink),
            Stream::Stdin => article::read_ndjson("-", std::io::stdin().lock(), &input.options, &mut sink),
        }
        work(&mut batch);
        stop?;
    }
    progress.finish_and_clear();
    let mut diagnostics: Vec<(u64, Diagnostic)> = Vec::new();
    let mut tally = Tally::default();
    for t in told {
        tally.articles += t.articles;
        tally.drafts += t.drafts;
        tally.failed += t.failed;
        diagnostics.extend(t.diagnostics);
    }
    diagnostics.sort();
    tally.failed += input.found.iter().filter(|d| d.severity == Severity::Error).count() as u64;
    tally.diagnostics = input.found.iter().cloned().chain(diagnostics.into_iter().map(|d| d.1)).collect();
    Ok(tally)
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
