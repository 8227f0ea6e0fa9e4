//! Betweenness: on how many of the shortest ways between others an entity stands.

use super::network::{Network, shuffled};
use rayon::prelude::*;

/// Up to so many visits of ties (entities times arcs) every entity is a start; beyond, a sample is.
const EXACT: usize = 10_000_000;
/// The least sample, however large the graph.
const LEAST: usize = 32;
/// Sums are made in so many parts, however many threads there are, so that they are the same sums.
const PARTS: usize = 16;
const SEED: u64 = 0x6775_616e_7869;

/// The number of entities from which shortest ways are sought: all of them while entities times twice the tied pairs
/// stay within 10 million, else as many as do, 32 at least, drawn by a fixed seed.
pub(super) fn starts(network: &Network) -> usize {
    let n = network.len();
    let affordable = EXACT / network.arcs().max(1);
    if affordable >= n { n } else { affordable.max(LEAST).min(n) }
}

/// Betweenness of all nodes, every tie one step: the share of the shortest ways between two others that pass through,
/// summed over all pairs of others, divided by the number of those pairs. From a sample of starts it is an estimate,
/// scaled up.
///
/// Source: U. Brandes, "A Faster Algorithm for Betweenness Centrality", Journal of Mathematical Sociology 25(2), 2001;
/// sampling: U. Brandes, C. Pich, "Centrality Estimation in Large Networks", 2007.
pub(super) fn betweenness(network: &Network) -> Vec<f64> {
    from_starts(network, starts(network))
}

fn from_starts(network: &Network, sample: usize) -> Vec<f64> {
    let n = network.len();
    if n < 3 {
        return vec![0.0; n];
    }
    let sources = if sample < n { shuffled(n, SEED)[..sample].to_vec() } else { (0..n as u32).collect() };
    let part = sources.len().div_ceil(PARTS).max(1);
    let parts: Vec<Vec<f64>> = sources.par_chunks(part).map(|sources| walks(network, sources)).collect();
    let mut sums = vec![0.0; n];
    for part in parts {
        sums.iter_mut().zip(part).for_each(|(sum, x)| *sum += x);
    }
    let scale = n as f64 / sources.len() as f64 / ((n - 1) as f64 * (n - 2) as f64);
    sums.into_iter().map(|x| x * scale).collect()
}

/// A node as seen from one source.
#[derive(Clone, Copy)]
struct Node {
    /// Steps from the source.
    steps: u32,
    /// How many shortest ways lead to it.
    ways: f64,
    /// Its share of those that lead on.
    share: f64,
}

impl Node {
    const UNSEEN: Node = Node { steps: u32::MAX, ways: 0.0, share: 0.0 };
}

/// What the shortest ways from `sources` add to each node.
fn walks(network: &Network, sources: &[u32]) -> Vec<f64> {
    let n = network.len();
    let mut sums = vec![0.0; n];
    let mut nodes = vec![Node::UNSEEN; n];
    let mut order: Vec<u32> = Vec::new();
    for &source in sources {
        order.clear();
        order.push(source);
        nodes[source as usize] = Node { steps: 0, ways: 1.0, share: 0.0 };
        let mut at = 0;
        while let Some(&v) = order.get(at) {
            at += 1;
            let Node { steps, ways, .. } = nodes[v as usize];
            for &(w, _) in network.row(v as usize) {
                let node = &mut nodes[w as usize];
                if node.steps == u32::MAX {
                    node.steps = steps + 1;
                    order.push(w);
                }
                if node.steps == steps + 1 {
                    node.ways += ways;
                }
            }
        }
        for &w in order.iter().rev() {
            let Node { steps, ways, share } = nodes[w as usize];
            let each = (1.0 + share) / ways;
            for &(v, _) in network.row(w as usize) {
                let node = &mut nodes[v as usize];
                if node.steps + 1 == steps {
                    node.share += node.ways * each;
                }
            }
            if w != source {
                sums[w as usize] += share;
            }
        }
        order.iter().for_each(|&v| nodes[v as usize] = Node::UNSEEN);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn betweenness_is_networkx_s() {
        // nx.betweenness_centrality of a triangle 0 1 2 with a tail 2 3 4, and node 5 alone
        let ties = [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)];
        let network = Network::from_ties(6, ties.into_iter());
        let expected = [0.0, 0.0, 0.4, 0.3, 0.0, 0.0];
        for (value, expected) in betweenness(&network).into_iter().zip(expected) {
            assert!((value - expected).abs() < 1e-12, "{value} {expected}");
        }
        assert_eq!(betweenness(&Network::from_ties(2, [(0, 1, 1.0)].into_iter())), [0.0, 0.0]);
        assert!(betweenness(&Network::default()).is_empty());
    }

    #[test]
    fn a_sample_is_near_the_whole() {
        // a ring of 400 with a hub tied to every tenth
        let ring = (0..400u32).map(|i| (i, (i + 1) % 400, 1.0));
        let network = Network::from_ties(401, ring.chain((0..40u32).map(|i| (400, i * 10, 1.0))));
        let (exact, sampled) = (from_starts(&network, 401), from_starts(&network, 100));
        assert!((exact[400] - sampled[400]).abs() < 0.05 * exact[400], "{} {}", exact[400], sampled[400]);
        let best = |v: &[f64]| (0..v.len()).max_by(|a, b| v[*a].total_cmp(&v[*b]));
        assert_eq!(best(&sampled), Some(400));
    }

    #[test]
    fn large_graphs_are_sampled() {
        let star = Network::from_ties(20_001, (1..20_001u32).map(|i| (0, i, 1.0)));
        assert_eq!(starts(&star), 250);
        let small = Network::from_ties(3, [(0, 1, 1.0)].into_iter());
        assert_eq!(starts(&small), 3);
    }
}
