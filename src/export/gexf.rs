//! GEXF 1.3, for Gephi: with the time line (first to last sighting), colours by kind and relation, sizes by
//! PageRank, thickness by weight, broken lines for what is planned, rumoured, denied or over. Every edge is
//! written as directed, for readers refuse a mixture; `symmetric` tells which are not.
//! Source: <https://gexf.net/schema.html>.

use super::flat::{self, Cell, Kind};
use super::xml::escaped;
use super::{Format, Part};
use crate::graph::{Day, View};
use crate::schema::{EntityKind, Status};
use std::io::{self, Write};

/// See the module.
pub(super) struct Gexf;

impl Format for Gexf {
    fn name(&self) -> &'static str {
        "gexf"
    }

    fn about(&self) -> &'static str {
        "XML for Gephi with time line, colours and sizes; evidence as text"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.gexf", media_type: "application/gexf+xml" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        write!(
            out,
            "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n<graph "
        )?;
        writeln!(
            out,
            "defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">"
        )?;
        for (class, columns) in [("node", flat::NODE.as_slice()), ("edge", flat::TIE.as_slice())] {
            writeln!(out, "<attributes class=\"{class}\">")?;
            for (i, (name, kind)) in columns.iter().enumerate() {
                let kind = match kind {
                    Kind::Text | Kind::List | Kind::Date => "string",
                    Kind::Int => "long",
                    Kind::Real => "double",
                    Kind::Flag => "boolean",
                };
                writeln!(out, "<attribute id=\"{i}\" title=\"{name}\" type=\"{kind}\"/>")?;
            }
            writeln!(out, "</attributes>")?;
        }
        let busiest = view.nodes.iter().map(|n| view.graph.node(*n).pagerank).fold(f64::MIN_POSITIVE, f64::max);
        writeln!(out, "<nodes>")?;
        for &n in &view.nodes {
            let node = view.graph.node(n);
            let (id, label, time) = (escaped(&node.key), escaped(&node.name), time(node.first_seen, node.last_seen));
            writeln!(out, "<node id=\"{id}\" label=\"{label}\"{time}>")?;
            values(out, &flat::node(node))?;
            let (r, g, b) = match node.kind {
                EntityKind::Company => (37, 99, 235),
                EntityKind::Person => (217, 119, 6),
                EntityKind::Product => (22, 163, 74),
                EntityKind::Organization => (147, 51, 234),
            };
            let size = 4.0 + 36.0 * (node.pagerank / busiest).sqrt();
            writeln!(out, "<viz:size value=\"{size:.1}\"/><viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/></node>")?;
        }
        writeln!(out, "</nodes>\n<edges>")?;
        for &e in &view.edges {
            let (a, b, tie) = view.graph.tie(e);
            let (a, b) = (escaped(&view.graph.node(a).key), escaped(&view.graph.node(b).key));
            let name = escaped(view.graph.bond_name(tie.bond));
            write!(out, "<edge id=\"{}\" source=\"{a}\" target=\"{b}\" kind=\"{name}\" ", e.index())?;
            let label = escaped(view.graph.bond_label(tie.bond));
            writeln!(out, "label=\"{label}\" weight=\"{}\"{}>", tie.weight, time(tie.first_seen, tie.last_seen))?;
            values(out, &flat::tie(view.graph, tie))?;
            let (r, g, b) = view.graph.relation(tie.bond).and_then(|r| rgb(&r.color)).unwrap_or((156, 163, 175));
            let shape = match tie.claims.as_ref().map(|c| c.status) {
                Some(Status::Asserted) => "solid",
                Some(Status::Planned | Status::Rumored) => "dashed",
                Some(Status::Negated | Status::Ended) | None => "dotted",
            };
            let thickness = 1.0 + (1.0 + tie.weight.max(0.0)).ln();
            write!(out, "<viz:color r=\"{r}\" g=\"{g}\" b=\"{b}\"/><viz:thickness value=\"{thickness:.1}\"/>")?;
            writeln!(out, "<viz:shape value=\"{shape}\"/></edge>")?;
        }
        writeln!(out, "</edges>\n</graph>\n</gexf>")
    }
}

/// `#rrggbb`.
fn rgb(color: &str) -> Option<(u8, u8, u8)> {
    let hex = color.strip_prefix('#').filter(|h| h.len() == 6 && h.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some((part(0)?, part(2)?, part(4)?))
}

fn time(first: Day, last: Day) -> String {
    if first.is_none() { String::new() } else { format!(" start=\"{first}\" end=\"{last}\"") }
}

fn values(out: &mut dyn Write, cells: &[Cell<'_>]) -> io::Result<()> {
    write!(out, "<attvalues>")?;
    for (i, cell) in cells.iter().enumerate() {
        if let Some(text) = cell.text("\n") {
            write!(out, "<attvalue for=\"{i}\" value=\"{}\"/>", escaped(&text))?;
        }
    }
    writeln!(out, "</attvalues>")
}

#[cfg(test)]
mod tests {
    #[test]
    fn colours_are_read() {
        assert_eq!(super::rgb("#15803d"), Some((0x15, 0x80, 0x3d)));
        assert_eq!(super::rgb("green"), None);
        assert_eq!(super::rgb("#中文"), None);
    }
}
