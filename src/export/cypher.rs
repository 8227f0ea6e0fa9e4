//! A Cypher script that merges the graph into a running database: constraints or indexes first, then batches of
//! nodes and ties. Run twice it does nothing new; a property that has become unknown is taken away; properties that
//! others have set stay. The databases' dialects differ in more than spelling:
//!
//! | | Neo4j (and ArcadeDB) | Memgraph | FalkorDB | Apache AGE |
//! |---|---|---|---|---|
//! | unique ids | `CREATE CONSTRAINT … IF NOT EXISTS` | `… ASSERT …`, and an index besides | index | SQL index |
//! | labels of a node | several | several | several | one: `Entity` |
//! | dates | `date()` | `date()` | texts | texts |
//! | control characters | as they are | U+0000 as U+FFFD | all as U+FFFD: its index does not find U+0001 | as Memgraph |
//! | form | a list for each column | a statement a line | a statement a line, for `GRAPH.QUERY` | SQL, see `age.rs` |
//!
//! Sources: <https://neo4j.com/docs/cypher-manual/>, <https://memgraph.com/docs/>, <https://docs.falkordb.com/cypher/>,
//! <https://age.apache.org/age-manual/master/>.

use super::flat::{self, Cell, Kind};
use super::property::{self, Batch, Row};
use super::{Format, Part};
use crate::graph::View;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Whose Cypher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Neo4j,
    Memgraph,
    FalkorDb,
    Age,
}

/// The dialects by name.
pub(super) static DIALECTS: [(&str, &dyn Format); 4] = [
    ("neo4j", &Cypher(Dialect::Neo4j)),
    ("memgraph", &Cypher(Dialect::Memgraph)),
    ("falkordb", &Cypher(Dialect::FalkorDb)),
    ("age", &Cypher(Dialect::Age)),
];

/// See the module.
pub(super) struct Cypher(pub(super) Dialect);

impl Format for Cypher {
    fn name(&self) -> &'static str {
        "cypher"
    }

    fn about(&self) -> &'static str {
        "a Cypher script that merges the graph into a running database; see --dialect"
    }

    fn parts(&self) -> &'static [Part] {
        match self.0 {
            Dialect::Age => &[Part { file: "graph.sql", media_type: "application/sql" }],
            _ => &[Part { file: "graph.cypher", media_type: "application/x-cypher-query" }],
        }
    }

    fn dialects(&self) -> &'static [(&'static str, &'static dyn Format)] {
        &DIALECTS
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let dialect = self.0;
        if dialect == Dialect::Age {
            return super::age::write(view, out);
        }
        for statement in dialect.before() {
            writeln!(out, "{statement};")?;
        }
        for batch in property::batches(view) {
            let rows: Vec<Row<'_>> = batch.rows(view.graph).collect();
            let text = if dialect == Dialect::Neo4j { dialect.columns(&batch, &rows) } else { dialect.maps(&rows) };
            writeln!(out, "{text} {};", dialect.merge(view, &batch))?;
        }
        Ok(())
    }
}

