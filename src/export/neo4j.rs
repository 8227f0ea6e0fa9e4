//! Neo4j: tables for `neo4j-admin database import full` with the script that calls it, and a Cypher script for a
//! running database (also Memgraph, FalkorDB and ArcadeDB).
//! Sources: <https://neo4j.com/docs/operations-manual/current/import/>, <https://neo4j.com/docs/cypher-manual/>.

use super::csv;
use super::flat::{self, Cell, Kind};
use super::{Format, Part};
use crate::graph::{Bond, Graph, View};
use crate::schema::EntityKind;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Tables for the importer.
pub(super) struct Neo4jCsv;

const IMPORT: &str = r#"#!/bin/sh
# Loads the two tables beside this script into an empty, stopped database called neo4j.
cd "$(dirname "$0")" || exit 1
exec neo4j-admin database import full neo4j --overwrite-destination \
  --nodes=neo4j-nodes.csv --relationships=neo4j-relationships.csv
"#;

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
            _ => out.write_all(IMPORT.as_bytes()),
        }
    }
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

/// A cell for the importer, which splits lists at `;` and reads one line a row.
fn field(cell: &Cell<'_>) -> String {
    let one = |text: &str| text.replace(['\n', '\r'], " ");
    match cell {
        Cell::List(items) => items.iter().map(|i| one(i).replace(';', "；")).collect::<Vec<_>>().join(";"),
        cell => cell.text("").map(|t| one(&t)).unwrap_or_default(),
    }
}

fn label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "Company",
        EntityKind::Person => "Person",
        EntityKind::Product => "Product",
        EntityKind::Organization => "Organization",
    }
}

/// The relationship type of a bond: its name in capitals.
fn relationship(graph: &Graph, bond: Bond) -> String {
    graph.bond_name(bond).to_uppercase()
}

fn nodes(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "id:ID(Entity),{},:LABEL", heads(&flat::NODE))?;
    for &n in &view.nodes {
        let node = view.graph.node(n);
        let mut row = vec![csv::plain(&node.key)];
        row.extend(flat::node(node).iter().map(|c| csv::plain(&field(c)).into_owned().into()));
        row.push(format!("Entity;{}", label(node.kind)).into());
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

/// A Cypher script.
pub(super) struct Cypher;

/// Rows of one statement.
const BATCH: usize = 500;

impl Format for Cypher {
    fn name(&self) -> &'static str {
        "cypher"
    }

    fn about(&self) -> &'static str {
        "a Cypher script that merges the graph into a running Neo4j, Memgraph or ArcadeDB"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.cypher", media_type: "application/x-cypher-query" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;")?;
        for kind in EntityKind::ALL {
            let rows = view.nodes.iter().map(|n| view.graph.node(*n)).filter(|n| n.kind == kind);
            let rows: Vec<String> = rows
                .map(|n| format!("{{id: {}, props: {}}}", text(&n.key), map(&flat::NODE, &flat::node(n))))
                .collect();
            let then = format!("MERGE (e:Entity {{id: r.id}}) SET e += r.props SET e:{}", label(kind));
            statements(out, &rows, &then)?;
        }
        let mut bonds: Vec<Bond> = view.edges.iter().map(|e| view.graph.tie(*e).2.bond).collect();
        bonds.sort_unstable();
        bonds.dedup();
        for bond in bonds {
            let mut rows = Vec::new();
            for &e in &view.edges {
                let (a, b, tie) = view.graph.tie(e);
                if tie.bond == bond {
                    let (a, b) = (text(&view.graph.node(a).key), text(&view.graph.node(b).key));
                    rows.push(format!("{{a: {a}, b: {b}, props: {}}}", map(&flat::TIE, &flat::tie(view.graph, tie))));
                }
            }
            let name = relationship(view.graph, bond).replace('`', "``");
            let ends = "MATCH (a:Entity {id: r.a}), (b:Entity {id: r.b})";
            statements(out, &rows, &format!("{ends} MERGE (a)-[t:`{name}`]->(b) SET t += r.props"))?;
        }
        Ok(())
    }
}

fn statements(out: &mut dyn Write, rows: &[String], then: &str) -> io::Result<()> {
    rows.chunks(BATCH).try_for_each(|batch| writeln!(out, "UNWIND [\n{}\n] AS r {then};", batch.join(",\n")))
}

fn map(columns: &[(&str, Kind)], cells: &[Cell<'_>]) -> String {
    let mut out = String::from("{");
    for ((name, _), cell) in columns.iter().zip(cells) {
        let value = match cell {
            Cell::Empty => continue,
            Cell::Text(t) => text(t),
            Cell::List(items) => format!("[{}]", items.iter().map(|i| text(i)).collect::<Vec<_>>().join(", ")),
            Cell::Int(n) => n.to_string(),
            Cell::Real(n) => format!("{n:?}"),
            Cell::Flag(is) => is.to_string(),
            Cell::Date(day) => format!("date('{day}')"),
        };
        let _ = write!(out, "{}{name}: {value}", if out.len() > 1 { ", " } else { "" });
    }
    out + "}"
}

/// A Cypher string. No `\u` escapes: some databases keep them as they are.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out + "'"
}
