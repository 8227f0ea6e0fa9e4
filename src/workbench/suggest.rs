//! Which names would bring most if an entry had them, and of what listed entity they may be another name.

use super::{Survey, Unlisted};
use crate::dictionary::{Dictionary, EntityId, fold};
use crate::schema::EntityKind;

/// A name to add.
#[derive(Clone, Debug)]
pub struct Suggestion<'s> {
    /// As written most often.
    pub name: &'s str,
    /// Most likely kind.
    pub kind: EntityKind,
    /// How sure the kind is, 0 to 1.
    pub sure: f64,
    /// What adding it would bring: mentions × articles × sureness.
    pub gain: f64,
    /// Its mentions.
    pub seen: &'s Unlisted,
    /// The listed entity of which it seems to be another name, and why.
    pub alias_of: Option<(EntityId, &'static str)>,
}

/// The names of a corpus to add, those that bring most first.
pub fn suggest<'s>(survey: &'s Survey, dictionary: &Dictionary, limit: usize) -> Vec<Suggestion<'s>> {
    let mut found: Vec<Suggestion> = Vec::new();
    for seen in survey.unlisted.values() {
        let name = seen.name();
        if !is_worth(name, dictionary) {
            continue;
        }
        let (kind, sure) = seen.kind();
        let gain = seen.mentions as f64 * seen.articles as f64 * sure;
        found.push(Suggestion { name, kind, sure, gain, seen, alias_of: None });
    }
    found.sort_by(|a, b| b.gain.total_cmp(&a.gain).then_with(|| a.name.cmp(b.name)));
    found.truncate(limit);
    let names = Names::new(dictionary);
    for s in &mut found {
        s.alias_of = names.like(s);
    }
    found
}

/// Whether a name could be an entry: no word, no number, not known with conditions already.
fn is_worth(name: &str, dictionary: &Dictionary) -> bool {
    let lexicon = &dictionary.lexicon;
    name.chars().count() > 1
        && !name.chars().all(|c| c.is_ascii_digit() || c.is_ascii_punctuation())
        && !lexicon.is_generic(name)
        && !lexicon.is_common(name)
        && !lexicon.places.contains(&name.to_lowercase())
        && dictionary.index.find(name).is_empty()
}

/// Endings that make a firm's fuller name of its short one.
const ENDINGS: &[&str] = &[
    "集团",
    "公司",
    "科技",
    "股份",
    "控股",
    "有限公司",
    "科技集团",
    "科技公司",
    "inc",
    "inc.",
    "corp",
    "corp.",
    "corporation",
    "ltd",
    "ltd.",
    "company",
    "technologies",
    "technology",
    "group",
    "holdings",
    "ai",
    "labs",
    "lab",
];

/// The folded names of the dictionary.
struct Names<'d> {
    dictionary: &'d Dictionary,
    all: Vec<(String, EntityId)>,
}

impl<'d> Names<'d> {
    fn new(dictionary: &'d Dictionary) -> Names<'d> {
        let index = &dictionary.index;
        let names = (0..index.len() as u32).filter_map(|n| index.name(n).entity.map(|e| (fold(index.text(n)), e)));
        Names { dictionary, all: names.collect() }
    }

    /// The entity that the name may be another name of. What the text says comes first, then the likeness of
    /// names, for entities of its kind that its articles mention too.
    fn like(&self, s: &Suggestion) -> Option<(EntityId, &'static str)> {
        let beside = s.seen.beside.iter().filter(|(id, _)| self.dictionary.entity(**id).kind == s.kind);
        if let Some((id, _)) = beside.max_by_key(|(id, n)| (**n, std::cmp::Reverse(**id))) {
            return Some((*id, "written in brackets beside it"));
        }
        let name = fold(s.name);
        let length = name.chars().count();
        let latin = name.is_ascii();
        let mut best: Option<(u64, std::cmp::Reverse<EntityId>, &'static str)> = None;
        for (listed, id) in &self.all {
            if self.dictionary.entity(*id).kind != s.kind || listed.is_empty() {
                continue;
            }
            let near = s.seen.near.get(id).copied().unwrap_or(0);
            let long = listed.chars().count();
            let why = if name.strip_prefix(listed.as_str()).is_some_and(|rest| ENDINGS.contains(&rest)) {
                "its fuller form"
            } else if near * 2 >= s.seen.articles && s.kind != EntityKind::Product && is_short_of(&name, listed, s.kind)
            {
                "its shorter form"
            } else if long.abs_diff(length) <= 1
                && length >= if latin { 6 } else { 4 }
                && !name.bytes().any(|b| b.is_ascii_digit())
                && (near > 0 || s.kind == EntityKind::Person)
                && strsim::osa_distance(&name, listed) == 1
            {
                "one letter off"
            } else {
                continue;
            };
            let candidate = (near, std::cmp::Reverse(*id), why);
            if best.is_none_or(|b| (candidate.0, candidate.1) > (b.0, b.1)) {
                best = Some(candidate);
            }
        }
        best.map(|(_, id, why)| (id.0, why))
    }
}

/// Whether `short` begins `long`, or ends it when it is a person.
fn is_short_of(short: &str, long: &str, kind: EntityKind) -> bool {
    let enough = if short.is_ascii() { short.len() >= 4 } else { short.chars().count() >= 2 };
    enough
        && short.len() < long.len()
        && (long.starts_with(short) || (kind == EntityKind::Person && long.ends_with(short)))
}
