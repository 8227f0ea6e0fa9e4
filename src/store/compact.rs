//! A [`Record`] in compact bytes, without the sentences that it quotes (they have a table of their own): what an update
//! assembles the graph from.
//!
//! The form is [postcard](https://postcard.jamesmunns.com/wire-format)'s over the structures below. A change of them is a
//! change of the store's [`VERSION`](super::VERSION).

use crate::graph::record::{PairQuote, Quote, Record, RecordClaim, RecordEntity, RecordPair};
use crate::schema::{EntityKind, RelationId, Status};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
struct RecordForm<'a> {
    #[serde(borrow)]
    entities: Vec<EntityForm<'a>>,
    claims: Vec<ClaimForm<'a>>,
    pairs: Vec<PairForm>,
    units: [u32; 2],
}

#[derive(Serialize, Deserialize)]
struct EntityForm<'a> {
    /// Id in the table `reading`, which has the key.
    reading: u32,
    kind: EntityKind,
    /// Canonical name, unless it is what follows the first `/` of the key.
    #[serde(borrow)]
    name: Option<&'a str>,
    listed: bool,
    family: Option<&'a str>,
    mentions: u32,
    units: [u32; 2],
    first: (u32, u32),
    /// Names that the article uses; the canonical name is written as an empty one.
    surfaces: Vec<&'a str>,
}

#[derive(Serialize, Deserialize)]
struct ClaimForm<'a> {
    subject: u32,
    relation: u16,
    object: u32,
    status: u8,
    quote: u32,
    /// The words for the ends, where no span gives them.
    #[serde(borrow)]
    surfaces: [&'a str; 2],
    spans: [Option<(u32, u32)>; 2],
    stated: (u32, u32),
    rule: &'a str,
    when: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    confidence: f32,
}

#[derive(Serialize, Deserialize)]
struct PairForm {
    a: u32,
    b: u32,
    sentences: u32,
    paragraphs: u32,
    quote: Option<(u32, [(u32, u32); 2])>,
}

/// What follows the kind in a key that no dictionary gave.
fn name_in(key: &str) -> &str {
    key.split_once('/').map_or("", |(_, name)| name)
}

/// The compact form; `readings` are the ids of the record's entities.
pub(super) fn encode(record: &Record, readings: &[u32]) -> Vec<u8> {
    let entities = record.entities.iter().zip(readings).map(|(e, &reading)| EntityForm {
        reading,
        kind: e.kind,
        name: (e.name != name_in(&e.key)).then_some(&e.name),
        listed: e.listed,
        family: e.family.as_deref(),
        mentions: e.mentions,
        units: e.units,
        first: e.first,
        surfaces: e.surfaces.iter().map(|s| if *s == e.name { "" } else { s }).collect(),
    });
    let claims = record.claims.iter().map(|c| ClaimForm {
        subject: c.subject,
        relation: c.relation.0,
        object: c.object,
        status: c.status as u8,
        quote: c.quote,
        surfaces: [0, 1].map(|i| if c.spans[i].is_some() { "" } else { c.surfaces[i].as_str() }),
        spans: c.spans,
        stated: c.stated,
        rule: &c.rule,
        when: &c.when,
        attributes: c.attributes.iter().map(|(k, v)| (&**k, v.as_str())).collect(),
        confidence: c.confidence,
    });
    let pairs = record.pairs.iter().map(|p| PairForm {
        a: p.a,
        b: p.b,
        sentences: p.sentences,
        paragraphs: p.paragraphs,
        quote: p.quote.map(|q| (q.quote, q.spans)),
    });
    let form = RecordForm {
        entities: entities.collect(),
        claims: claims.collect(),
        pairs: pairs.collect(),
        units: record.units,
    };
    postcard::to_allocvec(&form).expect("plain data of known length")
}

/// The parts of an article that other columns and tables hold.
pub(super) struct Rest {
    pub path: String,
    pub title: String,
    pub date: String,
    pub quotes: Vec<Quote>,
}

/// The record of these bytes; `None` when they are none that [`encode`] wrote. `keys` are the keys of the readings.
pub(super) fn decode<'k>(bytes: &[u8], rest: Rest, keys: impl Fn(u32) -> Option<&'k str>) -> Option<Record> {
    let form: RecordForm<'_> = postcard::from_bytes(bytes).ok()?;
    let mut entities = Vec::with_capacity(form.entities.len());
    for e in form.entities {
        let key = keys(e.reading)?;
        let name = e.name.unwrap_or_else(|| name_in(key));
        entities.push(RecordEntity {
            key: key.to_owned(),
            kind: e.kind,
            name: name.to_owned(),
            listed: e.listed,
            family: e.family.map(str::to_owned),
            mentions: e.mentions,
            units: e.units,
            first: e.first,
            surfaces: e.surfaces.iter().map(|s| if s.is_empty() { name } else { s }.to_owned()).collect(),
        });
    }
    let known = |entity: u32| ((entity as usize) < entities.len()).then_some(entity);
    let quoted = |quote: u32| rest.quotes.get(quote as usize);
    let mut claims = Vec::with_capacity(form.claims.len());
    for c in form.claims {
        let text = &quoted(c.quote)?.text;
        let words = |i: usize| match c.spans[i] {
            Some((start, end)) => text.get(start as usize..end as usize),
            None => Some(c.surfaces[i]),
        };
        claims.push(RecordClaim {
            subject: known(c.subject)?,
            relation: RelationId(c.relation),
            object: known(c.object)?,
            status: *Status::ALL.get(usize::from(c.status))?,
            quote: c.quote,
            surfaces: [words(0)?.to_owned(), words(1)?.to_owned()],
            spans: c.spans,
            stated: c.stated,
            rule: Cow::Owned(c.rule.to_owned()),
            when: c.when.to_owned(),
            attributes: c.attributes.iter().map(|(k, v)| (Cow::Owned((*k).to_owned()), (*v).to_owned())).collect(),
            confidence: c.confidence,
        });
    }
    let mut pairs = Vec::with_capacity(form.pairs.len());
    for p in form.pairs {
        let quote = match p.quote {
            Some((quote, spans)) => {
                quoted(quote)?;
                Some(PairQuote { quote, spans })
            }
            None => None,
        };
        let (a, b) = (known(p.a)?, known(p.b)?);
        pairs.push(RecordPair { a, b, sentences: p.sentences, paragraphs: p.paragraphs, quote });
    }
    Some(Record {
        path: rest.path,
        title: rest.title,
        date: rest.date,
        entities,
        claims,
        pairs,
        quotes: rest.quotes,
        units: form.units,
    })
}
