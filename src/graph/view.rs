//! A part of a graph: what an export writes and a query answers with.

use super::Graph;
use petgraph::graph::{EdgeIndex, NodeIndex};

/// Some of a graph's nodes, and some of the ties between them, both in the graph's order.
#[derive(Clone, Debug)]
pub struct View<'g> {
    /// The whole.
    pub graph: &'g Graph,
    /// The nodes.
    pub nodes: Vec<NodeIndex>,
    /// The ties; both ends of each are among the nodes.
    pub edges: Vec<EdgeIndex>,
}

impl<'g> View<'g> {
    /// All of it.
    pub fn all(graph: &'g Graph) -> View<'g> {
        View { graph, nodes: graph.graph.node_indices().collect(), edges: graph.graph.edge_indices().collect() }
    }

    /// These ties and their ends, and `nodes` besides.
    pub fn of(graph: &'g Graph, mut nodes: Vec<NodeIndex>, mut edges: Vec<EdgeIndex>) -> View<'g> {
        edges.sort_unstable();
        edges.dedup();
        for &edge in &edges {
            let (a, b, _) = graph.tie(edge);
            nodes.extend([a, b]);
        }
        nodes.sort_unstable();
        nodes.dedup();
        View { graph, nodes, edges }
    }
}
