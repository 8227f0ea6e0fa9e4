//! A view as the explorer reads it: columns instead of objects, each article, sentence and rule once, days as
//! numbers, offsets in UTF-16 units as JavaScript counts. `explorer/src/data/page.ts` is the other side; a change
//! here is a change there and of [`FORMAT`].

use super::pinyin;
use crate::graph::{CO_MENTION, ClaimFacts, Day, End, Evidence, Node, Origin, Passage, Tie, Totals, View};
use crate::layout;
use crate::query::{self, Whole};
use crate::schema::{EntityKind, Status};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Number of this form.
const FORMAT: u32 = 3;

/// What a page or a piece of one holds.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    /// What there is in the whole graph, if that is told.
    pub(crate) whole: Option<Whole>,
    /// How many entities fit what a server was asked for.
    pub(crate) fit: Option<usize>,
    /// Whether the entities have places; a server's later pieces need none.
    pub(crate) places: bool,
    /// At most this many pieces of evidence for each tie.
    pub(crate) evidence: usize,
}

/// All that the page holds.
#[derive(Serialize)]
pub(crate) struct Page<'g> {
    format: u32,
    generator: String,
    totals: &'g Totals,
    /// What there is in the whole graph, of which the page may show a part.
    whole: Option<Whole>,
    fit: Option<usize>,
    kinds: Vec<&'static str>,
    statuses: Vec<&'static str>,
    relations: Vec<RelationFacts<'g>>,
    nodes: Nodes<'g>,
    ties: Ties<'g>,
    articles: Vec<(&'g str, &'g str, u32)>,
    /// Article, line, column, sentence.
    passages: Vec<(usize, u32, u32, &'g str)>,
    rules: Vec<&'g str>,
    /// Syllable to the characters that may be read so.
    pinyin: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct RelationFacts<'g> {
    name: &'g str,
    label: &'g str,
    about: &'g str,
    symmetric: bool,
    color: &'g str,
}

#[derive(Serialize, Default)]
struct Nodes<'g> {
    name: Vec<&'g str>,
    kind: Vec<u8>,
    /// Only of nodes whose key is not kind and name.
    key: BTreeMap<usize, &'g str>,
    x: Vec<i32>,
    y: Vec<i32>,
    /// 0 for none.
    community: Vec<u32>,
    listed: Vec<u8>,
    mentions: Vec<u64>,
    articles: Vec<u32>,
    first: Vec<u32>,
    last: Vec<u32>,
    degree: Vec<u32>,
    /// Millionths.
    pagerank: Vec<u32>,
    names: BTreeMap<usize, Vec<&'g str>>,
    aliases: BTreeMap<usize, &'g [String]>,
    tickers: BTreeMap<usize, &'g [String]>,
    wikidata: BTreeMap<usize, &'g str>,
    site: BTreeMap<usize, &'g str>,
    family: BTreeMap<usize, &'g str>,
}

#[derive(Serialize, Default)]
struct Ties<'g> {
    source: Vec<usize>,
    target: Vec<usize>,
    relation: Vec<usize>,
    weight: Vec<f64>,
    articles: Vec<u32>,
    first: Vec<u32>,
    last: Vec<u32>,
    facts: Vec<Facts<'g>>,
    evidence: Vec<Vec<Item<'g>>>,
    /// How each tie came and went, day and status (-1 for a co-mention; day 0 is before any), unless it is merely
    /// there since it was first seen.
    course: BTreeMap<usize, Vec<(u32, i8)>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Facts<'g> {
    /// Status, belief, first and last event, claims by status.
    Claims(u8, f64, &'g str, &'g str, [u32; 5]),
    /// Sentences, paragraphs, NPMI, G².
    Counts(u32, u32, Option<f64>, Option<f64>),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Item<'g> {
    CoMention(usize, Place<'g>, Place<'g>),
    Claim(usize, Place<'g>, Place<'g>, ClaimItem<'g>),
}

#[derive(Serialize)]
#[serde(untagged)]
enum Place<'g> {
    Here(usize, usize),
    Elsewhere(&'g str),
}

/// Status, rule, confidence in ten-thousandths, start and end of the words that state it, event, details.
#[derive(Serialize)]
struct ClaimItem<'g>(u8, usize, u32, usize, usize, &'g str, Vec<(&'g str, &'g str)>);

