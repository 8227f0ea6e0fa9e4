//! Words that lost the blank between them, as page furniture does: `DetailsAcme`, `GmbHPhone`, `CurveWhile`.

use super::Scene;
use super::latin::{Piece, person_shape};
use crate::span::Span;

/// Where a word is two, and which of them may be of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seam {
    /// The name begins here: `ContactJane`.
    Behind(usize),
    /// The name ends here: `GmbHPhone`.
    Before(usize),
}

/// The seam of a word whose head or tail is a label: of a contact block, or a plain word before a person's name.
pub(super) fn seam(scene: &Scene, w: &str, next: Option<&Piece>) -> Option<Seam> {
    let bytes = w.as_bytes();
    let mut at = 1;
    while at + 1 < w.len() {
        let joint = bytes[at].is_ascii_uppercase()
            && (bytes[at - 1].is_ascii_lowercase()
                || bytes[at - 1].is_ascii_uppercase() && bytes[at + 1].is_ascii_lowercase());
        if joint {
            let (head, tail) = w.split_at(at);
            const HEADS: [&str; 8] =
                ["Details", "Contact", "Contacts", "Inquiries", "Enquiries", "Relations", "LLC", "Inc"];
            if HEADS.contains(&head) {
                return Some(Seam::Behind(at));
            }
            const TAILS: [&str; 9] =
                ["Phone", "Email", "Tel", "Mail", "Mobile", "Website", "Facebook", "Instagram", "Twitter"];
            if TAILS.contains(&tail) && scene.after(span_in(scene, w)).starts_with(':') {
                return Some(Seam::Before(at));
            }
            // Jane OkoyeInvestor
            let given = || {
                let before = scene.before(span_in(scene, w)).strip_suffix(' ').unwrap_or("");
                scene.lexicon.given_names.contains(&super::english_frame::last_word(before).to_lowercase())
            };
            let office = next.is_some_and(|n| {
                matches!(
                    scene.slice(n.span),
                    "Executive" | "Officer" | "Relations" | "President" | "Financial" | "Marketing"
                )
            });
            if super::english_lines::glued_role(w) == Some(at) && !scene.lexicon.is_common(head) && (office || given())
            {
                return Some(Seam::Before(at));
            }
            // MobileXHeadquartered
            if matches!(tail, "Headquartered" | "Founded" | "Established" | "About") && stands_alone(scene, head) {
                return Some(Seam::Before(at));
            }
            // NewsWireAustin, TX
            if head.len() >= 4
                && scene.is_place(tail)
                && (stands_alone(scene, head) || head.bytes().skip(1).any(|b| b.is_ascii_uppercase()))
            {
                return Some(Seam::Before(at));
            }
            // PotentialSterling Anderson
            let person = next.filter(|n| n.hit.is_none() && head.len() >= 5 && scene.lexicon.is_common(head));
            if let Some(n) = person {
                let start = span_in(scene, w).start + at as u32;
                let first = Piece { span: Span { start, end: n.span.start - 1 }, hit: None, mixed: false };
                if scene.slice(first.span) == tail && person_shape(scene, &[first, *n]) {
                    return Some(Seam::Behind(at));
                }
            }
        }
        at += 1;
    }
    // Responsible Investment SolutionsTransparency and, RecognitionAcme Labs: a heading of capitals and the next sentence
    let span = span_in(scene, w);
    let capital = |w: &str| w.starts_with(|c: char| c.is_ascii_uppercase());
    let joint = |i: usize| bytes[i].is_ascii_uppercase() && bytes[i - 1].is_ascii_lowercase();
    let mut joints = (1..w.len()).filter(|&i| joint(i));
    if let (Some(at), None) = (joints.next(), joints.next())
        && w.bytes().all(|b| b.is_ascii_alphabetic())
        && memchr::memmem::find_iter(scene.text.as_bytes(), w).take(2).count() == 1
    {
        let (head, tail) = w.split_at(at);
        let before = scene.before(span).strip_suffix(' ').map_or("", super::english_frame::last_word);
        let whole = next.map_or(tail, |n| scene.slice(Span { start: span.start + at as u32, end: n.span.end }));
        let again = || memchr::memmem::find_iter(scene.text.as_bytes(), whole).take(2).count() == 2;
        if head.len() >= 6
            && scene.lexicon.is_common(head)
            && (tail.len() >= 6 && scene.lexicon.is_common(tail) && capital(before)
                || whole.len() > tail.len() && again())
        {
            return Some(Seam::Behind(at));
        }
    }
    // Singapore.Visit, AI.Acme
    if let Some((head, tail)) = w.rsplit_once('.') {
        let word = tail.len() >= 3 && tail.starts_with(|c: char| c.is_ascii_uppercase());
        let lower = tail.bytes().skip(1).all(|b| b.is_ascii_lowercase()) || stands_alone(scene, tail);
        let plain = head.len() >= 2
            && (scene.lexicon.is_common(head) || scene.lexicon.is_generic(head) || scene.is_place(head));
        if word && lower && plain {
            return Some(Seam::Behind(head.len() + 1));
        }
    }
    // Detailsacme
    let label = w.strip_prefix("Details").filter(|t| t.len() >= 3 && t.bytes().all(|b| b.is_ascii_lowercase()));
    label.map(|t| Seam::Behind(w.len() - t.len()))
}

/// Where a slice of the text stands in it.
fn span_in(scene: &Scene, w: &str) -> Span {
    let start = w.as_ptr() as usize - scene.text.as_ptr() as usize;
    Span::new(start, start + w.len())
}

/// Whether a word runs into the word that opens the next sentence: `CurveWhile`, `PlantThe`.
pub(super) fn is_glued(scene: &Scene, w: &str) -> bool {
    w.char_indices().skip(2).filter(|(_, c)| c.is_ascii_uppercase()).last().is_some_and(|(at, _)| {
        let (head, tail) = w.split_at(at);
        head.ends_with(|c: char| c.is_ascii_lowercase())
            && (matches!(tail, "A" | "The" | "Our" | "This" | "In" | "On" | "At" | "For" | "With" | "As" | "And")
                || scene.words.english_openers.has(tail))
            && (scene.lexicon.is_common(head) || stands_alone(scene, head))
    })
}

/// The same for a word that the article has once, where its tail, or its head too, is a name that stands
/// elsewhere: `DetailsAcme`, `AcmeAcme`.
pub(super) fn glued_once(scene: &Scene, w: &str) -> bool {
    let splits =
        || w.char_indices().skip(3).filter(|(i, c)| c.is_ascii_uppercase() && w.as_bytes()[i - 1].is_ascii_lowercase());
    splits().next().is_some()
        && memchr::memmem::find_iter(scene.text.as_bytes(), w).take(2).count() == 1
        && splits().any(|(at, _)| {
            let (head, tail) = w.split_at(at);
            tail.len() >= 4
                && (head == tail || !scene.lexicon.is_common(tail))
                && stands_alone(scene, tail)
                && (head == tail || scene.lexicon.is_common(head) || stands_alone(scene, head))
        })
}

/// Whether the article has these words between blanks or marks, and no ampersand before or behind.
pub(super) fn stands_alone(scene: &Scene, words: &str) -> bool {
    memchr::memmem::find_iter(scene.text.as_bytes(), words).any(|at| {
        let span = Span::new(at, at + words.len());
        scene.is_whole(span) && !scene.before(span).ends_with("& ") && !scene.after(span).starts_with(" &")
    })
}
