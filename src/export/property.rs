//! The graph as property-graph databases hold it: nodes labelled `Entity` and by kind, known by their `id`, and one
//! relationship for each tie, its type the relation in capitals. Batches are what one transaction takes.

use super::flat::{self, Cell, Kind};
use crate::graph::{Bond, Graph, View};
use crate::schema::EntityKind;
use petgraph::graph::{EdgeIndex, NodeIndex};

/// Rows and pieces of evidence in one batch, at most.
const BATCH: usize = 1000;

/// Nodes of one kind, or ties of one bond.
#[derive(Clone, Debug)]
pub(crate) enum Batch {
    Nodes(EntityKind, Vec<NodeIndex>),
    Ties(Bond, Vec<EdgeIndex>),
}

/// A batch's rows as they are written: the keys that find or make the thing (`id`, or `a` and `b`), and its properties.
pub(crate) type Row<'g> = (Vec<(&'static str, &'g str)>, Vec<(&'static str, Cell<'g>)>);

impl Batch {
    /// The rows, in the view's order.
    pub(crate) fn rows<'g>(&'g self, graph: &'g Graph) -> Box<dyn Iterator<Item = Row<'g>> + 'g> {
        match self {
            Batch::Nodes(_, nodes) => Box::new(nodes.iter().map(|n| {
                let node = graph.node(*n);
                (vec![("id", &*node.key)], named(&flat::NODE, flat::node(node)))
            })),
            Batch::Ties(_, edges) => Box::new(edges.iter().map(|e| {
                let (a, b, tie) = graph.tie(*e);
                let ends = vec![("a", &*graph.node(a).key), ("b", &*graph.node(b).key)];
                (ends, named(&flat::TIE, flat::tie(graph, tie)))
            })),
        }
    }

    /// How many rows.
    #[cfg(feature = "bolt")]
    pub(crate) fn len(&self) -> usize {
        match self {
            Batch::Nodes(_, nodes) => nodes.len(),
            Batch::Ties(_, edges) => edges.len(),
        }
    }
}

fn named<'g, const N: usize>(
    columns: &[(&'static str, Kind); N],
    cells: [Cell<'g>; N],
) -> Vec<(&'static str, Cell<'g>)> {
    columns.iter().map(|c| c.0).zip(cells).collect()
}

/// All of a view: nodes first, by kind, then ties, by bond; the same every time.
pub(crate) fn batches(view: &View<'_>) -> Vec<Batch> {
    let graph = view.graph;
    let mut out = Vec::new();
    for kind in EntityKind::ALL {
        let nodes: Vec<NodeIndex> = view.nodes.iter().copied().filter(|n| graph.node(*n).kind == kind).collect();
        out.extend(nodes.chunks(BATCH).map(|c| Batch::Nodes(kind, c.to_vec())));
    }
    let mut edges = view.edges.clone();
    edges.sort_by_key(|e| (graph.graph[*e].bond, *e));
    for ties in edges.chunk_by(|x, y| graph.graph[*x].bond == graph.graph[*y].bond) {
        let bond = graph.graph[ties[0]].bond;
        let (mut batch, mut weight) = (Vec::new(), 0);
        for &edge in ties {
            batch.push(edge);
            weight += 1 + graph.graph[edge].evidence.len();
            if weight >= BATCH {
                out.push(Batch::Ties(bond, std::mem::take(&mut batch)));
                weight = 0;
            }
        }
        if !batch.is_empty() {
            out.push(Batch::Ties(bond, batch));
        }
    }
    out
}

/// The label of a kind, which every node has beside `Entity`.
pub(crate) fn label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "Company",
        EntityKind::Person => "Person",
        EntityKind::Product => "Product",
        EntityKind::Organization => "Organization",
    }
}

/// The relationship type of a bond: its name in capitals.
pub(crate) fn relationship(graph: &Graph, bond: Bond) -> String {
    graph.bond_name(bond).to_uppercase()
}
