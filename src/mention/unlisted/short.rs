//! Later, shorter forms of a name that the article gives in full: the surname of a foreign name, a firm's
//! name without its suffix.

use super::alias;
use super::shape::{is_name_word, strength};
use super::words::is_han;
use super::{Found, Scene, spread};
use crate::find;
use crate::mention::listed::What;
use crate::mention::{How, NewMention};
use crate::schema::EntityKind;
use crate::span::Span;
use memchr::memmem;
use rustc_hash::FxHashSet;

/// A short form to look for.
struct Short<'a> {
    form: &'a str,
    name: String,
    kind: EntityKind,
    same_as: Option<Span>,
}

pub(super) fn add(scene: &Scene, found: &mut Found) {
    let english = super::english::is_english(scene.text);
    let mut shorts: Vec<Short> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut put = |form, name: &str, kind, same_as| {
        if seen.insert(form) {
            shorts.push(Short { form, name: name.to_string(), kind, same_as });
        }
    };
    for m in &found.mentions {
        let full = scene.slice(m.span);
        if m.kind != EntityKind::Person && full.is_ascii() {
            for form in alias::defined(scene, full, m.span.end) {
                put(form, &m.name, m.kind, m.same_as);
            }
        }
        match m.kind {
            EntityKind::Person => {
                for form in parts(scene, full, english) {
                    put(form, &m.name, m.kind, m.same_as);
                }
            }
            EntityKind::Company => {
                let head = if english { firm_head(scene, full).or_else(|| plain_head(scene, full)) } else { None };
                if let Some(form) = without_suffix(scene, full).or(head) {
                    put(form, &m.name, m.kind, m.same_as);
                }
                // 山东招衡集团有限公司: 招衡集团
                let short = full.strip_suffix("有限公司").map(|f| f.strip_suffix("股份").unwrap_or(f));
                let short = short.map(|f| super::pair::behind_place(scene, f)).filter(|f| f.chars().count() >= 4);
                if let Some(form) = short {
                    put(form, &m.name, m.kind, m.same_as);
                }
            }
            _ => {}
        }
    }
    for (i, h) in scene.hits.iter().enumerate() {
        let listed = matches!(h.what, What::Listed(_)) && !found.absorbed[i];
        if listed && scene.kind_of(h) == Some(EntityKind::Person) {
            for form in parts(scene, scene.slice(h.span), english) {
                put(form, "", EntityKind::Person, Some(h.span));
            }
        } else if listed && scene.slice(h.span).is_ascii() {
            for form in alias::defined(scene, scene.slice(h.span), h.span.end) {
                put(form, "", scene.kind_of(h).unwrap_or(EntityKind::Company), Some(h.span));
            }
        }
    }
    if shorts.is_empty() {
        return;
    }
    let mut taken: Vec<Span> = found.mentions.iter().map(|m| m.span).collect();
    taken.sort_unstable();
    let mut new = Vec::new();
    let forms: Vec<&str> = shorts.iter().map(|s| s.form).collect();
    for (i, at) in spread::occurrences(scene.text, &forms) {
        let short = &shorts[i];
        let span = Span::new(at, at + short.form.len());
        let free = scene.is_free(span) && {
            let i = taken.partition_point(|s| s.end <= span.start);
            taken.get(i).is_none_or(|s| s.start >= span.end)
        };
        if free && scene.is_whole(span) {
            new.push(NewMention {
                span,
                name: short.name.clone(),
                kind: short.kind,
                how: How::Short,
                same_as: short.same_as,
            });
        }
    }
    new.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut end = 0;
    for m in new {
        if m.span.start >= end {
            end = m.span.end;
            found.mentions.push(m);
        }
    }
}

/// The surname and first name of a foreign person, when they stand for the person alone.
fn parts<'a>(scene: &Scene, full: &'a str, english: bool) -> Vec<&'a str> {
    let mut out = Vec::new();
    if full.contains(is_han) {
        if let Some((_, last)) = full.rsplit_once(['·', '・', '•', '‧'])
            && last.chars().count() >= 2
            && !scene.lexicon.is_common(last)
        {
            out.push(last);
        }
        return out;
    }
    let words: Vec<&str> = full.split(' ').collect();
    if words.len() >= 2 && words.iter().all(|w| is_name_word(w)) {
        for w in [words[words.len() - 1], words[0]] {
            let plain = scene.lexicon.is_common(w) || scene.lexicon.is_generic(w);
            if w.len() >= 3 && !plain || english && w.len() >= 2 && is_nickname(scene, w, w == words[0]) {
                out.push(w);
            }
        }
    }
    out
}

