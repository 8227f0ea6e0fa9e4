//! Adding up records. Everything kept here is a sum, a minimum, a maximum or a bounded best-of in a total
//! order: shards may be filled by any number of threads and merged in any order.
//!
//! Memory: for each tie 24 bytes for each claim, and at most the evidence limit a status; for each co-mentioned pair two counts and at most three quotes; for each entity
//! four bytes for each of its articles. Quoted sentences are shared.

use super::evidence::{Best, ClaimFacts, End, Evidence, Origin, Passage, Row, at_place};
use super::part::{ClaimPart, EntityPart, Part, Quotes};
use super::record::{Record, RecordPair, is_reprint};
use super::standing::Voice;
use super::{Day, Graph, Settled};
use crate::schema::{EntityKind, RelationId, Schema};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;

/// Quotes kept for a co-mention.
const PAIR_QUOTES: usize = 3;

/// What the graph keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssembleOptions {
    /// Most evidence items kept for a tie (counts are always complete).
    pub evidence_limit: usize,
    /// A co-mention needs this many sentences or paragraphs with both.
    pub min_support: u32,
}

impl Default for AssembleOptions {
    fn default() -> AssembleOptions {
        AssembleOptions { evidence_limit: 20, min_support: 2 }
    }
}

/// Takes records and gives the graph.
#[derive(Debug)]
pub struct Assembler<'s> {
    pub(super) schema: &'s Schema,
    pub(super) options: AssembleOptions,
    pub(super) entities: Vec<EntitySum>,
    pub(super) ties: FxHashMap<(u32, RelationId, u32), TieSum>,
    pub(super) pairs: FxHashMap<(u32, u32), PairSum>,
    /// Pairs of the assemblers that were merged into this one: what it has itself may come again.
    pub(super) more_pairs: Vec<Pair>,
    /// What the articles are called by: each its row in a store, or what [`at_place`] gives, or nothing.
    pub(super) articles: Vec<Option<i64>>,
    pub(super) claims: u64,
    pub(super) units: [u64; 2],
    pub(super) seen: [Day; 2],
    ids: FxHashMap<Arc<str>, u32>,
    /// Ids of the keys that a store numbers, plus one, by their numbers; 0 where none is known yet.
    by_reading: Vec<u32>,
}

