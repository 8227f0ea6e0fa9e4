//! The vocabulary: kinds of entity, relations, statuses. Relations are data (`dictionaries/relations`);
//! their list lives in a [`Schema`].

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// Firms, named labs and divisions, funds.
    Company,
    /// Named individuals.
    Person,
    /// Apps, models, chips, platforms, open-source projects, named datasets.
    Product,
    /// Universities, institutes, non-profits, government bodies.
    Organization,
}

impl EntityKind {
    /// All kinds, in the order of output.
    pub const ALL: [EntityKind; 4] = [Self::Company, Self::Person, Self::Product, Self::Organization];

    /// The word used in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Person => "person",
            Self::Product => "product",
            Self::Organization => "organization",
        }
    }

    /// The kind that a word names.
    pub fn parse(word: &str) -> Option<EntityKind> {
        Self::ALL.into_iter().find(|k| k.as_str() == word)
    }
}

impl fmt::Display for EntityKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct KindSet(u8);

impl KindSet {
    /// Every kind.
    pub const ANY: KindSet = KindSet(0b1111);

    /// The set with `kind` added.
    pub fn with(self, kind: EntityKind) -> KindSet {
        KindSet(self.0 | 1 << kind as u8)
    }

    /// Whether `kind` is in the set.
    pub fn has(self, kind: EntityKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// Whether the set holds nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<EntityKind> for KindSet {
    fn from_iter<I: IntoIterator<Item = EntityKind>>(kinds: I) -> KindSet {
        kinds.into_iter().fold(KindSet::default(), KindSet::with)
    }
}

/// How a claim stands at the article's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Stated as a fact that holds.
    Asserted,
    /// Intended, announced, in negotiation.
    Planned,
    /// Reported without confirmation.
    Rumored,
    /// Denied, refused, failed.
    Negated,
    /// Held once, no longer.
    Ended,
}

impl Status {
    /// All statuses, in the order of output.
    pub const ALL: [Status; 5] = [Self::Asserted, Self::Planned, Self::Rumored, Self::Negated, Self::Ended];

    /// The word used in files and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Rumored => "rumored",
            Self::Negated => "negated",
            Self::Ended => "ended",
        }
    }

    /// The status that a word names.
    pub fn parse(word: &str) -> Option<Status> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An index into [`Schema::relations`]. Files for others carry the relation's name; the store's compact records, which
/// are read with the schema that they were written with, have the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RelationId(pub u16);

/// One relation of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// `snake_case` name, unique.
    pub name: String,
    /// What Chinese readers see on a tie, such as `投资`.
    pub label: String,
    /// One line of description.
    pub description: String,
    /// Kinds the subject may have.
    pub subject: KindSet,
    /// Kinds the object may have.
    pub object: KindSet,
    /// Whether the two ends may be swapped.
    pub symmetric: bool,
    /// Colour in pictures, `#rrggbb`.
    pub color: String,
}

/// The relations that a dictionary defines, in the order of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// The relations.
    pub relations: Vec<Relation>,
}

impl Schema {
    /// The relation called `name`.
    pub fn find(&self, name: &str) -> Option<RelationId> {
        self.relations.iter().position(|r| r.name == name).map(|i| RelationId(i as u16))
    }

    /// The relation with this id.
    pub fn get(&self, id: RelationId) -> &Relation {
        &self.relations[id.0 as usize]
    }
}
