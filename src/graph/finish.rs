//! From sums to the graph: one kind for each unlisted name, nodes and ties in order, measures.

use super::assemble::{AssembleOptions, Assembler, EntitySum, PairSum, TieSum};
use super::evidence::{Best, Evidence};
use super::measure::{self, round};
use super::{Bond, Claims, CoMention, Graph, Node, Tie, Totals};
use crate::schema::{EntityKind, RelationId, Schema, Status};
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::Arc;

/// Makes the graph.
pub(super) fn finish(sums: Assembler<'_>) -> (Graph, Settled) {
    let Assembler { schema, options, entities, ties, pairs, articles, claims, units, seen, .. } = sums;
    let totals =
        Totals { articles, claims, sentences: units[0], paragraphs: units[1], first_seen: seen[0], last_seen: seen[1] };
    let (entities, rank, settled) = settle(entities);
    let mut edges = typed(schema, ties, &rank, options.evidence_limit);
    edges.extend(together(pairs, &rank, &entities, articles, units[0], &options));
    edges.sort_unstable_by_key(|(a, b, tie)| (*a, *b, tie.bond));

    let mut graph = DiGraph::with_capacity(entities.len(), edges.len());
    for entity in entities {
        graph.add_node(node(entity));
    }
    for (a, b, tie) in edges {
        graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), tie);
    }
    measure::centrality(&mut graph);
    (Graph::new(graph, schema.clone(), totals), settled)
}

/// Which entities of the records became others in the graph: unlisted names that articles take for different kinds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled(FxHashMap<Arc<str>, Arc<str>>);

impl Settled {
    /// The key in the graph of an entity that records call `key`.
    pub fn key<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, |k| k)
    }
}

/// Entities by key, and the place there of each that came in. An unlisted name that articles take for different
/// kinds becomes one entity of the kind that most articles (then most mentions, then the order of kinds) give.
fn settle(entities: Vec<EntitySum>) -> (Vec<EntitySum>, Vec<u32>, Settled) {
    let mut winner: FxHashMap<&str, (usize, u64, Reverse<EntityKind>, usize)> = FxHashMap::default();
    for (i, e) in entities.iter().enumerate().filter(|(_, e)| !e.listed) {
        let claim = (e.articles.len(), e.mentions, Reverse(e.kind), i);
        let best = winner.entry(&e.name).or_insert(claim);
        if (claim.0, claim.1, claim.2) > (best.0, best.1, best.2) {
            *best = claim;
        }
    }
    let target: Vec<usize> =
        entities.iter().enumerate().map(|(i, e)| if e.listed { i } else { winner[&*e.name].3 }).collect();
    let mut order: Vec<usize> = (0..entities.len()).filter(|&i| target[i] == i).collect();
    order.sort_unstable_by(|&a, &b| entities[a].key.cmp(&entities[b].key));
    let mut place = vec![0u32; entities.len()];
    for (at, &i) in order.iter().enumerate() {
        place[i] = at as u32;
    }
    let rank: Vec<u32> = target.iter().map(|&t| place[t]).collect();
    let moved = target.iter().enumerate().filter(|(i, t)| i != *t);
    let settled = Settled(moved.map(|(i, &t)| (Arc::clone(&entities[i].key), Arc::clone(&entities[t].key))).collect());

    let mut slots: Vec<Option<EntitySum>> = order.iter().map(|_| None).collect();
    let mut merged = Vec::new();
    for (i, e) in entities.into_iter().enumerate() {
        if target[i] == i { slots[rank[i] as usize] = Some(e) } else { merged.push((rank[i], e)) }
    }
    let mut in_order: Vec<EntitySum> = slots.into_iter().flatten().collect();
    for (at, e) in merged {
        in_order[at as usize].merge(e);
    }
    (in_order, rank, settled)
}

