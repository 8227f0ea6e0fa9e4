//! From sums to the graph: one kind for each unlisted name, nodes and ties in order.

use super::assemble::{AssembleOptions, Assembler, EntitySum, Pair, PairSum, TieSum};
use super::evidence::{Best, Evidence};
use super::measure::{self, round};
use super::standing::{Voice, standing};
use super::{Bond, Claims, CoMention, Day, Graph, Node, Tie, Totals};
use crate::schema::{EntityKind, RelationId, Schema};
use petgraph::graph::{DiGraph, NodeIndex};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::Arc;

/// Makes the graph.
pub(super) fn finish(sums: Assembler<'_>) -> (Graph, Settled) {
    let Assembler { schema, options, entities, ties, pairs, more_pairs, articles, claims, units, seen, .. } = sums;
    let totals = Totals {
        articles: articles.len() as u32,
        claims,
        sentences: units[0],
        paragraphs: units[1],
        first_seen: seen[0],
        last_seen: seen[1],
    };
    let (entities, rank, moved) = settle(entities);
    let mut typed = typed(schema, ties, &rank, options.evidence_limit);
    typed.sort_unstable_by_key(|(tie, _)| place(tie));
    let (typed, claims): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
    let pairs = pairs.into_iter().map(|((a, b), sum)| (a, b, sum)).chain(more_pairs);
    let (together, pairs) = together(pairs, &rank, &entities, articles.len() as u32, units[0], &options);

    let mut graph = DiGraph::with_capacity(entities.len(), typed.len() + together.len());
    for entity in entities {
        graph.add_node(node(entity));
    }
    let (mut typed, mut together) = (typed.into_iter().peekable(), together.into_iter().peekable());
    let mut next = || match (typed.peek().map(place), together.peek().map(place)) {
        (Some(a), Some(b)) if a < b => typed.next(),
        (Some(_), None) => typed.next(),
        _ => together.next(),
    };
    while let Some((a, b, tie)) = next() {
        graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), tie);
    }
    (Graph::new(graph, schema.clone(), totals), Settled { moved, claims, articles, pairs })
}

/// A tie with its ends.
type Placed = (u32, u32, Tie);

/// Where a tie stands in the graph's order.
fn place((a, b, tie): &Placed) -> (u32, u32, Bond) {
    (*a, *b, tie.bond)
}

/// What a store must know of the records beyond their graph.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    moved: Moved,
    /// The claims of each relation, in the order of the graph's ties; with the ordinals of their articles.
    pub(crate) claims: Vec<Vec<Voice<u32>>>,
    /// What the articles are called by: each its row in a store, or its place in the input ([`place_of`]), or nothing.
    ///
    /// [`place_of`]: super::place_of
    pub(crate) articles: Vec<Option<i64>>,
    /// The number of co-mentioned pairs, those with too little support for a tie too.
    pub(crate) pairs: usize,
}

/// Entities of the records that became others in the graph: unlisted names that articles take for different kinds.
type Moved = FxHashMap<Arc<str>, Arc<str>>;

impl Settled {
    /// The key in the graph of an entity that records call `key`.
    pub fn key<'a>(&'a self, key: &'a str) -> &'a str {
        self.moved.get(key).map_or(key, |k| k)
    }
}

/// Entities by key, and the place there of each that came in. An unlisted name that articles take for different
/// kinds becomes one entity of the kind that most articles (then most mentions, then the order of kinds) give.
fn settle(entities: Vec<EntitySum>) -> (Vec<EntitySum>, Vec<u32>, Moved) {
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
    let moved = moved.map(|(i, &t)| (Arc::clone(&entities[i].key), Arc::clone(&entities[t].key))).collect();

    let mut slots: Vec<Option<EntitySum>> = order.iter().map(|_| None).collect();
    let mut merged = Vec::new();
    for (i, e) in entities.into_iter().enumerate() {
        if target[i] == i { slots[rank[i] as usize] = Some(e) } else { merged.push((rank[i], e)) }
    }
    let mut in_order: Vec<EntitySum> = slots.into_iter().flatten().collect();
    for (at, e) in merged {
        in_order[at as usize].merge(e);
    }
    (in_order, rank, moved)
}

