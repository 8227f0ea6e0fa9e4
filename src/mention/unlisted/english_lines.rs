//! English lines whose make-up tells the names in them: who speaks (`Presented by Jane Okoye, Chief Executive`), who is
//! appointed (`Acme Names Jane Okoye as CFO`), whom to write to, and the items of a list of products (`Deal Desk: Helps
//! sellers price`).

use super::english_frame::{last_word, legal_form};
use super::shape::{is_name_word, is_quantity, strength};
use super::{Candidate, Found, Scene};
use crate::article::{Block, BlockKind};
use crate::find;
use crate::mention::NewMention;
use crate::schema::EntityKind;
use crate::span::Span;
use rustc_hash::FxHashSet;

/// Persons in lines of title case: those that a role follows.
pub(super) fn speakers(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    if words.len() > 300 {
        return;
    }
    for (at, _) in words.match_indices(", ") {
        if !is_role(scene, &words[at + 2..]) {
            continue;
        }
        let Some(start) = name_before(scene, &words[..at]) else { continue };
        let lead = words[..start].trim_end_matches(' ');
        let by = ["by", "and", "with", "&", "—", "–", "-", "”", ",", ":"].iter().any(|l| find::ends(lead, l));
        if lead.is_empty() || by {
            put(scene, block, (start, at), lead.ends_with("by"), out);
        }
    }
}

/// Whether a role begins here: `Chief Revenue Officer`, `Acme's Product Manager`.
fn is_role(scene: &Scene, text: &str) -> bool {
    let role = |t: &str| scene.words.english_roles.at_start_word(t) || is_job(t);
    let house = text.find(['’', '\'']).filter(|&i| i < 32 && !text[..i].contains(','));
    role(text)
        || house.is_some_and(|i| {
            let rest = text[i..].trim_start_matches(['’', '\'']);
            rest.strip_prefix("s ").or_else(|| rest.strip_prefix(' ')).is_some_and(role)
        })
}

/// `Product Marketing Manager`, `Creator`: a title by its last word, in capitals.
fn is_job(text: &str) -> bool {
    const JOBS: [&str; 10] = [
        "Manager",
        "Director",
        "Officer",
        "Engineer",
        "President",
        "Creator",
        "Scientist",
        "Architect",
        "Executive",
        "Strategist",
    ];
    let title = &text[..text.find([',', '.', '\n', ';', '(']).unwrap_or(text.len())];
    let mut capitals = title.split(' ').take_while(|w| w.starts_with(|c: char| c.is_ascii_uppercase() || c == '&'));
    capitals.by_ref().take(6).any(|w| JOBS.contains(&w))
}

/// Where a person's name of two words or three that ends `text` starts.
fn name_before(scene: &Scene, text: &str) -> Option<usize> {
    let mut start = text.len();
    let mut count = 0;
    while count < 3 {
        let rest = if count == 0 { text } else { text[..start].strip_suffix(' ')? };
        let word = &rest[rest
            .rfind([' ', '\n', '\u{2028}', ':', '(', '“'])
            .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8))..];
        if !is_person_word(scene, word) {
            break;
        }
        start = rest.len() - word.len();
        count += 1;
        if start == 0 || !text[..start].ends_with(' ') {
            break;
        }
    }
    (count >= 2).then_some(start)
}

/// Whether a word may be of a person's name, which no firm's or body's word is.
fn is_person_word(scene: &Scene, w: &str) -> bool {
    let known = [
        &scene.words.latin_company,
        &scene.words.latin_organization,
        &scene.words.english_roles,
        &scene.words.headline_verbs,
        &scene.words.english_openers,
        &scene.words.latin_roles,
    ];
    is_name_word(w)
        && w.starts_with(|c: char| c.is_uppercase())
        && !known.iter().any(|set| set.has(w))
        && !(w.len() > 3 && scene.lexicon.is_generic(w) && !scene.lexicon.given_names.contains(&w.to_lowercase()))
}