fn typed(
    schema: &Schema,
    ties: FxHashMap<(u32, RelationId, u32), TieSum>,
    rank: &[u32],
    limit: usize,
) -> Vec<(u32, u32, Tie)> {
    let mut merged: FxHashMap<(u32, RelationId, u32), TieSum> = FxHashMap::default();
    merged.reserve(ties.len());
    #[allow(clippy::iter_over_hash_type, reason = "sums know no order; ties are sorted at the end")]
    for ((s, relation, o), mut sum) in ties {
        let (mut a, mut b) = (rank[s as usize], rank[o as usize]);
        if a == b {
            continue;
        }
        if schema.get(relation).symmetric && a > b {
            std::mem::swap(&mut a, &mut b);
            sum.evidence = sum.evidence.map(|best| reversed(best, limit));
        }
        match merged.entry((a, relation, b)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(sum);
            }
            std::collections::hash_map::Entry::Occupied(mut slot) => slot.get_mut().merge(sum, limit),
        }
    }
    merged.into_iter().map(|((a, relation, b), sum)| (a, b, tie(relation, sum, limit))).collect()
}

fn reversed(best: Best, limit: usize) -> Best {
    let mut out = Best::default();
    best.into_items().into_iter().for_each(|e| out.offer(e.reversed(), limit));
    out
}

fn tie(relation: RelationId, mut sum: TieSum, limit: usize) -> Tie {
    let latest = sum.latest.1;
    let status = Status::ALL.into_iter().rev().max_by_key(|s| latest[*s as usize]).expect("there are statuses");
    let (sentences, sure) = sum.independent(status);
    let [first_event, last_event] = sum.events.map(String::from);
    let claims = Claims {
        status,
        by_status: sum.by_status,
        belief: round(measure::noisy_or(sure.into_iter().map(|c| round(c.into(), 6))), 6),
        first_event,
        last_event,
    };
    Tie {
        bond: Bond::Relation(relation),
        weight: sentences as f64,
        articles: sum.articles,
        first_seen: sum.seen[0],
        last_seen: sum.seen[1],
        claims: Some(claims),
        counts: None,
        evidence: choose(sum.evidence, limit),
    }
}

/// At most `limit` items, best first, the best of each status among them.
fn choose(by_status: [Best; 5], limit: usize) -> Vec<Evidence> {
    let mut first = Vec::new();
    let mut rest = Vec::new();
    for best in by_status {
        let mut items = best.into_items().into_iter();
        first.extend(items.next());
        rest.extend(items);
    }
    first.sort_by(Evidence::order);
    rest.sort_by(Evidence::order);
    first.extend(rest);
    first.truncate(limit);
    first.sort_by(Evidence::order);
    first
}

fn together(
    pairs: FxHashMap<(u32, u32), PairSum>,
    rank: &[u32],
    entities: &[EntitySum],
    articles: u32,
    sentences: u64,
    options: &AssembleOptions,
) -> Vec<(u32, u32, Tie)> {
    let limit = options.evidence_limit;
    let mut merged: FxHashMap<(u32, u32), PairSum> = FxHashMap::default();
    let moved: Vec<bool> = displaced(rank);
    let mut all: Vec<(u32, u32, PairSum)> = Vec::with_capacity(pairs.len());
    #[allow(clippy::iter_over_hash_type, reason = "sums know no order; ties are sorted at the end")]
    for ((a, b), mut sum) in pairs {
        let (mut x, mut y) = (rank[a as usize], rank[b as usize]);
        if x == y {
            continue;
        }
        if x > y {
            std::mem::swap(&mut x, &mut y);
            sum.quotes = reversed(sum.quotes, limit);
        }
        // only an entity that took in another can meet a pair twice
        if moved[x as usize] || moved[y as usize] {
            merged.entry((x, y)).or_default().merge(sum);
        } else {
            all.push((x, y, sum));
        }
    }
    all.extend(merged.into_iter().map(|((x, y), sum)| (x, y, sum)));
    all.retain(|(_, _, sum)| sum.sentences.max(sum.paragraphs) >= options.min_support);
    let common = Common::of(entities.iter().map(|e| e.articles.as_slice()).collect(), articles);
    let tie = |(a, b, sum): (u32, u32, PairSum)| {
        let articles = common.count(a as usize, b as usize);
        (a, b, co_mention([&entities[a as usize], &entities[b as usize]], sum, articles, sentences, limit))
    };
    all.into_par_iter().map(tie).collect()
}

/// Which places took in more than one entity.
fn displaced(rank: &[u32]) -> Vec<bool> {
    let mut count = vec![0u32; rank.iter().map(|r| *r as usize + 1).max().unwrap_or(0)];
    rank.iter().for_each(|r| count[*r as usize] += 1);
    count.into_iter().map(|n| n > 1).collect()
}

