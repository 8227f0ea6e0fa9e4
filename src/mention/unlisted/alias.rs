//! Names that English text says, or shows, to be one entity's: `Acme Data Exchange (ADX)`, `Orbis, formerly
//! known as Acme`, `Acme Capital Partners` and then `Acme`.

use super::{Found, Scene};
use crate::find;
use crate::mention::listed::{Hit, What};
use crate::schema::EntityKind;
use crate::span::Span;
use rustc_hash::FxHashMap;

/// What an unlisted name is made one with.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Whole {
    name: String,
    kind: EntityKind,
    same_as: Option<Span>,
}

/// Marks of a brand, and legal forms, between a name and what follows it.
const TAILS: [&str; 23] = [
    "®",
    "™",
    "(R)",
    "(TM)",
    ", Inc.",
    ", Inc",
    " Inc.",
    " Inc",
    ", LLC",
    " LLC",
    ", Ltd.",
    " Ltd.",
    " Corp.",
    " plc",
    " PLC",
    ", L.P.",
    ".",
    " International",
    " Holdings",
    " Group",
    " Limited",
    " Corporation",
    " Ltd",
];

/// What stock exchanges are called before a ticker.
const EXCHANGES: [&str; 14] =
    ["NASDAQ", "Nasdaq", "NYSE", "TSXV", "TSX", "LSE", "OTC", "CSE", "AMEX", "ASX", "HKEX", "FSE", "Euronext", "AIM"];

/// The ticker of `NYSE: ACME`.
fn ticker(part: &str) -> Option<&str> {
    let (exchange, code) = part.split_once(':')?;
    let code = code.trim_start().trim_start_matches('$');
    (EXCHANGES.iter().any(|e| find::starts(exchange.trim_start(), e))
        && exchange.len() <= 24
        && (2..=5).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_uppercase()))
    .then_some(code)
}

/// The capitals that a name's words begin with: LCP of `Landon Capital Partners`.
fn initials(name: &str) -> String {
    name.split([' ', '-'])
        .filter(|w| !matches!(*w, "of" | "and" | "&" | "the" | "for"))
        .filter_map(|w| w.chars().next().filter(char::is_ascii_uppercase))
        .collect()
}

/// Capitals that are words of their own.
const PLAIN: [&str; 20] = [
    "AI", "AR", "VR", "EV", "PR", "VC", "IT", "TV", "ML", "UK", "US", "EU", "HR", "PE", "UI", "UX", "ID", "QA", "PC",
    "GPU",
];

/// The one house of the article whose words begin with these capitals: `LCP`, which no brackets explain.
fn abbreviated(scene: &Scene, found: &Found, code: &str) -> Option<Whole> {
    if !(2..=5).contains(&code.len()) || PLAIN.contains(&code) || !code.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut one: Option<Whole> = None;
    let hits = scene.hits.iter().zip(&found.absorbed).filter(|(_, absorbed)| !**absorbed);
    let listed = hits.filter(|(h, _)| initials(scene.slice(h.span)) == code).filter_map(|(h, _)| of_hit(scene, h));
    let new = found.mentions.iter().filter(|m| {
        m.kind != EntityKind::Person && scene.slice(m.span).contains(' ') && initials(scene.slice(m.span)) == code
    });
    let new = new.map(|m| Whole { name: m.name.clone(), kind: m.kind, same_as: m.same_as });
    for whole in listed.chain(new).filter(|w| w.kind != EntityKind::Product) {
        if one.as_ref().is_some_and(|o| o.name != whole.name) {
            return None;
        }
        one.get_or_insert(whole);
    }
    one
}

/// Whether the article has the name with a firm's legal form: `Acme Reed Inc.`
pub(super) fn is_registered(scene: &Scene, name: &str) -> bool {
    const FORMS: [&str; 14] = [
        " Inc", ", Inc", " LLC", ", LLC", " LLP", " Corp", ", Corp", " Ltd", ", Ltd", " GmbH", " PLC", " plc", " AG,",
        " L.P.",
    ];
    memchr::memmem::find_iter(scene.text.as_bytes(), name)
        .any(|at| FORMS.iter().any(|f| scene.text[at + name.len()..].starts_with(f)))
}

/// What says that the name behind it is an older or another one of the name before it.
const FORMERLY: [&str; 12] = [
    "formerly known as",
    "previously known as",
    "formerly called",
    "formerly",
    "previously",
    "f/k/a",
    "d/b/a",
    "doing business as",
    "also known as",
    "a.k.a.",
    "rebranded as",
    "now",
];