/// The view in the page's form.
pub(crate) fn page<'g>(view: &View<'g>, holding: Holding) -> Page<'g> {
    let schema = &view.graph.schema;
    let co_mention = RelationFacts {
        name: CO_MENTION,
        label: "同现",
        about: "mentioned together",
        symmetric: true,
        color: "#9aa0a6",
    };
    let relations = schema.relations.iter().map(|r| RelationFacts {
        name: &r.name,
        label: &r.label,
        about: &r.description,
        symmetric: r.symmetric,
        color: &r.color,
    });
    let nodes = nodes(view, holding.places);
    let all_names = nodes.name.iter().copied();
    let names = nodes.names.values().flatten().copied();
    let aliases = nodes.aliases.values().flat_map(|a| a.iter().map(String::as_str));
    let pinyin = pinyin::table(all_names.chain(names).chain(aliases));
    let mut shared = Shared::of(view, holding.evidence);
    Page {
        format: FORMAT,
        generator: format!("guanxi {}", env!("CARGO_PKG_VERSION")),
        totals: &view.graph.totals,
        whole: holding.whole,
        fit: holding.fit,
        kinds: EntityKind::ALL.iter().map(|k| k.as_str()).collect(),
        statuses: Status::ALL.iter().map(|s| s.as_str()).collect(),
        relations: relations.chain([co_mention]).collect(),
        ties: ties(view, &mut shared, holding.evidence),
        articles: shared.articles.keys().map(|a| (&*a.path, &*a.title, day(a.date))).collect(),
        passages: shared.passages.keys().map(|p| (shared.articles[&*p.article], p.line, p.column, &*p.text)).collect(),
        rules: shared.rules.keys().copied().collect(),
        nodes,
        pinyin,
    }
}

/// What several ties share, each with its place in its table.
struct Shared<'g> {
    articles: BTreeMap<&'g Origin, usize>,
    passages: BTreeMap<&'g Passage, usize>,
    rules: BTreeMap<&'g str, usize>,
}

impl<'g> Shared<'g> {
    fn of(view: &View<'g>, room: usize) -> Shared<'g> {
        let mut shared = Shared { articles: BTreeMap::new(), passages: BTreeMap::new(), rules: BTreeMap::new() };
        let graph = view.graph;
        for item in view.edges.iter().flat_map(|e| graph.graph[*e].evidence.iter().take(room)) {
            shared.passages.insert(&item.passage, 0);
            shared.articles.insert(&item.passage.article, 0);
            if let Some(claim) = &item.claim {
                shared.rules.insert(&claim.rule, 0);
            }
        }
        shared.articles.values_mut().enumerate().for_each(|(i, at)| *at = i);
        shared.passages.values_mut().enumerate().for_each(|(i, at)| *at = i);
        shared.rules.values_mut().enumerate().for_each(|(i, at)| *at = i);
        shared
    }
}

fn nodes<'g>(view: &View<'g>, placed: bool) -> Nodes<'g> {
    let mut out = Nodes::default();
    let places = if placed { places(view) } else { vec![(0, 0); view.nodes.len()] };
    for (i, &n) in view.nodes.iter().enumerate() {
        let node: &'g Node = view.graph.node(n);
        out.name.push(&node.name);
        out.kind.push(node.kind as u8);
        if node.key.strip_prefix(node.kind.as_str()).and_then(|k| k.strip_prefix('/')) != Some(&node.name) {
            out.key.insert(i, &node.key);
        }
        out.x.push(places[i].0);
        out.y.push(places[i].1);
        out.community.push(node.community.unwrap_or(0));
        out.listed.push(u8::from(node.listed));
        out.mentions.push(node.mentions);
        out.articles.push(node.articles);
        out.first.push(day(node.first_seen));
        out.last.push(day(node.last_seen));
        out.degree.push(node.degree);
        out.pagerank.push((node.pagerank * 1e9).round() as u32);
        let names: Vec<&str> = node.names.iter().map(String::as_str).filter(|n| *n != node.name).collect();
        if !names.is_empty() {
            out.names.insert(i, names);
        }
        if !node.aliases.is_empty() {
            out.aliases.insert(i, &node.aliases);
        }
        if !node.tickers.is_empty() {
            out.tickers.insert(i, &node.tickers);
        }
        out.wikidata.extend(node.wikidata.as_deref().map(|w| (i, w)));
        out.site.extend(node.site.as_deref().map(|s| (i, s)));
        out.family.extend(node.family.as_deref().map(|f| (i, f)));
    }
    out
}

