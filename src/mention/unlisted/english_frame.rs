//! What the words around an English name say it is: `the startup X`, `X, a maker of chips`, `X has raised`,
//! `X (NASDAQ: XX)`, `CEO of X`, `Boston-based X`, `X®`.

use super::Scene;
use super::shape::strength;
use super::words::WordSet;
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// Marks of a brand behind its name.
const BRANDS: [&str; 7] = ["®", "™", "(R)", "(TM)", "(r)", "(tm)", "©"];

/// The kind that the frame of `span` tells, and how much it weighs; `person`: a name that a person may have.
pub(super) fn kind(scene: &Scene, span: Span, person: bool) -> Option<(EntityKind, i32)> {
    let (before, after) = (scene.before(span), scene.after(span));
    if has_ticker(after) || legal_form(after).is_some() {
        return Some((EntityKind::Company, 4));
    }
    // Acme chief revenue officer Jane Doe, Acme's co-founder
    // “The Longevity CEO” is a by-name
    let nick = before.strip_suffix("The ").unwrap_or(before).ends_with(['“', '"']);
    if has_officer(after) && !person && !nick {
        return Some((EntityKind::Company, 4));
    }
    let branded = BRANDS.iter().any(|b| after.trim_start_matches(' ').starts_with(b)) || after.starts_with("TM ");
    let bracketed = after;
    let after = beyond(after);
    let bracketed = bracketed.len() > after.len() && after.len() + 4 < bracketed.len() && !branded;
    let noun = |word: &str| {
        noun_kind(scene, word)
            .filter(|_| !(person && scene.words.english_person_nouns.has(word.strip_suffix('s').unwrap_or(word))))
    };
    // Acme Forge, a Bristol-based chip designer: no person
    let based = after
        .strip_prefix(", a ")
        .or_else(|| after.strip_prefix(", the "))
        .is_some_and(|a| a.split(' ').take(3).any(|w| w.ends_with("-based") || w.ends_with("-backed")));
    let apposed = apposition(after).and_then(|n| if based { noun_kind(scene, n) } else { noun(n) });
    let led = before.strip_suffix(' ').or_else(|| before.strip_suffix([' ', '“', '"', '‘'].as_slice()));
    let lead = led.unwrap_or("").trim_end_matches(['“', '"', '‘', ' ']);
    // its product, the Lumen
    let lead = lead.strip_suffix(" the").filter(|l| l.ends_with(',') && after.starts_with(',')).unwrap_or(lead);
    let called = lead.strip_suffix(" the").filter(|l| ["called", "named", "dubbed"].iter().any(|n| find::ends(l, n)));
    let lead = called.unwrap_or(lead);
    let named =
        ["called", "named", "dubbed", "known as", "code-named", "codenamed"].iter().find_map(|n| lead.strip_suffix(n));
    // its new assistant, Lumen, can
    let closes = after.is_empty()
        || after.starts_with([',', '.', ';', '\n', '!', '?', ')'])
        || [" and ", " to ", " with ", " for ", " in ", " on ", " at ", " that ", " which ", " has ", " will "]
            .iter()
            .any(|w| find::starts(after, w));
    let aside = lead.strip_suffix(',').filter(|_| closes);
    // its flagship products – Lumen and Halo
    let aside = aside.or_else(|| {
        ["–", "—", ":", " -"].iter().find_map(|d| lead.strip_suffix(d)).filter(|l| !l.contains('\n') || closes)
    });
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
    // at Acme Reed
    if works_at(scene, lead) || person && lead.ends_with(" at") && led.is_some() {
        return Some((EntityKind::Company, 3));
    }
    let phrase = |set: &WordSet| super::english_lead::phrase(set, lead);
    // software from Acme’s Lumen
    let owned = ["’s", "'s"].iter().find_map(|p| lead.strip_suffix(p)).is_some_and(|b| makes(scene, b));
    if owned && !person {
        return Some((EntityKind::Product, 2));
    }
    if last_word(lead).ends_with("-based")
        || phrase(&scene.words.english_company_frames)
        || gives(scene, lead) && !person
    {
        return Some((EntityKind::Company, 2));
    }
    if super::english_lead::closes_firms(scene.after(span)) {
        return Some((EntityKind::Company, 3));
    }
    if super::english_lead::launched(scene, span) {
        return Some((EntityKind::Product, 2));
    }
    if let Some(kind) = super::english_lead::listed_as(scene, span).filter(|_| !person) {
        return Some((kind, 2));
    }
    if is_founded(after) && !person {
        return Some((EntityKind::Company, 3));
    }
    // Copper Software said on Thursday
    let tail = last_word(scene.slice(span));
    let firm = scene.words.latin_company.has(tail) && tail.len() < scene.slice(span).len();
    if firm && !person && [" said ", " says "].iter().any(|s| find::starts(after, s)) {
        return Some((EntityKind::Company, 3));
    }
    if acts(scene, after) || aside_acts(scene, after) || !person && is_acting(scene, after) {
        return Some((EntityKind::Company, 2));
    }
    // a former Acme engineer
    if staff(after) && !person {
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
    // Acme Insights’ Lumen
    let plural = ["’ ", "' "].iter().find_map(|p| owner.strip_suffix(p)).filter(|b| b.ends_with('s'));
    let made = ["’s ", "'s "].iter().find_map(|p| owner.strip_suffix(p)).or(plural).is_some_and(|b| makes(scene, b));
    let tail = thing(scene, after);
    // CRM platform, O-RAN 7.2 software: a term
    let coded = |w: &str| {
        w.bytes().filter(u8::is_ascii_uppercase).count() >= 2 && !w.bytes().any(|b| b.is_ascii_lowercase())
            || w == "O-RAN"
    };
    let words = scene.slice(span);
    let odd =
        |w: &str| super::shape::is_quantity(w) && !w.contains('.') || w.contains("RAN") || coded(w) && w.len() <= 2;
    let tail = if words.split(' ').all(coded) || words.contains(' ') && words.split(' ').any(odd) { "" } else { tail };
    // Acme Lumigene
    let behind = before.strip_suffix(' ').and_then(|b| scene.hit_ending(b.len()));
    let line = behind.is_some_and(|h| scene.kind_of(h) == Some(EntityKind::Company))
        && !person
        && !words.contains(' ')
        && strength(scene, words) >= 3;
    (made
        || line
        || !(tail.is_empty() || bracketed && matches!(tail, "solution" | "system" | "service" | "program" | "model"))
        || phrase(&scene.words.english_product_frames))
    .then_some((EntityKind::Product, 2))
}

/// Whether the name that ends `text` is a firm's, or looks like one's: what it has is its product.
fn makes(scene: &Scene, text: &str) -> bool {
    if let Some(hit) = scene.hit_ending(text.len()) {
        return scene.kind_of(hit) == Some(EntityKind::Company);
    }
    let word = last_word(text);
    let plain = &text[..text.len() - word.len()];
    // Rad Power Bikes’
    let before = plain.strip_suffix(' ').map_or("", last_word);
    let row = before.starts_with(|c: char| c.is_ascii_uppercase())
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.ends_with('s')
        && scene.lexicon.is_common(before);
    word.len() >= 3
        && (strength(scene, word) >= 3 || row)
        && !scene.is_place(word)
        && !scene.lexicon.given_names.contains(&word.to_lowercase())
        // Jane Okoye's, Mr. Okoye's
        && !plain.ends_with(". ")
        && !plain.strip_suffix(' ').map(last_word).is_some_and(|w| {
            scene.lexicon.given_names.contains(&w.to_lowercase()) || scene.words.english_titles.has(w)
        })
}

/// Whether an apposition tells what only a person is: `a former product manager at`, `Acme's incoming finance chief`, `34, who`.
pub(super) fn is_human(scene: &Scene, told: &str) -> bool {
    let age = told.as_bytes();
    if matches!(age, [b'2'..=b'9', b'0'..=b'9', b',', ..]) {
        return true;
    }
    let near = &told[..told.find(['.', ';', '\n', '(']).unwrap_or(told.len())];
    let phrase = ["a ", "an ", "one of the "].iter().find_map(|d| near.strip_prefix(d)).or_else(|| {
        let (house, rest) = near.split_once("'s ").or_else(|| near.split_once("’s "))?;
        (house.len() <= 32 && house.starts_with(|c: char| c.is_uppercase()) && !house.contains(',')).then_some(rest)
    });
    let Some(phrase) = phrase else { return false };
    const STOPS: [&str; 12] = ["of", "at", "for", "in", "with", "who", "on", "from", "and", "to", "by", "since"];
    let mut head = "";
    for word in phrase.split(' ').take(7) {
        if STOPS.contains(&word) {
            break;
        }
        head = word.trim_end_matches(',');
        if word.ends_with(',') {
            break;
        }
    }
    const PEOPLE: [&str; 14] = [
        "graduate",
        "native",
        "resident",
        "veteran",
        "alumnus",
        "alumna",
        "alum",
        "executive",
        "dropout",
        "lecturer",
        "officer",
        "student",
        "prosecutor",
        "spokesperson",
    ];
    let known = PEOPLE.contains(&head)
        || scene.words.english_roles.has(head)
            && !matches!(head, "lead" | "general" | "global" | "principal" | "former");
    known && noun_kind(scene, head).is_none()
}

/// The noun for a product that a name stands before: `Lumen platform`, `the Lumen contract review software`.
fn thing<'a>(scene: &Scene, after: &'a str) -> &'a str {
    let Some(mut rest) = after.strip_prefix(' ') else { return "" };
    for step in 0..4 {
        let word = &rest[..rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(rest.len())];
        let single = word.strip_suffix('s').unwrap_or(word);
        let next = rest[word.len()..].strip_prefix(' ');
        let goes_on = next.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_lowercase()));
        if scene.words.english_product_nouns.has(word) || scene.words.english_product_nouns.has(single) {
            // Acme integrations, Acme uses tools: only a noun of one thing, or right behind the name
            return if step == 0 || !goes_on || next.is_some_and(links) { word } else { "" };
        }
        let verb = word.ends_with('s') || word.ends_with("ed") || scene.words.english_company_verbs.has(word);
        let Some(next) = next.filter(|_| word.len() >= 3 && !verb && !links(rest)) else { return "" };
        rest = next;
    }
    ""
}

