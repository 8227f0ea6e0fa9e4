//! The part of a graph worth a picture: the strongest ties among the most important entities.

use super::around::{Filter, neighbors, stronger};
use crate::graph::{Bond, Graph, Node, Tie, View};
use crate::schema::RelationId;
use petgraph::graph::{EdgeIndex, NodeIndex};
use rustc_hash::FxHashMap;

/// What to pick.
#[derive(Clone, Debug)]
pub struct Selection {
    /// At most this many entities; 0 for all.
    pub top: usize,
    /// Which ties count.
    pub filter: Filter,
    /// Only entities near one of these.
    pub around: Vec<NodeIndex>,
    /// How many ties away is near.
    pub depth: u32,
    /// Only entities of the community with this number.
    pub community: Option<u32>,
    /// At most this many ties for each entity shown, on average: the strongest of each entity, then the strongest of
    /// all.
    pub ties: f64,
    /// At most this many relations between two entities, the strongest.
    pub between: usize,
    /// Leave out a co-mention where a relation ties the same two, and all but the strongest others: at most this
    /// many for each entity.
    pub co_mentions: usize,
}

impl Default for Selection {
    fn default() -> Selection {
        Selection {
            top: 80,
            filter: Filter::default(),
            around: Vec::new(),
            depth: 1,
            community: None,
            ties: 1.6,
            between: 2,
            co_mentions: 1,
        }
    }
}

impl Selection {
    /// Whether an entity counts.
    fn node(&self, node: &Node) -> bool {
        self.filter.node(node) && self.community.is_none_or(|c| node.community == Some(c))
    }
}

/// Picks. With `around`, the entities nearest to those come first, else those with the highest PageRank; entities
/// left without a tie are dropped, the ones around which was asked excepted.
pub fn select<'g>(graph: &'g Graph, selection: &Selection) -> View<'g> {
    let top = if selection.top == 0 { usize::MAX } else { selection.top };
    let mut inside = vec![false; graph.graph.node_count()];
    let candidates = match selection.around.is_empty() {
        true => by_rank(graph, selection),
        false => surroundings(graph, selection),
    };
    candidates.into_iter().take(top).for_each(|n| inside[n.index()] = true);
    let counts = |e: &EdgeIndex| {
        let (a, b, tie) = graph.tie(*e);
        inside[a.index()] && inside[b.index()] && selection.filter.tie(tie)
    };
    let mut edges: Vec<EdgeIndex> = graph.graph.edge_indices().filter(counts).collect();
    edges.sort_by(|x, y| stronger((*x, &graph.graph[*x]), (*y, &graph.graph[*y])));
    // relations come first; a co-mention must add something to them
    let mut tied: FxHashMap<(NodeIndex, NodeIndex), usize> = FxHashMap::default();
    let mut used = vec![0usize; graph.graph.node_count()];
    edges.retain(|e| {
        let (a, b, tie) = graph.tie(*e);
        let pair = (a.min(b), a.max(b));
        if tie.bond != Bond::CoMention {
            let ties = tied.entry(pair).or_default();
            *ties += 1;
            return *ties <= selection.between;
        }
        // around an entity, others may stand that are only mentioned together with it
        let free = |n: NodeIndex| selection.around.contains(&n) || used[n.index()] < selection.co_mentions;
        if tied.contains_key(&pair) || !free(a) || !free(b) {
            return false;
        }
        used[a.index()] += 1;
        used[b.index()] += 1;
        true
    });
    let room = (selection.ties * inside.iter().filter(|i| **i).count() as f64) as usize;
    View::of(graph, selection.around.clone(), strongest(graph, edges, room))
}

