//! `guanxi neighbors`: who is tied to an entity.

use super::options::{self, Built, Filtering};
use super::table::{Rows, excerpt};
use super::{Outcome, Stop};
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{Evidence, Graph, Tie, View, node_link};
use crate::query::{Lookup, Neighbor, neighbors};
use clap::ValueEnum;
use petgraph::graph::NodeIndex;
use serde_json::{Value, json};
use std::io::Write;

/// The entities tied to one, by relation and strength
///
/// ENTITY is any of its names, in any script or spelling that the articles or the dictionary use, or its key.
#[derive(Debug, clap::Args)]
#[command(
    visible_alias = "neighbours",
    after_help = "\
Examples:
  guanxi neighbors 商汤
  guanxi neighbors SenseTime --relation invests_in,acquires --since 2025
  guanxi neighbors 英伟达 --kind company --status rumored,planned
  guanxi neighbors 小米 --depth 2 --format dot | dot -Tsvg > xiaomi.svg

A `→` in the table: the entity is the tie's subject; `←`: its object; `–`: the tie has no direction."
)]
pub(super) struct Args {
    /// Any name of the entity
    entity: String,
    /// How many ties away
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: u32,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many ties; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: AnswerFormat,
    #[command(flatten)]
    built: Built,
}

/// How queries answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AnswerFormat {
    Table,
    Json,
    Csv,
    Dot,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let graph = args.built.load()?;
    let filter = args.filtering.filter(&graph.schema)?;
    let (start, others) = Lookup::new(&graph).one(&args.entity)?;
    options::tell_others(&graph, &args.entity, start, &others);
    let mut found = neighbors(&graph, start, args.depth, &filter);
    let all = found.len();
    if args.limit > 0 {
        found.truncate(args.limit);
    }
    match args.format {
        AnswerFormat::Table => {
            heading(&graph, start, out)?;
            rows(&graph, &found, args.depth > 1, 60).table(out)?;
            if found.len() < all {
                writeln!(out, "… {} of {all} ties; --limit 0 shows all", found.len())?;
            }
        }
        AnswerFormat::Csv => rows(&graph, &found, true, usize::MAX).csv(out)?,
        AnswerFormat::Dot => {
            let view = View::of(&graph, vec![start], found.iter().map(|n| n.edge).collect());
            options::format("dot")?.write(&view, 0, out)?;
        }
        AnswerFormat::Json => {
            let neighbors: Vec<Value> = found.iter().map(|n| neighbor(&graph, n)).collect();
            let answer =
                json!({"entity": node_link::node_value(graph.node(start)), "ties": all, "neighbors": neighbors});
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)?;
        }
    }
    if found.is_empty() {
        let d = Diagnostic::error("", format!("no tie of {} fits", graph.node(start).name));
        return Err(Error::new(d.hint("leave out some of --relation, --kind, --status, --since, --until")).into());
    }
    Ok(0)
}

/// One line on the entity.
pub(super) fn heading(graph: &Graph, node: NodeIndex, out: &mut dyn Write) -> Result<(), Stop> {
    let node = graph.node(node);
    let period = match node.first_seen.is_none() {
        true => String::new(),
        false => format!(", {} – {}", node.first_seen, node.last_seen),
    };
    writeln!(out, "{}  {}  {} mentions in {} articles{period}", node.name, node.kind, node.mentions, node.articles)?;
    Ok(())
}

/// Whether the tie runs to or from the entity, or neither.
fn arrow(graph: &Graph, n: &Neighbor) -> &'static str {
    match (graph.symmetric(graph.graph[n.edge].bond), n.outgoing) {
        (true, _) => "–",
        (false, true) => "→",
        (false, false) => "←",
    }
}

/// The neighbours as a table, their best sentence cut to so many columns.
pub(super) fn rows(graph: &Graph, found: &[Neighbor], far: bool, columns: usize) -> Rows {
    let mut heads = vec!["relation", "", "entity", "kind", "status", "weight", "sure", "first", "last", "evidence"];
    if far {
        heads.splice(0..0, ["depth", "from"]);
    }
    let mut rows = Rows::new(&heads);
    for n in found {
        let (node, tie) = (graph.node(n.node), &graph.graph[n.edge]);
        let evidence = tie.evidence.first().map(|e| excerpt(&e.passage.text, focus(e), columns));
        let mut row = vec![
            graph.bond_name(tie.bond).to_string(),
            arrow(graph, n).to_string(),
            node.name.clone(),
            node.kind.to_string(),
            tie.claims.as_ref().map(|c| c.status.to_string()).unwrap_or_default(),
            tie.weight.to_string(),
            sureness(tie),
            tie.first_seen.to_string(),
            tie.last_seen.to_string(),
            evidence.unwrap_or_default(),
        ];
        if far {
            row.splice(0..0, [n.depth.to_string(), graph.node(n.from).name.clone()]);
        }
        rows.rows.push(row);
    }
    rows
}

/// Belief of a relation, NPMI of a co-mention.
pub(super) fn sureness(tie: &Tie) -> String {
    let number = tie.claims.as_ref().map(|c| c.belief).or(tie.counts.and_then(|c| c.npmi));
    number.map(|n| format!("{n:.2}")).unwrap_or_default()
}

/// The part of the sentence that matters.
pub(super) fn focus(e: &Evidence) -> (usize, usize) {
    use crate::graph::End;
    match (&e.claim, &e.ends) {
        (Some(c), _) => (c.stated.0 as usize, c.stated.1 as usize),
        (None, [End::Here(a, b), End::Here(c, d)]) => (*a.min(c) as usize, *b.max(d) as usize),
        _ => (0, 0),
    }
}

fn neighbor(graph: &Graph, n: &Neighbor) -> Value {
    let (a, b, tie) = graph.tie(n.edge);
    let node = graph.node(n.node);
    json!({
        "id": node.key, "name": node.name, "kind": node.kind, "depth": n.depth,
        "from": graph.node(n.from).key,
        "direction": match arrow(graph, n) { "→" => "out", "←" => "in", _ => "none" },
        "tie": node_link::tie_value(graph, a, b, tie),
    })
}
