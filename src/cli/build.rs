//! `guanxi build`: articles in, the graph out.

use super::keep::{self, Kept, Plan, Work};
use super::options::{self, Knowing, Picking, Reading};
use super::pipeline::{Engine, Input, Tally};
use super::{Outcome, Stop, hex};
use crate::diagnostic::{Diagnostic, Error};
use crate::dictionary::{Dictionary, Gathered};
use crate::export::{self, Left};
use crate::graph::{AssembleOptions, Graph, View};
use crate::query;
use crate::store::{self, Lock, Makings, Stat, Store};
use clap::{ValueEnum, ValueHint};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

/// Read articles and write their graph: guanxi.db, graph.json and graph.dot
///
/// Reads every article (.md, .txt, .ndjson) under the content folders, finds the entities and the relations that
/// the sentences state, and writes the graph with all evidence. Articles that have not changed since the last build are
/// not read again; what is written is the same as if they were. The picture (graph.dot) shows the strongest ties
/// only; the options under "Picture" choose others.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi build
  guanxi build --content news/ --dict my-companies.yaml --output graph/
  guanxi build --around 商汤 --depth 2 && dot -Tpng output/graph.dot -o graph.png
  zcat dump.ndjson.gz | guanxi build --content - --format json")]
pub(super) struct Args {
    /// A folder of articles or one article; `-` reads NDJSON from standard input; may be repeated
    #[arg(long, value_name = "PATH", default_value = "content", value_hint = ValueHint::AnyPath)]
    content: Vec<PathBuf>,
    /// Where to write
    #[arg(long, value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    output: PathBuf,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    knowing: Knowing,
    /// Evidence items kept for each tie; counts are always complete
    #[arg(long, value_name = "N", default_value_t = 20)]
    evidence: usize,
    /// A co-mention needs this many sentences or paragraphs
    #[arg(long, value_name = "N", default_value_t = 2)]
    min_support: u32,
    /// Read everything again, whatever the last build left
    #[arg(long)]
    fresh: bool,
    /// Do not write the store (guanxi.db), which makes the next build quick and answers queries
    #[arg(long, conflicts_with = "fresh")]
    no_store: bool,
    /// How to print the summary
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: SummaryFormat,
    #[command(flatten, next_help_heading = "Picture")]
    picking: Picking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SummaryFormat {
    Text,
    Json,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let start = Instant::now();
    let fresh = args.no_store || args.fresh || !args.output.join(store::FILE).exists();
    let threads = args.reading.threads();
    let list = || Input::list(&args.content, args.reading.drafts);
    // while dictionaries load, the first articles are read, or it is found out which ones have changed
    let (dictionary, input, earlier, _alone) = if fresh {
        let mut input = list();
        let dictionary = match &mut input {
            Ok(input) if threads > 1 => input.reading_ahead(|| args.knowing.load()),
            _ => args.knowing.load(),
        }?;
        (dictionary, input?, None, Lock::take(&args.output)?)
    } else {
        let alone = Lock::take(&args.output)?;
        let changes = || {
            let input = list()?;
            let earlier = keep::earlier(&args.output, &input, threads)?;
            Ok::<_, Error>((input, earlier))
        };
        let (digest, known, (input, earlier)) = beside_changes(&args.knowing, changes)?;
        if let (Some(digest), Some((store, plan))) = (digest, &earlier)
            && let Some(told) = as_it_was(&args, digest, store, plan, &input)?
        {
            told.print(&args, start, out)?;
            return Ok((told.failed > 0) as u8);
        }
        let dictionary = match known {
            Known::Dictionary(dictionary) => *dictionary,
            Known::Files(files) => options::understand(files)?,
        };
        (dictionary, input, earlier, alone)
    };
    let work = Work {
        engine: Engine::new(&dictionary, args.knowing.recognise(false)),
        dictionary: &dictionary,
        input,
        keep: args.keep(),
        threads,
    };
    let kept = match args.no_store {
        true => work.alone()?,
        false => work.with_store(&args.output, makings(&args, dictionary.digest), earlier)?,
    };
    super::report(&kept.tally.diagnostics);
    if kept.tally.articles == 0 {
        let places: Vec<String> = args.content.iter().map(|p| p.display().to_string()).collect();
        let d = Diagnostic::error(places.join(", "), "there is no article here that could be read");
        return Err(Error::new(d.hint("articles are .md, .txt or .ndjson files; --drafts reads drafts too")).into());
    }
    let mut told = Told::of(&kept);
    let left = args.output.join(store::FILE);
    if args.no_store && left.exists() {
        let d = Diagnostic::warning(slashed(&left), "the store of an earlier build lies here and was left as it is");
        super::report(&[d.hint("queries answer from it: build without --no-store, or remove it")]);
    }
    told.files = kept.commit(|graph| write(&args, graph), |files| notes(&args, &dictionary, files))?;
    told.print(&args, start, out)?;
    Ok((told.failed > 0) as u8)
}

/// What makes the articles say what they say.
fn makings(args: &Args, dictionary: u64) -> Makings {
    let options = args.knowing.recognise(false);
    Makings {
        tool: program(),
        dictionary,
        options: format!("listed_only={} coreference={}", options.listed_only, options.coreference),
        drafts: args.reading.drafts,
        keep: args.keep(),
    }
}

/// This program: its version, and size and time of its file, since two programs of one version may differ (other sources,
/// other features).
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    match std::env::current_exe().ok().and_then(|path| Stat::of(&path)) {
        Some(stat) => format!("{version} {:x}-{:x}", stat.size, stat.modified),
        None => version.to_owned(),
    }
}

