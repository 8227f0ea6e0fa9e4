//! Numbers about ties and nodes, each with its source. All sums run in a fixed order, so that the same graph
//! has the same bits.

use super::Graph;
use super::betweenness::betweenness;
use super::community::communities;
use super::network::Network;

/// Normalised pointwise mutual information of two entities, from the number of units with both, with each, and
/// in all: ln(p(x,y) / (p(x) p(y))) / −ln p(x,y). −1: never together, 0: independent, 1: never apart.
///
/// Source: G. Bouma, "Normalized (Pointwise) Mutual Information in Collocation Extraction", GSCL 2009.
///
/// ```
/// use guanxi::graph::npmi;
/// assert_eq!(npmi(10, 10, 10, 1000), 1.0);
/// assert!(npmi(1, 100, 10, 1000).abs() < 1e-12);
/// ```
pub fn npmi(both: u64, x: u64, y: u64, all: u64) -> f64 {
    if both == 0 {
        return -1.0;
    }
    if both >= all {
        return 1.0;
    }
    let p = |n: u64| n as f64 / all as f64;
    ((p(both) / (p(x) * p(y))).ln() / -p(both).ln()).clamp(-1.0, 1.0)
}

/// Dunning's log-likelihood ratio G² = 2 Σ O ln(O / E) over the four cells of the table with and without each
/// entity; asymptotically χ² with one degree of freedom (3.84: 5 %, 10.83: 0.1 %).
///
/// Source: T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational
/// Linguistics 19(1), 1993.
///
/// ```
/// use guanxi::graph::log_likelihood_ratio;
/// assert!(log_likelihood_ratio(1, 100, 10, 1000).abs() < 1e-9);
/// assert!((log_likelihood_ratio(10, 20, 30, 1000) - 46.4966).abs() < 0.0001);
/// ```
pub fn log_likelihood_ratio(both: u64, x: u64, y: u64, all: u64) -> f64 {
    let (x, y) = (x.min(all), y.min(all));
    // counts that no table can have (an entity counted twice where two kinds became one) go to the nearest that can
    let both = both.clamp((x + y).saturating_sub(all), x.min(y));
    let rows = [x as f64, (all - x) as f64];
    let columns = [y as f64, (all - y) as f64];
    let cells = [[both, x - both], [y - both, all + both - x - y]];
    let mut sum = 0.0;
    for (row, total) in cells.iter().zip(rows) {
        for (&seen, column) in row.iter().zip(columns) {
            if seen > 0 {
                sum += seen as f64 * (seen as f64 * all as f64 / (total * column)).ln();
            }
        }
    }
    (2.0 * sum).max(0.0)
}

/// The probability that at least one of independent events happens: 1 − ∏(1 − p).
///
/// Source: J. Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988, section 4.3.2 (noisy-OR).
///
/// ```
/// assert_eq!(guanxi::graph::noisy_or([0.5, 0.5]), 0.75);
/// ```
pub fn noisy_or(probabilities: impl IntoIterator<Item = f64>) -> f64 {
    1.0 - probabilities.into_iter().fold(1.0, |rest, p| rest * (1.0 - p.clamp(0.0, 1.0)))
}

/// What is measured of the nodes of a graph, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    degrees: Vec<(u32, f64)>,
    ranks: Vec<f64>,
    between: Vec<f64>,
    communities: Vec<Option<u32>>,
}

impl Graph {
    /// Degree, weighted degree, PageRank, betweenness and community of all nodes, by the ties alone.
    pub fn measures(&self) -> Measures {
        let network = Network::of(&self.graph, |tie| tie.weight);
        let (between, ranks) = rayon::join(|| betweenness(&network), || page_rank(&network));
        let degree = |v: usize| (network.row(v).len() as u32, network.total(v) + 0.0);
        let degrees = (0..network.len()).map(degree).collect();
        drop(network);
        Measures { degrees, ranks, between, communities: communities(&self.graph) }
    }

    /// Puts the measures of this graph into its nodes.
    pub fn set(&mut self, measures: Measures) {
        let Measures { degrees, ranks, between, communities } = measures;
        for (i, node) in self.graph.node_weights_mut().enumerate() {
            (node.degree, node.weighted_degree) = degrees[i];
            node.pagerank = round(ranks[i], 9);
            node.betweenness = round(between[i], 9);
            node.community = communities[i];
        }
    }
}

const DAMPING: f64 = 0.85;
const TOLERANCE: f64 = 1e-10;
const ROUNDS: usize = 200;

/// PageRank by power iteration on an undirected weighted graph:
/// r(v) = (1 − d)/n + d (Σ_u r(u) w(u,v) / w(u) + dangling/n), d = 0.85, where the rank of nodes without a tie
/// (dangling) is spread evenly; until the ranks change by less than 1e-10 in sum, at most 200 rounds.
///
/// Source: L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank Citation Ranking", Stanford, 1999.
fn page_rank(network: &Network) -> Vec<f64> {
    let n = network.len() as f64;
    let totals: Vec<f64> = (0..network.len()).map(|v| network.total(v)).collect();
    let mut ranks = vec![1.0 / n; network.len()];
    for _ in 0..ROUNDS {
        let dangling: f64 = ranks.iter().zip(&totals).filter(|(_, t)| **t <= 0.0).map(|(r, _)| r).sum();
        let base = (1.0 - DAMPING + DAMPING * dangling) / n;
        let flows: Vec<f64> = ranks.iter().zip(&totals).map(|(r, t)| if *t > 0.0 { r / t } else { 0.0 }).collect();
        let inflow = |v: usize| network.row(v).iter().map(|&(u, w)| flows[u as usize] * w).sum::<f64>();
        let next: Vec<f64> = (0..network.len()).map(|v| base + DAMPING * inflow(v)).collect();
        let change: f64 = next.iter().zip(&ranks).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

/// Rounded to `places` decimals, so that files stay small and free of the last bits' noise; never −0, which not every
/// file can hold.
pub(super) fn round(value: f64, places: i32) -> f64 {
    let scale = 10f64.powi(places);
    (value * scale).round() / scale + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_rank_is_networkx_s() {
        // nx.pagerank of edges (0,1,1) (0,2,2) (1,2,1) (2,3,3), and node 4 alone
        let ties = [(0, 1, 1.0), (0, 2, 2.0), (1, 2, 1.0), (2, 3, 3.0)];
        let network = Network::from_ties(5, ties.into_iter());
        let expected = [0.212_757, 0.152_357, 0.394_805, 0.203_937, 0.036_145];
        for (rank, expected) in page_rank(&network).into_iter().zip(expected) {
            assert!((rank - expected).abs() < 1e-5, "{rank} {expected}");
        }
    }

    #[test]
    fn an_empty_table_gives_nothing() {
        assert_eq!(npmi(0, 0, 0, 0), -1.0);
        assert_eq!(log_likelihood_ratio(0, 0, 0, 0), 0.0);
        assert!(log_likelihood_ratio(1, 2, 2, 2).is_finite());
        assert!(page_rank(&Network::default()).is_empty());
    }
}