/// Whether an English name that is a common word too stands for its bearer: a given name that opens no sentence as
/// a word, or a surname beside a verb of saying.
fn is_nickname(scene: &Scene, w: &str, first: bool) -> bool {
    if scene.words.english_openers.has(w) || scene.words.nationalities.has(w) || scene.is_place(w) {
        return false;
    }
    if first {
        return scene.lexicon.given_names.contains(&w.to_lowercase());
    }
    // Hart, where the article has no hart
    let lower = w.to_lowercase();
    let plain = || {
        memmem::find_iter(scene.text.as_bytes(), lower.as_str())
            .any(|at| scene.is_whole(Span::new(at, at + lower.len())))
    };
    if w.len() >= 4 && !scene.lexicon.is_generic(w) && !plain() {
        return true;
    }
    memmem::find_iter(scene.text.as_bytes(), w).any(|at| {
        let span = Span::new(at, at + w.len());
        let after = scene.after(span);
        scene.is_whole(span)
            && ([" said", " says", " told", " added", " explained", " noted"].iter().any(|v| find::starts(after, v))
                || ["said ", "says ", "added ", "Mr. ", "Ms. ", "Mrs. ", "Dr. "]
                    .iter()
                    .any(|v| scene.before(span).ends_with(v)))
    })
}

/// `Norvane Capital Management` → `Norvane`: the words before those that any firm may have.
fn firm_head<'a>(scene: &Scene, full: &'a str) -> Option<&'a str> {
    let plain = |w: &str| scene.words.latin_company.has(w) || matches!(w, "and" | "&");
    let mut head = full;
    while let Some((rest, last)) = head.rsplit_once(' ') {
        if !plain(last.trim_end_matches([',', '.'])) {
            break;
        }
        head = rest.trim_end_matches(',');
    }
    let first = head.split(' ').next().unwrap_or_default();
    let person = !head.contains(' ') && scene.lexicon.given_names.contains(&head.to_lowercase());
    (head.len() < full.len()
        && head.len() >= 4
        && strength(scene, first) >= 3
        && !person
        && !scene.lexicon.is_generic(head)
        && !scene.is_place(head))
    .then_some(head)
}

/// What stands behind a firm's short name at the head of a sentence.
const OPENS: [&str; 26] = [
    "'s ",
    "’s ",
    " said",
    " says",
    " has ",
    " had ",
    " is ",
    " was ",
    " will ",
    " plans ",
    " also ",
    " raised ",
    " counts ",
    " employs ",
    " makes ",
    " sells ",
    " offers ",
    " announced ",
    " declined ",
    " launched ",
    " expects ",
    ", which ",
    ", based ",
    ", founded ",
    ", backed ",
    ", owned ",
];

/// `Little Spoon Bakery` → `Little Spoon`, where the article has those plain words as a name and no other way.
fn plain_head<'a>(scene: &Scene, full: &'a str) -> Option<&'a str> {
    let (head, last) = full.rsplit_once(' ')?;
    let head = if scene.words.latin_company.has(last) || !head.contains(' ') { head } else { return None };
    let single = !head.contains(' ');
    if head.len() < 5
        || scene.lexicon.is_generic(head)
        || scene.is_place(head)
        || scene.words.nationalities.has(head)
        || scene.words.english_openers.has(head)
        || single && scene.lexicon.given_names.contains(&head.to_lowercase())
        || head.split(' ').any(|w| matches!(w, "The" | "First" | "American" | "National" | "United"))
    {
        return None;
    }
    let lower = head.to_lowercase();
    // in an address it says nothing
    let plain = memmem::find_iter(scene.text.as_bytes(), lower.as_str()).any(|at| {
        let (span, tail) = (Span::new(at, at + lower.len()), &scene.text[at + lower.len()..]);
        let site = scene.before(span).ends_with(['.', '/', '@'])
            || tail.strip_prefix('.').is_some_and(|t| t.starts_with(|c: char| c.is_ascii_alphanumeric()));
        scene.is_whole(span) && !site
    });
    // it stands alone inside a sentence, or has something
    let alone = memmem::find_iter(scene.text.as_bytes(), head).any(|at| {
        let span = Span::new(at, at + head.len());
        let (before, after) = (scene.before(span), scene.after(span));
        let next = after.strip_prefix(' ').unwrap_or("");
        scene.is_whole(span)
            && !next.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '&')
            && (before.strip_suffix(' ').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_lowercase() || c == ','))
                || OPENS.iter().any(|m| find::starts(after, m)))
    });
    (!plain && alone).then_some(head)
}

/// `千寻智能` → `千寻`.
fn without_suffix<'a>(scene: &Scene, full: &'a str) -> Option<&'a str> {
    let w = scene.words;
    let suffix = w.company_suffixes.at_end(full).or_else(|| w.company_suffixes_weak.at_end(full))?;
    let form = &full[..full.len() - suffix.len()];
    // 北京智源科技: the place before the name is no part of the short form
    let place = (2..=4)
        .rev()
        .filter_map(|n| form.char_indices().nth(n))
        .find(|&(end, _)| form.len() > end + 3 && scene.lexicon.places.contains(&form[..end]));
    let form = place.map_or(form, |(end, _)| &form[end..]);
    (form.chars().count() >= 2
        && !scene.lexicon.is_common(form)
        && !scene.lexicon.places.contains(form)
        && !w.generic_prefixes.has(form))
    .then_some(form)
}
