//! English text.

use super::{Candidate, Scene};
use crate::article::Block;

/// Whether a block is English: hardly a Han character, and words.
pub(super) fn is_english(words: &str) -> bool {
    let letters = words.bytes().filter(u8::is_ascii_lowercase).count();
    let other = words.bytes().filter(|b| *b >= 0xE0).count();
    letters > 40 && other * 10 < letters
}

pub(super) fn gather(_scene: &Scene, _block: &Block, _out: &mut Vec<Candidate>) {}
