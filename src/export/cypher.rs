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
//! | form | statements over lines | a statement a line | a statement a line, for `GRAPH.QUERY` | SQL, one transaction |
//!
//! In AGE, `MATCH … MERGE` of a relationship may lose its ends, so that ties are deleted and made anew.
//! Sources: <https://neo4j.com/docs/cypher-manual/>, <https://memgraph.com/docs/>, <https://docs.falkordb.com/cypher/>,
//! <https://age.apache.org/age-manual/master/>.

use super::flat::{self, Cell};
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

/// The graph's name in AGE.
const AGE_GRAPH: &str = "guanxi";

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
        for statement in dialect.before() {
            writeln!(out, "{statement};")?;
        }
        let mut bond = None;
        for batch in property::batches(view) {
            if let Batch::Ties(of, _) = batch
                && dialect == Dialect::Age
                && bond.replace(of) != Some(of)
            {
                let name = quoted_name(&property::relationship(view.graph, of));
                writeln!(out, "{}", in_sql(&format!("MATCH (:Entity)-[t:{name}]->(:Entity) DELETE t")))?;
            }
            let gap = if dialect.one_line() { "" } else { "\n" };
            let mut text = format!("UNWIND [{gap}");
            for (i, row) in batch.rows(view.graph).enumerate() {
                if i > 0 {
                    text += if dialect.one_line() { ", " } else { ",\n" };
                }
                dialect.row(&row, &mut text);
            }
            let _ = write!(text, "{gap}] AS r {}", dialect.merge(view, &batch));
            match dialect {
                Dialect::Age => writeln!(out, "{}", in_sql(&text))?,
                _ => writeln!(out, "{text};")?,
            }
        }
        if dialect == Dialect::Age {
            writeln!(out, "COMMIT;")?;
        }
        Ok(())
    }
}

impl Dialect {
    /// What must be there first.
    pub(crate) fn before(self) -> Vec<String> {
        let texts: &[&str] = match self {
            Dialect::Neo4j => &["CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE"],
            Dialect::Memgraph => {
                &["CREATE CONSTRAINT ON (e:Entity) ASSERT e.id IS UNIQUE", "CREATE INDEX ON :Entity(id)"]
            }
            Dialect::FalkorDb => &["CREATE INDEX FOR (e:Entity) ON (e.id)"],
            Dialect::Age => {
                return vec![
                    "BEGIN".into(),
                    "LOAD 'age'".into(),
                    "SET LOCAL search_path = ag_catalog, \"$user\", public".into(),
                    format!(
                        "SELECT create_graph('{AGE_GRAPH}') WHERE NOT EXISTS \
                         (SELECT 1 FROM ag_graph WHERE name = '{AGE_GRAPH}')"
                    ),
                    format!(
                        "SELECT create_vlabel('{AGE_GRAPH}', 'Entity') WHERE NOT EXISTS (SELECT 1 FROM ag_label l \
                         JOIN ag_graph g ON l.graph = g.graphid WHERE g.name = '{AGE_GRAPH}' AND l.name = 'Entity')"
                    ),
                    format!(
                        "CREATE INDEX IF NOT EXISTS entity_properties ON {AGE_GRAPH}.\"Entity\" USING gin (properties)"
                    ),
                ];
            }
        };
        texts.iter().map(|t| t.to_string()).collect()
    }

    /// What is done with each row `r` of a batch.
    pub(crate) fn merge(self, view: &View<'_>, batch: &Batch) -> String {
        match batch {
            Batch::Nodes(..) if self == Dialect::Age => {
                // its `+=` takes no expression
                let sets: Vec<String> = flat::NODE.iter().map(|c| format!("e.{0} = r.props.{0}", c.0)).collect();
                format!("MERGE (e:Entity {{id: r.id}}) SET {}", sets.join(", "))
            }
            Batch::Nodes(kind, _) => {
                format!("MERGE (e:Entity:{} {{id: r.id}}) SET e += r.props", property::label(*kind))
            }
            Batch::Ties(bond, _) => {
                let name = quoted_name(&property::relationship(view.graph, *bond));
                let ends = "MATCH (a:Entity {id: r.a}), (b:Entity {id: r.b})";
                match self {
                    Dialect::Age => {
                        let props: Vec<String> = flat::TIE.iter().map(|c| format!("{0}: r.props.{0}", c.0)).collect();
                        format!("{ends} CREATE (a)-[:{name} {{{}}}]->(b)", props.join(", "))
                    }
                    _ => format!("{ends} MERGE (a)-[t:{name}]->(b) SET t += r.props"),
                }
            }
        }
    }

    fn one_line(self) -> bool {
        matches!(self, Dialect::Memgraph | Dialect::FalkorDb)
    }

    /// A row as a map: its keys, and `props`.
    fn row(self, (keys, values): &Row<'_>, out: &mut String) {
        out.push('{');
        for (name, key) in keys {
            let _ = write!(out, "{name}: ");
            self.text(key, out);
            out.push_str(", ");
        }
        out.push_str("props: {");
        for (i, (name, cell)) in values.iter().enumerate() {
            let _ = write!(out, "{}{name}: ", if i > 0 { ", " } else { "" });
            self.value(cell, out);
        }
        out.push_str("}}");
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

/// A Cypher statement as AGE takes it, between dollar quotes that do not occur in it.
fn in_sql(cypher: &str) -> String {
    let tags = std::iter::once("$gx$".to_string()).chain((1..).map(|n| format!("$gx{n}$")));
    let tag = tags.into_iter().find(|t| !cypher.contains(t.as_str())).expect("numbers do not end");
    format!("SELECT * FROM cypher('{AGE_GRAPH}', {tag}\n{cypher}\n{tag}) AS (v agtype);")
}

#[cfg(test)]
mod tests {
    use super::{Dialect, in_sql};

    fn text(dialect: Dialect, text: &str) -> String {
        let mut out = String::new();
        dialect.text(text, &mut out);
        out
    }

    #[test]
    fn no_text_ends_its_string() {
        assert_eq!(text(Dialect::Neo4j, "'; DROP `x`\\\n\0"), "'\\'; DROP `x`\\\\\\n\0'");
        assert_eq!(text(Dialect::FalkorDb, "a\u{1}\t"), "'a\u{fffd}\\t'");
        assert_eq!(text(Dialect::Age, "a\0\\u4e2d"), "'a\u{fffd}\\\\u4e2d'");
    }

    #[test]
    fn no_text_ends_the_dollar_quote() {
        let sql = in_sql("RETURN '$gx$ $gx1$'");
        assert!(sql.starts_with("SELECT * FROM cypher('guanxi', $gx2$\n") && sql.contains("\n$gx2$) AS"), "{sql}");
    }
}
