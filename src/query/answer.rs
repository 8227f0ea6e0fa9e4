//! What queries answer with: plain data that serialises to the documented JSON (docs/queries.md). Printing is the
//! callers' affair.

use crate::graph::node_link::TieOf;
use crate::graph::{Day, Evidence, Node, Standing, Tie};
use crate::schema::{EntityKind, Status};
use crate::store::Contradiction;
use serde::{Serialize, Serializer};
use std::rc::Rc;

/// An entity in few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Its key.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
}

/// A tie with its ends; serialised as in `graph.json`.
#[derive(Clone, Debug)]
pub struct TieAnswer {
    /// The source.
    pub source: Rc<Brief>,
    /// The target.
    pub target: Rc<Brief>,
    /// The relation's name, or that of co-mentions.
    pub relation: String,
    /// The relation's word for Chinese readers.
    pub label: String,
    /// Whether source and target may be swapped.
    pub symmetric: bool,
    /// The tie.
    pub tie: Tie,
}

impl Serialize for TieAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (source, target) = (self.source.id.as_str(), self.target.id.as_str());
        let form = TieOf { source, target, relation: &self.relation, symmetric: self.symmetric, tie: &self.tie };
        form.serialize(serializer)
    }
}

/// How a tie runs, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The end is the source.
    Out,
    /// The end is the target.
    In,
    /// The tie has no direction.
    None,
}

impl Direction {
    /// The word for it in JSON and CSV.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Out => "out",
            Direction::In => "in",
            Direction::None => "none",
        }
    }

    /// The arrow that tables show: `→`, `←`, `–`.
    pub fn arrow(self) -> &'static str {
        match self {
            Direction::Out => "→",
            Direction::In => "←",
            Direction::None => "–",
        }
    }
}

/// An entity near another, with the tie that leads to it.
#[derive(Clone, Debug, Serialize)]
pub struct Near {
    /// The entity.
    #[serde(flatten)]
    pub entity: Rc<Brief>,
    /// Number of ties from the start, from 1.
    pub depth: u32,
    /// The end of the tie that was reached before.
    #[serde(serialize_with = "key_of")]
    pub from: Rc<Brief>,
    /// How the tie runs, seen from `from`.
    pub direction: Direction,
    /// The tie.
    pub tie: TieAnswer,
}

fn key_of<S: Serializer>(brief: &Rc<Brief>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&brief.id)
}

/// The neighbours of an entity.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbors {
    /// The entity.
    pub entity: Node,
    /// How many ties there are.
    pub ties: usize,
    /// The strongest of them, as many as were asked for.
    pub neighbors: Vec<Near>,
}

/// An entity at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// The entity.
    pub entity: Node,
    /// Its rank by PageRank among all, from 1.
    pub rank: u64,
    /// The number of all entities.
    pub of: u64,
    /// Its community.
    pub community: Option<CommunityBrief>,
    /// Keys of the entities of its family (versions of a product), most articles first.
    #[serde(serialize_with = "keys_of")]
    pub versions: Vec<Rc<Brief>>,
    /// Its strongest ties.
    #[serde(serialize_with = "ties_of")]
    pub ties: Vec<Near>,
}

fn keys_of<S: Serializer>(all: &[Rc<Brief>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(all.iter().map(|b| &b.id))
}

fn ties_of<S: Serializer>(all: &[Near], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(all.iter().map(|n| &n.tie))
}

/// A sentence behind a tie.
#[derive(Clone, Debug, Serialize)]
pub struct Behind {
    /// The tie, its own evidence left out.
    #[serde(flatten, serialize_with = "ends_of")]
    pub tie: Rc<TieAnswer>,
    /// The sentence.
    pub evidence: Evidence,
}

fn ends_of<S: Serializer>(tie: &Rc<TieAnswer>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Ends<'a> {
        source: &'a str,
        target: &'a str,
        key: &'a str,
    }
    Ends { source: &tie.source.id, target: &tie.target.id, key: &tie.relation }.serialize(serializer)
}

/// An entity that a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Match {
    /// The entity.
    #[serde(flatten)]
    pub entity: Rc<Brief>,
    /// The name that fits.
    pub matched: String,
    /// How it fits.
    pub how: How,
    /// Articles that mention the entity.
    pub articles: u32,
    /// Its PageRank.
    pub pagerank: f64,
}

/// How a name fits what was searched for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is the key.
    Key,
    /// It is the canonical name, but for width, case, script, blanks.
    Name,
    /// It is another name.
    Alias,
    /// The name begins so.
    Prefix,
    /// The name is read so in pinyin.
    Pinyin,
    /// The initials of the name's pinyin are so.
    Initials,
    /// The name's pinyin begins so.
    PinyinPrefix,
    /// The name holds it, or it holds the name.
    Contains,
    /// The name is few letters away.
    Fuzzy,
}

impl How {
    /// The word for it in JSON and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            How::Key => "key",
            How::Name => "name",
            How::Alias => "alias",
            How::Prefix => "prefix",
            How::Pinyin => "pinyin",
            How::Initials => "initials",
            How::PinyinPrefix => "pinyin_prefix",
            How::Contains => "contains",
            How::Fuzzy => "fuzzy",
        }
    }
}

/// Paths between two entities.
#[derive(Clone, Debug, Serialize)]
pub struct Paths {
    /// The start.
    pub from: Rc<Brief>,
    /// The end.
    pub to: Rc<Brief>,
    /// The paths, best first.
    pub paths: Vec<Path>,
}

