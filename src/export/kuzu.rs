//! Kuzu and its successor Ladybug: two tables, and a script that makes the schema and copies them. Nodes are `Entity`;
//! each relation is a relationship table of its own. Lists travel as text parted by U+001F and are split on loading,
//! for Kuzu's own list syntax has no quoting. Source: <https://docs.kuzudb.com/import/copy-from-subquery/>.

use super::flat::{self, Cell, Kind};
use super::{Format, Part, csv};
use crate::graph::{Bond, View};
use std::borrow::Cow;
use std::io::{self, Write};

/// See the module.
pub(super) struct Kuzu;

/// Between the items of a list.
const BETWEEN: &str = "\u{1f}";
const NODES: &str = "kuzu-entities.csv";
const TIES: &str = "kuzu-ties.csv";

impl Format for Kuzu {
    fn name(&self) -> &'static str {
        "kuzu"
    }

    fn about(&self) -> &'static str {
        "two tables and a script with schema and COPY, for Kuzu and Ladybug; evidence as text lists"
    }

    fn parts(&self) -> &'static [Part] {
        &[
            Part { file: "kuzu.cypher", media_type: "application/x-cypher-query" },
            Part { file: NODES, media_type: "text/csv" },
            Part { file: TIES, media_type: "text/csv" },
        ]
    }

    fn write(&self, view: &View<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        match part {
            0 => script(view, out),
            1 => nodes(view, out),
            _ => ties(view, out),
        }
    }
}

/// The columns that a table of the script has: all but `relation`, which is the table's name.
fn tie_columns() -> impl Iterator<Item = &'static (&'static str, Kind)> {
    flat::TIE.iter().filter(|c| c.0 != "relation")
}

/// A relation's name as a table; its characters are letters and `_`, but words of the language are among them.
fn table(name: &str) -> String {
    format!("`{}`", name.replace('`', ""))
}

fn script(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut bonds: Vec<Bond> = view.edges.iter().map(|e| view.graph.graph[*e].bond).collect();
    bonds.sort_unstable();
    bonds.dedup();
    let names: Vec<&str> = bonds.iter().map(|b| view.graph.bond_name(*b)).collect();
    for name in &names {
        writeln!(out, "DROP TABLE IF EXISTS {};", table(name))?;
    }
    writeln!(out, "DROP TABLE IF EXISTS Entity;")?;
    let typed = |(name, kind): &(&str, Kind)| format!(", {name} {}", type_of(*kind));
    let columns: String = flat::NODE.iter().map(typed).collect();
    writeln!(out, "CREATE NODE TABLE Entity(id STRING PRIMARY KEY{columns});")?;
    let columns: String = tie_columns().map(typed).collect();
    for name in &names {
        writeln!(out, "CREATE REL TABLE {}(FROM Entity TO Entity{columns});", table(name))?;
    }
    let read = |(name, kind): &(&str, Kind)| match kind {
        Kind::List => format!(", {name} STRING"),
        kind => format!(", {name} {}", type_of(*kind)),
    };
    let given = |(name, kind): &(&str, Kind)| match kind {
        Kind::List => format!(", string_split({name}, '{BETWEEN}') AS {name}"),
        _ => format!(", {name}"),
    };
    let (columns, values): (String, String) =
        (flat::NODE.iter().map(read).collect(), flat::NODE.iter().map(given).collect());
    writeln!(
        out,
        "COPY Entity FROM (LOAD WITH HEADERS (id STRING{columns}) FROM '{NODES}' (HEADER=true, PARALLEL=false) \
         RETURN id{values});"
    )?;
    let (columns, values): (String, String) =
        (flat::TIE.iter().map(read).collect(), tie_columns().map(given).collect());
    for name in &names {
        writeln!(
            out,
            "COPY {} FROM (LOAD WITH HEADERS (source STRING, target STRING{columns}) FROM '{TIES}' \
             (HEADER=true, PARALLEL=false) WHERE relation = '{name}' RETURN source, target{values});",
            table(name)
        )?;
    }
    Ok(())
}

fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "STRING",
        Kind::List => "STRING[]",
        Kind::Int => "INT64",
        Kind::Real => "DOUBLE",
        Kind::Flag => "BOOLEAN",
        Kind::Date => "DATE",
    }
}

fn nodes(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "id,{}", flat::NODE.map(|c| c.0).join(","))?;
    for &n in &view.nodes {
        let node = view.graph.node(n);
        row(out, &[&node.key], &flat::node(node))?;
    }
    Ok(())
}

fn ties(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "source,target,{}", flat::TIE.map(|c| c.0).join(","))?;
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        row(out, &[&view.graph.node(a).key, &view.graph.node(b).key], &flat::tie(view.graph, tie))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, keys: &[&str], cells: &[Cell<'_>]) -> io::Result<()> {
    let mut line = keys.iter().map(|k| quoted(k)).collect::<Vec<_>>().join(",");
    for cell in cells {
        line.push(',');
        match cell {
            Cell::Text(text) => line += &quoted(text),
            Cell::List(items) => {
                let items: Vec<String> = items.iter().map(|i| i.replace(BETWEEN, " ")).collect();
                line += &quoted(&items.join(BETWEEN));
            }
            cell => line += &cell.text("").unwrap_or_default(),
        }
    }
    writeln!(out, "{line}")
}

/// A text, always between quotes: without them Kuzu trims it and takes some words for no value.
fn quoted(text: &str) -> Cow<'_, str> {
    match csv::plain(text) {
        Cow::Borrowed(text) => Cow::Owned(format!("\"{text}\"")),
        quoted => quoted,
    }
}
