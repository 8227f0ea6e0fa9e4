//! What the words of a row of capitals make of it, whatever stands around: a numbered fund, the second part of a series,
//! a name with an article of its own, the plural of an abbreviation, a stretch of land, a scrap of a phrase.

use super::Scene;
use super::english_frame as frame;
use super::english_row::span_of;
use super::latin::Piece;
use super::shape::strength;
use crate::span::Span;

/// `GPUs`, `RIAs`.
pub(super) fn is_plural_code(w: &str) -> bool {
    w.strip_suffix('s').is_some_and(|c| c.len() >= 2 && c.bytes().all(|b| b.is_ascii_uppercase()))
}

/// Whether a word that only firms have, or `AI` behind no adjective of it, ends a row of at least two.
pub(super) fn ends_firm(scene: &Scene, pieces: &[Piece]) -> bool {
    let [first, .., last] = pieces else { return false };
    let (first, last) = (scene.slice(first.span), scene.slice(last.span));
    scene.words.latin_company.has(last) || pieces.len() == 2 && last == "AI" && !scene.words.ai_adjectives.has(first)
}

/// `212 Ventures`: a number and a word that only an investor has.
pub(super) fn is_numbered(scene: &Scene, pieces: &[Piece]) -> bool {
    let [number, firm] = pieces else { return false };
    let digits = scene.slice(number.span);
    (2..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && matches!(scene.slice(firm.span), "Capital" | "Ventures" | "Venture" | "Holdings" | "Labs" | "Studios" | "VC")
}

/// `from The GreenTech Fund`: within a sentence the article has a capital only where it is part of the name.
pub(super) fn takes_article(scene: &Scene, pieces: &[Piece]) -> bool {
    let [the, .., last] = pieces else { return false };
    let before = scene.before(the.span).strip_suffix(' ').unwrap_or("");
    let last = scene.slice(last.span);
    (3..=5).contains(&pieces.len())
        && scene.slice(the.span) == "The"
        && before.ends_with(|c: char| c.is_ascii_lowercase() || c == ',')
        && (scene.words.latin_company.has(last) || scene.words.latin_organization.has(last))
}

/// `Halo Drift 2`: a number that the article has behind the name time and again.
pub(super) fn is_sequel(scene: &Scene, pieces: &[Piece]) -> bool {
    let [.., word, number] = pieces else { return false };
    let (w, n) = (scene.slice(word.span), scene.slice(number.span));
    let name = scene.slice(Span { start: word.span.start, end: number.span.end });
    matches!(n.as_bytes(), [b'2'..=b'9'])
        && strength(scene, w) >= 3
        && memchr::memmem::find_iter(scene.text.as_bytes(), name)
            .filter(|&at| scene.is_whole(Span::new(at, at + name.len())))
            .take(3)
            .count()
            == 3
}

/// `BuildCon`, `DemoDay`: a word made of another and one for an event.
pub(super) fn is_event(w: &str) -> bool {
    ["Con", "Day", "Days", "Fest", "Conf", "Expo", "Week", "Summit", "CON"].iter().any(|e| {
        w.strip_suffix(e).is_some_and(|head| head.len() >= 3 && head.ends_with(|c: char| c.is_ascii_lowercase()))
    })
}

/// `MMO Quandora`, where the article has Quandora by itself as well: an abbreviation is no part of the name behind it.
pub(super) fn is_labelled(scene: &Scene, pieces: &[Piece]) -> bool {
    let [label, rest @ ..] = pieces else { return false };
    let code = scene.slice(label.span);
    let Some(first) = rest.first() else { return false };
    let name = scene.slice(span_of(rest));
    label.hit.is_none()
        && (2..=4).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_uppercase())
        && label.span.end + 1 == first.span.start
        && strength(scene, scene.slice(first.span)) >= 3
        && memchr::memmem::find_iter(scene.text.as_bytes(), name)
            .any(|at| !scene.text[..at].trim_end_matches(' ').ends_with(code))
}