/// `sure`: plain words may be the name (Rush Hart).
fn put(scene: &Scene, block: &Block, place: (usize, usize), sure: bool, out: &mut Vec<Candidate>) {
    let at = block.span.start as usize;
    let span = Span::new(at + place.0, at + place.1);
    let name = scene.slice(span);
    let plain = !sure
        && name.split(' ').all(|w| scene.lexicon.is_common(w))
        && !scene.lexicon.given_names.contains(&name.split(' ').next().unwrap_or_default().to_lowercase());
    if scene.is_free(span) && !scene.is_place(name) && !plain {
        let hint = Some((EntityKind::Person, 6));
        out.push(Candidate { span, points: 2, hint, cue: "english line", spreads: true });
    }
}

/// `Acme Appoints Jane Okoye as CTO`, `has named Jane Okoye its chief executive`.
pub(super) fn appointed(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    const VERBS: [&str; 38] = [
        "Appoints",
        "Names",
        "Promotes",
        "Hires",
        "Taps",
        "Elects",
        "Welcomes",
        "Elevates",
        "Adds",
        "Recruits",
        "Appointed",
        "Promoted",
        "Named",
        "Announces",
        "appoints",
        "names",
        "promotes",
        "hires",
        "taps",
        "elects",
        "welcomes",
        "elevates",
        "appointed",
        "named",
        "promoted",
        "hired",
        "tapped",
        "elected",
        "welcomed",
        "elevated",
        "recruited",
        "appointing",
        "naming",
        "promoting",
        "appointment of",
        "hiring of",
        "promotion of",
        "Appointment of",
    ];
    let mut at = 0;
    while let Some(space) = words[at..].find(' ').map(|i| at + i) {
        at = space + 1;
        let lead = &words[..space];
        let verb = VERBS.iter().any(|v| {
            lead.strip_suffix(v)
                .is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '’' | '\'')))
        });
        if !verb {
            continue;
        }
        let mut end = at;
        let mut count = 0;
        while count < 4 {
            let from = if count == 0 { at } else { end + 1 };
            let word = &words[from.min(words.len())..];
            let word = &word[..word.find([' ', ',', '\n', ';', ':', '(']).unwrap_or(word.len())];
            if word.is_empty() || !is_person_word(scene, word) {
                break;
            }
            end = from + word.len();
            count += 1;
            if !words[end..].starts_with(' ') {
                break;
            }
        }
        if !(2..=3).contains(&count) {
            continue;
        }
        let rest = words[end..].trim_start_matches([',', ' ']);
        let lead = ["as its ", "as the ", "as an ", "as a ", "as ", "to the ", "to ", "its ", "the ", "their "];
        let role = lead.iter().find_map(|l| rest.strip_prefix(l)).unwrap_or(rest);
        let role = ["new ", "next ", "first ", "interim "].iter().find_map(|l| role.strip_prefix(l)).unwrap_or(role);
        if words[end..].starts_with([' ', ',']) && is_role(scene, role) {
            put(scene, block, (at, end), false, out);
        }
    }
}

