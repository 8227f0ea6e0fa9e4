//! `guanxi build`: articles in, the graph out.

use super::options::{self, Knowing, Picking, Reading};
use super::pipeline::{self, Engine, Input, Tally};
use super::{Outcome, Stop};
use crate::diagnostic::{Diagnostic, Error};
use crate::dictionary::Dictionary;
use crate::export;
use crate::graph::record::record;
use crate::graph::{AssembleOptions, Assembler, Graph, View};
use crate::query;
use clap::{ValueEnum, ValueHint};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Read articles and write their graph: graph.json and graph.dot
///
/// Reads every article (.md, .txt, .ndjson) under the content folders, finds the entities and the relations that
/// the sentences state, and writes the graph with all evidence. The picture (graph.dot) shows the strongest ties
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
    let dictionary = args.knowing.load()?;
    let input = Input::list(&args.content, args.reading.drafts)?;
    let (graph, tally) = assemble(&args, &dictionary, &input)?;
    super::report(&tally.diagnostics);
    if tally.articles == 0 {
        let places: Vec<String> = args.content.iter().map(|p| p.display().to_string()).collect();
        let d = Diagnostic::error(places.join(", "), "there is no article here that could be read");
        return Err(Error::new(d.hint("articles are .md, .txt or .ndjson files; --drafts reads drafts too")).into());
    }
    let files = write(&args, &graph)?;
    summary(&args, &graph, &tally, &files, start, out)?;
    Ok((tally.failed > 0) as u8)
}

fn assemble(args: &Args, dictionary: &Dictionary, input: &Input) -> Result<(Graph, Tally), Stop> {
    let engine = Engine::new(dictionary, args.knowing.recognise(false));
    let keep = AssembleOptions { evidence_limit: args.evidence, min_support: args.min_support };
    let mut shards: Vec<Assembler<'_>> =
        (0..args.reading.threads()).map(|_| Assembler::new(&dictionary.schema, keep)).collect();
    let each = |shard: &mut Assembler<'_>, read: pipeline::Read<'_>| {
        let (found, claims) = engine.understand(read.article);
        shard.add(&record(read.article, &found, &claims, dictionary));
    };
    let tally = pipeline::run(input, &mut shards, each, |_| Ok(()))?;
    let mut all = shards.remove(0);
    shards.into_iter().for_each(|shard| all.merge(shard));
    let mut graph = all.finish();
    graph.describe(dictionary);
    Ok((graph, tally))
}

fn write(args: &Args, graph: &Graph) -> Result<Vec<PathBuf>, Error> {
    let selection = args.picking.selection(graph)?;
    let picture = query::select(graph, &selection);
    let mut files = export::write_files(options::format("json")?, &View::all(graph), &args.output)?;
    files.extend(export::write_files(options::format("dot")?, &picture, &args.output)?);
    Ok(files)
}

fn summary(
    args: &Args,
    graph: &Graph,
    tally: &Tally,
    files: &[PathBuf],
    start: Instant,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let seconds = start.elapsed().as_secs_f64();
    let relations = graph.graph.edge_weights().filter(|t| t.claims.is_some()).count();
    let co_mentions = graph.graph.edge_count() - relations;
    let names: Vec<String> = files.iter().map(|f| slashed(f)).collect();
    if args.format == SummaryFormat::Json {
        let summary = serde_json::json!({
            "articles": tally.articles, "drafts": tally.drafts, "failed": tally.failed,
            "entities": graph.graph.node_count(), "claims": graph.totals.claims, "relation_ties": relations,
            "co_mention_ties": co_mentions, "files": names, "seconds": (seconds * 1000.0).round() / 1000.0,
        });
        writeln!(out, "{summary}")?;
        return Ok(());
    }
    write!(out, "{} articles read", tally.articles)?;
    for (n, what) in [(tally.drafts, "drafts left out"), (tally.failed, "failed (see above)")] {
        if n > 0 {
            write!(out, ", {n} {what}")?;
        }
    }
    writeln!(out, " in {seconds:.2} s")?;
    let listed = graph.graph.node_weights().filter(|n| n.listed).count();
    writeln!(out, "{} entities ({listed} listed)", graph.graph.node_count())?;
    writeln!(out, "{relations} relation ties from {} claims, {co_mentions} co-mention ties", graph.totals.claims)?;
    writeln!(out, "wrote {}", names.join(", "))?;
    Ok(())
}

fn slashed(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
