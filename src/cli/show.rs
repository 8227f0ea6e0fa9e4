//! `guanxi show`: an entity's profile.

use super::Outcome;
use super::neighbors::{AnswerFormat, heading, rows};
use super::options::{self, Built};
use super::table::visible;
use crate::graph::{View, node_link};
use crate::query::{Lookup, profile};
use serde_json::json;
use std::io::Write;

/// An entity at a glance: kind, names, mentions, first and last seen, strongest ties
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi show 徐冰
  guanxi show company/商汤科技 --limit 30
  guanxi show DeepSeek --format json")]
pub(super) struct Args {
    /// Any name of the entity, or its key
    entity: String,
    /// At most this many ties; 0 for all
    #[arg(long, value_name = "N", default_value_t = 15)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: AnswerFormat,
    #[command(flatten)]
    built: Built,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let graph = args.built.load()?;
    let (at, others) = Lookup::new(&graph).one(&args.entity)?;
    options::tell_others(&graph, &args.entity, at, &others);
    let profile = profile(&graph, at, if args.limit == 0 { usize::MAX } else { args.limit });
    let node = graph.node(at);
    match args.format {
        AnswerFormat::Table => {
            heading(&graph, at, out)?;
            let mut line = |what: &str, words: String| match words.is_empty() {
                true => Ok(()),
                false => writeln!(out, "  {what:<10} {}", visible(&words)),
            };
            line("key", node.key.clone())?;
            line("listed", if node.listed { "in the dictionary".into() } else { "no, found in articles".into() })?;
            line("names", node.names.join(", "))?;
            line("aliases", node.aliases.join(", "))?;
            line("tickers", node.tickers.join(", "))?;
            line("wikidata", node.wikidata.clone().unwrap_or_default())?;
            line("site", node.site.clone().unwrap_or_default())?;
            line("family", node.family.clone().unwrap_or_default())?;
            let versions: Vec<&str> = profile.versions.iter().map(|n| graph.node(*n).name.as_str()).collect();
            line("versions", versions.join(", "))?;
            line("rank", format!("{} of {} by PageRank", profile.rank, graph.graph.node_count()))?;
            line("ties", format!("with {} entities", node.degree))?;
            writeln!(out)?;
            rows(&graph, &profile.ties, false, 60).table(out)?;
        }
        AnswerFormat::Csv => rows(&graph, &profile.ties, false, usize::MAX).csv(out)?,
        AnswerFormat::Dot => {
            let view = View::of(&graph, vec![at], profile.ties.iter().map(|n| n.edge).collect());
            options::format("dot")?.write(&view, 0, out)?;
        }
        AnswerFormat::Json => {
            let tie = |edge| {
                let (a, b, tie) = graph.tie(edge);
                node_link::tie_value(&graph, a, b, tie)
            };
            let answer = json!({
                "entity": node_link::node_value(node),
                "rank": profile.rank,
                "versions": profile.versions.iter().map(|n| &graph.node(*n).key).collect::<Vec<_>>(),
                "ties": profile.ties.iter().map(|n| tie(n.edge)).collect::<Vec<_>>(),
            });
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)?;
        }
    }
    Ok(0)
}
