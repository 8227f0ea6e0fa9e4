//! Ways through a network that is fetched as it is walked: the cheapest between two nodes, and the next after it.

use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::rc::Rc;

/// A step to a neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The neighbour.
    pub(super) to: i64,
    /// What it costs, 1 at least.
    pub(super) cost: u64,
}

/// A way: its nodes, both ends included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) cost: u64,
    pub(super) nodes: Vec<i64>,
}

/// The steps from a node; ties run both ways at the same cost.
pub(super) trait Ground {
    /// Why steps cannot be fetched.
    type Error;
    /// The steps, each neighbour once.
    fn steps(&mut self, node: i64) -> Result<Rc<Vec<Step>>, Self::Error>;
    /// The most that a step costs.
    fn dearest(&self) -> u64;
}

/// What a way may not use.
#[derive(Debug, Default)]
struct Closed {
    nodes: FxHashSet<i64>,
    /// Neighbours that may not follow on the start.
    first: FxHashSet<i64>,
}

/// At most `count` ways of at most `hops` ties each from one node to another, the cheapest first, none with a node
/// twice. Source: J. Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17(11), 1971.
pub(super) fn ways<G: Ground>(
    ground: &mut G,
    (from, to): (i64, i64),
    avoid: &[i64],
    hops: usize,
    count: usize,
) -> Result<Vec<Way>, G::Error> {
    let mut found: Vec<Way> = Vec::new();
    let mut next: BTreeSet<Way> = BTreeSet::new();
    let closed = Closed { nodes: avoid.iter().copied().collect(), first: FxHashSet::default() };
    next.extend(cheapest(ground, (from, to), &closed, hops)?);
    while found.len() < count {
        let Some(way) = next.pop_first() else { break };
        for at in 0..way.nodes.len() - 1 {
            let root = &way.nodes[..=at];
            let followers = found.iter().chain([&way]).filter(|w| w.nodes.starts_with(root));
            let closed = Closed {
                nodes: avoid.iter().chain(&root[..at]).copied().collect(),
                first: followers.filter_map(|w| w.nodes.get(at + 1)).copied().collect(),
            };
            if let Some(spur) = cheapest(ground, (way.nodes[at], to), &closed, hops - at)? {
                let mut cost = spur.cost;
                for pair in root.windows(2) {
                    let steps = ground.steps(pair[0])?;
                    cost += steps.iter().find(|s| s.to == pair[1]).map_or(0, |s| s.cost);
                }
                next.insert(Way { cost, nodes: [&root[..at], &spur.nodes[..]].concat() });
            }
        }
        found.push(way);
    }
    Ok(found)
}

/// One end's side of a search from both ends.
struct Side {
    /// The cost of each node reached, and the node before it.
    reached: FxHashMap<i64, (u64, i64)>,
    heap: BinaryHeap<Reverse<(u64, i64)>>,
    settled: FxHashSet<i64>,
}

impl Side {
    fn new(start: i64) -> Side {
        let reached = FxHashMap::from_iter([(start, (0, start))]);
        Side { reached, heap: BinaryHeap::from([Reverse((0, start))]), settled: FxHashSet::default() }
    }

    fn least(&self) -> Option<u64> {
        self.heap.peek().map(|Reverse((cost, _))| *cost)
    }

    fn way_to(&self, mut node: i64) -> Vec<i64> {
        let mut out = vec![node];
        while let Some(&(_, before)) = self.reached.get(&node).filter(|(_, before)| *before != node) {
            out.push(before);
            node = before;
        }
        out
    }
}

/// The cheapest way of at most `hops` ties.
fn cheapest<G: Ground>(
    ground: &mut G,
    (from, to): (i64, i64),
    closed: &Closed,
    hops: usize,
) -> Result<Option<Way>, G::Error> {
    if hops == 0 || closed.nodes.contains(&from) || closed.nodes.contains(&to) {
        return Ok(None);
    }
    let Some(way) = from_both_ends(ground, (from, to), closed, hops)? else { return Ok(None) };
    if way.nodes.len() <= hops + 1 { Ok(Some(way)) } else { within(ground, (from, to), closed, hops) }
}

