//! From sums to the graph: one kind for each unlisted name, nodes and ties in order, measures.

use super::assemble::{Assembler, EntitySum, PairSum, TieSum};
use super::evidence::{Best, Evidence};
use super::measure::{self, round};
use super::{Bond, Claims, CoMention, Graph, Node, Tie, Totals};
use crate::schema::{EntityKind, RelationId, Schema, Status};
use petgraph::graph::{DiGraph, NodeIndex};
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
    edges.extend(together(pairs, &rank, &entities, units[0], options.min_support, options.evidence_limit));
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
    sentences: u64,
    support: u32,
    limit: usize,
) -> Vec<(u32, u32, Tie)> {
    let mut merged: FxHashMap<(u32, u32), PairSum> = FxHashMap::default();
    let moved: Vec<bool> = displaced(rank);
    let mut out = Vec::new();
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
            out.extend(co_mention(x, y, sum, entities, sentences, support, limit));
        }
    }
    out.extend(merged.into_iter().filter_map(|((x, y), s)| co_mention(x, y, s, entities, sentences, support, limit)));
    out
}

/// Which places took in more than one entity.
fn displaced(rank: &[u32]) -> Vec<bool> {
    let mut count = vec![0u32; rank.iter().map(|r| *r as usize + 1).max().unwrap_or(0)];
    rank.iter().for_each(|r| count[*r as usize] += 1);
    count.into_iter().map(|n| n > 1).collect()
}

fn co_mention(
    a: u32,
    b: u32,
    sum: PairSum,
    entities: &[EntitySum],
    sentences: u64,
    support: u32,
    limit: usize,
) -> Option<(u32, u32, Tie)> {
    if sum.sentences.max(sum.paragraphs) < support {
        return None;
    }
    let (x, y) = (&entities[a as usize], &entities[b as usize]);
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
    let tie = Tie {
        bond: Bond::CoMention,
        weight: f64::from(if sum.sentences > 0 { sum.sentences } else { sum.paragraphs }),
        articles: common(&x.articles, &y.articles),
        first_seen: sum.seen[0],
        last_seen: sum.seen[1],
        claims: None,
        counts: Some(counts),
        evidence,
    };
    Some((a, b, tie))
}

/// How many numbers two ascending lists share: a step for each of the shorter, a search in the longer.
fn common(a: &[u32], b: &[u32]) -> u32 {
    let (short, mut long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut n = 0;
    for x in short {
        // gallop: double the step until past x, then search within it
        let mut step = 1;
        while step < long.len() && long[step] < *x {
            step *= 2;
        }
        let at = long[..long.len().min(step + 1)].partition_point(|y| y < x);
        long = &long[at..];
        n += (long.first() == Some(x)) as u32;
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