/// Whether the article has a name with a small number behind it time and again, as a series has.
pub(super) fn has_sequel(scene: &Scene, name: &str) -> bool {
    memchr::memmem::find_iter(scene.text.as_bytes(), name)
        .filter(|&at| {
            let rest = &scene.text.as_bytes()[at + name.len()..];
            scene.is_whole(Span::new(at, at + name.len()))
                && matches!(rest, [b' ', b'2'..=b'9', next, ..] if !next.is_ascii_alphanumeric() && !matches!(next, b'.' | b',' | b'%'))
        })
        .take(3)
        .count()
        == 3
}

/// `North Texas`, `Greater Halden`; `Marylanders`; `tRNA`.
pub(super) fn is_land(scene: &Scene, name: &str) -> bool {
    const SIDES: [&str; 12] = [
        "North ",
        "South ",
        "East ",
        "West ",
        "Northern ",
        "Southern ",
        "Eastern ",
        "Western ",
        "Central ",
        "Greater ",
        "Upper ",
        "Downtown ",
    ];
    let side = SIDES.iter().find_map(|s| name.strip_prefix(s)).is_some_and(|rest| scene.is_place(rest));
    let people = ["ers", "ians", "ans"]
        .iter()
        .find_map(|e| name.strip_suffix(e))
        .is_some_and(|p| p.len() >= 4 && scene.is_place(p));
    let kinds = ["m", "t", "g", "r", "si", "mi", "nc", "sg", "cr", "ds", "ss", "cf", "ct", "c"];
    let term = ["RNA", "DNA"].iter().any(|t| name.strip_suffix(t).is_some_and(|k| kinds.contains(&k)));
    side || people && !name.contains(' ') || term
}

/// Whether the words stand in a handle or a mail address: `media@acme.io`.
pub(super) fn is_address(scene: &Scene, span: Span) -> bool {
    scene.before(span).ends_with('@') || scene.after(span).starts_with('@')
}

/// What a phrase leaves when it is cut: `Board` of Directors, Internet of `Things`, `Group`, `Capital Partners`.
pub(super) fn is_scrap(scene: &Scene, pieces: &[Piece]) -> bool {
    let span = span_of(pieces);
    let word = |p: &Piece| scene.slice(p.span);
    // Global Map Show Abu Dhabi, World Congress; Trading Advisors (CTAs)
    let event = |w: &str| {
        matches!(w, "Show" | "Summit" | "Expo" | "Conference" | "Forum" | "Festival" | "Awards")
            || w.starts_with("EXPO")
    };
    let many = scene.after(span).strip_prefix(" (").and_then(|a| a.find(')').map(|i| &a[..i])).is_some_and(|a| {
        (3..=6).contains(&a.len()) && a.ends_with('s') && a[..a.len() - 1].bytes().all(|b| b.is_ascii_uppercase())
    });
    // Summit Ridge Partners is no event
    if pieces.len() > 1 && (pieces[1..].iter().any(|p| event(word(p))) || many)
        || scene.slice(span).ends_with("World Congress")
    {
        return true;
    }
    let suffix = |w: &str| scene.words.latin_company.has(w) || scene.words.latin_organization.has(w);
    if pieces.iter().all(|p| suffix(word(p)) || matches!(word(p), "Limited" | "Trust" | "Companies")) {
        return true;
    }
    let [only] = pieces else { return false };
    // Re/Max
    if word(only).len() <= 2 && scene.after(span).starts_with('/') {
        return true;
    }
    let capital = |t: &str| t.starts_with(|c: char| c.is_ascii_uppercase());
    let of_before = scene
        .before(span)
        .strip_suffix(" of ")
        .is_some_and(|b| capital(&b[b.rfind([' ', '\n']).map_or(0, |i| i + 1)..]));
    let of_after = scene.after(span).strip_prefix(" of ").is_some_and(capital);
    // Unified Security Posture and Response platform
    let phrase = || {
        let earlier = scene.before(span).strip_suffix(" and ").or_else(|| scene.before(span).strip_suffix(" & "));
        let last = earlier.map_or("", frame::last_word);
        capital(last) && scene.lexicon.is_common(last) && !scene.after(span).starts_with(['.', ','])
    };
    scene.lexicon.is_common(word(only)) && (of_before || of_after || phrase())
}

/// `3.0`: two small numbers.
pub(super) fn is_version(w: &str) -> bool {
    let small = |d: &str, most: usize| (1..=most).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit());
    w.split_once('.').is_some_and(|(a, b)| small(a, 2) && small(b, 1))
}
