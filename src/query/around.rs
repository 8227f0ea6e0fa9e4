//! Which ties count, which is the stronger, and the neighbours of an entity in a graph in memory.

use crate::graph::{Bond, Day, Graph, Node, Tie};
use crate::schema::{KindSet, Status};
use crate::store::links::Link;
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use std::cmp::Ordering;

/// Which ties and entities count.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Only these; all if empty.
    pub bonds: Vec<Bond>,
    /// Only entities of these kinds.
    pub kinds: KindSet,
    /// Only ties whose relation stands so; all, co-mentions included, if empty.
    pub statuses: Vec<Status>,
    /// Only ties seen on this day or later.
    pub since: Day,
    /// Only ties seen on this day or earlier.
    pub until: Day,
    /// Only ties of this weight or more.
    pub min_weight: f64,
}

impl Default for Filter {
    fn default() -> Filter {
        let (since, until) = (Day::NONE, Day::NONE);
        Filter { bonds: vec![], kinds: KindSet::ANY, statuses: vec![], since, until, min_weight: 0.0 }
    }
}

impl Filter {
    /// Whether a tie counts. Under a period, a tie without a date does not.
    pub fn tie(&self, tie: &Tie) -> bool {
        let status = tie.claims.as_ref().map(|c| c.status);
        self.lets(tie.bond, status, (tie.first_seen, tie.last_seen), tie.weight)
    }

    /// Whether a tie and the entity that it leads to count.
    pub(super) fn link(&self, link: &Link) -> bool {
        self.kinds.has(link.kind) && self.lets(link.bond, link.status, (link.first_seen, link.last_seen), link.weight)
    }

    fn lets(&self, bond: Bond, status: Option<Status>, (first, last): (Day, Day), weight: f64) -> bool {
        self.bond(bond)
            && (self.statuses.is_empty() || status.is_some_and(|s| self.statuses.contains(&s)))
            && (self.since.is_none() || last >= self.since)
            && (self.until.is_none() || (!first.is_none() && first <= self.until))
            && weight >= self.min_weight
    }

    /// Whether ties of this bond may count.
    pub fn bond(&self, bond: Bond) -> bool {
        self.bonds.is_empty() || self.bonds.contains(&bond)
    }

    /// Whether every tie between entities of its kinds counts.
    pub fn any_tie(&self) -> bool {
        *self == Filter { kinds: self.kinds, ..Filter::default() }
    }

    /// Whether no co-mention counts.
    pub fn only_relations(&self) -> bool {
        !self.bond(Bond::CoMention)
    }

    /// Whether an entity counts.
    pub fn node(&self, node: &Node) -> bool {
        self.kinds.has(node.kind)
    }
}

/// An entity near another, with the tie that leads to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbor {
    /// The entity.
    pub node: NodeIndex,
    /// The tie.
    pub edge: EdgeIndex,
    /// The end of the tie that was reached before.
    pub from: NodeIndex,
    /// Number of ties from the start, from 1.
    pub depth: u32,
    /// Whether the tie runs from `from` to `node`.
    pub outgoing: bool,
}

/// The order of ties by strength: relations before co-mentions, then weight, belief or NPMI, articles, the
/// graph's order.
pub fn stronger<I: Ord>(a: (I, &Tie), b: (I, &Tie)) -> Ordering {
    let might = |tie: &Tie| {
        let sure = match (&tie.claims, &tie.counts) {
            (Some(c), _) => c.belief,
            (_, Some(c)) => c.npmi.unwrap_or(-1.0),
            _ => 0.0,
        };
        (tie.bond, tie.weight, sure, tie.articles)
    };
    mightier((might(a.1), a.0), (might(b.1), b.0))
}

/// The same order of links.
pub(super) fn stronger_link(a: &Link, b: &Link) -> Ordering {
    let might = |link: &Link| (link.bond, link.weight, link.sure.unwrap_or(-1.0), link.articles);
    mightier((might(a), a.tie), (might(b), b.tie))
}

/// What ties are compared by: bond, weight, belief or NPMI, articles.
type Might = (Bond, f64, f64, u32);

fn mightier<I: Ord>((a, at): (Might, I), (b, bt): (Might, I)) -> Ordering {
    (a.0 == Bond::CoMention)
        .cmp(&(b.0 == Bond::CoMention))
        .then(b.1.total_cmp(&a.1))
        .then(b.2.total_cmp(&a.2))
        .then(b.3.cmp(&a.3))
        .then(at.cmp(&bt))
}

fn ties_of(graph: &Graph, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, NodeIndex, bool)> + '_ {
    let out = graph.graph.edges_directed(node, Outgoing).map(|e| (e.id(), e.target(), true));
    let into = graph.graph.edges_directed(node, Incoming).map(|e| (e.id(), e.source(), false));
    out.chain(into)
}

/// The entities within `depth` ties of `start`, breadth first, strongest ties first. At depth 1 every tie is
/// listed, several to one neighbour among them; further out each entity once, by its strongest tie.
pub fn neighbors(graph: &Graph, start: NodeIndex, depth: u32, filter: &Filter) -> Vec<Neighbor> {
    let mut reached = vec![false; graph.graph.node_count()];
    reached[start.index()] = true;
    let mut out: Vec<Neighbor> = Vec::new();
    let mut frontier = vec![start];
    for step in 1..=depth {
        let mut found: Vec<Neighbor> = frontier
            .iter()
            .flat_map(|&from| {
                ties_of(graph, from).map(move |(edge, node, outgoing)| Neighbor {
                    node,
                    edge,
                    from,
                    depth: step,
                    outgoing,
                })
            })
            .filter(|n| !reached[n.node.index()] && filter.node(graph.node(n.node)))
            .filter(|n| filter.tie(&graph.graph[n.edge]))
            .collect();
        found.sort_by(|a, b| stronger((a.edge, &graph.graph[a.edge]), (b.edge, &graph.graph[b.edge])));
        frontier = Vec::new();
        for n in found {
            let new = !std::mem::replace(&mut reached[n.node.index()], true);
            if new {
                frontier.push(n.node);
            }
            if new || step == 1 {
                out.push(n);
            }
        }
        if frontier.is_empty() {
            break;
        }
    }
    out
}