/// Joins unlisted names with what they are other names of.
pub(super) fn join(scene: &Scene, found: &mut Found) {
    let forms = forms(scene, found);
    let longer = longer(scene, found);
    let mut form_of: FxHashMap<&str, Vec<&Whole>> = FxHashMap::default();
    for (form, whole) in &forms {
        form_of.entry(form).or_default().push(whole);
    }
    let mut known: FxHashMap<(String, EntityKind), Option<Whole>> = FxHashMap::default();
    let mut whole = |name: &str, kind| {
        known.entry((name.to_string(), kind)).or_insert_with(|| whole_of(scene, &longer, name, kind)).clone()
    };
    let joined: Vec<Option<Whole>> = (0..found.mentions.len())
        .map(|i| {
            let m = &found.mentions[i];
            if m.same_as.is_some() || !m.name.is_ascii() {
                return None;
            }
            // "Jane Doe of Acme said": taken for a surname, unless the article has Acme Partners
            if m.kind == EntityKind::Person {
                return whole(&m.name, m.kind).filter(|_| !m.name.contains(' '));
            }
            if let Some(known) = short_listed(scene, found, i) {
                return Some(known);
            }
            let form =
                form_of.get(&*m.name).and_then(|all| all.iter().find(|w| w.name != m.name)).map(|w| (*w).clone());
            form.or_else(|| renamed(scene, found, i))
                .or_else(|| abbreviated(scene, found, &m.name))
                .or_else(|| whole(&m.name, m.kind))
        })
        .collect();
    let mut first: FxHashMap<(String, EntityKind), Whole> = FxHashMap::default();
    for (m, whole) in found.mentions.iter().zip(joined) {
        if let Some(whole) = whole {
            first.entry((m.name.clone(), m.kind)).or_insert(whole);
        }
    }
    for m in found.mentions.iter_mut().filter(|m| m.same_as.is_none()) {
        if let Some(whole) = first.get(&(m.name.clone(), m.kind)).cloned() {
            (m.name, m.kind, m.same_as) = (whole.name, whole.kind, whole.same_as);
        }
    }
}

/// The listed name that stands in brackets behind a name, as its capitals: `National Harbor Authority (NHA)`.
fn short_listed(scene: &Scene, found: &Found, i: usize) -> Option<Whole> {
    let m = &found.mentions[i];
    let open = scene.after(m.span).strip_prefix(" (")?;
    let hit = scene.hit_starting(scene.text.len() - open.len())?;
    let fits = scene.after(hit.span).starts_with(')') && is_acronym(scene.slice(hit.span), scene.slice(m.span));
    of_hit(scene, hit).filter(|w| fits && (w.kind == m.kind || m.kind != EntityKind::Person))
}

/// The short forms that the article defines, each with what it stands for.
fn forms<'a>(scene: &Scene<'a>, found: &Found) -> Vec<(&'a str, Whole)> {
    let mut forms = Vec::new();
    for m in found.mentions.iter().filter(|m| m.kind != EntityKind::Person) {
        let whole = Whole { name: m.name.clone(), kind: m.kind, same_as: m.same_as };
        let names = defined(scene, scene.slice(m.span), m.span.end);
        forms.extend(names.into_iter().map(|f| (f, whole.clone())));
    }
    for (h, absorbed) in scene.hits.iter().zip(&found.absorbed) {
        if let Some(whole) = of_hit(scene, h).filter(|_| !absorbed) {
            let names = defined(scene, scene.slice(h.span), h.span.end);
            forms.extend(names.into_iter().map(|f| (f, whole.clone())));
        }
    }
    forms
}

/// The name that stands before `formerly` and this one.
fn renamed(scene: &Scene, found: &Found, i: usize) -> Option<Whole> {
    let m = &found.mentions[i];
    let before = scene.before(m.span).trim_end_matches([' ', '“', '"']);
    let lead = FORMERLY.iter().find_map(|f| before.strip_suffix(f))?;
    let open = lead.trim_end_matches(' ');
    let open = open.strip_suffix(['(', ','])?;
    let mut open = open.trim_end_matches([' ', '“', '"']);
    while let Some(short) = TAILS.iter().find_map(|t| open.strip_suffix(t)) {
        open = short;
    }
    ending(scene, found, open.len()).filter(|w| w.name != m.name)
}

/// The house or product whose name ends at `at`.
fn ending(scene: &Scene, found: &Found, at: usize) -> Option<Whole> {
    if let Some(hit) = scene.hit_ending(at) {
        let i = scene.hit_from(hit.span.start as usize);
        return of_hit(scene, hit).filter(|_| !found.absorbed[i]);
    }
    let m = found.mentions.iter().find(|m| m.span.end as usize == at && m.kind != EntityKind::Person)?;
    Some(Whole { name: m.name.clone(), kind: m.kind, same_as: m.same_as })
}

fn of_hit(scene: &Scene, hit: &Hit) -> Option<Whole> {
    let kind = scene.kind_of(hit).filter(|k| *k != EntityKind::Person)?;
    let name = match &hit.what {
        What::Listed(id) => scene.dictionary.entity(*id).name.to_string(),
        _ => scene.slice(hit.span).to_string(),
    };
    Some(Whole { name, kind, same_as: Some(hit.span) })
}

