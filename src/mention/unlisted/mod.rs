//! Names that no list has, recognised by how the text presents them.

use super::NewMention;
use super::cues::Cues;
use super::listed::Hit;
use crate::article::Article;
use crate::dictionary::{Dictionary, Lexicon};

/// Finds unlisted names; made once from the lexicon.
#[derive(Debug, Default)]
pub(super) struct Finder {}

impl Finder {
    pub(super) fn new(_lexicon: &Lexicon) -> Finder {
        Finder {}
    }

    /// The unlisted names of an article, none overlapping a hit or another.
    pub(super) fn find(
        &self,
        _dictionary: &Dictionary,
        _cues: &Cues,
        _article: &Article,
        _hits: &[Hit],
    ) -> Vec<NewMention> {
        Vec::new()
    }
}
