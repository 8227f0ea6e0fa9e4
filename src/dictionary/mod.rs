//! Stage 2, know: the entities, names, words and rules that the later stages work with, read from
//! `dictionaries/` and checked.

pub mod check;
pub mod edit;
mod entry;
mod flat;
mod fold;
mod index;
mod lexicon;
mod load;
mod openers;
pub mod relations;
pub mod shipped;

pub use fold::{Folded, fold};
#[allow(unused_imports)]
pub(crate) use fold::{is_alnum, is_han, is_letter, simplified};
pub use index::{Case, Name, NameId, NameIndex, NewName, natural_case};
pub(crate) use index::{has_bit, set_bit};
pub use lexicon::{CharSet, Lexicon, WordList};
pub use load::{Gathered, Opened, Sources, gather, load, open};
pub use openers::Openers;

use crate::diagnostic::{Diagnostic, Error};
use crate::schema::{EntityKind, Schema};
use crate::span::Place;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// An index into [`Dictionary::entities`]. It never leaves the process: files carry the entity's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// An entity that the dictionary lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name.
    pub name: Box<str>,
    /// Facts that few entities have; `None` when all are empty.
    pub facts: Option<Box<Facts>>,
    /// Where the entry stands: index into [`Dictionary::files`] and place.
    pub file: u16,
    /// Line of the entry, from 1.
    pub line: u32,
}

/// What an entry may say besides its names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Stable key, when it is not `kind/name`.
    pub id: Option<String>,
    /// Other names, as written in the entry.
    pub aliases: Vec<String>,
    /// `EXCHANGE:CODE`.
    pub tickers: Vec<String>,
    /// Wikidata id, `Q…`.
    pub wikidata: Option<String>,
    /// Home page.
    pub site: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Owner's canonical name.
    pub parent: Option<String>,
    /// Houses of a person.
    pub affiliation: Vec<String>,
    /// Maker of a product.
    pub maker: Option<String>,
    /// Versions are recognised without being listed.
    pub versions: bool,
    /// Words that may follow a family's name.
    pub version_words: Vec<String>,
    /// The family's name alone is not this product.
    pub not_bare: bool,
}

impl Entity {
    /// The key by which files know the entity: `kind/name`, or the entry's `id`.
    pub fn key(&self) -> String {
        match self.facts.as_deref().and_then(|f| f.id.as_deref()) {
            Some(id) => id.to_string(),
            None => format!("{}/{}", self.kind, self.name),
        }
    }
}

/// When a name counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Longer phrases in which it is something else.
    pub not_in: Vec<String>,
    /// Counts only in an article with one of these strings, or a sure name of the entity.
    pub needs: Vec<String>,
    /// Counts only beside a sure name of the entity in the article.
    pub weak: bool,
    /// Another entity has the name too and is usually meant.
    pub rare: bool,
    /// Given up, since when (`true` when not known).
    pub former: Option<String>,
}

/// All that is known before the first article is read.
#[derive(Debug, Default)]
pub struct Dictionary {
    /// The entities, in the order of their files.
    pub entities: Vec<Entity>,
    /// The relations.
    pub schema: Schema,
    /// The rules of the relations.
    pub rules: relations::Rules,
    /// Every name.
    pub index: NameIndex,
    /// Conditions of names; [`Name::condition`] counts from 1.
    pub conditions: Vec<Condition>,
    /// Word lists.
    pub lexicon: Lexicon,
    /// Bulk names left out: common words, or listed by hand already.
    pub left_out: usize,
    /// The files that were read, in order.
    pub files: Vec<String>,
    /// Changes whenever any input of the dictionary changes.
    pub digest: u64,
    /// Whether its files gave warnings.
    pub warned: bool,
    /// The entities that each house which some entry gives as a maker, an owner or an employer may be; made when first asked.
    houses: OnceLock<FxHashMap<Box<str>, Box<[EntityId]>>>,
}

impl Dictionary {
    /// Reads the dictionary from its files; see [`load()`].
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn load(sources: &Sources) -> Result<(Dictionary, Vec<Diagnostic>), Error> {
        load(sources)
    }

    /// The condition of a name, if it has one.
    pub fn condition(&self, name: &Name) -> Option<&Condition> {
        name.condition.checked_sub(1).map(|i| &self.conditions[i as usize])
    }

    /// The entity with this id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// Whether a house is the maker of this name, or the maker's parent.
    pub fn is_maker(&self, house: EntityId, maker: &str) -> bool {
        let name = &*self.entity(house).name;
        let parent = |e: EntityId| self.entity(e).facts.as_deref().and_then(|f| f.parent.as_deref());
        let is = |e: &EntityId| *e == house || parent(*e) == Some(name);
        name == maker
            || match self.houses.get_or_init(|| self.houses_of_facts()).get(maker) {
                Some(known) => known.iter().any(is),
                None => self.named(maker).iter().any(is),
            }
    }

    /// The entities that a name may be.
    fn named(&self, name: &str) -> Box<[EntityId]> {
        self.index.find(name).iter().filter_map(|&n| self.index.name(n).entity).collect()
    }

    fn houses_of_facts(&self) -> FxHashMap<Box<str>, Box<[EntityId]>> {
        let mut houses: FxHashMap<Box<str>, Box<[EntityId]>> = FxHashMap::default();
        for facts in self.entities.iter().filter_map(|e| e.facts.as_deref()) {
            for house in facts.maker.iter().chain(&facts.parent).chain(&facts.affiliation) {
                if !houses.contains_key(house.as_str()) {
                    houses.insert(house.as_str().into(), self.named(house));
                }
            }
        }
        houses
    }

    /// Where the entity's entry stands.
    pub fn place(&self, id: EntityId) -> (&str, Place) {
        let e = self.entity(id);
        (&self.files[e.file as usize], Place { line: e.line, column: 1 })
    }
}