impl<'s> Assembler<'s> {
    /// An assembler with nothing in it.
    pub fn new(schema: &'s Schema, options: AssembleOptions) -> Assembler<'s> {
        Assembler {
            schema,
            options,
            entities: Vec::new(),
            ties: FxHashMap::default(),
            pairs: FxHashMap::default(),
            more_pairs: Vec::new(),
            articles: Vec::new(),
            claims: 0,
            units: [0; 2],
            seen: [Day::NONE; 2],
            ids: FxHashMap::default(),
            by_reading: Vec::new(),
        }
    }

    /// Makes room for so many ties and co-mentioned pairs, so that adding them does not grow the tables.
    pub(crate) fn expect(&mut self, ties: usize, pairs: usize) {
        self.ties.reserve(ties);
        self.pairs.reserve(pairs);
    }

    /// Adds one article's record.
    pub fn add(&mut self, record: &Record) {
        self.add_part(&Part::of(record), record, None);
    }

    /// Adds the record of an article that goes into a store: the one at this place of the input, each place once.
    pub fn add_placed(&mut self, record: &Record, place: u64) {
        self.add_part(&Part::of(record), record, Some(at_place(place)));
    }

    /// The same of a record's part, which must be sound, and its quotes. `called` as in the field `articles`.
    pub(crate) fn add_part(&mut self, record: &Part<'_>, quotes: &dyn Quotes, called: Option<i64>) {
        let day = Day::parse(record.date);
        let article = self.articles.len() as u32;
        self.articles.push(called);
        self.claims += record.claims.len() as u64;
        self.units[0] += u64::from(record.units[0]);
        self.units[1] += u64::from(record.units[1]);
        self.seen = [self.seen[0].earlier(day), self.seen[1].later(day)];
        let ids: Vec<u32> = record.entities.iter().map(|e| self.entity(e, article, day)).collect();
        let mut passages = Passages::new(record, quotes, day, called);
        for (number, claim) in (0..).zip(&record.claims) {
            self.claim((number, claim), &ids, article, &mut passages);
        }
        for pair in &record.pairs {
            let key = (ids[pair.a as usize], ids[pair.b as usize]);
            self.pairs.entry(key).or_default().add(pair, &mut passages);
        }
    }

    /// Adds all that `other` holds.
    pub fn merge(&mut self, other: Assembler<'_>) {
        let shift = self.articles.len() as u32;
        self.articles.extend(other.articles);
        self.claims += other.claims;
        self.units[0] += other.units[0];
        self.units[1] += other.units[1];
        self.seen = [self.seen[0].earlier(other.seen[0]), self.seen[1].later(other.seen[1])];
        let ids: Vec<u32> = other
            .entities
            .into_iter()
            .map(|mut theirs| {
                theirs.articles.iter_mut().for_each(|a| *a += shift);
                match self.ids.get(&theirs.key) {
                    Some(&id) => {
                        self.entities[id as usize].call(theirs.listed, theirs.kind, &theirs.name);
                        self.entities[id as usize].merge(theirs);
                        id
                    }
                    None => self.push(theirs),
                }
            })
            .collect();
        let limit = self.options.evidence_limit;
        #[allow(clippy::iter_over_hash_type, reason = "sums and bests know no order")]
        for ((s, r, o), mut sum) in other.ties {
            sum.claims.iter_mut().for_each(|claim| claim.article += shift);
            self.ties.entry((ids[s as usize], r, ids[o as usize])).or_default().merge(sum, limit);
        }
        // there are very many: they are put in order once, at the end, and not looked up here
        self.more_pairs.reserve(other.pairs.len() + other.more_pairs.len());
        let pairs = other.pairs.into_iter().map(|((a, b), sum)| (a, b, sum)).chain(other.more_pairs);
        self.more_pairs.extend(pairs.map(|(a, b, sum)| (ids[a as usize], ids[b as usize], sum)));
    }

    /// The graph.
    pub fn finish(self) -> Graph {
        let mut graph = self.finish_settled().0;
        graph.set(graph.measures());
        graph
    }

    /// The graph before it is measured ([`Graph::measures`]), and what a store must know besides.
    pub fn finish_settled(self) -> (Graph, Settled) {
        super::finish::finish(self)
    }

    fn push(&mut self, entity: EntitySum) -> u32 {
        let id = self.entities.len() as u32;
        self.ids.insert(Arc::clone(&entity.key), id);
        self.entities.push(entity);
        id
    }

    fn id(&mut self, entity: &EntityPart<'_>) -> u32 {
        let number = entity.reading as usize;
        if let Some(id) = self.by_reading.get(number).and_then(|id| id.checked_sub(1)) {
            return id;
        }
        let id = match self.ids.get(entity.key) {
            Some(&id) => id,
            None => self.push(EntitySum::new(entity)),
        };
        if number > 0 {
            self.by_reading.resize(self.by_reading.len().max(number + 1), 0);
            self.by_reading[number] = id + 1;
        }
        id
    }

    fn entity(&mut self, entity: &EntityPart<'_>, article: u32, day: Day) -> u32 {
        let id = self.id(entity);
        let sum = &mut self.entities[id as usize];
        sum.call(entity.listed, entity.kind, entity.name);
        sum.listed |= entity.listed;
        // as in merge: not every article need see it as a version
        if sum.family.as_deref() < entity.family {
            sum.family = entity.family.map(str::to_owned);
        }
        sum.mentions += u64::from(entity.mentions);
        sum.units[0] += entity.units[0];
        sum.units[1] += entity.units[1];
        sum.articles.push(article);
        sum.seen = [sum.seen[0].earlier(day), sum.seen[1].later(day)];
        for surface in &entity.surfaces {
            sum.surface(surface, 1);
        }
        id
    }

    fn claim(
        &mut self,
        (number, claim): (u32, &ClaimPart<'_>),
        ids: &[u32],
        article: u32,
        passages: &mut Passages<'_>,
    ) {
        if claim.subject == claim.object {
            return;
        }
        let (mut subject, mut object) = (claim.subject, claim.object);
        // the record's entities stand in the order of their keys
        let swap = self.schema.get(claim.relation).symmetric && subject > object;
        if swap {
            std::mem::swap(&mut subject, &mut object);
        }
        let key = (ids[subject as usize], claim.relation, ids[object as usize]);
        let limit = self.options.evidence_limit;
        let sum = self.ties.entry(key).or_default();
        sum.event(claim.when);
        sum.claims.push(Voice {
            day: passages.day,
            status: claim.status,
            confidence: claim.confidence,
            sentence: passages.quotes.fingerprint(claim.quote),
            article,
        });
        let best = &mut sum.evidence[claim.status as usize];
        if !passages.wanted(best, claim.confidence, claim.quote, limit) {
            return;
        }
        let ends = [0, 1].map(|i| match claim.spans[i] {
            Some((start, end)) => End::Here(start, end),
            None => End::Elsewhere(claim.surfaces[i].into()),
        });
        let evidence = Evidence {
            passage: passages.get(claim.quote),
            ends,
            claim: Some(ClaimFacts {
                status: claim.status,
                rule: Cow::Owned(claim.rule.to_owned()),
                when: claim.when.into(),
                attributes: claim
                    .attributes
                    .iter()
                    .map(|(k, v)| (Cow::Owned((*k).to_owned()), (*v).to_owned()))
                    .collect(),
                confidence: claim.confidence,
                stated: claim.stated,
                row: passages.row(number),
            }),
        };
        best.offer(if swap { evidence.reversed() } else { evidence }, limit);
    }
}

/// A record's quotes as passages, made when first kept.
struct Passages<'r> {
    record: &'r Part<'r>,
    quotes: &'r dyn Quotes,
    day: Day,
    called: Option<i64>,
    origin: Option<Arc<Origin>>,
    made: FxHashMap<u32, Arc<Passage>>,
}

impl<'r> Passages<'r> {
    fn new(record: &'r Part<'r>, quotes: &'r dyn Quotes, day: Day, called: Option<i64>) -> Passages<'r> {
        Passages { record, quotes, day, called, origin: None, made: FxHashMap::default() }
    }

    /// Whether evidence in this quote could be among the best.
    fn wanted(&self, best: &Best, confidence: f32, quote: u32, limit: usize) -> bool {
        let place = (confidence, self.record.path, self.quotes.start(quote));
        best.wants(place, self.quotes.hash(quote), limit)
    }

    /// The row of the article's quote or claim with this number.
    fn row(&self, number: u32) -> Row {
        Row::of(self.called, number)
    }

    fn get(&mut self, quote: u32) -> Arc<Passage> {
        let (record, day, row) = (self.record, self.day, self.row(quote));
        let origin = self.origin.get_or_insert_with(|| {
            Arc::new(Origin { path: record.path.to_owned(), title: record.title.to_owned(), date: day })
        });
        let quotes = self.quotes;
        let made = self
            .made
            .entry(quote)
            .or_insert_with(|| Arc::new(Passage { row, ..quotes.passage(quote, Arc::clone(origin)) }));
        Arc::clone(made)
    }
}

/// An entity's sums.
#[derive(Debug)]
pub(super) struct EntitySum {
    pub key: Arc<str>,
    pub kind: EntityKind,
    pub name: String,
    pub listed: bool,
    pub family: Option<String>,
    pub mentions: u64,
    pub units: [u32; 2],
    /// Ordinals of its articles, ascending.
    pub articles: Vec<u32>,
    pub seen: [Day; 2],
    /// Names with the number of articles that use them.
    pub surfaces: Vec<(Box<str>, u32)>,
}

impl EntitySum {
    fn new(entity: &EntityPart<'_>) -> EntitySum {
        EntitySum {
            key: entity.key.into(),
            kind: entity.kind,
            name: entity.name.to_owned(),
            listed: entity.listed,
            family: entity.family.map(str::to_owned),
            mentions: 0,
            units: [0; 2],
            articles: Vec::new(),
            seen: [Day::NONE; 2],
            surfaces: Vec::new(),
        }
    }