/// `Contact Details Jane Okoye +1 555`, `Media Contact: Jane Okoye`: who can be written to.
pub(super) fn contacts(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    const LABELS: [&str; 8] = [
        "Contact Details",
        "Media Contact:",
        "Press Contact:",
        "Contact:",
        "Contacts:",
        "Media contact:",
        "Press contact:",
        "Media Contact",
    ];
    for label in LABELS {
        for (i, _) in words.match_indices(label) {
            let from = i + label.len();
            let start = words.len() - words[from..].trim_start_matches([' ', ':', '\u{2028}', '\n']).len();
            let name = &words[start..];
            let mut ends =
                name.char_indices().filter(|(_, c)| !(c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.')));
            let (Some((first, gap)), second) = (ends.next(), ends.next()) else { continue };
            let mut end = second.map_or(name.len(), |s| s.0);
            // Jane OkoyeInvestor Relations
            let last = &name[first + gap.len_utf8()..end.max(first + gap.len_utf8())];
            if let Some(cut) = glued_role(last) {
                end = first + gap.len_utf8() + cut;
            }
            let (one, two) = (&name[..first], &name[(first + gap.len_utf8()).min(end)..end]);
            // Kite Hill PR
            let more = name[end..].strip_prefix(' ').unwrap_or("");
            let goes_on = more.starts_with(|c: char| c.is_ascii_uppercase())
                && !scene.lexicon.given_names.contains(&one.to_lowercase());
            if gap == ' ' && !goes_on && two.len() >= 2 && [one, two].iter().all(|w| is_person_word(scene, w)) {
                put(scene, block, (start, start + end), true, out);
            }
        }
    }
}

/// Gives a firm its legal form where the article has it with no other: `Reindeer Hauling, LLC`.
pub(super) fn with_form(scene: &Scene, found: &mut Found) {
    let form = |m: &NewMention| legal_form(scene.after(m.span)).map_or(0, str::len) as u32;
    let bare: FxHashSet<String> = found.mentions.iter().filter(|m| form(m) == 0).map(|m| m.name.clone()).collect();
    for m in found.mentions.iter_mut().filter(|m| m.kind == EntityKind::Company && m.same_as.is_none()) {
        let more = form(m);
        if more > 0 && !bare.contains(&m.name) {
            m.span.end += more;
            m.name = scene.slice(m.span).to_string();
        }
    }
}

/// Who does something in a headline, where the text has it as well: `Tern Harbour Unveils E-Bike`.
pub(super) fn headline(scene: &Scene, block: &Block, words: &str, out: &mut Vec<Candidate>) {
    let mut at = 0;
    let verb = words.split(' ').find_map(|w| {
        let start = at;
        at += w.len() + 1;
        scene.words.headline_company_verbs.has(w).then_some((start, w))
    });
    let Some((end, verb)) = verb.filter(|v| v.0 > 2) else { return };
    let rest = words[end + verb.len()..].trim_start();
    // Quandora Launches in May: a product that comes out
    if ["in ", "on ", "at ", "today", "with ", "for ", "to ", "as "].iter().any(|w| find::starts(rest, w))
        || rest.is_empty()
    {
        return;
    }
    let mut from = 0;
    for name in words[..end - 1].split(" and ") {
        let start = from;
        from += name.len() + " and ".len();
        let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let first = name.split(' ').next().unwrap_or_default();
        let count = name.split(' ').count();
        let plain = name.split(' ').any(|w| {
            scene.words.english_openers.has(w) || scene.words.english_roles.has(w) || scene.words.headline_verbs.has(w)
        });
        let person = count == 2 && scene.lexicon.given_names.contains(&first.to_lowercase());
        let dull = count == 1 && (scene.lexicon.is_common(name) || strength(scene, name) < 3)
            || scene.lexicon.is_generic(name)
            || scene.is_place(name)
            || scene.words.nationalities.has(first);
        let span = Span::new(block.span.start as usize + start, block.span.start as usize + start + name.len());
        let shaped = (1..=4).contains(&count) && name.split(' ').all(capital) && !name.contains([',', ':', '’', '\'']);
        // it stands in the text with no capital behind it
        let told = || {
            let body = &scene.text[block.span.end as usize..];
            memchr::memmem::find_iter(body.as_bytes(), name).any(|i| {
                let here = Span::new(block.span.end as usize + i, block.span.end as usize + i + name.len());
                let next = scene.after(here).strip_prefix(' ').unwrap_or("");
                scene.is_whole(here) && !next.starts_with(|c: char| c.is_ascii_uppercase())
            })
        };
        if shaped && !plain && !person && !dull && scene.is_free(span) && told() {
            let hint = Some((EntityKind::Company, 3));
            out.push(Candidate { span, points: 2, hint, cue: "headline", spreads: true });
        }
    }
}

/// Where a role is glued to the word before it: `OkoyeInvestor`, `OkoyeChief`.
pub(super) fn glued_role(w: &str) -> Option<usize> {
    const ROLES: [&str; 14] = [
        "Chief",
        "Investor",
        "President",
        "Vice",
        "Director",
        "Manager",
        "Media",
        "Press",
        "CEO",
        "Founder",
        "Senior",
        "Head",
        "Public",
        "Marketing",
    ];
    ROLES
        .iter()
        .find_map(|r| w.strip_suffix(r))
        .filter(|head| head.len() >= 3 && head.ends_with(|c: char| c.is_ascii_lowercase()))
        .map(str::len)
}

/// The items of a list that its lead says are products: `Its product suite includes:`, then `Deal Desk: Helps sellers`.
pub(super) fn products(scene: &Scene, blocks: &[Block], out: &mut Vec<Candidate>) {
    let mut i = 0;
    while i < blocks.len() {
        let from = i;
        while i < blocks.len() && blocks[i].kind == BlockKind::ListItem {
            i += 1;
        }
        if from == i {
            i += 1;
            continue;
        }
        let Some(lead) = from.checked_sub(1).map(|b| scene.slice(blocks[b].span).trim_end()) else { continue };
        if !leads_products(scene, lead) {
            continue;
        }
        let names: Vec<Span> = blocks[from..i].iter().filter_map(|b| item(scene, b)).collect();
        if names.len() < 2 || names.len() * 3 < (i - from) * 2 {
            continue;
        }
        for span in names {
            let hint = Some((EntityKind::Product, 4));
            out.push(Candidate { span, points: 3, hint, cue: "product list", spreads: true });
        }
    }
}

/// Whether a list's lead names what follows as products, and not as what one of them does.
fn leads_products(scene: &Scene, lead: &str) -> bool {
    let Some(lead) = lead.strip_suffix(':') else { return false };
    let last = &lead[lead.rfind(['.', '!', '?', '\n']).map_or(0, |i| i + 1)..];
    const PLAIN: [&str; 18] = [
        "features",
        "feature",
        "benefits",
        "capabilities",
        "highlights",
        "reasons",
        "steps",
        "functions",
        "areas",
        "ways",
        "advantages",
        "use cases",
        "improvements",
        "components",
        "to:",
        "because",
        "enables",
        "allows",
    ];
    const THINGS: [&str; 13] = [
        "suite",
        "products",
        "tools",
        "apps",
        "applications",
        "copilots",
        "agents",
        "solutions",
        "platforms",
        "modules",
        "offerings",
        "models",
        "assistants",
    ];
    let words = || last.split([' ', ',', '-', '(', ')']);
    // three tools to help teams:
    let aim = THINGS.iter().any(|t| last.contains(&format!("{t} to ")));
    words().any(|w| THINGS.contains(&w))
        && !words().any(|w| PLAIN.contains(&w))
        && !aim
        && !last.trim_end().ends_with(" to")
        && !scene.lexicon.is_generic(last)
}

/// The name with which an item begins, before its mark and a sentence on it.
fn item(scene: &Scene, block: &Block) -> Option<Span> {
    let words = scene.slice(block.span);
    let (at, mark) = [": ", " – ", " — ", " - "].iter().filter_map(|m| words.find(m).map(|at| (at, *m))).min()?;
    let name = words[..at].trim_end_matches(['®', '™']);
    let count = name.split(' ').count();
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let linked = |w: &str| matches!(w, "of" | "for" | "and" | "&" | "to" | "by" | "with" | "the");
    let shaped = name.split(' ').all(|w| capital(w) || linked(w)) && capital(name);
    let strong = name.split(' ').any(|w| strength(scene, w) >= 3);
    let gerund = name.split(' ').next().is_some_and(|w| w.ends_with("ing"));
    let fits = shaped
        && ((2..=6).contains(&count) || count == 1 && strong)
        && (!gerund || strong)
        && !name.contains([',', '(', ':', '$', '%'])
        && !is_quantity(last_word(name))
        && !scene.lexicon.is_generic(name)
        && words[at + mark.len()..].split(' ').count() >= 5;
    let start = block.span.start as usize;
    fits.then(|| Span::new(start, start + name.len()))
}
