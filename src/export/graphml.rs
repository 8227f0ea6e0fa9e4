//! GraphML, for Gephi, yEd, igraph, NetworkX and Cytoscape. It has no lists: names and evidence are lines of one
//! text. Source: <http://graphml.graphdrawing.org/specification.html>.

use super::flat::{self, Cell, Kind};
use super::xml::escaped;
use super::{Format, Part};
use crate::graph::View;
use std::io::{self, Write};

/// See the module.
pub(super) struct GraphMl;

impl Format for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn about(&self) -> &'static str {
        "XML for Gephi, yEd, igraph, NetworkX, Cytoscape; evidence as text"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.graphml", media_type: "application/graphml+xml" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (of, columns) in [("node", flat::NODE.as_slice()), ("edge", flat::TIE.as_slice())] {
            for (name, kind) in columns {
                let kind = match kind {
                    Kind::Text | Kind::List | Kind::Date => "string",
                    Kind::Int => "long",
                    Kind::Real => "double",
                    Kind::Flag => "boolean",
                };
                let id = id(of, name);
                writeln!(out, "<key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
            }
        }
        writeln!(out, "<graph id=\"guanxi\" edgedefault=\"directed\">")?;
        for &n in &view.nodes {
            let node = view.graph.node(n);
            writeln!(out, "<node id=\"{}\">", escaped(&node.key))?;
            data(out, "node", &flat::NODE, &flat::node(node))?;
            writeln!(out, "</node>")?;
        }
        for &e in &view.edges {
            let (a, b, tie) = view.graph.tie(e);
            let (a, b) = (escaped(&view.graph.node(a).key), escaped(&view.graph.node(b).key));
            writeln!(out, "<edge id=\"e{}\" source=\"{a}\" target=\"{b}\">", e.index())?;
            data(out, "edge", &flat::TIE, &flat::tie(view.graph, tie))?;
            writeln!(out, "</edge>")?;
        }
        writeln!(out, "</graph>\n</graphml>")
    }
}

/// Gephi shows what a key with the id `label` holds.
fn id(of: &str, name: &str) -> String {
    if name == "label" { name.to_string() } else { format!("{of}_{name}") }
}

fn data(out: &mut dyn Write, of: &str, columns: &[(&str, Kind)], cells: &[Cell<'_>]) -> io::Result<()> {
    for ((name, _), cell) in columns.iter().zip(cells) {
        if let Some(text) = cell.text("\n") {
            writeln!(out, "<data key=\"{}\">{}</data>", id(of, name), escaped(&text))?;
        }
    }
    Ok(())
}