    fn surface(&mut self, surface: &str, articles: u32) {
        match self.surfaces.iter_mut().find(|(s, _)| &**s == surface) {
            Some((_, n)) => *n += articles,
            None => self.surfaces.push((surface.into(), articles)),
        }
    }

    /// Takes the kind and name that another record gives to the same key, if they come before its own: those of a
    /// dictionary first, then in their order.
    fn call(&mut self, listed: bool, kind: EntityKind, name: &str) {
        if (!listed, kind, name) < (!self.listed, self.kind, self.name.as_str()) {
            self.kind = kind;
            self.name = name.to_owned();
        }
    }

    /// Adds `other`'s sums; key, kind and name stay.
    pub fn merge(&mut self, other: EntitySum) {
        self.listed |= other.listed;
        self.family = self.family.take().max(other.family);
        self.mentions += other.mentions;
        self.units[0] += other.units[0];
        self.units[1] += other.units[1];
        if self.articles.last() < other.articles.first() {
            self.articles.extend(other.articles);
        } else {
            self.articles.extend(other.articles);
            self.articles.sort_unstable();
            self.articles.dedup();
        }
        self.seen = [self.seen[0].earlier(other.seen[0]), self.seen[1].later(other.seen[1])];
        for (surface, articles) in other.surfaces {
            self.surface(&surface, articles);
        }
    }
}

/// Sentences of a tie that reprints are looked for among.
pub(super) const COMPARED: usize = 256;

/// A tie's sums.
#[derive(Debug, Default)]
pub(super) struct TieSum {
    /// Its claims in few words, with the ordinals of their articles; in no order that means something.
    pub claims: Vec<Voice<u32>>,
    /// First and last event date; empty if none.
    pub events: [Box<str>; 2],
    /// By status.
    pub evidence: [Best; 5],
}

impl TieSum {
    fn event(&mut self, when: &str) {
        if when.is_empty() {
            return;
        }
        let [first, last] = &mut self.events;
        if first.is_empty() || event_order(when) < event_order(first) {
            *first = when.into();
        }
        if last.is_empty() || event_order(when) > event_order(last) {
            *last = when.into();
        }
    }