impl Args {
    /// What the graph keeps.
    fn keep(&self) -> AssembleOptions {
        AssembleOptions { evidence_limit: self.evidence, min_support: self.min_support }
    }

    /// What the picture shows, in words.
    fn picture(&self) -> String {
        format!("{:?}", self.picking)
    }
}

/// What is found out in this time needs no dictionary that is loaded meanwhile.
const BLINK: Duration = Duration::from_millis(50);

/// How much of the dictionaries is known.
enum Known {
    Files(Gathered),
    Dictionary(Box<Dictionary>),
}

/// The dictionaries' digest, what is known of them, which is all if it took longer than a blink to see what has changed, and
/// that.
fn beside_changes<T: Send>(
    knowing: &Knowing,
    changes: impl FnOnce() -> Result<T, Error> + Send,
) -> Result<(Option<u64>, Known, T), Stop> {
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(1);
        let finder = scope.spawn(move || send.send(changes()));
        let files = knowing.gather();
        let digest = files.digest();
        let found = receive.recv_timeout(BLINK).ok();
        let known = match found {
            Some(_) => Known::Files(files),
            None => Known::Dictionary(Box::new(options::understand(files)?)),
        };
        match found.or_else(|| receive.recv().ok()) {
            Some(found) => Ok((digest, known, found?)),
            None => match finder.join() {
                Err(panic) => std::panic::resume_unwind(panic),
                Ok(_) => unreachable!("what was sent was received"),
            },
        }
    })
}

/// What is to be told when articles, dictionaries, options and all that the last build left are as they were: then
/// nothing is to be done.
fn as_it_was(args: &Args, digest: u64, store: &Store, plan: &Plan, input: &Input) -> Result<Option<Told>, Error> {
    let makings = makings(args, digest);
    let same = plan.is_empty() && store.fits(&makings)? && store.kept()? == (makings.keep, makings.drafts);
    if !same || store.fact::<String>(PICTURE)? != Some(args.picture()) || store.fact(WARNED)? != Some(String::new()) {
        return Ok(None);
    }
    let mut files = Vec::new();
    for name in [GRAPH, DOT] {
        let path = args.output.join(name);
        if store.fact::<String>(name)? != store::content(&path).map(|content| hex(&content)) {
            return Ok(None);
        }
        files.push(path);
    }
    files.push(store.path().to_owned());
    let count = |name: &str| store.fact::<i64>(name).map(Option::unwrap_or_default);
    let tally = plan.tally(store, input, &Tally::default())?;
    super::report(&tally.diagnostics);
    Ok(Some(Told {
        articles: tally.articles,
        drafts: tally.drafts,
        failed: tally.failed,
        change: Some(keep::Change::default()),
        entities: count("entities")? as usize,
        listed: count("listed_entities")? as usize,
        claims: count("claims")?.cast_unsigned(),
        relations: count("relation_ties")? as usize,
        co_mentions: count("co_mention_ties")? as usize,
        files,
        written: false,
    }))
}

