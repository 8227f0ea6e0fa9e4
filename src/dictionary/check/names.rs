//! Checks of names: which other entities have them, which words they are or stand in, whether their
//! conditions can apply.

use super::{Check, Checker};
use crate::diagnostic::Severity;
use crate::dictionary::{Case, Condition, EntityId, NameId, fold};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

const WHICH: &str = "say which is meant: `needs` words of its articles, `weak` or `rare` for the one less often meant";

/// Whether a condition leaves a name to be decided from context.
fn decides(c: &Condition) -> bool {
    c.weak || c.rare || !c.needs.is_empty()
}

/// Whether the text has the word, a Latin one at word boundaries: as the recogniser looks for `needs`.
fn has_word(text: &str, word: &str) -> bool {
    let bytes = text.as_bytes();
    let is_latin = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    text.match_indices(word).any(|(at, _)| {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        !word.is_ascii() || !(is_latin(before) || is_latin(bytes.get(at + word.len())))
    })
}

fn has_latin(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The letters of a name, without what folding drops.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '-' | '·' | '•' | '・' | '_' | '‑' | '–' | '\u{3000}')).collect()
}

impl Checker<'_> {
    fn condition(&self, name: NameId) -> Option<&Condition> {
        self.dictionary.condition(self.dictionary.index.name(name))
    }

    fn text(&self, name: NameId) -> &str {
        self.dictionary.index.text(name)
    }

    fn name_place(&self, id: EntityId, name: &str) -> (u32, u32) {
        let e = self.entity(id);
        let listed = e.facts.as_deref().is_some_and(|f| f.aliases.iter().any(|a| a == name));
        if listed { self.pages.find(e, "aliases:", name) } else { self.pages.entry(e) }
    }

    /// Whether the entity counts by this name alone, wherever it stands.
    fn is_free(&self, name: NameId) -> bool {
        !self.dictionary.index.name(name).not_bare && !self.condition(name).is_some_and(decides)
    }

    /// Whether one string can be both names.
    fn can_be_both(&self, a: NameId, b: NameId) -> bool {
        let case = |n: NameId| self.dictionary.index.name(n).case;
        let (x, y) = (letters(self.text(a)), letters(self.text(b)));
        if x == y || !has_latin(&x) {
            return true;
        }
        let capitals = |exact: &str, title: &str| title.len() > 3 && exact.chars().all(|c| !c.is_lowercase());
        match (case(a), case(b)) {
            (Case::Exact, Case::Exact) => false,
            (Case::Exact, Case::Title) => capitals(&x, &y),
            (Case::Title, Case::Exact) => capitals(&y, &x),
            (Case::Title, Case::Title) => capitals(&x, &y) || capitals(&y, &x),
            _ => true,
        }
    }

    /// Whether one of the two names the other as its house, maker or parent.
    fn linked(&self, a: EntityId, b: EntityId) -> bool {
        let names = |x: EntityId, y: EntityId| {
            let name = &self.entity(y).name;
            self.entity(x)
                .facts
                .as_deref()
                .is_some_and(|f| f.parent.iter().chain(&f.maker).chain(&f.affiliation).any(|v| v.as_str() == &**name))
        };
        names(a, b) || names(b, a)
    }

    /// One name, several entities, and nothing that says which.
    pub(super) fn collisions(&mut self) {
        let mut owners: BTreeMap<String, Vec<NameId>> = BTreeMap::new();
        for id in self.by_hand() {
            for name in self.names_of(id) {
                if self.is_free(name) {
                    owners.entry(fold(self.text(name))).or_default().push(name);
                }
            }
        }
        let mut told: Vec<(EntityId, EntityId)> = Vec::new();
        for names in owners.values().filter(|n| n.len() > 1) {
            let owner = |n: NameId| self.dictionary.index.name(n).entity.expect("names of entities");
            for (i, &name) in names.iter().enumerate() {
                let id = owner(name);
                let clash = names[..i].iter().find(|&&n| owner(n) != id && self.can_be_both(n, name));
                let Some(&first) = clash else { continue };
                let other = owner(first);
                let (kind, other_kind) = (self.entity(id).kind, self.entity(other).kind);
                if told.contains(&(other, id)) || (kind != other_kind && self.linked(id, other)) {
                    continue;
                }
                told.push((other, id));
                let text = self.text(name).to_string();
                let at = self.name_place(id, &text);
                let (other_name, place) = (&self.entity(other).name, self.where_is(other));
                let message = format!("`{text}` is a name of {other_kind} `{other_name}` too, {place}");
                let shared = |a: EntityId, b: EntityId| {
                    let folded: Vec<String> = self.names_of(a).iter().map(|n| fold(self.text(*n))).collect();
                    self.names_of(b).iter().filter(|n| folded.contains(&fold(self.text(**n)))).count()
                };
                let is_name = |e: EntityId| fold(&self.entity(e).name) == fold(&text);
                let twice = kind == other_kind && (shared(id, other) > 1 || is_name(id) || is_name(other));
                let (check, hint) = match twice {
                    true => {
                        (Check::Duplicate, "merge the entries if they are one; if not, give one of them conditions")
                    }
                    false => (Check::Collision, WHICH),
                };
                let severity = if kind == other_kind { Severity::Error } else { Severity::Warning };
                self.add(check, severity, id, at, message, hint);
            }
        }
    }

    /// A name that an entry lists twice in forms that fold alike.
    pub(super) fn repeated(&mut self, id: EntityId) {
        let mut seen: FxHashMap<String, NameId> = FxHashMap::default();
        for name in self.names_of(id) {
            let text = self.text(name).to_string();
            let Some(&first) = seen.get(&fold(&text)) else {
                seen.insert(fold(&text), name);
                continue;
            };
            let before = self.text(first).to_string();
            // letters in another case may be meant; so may conditions
            let idle = |n: NameId| self.condition(n).is_none() && self.dictionary.index.name(n).case != Case::Exact;
            let alike = letters(&text) == letters(&before) || !has_latin(&text);
            if !(alike && idle(name) && idle(first)) {
                continue;
            }
            let at = self.name_place(id, if before == *self.entity(id).name { &text } else { &before });
            let message = match text == before {
                true => format!("`{text}` is listed twice"),
                false => format!("`{before}` and `{text}` are one name"),
            };
            let hint = "remove one: width, blanks, hyphens and Traditional script do not matter";
            self.add(Check::Duplicate, Severity::Warning, id, at, message, hint);
        }
    }

    /// A name that is a common word and has no condition.
    pub(super) fn common_words(&mut self, id: EntityId) {
        let lexicon = &self.dictionary.lexicon;
        for name in self.names_of(id) {
            let text = self.text(name).to_string();
            let n = self.dictionary.index.name(name);
            let latin = text.is_ascii();
            if n.condition != 0 || n.not_bare || (latin && n.case == Case::Exact) {
                continue;
            }
            let list = match () {
                () if lexicon.is_generic(&text) => "generic",
                () if lexicon.places.contains(&text.to_lowercase()) => "places",
                () if lexicon.is_common(&text) => {
                    if latin {
                        "english-words"
                    } else {
                        "common-zh"
                    }
                }
                () => continue,
            };
            let at = self.name_place(id, &text);
            let hint = match latin {
                true => "give it `needs`, `weak`, `rare` or `not_in`, or `case: exact` if its capitals are enough",
                false => "give it `needs`, `weak`, `rare` or `not_in`",
            };
            let message = format!("`{text}` is a word of lexicon/{list}.txt and counts wherever it stands");
            self.add(Check::CommonWord, Severity::Warning, id, at, message, hint);
        }
    }

    /// Conditions that never apply, or always do.
    pub(super) fn conditions(&mut self, id: EntityId) {
        let names = self.names_of(id);
        let sure = |n: &NameId| !self.condition(*n).is_some_and(decides);
        let surely = names.iter().any(sure) || names.iter().any(|n| self.dictionary.index.name(*n).family);
        for name in names {
            let Some(c) = self.condition(name).cloned() else { continue };
            let text = self.text(name).to_string();
            let anchor = format!("text: {text}");
            let place = |checker: &Self, word: &str| checker.pages.find(checker.entity(id), &anchor, word);
            for phrase in c.not_in.iter().filter(|p| !p.contains(&text) || **p == text) {
                let at = place(self, phrase);
                let message = match *phrase == text {
                    true => format!("the phrase `{phrase}` is the name itself, which then never counts"),
                    false => format!("the phrase `{phrase}` does not hold the name `{text}`"),
                };
                let hint = "`not_in` lists longer phrases with the name in them, letter by letter";
                self.add(Check::NotIn, Severity::Error, id, at, message, hint);
            }
            for need in c.needs.iter().filter(|n| has_word(&text, n)) {
                let at = place(self, need);
                let message = format!("`{text}` needs `{need}`, which it holds itself");
                self.add(
                    Check::Moot,
                    Severity::Warning,
                    id,
                    at,
                    message,
                    "name words that stand elsewhere in the article",
                );
            }
            if c.weak && c.needs.is_empty() && !surely {
                let at = self.name_place(id, &text);
                let message = format!("`{text}` is weak, and the entry has no sure name: it never counts");
                let hint = "add a name without conditions, or give this one `needs` instead";
                self.add(Check::Moot, Severity::Warning, id, at, message, hint);
            }
        }
    }

    /// A short Chinese name that stands inside common words.
    pub(super) fn parts_of_words(&mut self) {
        let mut short: FxHashMap<String, Vec<(EntityId, NameId)>> = FxHashMap::default();
        for id in self.by_hand() {
            for name in self.names_of(id) {
                let text = self.text(name);
                let conditional = self.condition(name).is_some_and(|c| c.weak || !c.needs.is_empty());
                if !has_latin(text) && text.chars().count() <= 4 && !conditional {
                    short.entry(text.to_string()).or_default().push((id, name));
                }
            }
        }
        let mut inside: BTreeMap<(EntityId, NameId), Vec<String>> = BTreeMap::new();
        let lexicon = &self.dictionary.lexicon;
        for word in lexicon.common_zh.words().chain(lexicon.places.words()) {
            let at: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
            if at.len() < 4 || word.is_ascii() {
                continue;
            }
            for start in 0..at.len() - 1 {
                for end in (start + 2..at.len()).filter(|end| end - start < at.len() - 1) {
                    for &(id, name) in short.get(&word[at[start]..at[end]]).into_iter().flatten() {
                        let known = !self.dictionary.index.find(word).is_empty();
                        let blocked = |p: &String| p.contains(word) || word.contains(p.as_str());
                        if !known && !self.condition(name).is_some_and(|c| c.not_in.iter().any(blocked)) {
                            inside.entry((id, name)).or_default().push(word.to_string());
                        }
                    }
                }
            }
        }
        for ((id, name), mut words) in inside {
            words.sort();
            words.dedup();
            words.truncate(5);
            let text = self.text(name).to_string();
            let at = self.name_place(id, &text);
            let words = words.join(", ");
            let message = format!("`{text}` stands inside common words: {words}");
            let hint = format!("add `not_in: [{words}]`, or list the words in blocks.yaml");
            self.add(Check::PartOfWord, Severity::Warning, id, at, message, &hint);
        }
    }
}
