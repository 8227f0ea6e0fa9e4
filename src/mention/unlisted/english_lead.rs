//! What an English name stands behind when other words lie between: the list that it is a part of (`investors include
//! Acme, Brindle, and SPAN`), and the words that any new thing has (`launched its new SPAN`).

use super::Scene;
use super::english_frame::last_word;
use super::words::WordSet;
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// The most names that a list is followed back over.
const LONGEST: usize = 24;

/// What stands before the list of names that ends right before `before` does, or nothing if no list does.
pub(super) fn before_list<'a>(scene: &Scene<'a>, before: &'a str) -> Option<&'a str> {
    let mut rest = before;
    let mut open = None;
    for _ in 0..LONGEST {
        let joint = [", and the ", ", and ", " and the ", " and ", " & ", ", the ", ", ", " or "];
        let Some(lead) = joint.iter().find_map(|j| rest.strip_suffix(j)) else { break };
        let Some(start) = name_start(scene, lead) else { break };
        rest = &lead[..start];
        open = Some(rest);
        if !rest.ends_with([' ', '(']) {
            break;
        }
    }
    open
}

/// Where the row of capitalised words, or the listed name, that ends `text` starts.
fn name_start(scene: &Scene, text: &str) -> Option<usize> {
    let bare = text.trim_end_matches(['”', '"', '®', '™', ')']);
    let mut start = bare.len();
    let mut found = None;
    for _ in 0..6 {
        if let Some(hit) = scene.hit_ending(start) {
            start = hit.span.start as usize;
        } else {
            let word = last_word(&bare[..start]);
            if !word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
                break;
            }
            start -= word.len();
        }
        found = Some(start);
        let Some(more) = bare[..start].strip_suffix(' ') else { break };
        start = more.len();
    }
    found
}

/// Without the words that a noun may have before it: `its new`, `the industry-leading`.
fn without_determiner(text: &str) -> &str {
    const WORDS: [&str; 26] = [
        "its",
        "the",
        "their",
        "our",
        "a",
        "an",
        "his",
        "her",
        "new",
        "all-new",
        "brand-new",
        "latest",
        "newest",
        "flagship",
        "own",
        "first",
        "proprietary",
        "free",
        "next-generation",
        "AI-powered",
        "AI-driven",
        "updated",
        "upcoming",
        "enhanced",
        "innovative",
        "groundbreaking",
    ];
    let mut text = text;
    for _ in 0..4 {
        let word = last_word(text);
        let Some(rest) = Some(word).filter(|w| WORDS.contains(w)).map(|w| &text[..text.len() - w.len()]) else { break };
        text = rest.trim_end_matches([' ', ',']);
    }
    text
}