    /// Adds `other`'s sums.
    pub fn merge(&mut self, other: TieSum, limit: usize) {
        self.claims.extend(other.claims);
        other.events.iter().for_each(|when| self.event(when));
        for (ours, theirs) in self.evidence.iter_mut().zip(other.evidence) {
            theirs.into_items().for_each(|item| ours.offer(item, limit));
        }
    }
}

/// The number of independent sentences among those with these fingerprints, which ascend, and the confidences that are
/// given, ascending. Of a sentence and its reprints the surest counts.
pub(crate) fn independent(sentences: impl Iterator<Item = (u64, Option<f32>)>) -> (usize, Vec<f32>) {
    // in the order of the fingerprints, so that the order of the articles does not matter
    let mut originals: Vec<(u64, Option<f32>)> = Vec::new();
    for (number, confidence) in sentences {
        let known = match originals.last() {
            Some(last) if last.0 == number => Some(originals.len() - 1),
            _ => originals.iter().take(COMPARED).position(|o| is_reprint(o.0, number)),
        };
        match known {
            Some(i) => originals[i].1 = originals[i].1.into_iter().chain(confidence).max_by(f32::total_cmp),
            None => originals.push((number, confidence)),
        }
    }
    let mut sure: Vec<f32> = originals.iter().filter_map(|o| o.1).collect();
    sure.sort_unstable_by(f32::total_cmp);
    (originals.len(), sure)
}

/// `2025`, `2025-Q2`, `2025-06`, `2025-06-24` in the order of their first days, the vaguer first.
pub(crate) fn event_order(when: &str) -> (String, &str) {
    let quarter = |q: &str| q.parse::<u32>().ok().map(|q| format!("{:02}", 3 * q.saturating_sub(1) + 1));
    match when.split_once("-Q").and_then(|(year, q)| Some(format!("{year}-{}", quarter(q)?))) {
        Some(month) => (month, when),
        None => (when.to_string(), when),
    }
}

/// A co-mentioned pair with its sums.
pub(super) type Pair = (u32, u32, PairSum);

/// A co-mentioned pair's sums.
#[derive(Debug, Default)]
pub(super) struct PairSum {
    pub sentences: u32,
    pub paragraphs: u32,
    pub seen: [Day; 2],
    /// Few pairs ever stand in one sentence.
    quotes: Option<Box<Best>>,
}

impl PairSum {
    fn add(&mut self, pair: &RecordPair, passages: &mut Passages<'_>) {
        self.sentences += pair.sentences;
        self.paragraphs += pair.paragraphs;
        self.seen = [self.seen[0].earlier(passages.day), self.seen[1].later(passages.day)];
        let Some(q) = pair.quote else { return };
        let quotes = self.quotes.get_or_insert_default();
        if passages.wanted(quotes, 0.0, q.quote, PAIR_QUOTES) {
            let ends = q.spans.map(|(start, end)| End::Here(start, end));
            quotes.offer(Evidence { passage: passages.get(q.quote), ends, claim: None }, PAIR_QUOTES);
        }
    }

    /// Adds `other`'s sums.
    pub fn merge(&mut self, other: PairSum) {
        self.sentences += other.sentences;
        self.paragraphs += other.paragraphs;
        self.seen = [self.seen[0].earlier(other.seen[0]), self.seen[1].later(other.seen[1])];
        match (&mut self.quotes, other.quotes) {
            (_, None) => {}
            (Some(ours), Some(theirs)) => theirs.into_items().for_each(|item| ours.offer(item, PAIR_QUOTES)),
            (ours @ None, theirs) => *ours = theirs,
        }
    }

    /// The sums with the ends exchanged.
    pub fn reversed(self) -> PairSum {
        PairSum { quotes: self.quotes.map(|quotes| Box::new(quotes.reversed(PAIR_QUOTES))), ..self }
    }

    /// The quotes, best first.
    pub fn into_quotes(self) -> Vec<Evidence> {
        self.quotes.map_or_else(Vec::new, |quotes| quotes.into_items().collect())
    }
}
