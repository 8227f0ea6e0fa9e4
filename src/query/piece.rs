//! A piece of the store's graph, as large as asked and no larger: the same as [`part`](super::part) takes from a graph in
//! memory.

use super::around::Filter;
use super::base::Base;
use super::near::reach;
use super::rank::Measure;
use crate::diagnostic::Error;
use crate::graph::{Bond, Graph, Tie};
use petgraph::graph::DiGraph;
use rustc_hash::{FxHashMap, FxHashSet};

/// Which piece.
#[derive(Clone, Debug)]
pub struct Piece {
    /// At most this many entities, the most important first; with `around`, the nearest; 0 for all.
    pub top: usize,
    /// Only entities near one of these.
    pub around: Vec<i64>,
    /// How many ties away is near.
    pub depth: u32,
    /// Which ties count.
    pub filter: Filter,
    /// At most this many pieces of evidence for each relation, the best.
    pub evidence: usize,
    /// The same for each co-mention.
    pub co_evidence: usize,
}

/// The piece as a graph of its own, with the schema and the totals of the whole.
///
/// # Errors
/// When the store cannot be read.
pub fn piece(base: &Base, wanted: &Piece) -> Result<Graph, Error> {
    let filter = &wanted.filter;
    let ids = match wanted.around.is_empty() {
        true => base.first(Measure::PageRank, filter.kinds, wanted.top)?,
        false => nearby(base, wanted)?,
    };
    let inside: FxHashSet<i64> = ids.iter().copied().collect();
    let mut ties = Vec::new();
    for &id in &ids {
        ties.extend(base.ties_into(id, &inside, filter)?);
    }
    // an entity without a tie is there unless the filter leaves ties out
    let all_ties = Filter { kinds: filter.kinds, ..Filter::default() };
    let mut kept = if *filter == all_ties { ids } else { wanted.around.clone() };
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
        let evidence = base.evidence(&row, limit)?;
        graph.add_edge(places[&row.source], places[&row.target], Tie { evidence, ..row.tie });
    }
    Ok(Graph::new(graph, base.schema().clone(), base.store().totals()?))
}

/// Entities near the ones asked for, nearest and strongest first.
fn nearby(base: &Base, wanted: &Piece) -> Result<Vec<i64>, Error> {
    let mut near = Vec::new();
    for &start in &wanted.around {
        let found = reach(base, start, wanted.depth, &wanted.filter)?;
        near.extend(found.into_iter().map(|(depth, from, row)| (depth, row.other(from))));
    }
    near.sort_by_key(|(depth, _)| *depth);
    let mut seen = FxHashSet::default();
    let mut out = wanted.around.clone();
    out.extend(near.into_iter().map(|(_, id)| id));
    out.retain(|id| seen.insert(*id));
    if wanted.top > 0 {
        out.truncate(wanted.top);
    }
    Ok(out)
}

/// The number of entities and of ties in the whole store.
///
/// # Errors
/// When the store cannot be read.
pub fn whole(base: &Base) -> Result<(usize, usize), Error> {
    let (_, entities) = base.rank(f64::MAX)?;
    Ok((entities as usize, base.count_ties()?))
}
