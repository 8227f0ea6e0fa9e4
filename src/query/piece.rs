//! A piece of the store's graph, as large as asked and no larger: the same as [`part`](super::part) takes from a graph in
//! memory.

use super::answer::Changed;
use super::around::Filter;
use super::base::Base;
use super::near::reach;
use super::rank::Measure;
use super::said::row;
use crate::diagnostic::Error;
use crate::graph::{Bond, Graph, Tie};
use crate::schema::EntityKind;
use crate::store::TieRow;
use petgraph::graph::DiGraph;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// Which piece.
#[derive(Clone, Debug)]
pub struct Piece {
    /// At most this many entities, the most important first; with `around`, the nearest; 0 for all.
    pub top: usize,
    /// Only entities near one of these.
    pub around: Vec<i64>,
    /// How many ties away is near.
    pub depth: u32,
    /// Only entities of the community with this number.
    pub community: Option<u32>,
    /// Which ties count.
    pub filter: Filter,
    /// At most this many pieces of evidence for each relation, the best.
    pub evidence: usize,
    /// The same for each co-mention.
    pub co_evidence: usize,
}

/// A piece that was taken.
#[derive(Debug)]
pub struct Taken {
    /// The piece as a graph of its own, with the schema and the totals of the whole.
    pub graph: Graph,
    /// How many entities fit, with those beyond the number asked for.
    pub fit: usize,
}

/// Takes a piece.
///
/// # Errors
/// When the store cannot be read.
pub fn piece(base: &Base, wanted: &Piece) -> Result<Taken, Error> {
    let filter = &wanted.filter;
    let mut ids = match wanted.around.is_empty() {
        true => important(base, wanted)?,
        false => nearby(base, wanted)?,
    };
    let fit = ids.len();
    if wanted.top > 0 {
        ids.truncate(wanted.top);
    }
    let inside: FxHashSet<i64> = ids.iter().copied().collect();
    let mut ties = Vec::new();
    for &id in &ids {
        ties.extend(base.ties_into(id, &inside, filter)?);
    }
    // an entity without a tie is there unless the filter leaves ties out
    let also = if filter.any_tie() { ids } else { wanted.around.clone() };
    Ok(Taken { graph: graph(base, also, ties, wanted)?, fit })
}

/// The ties that changed, as a piece. Of what is wanted, only the evidence counts.
///
/// # Errors
/// When the store cannot be read.
pub fn changed(base: &Base, changes: &[Changed], wanted: &Piece) -> Result<Taken, Error> {
    let mut ties = Vec::new();
    for change in changes {
        ties.extend(row(base, change)?);
    }
    let fit = ties.len();
    Ok(Taken { graph: graph(base, Vec::new(), ties, wanted)?, fit })
}

/// These ties with their ends, and `also` besides.
fn graph(base: &Base, also: Vec<i64>, mut ties: Vec<TieRow>, wanted: &Piece) -> Result<Graph, Error> {
    let mut kept = also;
    kept.extend(ties.iter().flat_map(|row| [row.source, row.target]));
    // ids stand in the order of the keys
    kept.sort_unstable();
    kept.dedup();
    ties.sort_by_key(|row| (row.source, row.target, row.tie.bond));
    let mut graph = DiGraph::new();
    let mut places = FxHashMap::default();
    for id in kept {
        places.insert(id, graph.add_node(base.node(id)?));
    }
    for row in ties {
        let limit = if row.tie.bond == Bond::CoMention { wanted.co_evidence } else { wanted.evidence };
        let evidence = base.store().evidence(row.id, limit)?;
        graph.add_edge(places[&row.source], places[&row.target], Tie { evidence, ..row.tie });
    }
    Ok(Graph::new(graph, base.schema().clone(), base.store().totals()?))
}

/// The entities that count, the most important first: all of the kinds and the community, or those that have a tie which
/// counts.
fn important(base: &Base, wanted: &Piece) -> Result<Vec<i64>, Error> {
    let (filter, community) = (&wanted.filter, wanted.community);
    if filter.any_tie() && community.is_none() {
        return base.first(Measure::PageRank, filter.kinds, 0);
    }
    let mut ids: Vec<i64> = Vec::new();
    for entity in base.standings()? {
        if filter.kinds.has(entity.kind) && community.is_none_or(|c| entity.community == Some(c)) {
            ids.push(entity.id);
        }
    }
    if !filter.any_tie() {
        let inside: FxHashSet<i64> = ids.iter().copied().collect();
        let mut tied: FxHashSet<i64> = FxHashSet::default();
        for [a, b] in base.ends(filter)? {
            if inside.contains(&a) && inside.contains(&b) {
                tied.extend([a, b]);
            }
        }
        ids.retain(|id| tied.contains(id));
    }
    Ok(ids)
}

/// Entities near the ones asked for, nearest and strongest first.
fn nearby(base: &Base, wanted: &Piece) -> Result<Vec<i64>, Error> {
    let mut near = Vec::new();
    for &start in &wanted.around {
        let found = reach(base, start, wanted.depth, &wanted.filter)?;
        near.extend(found.into_iter().map(|reached| (reached.depth, reached.link.other)));
    }
    near.sort_by_key(|(depth, _)| *depth);
    let mut seen = FxHashSet::default();
    let mut out = wanted.around.clone();
    for (_, id) in near {
        if wanted.community.is_none() || base.community_of(id)? == wanted.community {
            out.push(id);
        }
    }
    out.retain(|id| seen.insert(*id));
    Ok(out)
}

/// What there is in the whole store, or a whole graph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whole {
    /// Entities by kind, in the order of [`EntityKind::ALL`].
    pub kinds: Vec<usize>,
    /// Relations in the order of the schema, each by how they stand, in the order of [`Status::ALL`](crate::schema::Status::ALL).
    pub relations: Vec<[usize; 5]>,
    /// Ties that say no more than that two are mentioned together.
    pub co_mentions: usize,
}

impl Whole {
    fn with(relations: usize) -> Whole {
        Whole { kinds: vec![0; EntityKind::ALL.len()], relations: vec![[0; 5]; relations], co_mentions: 0 }
    }

    /// Counts what there is in a graph.
    pub fn of(graph: &Graph) -> Whole {
        let mut whole = Whole::with(graph.schema.relations.len());
        graph.graph.node_weights().for_each(|n| whole.kinds[n.kind as usize] += 1);
        for tie in graph.graph.edge_weights() {
            match (tie.bond, &tie.claims) {
                (Bond::Relation(id), Some(c)) => whole.relations[id.0 as usize][c.status as usize] += 1,
                _ => whole.co_mentions += 1,
            }
        }
        whole
    }
}

/// Counts what there is in the whole store.
///
/// # Errors
/// When the store cannot be read.
pub fn whole(base: &Base) -> Result<Whole, Error> {
    let mut whole = Whole::with(base.schema().relations.len());
    for entity in base.standings()? {
        whole.kinds[entity.kind as usize] += 1;
    }
    whole.co_mentions = base.count_ties()?;
    for (bond, status, count) in base.counts()? {
        if let (Bond::Relation(id), Some(status)) = (bond, status) {
            whole.relations[id.0 as usize][status as usize] += count;
            whole.co_mentions -= count;
        }
    }
    Ok(whole)
}
