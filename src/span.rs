//! Positions. A [`Span`] is a byte range in an article's text; a [`Place`] is where a person finds it in
//! the file. Only the article turns one into the other.

use crate::find::starts_bytes;
use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` in a [`Text`](crate::article::Text). Both ends fall on character
/// boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range to slice a `str` with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// A position in a file as editors show it: line and column count from 1, the column in characters
/// (Unicode scalar values), not bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Whether `part`, which stands at byte `at` of `text`, is there a part of `whole`.
pub(crate) fn is_part_of(text: &str, at: usize, part: &str, whole: &str) -> bool {
    // wherever the part may stand in the whole
    (0..=whole.len().saturating_sub(part.len())).any(|i| {
        starts_bytes(&whole.as_bytes()[i..], part.as_bytes())
            && at.checked_sub(i).is_some_and(|start| starts_bytes(&text.as_bytes()[start..], whole.as_bytes()))
    })
}
