//! Communities: groups of entities tied more to each other than to the rest, by the Leiden algorithm.

use super::network::{Network, shuffled};
use super::{CoMention, Graph, Node, Tie};
use crate::schema::Status;
use petgraph::graph::{DiGraph, NodeIndex};
use std::cmp::Reverse;
use std::collections::VecDeque;

/// A group of entities tied more to each other than to the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Community {
    /// Its number: communities are numbered from 1 by falling size, then by their first key.
    pub number: u32,
    /// Its entities, the most central (by PageRank) first.
    pub members: Vec<NodeIndex>,
}

impl Community {
    /// What people may call it: its most central entities' names, three at most.
    pub fn name(&self, graph: &Graph) -> String {
        name(self.members.iter().map(|n| graph.node(*n).name.as_str()))
    }
}

/// What people may call a community whose entities have these names, the most central first.
pub fn name<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.take(3).collect::<Vec<_>>().join(" · ")
}

impl Graph {
    /// The communities, in the order of their numbers.
    pub fn communities(&self) -> Vec<Community> {
        let mut all: Vec<(u32, NodeIndex)> =
            self.graph.node_indices().filter_map(|n| Some((self.node(n).community?, n))).collect();
        let central = |a: NodeIndex, b: NodeIndex| self.node(b).pagerank.total_cmp(&self.node(a).pagerank);
        all.sort_by(|x, y| x.0.cmp(&y.0).then(central(x.1, y.1)).then(x.1.cmp(&y.1)));
        let groups = all.chunk_by(|x, y| x.0 == y.0);
        groups.map(|g| Community { number: g[0].0, members: g.iter().map(|(_, n)| *n).collect() }).collect()
    }
}

/// How much a tie binds two entities into one community. A relation: its belief times 1 + ln(weight), unless it is
/// denied. A co-mention: half its NPMI times 1 + ln(weight), for two that every list of firms names together are not
/// bound by that; a tenth where no sentence has both. Never less than 0.001, so that no tie is nothing, a denied one
/// excepted.
pub fn binding(tie: &Tie) -> f64 {
    let often = 1.0 + tie.weight.max(1.0).ln();
    let value = match (&tie.claims, tie.counts) {
        (Some(c), _) if c.status == Status::Negated => return 0.0,
        (Some(c), _) => c.belief * often,
        (None, Some(CoMention { npmi: Some(npmi), .. })) => 0.5 * npmi * often,
        _ => 0.1,
    };
    // six decimals, so that the last bits of a logarithm decide nothing
    super::measure::round(value.max(0.001), 6)
}

/// The community of each node, numbered; `None` for a node without a tie.
pub(super) fn communities(graph: &DiGraph<Node, Tie>) -> Vec<Option<u32>> {
    numbered(&Network::of(graph, binding))
}

fn numbered(network: &Network) -> Vec<Option<u32>> {
    let found = leiden(network);
    let tied = |v: usize| !network.row(v).is_empty();
    // size and first node of each
    let mut groups: Vec<(usize, u32)> = vec![(0, u32::MAX); network.len()];
    for v in (0..network.len()).filter(|v| tied(*v)) {
        let group = &mut groups[found[v] as usize];
        *group = (group.0 + 1, group.1.min(v as u32));
    }
    let mut order: Vec<u32> = (0..groups.len() as u32).filter(|c| groups[*c as usize].0 > 0).collect();
    order.sort_by_key(|c| (Reverse(groups[*c as usize].0), groups[*c as usize].1));
    let mut number = vec![0; groups.len()];
    order.iter().enumerate().for_each(|(i, c)| number[*c as usize] = i as u32 + 1);
    (0..network.len()).map(|v| tied(v).then(|| number[found[v] as usize])).collect()
}

/// Modularity's resolution.
const RESOLUTION: f64 = 1.0;
/// Gains below are none: sums of floats never agree to the last bit.
const LEAST_GAIN: f64 = 1e-10;
/// The whole algorithm runs so often, each time from what it found.
const ROUNDS: usize = 2;
const SEED: u64 = 0x5173_7973;

/// A network whose nodes stand for groups of nodes.
struct Level {
    network: Network,
    /// The sum of the weights of each node's ties, twice those inside it included.
    strength: Vec<f64>,
    /// The sum of all strengths.
    total: f64,
}