fn co_mention([x, y]: [&EntitySum; 2], sum: PairSum, articles: u32, sentences: u64, limit: usize) -> Tie {
    let table = (u64::from(sum.sentences), u64::from(x.units[0]), u64::from(y.units[0]));
    let measured = |f: fn(u64, u64, u64, u64) -> f64| {
        (sum.sentences > 0).then(|| round(f(table.0, table.1, table.2, sentences), 6))
    };
    let counts = CoMention {
        sentences: sum.sentences,
        paragraphs: sum.paragraphs,
        npmi: measured(measure::npmi),
        g2: measured(measure::log_likelihood_ratio),
    };
    let mut evidence = sum.quotes.into_items();
    evidence.truncate(limit);
    Tie {
        bond: Bond::CoMention,
        weight: f64::from(if sum.sentences > 0 { sum.sentences } else { sum.paragraphs }),
        articles,
        first_seen: sum.seen[0],
        last_seen: sum.seen[1],
        claims: None,
        counts: Some(counts),
        evidence,
    }
}

/// How many articles two entities share. Who is in many has a bit for each article beside the list of them.
struct Common<'e> {
    lists: Vec<&'e [u32]>,
    bits: Vec<Option<Vec<u64>>>,
}

impl Common<'_> {
    /// Of ascending lists of numbers below `articles`.
    fn of(lists: Vec<&[u32]>, articles: u32) -> Common<'_> {
        let words = (articles as usize).div_ceil(64);
        let bits = lists.par_iter().map(|list| {
            // where the words are fewer than the articles
            (list.len() > words).then(|| {
                let mut bits = vec![0u64; words];
                list.iter().for_each(|a| bits[*a as usize / 64] |= 1 << (a % 64));
                bits
            })
        });
        Common { bits: bits.collect(), lists }
    }

    fn count(&self, a: usize, b: usize) -> u32 {
        let (x, y) = (self.lists[a], self.lists[b]);
        let within = |bits: &[u64], list: &[u32]| {
            list.iter().map(|i| (bits[*i as usize / 64] >> (i % 64)) as u32 & 1).sum::<u32>()
        };
        match (&self.bits[a], &self.bits[b]) {
            (Some(x), Some(y)) => x.iter().zip(y).map(|(x, y)| (x & y).count_ones()).sum(),
            (Some(bits), None) => within(bits, y),
            (None, Some(bits)) => within(bits, x),
            (None, None) => merged(x, y),
        }
    }
}

/// How many numbers two ascending lists share.
fn merged(mut a: &[u32], mut b: &[u32]) -> u32 {
    let mut n = 0;
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        n += u32::from(x == y);
        if x <= y {
            a = rest_a;
        }
        if y <= x {
            b = rest_b;
        }
    }
    n
}

fn node(sum: EntitySum) -> Node {
    let mut surfaces = sum.surfaces;
    surfaces.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Node {
        key: sum.key.to_string(),
        kind: sum.kind,
        name: sum.name,
        listed: sum.listed,
        family: sum.family,
        mentions: sum.mentions,
        articles: sum.articles.len() as u32,
        sentences: sum.units[0],
        paragraphs: sum.units[1],
        first_seen: sum.seen[0],
        last_seen: sum.seen[1],
        names: surfaces.into_iter().map(|(s, _)| s.into()).collect(),
        aliases: Vec::new(),
        tickers: Vec::new(),
        wikidata: None,
        site: None,
        degree: 0,
        weighted_degree: 0.0,
        pagerank: 0.0,
        betweenness: 0.0,
        community: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn common_articles_are_counted(
            a in proptest::collection::btree_set(0u32..700, 0..60),
            b in proptest::collection::btree_set(0u32..700, 0..8),
        ) {
            let lists = [&a, &b].map(|set| set.iter().copied().collect::<Vec<u32>>());
            let common = Common::of(lists.iter().map(Vec::as_slice).collect(), 700);
            let expected = a.intersection(&b).count() as u32;
            prop_assert_eq!((common.count(0, 1), common.count(1, 0)), (expected, expected));
            prop_assert_eq!(common.count(0, 0), a.len() as u32);
        }
    }
}
