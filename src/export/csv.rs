//! Tables of nodes, edges and evidence as CSV (RFC 4180, UTF-8 with a byte-order mark, so that Excel shows Chinese).
//!
//! A text that a spreadsheet would take for a formula gets a leading apostrophe, and so does one that has an apostrophe
//! there already: whoever takes one leading apostrophe off every field has the texts again. Within a list, items are
//! parted by `|`; a `|` or `\` of an item has a `\` before it. In the edges, evidence is one line an item.
//!
//! Source of the guard: OWASP, "CSV Injection", <https://owasp.org/www-community/attacks/CSV_Injection>.

use super::flat::{self, Cell};
use super::{Format, Part};
use crate::graph::View;
use std::borrow::Cow;
use std::io::{self, Write};

/// See the module.
pub(super) struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "tables of nodes, edges and evidence; for spreadsheets, Gephi, pandas, DuckDB"
    }

    fn parts(&self) -> &'static [Part] {
        &[
            Part { file: "nodes.csv", media_type: "text/csv" },
            Part { file: "edges.csv", media_type: "text/csv" },
            Part { file: "evidence.csv", media_type: "text/csv" },
        ]
    }

    fn write(&self, view: &View<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        match part {
            0 => nodes(view, out),
            1 => edges(view, out),
            _ => evidence(view, out),
        }
    }
}

fn nodes(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let heads = flat::NODE.iter().map(|c| if c.0 == "label" { "Label" } else { c.0 });
    row(out, &std::iter::once("Id").chain(heads).map(Cow::Borrowed).collect::<Vec<_>>())?;
    for &n in &view.nodes {
        let node = view.graph.node(n);
        let mut cells = vec![Cow::Borrowed(&*node.key)];
        let all = flat::node(node);
        cells.extend(all.iter().map(listed));
        row(out, &cells)?;
    }
    Ok(())
}

/// A cell as text, the items of a list parted by `|`.
fn listed<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::List(items) => {
            let items: Vec<String> = items.iter().map(|i| i.replace('\\', "\\\\").replace('|', "\\|")).collect();
            Cow::Owned(items.join("|"))
        }
        cell => cell.text("").unwrap_or_default(),
    }
}

fn evidence(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    row(out, &flat::EVIDENCE.map(|c| Cow::Borrowed(c.0)))?;
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        let ends = [&*view.graph.node(a).key, &*view.graph.node(b).key];
        for (i, item) in tie.evidence.iter().enumerate() {
            let cells = flat::evidence(ends, view.graph.bond_name(tie.bond), i + 1, item);
            row(out, &cells.iter().map(listed).collect::<Vec<_>>())?;
        }
    }
    Ok(())
}

fn edges(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let heads = flat::TIE.iter().map(|c| if c.0 == "weight" { "Weight" } else { c.0 });
    row(out, &["Source", "Target", "Type"].into_iter().chain(heads).map(Cow::Borrowed).collect::<Vec<_>>())?;
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        let kind = if view.graph.symmetric(tie.bond) { "Undirected" } else { "Directed" };
        let mut cells: Vec<Cow<'_, str>> =
            vec![Cow::Borrowed(&view.graph.node(a).key), Cow::Borrowed(&view.graph.node(b).key), kind.into()];
        let all = flat::tie(view.graph, tie);
        cells.extend(all.iter().map(|c| c.text("\n").unwrap_or_default()));
        row(out, &cells)?;
    }
    Ok(())
}

/// Writes one row of CSV, its fields quoted where needed and disarmed where a spreadsheet would calculate.
///
/// # Errors
/// Those of `out`.
pub fn row(out: &mut dyn Write, fields: &[Cow<'_, str>]) -> io::Result<()> {
    for (i, text) in fields.iter().enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        out.write_all(field(text).as_bytes())?;
    }
    out.write_all(b"\r\n")
}

/// One field, quoted where the syntax or a spreadsheet needs it. Numbers keep their sign.
fn field(text: &str) -> Cow<'_, str> {
    let special = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '\''];
    let number = || text.ends_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok();
    if text.starts_with(special) && !number() {
        Cow::Owned(format!("\"'{}\"", text.replace('"', "\"\"")))
    } else {
        plain(text)
    }
}

/// One field as the syntax has it, for programs that calculate nothing.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains([',', '"', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::{field, listed};
    use crate::export::flat::Cell;

    #[test]
    fn items_can_be_told_apart() {
        assert_eq!(listed(&Cell::List(vec!["a|b".into(), "c\\".into()])), "a\\|b|c\\\\");
    }

    #[test]
    fn fields_are_quoted_and_formulas_disarmed() {
        for (text, expected) in [
            ("商汤科技", "商汤科技"),
            ("a,b", "\"a,b\""),
            ("说\"好\"", "\"说\"\"好\"\"\""),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("@SUM", "\"'@SUM\""),
            ("-0.5", "-0.5"),
            ("-inf", "\"'-inf\""),
            ("'t Hooft", "\"''t Hooft\""),
            ("\n=1+1", "\"'\n=1+1\""),
            ("两\n行", "\"两\n行\""),
            ("", ""),
        ] {
            assert_eq!(field(text), expected);
        }
    }
}
