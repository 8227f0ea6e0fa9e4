//! Stage 5, assemble: articles' [records](record::Record) merged into one [`Graph`] of entities and ties.
//!
//! An [`Assembler`] takes records in any order and in any number of shards; the graph is the same. Nodes stand
//! in the order of their keys, ties in the order of their ends and relation, evidence best first.

mod assemble;
mod betweenness;
mod community;
mod day;
mod evidence;
mod finish;
mod measure;
mod network;
pub mod node_link;
mod part;
pub mod record;
mod spelling;
mod standing;
mod view;

pub use assemble::{AssembleOptions, Assembler};
pub(crate) use assemble::{event_order, independent};
pub use community::{Community, binding, name as community_name};
pub use day::Day;
pub use evidence::{ClaimFacts, End, Evidence, Origin, Passage, Row};
pub(crate) use evidence::{ROW_BITS, hash as sentence_hash, place_of};
pub use finish::Settled;
pub use measure::{Measures, log_likelihood_ratio, noisy_or, npmi};
pub(crate) use part::{ClaimPart, EntityPart, Part, Quotes};
pub(crate) use spelling::sounds;
pub use spelling::{Reading, readings, typed_pinyin};
pub use standing::Standing;
pub(crate) use standing::{Voice, course, standing};
pub use view::View;

use crate::dictionary::Dictionary;
use crate::schema::{EntityKind, Relation, RelationId, Schema, Status};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The key of co-mention ties in files.
pub const CO_MENTION: &str = "co_mention";

/// An entity of the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The stable key.
    pub key: String,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name.
    pub name: String,
    /// From the dictionary.
    pub listed: bool,
    /// For a version, the key of its family.
    pub family: Option<String>,
    /// Mentions in all articles.
    pub mentions: u64,
    /// Articles, sentences (tags apart) and paragraphs that mention it.
    pub articles: u32,
    /// Sentences that mention it.
    pub sentences: u32,
    /// Paragraphs that mention it.
    pub paragraphs: u32,
    /// Date of the first dated article that mentions it.
    pub first_seen: Day,
    /// Date of the last.
    pub last_seen: Day,
    /// The names that articles use, the most used first.
    pub names: Vec<String>,
    /// The dictionary's other names that no article used.
    pub aliases: Vec<String>,
    /// `EXCHANGE:CODE`.
    pub tickers: Vec<String>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// Home page.
    pub site: Option<String>,
    /// Number of entities it has a tie with.
    pub degree: u32,
    /// Sum of its ties' weights.
    pub weighted_degree: f64,
    /// PageRank over all ties, undirected, by weight; all nodes' sum to 1.
    pub pagerank: f64,
    /// Betweenness over all ties, undirected, each tie one step, 0 to 1; for a large graph an estimate from a sample.
    pub betweenness: f64,
    /// The number of its community, from 1, largest first; `None` without a tie.
    pub community: Option<u32>,
}

/// What a tie says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// Claims of this relation.
    Relation(RelationId),
    /// Only that articles mention the two together.
    CoMention,
}

/// What the graph holds between two entities. A symmetric tie runs from the smaller key to the greater.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// What it says.
    pub bond: Bond,
    /// For a relation, the independent sentences that claim it (a reprint counts once); for a co-mention, the
    /// sentences, or the paragraphs if no sentence has both.
    pub weight: f64,
    /// Articles that claim it, or that mention both.
    pub articles: u32,
    /// Date of the first dated article with it.
    pub first_seen: Day,
    /// Date of the last.
    pub last_seen: Day,
    /// For a relation.
    pub claims: Option<Claims>,
    /// For a co-mention.
    pub counts: Option<CoMention>,
    /// The best evidence, best first: at most [`AssembleOptions::evidence_limit`] items.
    pub evidence: Vec<Evidence>,
}

/// The claims of a tie, counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// How the relation stands: the status in the latest dated article that claims it; of several there, the
    /// most frequent, then the first in the order of [`Status::ALL`].
    pub status: Status,
    /// Claims by status, in the order of [`Status::ALL`]; reprints included.
    pub by_status: [u32; 5],
    /// How likely it is that at least one of the independent sentences with the tie's status was understood
    /// rightly: [`noisy_or`] of their confidences.
    pub belief: f64,
    /// The earliest event date that a claim gives, as precise as the text; empty if none.
    pub first_event: String,
    /// The latest.
    pub last_event: String,
}

