//! Neo4j: tables for `neo4j-admin database import full`, with the script that calls it.
//!
//! Items of a list are parted by U+001F, which no text may hold (it becomes a blank); every other character stays as
//! it is. Source: <https://neo4j.com/docs/operations-manual/current/import/>.

use super::flat::{self, Cell, Kind};
use super::property::{label, relationship};
use super::{Format, Part, csv};
use crate::graph::View;
use std::borrow::Cow;
use std::io::{self, Write};

/// Tables for the importer.
pub(super) struct Neo4jCsv;

/// Between the items of a list.
const BETWEEN: &str = "\u{1f}";

impl Format for Neo4jCsv {
    fn name(&self) -> &'static str {
        "neo4j-csv"
    }

    fn about(&self) -> &'static str {
        "two tables and a script for neo4j-admin database import; evidence as text lists"
    }

    fn parts(&self) -> &'static [Part] {
        &[
            Part { file: "neo4j-nodes.csv", media_type: "text/csv" },
            Part { file: "neo4j-relationships.csv", media_type: "text/csv" },
            Part { file: "neo4j-import.sh", media_type: "application/x-sh" },
        ]
    }

    fn write(&self, view: &View<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        match part {
            0 => nodes(view, out),
            1 => relationships(view, out),
            _ => script(view, out),
        }
    }
}

/// The call of the importer, which refuses the whole import for one bad row. It reads faster when told that no field
/// has a line break.
fn script(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let broken = |text: &str| text.contains(['\n', '\r']);
    let in_cell = |cell: &Cell<'_>| match cell {
        Cell::Text(text) => broken(text),
        Cell::List(items) => items.iter().any(|i| broken(i)),
        _ => false,
    };
    let in_node = |node| broken(&view.graph.node(node).key) || flat::node(view.graph.node(node)).iter().any(in_cell);
    let in_tie = |edge| flat::tie(view.graph, view.graph.tie(edge).2).iter().any(in_cell);
    let lines = view.nodes.iter().copied().any(in_node) || view.edges.iter().copied().any(in_tie);
    write!(
        out,
        r#"#!/bin/sh
# Loads the two tables beside this script into a database that does not run, in place of what it holds:
#   sh neo4j-import.sh [DATABASE]     (neo4j if none is given)
# NEO4J_ADMIN may name another neo4j-admin. Afterwards, in the running database:
#   CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;
set -eu
cd "$(dirname "$0")"
exec "${{NEO4J_ADMIN:-neo4j-admin}}" database import full "${{1:-neo4j}}" --overwrite-destination \
  --array-delimiter=U+001F --bad-tolerance=0 --multiline-fields={lines} \
  --nodes=neo4j-nodes.csv --relationships=neo4j-relationships.csv
"#
    )
}

fn heads(columns: &[(&str, Kind)]) -> String {
    let head = |(name, kind): &(&str, Kind)| {
        let kind = match kind {
            Kind::Text => "string",
            Kind::List => "string[]",
            Kind::Int => "long",
            Kind::Real => "double",
            Kind::Flag => "boolean",
            Kind::Date => "date",
        };
        format!("{name}:{kind}")
    };
    columns.iter().map(head).collect::<Vec<_>>().join(",")
}

/// A cell for the importer.
fn field<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::List(items) => {
            Cow::Owned(items.iter().map(|i| i.replace(BETWEEN, " ")).collect::<Vec<_>>().join(BETWEEN))
        }
        cell => cell.text("").unwrap_or_default(),
    }
}

fn nodes(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "id:ID(Entity),{},:LABEL", heads(&flat::NODE))?;
    for &n in &view.nodes {
        let node = view.graph.node(n);
        let mut row: Vec<Cow<'_, str>> = vec![csv::plain(&node.key)];
        row.extend(flat::node(node).iter().map(|c| csv::plain(&field(c)).into_owned().into()));
        row.push(format!("Entity{BETWEEN}{}", label(node.kind)).into());
        writeln!(out, "{}", row.join(","))?;
    }
    Ok(())
}

fn relationships(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ":START_ID(Entity),:END_ID(Entity),{},:TYPE", heads(&flat::TIE))?;
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        let mut row: Vec<Cow<'_, str>> = vec![csv::plain(&view.graph.node(a).key), csv::plain(&view.graph.node(b).key)];
        row.extend(flat::tie(view.graph, tie).iter().map(|c| csv::plain(&field(c)).into_owned().into()));
        row.push(csv::plain(&relationship(view.graph, tie.bond)).into_owned().into());
        writeln!(out, "{}", row.join(","))?;
    }
    Ok(())
}
