//! Latin names of plain words among Chinese ones, told by what stands around them. A known name with plain words in capitals behind it, among Chinese words, which make another product of it:
//! `Azure ML`, `Gemini Agent Mode`, `OPPO Push`; not `H100 GPU` nor `OpenAI API`.

use super::Scene;
use super::latin::{Piece, person_shape};
use super::shape::is_quantity;
use super::words::is_han;
use crate::find;
use crate::mention::listed::Hit;
use crate::schema::EntityKind;
use crate::span::Span;

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
    let whole = Span { start: hit.span.start, end: last.span.end };
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

/// What a firm has, right behind its name.
const CHIEFS: [&str; 9] =
    ["创始人", "联合创始人", "共同创始人", "联创", "CEO", "CTO", "首席执行官", "首席技术官", "董事长"];

/// How much the chief whom a Latin word has speaks for a firm's name: `Verity的联合创始人`.
pub(super) fn has_chief(scene: &Scene, span: Span) -> bool {
    let after = scene.after(span).trim_start_matches(' ');
    let after = after.strip_prefix('的').unwrap_or(after);
    let name = scene.slice(span);
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().filter(u8::is_ascii_lowercase).count() >= 3
        && CHIEFS.iter().any(|c| find::starts(after, c))
}

/// Nouns for a firm that its whole name stands behind.
const FIRMS: [&str; 8] =
    ["初创公司", "创业公司", "初创企业", "独角兽", "独角兽企业", "AI公司", "科技公司", "机器人公司"];

/// Whether the words are a firm's name as they stand, plain ones too: `初创公司Quiet Harbor`, `Quiet Harbor公司`.
pub(super) fn is_firm(scene: &Scene, words: &[Piece]) -> bool {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let before = scene.before(first.span).trim_end_matches(['“', '「', ' ']);
    let after = scene.after(last.span).trim_start_matches(['”', '」', ' ']);
    let capital = |p: &Piece| {
        let w = scene.slice(p.span);
        w.len() >= 2 && w.starts_with(|c: char| c.is_ascii_uppercase()) && w.bytes().any(|b| b.is_ascii_lowercase())
    };
    (2..=3).contains(&words.len())
        && words.iter().all(capital)
        && words.iter().all(|p| !scene.words.latin_roles.has(scene.slice(p.span)))
        && !words.iter().all(|p| scene.words.latin_not_tail.has(scene.slice(p.span)))
        && (FIRMS.iter().any(|f| find::ends(before, f))
            || after.starts_with("公司") && before.ends_with(|c: char| is_han(c) || matches!(c, '，' | '、' | '。')))
}
