//! Where Chinese words begin and end: forward maximum matching over the common words, the stop words and
//! the places, as far as the finder needs it.

use super::Scene;
use super::words::is_han;
use crate::span::Span;

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
            let token = if scene.words.stops.may_have(first, i + 1) && scene.words.stops.has(word) {
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

/// Where a Chinese name that ends at `end` begins: behind a listed name, a function word, a mark, or the
/// common words before it. The tokens of the name are left in `buffer`.
pub(super) fn name_before<'t>(
    scene: &Scene<'t>,
    start: usize,
    end: usize,
    buffer: &mut Vec<(&'t str, Token)>,
) -> usize {
    let mut from = end - stretch_before(&scene.text[start..end], 10).len();
    while let Some(h) = scene.hits.get(scene.hit_from(from)).filter(|h| (h.span.start as usize) < end) {
        if h.span.end as usize >= end {
            buffer.clear();
            return end;
        }
        from = h.span.end as usize;
    }
    tokens(scene, &scene.text[from..end], buffer);
    let mut first = buffer.iter().rposition(|t| t.1 == Token::Stop).map_or(0, |i| i + 1);
    while buffer.len() - first > 2 && buffer[first].1 == Token::Common {
        first += 1;
    }
    buffer.drain(..first);
    end - buffer.iter().map(|t| t.0.len()).sum::<usize>()
}

/// Where a Chinese name that begins at `start` ends: before a function word, a listed name, a mark, or words
/// that stand behind a firm's name; `None` when nothing near ends it. The tokens are left in `buffer`.
pub(super) fn name_after<'t>(
    scene: &Scene<'t>,
    start: usize,
    end: usize,
    buffer: &mut Vec<(&'t str, Token)>,
) -> Option<usize> {
    let rest = &scene.text[start..end];
    let limit: usize = rest.chars().take(8).take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    tokens(scene, &rest[..limit], buffer);
    let mut at = 0;
    for (count, &(word, token)) in buffer.iter().enumerate() {
        let told = scene.cues.after(&rest[at..]).iter().max() >= Some(&1);
        if at > 0 && (token == Token::Stop || at >= 6 && told)
            || !scene.is_free(Span::new(start + at, start + at + word.len()))
        {
            buffer.truncate(count);
            return Some(start + at);
        }
        at += word.len();
    }
    let ended = rest[limit..].chars().next().is_none_or(|c| !is_han(c) && !c.is_alphabetic());
    ended.then_some(start + limit)
}
