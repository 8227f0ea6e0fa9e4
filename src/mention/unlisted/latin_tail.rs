//! A known Latin name with plain words in capitals behind it, among Chinese words, which make another product of it:
//! `Azure ML`, `Gemini Agent Mode`, `OPPO Push`; not `H100 GPU` nor `OpenAI API`.

use super::Scene;
use super::latin::{Piece, person_shape};
use super::shape::is_quantity;
use super::words::is_han;
use crate::mention::listed::Hit;
use crate::schema::EntityKind;

/// Whether the words behind the name go on with it.
pub(super) fn is_line(scene: &Scene, hit: &Hit, rest: &[Piece]) -> bool {
    let word = |p: &Piece| scene.slice(p.span);
    let (Some(first), Some(last)) = (rest.first(), rest.last()) else { return false };
    let kind = scene.kind_of(hit);
    let fits = |p: &Piece| {
        let w = word(p);
        w.len() >= 2
            && w.starts_with(|c: char| c.is_ascii_uppercase())
            && w.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
            && !is_quantity(w)
            && !scene.words.latin_roles.has(w)
            && !(scene.words.latin_not_tail.has(w)
                && (p.span == last.span || w.bytes().all(|b| b.is_ascii_uppercase())))
            && !scene.words.nationalities.has(w)
    };
    let whole = crate::span::Span { start: hit.span.start, end: last.span.end };
    let firm = |w: &str| scene.words.latin_company.has(w) || scene.words.latin_organization.has(w);
    let after = scene.after(last.span);
    // Claude Agent能力: the word goes on in Chinese
    let shut = match after.trim_start_matches(['”', '」']).chars().next() {
        Some(c) if is_han(c) => {
            rest.len() > 1
                || scene.words.stops.at_start(after).is_some()
                || scene.cues.after(after)[EntityKind::Product as usize] >= 2
        }
        // HarmonyOS Agent Framework (HAF)
        Some(' ') => rest.len() > 1 && after.starts_with(" ("),
        Some(c) => matches!(c, '，' | '。' | '、' | '）' | '（' | '；' | '：' | '》' | '！' | '？'),
        None => false,
    };
    matches!(kind, Some(EntityKind::Company | EntityKind::Product))
        && rest.len() <= 2
        && first.span.start == hit.span.end + 1
        && rest.iter().all(fits)
        && !firm(word(last))
        && scene.dictionary.index.find(scene.slice(whole)).is_empty()
        && !scene.words.latin_not_last.has(word(last))
        && !person_shape(scene, rest)
        && shut
}