/// A path: ties one after another.
#[derive(Clone, Debug, Serialize)]
pub struct Path {
    /// The number of ties.
    pub hops: usize,
    /// The product of the ties' strengths.
    pub strength: f64,
    /// The ties.
    pub steps: Vec<PathStep>,
}

/// One tie of a path.
#[derive(Clone, Debug, Serialize)]
pub struct PathStep {
    /// Where the step starts.
    pub from: Rc<Brief>,
    /// Where it ends.
    pub to: Rc<Brief>,
    /// How the tie runs, seen from `from`.
    pub direction: Direction,
    /// The tie's strength, 0 to 1.
    pub strength: f64,
    /// The strongest tie between the two.
    pub tie: TieAnswer,
}

/// An entity in a ranking.
#[derive(Clone, Debug, Serialize)]
pub struct Ranked {
    /// Its place, from 1.
    pub rank: u64,
    /// The entity.
    #[serde(flatten)]
    pub entity: Rc<Brief>,
    /// Mentions in all articles.
    pub mentions: u64,
    /// Articles that mention it.
    pub articles: u32,
    /// Number of entities it has a tie with.
    pub degree: u32,
    /// PageRank.
    pub pagerank: f64,
    /// Betweenness.
    pub betweenness: f64,
    /// Its community's number.
    pub community: Option<u32>,
}

/// A community in few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommunityBrief {
    /// Its number, from 1, largest first.
    pub number: u32,
    /// Its most central entities' names.
    pub name: String,
    /// The number of its entities.
    pub size: u64,
}

/// A community and its entities.
#[derive(Clone, Debug, Serialize)]
pub struct Members {
    /// The community.
    #[serde(flatten)]
    pub community: CommunityBrief,
    /// Its entities, the most central first, as many as were asked for.
    pub members: Vec<Ranked>,
}

/// Something that happened to an entity, or is said to.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// When: as precise as the sentence says, else the date of the first article; `null` if neither has one.
    pub date: Option<String>,
    /// How precise the date is: `day`, `month`, `quarter`, `year`.
    pub precision: Option<&'static str>,
    /// Whose date it is: `event` if the sentence gives it, `article` else.
    pub dated_by: &'static str,
    /// The relation's name.
    pub relation: String,
    /// The relation's word for Chinese readers.
    pub label: String,
    /// How the tie runs, seen from the entity.
    pub direction: Direction,
    /// The other entity.
    pub other: Rc<Brief>,
    /// How the relation stands.
    pub status: Status,
    /// Role, round, amount, share, of the evidence shown.
    pub attributes: std::collections::BTreeMap<String, String>,
    /// Articles that say so.
    pub articles: usize,
    /// Independent sentences that say so.
    pub sentences: usize,
    /// The best of them.
    pub evidence: Evidence,
}

/// The events of an entity.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// The entity.
    pub entity: Rc<Brief>,
    /// How many events there are.
    pub all: usize,
    /// The events by date, those without one last.
    pub events: Vec<Event>,
}

/// What became of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It was not there.
    New,
    /// It held, was planned or rumored; it ended.
    Ended,
    /// It held, was planned or rumored, and is denied; or it was denied or had ended, and holds (is planned, rumored).
    Reversed,
    /// It was planned or rumored; it holds.
    Confirmed,
    /// More independent sentences say so.
    Stronger,
    /// Fewer sentences say so, or what held is only planned or rumored.
    Weaker,
    /// It is not there any more (two stores only).
    Gone,
}

impl Change {
    /// All changes, in the order of output.
    pub const ALL: [Change; 7] = [
        Change::New,
        Change::Ended,
        Change::Reversed,
        Change::Confirmed,
        Change::Stronger,
        Change::Weaker,
        Change::Gone,
    ];

    /// The word for it in JSON, in tables and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::New => "new",
            Change::Ended => "ended",
            Change::Reversed => "reversed",
            Change::Confirmed => "confirmed",
            Change::Stronger => "stronger",
            Change::Weaker => "weaker",
            Change::Gone => "gone",
        }
    }

    /// The change that a word names.
    pub fn parse(word: &str) -> Option<Change> {
        Change::ALL.into_iter().find(|c| c.as_str() == word)
    }
}

/// A tie that changed.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// What became of it.
    pub change: Change,
    /// The source.
    pub source: Rc<Brief>,
    /// The target.
    pub target: Rc<Brief>,
    /// The relation's name.
    pub relation: String,
    /// The relation's word for Chinese readers.
    pub label: String,
    /// Whether source and target may be swapped.
    pub symmetric: bool,
    /// How it stood.
    pub before: Option<Standing>,
    /// How it stands.
    pub after: Option<Standing>,
    /// The best evidence for the change.
    pub evidence: Option<Evidence>,
}

/// One side of a conflict.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    /// The source.
    pub source: Rc<Brief>,
    /// The target.
    pub target: Rc<Brief>,
    /// How the claim stands.
    pub status: Status,
    /// Claims on this side.
    pub claims: usize,
    /// The days of the first and the last of them.
    #[serde(skip)]
    pub days: (Day, Day),
    /// The best evidence.
    pub evidence: Evidence,
}

/// Claims that contradict each other.
#[derive(Clone, Debug, Serialize)]
pub struct Conflict {
    /// How.
    pub kind: Contradiction,
    /// The relation's name.
    pub relation: String,
    /// The relation's word for Chinese readers.
    pub label: String,
    /// The two sides.
    pub sides: [Side; 2],
}