/// The community of each node, any numbers: the partition of high modularity that the Leiden algorithm finds. Nodes
/// are visited in an order that a fixed seed gives; where the paper draws a community at random in refinement, the
/// best is taken. Every community is connected.
///
/// Source: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden: guaranteeing well-connected communities",
/// Scientific Reports 9, 5233, 2019.
fn leiden(network: &Network) -> Vec<u32> {
    let mut found: Vec<u32> = (0..network.len() as u32).collect();
    for _ in 0..ROUNDS {
        let before = found.clone();
        found = round(network, found);
        if found == before {
            break;
        }
    }
    connected(network, &found)
}

/// The connected parts of each community: nearly always it is one. Parting what no tie joins only raises modularity.
fn connected(network: &Network, parts: &[u32]) -> Vec<u32> {
    let mut out = vec![u32::MAX; parts.len()];
    let mut stack: Vec<usize> = Vec::new();
    let mut next = 0;
    for start in 0..parts.len() {
        if out[start] != u32::MAX {
            continue;
        }
        out[start] = next;
        stack.push(start);
        while let Some(v) = stack.pop() {
            for &(u, _) in network.row(v) {
                let u = u as usize;
                if parts[u] == parts[v] && out[u] == u32::MAX {
                    out[u] = next;
                    stack.push(u);
                }
            }
        }
        next += 1;
    }
    out
}

/// One run of all levels, from a partition to a better one.
fn round(network: &Network, start: Vec<u32>) -> Vec<u32> {
    let strength: Vec<f64> = (0..network.len()).map(|v| network.total(v)).collect();
    let total = strength.iter().sum();
    let mut level = Level { network: network.clone(), strength, total };
    let mut parts = start;
    // where each node of the network is on the present level
    let mut place: Vec<u32> = (0..network.len() as u32).collect();
    loop {
        level.move_nodes(&mut parts);
        let groups = compact(&mut parts);
        if groups == level.network.len() {
            return place.into_iter().map(|v| parts[v as usize]).collect();
        }
        let mut refined = level.refine(&parts);
        let smaller = compact(&mut refined);
        if smaller == level.network.len() {
            // no two nodes of a community merge: a level above would be this level again
            return place.into_iter().map(|v| parts[v as usize]).collect();
        }
        let mut above = vec![0; smaller];
        for (v, r) in refined.iter().enumerate() {
            above[*r as usize] = parts[v];
        }
        place.iter_mut().for_each(|v| *v = refined[*v as usize]);
        level = level.merged(&refined, smaller);
        parts = above;
    }
}

/// Renumbers a partition by first appearance; returns the number of its parts.
fn compact(parts: &mut [u32]) -> usize {
    let mut number = vec![u32::MAX; parts.iter().map(|p| *p as usize + 1).max().unwrap_or(0)];
    let mut next = 0;
    for part in parts {
        let slot = &mut number[*part as usize];
        if *slot == u32::MAX {
            *slot = next;
            next += 1;
        }
        *part = *slot;
    }
    next as usize
}

/// The weights from one node to the communities around it.
struct Around {
    weight: Vec<f64>,
    touched: Vec<u32>,
}

impl Around {
    fn new(communities: usize) -> Around {
        Around { weight: vec![0.0; communities], touched: Vec::new() }
    }

    fn read(&mut self, row: &[(u32, f64)], parts: &[u32], counts: impl Fn(u32) -> bool) {
        self.touched.drain(..).for_each(|c| self.weight[c as usize] = 0.0);
        for &(u, w) in row.iter().filter(|(u, _)| counts(*u)) {
            let c = parts[u as usize];
            if self.weight[c as usize] == 0.0 {
                self.touched.push(c);
            }
            self.weight[c as usize] += w;
        }
    }
}

impl Level {
    /// What the modularity (times the total of strengths, over two) gains when a node of this strength joins a community
    /// to which it is tied by `weight`, of this sum of strengths.
    fn gain(&self, weight: f64, strength: f64, sum: f64) -> f64 {
        weight - RESOLUTION * strength * sum / self.total
    }

