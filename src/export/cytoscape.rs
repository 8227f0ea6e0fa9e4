//! Cytoscape.js elements, evidence included; Cytoscape desktop reads the file too.

use super::{Format, Part};
use crate::graph::{View, node_link};
use serde_json::{Value, json};
use std::io::{self, Write};

/// See the module.
pub(super) struct Cytoscape;

impl Format for Cytoscape {
    fn name(&self) -> &'static str {
        "cytoscape"
    }

    fn about(&self) -> &'static str {
        "JSON elements for Cytoscape.js and Cytoscape, with all evidence"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.cyjs", media_type: "application/json" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"elements\":{{\"nodes\":[")?;
        for (i, &n) in view.nodes.iter().enumerate() {
            let mut data = node_link::node_value(view.graph.node(n));
            data["label"] = data["name"].clone();
            element(out, i, json!({ "data": data }))?;
        }
        write!(out, "\n],\"edges\":[")?;
        for (i, &e) in view.edges.iter().enumerate() {
            let (a, b, tie) = view.graph.tie(e);
            let mut data = node_link::tie_value(view.graph, a, b, tie);
            data["id"] = json!(format!(
                "{} {} {}",
                view.graph.node(a).key,
                view.graph.bond_name(tie.bond),
                view.graph.node(b).key
            ));
            data["label"] = json!(view.graph.bond_label(tie.bond));
            element(out, i, json!({ "data": data }))?;
        }
        writeln!(out, "\n]}}}}")
    }
}

fn element(out: &mut dyn Write, i: usize, element: Value) -> io::Result<()> {
    write!(out, "{}\n{element}", if i == 0 { "" } else { "," })
}
