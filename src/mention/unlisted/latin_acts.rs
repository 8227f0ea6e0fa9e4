//! Latin names among Chinese words, told by what their bearers do there (`Getty Images指控`, `Vastel AI宣布`), by the size
//! of a model behind its name (`MedGemma 27B`), and by a plain word that makes another name of a listed one
//! (`Banker Copilot`, `Model Atlas`).

use super::latin::Piece;
use super::shape::{is_quantity, strength};
use super::words::is_han;
use super::{Candidate, Scene};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// Whether somebody's deed follows, or words at which a name ends.
fn acts(scene: &Scene, after: &str) -> bool {
    let after = after.trim_start_matches(['”', '」', ' ']);
    scene.words.name_acts.at_start(after).is_some()
}

/// `Vastel AI宣布`: whether AI behind a word of its own is part of the name; no `Vastel AI助手`.
pub(super) fn keeps_ai(scene: &Scene, pieces: &[Piece]) -> bool {
    let [.., word, ai] = pieces else { return false };
    let (name, after) = (scene.slice(word.span), scene.after(ai.span));
    let noun = scene.words.product_heads.at_start(after).is_some()
        || scene.cues.after(after)[EntityKind::Product as usize] > 0
        || scene.words.not_after.at_start(after).is_some();
    name.len() >= 3
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && strength(scene, name) >= 3
        && !scene.words.ai_adjectives.has(name)
        && !noun
        && (acts(scene, after) || scene.words.stops.at_start(after).is_some())
}

/// How much a deed that follows adds to what speaks for a row of capitalised words as a firm's name.
pub(super) fn does(scene: &Scene, pieces: &[Piece]) -> bool {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return false };
    let capital = |p: &Piece| {
        let w = scene.slice(p.span);
        w.len() >= 3
            && w.starts_with(|c: char| c.is_ascii_uppercase())
            && w.bytes().any(|b| b.is_ascii_lowercase())
            && !scene.words.ai_adjectives.has(w)
    };
    (2..=3).contains(&pieces.len())
        && pieces.iter().all(capital)
        && !scene.before(first.span).ends_with(['（', '(', '-', ' '])
        && acts(scene, scene.after(last.span))
}

/// Where a model's name ends that its size follows: `MedGemma 27B和`, no `MedGemma 27B参数`.
pub(super) fn with_size(scene: &Scene, name: &[Piece], rest: &[Piece]) -> Option<u32> {
    let (last, size) = (name.last()?, rest.first()?);
    let digits = scene.slice(size.span).strip_suffix(['B', 'b'])?;
    let sized = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let after = scene.after(size.span).trim_start_matches(' ');
    const COUNTED: [&str; 7] = ["参数", "规模", "的参数", "级", "量级", "token", "以"];
    (sized
        && strength(scene, scene.slice(last.span)) >= 3
        && size.span.start == last.span.end + 1
        && !COUNTED.iter().any(|c| find::starts(after, c)))
    .then_some(size.span.end)
}

/// `Banker Copilot`, `Model Atlas`: a plain word before a listed name that is a plain word itself makes another name.
pub(super) fn renamed(scene: &Scene, run: &[Piece]) -> Option<Candidate> {
    let at = run.iter().position(|p| p.hit.is_some())?;
    let (words, known) = (&run[..at], run[at]);
    let hit = &scene.hits[known.hit?];
    let name = scene.slice(hit.span);
    let plain = |w: &str| {
        w.len() >= 3
            && w.bytes().all(|b| b.is_ascii_alphabetic())
            && w.starts_with(|c: char| c.is_ascii_uppercase())
            && !scene.words.latin_roles.has(w)
            && !scene.words.nationalities.has(w)
            && !matches!(w, "The" | "New" | "Next" | "My" | "Your" | "Our" | "Classic" | "And" | "For" | "With")
            && !scene.words.latin_company.has(w)
            && !scene.is_place(w)
            && !is_quantity(w)
    };
    let fits = scene.kind_of(hit) == Some(EntityKind::Product)
        && !known.mixed
        && at == 1
        && run.len() == 2
        && plain(scene.slice(words[0].span))
        && known.span.start == words[0].span.end + 1
        && plain(name)
        && scene.lexicon.is_common(name)
        && !scene.before(words[0].span).ends_with(['（', '(', '-', '.', '/']);
    let after = scene.after(known.span);
    // Deep Canvas教程: what follows is no part of it
    let ends = after.chars().next().is_none_or(|c| is_han(c) || !(c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')));
    if !(fits && ends) {
        return None;
    }
    let span = Span { start: words[0].span.start, end: known.span.end };
    Some(Candidate {
        span,
        points: 2,
        hint: Some((EntityKind::Product, 2)),
        cue: "known name and more",
        spreads: false,
    })
}