/// The names of the article by the words that they begin with.
type Longer<'a> = FxHashMap<&'a str, Vec<(&'a str, Option<Whole>)>>;

fn longer<'a>(scene: &Scene<'a>, found: &Found) -> Longer<'a> {
    let mut longer: Longer = FxHashMap::default();
    let mut put = |full: &'a str, whole: &dyn Fn() -> Option<Whole>| {
        for (at, _) in full.match_indices(' ') {
            longer.entry(&full[..at]).or_default().push((full, whole()));
        }
    };
    for (h, _) in scene.hits.iter().zip(&found.absorbed).filter(|(_, absorbed)| !**absorbed) {
        put(scene.slice(h.span), &|| of_hit(scene, h));
    }
    for m in &found.mentions {
        put(scene.slice(m.span), &|| Some(Whole { name: m.name.clone(), kind: m.kind, same_as: m.same_as }));
    }
    longer
}

/// The one house of the article whose name begins with these words, and goes on with plain ones.
fn whole_of(scene: &Scene, longer: &Longer, words: &str, kind: EntityKind) -> Option<Whole> {
    let plc = [" plc", " PLC", " Inc", ", Inc", " Corp"];
    let mut one: Option<(&str, Whole)> = None;
    for (full, whole) in longer.get(words)? {
        let rest = &full[words.len() + 1..];
        // Acme Card, beside Acme Labs
        if kind == EntityKind::Company && whole.as_ref().is_some_and(|w| w.kind == EntityKind::Product) {
            continue;
        }
        let whole = whole.clone().filter(|w| !matches!(w.kind, EntityKind::Product | EntityKind::Person))?;
        if one.as_ref().is_some_and(|(f, w)| *f != *full && w.name != whole.name) {
            return None;
        }
        let plain = |w: &str| {
            scene.words.latin_company.has(w)
                || scene.words.latin_organization.has(w)
                || scene.lexicon.is_common(w)
                || scene.lexicon.is_generic(w)
        };
        if !rest.split(' ').all(|w| plain(w) && !scene.is_place(w) && !scene.words.nationalities.has(w)) {
            return None;
        }
        // Orbis, a product, has the Orbis Foundation
        let last = rest.rsplit(' ').next().unwrap_or_default();
        if matches!(kind, EntityKind::Product | EntityKind::Person) && !scene.words.latin_company.has(last) {
            return None;
        }
        // Acme plc has Acme Ventures
        let venture = ["Ventures", "Foundation", "Labs", "Studio", "Studios", "Research"].contains(&rest);
        let apart = || plc.iter().any(|p| scene.text.contains(&format!("{words}{p}")));
        if venture && apart() {
            return None;
        }
        one = Some((full, whole));
    }
    one.map(|(_, w)| w)
}

/// The short forms that brackets give a name which ends at `at`: `(ADX)`, `(“Acme” or the “Company”)`.
pub(super) fn defined<'a>(scene: &Scene<'a>, full: &str, at: u32) -> Vec<&'a str> {
    let mut after = &scene.text[at as usize..];
    while let Some(rest) = find::behind(after, &TAILS) {
        after = rest;
    }
    let Some(inner) = after.strip_prefix(" (").and_then(|a| {
        let near = &a[..(0..=a.len().min(48)).rev().find(|&i| a.is_char_boundary(i)).unwrap_or(0)];
        near.find(')').map(|end| &near[..end])
    }) else {
        return Vec::new();
    };
    inner
        .split([',', ';'])
        .flat_map(|p| p.split(" or "))
        .filter_map(|part| {
            let bare = part.trim().trim_start_matches("the ").trim_start_matches("The ");
            let form = bare.trim_matches(['“', '”', '"', '\'', '‘', '’', ' ', '*']);
            let quoted = form.len() < bare.len();
            if let Some(code) = ticker(form) {
                return Some(code);
            }
            (is_acronym(form, full) || quoted && is_head(form, full)).then_some(form)
        })
        .collect()
}

/// Whether capitals stand for the words of a name.
fn is_acronym(form: &str, full: &str) -> bool {
    if !(2..=8).contains(&form.len())
        || !form.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        || !form.starts_with(|c: char| c.is_ascii_uppercase())
        || matches!(form, "AI" | "US" | "UK" | "EU" | "IT")
        || full == form
        || full.bytes().filter(u8::is_ascii_uppercase).count() < 2
    {
        return false;
    }
    // each capital begins a word or stands in one, in order
    let mut letters = full.bytes().filter(u8::is_ascii_alphanumeric);
    let first = full.as_bytes().first().is_some_and(|b| b.eq_ignore_ascii_case(&form.as_bytes()[0]));
    first && form.bytes().all(|f| letters.any(|l| l.eq_ignore_ascii_case(&f)))
}

/// Whether a form is the first words of a name.
fn is_head(form: &str, full: &str) -> bool {
    form.len() >= 3 && full.len() > form.len() && full.starts_with(form) && {
        let next = full.as_bytes()[form.len()];
        !next.is_ascii_alphanumeric() || next.is_ascii_uppercase()
    }
}