fn typed(
    schema: &Schema,
    ties: FxHashMap<(u32, RelationId, u32), TieSum>,
    rank: &[u32],
    limit: usize,
) -> Vec<(Placed, Vec<Voice<u32>>)> {
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
            sum.evidence = sum.evidence.map(|best| best.reversed(limit));
        }
        match merged.entry((a, relation, b)) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(sum);
            }
            std::collections::hash_map::Entry::Occupied(mut slot) => slot.get_mut().merge(sum, limit),
        }
    }
    let tie = |((a, relation, b), sum)| {
        let (tie, claims) = tie(relation, sum, limit);
        ((a, b, tie), claims)
    };
    merged.into_par_iter().map(tie).collect()
}

fn tie(relation: RelationId, sum: TieSum, limit: usize) -> (Tie, Vec<Voice<u32>>) {
    let stands = standing(&sum.claims).expect("a relation has claims");
    let mut by_status = [0; 5];
    let mut seen = [Day::NONE; 2];
    for claim in &sum.claims {
        by_status[claim.status as usize] += 1;
        seen = [seen[0].earlier(claim.day), seen[1].later(claim.day)];
    }
    let [first_event, last_event] = sum.events.map(String::from);
    let tie = Tie {
        bond: Bond::Relation(relation),
        weight: stands.weight as f64,
        articles: stands.articles as u32,
        first_seen: seen[0],
        last_seen: seen[1],
        claims: Some(Claims { status: stands.status, by_status, belief: stands.belief, first_event, last_event }),
        counts: None,
        evidence: choose(sum.evidence, limit),
    };
    (tie, sum.claims)
}

