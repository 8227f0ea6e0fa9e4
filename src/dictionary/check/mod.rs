//! `dict check`: what is wrong or doubtful in a dictionary, each with its place. It owns the rules of what a
//! sound dictionary is; faults that keep a file from being read come from the loader and are passed on.

mod names;
mod place;

use super::{Dictionary, Entity, EntityId, Facts, NameId, Opened};
use crate::diagnostic::{Diagnostic, Severity};
use crate::schema::EntityKind;
use place::Pages;
use rustc_hash::{FxHashMap, FxHashSet};

/// What was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// The file or entry cannot be read: YAML, unknown fields, empty and one-character names.
    Fault,
    /// One name, several entities, and nothing says which.
    Collision,
    /// An entity or a name is listed twice.
    Duplicate,
    /// A name that is a common word counts everywhere.
    CommonWord,
    /// A name stands inside a common word.
    PartOfWord,
    /// A `not_in` phrase that can never apply.
    NotIn,
    /// A condition that always or never holds.
    Moot,
    /// A parent, maker or affiliation without entry.
    UnknownName,
    /// Entries out of order.
    Unsorted,
    /// A ticker, Wikidata id or date of the wrong shape.
    Format,
    /// An entry none of whose names the corpus has.
    NeverMatched,
}

impl Check {
    /// The word for it in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Check::Fault => "fault",
            Check::Collision => "collision",
            Check::Duplicate => "duplicate",
            Check::CommonWord => "common-word",
            Check::PartOfWord => "part-of-word",
            Check::NotIn => "not-in",
            Check::Moot => "moot",
            Check::UnknownName => "unknown-name",
            Check::Unsorted => "unsorted",
            Check::Format => "format",
            Check::NeverMatched => "never-matched",
        }
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked for.
    pub check: Check,
    /// What was found, where, and what to do.
    pub diagnostic: Diagnostic,
}

/// All that is wrong or doubtful, by file and place.
pub fn check(opened: &Opened) -> Vec<Finding> {
    let mut checker = Checker::new(opened);
    for fault in &opened.faults {
        checker.found.push(Finding { check: Check::Fault, diagnostic: fault.clone() });
    }
    checker.collisions();
    for id in checker.by_hand() {
        checker.repeated(id);
        checker.common_words(id);
        checker.conditions(id);
        checker.links(id);
        checker.formats(id);
    }
    checker.parts_of_words();
    checker.order();
    checker.tickers();
    checker.finish()
}

/// Entries none of whose names is in `matched`, the entities that a corpus mentions.
pub fn never_matched(opened: &Opened, matched: &FxHashSet<EntityId>) -> Vec<Finding> {
    let mut checker = Checker::new(opened);
    for id in checker.by_hand() {
        if !matched.contains(&id) {
            let name = &opened.dictionary.entity(id).name;
            let message = format!("the corpus has no name of `{name}`");
            let at = checker.pages.entry(opened.dictionary.entity(id));
            checker.add(Check::NeverMatched, Severity::Note, id, at, message, "keep it if other articles may name it");
        }
    }
    checker.finish()
}

struct Checker<'a> {
    dictionary: &'a Dictionary,
    opened: &'a Opened,
    pages: Pages<'a>,
    names: Vec<Vec<NameId>>,
    found: Vec<Finding>,
}

impl<'a> Checker<'a> {
    fn new(opened: &'a Opened) -> Checker<'a> {
        let dictionary = &opened.dictionary;
        let mut names = vec![Vec::new(); dictionary.entities.len()];
        for id in 0..dictionary.index.len() as NameId {
            if let Some(entity) = dictionary.index.name(id).entity {
                names[entity.0 as usize].push(id);
            }
        }
        Checker { dictionary, opened, pages: Pages::new(&opened.sources), names, found: Vec::new() }
    }

    /// Entities written by hand, in the order of their files.
    fn by_hand(&self) -> Vec<EntityId> {
        let ids = (0..self.dictionary.entities.len() as u32).map(EntityId);
        ids.filter(|id| self.is_by_hand(*id)).collect()
    }

    fn is_by_hand(&self, id: EntityId) -> bool {
        self.opened.by_hand[self.dictionary.entity(id).file as usize]
    }

    fn entity(&self, id: EntityId) -> &'a Entity {
        self.dictionary.entity(id)
    }

    fn names_of(&self, id: EntityId) -> Vec<NameId> {
        self.names[id.0 as usize].clone()
    }

    /// `file:line` of an entry.
    fn where_is(&self, id: EntityId) -> String {
        let (file, place) = self.dictionary.place(id);
        format!("{file}:{}", place.line)
    }

    fn add(&mut self, check: Check, severity: Severity, id: EntityId, at: (u32, u32), message: String, hint: &str) {
        let file = self.entity(id).file as usize;
        let d = Diagnostic { severity, ..Diagnostic::error(&*self.dictionary.files[file], message) };
        let snippet = self.pages.line(file, at.0).trim_end();
        self.found.push(Finding { check, diagnostic: d.at(at.0, at.1).snippet(snippet).hint(hint) });
    }

