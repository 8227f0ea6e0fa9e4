//! A record as an [`Assembler`](super::Assembler) takes it: borrowed, so that an update need not copy what the store
//! has, and with quotes that are fetched when they are kept.

use super::evidence::{Origin, Passage, Row, hash};
use super::record::{PairQuote, Record, RecordPair};
use crate::schema::{EntityKind, RelationId, Status};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What one article contributes, its quotes apart. The fields are those of [`Record`].
#[derive(Debug)]
pub(crate) struct Part<'a> {
    pub(crate) path: &'a str,
    pub(crate) title: &'a str,
    pub(crate) date: &'a str,
    pub(crate) entities: Vec<EntityPart<'a>>,
    pub(crate) claims: Vec<ClaimPart<'a>>,
    pub(crate) pairs: Vec<RecordPair>,
    pub(crate) units: [u32; 2],
}

#[derive(Debug)]
pub(crate) struct EntityPart<'a> {
    pub(crate) key: &'a str,
    /// The number by which a store knows the key, from 1; 0 for none.
    pub(crate) reading: u32,
    pub(crate) kind: EntityKind,
    pub(crate) name: &'a str,
    pub(crate) listed: bool,
    pub(crate) family: Option<&'a str>,
    pub(crate) mentions: u32,
    pub(crate) units: [u32; 2],
    pub(crate) surfaces: Vec<&'a str>,
}

/// A claim, in the form that the store keeps as well.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ClaimPart<'a> {
    pub(crate) subject: u32,
    pub(crate) relation: RelationId,
    pub(crate) object: u32,
    pub(crate) status: Status,
    pub(crate) quote: u32,
    /// The words for the ends, where no span gives them.
    #[serde(borrow)]
    pub(crate) surfaces: [&'a str; 2],
    pub(crate) spans: [Option<(u32, u32)>; 2],
    pub(crate) stated: (u32, u32),
    pub(crate) rule: &'a str,
    pub(crate) when: &'a str,
    pub(crate) attributes: Vec<(&'a str, &'a str)>,
    pub(crate) confidence: f32,
}

/// The sentences that a part quotes.
pub(crate) trait Quotes {
    /// Byte offset of its start in the article's text.
    fn start(&self, quote: u32) -> u32;
    /// The fingerprint of a sentence that a claim quotes.
    fn fingerprint(&self, quote: u32) -> u64;
    /// The number by which the sentence is compared with others ([`hash`]).
    fn hash(&self, quote: u32) -> u64;
    /// The sentence.
    fn passage(&self, quote: u32, article: Arc<Origin>) -> Passage;
}

impl<'a> Part<'a> {
    /// A record's part.
    pub(crate) fn of(record: &'a Record) -> Part<'a> {
        let entities = record.entities.iter().map(|e| EntityPart {
            key: &e.key,
            reading: 0,
            kind: e.kind,
            name: &e.name,
            listed: e.listed,
            family: e.family.as_deref(),
            mentions: e.mentions,
            units: e.units,
            surfaces: e.surfaces.iter().map(String::as_str).collect(),
        });
        let claims = record.claims.iter().map(|c| ClaimPart {
            subject: c.subject,
            relation: c.relation,
            object: c.object,
            status: c.status,
            quote: c.quote,
            surfaces: [0, 1].map(|i| c.surfaces[i].as_str()),
            spans: c.spans,
            stated: c.stated,
            rule: &c.rule,
            when: &c.when,
            attributes: c.attributes.iter().map(|(k, v)| (&**k, v.as_str())).collect(),
            confidence: c.confidence,
        });
        Part {
            path: &record.path,
            title: &record.title,
            date: &record.date,
            entities: entities.collect(),
            claims: claims.collect(),
            pairs: record.pairs.clone(),
            units: record.units,
        }
    }

    /// Whether every number in it means something, there being so many quotes.
    pub(crate) fn sound(&self, quotes: u32) -> bool {
        let known = |entity: u32| (entity as usize) < self.entities.len();
        let quoted = |pair: &RecordPair| pair.quote.is_none_or(|PairQuote { quote, .. }| quote < quotes);
        self.claims.iter().all(|c| known(c.subject) && known(c.object) && c.quote < quotes)
            && self.pairs.iter().all(|p| known(p.a) && known(p.b) && quoted(p))
    }
}

impl Quotes for Record {
    fn start(&self, quote: u32) -> u32 {
        self.quotes[quote as usize].start
    }

    fn fingerprint(&self, quote: u32) -> u64 {
        self.quotes[quote as usize].fingerprint
    }

    fn passage(&self, quote: u32, article: Arc<Origin>) -> Passage {
        let q = &self.quotes[quote as usize];
        Passage {
            article,
            start: q.start,
            line: q.line,
            column: q.column,
            text: q.text.as_str().into(),
            row: Row::default(),
        }
    }

    fn hash(&self, quote: u32) -> u64 {
        hash(&self.quotes[quote as usize].text)
    }
}
