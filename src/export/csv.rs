//! Two tables, nodes and edges, as CSV (RFC 4180, UTF-8 with a byte-order mark, so that Excel shows Chinese).
//! A field that a spreadsheet would take for a formula gets a leading apostrophe.
//!
//! Source of the guard: OWASP, "CSV Injection", <https://owasp.org/www-community/attacks/CSV_Injection>.

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
        "two tables, nodes.csv and edges.csv, without evidence sentences; for spreadsheets, Gephi, pandas"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "nodes.csv", media_type: "text/csv" }, Part { file: "edges.csv", media_type: "text/csv" }]
    }

    fn write(&self, view: &View<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        if part == 0 { nodes(view, out) } else { edges(view, out) }
    }
}

fn nodes(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"Id,Label,kind,listed,mentions,articles,first_seen,last_seen,degree,weighted_degree,pagerank,names\r\n",
    )?;
    for &n in &view.nodes {
        let node = view.graph.node(n);
        row(
            out,
            &[
                Cow::Borrowed(&*node.key),
                Cow::Borrowed(&*node.name),
                Cow::Borrowed(node.kind.as_str()),
                node.listed.to_string().into(),
                node.mentions.to_string().into(),
                node.articles.to_string().into(),
                node.first_seen.to_string().into(),
                node.last_seen.to_string().into(),
                node.degree.to_string().into(),
                node.weighted_degree.to_string().into(),
                node.pagerank.to_string().into(),
                node.names.join("|").into(),
            ],
        )?;
    }
    Ok(())
}

fn edges(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"Source,Target,relation,Type,Weight,status,belief,articles,sentences,paragraphs,npmi,g2,")?;
    out.write_all(b"first_seen,last_seen,first_event,last_event,best_article,best_line\r\n")?;
    for &e in &view.edges {
        let (a, b, tie) = view.graph.tie(e);
        let (claims, counts, best) = (tie.claims.as_ref(), tie.counts, tie.evidence.first());
        let number = |n: Option<f64>| n.map(|n| n.to_string()).unwrap_or_default();
        row(
            out,
            &[
                Cow::Borrowed(&*view.graph.node(a).key),
                Cow::Borrowed(&*view.graph.node(b).key),
                Cow::Borrowed(view.graph.bond_name(tie.bond)),
                Cow::Borrowed(if view.graph.symmetric(tie.bond) { "Undirected" } else { "Directed" }),
                tie.weight.to_string().into(),
                Cow::Borrowed(claims.map_or("", |c| c.status.as_str())),
                number(claims.map(|c| c.belief)).into(),
                tie.articles.to_string().into(),
                counts.map(|c| c.sentences.to_string()).unwrap_or_default().into(),
                counts.map(|c| c.paragraphs.to_string()).unwrap_or_default().into(),
                number(counts.and_then(|c| c.npmi)).into(),
                number(counts.and_then(|c| c.g2)).into(),
                tie.first_seen.to_string().into(),
                tie.last_seen.to_string().into(),
                Cow::Borrowed(claims.map_or("", |c| &c.first_event)),
                Cow::Borrowed(claims.map_or("", |c| &c.last_event)),
                Cow::Borrowed(best.map_or("", |e| &e.passage.article.path)),
                best.map(|e| e.passage.line.to_string()).unwrap_or_default().into(),
            ],
        )?;
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
    let formula =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) && text.parse::<f64>().is_err();
    if !formula && !text.contains([',', '"', '\n', '\r']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\"")))
}

#[cfg(test)]
mod tests {
    use super::field;

    #[test]
    fn fields_are_quoted_and_formulas_disarmed() {
        for (text, expected) in [
            ("商汤科技", "商汤科技"),
            ("a,b", "\"a,b\""),
            ("说\"好\"", "\"说\"\"好\"\"\""),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
            ("@SUM", "\"'@SUM\""),
            ("-0.5", "-0.5"),
            ("两\n行", "\"两\n行\""),
            ("", ""),
        ] {
            assert_eq!(field(text), expected);
        }
    }
}
