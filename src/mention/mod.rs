//! Stage 3, recognise: the spans of a text that refer to entities.

use crate::dictionary::EntityId;
use crate::schema::EntityKind;
use crate::span::Span;

/// Where an article's entity comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// An entry of the dictionary.
    Listed(EntityId),
    /// A version of a listed family (`GPT-4o` of GPT).
    Version(EntityId),
    /// Given with the article (NDJSON).
    Own,
    /// Recognised by how the text presents it.
    Unlisted,
}

/// An entity of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEntity {
    /// Where it comes from.
    pub source: Source,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name (the dictionary's, or for others the fullest form in the article).
    pub name: String,
}

/// How a mention was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// By a name, listed or own.
    Name,
    /// By a family's version grammar.
    Version,
    /// By the named cue for unlisted names.
    Unlisted(&'static str),
    /// A later, shorter form of a name introduced in full.
    Short,
    /// By the named coreference rule (`该公司`, `他`).
    Coreference(&'static str),
}

/// A span that refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Index into [`Recognised::entities`].
    pub entity: u32,
    /// Index into the text's sentences.
    pub sentence: u32,
    /// Why.
    pub how: How,
}

/// A name found and not taken as a mention, for `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where.
    pub span: Span,
    /// The entity's canonical name, or what was suspected.
    pub name: String,
    /// Why not.
    pub reason: String,
}

/// What the stage hands on for one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The article's entities, each mentioned at least once.
    pub entities: Vec<LocalEntity>,
    /// Mentions by position, not overlapping.
    pub mentions: Vec<Mention>,
    /// Filled only when asked for.
    pub refusals: Vec<Refusal>,
}
