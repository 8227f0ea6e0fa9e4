//! Persons where English text sets them apart: bylines, the lines of a contact block, a nickname in quotes.

use super::latin::{Piece, person_shape};
use super::{Candidate, Scene};
use crate::article::Block;
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// Whether a block gives somebody to write to: `Media Contact: Jane Okoye, press@acme.io`.
pub(super) fn is_contact(words: &str) -> bool {
    let words = words.trim_start();
    const LEADS: [&str; 8] = ["Contact", "Media", "Investor", "Press", "Investors", "For media", "For more", "MEDIA"];
    words.starts_with("Contact")
        || words.len() < 400 && LEADS.iter().any(|l| find::starts(words, l)) && words.contains(['@', ':', '\u{2028}'])
        || words.len() < 160 && words.contains('@') && !words.contains(". ")
}

/// The length of the person's name with which a contact block's run of capitals begins, if more follows it.
pub(super) fn head(scene: &Scene, run: &[Piece]) -> Option<usize> {
    let two = run.get(..2).filter(|_| run.len() > 2)?;
    let words = two.iter().map(|p| scene.slice(p.span));
    let plain = |w: &str| scene.lexicon.is_common(w) || scene.lexicon.is_generic(w);
    let fresh = two.iter().all(|p| p.hit.is_none()) && !words.clone().all(plain);
    // Mary Anne Doe
    let third = run.get(2).map(|p| scene.slice(p.span))?;
    let longer = third.len() == 1 || scene.words.latin_company.has(third);
    (fresh && person_shape(scene, two) && !longer).then_some(2)
}

/// `By Jane Okoye`, at the head of a block.
pub(super) fn bylines(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    const LEADS: [&str; 6] = ["By ", "by ", "Written by ", "Story by ", "Author: ", "Posted by "];
    let Some(rest) = LEADS.iter().find_map(|l| words.strip_prefix(l)) else { return };
    let mut ends = rest.match_indices([' ', ',', '|', '\n']).map(|(i, _)| i).chain([rest.len()]);
    let Some(first) = ends.next() else { return };
    let Some(second) = ends.find(|&e| e > first + 1) else { return };
    let name = &rest[..second];
    let start = block.span.start as usize + (words.len() - rest.len());
    let span = Span::new(start, start + name.len());
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase()) && w.chars().skip(1).all(char::is_lowercase);
    let given = name.split(' ').next().is_some_and(|w| scene.lexicon.given_names.contains(&w.to_lowercase()));
    let end = rest[second..].trim_start().chars().next().is_none_or(|c| !c.is_lowercase());
    if name.split(' ').count() == 2 && name.split(' ').all(capital) && given && end && scene.is_free(span) {
        out.push(person(span));
    }
}

/// `Vincent "Vinny" Okoye`.
pub(super) fn nicknames(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    let opens = [" \"", " “", " ("];
    for (at, open) in opens.iter().flat_map(|open| words.match_indices(open)) {
        let shut = match open {
            " “" => '”',
            " (" => ')',
            _ => '"',
        };
        let inner = &words[at + open.len()..];
        let Some(len) = inner.find(shut).filter(|l| (2..=14).contains(l)) else { continue };
        let nick = &inner[..len];
        let Some(last) = inner[len + shut.len_utf8()..].strip_prefix(' ') else { continue };
        let last = &last[..last.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(last.len())];
        let first = super::english_frame::last_word(&words[..at]);
        let word = |w: &str| {
            w.starts_with(|c: char| c.is_uppercase())
                && w.chars().any(char::is_lowercase)
                && w.chars().all(|c| c.is_alphabetic() || c == '-')
        };
        let given = scene.lexicon.given_names.contains(&first.to_lowercase());
        if given && [first, nick, last].iter().all(|w| word(w)) && last.len() >= 3 {
            let start = block.span.start as usize + at - first.len();
            let end = block.span.start as usize + at + open.len() + len + shut.len_utf8() + 1 + last.len();
            out.push(person(Span::new(start, end)));
        }
    }
}

fn person(span: Span) -> Candidate {
    Candidate { span, points: 3, hint: Some((EntityKind::Person, 4)), cue: "english name", spreads: true }
}
