//! A [`Record`] in compact bytes, without the sentences that it quotes (they have a table of their own): what an update
//! assembles the graph from. It is read without copying: most sentences need not be looked at.
//!
//! The form is [postcard](https://postcard.jamesmunns.com/wire-format)'s over the structures below. A change of them is a
//! change of the store's [`VERSION`](super::VERSION); so is one of [`ClaimPart`], [`RecordPair`] and what they hold.

use super::Store;
use super::write::ids_of;
use crate::graph::record::{Record, RecordPair};
use crate::graph::{ClaimPart, EntityPart, Origin, Part, Passage, Quotes, Row, sentence_hash};
use crate::schema::EntityKind;
use serde::{Deserialize, Serialize};
use std::cell::Cell;
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
struct RecordForm<'a> {
    #[serde(borrow)]
    entities: Vec<EntityForm<'a>>,
    claims: Vec<ClaimPart<'a>>,
    pairs: Vec<RecordPair>,
    units: [u32; 2],
    quotes: Vec<QuoteForm>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct QuoteForm {
    start: u32,
    /// 0 where no claim quotes it.
    fingerprint: u64,
    hash: u64,
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
    let mut part = Part::of(record);
    for claim in &mut part.claims {
        (0..2).filter(|&i| claim.spans[i].is_some()).for_each(|i| claim.surfaces[i] = "");
    }
    let form = RecordForm {
        entities: entities.collect(),
        claims: part.claims,
        pairs: part.pairs,
        units: part.units,
        quotes: record
            .quotes
            .iter()
            .map(|q| QuoteForm { start: q.start, fingerprint: q.fingerprint, hash: sentence_hash(&q.text) })
            .collect(),
    };
    postcard::to_allocvec(&form).expect("plain data of known length")
}

/// The part of these bytes, and what is known of its quotes; `None` when they are none that
/// [`encode`] wrote. `head` is path, title and date; `keys` are the keys of the readings.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    [path, title, date]: [&'a str; 3],
    keys: impl Fn(u32) -> Option<&'a str>,
) -> Option<(Part<'a>, Vec<QuoteForm>)> {
    let form: RecordForm<'a> = postcard::from_bytes(bytes).ok()?;
    let mut entities = Vec::with_capacity(form.entities.len());
    for e in form.entities {
        let key = keys(e.reading)?;
        let name = e.name.unwrap_or_else(|| name_in(key));
        let mut surfaces = e.surfaces;
        surfaces.iter_mut().filter(|s| s.is_empty()).for_each(|s| *s = name);
        let (mentions, units) = (e.mentions, e.units);
        entities.push(EntityPart {
            key,
            reading: e.reading,
            kind: e.kind,
            name,
            listed: e.listed,
            family: e.family,
            mentions,
            units,
            surfaces,
        });
    }
    let (claims, pairs, units) = (form.claims, form.pairs, form.units);
    let part = Part { path, title, date, entities, claims, pairs, units };
    part.sound(form.quotes.len() as u32).then_some((part, form.quotes))
}

/// The quotes of an article in the store, read when they are asked for.
pub(super) struct StoredQuotes<'s> {
    store: &'s Store,
    /// The first id of the article's quotes and claims.
    first: i64,
    quotes: Vec<QuoteForm>,
    /// What went wrong: a passage then is empty.
    fault: Cell<Option<rusqlite::Error>>,
}

impl<'s> StoredQuotes<'s> {
    pub(super) fn new(store: &'s Store, article: i64, quotes: Vec<QuoteForm>) -> StoredQuotes<'s> {
        StoredQuotes { store, first: ids_of(article).0, quotes, fault: Cell::new(None) }
    }

    /// Whether all that was asked for could be read.
    pub(super) fn sound(self) -> rusqlite::Result<()> {
        self.fault.into_inner().map_or(Ok(()), Err)
    }
}

impl Quotes for StoredQuotes<'_> {
    fn start(&self, quote: u32) -> u32 {
        self.quotes[quote as usize].start
    }

    fn fingerprint(&self, quote: u32) -> u64 {
        self.quotes[quote as usize].fingerprint
    }

    fn hash(&self, quote: u32) -> u64 {
        self.quotes[quote as usize].hash
    }

    fn passage(&self, quote: u32, article: Arc<Origin>) -> Passage {
        let row = self.first + i64::from(quote);
        let read = || -> rusqlite::Result<(u32, u32, String)> {
            let mut find =
                self.store.connection().prepare_cached("SELECT line, \"column\", text FROM quote WHERE id = ?")?;
            find.query_row([row], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
        };
        let (line, column, text) = read().unwrap_or_else(|fault| {
            self.fault.set(Some(fault));
            Default::default()
        });
        Passage { article, start: self.start(quote), line, column, text: text.into(), row: Row::default() }
    }
}
