//! Apache AGE: one transaction of SQL that merges the graph into its tables. AGE keeps each label in a table of
//! `id`, `properties` and, for ties, `start_id` and `end_id`. Its Cypher takes seconds for a hundred rows, for it
//! finds no node by an index that way; SQL on the tables takes milliseconds.
//!
//! An entity's id is unique by an index. Run twice it does nothing new; a property that has become unknown is taken
//! away; properties that others have set stay. The ties of a relation are written anew.
//!
//! Source: <https://age.apache.org/age-manual/master/>.

use super::flat::{self, Cell};
use super::property::{self, Batch, Row};
use crate::graph::View;
use std::io::{self, Write};

/// The graph's name.
const GRAPH: &str = "guanxi";

/// An entity's id, as the unique index has it.
const ID: &str = "agtype_access_operator(properties, '\"id\"'::agtype)";

/// The script.
pub(super) fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let catalog = "JOIN ag_graph g ON l.graph = g.graphid";
    writeln!(out, "BEGIN;\nLOAD 'age';")?;
    writeln!(out, "SET LOCAL search_path = ag_catalog, \"$user\", public;")?;
    writeln!(out, "SET LOCAL standard_conforming_strings = on;")?;
    writeln!(out, "SELECT create_graph('{GRAPH}') WHERE NOT EXISTS (SELECT 1 FROM ag_graph WHERE name = '{GRAPH}');")?;
    let label = |out: &mut dyn Write, make: &str, name: &str| {
        let name = quoted(name, '\'');
        writeln!(
            out,
            "SELECT {make}('{GRAPH}', {name}) WHERE NOT EXISTS (SELECT 1 FROM ag_label l {catalog} \
             WHERE g.name = '{GRAPH}' AND l.name = {name});"
        )
    };
    label(out, "create_vlabel", "Entity")?;
    writeln!(out, "CREATE UNIQUE INDEX IF NOT EXISTS entity_id ON {GRAPH}.\"Entity\" ({ID});")?;
    writeln!(out, "CREATE INDEX IF NOT EXISTS entity_properties ON {GRAPH}.\"Entity\" USING gin (properties);")?;
    let mut last = None;
    for batch in property::batches(view) {
        match &batch {
            Batch::Nodes(..) => {
                writeln!(out, "INSERT INTO {GRAPH}.\"Entity\" AS e (properties) VALUES")?;
                rows(&batch, view, out, |(keys, values)| format!("({}::agtype)", map(keys, values)))?;
                let ours: Vec<&str> = flat::NODE.iter().map(|c| c.0).collect();
                let ours = quoted(&serde_json::json!(ours).to_string(), '\'');
                writeln!(
                    out,
                    "ON CONFLICT ({ID}) DO UPDATE SET properties = (e.properties - {ours}::agtype) || excluded.properties;"
                )?;
            }
            Batch::Ties(bond, _) => {
                let name = property::relationship(view.graph, *bond);
                let table = format!("{GRAPH}.{}", quoted(&name, '"'));
                if last.replace(*bond) != Some(*bond) {
                    label(out, "create_elabel", &name)?;
                    writeln!(
                        out,
                        "DELETE FROM {table} t USING {GRAPH}.\"Entity\" a, {GRAPH}.\"Entity\" b \
                         WHERE t.start_id = a.id AND t.end_id = b.id;"
                    )?;
                }
                writeln!(
                    out,
                    "INSERT INTO {table} (start_id, end_id, properties) SELECT a.id, b.id, r.properties FROM (VALUES"
                )?;
                rows(&batch, view, out, |(keys, values)| {
                    let ends: Vec<String> =
                        keys.iter().map(|(_, key)| format!("{}::agtype", quoted(&json(key), '\''))).collect();
                    format!("({}, {}::agtype)", ends.join(", "), map(&[], values))
                })?;
                let end = |e: &str| {
                    format!(
                        "JOIN {GRAPH}.\"Entity\" {e} ON {} = r.{e}",
                        ID.replace("properties", &format!("{e}.properties"))
                    )
                };
                writeln!(out, ") AS r (a, b, properties) {} {};", end("a"), end("b"))?;
            }
        }
    }
    writeln!(out, "COMMIT;")
}

/// A batch's rows, one a line.
fn rows(batch: &Batch, view: &View<'_>, out: &mut dyn Write, text: impl Fn(&Row<'_>) -> String) -> io::Result<()> {
    for (i, row) in batch.rows(view.graph).enumerate() {
        write!(out, "{}{}", if i > 0 { ",\n" } else { "" }, text(&row))?;
    }
    writeln!(out)
}

/// What is known of a row, as an SQL string that holds a map.
fn map(keys: &[(&str, &str)], values: &[(&str, Cell<'_>)]) -> String {
    let keys = keys.iter().map(|(name, key)| format!("{}: {}", json(name), json(key)));
    let values = values.iter().filter_map(|(name, cell)| Some(format!("{}: {}", json(name), value(cell)?)));
    quoted(&format!("{{{}}}", keys.chain(values).collect::<Vec<_>>().join(", ")), '\'')
}

/// A value as agtype is written; dates are texts there. `None` if it is not known.
fn value(cell: &Cell<'_>) -> Option<String> {
    Some(match cell {
        Cell::Empty => return None,
        Cell::Text(text) => json(text),
        Cell::List(items) => format!("[{}]", items.iter().map(|i| json(i)).collect::<Vec<_>>().join(", ")),
        Cell::Int(n) => n.to_string(),
        Cell::Real(n) => format!("{n:?}"),
        Cell::Flag(is) => is.to_string(),
        Cell::Date(day) => json(&day.to_string()),
    })
}

/// A string as JSON and agtype have it; PostgreSQL holds no U+0000.
fn json(text: &str) -> String {
    serde_json::Value::from(text.replace('\0', "\u{fffd}")).to_string()
}

/// An SQL string or name.
fn quoted(text: &str, mark: char) -> String {
    format!("{mark}{}{mark}", text.replace(mark, &format!("{mark}{mark}")))
}

#[cfg(test)]
mod tests {
    use super::{Cell, map};

    #[test]
    fn no_text_ends_its_string() {
        let text = "'; DROP \"x\"\\'\n\0\u{1}";
        let row = map(&[("id", text)], &[("site", Cell::Empty), ("names", Cell::List(vec![text.into()]))]);
        let inside = row.strip_prefix('\'').and_then(|r| r.strip_suffix('\'')).expect("an SQL string");
        assert!(!inside.replace("''", "").contains(['\'', '\n', '\0']), "{row}");
        let read: serde_json::Value = serde_json::from_str(&inside.replace("''", "'")).unwrap();
        let kept = text.replace('\0', "\u{fffd}");
        assert_eq!(read, serde_json::json!({"id": kept, "names": [kept]}));
    }
}