/// Whether a step may be taken.
fn open(closed: &Closed, ends: (i64, i64), node: i64, to: i64) -> bool {
    let first = (node == ends.0 && closed.first.contains(&to)) || (to == ends.0 && closed.first.contains(&node));
    !closed.nodes.contains(&to) && !first
}

/// The cheapest way by Dijkstra's algorithm from both ends, however many ties it has; none if every way has more than
/// `hops` (which is known early where each tie costs nearly the same).
fn from_both_ends<G: Ground>(
    ground: &mut G,
    ends: (i64, i64),
    closed: &Closed,
    hops: usize,
) -> Result<Option<Way>, G::Error> {
    let mut sides = [Side::new(ends.0), Side::new(ends.1)];
    let mut best: Option<(u64, i64)> = None;
    let most = (hops as u64).saturating_mul(ground.dearest());
    while let (Some(a), Some(b)) = (sides[0].least(), sides[1].least()) {
        if best.is_some_and(|(cost, _)| a + b >= cost) || a + b > most {
            break;
        }
        // the side with fewer nodes to visit
        let own = usize::from(sides[0].heap.len() > sides[1].heap.len());
        let Some(Reverse((cost, node))) = sides[own].heap.pop() else { break };
        if !sides[own].settled.insert(node) {
            continue;
        }
        for step in ground.steps(node)?.iter().filter(|s| open(closed, ends, node, s.to)) {
            let cost = cost + step.cost;
            let known = sides[own].reached.get(&step.to);
            if known.is_none_or(|(c, before)| (cost, node) < (*c, *before)) && step.to != [ends.0, ends.1][own] {
                sides[own].reached.insert(step.to, (cost, node));
                sides[own].heap.push(Reverse((cost, step.to)));
                if let Some((other, _)) = sides[1 - own].reached.get(&step.to) {
                    let meeting = (cost + other, step.to);
                    best = Some(best.map_or(meeting, |b| b.min(meeting)));
                }
            }
        }
    }
    Ok(best.map(|(cost, meeting)| {
        let mut nodes = sides[0].way_to(meeting);
        nodes.reverse();
        nodes.extend(sides[1].way_to(meeting).into_iter().skip(1));
        Way { cost, nodes }
    }))
}

