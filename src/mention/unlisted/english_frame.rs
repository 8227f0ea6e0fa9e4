//! What the words around an English name say it is: `the startup X`, `X, a maker of chips`, `X has raised`,
//! `X (NASDAQ: XX)`, `CEO of X`, `Boston-based X`, `X®`.

use super::Scene;
use super::words::WordSet;
use crate::schema::EntityKind;
use crate::span::Span;

/// Marks of a brand behind its name.
const BRANDS: [&str; 7] = ["®", "™", "(R)", "(TM)", "(r)", "(tm)", "©"];

/// The kind that the frame of `span` tells, and how much it weighs; `person`: a name that a person may have.
pub(super) fn kind(scene: &Scene, span: Span, person: bool) -> Option<(EntityKind, i32)> {
    let (before, after) = (scene.before(span), scene.after(span));
    if has_ticker(after) {
        return Some((EntityKind::Company, 4));
    }
    let branded = BRANDS.iter().any(|b| after.trim_start_matches(' ').starts_with(b));
    let bracketed = after;
    let after = beyond(after);
    let bracketed = bracketed.len() > after.len() && after.len() + 4 < bracketed.len() && !branded;
    let noun = |word: &str| {
        noun(scene, word)
            .filter(|_| !(person && scene.words.english_person_nouns.has(word.strip_suffix('s').unwrap_or(word))))
    };
    let apposed = apposition(after).and_then(noun);
    let led = before.strip_suffix(' ').or_else(|| before.strip_suffix([' ', '“', '"', '‘'].as_slice()));
    let lead = led.unwrap_or("").trim_end_matches(['“', '"', '‘', ' ']);
    let named = ["called", "named", "dubbed", "known as"].iter().find_map(|n| lead.strip_suffix(n));
    // its new assistant, Lumen, can
    let aside = lead.strip_suffix(',').filter(|_| after.starts_with(','));
    let lead_noun = match named.or(aside) {
        Some(rest) => last_word(rest.trim_end_matches([' ', ','])),
        None => last_word(lead),
    };
    let leading = noun(lead_noun).filter(|_| led.is_some());
    if let Some(kind) = apposed.or(leading) {
        return Some((kind, 3));
    }
    if branded {
        return Some((EntityKind::Product, 3));
    }
    if works_at(scene, lead) {
        return Some((EntityKind::Company, 3));
    }
    let phrase = |set: &WordSet| {
        set.at_end(lead).is_some_and(|p| !lead[..lead.len() - p.len()].ends_with(|c: char| c.is_alphanumeric()))
    };
    if last_word(lead).ends_with("-based") || phrase(&scene.words.english_company_frames) {
        return Some((EntityKind::Company, 2));
    }
    if acts(scene, after) {
        return Some((EntityKind::Company, 2));
    }
    // Acme's Lumen, the Lumen platform
    // Acme's innovative Lumen: two plain words may stand between
    let mut owner = before;
    for _ in 0..2 {
        let word = last_word(owner.strip_suffix(' ').unwrap_or(""));
        if word.len() < 3 || !word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            break;
        }
        owner = &owner[..owner.len() - 1 - word.len()];
    }
    let made = ["’s ", "'s "].iter().find_map(|p| owner.strip_suffix(p)).and_then(|b| scene.hit_ending(b.len()));
    let tail =
        after.strip_prefix(' ').map_or("", |a| &a[..a.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(a.len())]);
    (made.is_some_and(|h| scene.kind_of(h) == Some(EntityKind::Company))
        || scene.words.english_product_nouns.has(tail)
            && !(bracketed && matches!(tail, "solution" | "system" | "service" | "program" | "model"))
        || phrase(&scene.words.english_product_frames))
    .then_some((EntityKind::Product, 2))
}

/// What follows a name behind its brand mark, its legal form and a bracket with its short form.
pub(super) fn beyond(after: &str) -> &str {
    let after = BRANDS.iter().find_map(|b| after.strip_prefix(b)).unwrap_or(after);
    let legal = [", Inc.", " Inc.", ", LLC", ", Ltd.", " Corp."].iter().find_map(|s| after.strip_prefix(s));
    let after = legal.unwrap_or(after);
    let Some(inner) = after.strip_prefix(" (") else { return after };
    match inner.bytes().take(24).position(|b| b == b')') {
        Some(close) if !inner[..close].contains(' ') => &inner[close + 1..],
        _ => after,
    }
}

/// `Head of Sales at`, `Chief Operations Officer at`: a role, and where it is held.
fn works_at(scene: &Scene, lead: &str) -> bool {
    let Some(role) = lead.strip_suffix(" at") else { return false };
    let near = &role[(role.len().saturating_sub(48)..=role.len()).find(|&i| role.is_char_boundary(i)).unwrap_or(0)..];
    let near = near.rsplit([',', '.', ';', ':', '(', ')', '\n', '”', '“', '"']).next().unwrap_or_default();
    let mut words = near.split([' ', '/']).filter(|w| !w.is_empty());
    let role = |w: &str| {
        w.starts_with(|c: char| c.is_ascii_uppercase())
            && (scene.words.english_roles.has(w) || scene.words.latin_roles.has(w))
    };
    words.any(role)
}

