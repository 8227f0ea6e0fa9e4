//! `guanxi evidence`: the sentences behind ties.

use super::Outcome;
use super::neighbors::{AnswerFormat, focus};
use super::options::{self, Built, Filtering};
use super::table::{Rows, excerpt};
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{Evidence, Graph, View, node_link};
use crate::query::{Lookup, between, neighbors};
use petgraph::graph::EdgeIndex;
use serde_json::{Value, json};
use std::io::Write;

/// The sentences that tie an entity to others, or two entities to each other
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi evidence 徐冰 商汤
  guanxi evidence 商汤 --relation invests_in
  guanxi evidence 微软 OpenAI --status ended,negated --format json")]
pub(super) struct Args {
    /// Any name of an entity, or its key
    entity: String,
    /// The other entity; all its neighbours if left out
    other: Option<String>,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many sentences; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: AnswerFormat,
    #[command(flatten)]
    built: Built,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let graph = args.built.load()?;
    let filter = args.filtering.filter(&graph.schema)?;
    let lookup = Lookup::new(&graph);
    let find = |name: &str| {
        let (node, others) = lookup.one(name)?;
        options::tell_others(&graph, name, node, &others);
        Ok::<_, Error>(node)
    };
    let a = find(&args.entity)?;
    let edges: Vec<EdgeIndex> = match &args.other {
        Some(other) => between(&graph, a, find(other)?, &filter),
        None => neighbors(&graph, a, 1, &filter).into_iter().map(|n| n.edge).collect(),
    };
    if edges.is_empty() {
        let who = args.other.as_ref().map(|o| format!(" and {o}")).unwrap_or_default();
        let d = Diagnostic::error("", format!("no tie between {}{who} fits", args.entity));
        return Err(Error::new(d.hint(format!("`guanxi neighbors {}` lists its ties", args.entity))).into());
    }
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let items: Vec<(EdgeIndex, &Evidence)> =
        edges.iter().flat_map(|e| graph.graph[*e].evidence.iter().map(move |x| (*e, x))).take(limit).collect();
    match args.format {
        AnswerFormat::Table => sentences(&graph, &items, out)?,
        AnswerFormat::Csv => rows(&graph, &items).csv(out)?,
        AnswerFormat::Dot => options::format("dot")?.write(&View::of(&graph, vec![a], edges), 0, out)?,
        AnswerFormat::Json => {
            let item = |(edge, e): &(EdgeIndex, &Evidence)| -> Value {
                let (s, o, tie) = graph.tie(*edge);
                json!({"source": graph.node(s).key, "target": graph.node(o).key, "key": graph.bond_name(tie.bond),
                       "evidence": node_link::evidence_value(e)})
            };
            serde_json::to_writer_pretty(&mut *out, &items.iter().map(item).collect::<Vec<_>>())?;
            writeln!(out)?;
        }
    }
    Ok(0)
}

fn sentences(graph: &Graph, items: &[(EdgeIndex, &Evidence)], out: &mut dyn Write) -> Result<(), super::Stop> {
    let mut last = None;
    for (edge, e) in items {
        if last != Some(edge) {
            let (s, o, tie) = graph.tie(*edge);
            let shown = items.iter().filter(|i| i.0 == *edge).count();
            let (s, o, bond) = (&graph.node(s).name, &graph.node(o).name, graph.bond_name(tie.bond));
            let arrow = if graph.symmetric(tie.bond) { "–" } else { "→" };
            let status = tie.claims.as_ref().map(|c| format!(", {} (belief {:.2})", c.status, c.belief));
            if last.is_some() {
                writeln!(out)?;
            }
            write!(out, "{s} {arrow} {o}: {bond}{}, {} sentences", status.unwrap_or_default(), tie.weight)?;
            writeln!(out, " in {} articles; {shown} shown", tie.articles)?;
            last = Some(edge);
        }
        let p = &e.passage;
        writeln!(
            out,
            "  {}:{}:{}  {}  {}",
            p.article.path,
            p.line,
            p.column,
            p.article.date,
            excerpt(&p.article.title, (0, 0), 60)
        )?;
        if let Some(c) = &e.claim {
            write!(out, "    {} by rule {} (confidence {:.2})", c.status, c.rule, c.confidence)?;
            if !c.when.is_empty() {
                write!(out, ", happened {}", c.when)?;
            }
            for (name, value) in &c.attributes {
                write!(out, ", {name} {}", excerpt(value, (0, 0), 60))?;
            }
            writeln!(out, "; subject «{}», object «{}»", e.surface(0), e.surface(1))?;
        }
        writeln!(out, "    {}", excerpt(&p.text, focus(e), 400))?;
    }
    Ok(())
}

fn rows(graph: &Graph, items: &[(EdgeIndex, &Evidence)]) -> Rows {
    let mut rows = Rows::new(&[
        "source",
        "relation",
        "target",
        "status",
        "rule",
        "confidence",
        "when",
        "article",
        "date",
        "line",
        "column",
        "subject",
        "object",
        "sentence",
    ]);
    for (edge, e) in items {
        let (s, o, tie) = graph.tie(*edge);
        let (p, c) = (&e.passage, e.claim.as_ref());
        rows.rows.push(vec![
            graph.node(s).key.clone(),
            graph.bond_name(tie.bond).to_string(),
            graph.node(o).key.clone(),
            c.map(|c| c.status.to_string()).unwrap_or_default(),
            c.map(|c| c.rule.to_string()).unwrap_or_default(),
            c.map(|c| c.confidence.to_string()).unwrap_or_default(),
            c.map(|c| c.when.to_string()).unwrap_or_default(),
            p.article.path.clone(),
            p.article.date.to_string(),
            p.line.to_string(),
            p.column.to_string(),
            e.surface(0).to_string(),
            e.surface(1).to_string(),
            p.text.to_string(),
        ]);
    }
    rows
}
