//! Where Chinese words begin and end: forward maximum matching over the common words, the stop words and
//! the places, as far as the finder needs it.

use super::Scene;
use super::words::is_han;

/// What a token of a Chinese stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word at which no name begins: function words, verbs.
    Stop,
    /// A common word.
    Common,
    /// A country, region or city.
    Place,
    /// A character that is in no known word here.
    Unknown,
}

/// The longest run of Han characters at the end of `text`, at most `limit` of them.
pub(super) fn stretch_before(text: &str, limit: usize) -> &str {
    let at = text.char_indices().rev().take(limit).take_while(|(_, c)| is_han(*c)).last().map_or(text.len(), |x| x.0);
    &text[at..]
}

/// Cuts a stretch into tokens, longest word first.
pub(super) fn tokens<'t>(scene: &Scene, stretch: &'t str, out: &mut Vec<(&'t str, Token)>) {
    out.clear();
    let mut rest = stretch;
    while let Some(first) = rest.chars().next() {
        let mut best: Option<(usize, Token)> = None;
        for (i, (at, c)) in rest.char_indices().take(5).enumerate() {
            let word = &rest[..at + c.len_utf8()];
            let token = if scene.words.stops.has(word) {
                Token::Stop
            } else if i > 0 && scene.lexicon.places.contains(word) {
                Token::Place
            } else if i > 0 && scene.lexicon.common_zh.contains(word) {
                Token::Common
            } else {
                continue;
            };
            best = Some((word.len(), token));
        }
        let (len, token) = best.unwrap_or((first.len_utf8(), Token::Unknown));
        out.push((&rest[..len], token));
        rest = &rest[len..];
    }
}

/// Whether nothing of a name can reach over the end of `text`: a mark, a blank, or the start.
pub(super) fn at_boundary(text: &str) -> bool {
    text.chars().next_back().is_none_or(|c| !is_han(c) && !c.is_alphanumeric())
}
