//! The graph's skeleton for algorithms: who is tied to whom and how strongly, directions and kinds of tie left out.

use super::{Node, Tie};
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

/// An undirected weighted graph in compressed rows: the partners of node `i` stand ascending, each once, at
/// `starts[i]..starts[i + 1]`, and every tie in the rows of both its ends.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Network {
    starts: Vec<usize>,
    partners: Vec<(u32, f64)>,
}

impl Network {
    /// The network of a graph. Ties between the same two count as one with the sum of what `weight` gives; what weighs
    /// nothing is left out.
    pub(super) fn of(graph: &DiGraph<Node, Tie>, weight: impl Fn(&Tie) -> f64) -> Network {
        let ties = graph.edge_references().map(|e| (e.source().index() as u32, e.target().index() as u32, e.weight()));
        Network::from_ties(graph.node_count(), ties.map(|(a, b, tie)| (a, b, weight(tie))))
    }

    /// The network of `nodes` nodes with these ties.
    pub(super) fn from_ties(nodes: usize, ties: impl Iterator<Item = (u32, u32, f64)> + Clone) -> Network {
        let ties = ties.filter(|(a, b, w)| a != b && *w > 0.0);
        let mut starts = vec![0usize; nodes + 1];
        for (a, b, _) in ties.clone() {
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for i in 0..nodes {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut partners = vec![(0u32, 0.0f64); starts[nodes]];
        for (a, b, w) in ties {
            for (from, to) in [(a, b), (b, a)] {
                partners[next[from as usize]] = (to, w);
                next[from as usize] += 1;
            }
        }
        // ties of one pair become one; the sort is stable, so that their sum runs in the order of the ties
        let mut kept = 0;
        for i in 0..nodes {
            let row = starts[i]..next[i];
            starts[i] = kept;
            partners[row.clone()].sort_by_key(|p| p.0);
            for at in row {
                let (to, w) = partners[at];
                if kept > starts[i] && partners[kept - 1].0 == to {
                    partners[kept - 1].1 += w;
                } else {
                    partners[kept] = (to, w);
                    kept += 1;
                }
            }
        }
        starts[nodes] = kept;
        partners.truncate(kept);
        Network { starts, partners }
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of entries in all rows: twice the number of tied pairs.
    pub(super) fn arcs(&self) -> usize {
        self.partners.len()
    }

    /// The partners of a node with the weights of the ties to them, ascending.
    pub(super) fn row(&self, node: usize) -> &[(u32, f64)] {
        &self.partners[self.starts[node]..self.starts[node + 1]]
    }

    /// The sum of a node's weights.
    pub(super) fn total(&self, node: usize) -> f64 {
        self.row(node).iter().map(|p| p.1).sum()
    }
}

/// The order 0..n shuffled by a fixed seed (Fisher and Yates, numbers by SplitMix64).
pub(super) fn shuffled(n: usize, seed: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..n as u32).collect();
    let mut state = seed;
    for i in (1..n).rev() {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let at = ((u128::from(z ^ (z >> 31)) * (i as u128 + 1)) >> 64) as usize;
        order.swap(i, at);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::{Network, shuffled};

    #[test]
    fn rows_hold_each_partner_once() {
        let ties = [(2, 0, 1.0), (0, 1, 2.0), (0, 2, 4.0), (1, 1, 9.0), (1, 2, 0.0)];
        let network = Network::from_ties(4, ties.into_iter());
        assert_eq!((network.len(), network.arcs()), (4, 4));
        assert_eq!(network.row(0), [(1, 2.0), (2, 5.0)]);
        assert_eq!(network.row(1), [(0, 2.0)]);
        assert_eq!(network.row(2), [(0, 5.0)]);
        assert_eq!(network.row(3), []);
        assert_eq!(network.total(0), 7.0);
        assert_eq!(Network::from_ties(0, [].into_iter()).len(), 0);
    }

    #[test]
    fn a_shuffle_keeps_all() {
        let mut order = shuffled(100, 7);
        assert_ne!(order, (0..100).collect::<Vec<u32>>());
        assert_eq!(order, shuffled(100, 7));
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<u32>>());
    }
}
