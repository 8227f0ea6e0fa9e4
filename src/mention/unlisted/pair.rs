//! One entity under two names, the second in brackets: `跃然创新（Haivivi）`, `Butterfly Effect（蝴蝶效应）`.

use super::words::is_han;
use super::{Found, Scene, spread};
use crate::find;
use crate::mention::listed::Hit;
use crate::mention::{How, NewMention};
use crate::schema::EntityKind;
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Makes the name in brackets and the one before them one entity.
pub(super) fn join(scene: &Scene, found: &mut Found) {
    let ends: FxHashMap<u32, usize> = found.mentions.iter().enumerate().map(|(i, m)| (m.span.end, i)).collect();
    // (name, kind) of an unlisted entity → the listed hit or the unlisted entity that it is
    let mut hits: FxHashMap<(String, EntityKind), Span> = FxHashMap::default();
    let mut names: FxHashMap<(String, EntityKind), (String, EntityKind)> = FxHashMap::default();
    for m in &found.mentions {
        let before = scene.before(m.span);
        let Some(open) = before.strip_suffix(['（', '(']).map(|b| b.trim_end_matches(['”', '》', ' '])) else {
            continue;
        };
        if !scene.after(m.span).starts_with(['）', ')', '，', ',', '、', '；']) {
            continue;
        }
        let at = open.len();
        let key = (m.name.clone(), m.kind);
        if let Some(hit) = scene.hit_ending(at) {
            if scripts_differ(scene.slice(hit.span), scene.slice(m.span)) && fits(scene.kind_of(hit), m.kind) {
                hits.entry(key).or_insert(hit.span);
            }
        } else if let Some(&i) = ends.get(&(at as u32)) {
            let first = &found.mentions[i];
            if scripts_differ(scene.slice(first.span), scene.slice(m.span)) {
                let person = m.kind == EntityKind::Person;
                let kind = if person { m.kind } else { first.kind };
                names.entry(key).or_insert((first.name.clone(), kind));
                if person && first.kind != m.kind {
                    let wrong = (first.name.clone(), first.kind);
                    names.entry(wrong).or_insert((first.name.clone(), m.kind));
                }
            }
        }
    }
    for (i, m) in found.mentions.iter().enumerate() {
        // an unlisted name with a listed one in brackets
        let after = scene.after(m.span).trim_start_matches(['”', '》', ' ']);
        if let Some(inner) = after.strip_prefix(['（', '(']) {
            let at = scene.text.len() - inner.len();
            if let Some(hit) = scene.hit_starting(at)
                && scene.after(hit.span).starts_with(['）', ')'])
                && !found.absorbed[scene.hit_from(at)]
                && scripts_differ(scene.slice(hit.span), scene.slice(m.span))
                && scene.kind_of(hit) == Some(found.mentions[i].kind)
            {
                hits.entry((m.name.clone(), m.kind)).or_insert(hit.span);
            }
        }
    }
    if hits.is_empty() && names.is_empty() {
        return;
    }
    for m in &mut found.mentions {
        let key = (m.name.clone(), m.kind);
        if let Some(span) = hits.get(&key) {
            m.same_as = Some(*span);
        } else if let Some(to) = names.get(&key) {
            (m.name, m.kind) = to.clone();
        }
    }
}

/// What a firm's name may carry or lack: `Bentley Systems Inc`, `Lovart AI`.
const SUFFIXES: &[&str] = &[
    " AI",
    " Inc",
    " Corp",
    " Corporation",
    " Ltd",
    " Limited",
    " LLC",
    " PLC",
    " Group",
    " Company",
    ".ai",
    ".com",
    ".io",
    ".co",
    ".org",
    ".net",
    "公司",
    "集团",
];

/// Those of them that only a firm carries.
const FORMS: [&str; 7] = [" Inc", " Corp", " Corporation", " Ltd", " Limited", " LLC", " PLC"];

/// Makes a name and the same with a suffix one entity, where the article has both.
pub(super) fn without_suffix(scene: &Scene, found: &mut Found) {
    let bare = |name: &str| SUFFIXES.iter().find_map(|s| name.strip_suffix(s).map(str::len)).filter(|&n| n >= 3);
    if !found.mentions.iter().any(|m| m.kind != EntityKind::Person && bare(&m.name).is_some()) {
        return;
    }
    let known: FxHashMap<String, (EntityKind, Option<Span>)> =
        found.mentions.iter().map(|m| (m.name.clone(), (m.kind, m.same_as))).collect();
    let mut listed: FxHashMap<&str, &Hit> = FxHashMap::default();
    for (hit, absorbed) in scene.hits.iter().zip(&found.absorbed) {
        if !absorbed {
            listed.entry(scene.slice(hit.span)).or_insert(hit);
        }
    }
    let mut firms: FxHashSet<String> = FxHashSet::default();
    for m in &mut found.mentions {
        // Acme AI Inc is Acme AI, which is Acme
        while let Some(len) = bare(&m.name).filter(|_| m.kind != EntityKind::Person && m.same_as.is_none()) {
            let form = FORMS.iter().any(|f| find::ends(&m.name, f));
            let short = &m.name[..len];
            if let Some(&(kind, same_as)) = known.get(short) {
                if kind == EntityKind::Person {
                    break;
                }
                if form && kind == EntityKind::Product {
                    firms.insert(short.to_string());
                    m.name = short.to_string();
                } else {
                    (m.name, m.kind, m.same_as) = (short.to_string(), kind, same_as);
                }
                continue;
            }
            let hit = listed.get(short).copied();
            if let Some(h) = hit.filter(|h| scene.kind_of(h).is_some_and(|k| k != EntityKind::Person)) {
                m.same_as = Some(h.span);
            }
            break;
        }
    }
    for m in found.mentions.iter_mut().filter(|m| m.kind == EntityKind::Product && firms.contains(&m.name)) {
        m.kind = EntityKind::Company;
    }
}