/// Whether a text opens with a word that ends a noun phrase.
fn links(text: &str) -> bool {
    const WORDS: [&str; 34] = [
        "and", "or", "to", "for", "of", "in", "on", "at", "by", "with", "from", "that", "which", "who", "is", "was",
        "has", "will", "can", "are", "were", "have", "had", "as", "but", "while", "when", "may", "the", "its", "their",
        "our", "his", "her",
    ];
    WORDS.contains(&&text[..text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len())])
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

/// The legal form that follows a name behind a comma: `, LLC`.
pub(super) fn legal_form(after: &str) -> Option<&str> {
    const FORMS: [&str; 9] = ["Inc", "LLC", "Ltd", "Corp", "LLP", "GmbH", "Co.", "PLC", "Limited"];
    let rest = after.strip_prefix(", ")?;
    let form = FORMS.iter().find(|f| find::starts(rest, f))?;
    // Inc. Magazine, Inc. 5000
    let tail = &rest[form.len()..];
    let other = [". Magazine", ". magazine", ". 5", " Magazine"].iter().any(|t| find::starts(tail, t));
    let ends = !other && !tail.starts_with(|c: char| c.is_alphanumeric());
    ends.then(|| &after[..2 + form.trim_end_matches('.').len()])
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
    words.any(role) || holds(scene, near)
}