/// The cheapest way of at most `hops` ties, where the cheapest of all has more: Dijkstra's algorithm from one end, a
/// node being visited again for every way to it that is dearer but has fewer ties.
fn within<G: Ground>(ground: &mut G, ends: (i64, i64), closed: &Closed, hops: usize) -> Result<Option<Way>, G::Error> {
    let last: FxHashMap<i64, u64> = ground.steps(ends.1)?.iter().map(|s| (s.to, s.cost)).collect();
    // labels: node, the label before
    let mut labels: Vec<(i64, usize)> = vec![(ends.0, 0)];
    let mut fewest: FxHashMap<i64, usize> = FxHashMap::default();
    let mut heap = BinaryHeap::from([Reverse((0u64, 0usize, ends.0, 0usize))]);
    while let Some(Reverse((cost, ties, node, label))) = heap.pop() {
        if node == ends.1 {
            let mut nodes = vec![node];
            let mut at = label;
            while at != 0 {
                at = labels[at].1;
                nodes.push(labels[at].0);
            }
            nodes.reverse();
            return Ok(Some(Way { cost, nodes }));
        }
        if fewest.get(&node).is_some_and(|f| *f <= ties) {
            continue;
        }
        fewest.insert(node, ties);
        let mut go = |to: i64, step: u64| {
            labels.push((to, label));
            heap.push(Reverse((cost + step, ties + 1, to, labels.len() - 1)));
        };
        if ties + 1 == hops {
            // the last tie must lead to the end
            if let Some(step) = last.get(&node).filter(|_| open(closed, ends, node, ends.1)) {
                go(ends.1, *step);
            }
            continue;
        }
        for step in ground.steps(node)?.iter().filter(|s| open(closed, ends, node, s.to)) {
            if fewest.get(&step.to).is_none_or(|f| *f > ties + 1) {
                go(step.to, step.cost);
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Table(FxHashMap<i64, Rc<Vec<Step>>>);

    impl Table {
        fn new(ties: &[(i64, i64, u64)]) -> Table {
            let mut best: std::collections::BTreeMap<(i64, i64), u64> = Default::default();
            for &(a, b, cost) in ties.iter().filter(|t| t.0 != t.1) {
                for pair in [(a, b), (b, a)] {
                    let known = best.entry(pair).or_insert(cost);
                    *known = cost.min(*known);
                }
            }
            let mut steps: FxHashMap<i64, Vec<Step>> = FxHashMap::default();
            best.iter().for_each(|((a, b), cost)| steps.entry(*a).or_default().push(Step { to: *b, cost: *cost }));
            Table(steps.into_iter().map(|(n, s)| (n, Rc::new(s))).collect())
        }
    }

    impl Ground for Table {
        type Error = ();
        fn steps(&mut self, node: i64) -> Result<Rc<Vec<Step>>, ()> {
            Ok(self.0.get(&node).cloned().unwrap_or_default())
        }
        fn dearest(&self) -> u64 {
            50
        }
    }

    /// Every way, by trying all.
    fn all(table: &mut Table, to: i64, hops: usize, avoid: &[i64], so_far: &mut Way, out: &mut Vec<Way>) {
        let at = *so_far.nodes.last().unwrap();
        if at == to {
            out.push(so_far.clone());
            return;
        }
        if so_far.nodes.len() > hops {
            return;
        }
        for step in table.steps(at).unwrap().iter() {
            if !so_far.nodes.contains(&step.to) && !avoid.contains(&step.to) {
                so_far.nodes.push(step.to);
                so_far.cost += step.cost;
                all(table, to, hops, avoid, so_far, out);
                so_far.nodes.pop();
                so_far.cost -= step.cost;
            }
        }
    }

    proptest! {
        #[test]
        fn ways_are_the_cheapest_there_are(
            ties in proptest::collection::vec((0i64..9, 0i64..9, 1u64..20), 1..24),
            hops in 1usize..6,
            avoid in 2i64..12,
        ) {
            let mut table = Table::new(&ties);
            let found = ways(&mut table, (0, 1), &[avoid], hops, 4).unwrap();
            let mut every = Vec::new();
            all(&mut table, 1, hops, &[avoid], &mut Way { cost: 0, nodes: vec![0] }, &mut every);
            every.sort();
            let costs = |ways: &[Way]| ways.iter().take(4).map(|w| w.cost).collect::<Vec<_>>();
            prop_assert_eq!(costs(&found), costs(&every));
            for way in &found {
                prop_assert!(every.contains(way), "{:?}", way);
            }
        }
    }

    #[test]
    fn a_dear_way_with_few_ties_is_found_when_few_are_allowed() {
        let ties = [(0, 1, 50), (0, 2, 1), (2, 3, 1), (3, 1, 1)];
        let nodes = |hops, count| -> Vec<Vec<i64>> {
            ways(&mut Table::new(&ties), (0, 1), &[], hops, count).unwrap().into_iter().map(|w| w.nodes).collect()
        };
        assert_eq!(nodes(3, 1), [vec![0, 2, 3, 1]]);
        assert_eq!(nodes(2, 9), [vec![0, 1]]);
        assert_eq!(nodes(3, 9), [vec![0, 2, 3, 1], vec![0, 1]]);
        assert!(nodes(0, 1).is_empty());
    }
}