impl Dialect {
    /// What must be there first; AGE has a script of its own.
    pub(crate) fn before(self) -> &'static [&'static str] {
        match self {
            Dialect::Neo4j => &["CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE"],
            Dialect::Memgraph => {
                &["CREATE CONSTRAINT ON (e:Entity) ASSERT e.id IS UNIQUE", "CREATE INDEX ON :Entity(id)"]
            }
            Dialect::FalkorDb => &["CREATE INDEX FOR (e:Entity) ON (e.id)"],
            Dialect::Age => &[],
        }
    }

    /// What is done with each row `r` of a batch.
    pub(crate) fn merge(self, view: &View<'_>, batch: &Batch) -> String {
        match batch {
            Batch::Nodes(kind, _) => {
                format!("MERGE (e:Entity:{} {{id: r.id}}) SET e += r.props", property::label(*kind))
            }
            Batch::Ties(bond, _) => {
                let name = quoted_name(&property::relationship(view.graph, *bond));
                format!(
                    "MATCH (a:Entity {{id: r.a}}), (b:Entity {{id: r.b}}) MERGE (a)-[t:{name}]->(b) SET t += r.props"
                )
            }
        }
    }

    /// Rows as a list of maps, on one line.
    fn maps(self, rows: &[Row<'_>]) -> String {
        let mut out = String::from("UNWIND [");
        for (i, (keys, values)) in rows.iter().enumerate() {
            out.push_str(if i > 0 { ", {" } else { "{" });
            for (name, key) in keys {
                let _ = write!(out, "{name}: ");
                self.text(key, &mut out);
                out.push_str(", ");
            }
            out.push_str("props: {");
            for (i, (name, cell)) in values.iter().enumerate() {
                let _ = write!(out, "{}{name}: ", if i > 0 { ", " } else { "" });
                self.value(cell, &mut out);
            }
            out.push_str("}}");
        }
        out.push_str("] AS r");
        out
    }

    /// Rows as a list for each column, and how row `i` is put together from them. Neo4j takes a list of plain values
    /// for a parameter, and plans fast; a list of a thousand maps it plans for twenty seconds.
    /// Lists are held end to end, row `i`'s from `NAME_at[i]` to `NAME_at[i + 1]`.
    fn columns(self, batch: &Batch, rows: &[Row<'_>]) -> String {
        let (ends, columns): (&[_], &[_]) = match batch {
            Batch::Nodes(..) => (&["id"], &flat::NODE),
            Batch::Ties(..) => (&["a", "b"], &flat::TIE),
        };
        let (mut lists, mut parts, mut props) = (Vec::new(), Vec::new(), Vec::new());
        for (k, name) in ends.iter().enumerate() {
            let cells = rows.iter().map(|r| Cell::Text(r.0[k].1.into()));
            lists.push(format!("{} AS {name}", self.list(cells)));
            parts.push(format!("{name}: {name}[i]"));
        }
        for (c, (name, kind)) in columns.iter().enumerate() {
            let column = rows.iter().map(|r| &r.1[c].1);
            match kind {
                Kind::List => {
                    let (mut items, mut ends) = (Vec::new(), vec![Cell::Int(0)]);
                    for cell in column {
                        if let Cell::List(list) = cell {
                            items.extend(list.iter().map(|i| Cell::Text(i.as_ref().into())));
                        }
                        ends.push(Cell::Int(items.len() as u64));
                    }
                    lists.push(format!("{} AS {name}", self.list(items)));
                    lists.push(format!("{} AS {name}_at", self.list(ends)));
                    let from = format!("{name}_at[i]");
                    let to = format!("{name}_at[i + 1]");
                    props.push(format!("{name}: CASE WHEN {from} < {to} THEN {name}[{from}..{to}] END"));
                }
                Kind::Date => {
                    let text =
                        |cell: &Cell<'_>| cell.text("").map_or(Cell::Empty, |t| Cell::Text(t.into_owned().into()));
                    lists.push(format!("{} AS {name}", self.list(column.map(text))));
                    props.push(format!("{name}: date({name}[i])"));
                }
                _ => {
                    lists.push(format!("{} AS {name}", self.list(column.cloned())));
                    props.push(format!("{name}: {name}[i]"));
                }
            }
        }
        parts.push(format!("props: {{{}}}", props.join(", ")));
        let (lists, parts, last) = (lists.join(",\n"), parts.join(", "), rows.len() - 1);
        format!("WITH\n{lists}\nUNWIND range(0, {last}) AS i WITH {{{parts}}} AS r")
    }

    fn list<'a>(self, cells: impl IntoIterator<Item = Cell<'a>>) -> String {
        let mut out = String::from("[");
        for (i, cell) in cells.into_iter().enumerate() {
            out.push_str(if i > 0 { ", " } else { "" });
            self.value(&cell, &mut out);
        }
        out.push(']');
        out
    }

    fn value(self, cell: &Cell<'_>, out: &mut String) {
        let _ = match cell {
            Cell::Empty => write!(out, "null"),
            Cell::Text(text) => return self.text(text, out),
            Cell::List(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i > 0 { ", " } else { "" });
                    self.text(item, out);
                }
                return out.push(']');
            }
            Cell::Int(n) => write!(out, "{n}"),
            Cell::Real(n) => write!(out, "{n:?}"),
            Cell::Flag(is) => write!(out, "{is}"),
            Cell::Date(day) if self.has_dates() => write!(out, "date('{day}')"),
            Cell::Date(day) => write!(out, "'{day}'"),
        };
    }

    /// Whether the database knows dates.
    fn has_dates(self) -> bool {
        matches!(self, Dialect::Neo4j | Dialect::Memgraph)
    }

    /// A string. No `\\u` escapes: some databases keep them as they are.
    fn text(self, text: &str, out: &mut String) {
        out.push('\'');
        for c in text.chars() {
            match c {
                '\'' => out.push_str("\\'"),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\0' if self != Dialect::Neo4j => out.push('\u{fffd}'),
                c if c < ' ' && self == Dialect::FalkorDb => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
        out.push('\'');
    }
}

/// A name between backticks.
fn quoted_name(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    fn text(dialect: Dialect, text: &str) -> String {
        let mut out = String::new();
        dialect.text(text, &mut out);
        out
    }

    #[test]
    fn no_text_ends_its_string() {
        assert_eq!(text(Dialect::Neo4j, "'; DROP `x`\\\n\0"), "'\\'; DROP `x`\\\\\\n\0'");
        assert_eq!(text(Dialect::FalkorDb, "a\u{1}\t"), "'a\u{fffd}\\t'");
        assert_eq!(text(Dialect::Memgraph, "a\0\\u4e2d"), "'a\u{fffd}\\\\u4e2d'");
    }
}