/// Where each node stands: tenths of a picture's unit, the y axis up.
fn places(view: &View<'_>) -> Vec<(i32, i32)> {
    let nodes = || view.nodes.iter().map(|n| view.graph.node(*n));
    let most = nodes().map(|n| n.pagerank).fold(f64::MIN_POSITIVE, f64::max);
    let side = |n: &Node| (8.0 + 28.0 * (n.pagerank / most).sqrt()) as f32;
    let sizes: Vec<[f32; 2]> = nodes().map(|n| [side(n); 2]).collect();
    let groups: Vec<u32> = nodes().map(|n| n.community.unwrap_or(0)).collect();
    let places = layout::of(view, &sizes, &groups, &layout::Options::default());
    places.iter().map(|[x, y]| ((x * 10.0).round() as i32, (-y * 10.0).round() as i32)).collect()
}

fn ties<'g>(view: &View<'g>, shared: &mut Shared<'g>, room: usize) -> Ties<'g> {
    let mut place = vec![0; view.graph.graph.node_count()];
    view.nodes.iter().enumerate().for_each(|(i, n)| place[n.index()] = i);
    let mut out = Ties::default();
    for &e in &view.edges {
        let (a, b, _) = view.graph.tie(e);
        let tie: &'g Tie = &view.graph.graph[e];
        let bond = view.graph.bond_name(tie.bond);
        let relation = view.graph.schema.find(bond).map_or(view.graph.schema.relations.len(), |r| r.0 as usize);
        out.source.push(place[a.index()]);
        out.target.push(place[b.index()]);
        out.relation.push(relation);
        out.weight.push(tie.weight);
        out.articles.push(tie.articles);
        out.first.push(day(tie.first_seen));
        out.last.push(day(tie.last_seen));
        out.facts.push(facts(tie));
        let steps: Vec<(u32, i8)> =
            query::course(tie).iter().map(|(at, s)| (day(*at), s.map_or(-1, |s| s as i8))).collect();
        if steps.len() != 1 || steps[0].0 != day(tie.first_seen) {
            out.course.insert(out.evidence.len(), steps);
        }
        out.evidence.push(tie.evidence.iter().take(room).map(|item| evidence(item, shared)).collect());
    }
    out
}

fn facts(tie: &Tie) -> Facts<'_> {
    let short = |n: f64| (n * 1e4).round() / 1e4;
    match (&tie.claims, &tie.counts) {
        (Some(c), _) => Facts::Claims(c.status as u8, short(c.belief), &c.first_event, &c.last_event, c.by_status),
        (_, Some(c)) => Facts::Counts(c.sentences, c.paragraphs, c.npmi.map(short), c.g2.map(short)),
        _ => Facts::Counts(0, 0, None, None),
    }
}

fn evidence<'g>(item: &'g Evidence, shared: &Shared<'g>) -> Item<'g> {
    let passage = shared.passages[&*item.passage];
    let text = &*item.passage.text;
    let [a, b] = [&item.ends[0], &item.ends[1]].map(|end| match end {
        End::Here(start, stop) => Place::Here(utf16(text, *start), utf16(text, *stop)),
        End::Elsewhere(words) => Place::Elsewhere(words),
    });
    match &item.claim {
        None => Item::CoMention(passage, a, b),
        Some(claim) => Item::Claim(passage, a, b, claim_item(claim, text, shared)),
    }
}

fn claim_item<'g>(claim: &'g ClaimFacts, text: &str, shared: &Shared<'g>) -> ClaimItem<'g> {
    let details = claim.attributes.iter().map(|(name, value)| (&**name, &**value)).collect();
    let [start, stop] = [claim.stated.0, claim.stated.1].map(|at| utf16(text, at));
    let rule: &'g Cow<'static, str> = &claim.rule;
    let confidence = (claim.confidence * 10_000.0).round() as u32;
    ClaimItem(claim.status as u8, shared.rules[&**rule], confidence, start, stop, &claim.when, details)
}

/// A byte offset of `text` in UTF-16 units.
fn utf16(text: &str, at: u32) -> usize {
    let bytes = at as usize;
    text.char_indices().take_while(|(i, _)| *i < bytes).map(|(_, c)| c.len_utf16()).sum()
}

/// A day as a number, such as 20250624; none is 0.
fn day(day: Day) -> u32 {
    day.to_string().bytes().filter(u8::is_ascii_digit).fold(0, |n, b| n * 10 + u32::from(b - b'0'))
}

#[cfg(test)]
mod tests {
    use super::{day, utf16};
    use crate::graph::Day;

    #[test]
    fn offsets_count_as_javascript_does() {
        let text = "𠮷野家a";
        assert_eq!([0, 4, 7, 10, 11].map(|at| utf16(text, at)), [0, 2, 3, 4, 5]);
    }

    #[test]
    fn days_are_numbers() {
        assert_eq!(day(Day::parse("2025-06-24")), 20_250_624);
        assert_eq!(day(Day::NONE), 0);
    }
}
