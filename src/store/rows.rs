//! Rows of the store's tables as what the graph has: one reader for each, whoever asks.

use crate::graph::{Bond, ClaimFacts, Claims, CoMention, Day, End, Node, Row as Of, Tie};
use crate::schema::{EntityKind, RelationId, Status};
use rusqlite::Row;
use rusqlite::types::Type;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// An entity with its row.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its row in the table `entity`.
    pub id: i64,
    /// The entity.
    pub node: Node,
}

/// A tie with its row, without its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct TieRow {
    /// Its row in the table `tie`.
    pub id: i64,
    /// The source's row in the table `entity`.
    pub source: i64,
    /// The target's.
    pub target: i64,
    /// The tie.
    pub tie: Tie,
}

impl TieRow {
    /// The end that `from` is not.
    pub fn other(&self, from: i64) -> i64 {
        if self.source == from { self.target } else { self.source }
    }
}

/// A value that the column cannot rightly hold.
pub(crate) fn wrong(column: usize, what: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, format!("`{what}` is no value of it").into())
}

/// A day; none for NULL.
pub(crate) fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Day> {
    Ok(row.get_ref(column)?.as_str_or_null()?.map_or(Day::NONE, Day::parse))
}

/// A text; empty for NULL.
pub(crate) fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(row.get_ref(column)?.as_str_or_null()?.unwrap_or_default().to_owned())
}

/// A kind of entity.
pub(crate) fn kind(row: &Row<'_>, column: usize) -> rusqlite::Result<EntityKind> {
    let word = row.get_ref(column)?.as_str()?;
    EntityKind::parse(word).ok_or_else(|| wrong(column, word))
}

/// A status; `None` for NULL.
pub(crate) fn status(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Status>> {
    let word = row.get_ref(column)?.as_str_or_null()?;
    word.map(|word| Status::parse(word).ok_or_else(|| wrong(column, word))).transpose()
}

/// The bond that a relation's row means.
pub(crate) fn bond(row: &Row<'_>, column: usize) -> rusqlite::Result<Bond> {
    match row.get::<_, i64>(column)? {
        0 => Ok(Bond::CoMention),
        id => match u16::try_from(id - 1) {
            Ok(relation) => Ok(Bond::Relation(RelationId(relation))),
            Err(_) => Err(wrong(column, &id.to_string())),
        },
    }
}

/// The columns of an entity, as [`node`] reads them.
pub(crate) const NODE: &str = "id, key, kind, name, listed, family, wikidata, site, mentions, articles, sentences, \
    paragraphs, first_seen, last_seen, degree, weighted_degree, pagerank, betweenness, community";

/// An entity without its names and tickers.
pub(crate) fn node(row: &Row<'_>) -> rusqlite::Result<Entity> {
    let node = Node {
        key: row.get(1)?,
        kind: kind(row, 2)?,
        name: row.get(3)?,
        listed: row.get(4)?,
        family: row.get(5)?,
        wikidata: row.get(6)?,
        site: row.get(7)?,
        mentions: row.get::<_, i64>(8)?.cast_unsigned(),
        articles: row.get(9)?,
        sentences: row.get(10)?,
        paragraphs: row.get(11)?,
        first_seen: day(row, 12)?,
        last_seen: day(row, 13)?,
        degree: row.get(14)?,
        weighted_degree: row.get(15)?,
        pagerank: row.get(16)?,
        betweenness: row.get(17)?,
        community: row.get(18)?,
        names: Vec::new(),
        aliases: Vec::new(),
        tickers: Vec::new(),
    };
    Ok(Entity { id: row.get(0)?, node })
}

/// Puts a name where it belongs, from its source and text.
pub(crate) fn put_name(node: &mut Node, row: &Row<'_>, at: usize) -> rusqlite::Result<()> {
    match row.get_ref(at)?.as_str()? {
        "used" => node.names.push(row.get(at + 1)?),
        "listed" => node.aliases.push(row.get(at + 1)?),
        _ => {}
    }
    Ok(())
}

/// The columns of a tie, as [`tie`] reads them.
pub(crate) const TIE: &str = "id, source, target, relation, weight, articles, first_seen, last_seen, status, asserted, \
    planned, rumored, negated, ended, belief, first_event, last_event, sentences, paragraphs, npmi, g2";

/// A tie.
pub(crate) fn tie(row: &Row<'_>) -> rusqlite::Result<TieRow> {
    let claims = match status(row, 8)? {
        None => None,
        Some(status) => Some(Claims {
            status,
            by_status: [row.get(9)?, row.get(10)?, row.get(11)?, row.get(12)?, row.get(13)?],
            belief: row.get(14)?,
            first_event: text(row, 15)?,
            last_event: text(row, 16)?,
        }),
    };
    let counts = match row.get::<_, Option<u32>>(17)? {
        None => None,
        Some(sentences) => {
            Some(CoMention { sentences, paragraphs: row.get(18)?, npmi: row.get(19)?, g2: row.get(20)? })
        }
    };
    let tie = Tie {
        bond: bond(row, 3)?,
        weight: row.get(4)?,
        articles: row.get(5)?,
        first_seen: day(row, 6)?,
        last_seen: day(row, 7)?,
        claims,
        counts,
        evidence: Vec::new(),
    };
    Ok(TieRow { id: row.get(0)?, source: row.get(1)?, target: row.get(2)?, tie })
}

/// The columns of what a claim `c` states, as [`facts`] reads them.
pub(crate) const FACTS: &str = "c.status, c.rule, c.\"when\", c.attributes, c.confidence, c.start, c.\"end\"";

/// What a claim states, its columns from `at` on; `None` if they are NULL.
pub(crate) fn facts(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<ClaimFacts>> {
    let Some(status) = status(row, at)? else { return Ok(None) };
    let attributes: BTreeMap<String, String> = match row.get_ref(at + 3)?.as_str_or_null()? {
        None => BTreeMap::new(),
        Some(json) => serde_json::from_str(json).map_err(|_| wrong(at + 3, json))?,
    };
    Ok(Some(ClaimFacts {
        status,
        rule: Cow::Owned(row.get(at + 1)?),
        when: text(row, at + 2)?.into(),
        attributes: attributes.into_iter().map(|(k, v)| (Cow::Owned(k), v)).collect(),
        confidence: row.get::<_, f64>(at + 4)? as f32,
        stated: (row.get(at + 5)?, row.get(at + 6)?),
        row: Of::default(),
    }))
}

/// The words at one end, from three columns: as they stand elsewhere, and start and end of their span in the quote.
pub(crate) fn end(row: &Row<'_>, at: usize) -> rusqlite::Result<End> {
    Ok(match (row.get(at + 1)?, row.get(at + 2)?) {
        (Some(start), Some(end)) => End::Here(start, end),
        _ => End::Elsewhere(text(row, at)?.into()),
    })
}