/// `researchers`, `head of threat research`: a role in small letters, up to the place where it is held.
fn holds(scene: &Scene, near: &str) -> bool {
    const PEOPLE: [&str; 12] = [
        "researchers",
        "engineers",
        "executives",
        "scientists",
        "analysts",
        "developers",
        "designers",
        "employees",
        "colleagues",
        "lawyers",
        "economists",
        "Researchers",
    ];
    if PEOPLE.contains(&last_word(near)) {
        return true;
    }
    let Some((role, field)) = near.rsplit_once(" of ") else { return false };
    let plain = field.split(' ').all(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'));
    plain
        && field.split(' ').count() <= 4
        && matches!(last_word(role), "head" | "director" | "president" | "manager" | "chief" | "professor" | "lead")
        && scene.words.english_roles.has(last_word(role))
}

/// Whether a name stands before what one of its people is.
fn staff(after: &str) -> bool {
    const NOUNS: [&str; 18] = [
        "engineer",
        "engineers",
        "executive",
        "executives",
        "employee",
        "employees",
        "veteran",
        "veterans",
        "alum",
        "alumni",
        "researcher",
        "researchers",
        "spokesperson",
        "spokeswoman",
        "spokesman",
        "founder",
        "co-founder",
        "shareholders",
    ];
    let word = after.strip_prefix(' ').unwrap_or("");
    NOUNS.contains(&&word[..word.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(word.len())])
}

/// Whether the role that only a house has follows: `Acme CEO Jane Doe`, `Acme's chief executive`.
fn has_officer(after: &str) -> bool {
    let rest = ["'s ", "’s ", " "].iter().find_map(|m| after.strip_prefix(m)).unwrap_or("");
    let rest = ["former ", "new ", "first ", "longtime "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    const OFFICERS: [&str; 14] = [
        "CEO",
        "CTO",
        "CFO",
        "COO",
        "co-founder",
        "cofounder",
        "Co-Founder",
        "Co-founder",
        "founder",
        "chief executive",
        "Chief Executive",
        "chief operating",
        "chief technology",
        "chief financial",
    ];
    let chief = ["chief ", "Chief "]
        .iter()
        .find_map(|c| rest.strip_prefix(c))
        .is_some_and(|r| r.split(' ').take(3).any(|w| w.trim_end_matches(',').eq_ignore_ascii_case("officer")));
    chief
        || OFFICERS.iter().any(|o| {
            rest.strip_prefix(o).is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-'))
        })
}

/// The kind that a noun tells.
fn noun_kind(scene: &Scene, word: &str) -> Option<EntityKind> {
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
    MARKETS.iter().any(|m| find::starts(&market, m)) && code.trim().len() <= 8
}

/// The head noun of what stands in apposition behind a name: `, a maker of chips`, ` is the leading chip firm`.
fn apposition(after: &str) -> Option<&str> {
    let after = after.split('\n').next().unwrap_or_default();
    let rest = [", ", " is ", " was ", " — ", " – ", " - ", " ("].iter().find_map(|o| after.strip_prefix(o))?;
    // Acme, makers of
    let bare = rest.split_once(" of ").map(|(noun, _)| noun);
    const MAKERS: [&str; 10] = [
        "maker",
        "makers",
        "creator",
        "creators",
        "developer",
        "developers",
        "provider",
        "providers",
        "operator",
        "publisher",
    ];
    if let Some(noun) = bare.filter(|n| MAKERS.contains(n)) {
        return Some(noun);
    }
    let rest =
        ["a ", "an ", "the ", "A ", "An ", "The ", "one of the ", "one of ", "another ", "its ", "our ", "their "]
            .iter()
            .find_map(|a| rest.strip_prefix(a))?;
    let mut head = None;
    for word in rest.split(' ').take(14) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '—', '–', '!']);
        const STOPS: [&str; 48] = [
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
            "it",
            "we",
            "they",
            "says",
            "can",
            "will",
            "capable",
            "available",
            "priced",
            "running",
            "aimed",
            "intended",
            "powered",
            "made",
        ];
        if STOPS.contains(&bare) || bare.starts_with(['(', '–', '—', '“', '"']) {
            break;
        }
        // a startup building payroll software
        const DOERS: [&str; 9] =
            ["startup", "start-up", "company", "firm", "business", "lab", "outfit", "studio", "venture"];
        if bare.ends_with("ing") && head.is_some_and(|h| DOERS.contains(&h)) {
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

/// `Acme is partnering with`.
fn is_acting(scene: &Scene, after: &str) -> bool {
    let rest =
        [" is now ", " is also ", " is ", " are ", " was "].iter().find_map(|w| after.strip_prefix(w)).unwrap_or("");
    scene.words.english_company_gerunds.at_start_word(rest)
}

/// `software from`, `funding from`: what a house gives.
fn gives(scene: &Scene, lead: &str) -> bool {
    let noun = lead.strip_suffix(" from").map_or("", last_word);
    let single = noun.strip_suffix('s').unwrap_or(noun);
    let things = &scene.words.english_product_nouns;
    !noun.is_empty() && (things.has(noun) || things.has(single) || scene.words.english_given_nouns.has(noun))
}

/// `Acme (budgets for teens) raised`: a firm's verb behind an aside.
fn aside_acts(scene: &Scene, after: &str) -> bool {
    let Some(inner) = after.strip_prefix(" (") else { return false };
    let near = &inner[..(0..=inner.len().min(70)).rev().find(|&i| inner.is_char_boundary(i)).unwrap_or(0)];
    near.find([')', '\n']).filter(|&i| near[i..].starts_with(')')).is_some_and(|i| acts(scene, &inner[i + 1..]))
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

/// Whether the words behind a name tell who founded it: `, founded by Jane Doe`, ` was co-founded in 2012 by`.
fn is_founded(after: &str) -> bool {
    let told = [", ", " was ", ", which was ", " ("].iter().find_map(|l| after.strip_prefix(l));
    let Some(rest) =
        told.and_then(|t| ["co-founded ", "cofounded ", "founded "].iter().find_map(|f| t.strip_prefix(f)))
    else {
        return false;
    };
    let by = rest.strip_prefix("by ").or_else(|| {
        let rest = rest.strip_prefix("in ")?;
        let (year, rest) = rest.split_at_checked(4)?;
        year.bytes().all(|b| b.is_ascii_digit()).then(|| rest.trim_start_matches(',').strip_prefix(" by ")).flatten()
    });
    by.is_some_and(|b| b.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Whether a common word that opens a sentence is a firm's name: `Cartwheel, a maker of`, `Ramp has raised`.
pub(super) fn heads_firm(scene: &Scene, span: Span) -> bool {
    let (word, after) = (scene.slice(span), beyond(scene.after(span)));
    const PLAIN: [&str; 18] = [
        "Management",
        "Government",
        "Congress",
        "Police",
        "Leadership",
        "Parliament",
        "Industry",
        "Demand",
        "Technology",
        "Everyone",
        "Anyone",
        "Someone",
        "Nobody",
        "Team",
        "Staff",
        "Crypto",
        "Software",
        "Hardware",
    ];
    // Basis, founded by
    if is_founded(after) && word.len() >= 3 && word.bytes().skip(1).all(|b| b.is_ascii_lowercase()) {
        return true;
    }
    let singular = !word.ends_with('s') && word.len() >= 3 && word.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    let told = || {
        let noun = after.starts_with(", ").then(|| apposition(after)).flatten();
        // "Together, the company": a word before the subject
        let bare =
            after.strip_prefix(", the ").is_some_and(|a| a.split(' ').take_while(|w| !w.ends_with(',')).count() < 3);
        noun.is_some_and(|n| noun_kind(scene, n).is_some()) && !bare && !word.ends_with("ly")
    };
    let acts = || {
        const SURE: [&str; 12] = [
            "raised",
            "acquired",
            "sued",
            "launched",
            "unveiled",
            "hired",
            "appointed",
            "partnered",
            "secured",
            "announced",
            "rolled",
            "closed",
        ];
        let rest = after.strip_prefix(" has ").or_else(|| after.strip_prefix(' ')).unwrap_or("");
        SURE.contains(&&rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())])
    };
    singular && !scene.lexicon.is_generic(word) && !PLAIN.contains(&word) && (told() || acts())
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