    /// Parent, maker and affiliation name entries, by their canonical names.
    fn links(&mut self, id: EntityId) {
        let Some(facts) = self.entity(id).facts.as_deref() else { return };
        let houses = facts.affiliation.iter().map(|v| ("affiliation", v));
        let links: Vec<(&str, &String)> = houses
            .chain(facts.parent.iter().map(|v| ("parent", v)))
            .chain(facts.maker.iter().map(|v| ("maker", v)))
            .collect();
        for (field, value) in links {
            let at = self.pages.find(self.entity(id), &format!("{field}:"), value);
            let index = &self.dictionary.index;
            let mut named: Vec<EntityId> = index.find(value).iter().filter_map(|n| index.name(*n).entity).collect();
            named.retain(|e| *e != id);
            named.sort();
            named.dedup();
            let fits = |e: &&EntityId| match self.entity(**e).kind {
                EntityKind::Company | EntityKind::Organization => true,
                EntityKind::Product => field == "affiliation",
                EntityKind::Person => false,
            };
            let right = named.iter().find(|e| *self.entity(**e).name == **value).filter(fits);
            let (message, hint) = match (right, named.iter().find(fits), named.first()) {
                (Some(_), ..) => continue,
                (None, Some(e), _) => {
                    let name = &self.entity(*e).name;
                    (format!("the {field} `{value}` is not the canonical name"), format!("write `{name}`"))
                }
                (None, None, Some(e)) => {
                    let e = self.entity(*e);
                    let message = format!("the {field} `{value}` is a {}", e.kind);
                    let hint = match field {
                        "affiliation" => "a house is a company, an organization or a product's team",
                        _ => "name the company or organization behind it",
                    };
                    (message, hint.to_string())
                }
                (None, None, None) => {
                    let hint = "add an entry for it, or write the canonical name of one".to_string();
                    (format!("the {field} `{value}` has no entry"), hint)
                }
            };
            self.add(Check::UnknownName, Severity::Warning, id, at, message, &hint);
        }
    }

    /// Tickers, Wikidata ids and dates have their shapes.
    fn formats(&mut self, id: EntityId) {
        let none = Facts::default();
        let facts = self.entity(id).facts.as_deref().unwrap_or(&none);
        for ticker in &facts.tickers {
            let right = ticker.split_once(':').is_some_and(|(exchange, code)| {
                !exchange.is_empty()
                    && exchange.bytes().all(|b| b.is_ascii_uppercase())
                    && !code.is_empty()
                    && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-'))
            });
            if !right {
                let at = self.pages.find(self.entity(id), "ticker:", ticker);
                let message = format!("`{ticker}` is no ticker");
                self.add(Check::Format, Severity::Warning, id, at, message, "write EXCHANGE:CODE, such as HKEX:0020");
            }
        }
        if let Some(q) = &facts.wikidata
            && !q.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        {
            let at = self.pages.find(self.entity(id), "wikidata:", q);
            self.add(
                Check::Format,
                Severity::Warning,
                id,
                at,
                format!("`{q}` is no Wikidata id"),
                "write Q and digits",
            );
        }
        for name in self.names_of(id) {
            let former = self.dictionary.condition(self.dictionary.index.name(name)).and_then(|c| c.former.clone());
            let Some(date) = former.filter(|d| d != "true") else { continue };
            let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            if !matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00") {
                let at = self.pages.find(self.entity(id), "former:", &date);
                let message = format!("`{date}` is no date");
                self.add(Check::Format, Severity::Warning, id, at, message, "write YYYY, YYYY-MM, YYYY-MM-DD or true");
            }
        }
    }

    /// Entries stand in code-point order of their names.
    fn order(&mut self) {
        let mut last: FxHashMap<u16, EntityId> = FxHashMap::default();
        for id in self.by_hand() {
            let e = self.entity(id);
            match last.get(&e.file) {
                Some(&before) if self.entity(before).name > e.name => {
                    let at = self.pages.entry(e);
                    let message = format!("`{}` stands behind `{}`", e.name, self.entity(before).name);
                    let mates = self.by_hand().into_iter().filter(|m| self.entity(*m).file == e.file);
                    let next = mates.map(|m| self.entity(m)).filter(|m| m.name > e.name).min_by_key(|m| &m.name);
                    let hint = next.map(|n| format!("move it before `{}`, line {}", n.name, n.line));
                    self.add(Check::Unsorted, Severity::Warning, id, at, message, &hint.unwrap_or_default());
                }
                _ => {
                    last.insert(e.file, id);
                }
            }
        }
    }

    /// A ticker belongs to one entry.
    fn tickers(&mut self) {
        let mut owners: FxHashMap<&str, EntityId> = FxHashMap::default();
        for id in self.by_hand() {
            let Some(facts) = self.entity(id).facts.as_deref() else { continue };
            for ticker in &facts.tickers {
                let first = *owners.entry(ticker).or_insert(id);
                if first != id {
                    let at = self.pages.find(self.entity(id), "ticker:", ticker);
                    let (other, place) = (&self.entity(first).name, self.where_is(first));
                    let message = format!("`{ticker}` is the ticker of `{other}` too, {place}");
                    let hint = "merge the entries if they are one company; a subsidiary does not carry its parent's";
                    self.add(Check::Duplicate, Severity::Warning, id, at, message, hint);
                }
            }
        }
    }

    fn finish(mut self) -> Vec<Finding> {
        self.found.sort_by(|a, b| {
            let key = |f: &Finding| (f.diagnostic.file.clone(), f.diagnostic.place, f.diagnostic.severity, f.check);
            key(a).cmp(&key(b)).then_with(|| a.diagnostic.message.cmp(&b.diagnostic.message))
        });
        self.found.dedup();
        self.found
    }
}

#[cfg(test)]
mod tests;