/// The kind that a noun tells.
fn noun(scene: &Scene, word: &str) -> Option<EntityKind> {
    let single = word.strip_suffix('s').unwrap_or(word);
    let has = |set: &WordSet| set.has(word) || set.has(single);
    match () {
        () if has(&scene.words.english_company_nouns) => Some(EntityKind::Company),
        () if has(&scene.words.english_product_nouns) => Some(EntityKind::Product),
        () if has(&scene.words.english_organization_nouns) => Some(EntityKind::Organization),
        () => None,
    }
}

/// The last word of `text`, or nothing if a mark ends it.
pub(super) fn last_word(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

/// `(NASDAQ: DVLT)`, `(NYSE American: X)`.
fn has_ticker(after: &str) -> bool {
    let after = BRANDS.iter().find_map(|b| after.strip_prefix(b)).unwrap_or(after);
    let after = [", Inc.", " Inc.", ", Ltd.", " Corp."].iter().find_map(|s| after.strip_prefix(s)).unwrap_or(after);
    let Some(inside) = after.strip_prefix(" (").and_then(|a| a.get(..a.find(')')?)) else { return false };
    let Some((market, code)) = inside.split_once(':') else { return false };
    const MARKETS: [&str; 14] =
        ["NASDAQ", "NYSE", "OTC", "TSX", "LSE", "HKEX", "ASX", "CSE", "AMEX", "SSE", "SZSE", "SGX", "FRA", "EURONEXT"];
    let market = market.to_ascii_uppercase();
    MARKETS.iter().any(|m| market.starts_with(m)) && code.trim().len() <= 8
}

/// The head noun of what stands in apposition behind a name: `, a maker of chips`, ` is the leading chip firm`.
fn apposition(after: &str) -> Option<&str> {
    let rest = [", ", " is ", " was ", " — ", " – ", " - ", " ("].iter().find_map(|o| after.strip_prefix(o))?;
    let rest = ["a ", "an ", "the ", "one of the ", "one of ", "another "].iter().find_map(|a| rest.strip_prefix(a))?;
    let mut head = None;
    for word in rest.split(' ').take(14) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '—', '–', '!']);
        const STOPS: [&str; 34] = [
            "of",
            "for",
            "in",
            "that",
            "which",
            "who",
            "with",
            "to",
            "at",
            "by",
            "on",
            "from",
            "whose",
            "where",
            "founded",
            "based",
            "backed",
            "led",
            "focused",
            "designed",
            "built",
            "specializing",
            "offering",
            "helping",
            "is",
            "was",
            "has",
            "behind",
            "co-founded",
            "used",
            "launched",
            "developed",
            "focusing",
            "operating",
        ];
        if STOPS.contains(&bare) || bare.starts_with(['(', '–', '—', '“', '"']) {
            break;
        }
        head = Some(bare);
        if bare.len() < word.len() {
            break;
        }
    }
    head
}

/// `has raised`, `today announced`, `also offers`.
fn acts(scene: &Scene, after: &str) -> bool {
    let Some(mut rest) = after.strip_prefix(' ') else { return false };
    while let Some(more) = ["has ", "have ", "also ", "today ", "recently ", "just ", "now ", "will ", "had "]
        .iter()
        .find_map(|w| rest.strip_prefix(w))
    {
        rest = more;
    }
    scene.words.english_company_verbs.at_start_word(rest)
}

/// `(formerly …)`, `a simulated analyst`: whether the article says that a person is made up.
pub(super) fn made_up(scene: &Scene, name: &str) -> bool {
    memchr::memmem::find_iter(scene.text.as_bytes(), name).any(|at| {
        let after = &scene.text[at + name.len()..];
        let stop = after.find(['.', '\n', '"', '”']).unwrap_or(after.len());
        let after = &after[..stop];
        ["simulated", "fictional", "fictitious", "hypothetical", "imaginary"].iter().any(|w| {
            after.match_indices(w).any(|(i, _)| {
                let gap = after[..i].trim_start_matches([',', ' ', '(', '—', '–', '*', ':']);
                matches!(gap, "" | "a " | "an " | "the ")
                    || after[i..].contains("comment")
                    || after[i..].contains("quote")
            })
        })
    })
}

/// Whether a common word stands as a name in this article: with its capital inside sentences, time and again,
/// and never without.
pub(super) fn steady(scene: &Scene, name: &str) -> bool {
    let inside = memchr::memmem::find_iter(scene.text.as_bytes(), name).filter(|&at| {
        let span = Span::new(at, at + name.len());
        let before = last_word(scene.before(span).strip_suffix(' ').unwrap_or(""));
        let after = scene.after(span).strip_prefix(' ').unwrap_or("");
        scene.is_whole(span)
            && before.starts_with(|c: char| c.is_ascii_lowercase())
            && !matches!(before, "the" | "our" | "its" | "a" | "an" | "this" | "their" | "your" | "his" | "her" | "new")
            && !after.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
    });
    let lower = name.to_lowercase();
    inside.take(2).count() == 2
        && memchr::memmem::find_iter(scene.text.as_bytes(), &lower)
            .all(|at| !scene.is_whole(Span::new(at, at + lower.len())))
}
