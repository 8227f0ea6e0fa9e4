//! Stage 1, read: a file becomes an [`Article`], its visible words a [`Text`] with a map back to the file.

mod sentence;
mod text;

pub use text::{Block, BlockKind, Sentence, Text, TextBuilder};

use crate::schema::EntityKind;
use crate::span::{Place, Span};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One input document.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Path under the content root, `/`-separated; for NDJSON, `FILE#ID`.
    pub path: String,
    /// Title as the reader sees it, possibly empty.
    pub title: String,
    /// The article's own date, if it has a readable one.
    pub date: Option<Date>,
    /// Marked as a draft.
    pub draft: bool,
    /// Tags in order.
    pub tags: Vec<String>,
    /// Every other front-matter field, as JSON.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// The visible text.
    pub text: Text,
    /// Entities that the article brings along (NDJSON `entities`), known in it only.
    pub own_entities: Vec<OwnEntity>,
}

/// An entity given with an NDJSON article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEntity {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

impl Article {
    /// Line and column in the file of a byte offset in the text.
    pub fn place(&self, offset: u32) -> Place {
        self.text.place(offset)
    }

    /// The words under a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text.as_str()[span.range()]
    }
}
