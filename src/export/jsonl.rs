//! JSON Lines: the nodes and ties of the node-link form, one a line, each with a `type`; for streams, jq,
//! DuckDB and Spark.

use super::{Format, Part};
use crate::graph::{View, node_link};
use std::io::{self, Write};

/// See the module.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one node or tie a line, told apart by `type`; for jq, DuckDB, Spark"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.jsonl", media_type: "application/x-ndjson" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        node_link::write_lines(view, out)
    }
}
