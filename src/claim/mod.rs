//! Stage 4, extract: the relations that the text states.

mod arguments;
mod awaited;
mod brand;
mod career;
mod carry;
mod copula;
mod deal;
mod debut;
mod detail;
mod elsewhere;
mod emit;
mod english_clause;
mod english_list;
mod english_phrase;
mod english_quote;
mod english_role;
mod entry;
mod extract;
mod head;
mod named;
mod newcomers;
mod lab;
mod lineup;
mod lent;
mod list;
mod marker;
mod merge;
mod noun;
mod of;
mod pair;
mod passive;
mod phrase;
mod place;
mod relative;
mod role;
mod role_words;
mod sentence;
mod series;
mod shared;
mod standing;
mod status;
mod told;
mod topic;
mod trigger;
mod unnamed;
mod unsaid;
mod verb;

pub use extract::{Explained, Extractor, NearMiss};

use crate::schema::{RelationId, Status};
use crate::span::Span;

/// A date as precise as the text gives it: `2020`, `2025-06`, `2025-06-24`, `2025-Q1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventDate(pub String);

/// What a claim says beyond its ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attributes {
    /// A person's role as written (`联合创始人兼执行董事`).
    pub role: Option<String>,
    /// Funding round as written (`A轮`, `Series B`).
    pub round: Option<String>,
    /// Amount as written (`143亿美元`).
    pub amount: Option<String>,
    /// Share as written (`49%`).
    pub share: Option<String>,
}

impl Attributes {
    /// The attributes that are there, by name.
    pub fn entries(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [("role", &self.role), ("round", &self.round), ("amount", &self.amount), ("share", &self.share)]
            .into_iter()
            .filter_map(|(k, v)| v.as_deref().map(|v| (k, v)))
    }
}

/// One relation stated once.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Index into the article's [entities](crate::mention::Recognised::entities).
    pub subject: u32,
    /// The relation.
    pub relation: RelationId,
    /// Index into the article's entities.
    pub object: u32,
    /// How it stands.
    pub status: Status,
    /// Index of the sentence that states it.
    pub sentence: u32,
    /// The mention of the subject (index into mentions); may stand in an earlier sentence.
    pub subject_mention: u32,
    /// The mention of the object.
    pub object_mention: u32,
    /// Shortest span that states it: from the first to the last of ends and trigger.
    pub evidence: Span,
    /// Name of the rule.
    pub rule: &'static str,
    /// When it happened, if the sentence says.
    pub when: Option<EventDate>,
    /// Role, round, amount, share.
    pub attributes: Attributes,
    /// Between 0 and 1: the rule's measured precision, lowered by context.
    pub confidence: f32,
}
