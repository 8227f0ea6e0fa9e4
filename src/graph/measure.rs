//! Numbers about ties and nodes, each with its source. All sums run in a fixed order, so that the same graph
//! has the same bits.

use super::{Node, Tie};
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;

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

/// Degree, weighted degree and PageRank of all nodes.
pub(super) fn centrality(graph: &mut DiGraph<Node, Tie>) {
    let n = graph.node_count();
    let mut partners: Vec<Vec<(u32, f64)>> = vec![Vec::new(); n];
    for edge in graph.edge_references() {
        let (a, b) = (edge.source().index(), edge.target().index());
        partners[a].push((b as u32, edge.weight().weight));
        partners[b].push((a as u32, edge.weight().weight));
    }
    for list in &mut partners {
        list.sort_by_key(|p| p.0);
        list.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
    }
    let ranks = page_rank(&partners);
    for (i, node) in graph.node_weights_mut().enumerate() {
        node.degree = partners[i].len() as u32;
        node.weighted_degree = partners[i].iter().map(|p| p.1).sum();
        node.pagerank = round(ranks[i], 9);
    }
}

const DAMPING: f64 = 0.85;
const TOLERANCE: f64 = 1e-10;
const ROUNDS: usize = 200;

/// PageRank by power iteration on an undirected weighted graph, given as each node's partners:
/// r(v) = (1 − d)/n + d (Σ_u r(u) w(u,v) / w(u) + dangling/n), d = 0.85, where the rank of nodes without a tie
/// (dangling) is spread evenly; until the ranks change by less than 1e-10 in sum, at most 200 rounds.
///
/// Source: L. Page, S. Brin, R. Motwani, T. Winograd, "The PageRank Citation Ranking", Stanford, 1999.
fn page_rank(partners: &[Vec<(u32, f64)>]) -> Vec<f64> {
    let n = partners.len() as f64;
    let totals: Vec<f64> = partners.iter().map(|list| list.iter().map(|p| p.1).sum()).collect();
    let mut ranks = vec![1.0 / n; partners.len()];
    for _ in 0..ROUNDS {
        let dangling: f64 = ranks.iter().zip(&totals).filter(|(_, t)| **t <= 0.0).map(|(r, _)| r).sum();
        let base = (1.0 - DAMPING + DAMPING * dangling) / n;
        let flows: Vec<f64> = ranks.iter().zip(&totals).map(|(r, t)| if *t > 0.0 { r / t } else { 0.0 }).collect();
        let next: Vec<f64> = partners
            .iter()
            .map(|list| base + DAMPING * list.iter().map(|&(u, w)| flows[u as usize] * w).sum::<f64>())
            .collect();
        let change: f64 = next.iter().zip(&ranks).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}

/// Rounded to `places` decimals, so that files stay small and free of the last bits' noise.
pub(super) fn round(value: f64, places: i32) -> f64 {
    let scale = 10f64.powi(places);
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_rank_is_networkx_s() {
        // nx.pagerank of edges (0,1,1) (0,2,2) (1,2,1) (2,3,3), and node 4 alone
        let partners = vec![
            vec![(1, 1.0), (2, 2.0)],
            vec![(0, 1.0), (2, 1.0)],
            vec![(0, 2.0), (1, 1.0), (3, 3.0)],
            vec![(2, 3.0)],
            vec![],
        ];
        let expected = [0.212_757, 0.152_357, 0.394_805, 0.203_937, 0.036_145];
        for (rank, expected) in page_rank(&partners).into_iter().zip(expected) {
            assert!((rank - expected).abs() < 1e-5, "{rank} {expected}");
        }
    }

    #[test]
    fn an_empty_table_gives_nothing() {
        assert_eq!(npmi(0, 0, 0, 0), -1.0);
        assert_eq!(log_likelihood_ratio(0, 0, 0, 0), 0.0);
        assert!(log_likelihood_ratio(1, 2, 2, 2).is_finite());
        assert!(page_rank(&[]).is_empty());
    }
}
