//! Plain English words that an article has as a name, shown by how they stand again and again.

use super::Scene;
use super::english_frame as frame;
use super::english_row::span_of;
use super::latin::Piece;
use super::shape::strength;
use crate::schema::EntityKind;
use crate::span::Span;

/// Whether plain words that open a sentence are a name all the same: the words around them say so, or the article has
/// them time and again.
pub(super) fn opens_name(scene: &Scene, pieces: &[Piece]) -> bool {
    let span = span_of(pieces);
    let first = scene.slice(pieces[0].span);
    let name = scene.slice(span);
    if scene.words.english_openers.has(first)
        || scene.words.nationalities.has(first)
        || scene.words.english_roles.has(first)
        || first.ends_with("ly")
        || matches!(first, "The" | "A" | "An" | "Our" | "Its" | "Their" | "This" | "That" | "In" | "On" | "At" | "For")
        || pieces.len() > 4
        || scene.words.latin_not_last.has(scene.slice(pieces[pieces.len() - 1].span))
    {
        return false;
    }
    let framed = frame::kind(scene, span, false).is_some_and(|f| f.1 >= 2 && f.0 != EntityKind::Person);
    framed || {
        let others = memchr::memmem::find_iter(scene.text.as_bytes(), name).filter(|&at| {
            let here = Span::new(at, at + name.len());
            let next = scene.after(here).strip_prefix(' ').unwrap_or("");
            at != span.start as usize
                && scene.is_whole(here)
                && !next.starts_with(|c: char| c.is_ascii_uppercase())
                && scene
                    .before(here)
                    .strip_suffix(' ')
                    .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_lowercase() || c == ','))
        });
        others.take(1).count() == 1
    }
}

/// Whether two words of which the first is no plain one stand together again: `Kestrelis Space`, `Quandor Learning`.
pub(super) fn stands_again(scene: &Scene, pieces: &[Piece]) -> bool {
    let [first, second] = pieces else { return false };
    let name = scene.slice(span_of(pieces));
    let word = scene.slice(second.span);
    let opens = scene.slice(first.span);
    let lower = opens.to_lowercase();
    // a plain word that the article has as no word
    let rare = || {
        opens.len() >= 5
            && !scene.lexicon.is_generic(opens)
            && !scene.words.english_openers.has(opens)
            && !scene.words.nationalities.has(opens)
            && !scene.is_place(opens)
            && memchr::memmem::find(scene.text.as_bytes(), lower.as_bytes()).is_none()
    };
    (strength(scene, opens) >= 3 || rare())
        && word.len() >= 4
        && word.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        && !scene.words.headline_verbs.has(word)
        && !scene.words.english_roles.has(word)
        && !scene.is_place(word)
        && memchr::memmem::find_iter(scene.text.as_bytes(), name)
            .filter(|&at| {
                let span = Span::new(at, at + name.len());
                let next = scene.after(span).strip_prefix(' ').unwrap_or("");
                // Quandor Science Division
                scene.is_whole(span) && !next.starts_with(|c: char| c.is_ascii_uppercase())
                    || scene.before(span).ends_with(' ')
                        && next.split(' ').next().is_some_and(|w| scene.words.headline_verbs.has(w))
            })
            .take(2)
            .count()
            == 2
}

/// Whether a word stands alone as a name more than once, and did so before the longer name came up: a firm's full name
/// comes first, its product's later.
pub(super) fn stands_often(scene: &Scene, word: &str, longer: &str) -> bool {
    let first = memchr::memmem::find(scene.text.as_bytes(), longer.as_bytes()).unwrap_or(usize::MAX);
    let mut alone = memchr::memmem::find_iter(scene.text.as_bytes(), word).filter(|&at| {
        let span = Span::new(at, at + word.len());
        let next = scene.after(span).strip_prefix(' ').unwrap_or("");
        scene.is_whole(span) && !next.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
    });
    alone.next().is_some_and(|at| at < first) && alone.next().is_some()
}
