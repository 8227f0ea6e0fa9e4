//! What one article contributes to the graph, free of borrowed text and process-local ids: the unit that
//! is merged, stored and compared. The graph is a pure function of the sorted records.

use crate::article::Article;
use crate::claim::Claim;
use crate::dictionary::Dictionary;
use crate::mention::{Recognised, Source};
use crate::schema::{EntityKind, RelationId, Status};

/// One article's contribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The article's path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its date, ISO 8601, or empty.
    pub date: String,
    /// Its entities.
    pub entities: Vec<RecordEntity>,
    /// Its claims.
    pub claims: Vec<RecordClaim>,
    /// Co-mentioned pairs, `a < b` as indices into `entities`, sorted.
    pub pairs: Vec<RecordPair>,
    /// Sentences that claims or pairs quote, in text order.
    pub quotes: Vec<Quote>,
    /// Number of sentences and of paragraphs that mention at least one entity.
    pub units: [u32; 2],
}

/// An entity of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEntity {
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name.
    pub name: String,
    /// From the dictionary.
    pub listed: bool,
    /// For a version, the key of its family.
    pub family: Option<String>,
    /// Mentions in the article.
    pub mentions: u32,
    /// Sentences and paragraphs of the article that mention it.
    pub units: [u32; 2],
    /// Surface strings, sorted, each once.
    pub surfaces: Vec<String>,
}

/// A claim with what is needed to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordClaim {
    /// Index into the record's entities.
    pub subject: u32,
    /// The relation (its name goes to files).
    pub relation: RelationId,
    /// Index into the record's entities.
    pub object: u32,
    /// How it stands.
    pub status: Status,
    /// Index into the record's quotes.
    pub quote: u32,
    /// Surface of the subject and of the object where the claim takes them from.
    pub surfaces: [String; 2],
    /// Byte spans, relative to the quote's sentence, of subject and object; `None` when it stands elsewhere.
    pub spans: [Option<(u32, u32)>; 2],
    /// Rule's name.
    pub rule: &'static str,
    /// Event date or empty.
    pub when: String,
    /// Attributes by name.
    pub attributes: Vec<(&'static str, String)>,
    /// Confidence, 0 to 1.
    pub confidence: f32,
}

/// A pair of entities mentioned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPair {
    /// Lower index into the record's entities.
    pub a: u32,
    /// Higher index.
    pub b: u32,
    /// Sentences with both.
    pub sentences: u32,
    /// Paragraphs with both.
    pub paragraphs: u32,
    /// Index into quotes of the first sentence with both, if any.
    pub quote: Option<u32>,
}

/// A quoted sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The sentence.
    pub text: String,
    /// Byte offset of its start in the article's text.
    pub start: u32,
    /// Line in the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Makes the record of an article.
pub fn record(article: &Article, found: &Recognised, claims: &[Claim], dictionary: &Dictionary) -> Record {
    let _ = (article, claims);
    Record {
        path: article.path.clone(),
        title: article.title.clone(),
        date: article.date.map(|d| d.to_string()).unwrap_or_default(),
        entities: found
            .entities
            .iter()
            .map(|e| RecordEntity {
                key: match e.source {
                    Source::Listed(id) => dictionary.entity(id).key(),
                    _ => format!("{}/{}", e.kind, e.name),
                },
                kind: e.kind,
                name: e.name.clone(),
                listed: matches!(e.source, Source::Listed(_)),
                family: match e.source {
                    Source::Version(id) => Some(dictionary.entity(id).key()),
                    _ => None,
                },
                mentions: 0,
                units: [0, 0],
                surfaces: Vec::new(),
            })
            .collect(),
        claims: Vec::new(),
        pairs: Vec::new(),
        quotes: Vec::new(),
        units: [0, 0],
    }
}