/// Whether a phrase of the set ends `text`, as words of their own; the head of a sentence has a capital.
pub(super) fn phrase(set: &WordSet, text: &str) -> bool {
    let ends = |text: &str| {
        set.at_end(text)
            .is_some_and(|p| !text[..text.len() - p.len()].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    let from = (text.len().saturating_sub(32)..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    ends(text) || ends(&text[from..].to_lowercase())
}

/// Whether capitalised words stand as what somebody launched: `launched its Hiring Gauge`,
/// `recent launches such as Dream Shifts, Acme Go, and SPAN`.
pub(super) fn launched(scene: &Scene, span: Span) -> bool {
    let words = scene.slice(span);
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let links = |w: &str| matches!(w, "of" | "for" | "&" | "and");
    let single = !words.contains(' ');
    if !words.split(' ').all(|w| capital(w) || links(w))
        || words.split(' ').any(|w| scene.words.english_roles.has(w) || scene.words.nationalities.has(w))
        || super::shape::is_quantity(words.split(' ').next().unwrap_or_default())
        || !ends_phrase(scene, scene.after(span))
    {
        return false;
    }
    // launched a Growth Strategy is no product's name; launches such as Growth Strategy are
    let plain = scene.words.latin_not_last.has(last_word(words));
    let behind = |before: &str| {
        let Some(lead) = before.strip_suffix(' ') else { return false };
        // launched Acme may be a firm; launched its Acme, launches such as Acme are none
        let told = [" its", " their", " our", " such as", " like", "include", "including"];
        if single && !told.iter().any(|t| find::ends(lead, t)) {
            return false;
        }
        if plain && !["such as", "like", "include", "including"].iter().any(|l| find::ends(lead, l)) {
            return false;
        }
        phrase(&scene.words.english_launch_frames, without_determiner(lead.trim_end_matches(['“', '"', '‘', ' '])))
    };
    let before = scene.before(span);
    let before = before.trim_end_matches(['“', '"', '‘']);
    behind(before) || before_list(scene, before).is_some_and(behind)
}

/// Whether a noun phrase ends here, or goes on with a noun for a product.
fn ends_phrase(scene: &Scene, after: &str) -> bool {
    let after = super::english_frame::beyond(after);
    let after = after.trim_start_matches(['®', '™', '”', '"', '’']);
    let Some(rest) = after.strip_prefix(' ') else {
        return !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '\''));
    };
    const LINKS: [&str; 26] = [
        "and", "or", "to", "for", "of", "in", "on", "at", "by", "with", "from", "that", "which", "is", "was", "has",
        "will", "as", "but", "while", "when", "this", "last", "earlier", "today", "across",
    ];
    let word = &rest[..rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(rest.len())];
    let dash = rest.strip_prefix("- ").is_some_and(|r| r.starts_with(|c: char| c.is_lowercase()));
    dash || rest.starts_with(['(', '–', '—', '|'])
        || LINKS.contains(&word)
        || scene.words.english_product_nouns.has(word)
        || scene.words.english_product_nouns.has(word.strip_suffix('s').unwrap_or(word))
}

/// The kind that the words before the list tell that the span begins or goes on with: `worked at Acme and SPAN`,
/// `groups including SPAN`.
pub(super) fn listed_as(scene: &Scene, span: Span) -> Option<EntityKind> {
    let before = scene.before(span);
    let lead = before_list(scene, before).unwrap_or(before).strip_suffix(' ').unwrap_or("");
    let lead = lead.strip_suffix(" the").unwrap_or(lead);
    if phrase(&scene.words.english_company_lists, lead) {
        return Some(EntityKind::Company);
    }
    phrase(&scene.words.english_organization_lists, lead).then_some(EntityKind::Organization)
}

/// Whether a list of capitalised names goes on from here to a noun for firms: `, and Brindle subsidiaries`.
pub(super) fn closes_firms(after: &str) -> bool {
    const NOUNS: [&str; 3] = ["subsidiaries", "subsidiary", "affiliates"];
    const TOOK_PART: [&str; 8] = [
        "also participated",
        "participated in",
        "also invested",
        "also joined the",
        "joined the round",
        "took part in the",
        "also took part",
        "also contributed to the round",
    ];
    let mut rest = after;
    for _ in 0..LONGEST {
        if let Some(noun) = rest.strip_prefix(' ') {
            if TOOK_PART.iter().any(|t| find::starts(noun, t)) {
                return true;
            }
            let word = &noun[..noun.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(noun.len())];
            if NOUNS.contains(&word) {
                return true;
            }
        }
        // the words of this name, then what joins the next one
        let joint = [", and ", " and ", ", ", " "].iter().find_map(|j| rest.strip_prefix(j));
        let Some(next) = joint.filter(|n| n.starts_with(|c: char| c.is_uppercase())) else { return false };
        rest = &next[next.find([' ', ',', '.', ';', '\n', ':', '(']).unwrap_or(next.len())..];
    }
    false
}

/// Whether a word of naming ends `lead`, and what it names is no product: `a category called`, `a post, titled`.
pub(super) fn names_idea(scene: &Scene, lead: &str) -> bool {
    let named = ["called", "known as", "titled", "entitled", "named", "dubbed"];
    let noun = named.iter().find_map(|n| lead.strip_suffix(n)).unwrap_or("").trim_end_matches([' ', ',']);
    scene.words.english_idea_nouns.has(last_word(noun))
}

/// The words between two names without an aside in brackets: ` and ` of ` (CEO) and `.
pub(super) fn beyond_brackets(between: &str) -> &str {
    match between.strip_prefix(" (").and_then(|b| b.split_once(')')) {
        Some((aside, rest)) if aside.len() <= 40 && !aside.contains(['(', '\n']) => rest,
        _ => between,
    }
}