/// Facts of the store: what the picture shows; whether there were warnings about dictionaries, which are given again.
const PICTURE: &str = "picture";
const WARNED: &str = "warned";

/// The files beside the store, and the facts that number their contents.
const GRAPH: &str = "graph.json";
const DOT: &str = "graph.dot";

/// What is left beside the store, for [`as_it_was`].
fn notes(args: &Args, dictionary: &Dictionary, files: &[Left]) -> Vec<(String, String)> {
    let warned = if dictionary.warned { "yes" } else { "" };
    let mut notes = vec![(PICTURE.to_owned(), args.picture()), (WARNED.to_owned(), warned.to_owned())];
    notes.extend(files.iter().filter_map(|file| {
        let name = file.path.file_name()?.to_str()?;
        Some((name.to_owned(), hex(&file.content)))
    }));
    notes
}

fn write(args: &Args, graph: &Graph) -> Result<Vec<Left>, Error> {
    let selection = args.picking.selection(graph)?;
    let picture = query::select(graph, &selection);
    let mut files = export::write_files(options::format("json")?, &View::all(graph), &args.output)?;
    files.extend(export::write_files(options::format("dot")?, &picture, &args.output)?);
    Ok(files)
}

/// What the summary tells.
struct Told {
    articles: u64,
    drafts: u64,
    failed: u64,
    change: Option<super::keep::Change>,
    entities: usize,
    listed: usize,
    claims: u64,
    relations: usize,
    co_mentions: usize,
    files: Vec<PathBuf>,
    /// Whether the files were written; else they are as they were.
    written: bool,
}

impl Told {
    fn of(kept: &Kept) -> Told {
        let graph = &kept.graph.graph;
        let relations = kept.graph.relation_ties();
        Told {
            articles: kept.tally.articles,
            drafts: kept.tally.drafts,
            failed: kept.tally.failed,
            change: kept.change,
            entities: graph.node_count(),
            listed: graph.node_weights().filter(|n| n.listed).count(),
            claims: kept.graph.totals.claims,
            relations,
            co_mentions: graph.edge_count() - relations,
            files: Vec::new(),
            written: true,
        }
    }

    fn print(&self, args: &Args, start: Instant, out: &mut dyn Write) -> Result<(), Stop> {
        let seconds = start.elapsed().as_secs_f64();
        let names: Vec<String> = self.files.iter().map(|f| slashed(f)).collect();
        if args.format == SummaryFormat::Json {
            let mut summary = serde_json::json!({
                "articles": self.articles, "drafts": self.drafts, "failed": self.failed,
                "entities": self.entities, "claims": self.claims, "relation_ties": self.relations,
                "co_mention_ties": self.co_mentions, "files": names,
                "seconds": (seconds * 1000.0).round() / 1000.0,
            });
            if let Some(change) = self.change {
                summary["update"] = serde_json::json!({"files_read": change.read, "files_gone": change.gone});
            }
            writeln!(out, "{summary}")?;
            return Ok(());
        }
        match self.change {
            None => write!(out, "{} articles read", self.articles)?,
            Some(change) if change == super::keep::Change::default() => {
                write!(out, "{} articles, as they were", self.articles)?;
            }
            Some(change) => {
                let files = |n: usize| if n == 1 { "1 file".to_owned() } else { format!("{n} files") };
                write!(out, "{} articles: {} read", self.articles, files(change.read))?;
                if change.gone > 0 {
                    write!(out, ", {} gone", files(change.gone))?;
                }
                write!(out, ", the rest as it was")?;
            }
        }
        for (n, what) in [(self.drafts, "drafts left out"), (self.failed, "failed (see above)")] {
            if n > 0 {
                write!(out, ", {n} {what}")?;
            }
        }
        writeln!(out, " in {seconds:.2} s")?;
        writeln!(out, "{} entities ({} listed)", self.entities, self.listed)?;
        writeln!(
            out,
            "{} relation ties from {} claims, {} co-mention ties",
            self.relations, self.claims, self.co_mentions
        )?;
        match self.written {
            true => writeln!(out, "wrote {}", names.join(", "))?,
            false => writeln!(out, "nothing to write: {} are as they were", names.join(", "))?,
        }
        Ok(())
    }
}

fn slashed(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
