//! graphology's serialized form, for Sigma.js. No attribute is called `type`: Sigma takes it for the drawing
//! program. Source: <https://graphology.github.io/serialization.html>.

use super::{Format, Part};
use crate::graph::{View, node_link};
use serde_json::json;
use std::io::{self, Write};

/// See the module.
pub(super) struct Graphology;

impl Format for Graphology {
    fn name(&self) -> &'static str {
        "graphology"
    }

    fn about(&self) -> &'static str {
        "JSON for graphology and Sigma.js, with all evidence"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.graphology.json", media_type: "application/json" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let options = json!({"type": "mixed", "multi": true, "allowSelfLoops": true});
        write!(out, "{{\"attributes\":{{\"name\":\"guanxi\"}},\"options\":{options},\"nodes\":[")?;
        for (i, &n) in view.nodes.iter().enumerate() {
            let mut attributes = node_link::node_value(view.graph.node(n));
            attributes["label"] = attributes["name"].clone();
            let key = &view.graph.node(n).key;
            write!(out, "{}\n{}", comma(i), json!({"key": key, "attributes": attributes}))?;
        }
        write!(out, "\n],\"edges\":[")?;
        for (i, &e) in view.edges.iter().enumerate() {
            let (a, b, tie) = view.graph.tie(e);
            let mut attributes = node_link::tie_value(view.graph, a, b, tie);
            if let Some(map) = attributes.as_object_mut() {
                ["source", "target", "key"].iter().for_each(|k| drop(map.remove(*k)));
                map.insert("relation".into(), json!(view.graph.bond_name(tie.bond)));
                map.insert("label".into(), json!(view.graph.bond_label(tie.bond)));
            }
            let mut edge = json!({
                "key": format!("e{}", e.index()),
                "source": view.graph.node(a).key,
                "target": view.graph.node(b).key,
                "attributes": attributes,
            });
            if view.graph.symmetric(tie.bond) {
                edge["undirected"] = json!(true);
            }
            write!(out, "{}\n{edge}", comma(i))?;
        }
        writeln!(out, "\n]}}")
    }
}

fn comma(i: usize) -> &'static str {
    if i == 0 { "" } else { "," }
}