    /// Moves nodes to the best community around them until none can better itself (fast local moving).
    fn move_nodes(&self, parts: &mut [u32]) {
        let n = self.network.len();
        let mut sums = vec![0.0; n];
        let mut sizes = vec![0u32; n];
        for v in 0..n {
            sums[parts[v] as usize] += self.strength[v];
            sizes[parts[v] as usize] += 1;
        }
        let mut empty: Vec<u32> = (0..n as u32).rev().filter(|c| sizes[*c as usize] == 0).collect();
        let mut queue: VecDeque<u32> = shuffled(n, SEED).into();
        let mut waits = vec![true; n];
        let mut around = Around::new(n);
        while let Some(v) = queue.pop_front() {
            let v = v as usize;
            waits[v] = false;
            let row = self.network.row(v);
            around.read(row, parts, |_| true);
            let (own, strength) = (parts[v], self.strength[v]);
            sums[own as usize] -= strength;
            sizes[own as usize] -= 1;
            let mut best = (self.gain(around.weight[own as usize], strength, sums[own as usize]), own);
            if sizes[own as usize] > 0 && best.0 < -LEAST_GAIN && !empty.is_empty() {
                best = (0.0, empty[empty.len() - 1]);
            }
            for &c in &around.touched {
                let gain = self.gain(around.weight[c as usize], strength, sums[c as usize]);
                if gain > best.0 + LEAST_GAIN {
                    best = (gain, c);
                }
            }
            let to = best.1;
            if empty.last() == Some(&to) {
                empty.pop();
            }
            if to != own && sizes[own as usize] == 0 {
                sums[own as usize] = 0.0;
                empty.push(own);
            }
            sums[to as usize] += strength;
            sizes[to as usize] += 1;
            if to != own {
                parts[v] = to;
                for &(u, _) in row {
                    if parts[u as usize] != to && !std::mem::replace(&mut waits[u as usize], true) {
                        queue.push_back(u);
                    }
                }
            }
        }
    }

    /// Splits each community into well-connected parts: single nodes merge within it, each into the part that gains
    /// most, if both node and part are tied well to the rest of the community.
    fn refine(&self, parts: &[u32]) -> Vec<u32> {
        let n = self.network.len();
        let mut whole = vec![0.0; n];
        (0..n).for_each(|v| whole[parts[v] as usize] += self.strength[v]);
        let mut refined: Vec<u32> = (0..n as u32).collect();
        let mut sums = self.strength.clone();
        let mut single = vec![true; n];
        // from each part to the rest of its community
        let inside = |v: usize| {
            let row = self.network.row(v).iter();
            row.filter(|(u, _)| parts[*u as usize] == parts[v]).map(|p| p.1).sum::<f64>()
        };
        let mut outward: Vec<f64> = (0..n).map(inside).collect();
        let bound = |weight: f64, sum: f64, whole: f64| self.gain(weight, sum, whole - sum) >= -LEAST_GAIN;
        let mut around = Around::new(n);
        for v in shuffled(n, SEED ^ 1) {
            let v = v as usize;
            let whole = whole[parts[v] as usize];
            if !single[v] || !bound(outward[v], self.strength[v], whole) {
                continue;
            }
            around.read(self.network.row(v), &refined, |u| parts[u as usize] == parts[v]);
            let mut best = (LEAST_GAIN, v as u32);
            for &c in &around.touched {
                let gain = self.gain(around.weight[c as usize], self.strength[v], sums[c as usize]);
                if gain > best.0 && bound(outward[c as usize], sums[c as usize], whole) {
                    best = (gain, c);
                }
            }
            let to = best.1 as usize;
            if to != v {
                refined[v] = to as u32;
                (single[v], single[to]) = (false, false);
                sums[to] += self.strength[v];
                outward[to] += outward[v] - 2.0 * around.weight[to];
            }
        }
        refined
    }

