//! Stage 5, assemble: articles' records merged into one graph.

pub mod record;