/// Makes a firm's registered name and the short one that it begins with, behind its place, one entity:
/// `上海造衡智能科技有限公司` and 造衡智能.
pub(super) fn registered(scene: &Scene, found: &mut Found) {
    const FORM: &str = "有限公司";
    let firm = |m: &NewMention| m.kind == EntityKind::Company && m.same_as.is_none();
    if !found.mentions.iter().any(|m| firm(m) && m.name.ends_with(FORM)) {
        return;
    }
    let shorts: Vec<String> = found
        .mentions
        .iter()
        .filter(|m| firm(m) && !m.name.ends_with(FORM) && m.name.len() >= 6 && m.name.starts_with(is_han))
        .map(|m| m.name.clone())
        .collect();
    for m in found.mentions.iter_mut().filter(|m| m.name.ends_with(FORM)) {
        let own = behind_place(scene, &m.name);
        let short = shorts.iter().filter(|s| find::starts(own, s) || m.name.starts_with(s.as_str()));
        if let Some(short) = short.max_by_key(|s| s.len()) {
            m.name.clone_from(short);
        }
    }
}

/// A firm's name without the place that it begins with.
pub(super) fn behind_place<'n>(scene: &Scene, name: &'n str) -> &'n str {
    let ends = name.char_indices().skip(2).take(3).map(|(at, _)| at);
    let place = ends.filter(|&at| scene.lexicon.places.contains(&name[..at])).max();
    place.map_or(name, |at| &name[at..])
}

/// Adds the short form in brackets behind a Chinese name, here and wherever it stands: `新加坡国立大学（NUS）`.
pub(super) fn initials(scene: &Scene, found: &mut Found) {
    let mut shorts: Vec<(&str, NewMention)> = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut look = |new: NewMention| {
        let full = scene.slice(new.span);
        let inner = scene.after(new.span).trim_start_matches(['”', '》']).strip_prefix(['（', '(']);
        let Some(inner) = inner.filter(|_| full.ends_with(is_han) && new.kind != EntityKind::Person) else { return };
        let short = &inner[..inner.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count()];
        let fits = (2..=8).contains(&short.len())
            && short.starts_with(|c: char| c.is_ascii_uppercase())
            && short.bytes().filter(u8::is_ascii_uppercase).count() * 2 > short.len()
            && inner[short.len()..].starts_with(['）', ')', '，', ',', '；'])
            && !scene.lexicon.is_generic(short)
            && !scene.lexicon.places.contains(&short.to_lowercase());
        if fits && seen.insert(short) {
            shorts.push((short, new));
        }
    };
    for m in &found.mentions {
        look(m.clone());
    }
    for (hit, _) in scene.hits.iter().zip(&found.absorbed).filter(|(_, absorbed)| !**absorbed) {
        if let Some(kind) = scene.kind_of(hit) {
            look(NewMention { span: hit.span, name: String::new(), kind, how: How::Short, same_as: Some(hit.span) });
        }
    }
    if shorts.is_empty() {
        return;
    }
    let mut own: FxHashMap<&str, &NewMention> = FxHashMap::default();
    own.extend(shorts.iter().map(|(short, full)| (*short, full)));
    for m in &mut found.mentions {
        if let Some(full) = own.get(scene.slice(m.span)) {
            (m.name, m.kind, m.same_as) = (full.name.clone(), full.kind, full.same_as);
        }
    }
    let mut taken: Vec<Span> = found.mentions.iter().map(|m| m.span).collect();
    taken.sort_unstable();
    let forms: Vec<&str> = shorts.iter().map(|s| s.0).collect();
    for (i, at) in spread::occurrences(scene.text, &forms) {
        let (short, full) = &shorts[i];
        let span = Span::new(at, at + short.len());
        let next = taken.partition_point(|s| s.end <= span.start);
        let free = taken.get(next).is_none_or(|s| s.start >= span.end);
        if free && scene.is_free(span) && scene.is_whole(span) {
            found.mentions.push(NewMention { span, how: How::Short, ..full.clone() });
        }
    }
}

/// Makes the plural of a listed product that product: `AirTags`.
pub(super) fn plural(scene: &Scene, found: &mut Found) {
    let mut products: FxHashMap<&str, Span> = FxHashMap::default();
    for (hit, absorbed) in scene.hits.iter().zip(&found.absorbed) {
        if !absorbed && scene.kind_of(hit) == Some(EntityKind::Product) {
            products.entry(scene.slice(hit.span)).or_insert(hit.span);
        }
    }
    for m in found.mentions.iter_mut().filter(|m| m.same_as.is_none() && m.name.is_ascii()) {
        let single = m.name.strip_suffix('s').filter(|s| s.len() >= 3);
        m.same_as = single.and_then(|s| products.get(s)).copied();
    }
}

fn scripts_differ(a: &str, b: &str) -> bool {
    a.contains(is_han) != b.contains(is_han)
}

/// A person is no company; the other kinds are told apart too poorly to part two names over.
fn fits(listed: Option<EntityKind>, unlisted: EntityKind) -> bool {
    listed.is_none_or(|l| {
        (l == EntityKind::Person) == (unlisted == EntityKind::Person) || unlisted == EntityKind::Product
    })
}