/// At most `limit` items, best first, the best of each status among them.
fn choose(by_status: [Best; 5], limit: usize) -> Vec<Evidence> {
    let mut first = Vec::new();
    let mut rest = Vec::new();
    for best in by_status {
        let mut items = best.into_items();
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

/// The co-mention ties, in order, and the number of all pairs.
fn together(
    pairs: impl Iterator<Item = Pair>,
    rank: &[u32],
    entities: &[EntitySum],
    articles: u32,
    sentences: u64,
    options: &AssembleOptions,
) -> (Vec<Placed>, usize) {
    let limit = options.evidence_limit;
    let in_order = |(a, b, sum): Pair| {
        let (x, y) = (rank[a as usize], rank[b as usize]);
        // an unlisted name that became another entity may meet itself there
        (x != y).then(|| if x < y { (x, y, sum) } else { (y, x, sum.reversed()) })
    };
    let mut sorted: Vec<Pair> = pairs.filter_map(in_order).collect();
    sorted.par_sort_unstable_by_key(|(a, b, _)| (*a, *b));
    let mut all: Vec<Pair> = Vec::with_capacity(sorted.len());
    for (a, b, sum) in sorted {
        match all.last_mut() {
            Some((x, y, first)) if (*x, *y) == (a, b) => first.merge(sum),
            _ => all.push((a, b, sum)),
        }
    }
    let number = all.len();
    all.retain(|(_, _, sum)| sum.sentences.max(sum.paragraphs) >= options.min_support);
    let ends: Vec<(u32, u32)> = all.iter().map(|(a, b, _)| (*a, *b)).collect();
    let common = common(&ends, &entities.iter().map(|e| e.articles.as_slice()).collect::<Vec<_>>(), articles);
    let tie = |((a, b, sum), articles): ((u32, u32, PairSum), u32)| {
        (a, b, co_mention([&entities[a as usize], &entities[b as usize]], sum, articles, sentences, limit))
    };
    (all.into_par_iter().zip(common).map(tie).collect(), number)
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
    let weight = if sum.sentences > 0 { sum.sentences } else { sum.paragraphs };
    let [first_seen, last_seen] = sum.seen;
    let mut evidence = sum.into_quotes();
    evidence.truncate(limit);
    Tie {
        bond: Bond::CoMention,
        weight: f64::from(weight),
        articles,
        first_seen,
        last_seen,
        claims: None,
        counts: Some(counts),
        evidence,
    }
}

/// How many articles the entities of each pair share; the pairs ascend, and so do the lists of each entity's articles,
/// numbers below `articles`.
fn common(pairs: &[(u32, u32)], lists: &[&[u32]], articles: u32) -> Vec<u32> {
    let members = Members::of(lists, articles);
    let groups: Vec<&[(u32, u32)]> = pairs.chunk_by(|x, y| x.0 == y.0).collect();
    let count = |seen: &mut Vec<u32>, group: &&[(u32, u32)]| -> Vec<u32> {
        let a = group[0].0;
        let own = lists[a as usize];
        // who stands with `a` in how many articles, seen in one walk through them: unless some have too many entities
        let walk: usize = members.after(a, own).map(<[u32]>::len).sum();
        let compare: usize = group.iter().map(|(_, b)| own.len() + lists[*b as usize].len()).sum();
        if walk > compare {
            return group.iter().map(|(_, b)| merged(own, lists[*b as usize])).collect();
        }
        seen.resize(lists.len(), 0);
        let others = || members.after(a, own).flatten();
        others().for_each(|b| seen[*b as usize] += 1);
        let counts = group.iter().map(|(_, b)| seen[*b as usize]).collect();
        others().for_each(|b| seen[*b as usize] = 0);
        counts
    };
    groups.par_iter().map_init(Vec::new, count).collect::<Vec<_>>().concat()
}

/// Who stands in which article.
struct Members {
    /// The entities of the first article, ascending, then those of the next.
    entities: Vec<u32>,
    /// Where those of each article end.
    ends: Vec<usize>,
    /// Where each entity stands among them: its first article, then its next.
    places: Vec<Vec<usize>>,
}

impl Members {
    /// Of the articles of each entity.
    fn of(lists: &[&[u32]], articles: u32) -> Members {
        let mut ends = vec![0; articles as usize + 1];
        lists.iter().copied().flatten().for_each(|article| ends[*article as usize + 1] += 1);
        for i in 0..articles as usize {
            ends[i + 1] += ends[i];
        }
        let mut entities = vec![0; ends[articles as usize]];
        let mut put = |entity: u32, article: u32| {
            let place = ends[article as usize];
            entities[place] = entity;
            ends[article as usize] += 1;
            place
        };
        let places = (0..).zip(lists).map(|(entity, list)| list.iter().map(|a| put(entity, *a)).collect()).collect();
        Members { entities, ends, places }
    }

    /// The entities that come after one of them in each of its articles, one article after the other.
    fn after<'m>(&'m self, entity: u32, articles: &'m [u32]) -> impl Iterator<Item = &'m [u32]> {
        let places = &self.places[entity as usize];
        places.iter().zip(articles).map(|(place, article)| &self.entities[place + 1..self.ends[*article as usize]])
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
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn common_articles_are_counted(
            lists in proptest::collection::vec(proptest::collection::btree_set(0u32..300, 0..60), 2..12),
            crowd in 0u32..300,
        ) {
            // one article names everybody
            let with_crowd = |set: &BTreeSet<u32>| set.iter().copied().chain([crowd]).collect::<BTreeSet<u32>>();
            let sets: Vec<BTreeSet<u32>> = lists.iter().map(with_crowd).collect();
            let lists: Vec<Vec<u32>> = sets.iter().map(|set| set.iter().copied().collect()).collect();
            let all = 0..sets.len() as u32;
            let pairs: Vec<(u32, u32)> = all.clone().flat_map(|a| all.clone().map(move |b| (a, b))).filter(|(a, b)| a < b).collect();
            let expected: Vec<u32> =
                pairs.iter().map(|(a, b)| sets[*a as usize].intersection(&sets[*b as usize]).count() as u32).collect();
            let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(common(&pairs, &lists, 300), &expected[..]);
            // few pairs of many: the lists are compared
            prop_assert_eq!(common(&pairs[..1], &lists, 300), &expected[..1]);
        }
    }
}