/// How often two entities are mentioned together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoMention {
    /// Sentences with both (tags apart).
    pub sentences: u32,
    /// Paragraphs with both.
    pub paragraphs: u32,
    /// Normalised pointwise mutual information over sentences, −1 to 1; `None` if no sentence has both.
    pub npmi: Option<f64>,
    /// Log-likelihood ratio G² over sentences; `None` if no sentence has both.
    pub g2: Option<f64>,
}

/// What the graph was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Articles.
    pub articles: u32,
    /// Claims, reprints included.
    pub claims: u64,
    /// Sentences (tags apart) that mention at least one entity.
    pub sentences: u64,
    /// Paragraphs that mention at least one entity.
    pub paragraphs: u64,
    /// Date of the first dated article.
    pub first_seen: Day,
    /// Date of the last.
    pub last_seen: Day,
}

/// Entities and ties. The petgraph container is public: its algorithms apply as they are.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Nodes in the order of their keys; edges in the order of their ends, then relations, co-mention last.
    pub graph: DiGraph<Node, Tie>,
    /// The vocabulary.
    pub schema: Schema,
    /// What it was made from.
    pub totals: Totals,
    index: FxHashMap<String, NodeIndex>,
}

impl Graph {
    /// The graph of these nodes, which stand in the order of their keys, and ties.
    pub fn new(graph: DiGraph<Node, Tie>, schema: Schema, totals: Totals) -> Graph {
        let index = graph.node_indices().map(|n| (graph[n].key.clone(), n)).collect();
        Graph { graph, schema, totals, index }
    }

    /// Number of ties that are no co-mentions.
    pub fn relation_ties(&self) -> usize {
        self.graph.edge_weights().filter(|t| t.claims.is_some()).count()
    }

    /// The node with this key.
    pub fn find(&self, key: &str) -> Option<NodeIndex> {
        self.index.get(key).copied()
    }

    /// A node.
    pub fn node(&self, node: NodeIndex) -> &Node {
        &self.graph[node]
    }

    /// A tie with its ends.
    pub fn tie(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex, &Tie) {
        let (a, b) = self.graph.edge_endpoints(edge).expect("an edge of this graph");
        (a, b, &self.graph[edge])
    }

    /// The relation of a bond; `None` for a co-mention.
    pub fn relation(&self, bond: Bond) -> Option<&Relation> {
        match bond {
            Bond::Relation(id) => Some(self.schema.get(id)),
            Bond::CoMention => None,
        }
    }

    /// The bond's word in files and on the command line.
    pub fn bond_name(&self, bond: Bond) -> &str {
        self.relation(bond).map_or(CO_MENTION, |r| &r.name)
    }

    /// The bond's word for Chinese readers.
    pub fn bond_label(&self, bond: Bond) -> &str {
        self.relation(bond).map_or("同现", |r| &r.label)
    }

    /// Whether the two ends of a tie may be swapped.
    pub fn symmetric(&self, bond: Bond) -> bool {
        self.relation(bond).is_none_or(|r| r.symmetric)
    }

    /// Adds what the dictionary says about the entities beyond what their articles say: other names, tickers,
    /// Wikidata ids, home pages.
    pub fn describe(&mut self, dictionary: &Dictionary) {
        for entity in &dictionary.entities {
            let Some(facts) = entity.facts.as_deref() else { continue };
            let Some(&at) = self.index.get(&entity.key()) else { continue };
            let node = &mut self.graph[at];
            let unused = |a: &&String| **a != node.name && !node.names.contains(a);
            node.aliases = facts.aliases.iter().filter(unused).cloned().collect();
            node.aliases.sort();
            node.aliases.dedup();
            node.tickers = facts.tickers.clone();
            node.wikidata = facts.wikidata.clone();
            node.site = facts.site.clone();
        }
    }
}
