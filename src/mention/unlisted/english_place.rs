//! Towns, states and lands beside a row of capitalised words in English text.

use super::Scene;
use crate::find;
use crate::span::Span;

/// Whether a list goes on, on both of its sides, and a place is the next name on one of them.
pub(super) fn beside_place(scene: &Scene, first: Span, last: Span) -> bool {
    let capitals = |words: &str| words.starts_with(|c: char| c.is_ascii_uppercase());
    let lead = scene.before(first).strip_suffix(", ").unwrap_or("");
    let earlier = lead.rsplit([',', '.', '\n', ':', '(']).next().unwrap_or_default().trim();
    let earlier = ["in ", "across ", "including ", "serving ", "from ", "of ", "like "]
        .iter()
        .find_map(|p| earlier.rfind(p).map(|i| &earlier[i + p.len()..]))
        .unwrap_or(earlier);
    let rest = [", and ", ", ", " and "].iter().find_map(|j| scene.after(last).strip_prefix(j)).unwrap_or("");
    let later =
        rest[..rest.find([',', '.', '\n', ';', ')']).unwrap_or(rest.len())].split(" and ").next().unwrap_or_default();
    capitals(earlier) && capitals(rest) && (scene.is_place(earlier) || scene.is_place(later))
}

/// `Texas`, `FL`: what follows a town.
pub(super) fn in_place(scene: &Scene, after: &str) -> bool {
    let word: &str = &after[..after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len())];
    const STATES: [&str; 46] = [
        "Ala.", "Ariz.", "Ark.", "Calif.", "Colo.", "Conn.", "Del.", "Fla.", "Ga.", "Ill.", "Ind.", "Kan.", "Ky.",
        "La.", "Md.", "Mass.", "Mich.", "Minn.", "Miss.", "Mo.", "Mont.", "Neb.", "Nev.", "N.H.", "N.J.", "N.M.",
        "N.Y.", "N.C.", "N.D.", "Okla.", "Ore.", "Pa.", "R.I.", "S.C.", "S.D.", "Tenn.", "Tex.", "Vt.", "Va.", "Wash.",
        "W.Va.", "Wis.", "Wyo.", "Ont.", "Que.", "B.C.",
    ];
    if STATES.iter().any(|s| find::starts(after, s)) {
        return true;
    }
    word.len() == 2 && word.bytes().all(|b| b.is_ascii_uppercase()) && word != "AI"
        || word.len() > 2 && scene.is_place(word)
}