    /// The level above, on which each of the `groups` parts is a node.
    fn merged(&self, parts: &[u32], groups: usize) -> Level {
        let mut strength = vec![0.0; groups];
        (0..parts.len()).for_each(|v| strength[parts[v] as usize] += self.strength[v]);
        let ties = (0..parts.len()).flat_map(|v| {
            let once = self.network.row(v).iter().filter(move |(u, _)| (*u as usize) > v);
            once.map(move |&(u, w)| (parts[v], parts[u as usize], w))
        });
        Level { network: Network::from_ties(groups, ties), strength, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Newman's modularity of a partition.
    fn modularity(network: &Network, parts: &[u32]) -> f64 {
        let total: f64 = (0..network.len()).map(|v| network.total(v)).sum();
        let mut sums = vec![0.0; network.len()];
        let mut inside = 0.0;
        for v in 0..network.len() {
            sums[parts[v] as usize] += network.total(v);
            inside += network.row(v).iter().filter(|p| parts[p.0 as usize] == parts[v]).map(|p| p.1).sum::<f64>();
        }
        inside / total - sums.iter().map(|s| (s / total) * (s / total)).sum::<f64>()
    }

    fn is_connected(network: &Network, parts: &[u32]) -> bool {
        let (mut all, mut split) = (parts.to_vec(), connected(network, parts));
        compact(&mut all) == compact(&mut split)
    }

    /// Zachary's karate club.
    #[rustfmt::skip]
    const CLUB: [(u32, u32); 78] = [
        (0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8), (0, 10), (0, 11), (0, 12), (0, 13), (0, 17),
        (0, 19), (0, 21), (0, 31), (1, 2), (1, 3), (1, 7), (1, 13), (1, 17), (1, 19), (1, 21), (1, 30), (2, 3),
        (2, 7), (2, 8), (2, 9), (2, 13), (2, 27), (2, 28), (2, 32), (3, 7), (3, 12), (3, 13), (4, 6), (4, 10),
        (5, 6), (5, 10), (5, 16), (6, 16), (8, 30), (8, 32), (8, 33), (9, 33), (13, 33), (14, 32), (14, 33),
        (15, 32), (15, 33), (18, 32), (18, 33), (19, 33), (20, 32), (20, 33), (22, 32), (22, 33), (23, 25),
        (23, 27), (23, 29), (23, 32), (23, 33), (24, 25), (24, 27), (24, 31), (25, 31), (26, 29), (26, 33),
        (27, 33), (28, 31), (28, 33), (29, 32), (29, 33), (30, 32), (30, 33), (31, 32), (31, 33), (32, 33),
    ];

    #[test]
    fn the_karate_club_has_its_best_partition() {
        let network = Network::from_ties(34, CLUB.iter().map(|&(a, b)| (a, b, 1.0)));
        let parts = leiden(&network);
        // the optimum is 0.4198: U. Brandes et al., "On Modularity Clustering", 2008
        assert!((modularity(&network, &parts) - 0.4198).abs() < 1e-4, "{}", modularity(&network, &parts));
        assert!(is_connected(&network, &parts));
    }

    #[test]
    fn cliques_on_a_ring_are_communities_numbered_by_size() {
        // cliques of 5, 6 and 7, tied by one each; the largest first, then by first node; a node alone has none
        let mut ties = vec![(4, 5, 1.0), (10, 11, 1.0), (17, 0, 1.0)];
        for (start, size) in [(0u32, 5u32), (5, 6), (11, 7)] {
            ties.extend((0..size).flat_map(|i| (0..i).map(move |j| (start + i, start + j, 1.0))));
        }
        let network = Network::from_ties(19, ties.into_iter());
        let mut expected: Vec<Option<u32>> = [vec![Some(3); 5], vec![Some(2); 6], vec![Some(1); 7]].concat();
        expected.push(None);
        assert_eq!(numbered(&network), expected);
        assert!(numbered(&Network::default()).is_empty());
    }

    proptest! {
        #[test]
        fn communities_are_connected_and_better_than_none(
            ties in proptest::collection::vec((0u32..40, 0u32..40, 1u32..5), 1..150),
        ) {
            let network = Network::from_ties(40, ties.iter().map(|&(a, b, w)| (a, b, f64::from(w))));
            prop_assume!(network.arcs() > 0);
            let parts = leiden(&network);
            prop_assert!(is_connected(&network, &parts));
            let alone: Vec<u32> = (0..40).collect();
            prop_assert!(modularity(&network, &parts) >= modularity(&network, &alone));
            prop_assert!(modularity(&network, &parts) >= -1e-12);
            prop_assert_eq!(&parts, &leiden(&network));
        }
    }
}