/// All that fits the filter, as tables and databases have room for: with `around` or a `top`, the ties among those
/// entities. The `top` are the most important that have a tie which counts; one without a tie is there unless the filter
/// leaves ties out.
pub fn part<'g>(graph: &'g Graph, selection: &Selection) -> View<'g> {
    let filter = &selection.filter;
    let whatever_ties = filter.any_tie();
    let mut nodes: Vec<NodeIndex> = match selection.around.is_empty() {
        true => graph.graph.node_indices().filter(|n| selection.node(graph.node(*n))).collect(),
        false => nearby(graph, selection),
    };
    let within = |nodes: &[NodeIndex]| {
        let mut inside = vec![false; graph.graph.node_count()];
        nodes.iter().for_each(|n| inside[n.index()] = true);
        let counts = |e: &EdgeIndex| {
            let (a, b, tie) = graph.tie(*e);
            inside[a.index()] && inside[b.index()] && filter.tie(tie)
        };
        graph.graph.edge_indices().filter(counts).collect::<Vec<EdgeIndex>>()
    };
    if selection.top > 0 {
        if selection.around.is_empty() {
            if !whatever_ties {
                nodes = View::of(graph, Vec::new(), within(&nodes)).nodes;
            }
            let rank = |n: NodeIndex| graph.node(n).pagerank;
            nodes.sort_by(|a, b| rank(*b).total_cmp(&rank(*a)).then(a.cmp(b)));
        }
        nodes.truncate(selection.top);
    }
    let edges = within(&nodes);
    View::of(graph, if whatever_ties { nodes } else { selection.around.clone() }, edges)
}

/// `room` of the edges, which come strongest first: those that are an entity's strongest, then the others.
fn strongest(graph: &Graph, edges: Vec<EdgeIndex>, room: usize) -> Vec<EdgeIndex> {
    if edges.len() <= room {
        return edges;
    }
    let mut reached = vec![false; graph.graph.node_count()];
    let (mut first, rest): (Vec<EdgeIndex>, Vec<EdgeIndex>) = edges.into_iter().partition(|e| {
        let (a, b, _) = graph.tie(*e);
        let known = std::mem::replace(&mut reached[a.index()], true);
        let other = std::mem::replace(&mut reached[b.index()], true);
        !known || !other
    });
    first.extend(rest.into_iter().take(room.saturating_sub(first.len())));
    first
}

/// Entities with a tie that counts, most important first.
fn by_rank(graph: &Graph, selection: &Selection) -> Vec<NodeIndex> {
    let mut tied = vec![0.0f64; graph.graph.node_count()];
    let relations = |t: &Tie| t.bond != Bond::CoMention && selection.filter.tie(t);
    let only_relations = selection.filter.bonds.is_empty() && graph.graph.edge_weights().any(relations);
    for e in graph.graph.edge_indices() {
        let (a, b, tie) = graph.tie(e);
        if selection.filter.tie(tie) && (tie.bond != Bond::CoMention || !only_relations) {
            tied[a.index()] += tie.weight;
            tied[b.index()] += tie.weight;
        }
    }
    let mut nodes: Vec<NodeIndex> =
        graph.graph.node_indices().filter(|n| tied[n.index()] > 0.0 && selection.node(graph.node(*n))).collect();
    let score = |n: NodeIndex| graph.node(n).pagerank;
    nodes.sort_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
    nodes
}

/// So many entities a picture shows around one, if there are as many: where relations are few, co-mentions stand in.
const STAND_INS: usize = 12;

/// Entities near the ones asked for by relations; if these are few, some that are mentioned together with them.
fn surroundings(graph: &Graph, selection: &Selection) -> Vec<NodeIndex> {
    if !selection.filter.bonds.is_empty() {
        return nearby(graph, selection);
    }
    let relations = (0..graph.schema.relations.len()).map(|i| Bond::Relation(RelationId(i as u16))).collect();
    let filter = Filter { bonds: relations, ..selection.filter.clone() };
    let mut nodes = nearby(graph, &Selection { filter, ..selection.clone() });
    let most = selection.around.len() + STAND_INS;
    if nodes.len() < most {
        let others = nearby(graph, &Selection { depth: 1, ..selection.clone() });
        let others: Vec<NodeIndex> = others.into_iter().filter(|n| !nodes.contains(n)).collect();
        nodes.extend(others.into_iter().take(most - nodes.len()));
    }
    nodes
}

/// Entities near the ones asked for, nearest and strongest first.
fn nearby(graph: &Graph, selection: &Selection) -> Vec<NodeIndex> {
    let mut nodes = selection.around.clone();
    let near = selection.around.iter().flat_map(|n| neighbors(graph, *n, selection.depth, &selection.filter));
    let mut near: Vec<_> = near.collect();
    near.sort_by_key(|n| n.depth);
    let mut seen = vec![false; graph.graph.node_count()];
    nodes.extend(near.into_iter().map(|n| n.node).filter(|n| selection.node(graph.node(*n))));
    nodes.retain(|n| !std::mem::replace(&mut seen[n.index()], true));
    nodes
}
