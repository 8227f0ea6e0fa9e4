//! Node-link JSON, for NetworkX and everything else. The form is the graph's own file form.

use super::{Format, Part};
use crate::graph::{View, node_link};
use std::io::{self, Write};

/// See the module.
pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn about(&self) -> &'static str {
        "node-link JSON with all evidence; networkx.node_link_graph reads it as it is"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.json", media_type: "application/json" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        node_link::write(view, out)
    }
}
