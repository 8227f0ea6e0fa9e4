//! What surrounds an entity in the store: its neighbours, its profile, the sentences behind its ties.

use super::answer::{Behind, Brief, Direction, Near, Neighbors, Profile, TieAnswer};
use super::around::{Filter, stronger, stronger_link};
use super::base::Base;
use crate::diagnostic::Error;
use crate::store::TieRow;
use crate::store::links::Link;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// The entities within `depth` ties of one, breadth first, strongest ties first, `limit` at most (0 for all). At depth 1
/// every tie is listed, several to one neighbour among them; further out each entity once, by its strongest tie.
///
/// # Errors
/// When the store cannot be read.
pub fn neighbors_of(base: &Base, start: i64, depth: u32, filter: &Filter, limit: usize) -> Result<Neighbors, Error> {
    let (found, ties) = around(base, start, depth, filter, limit)?;
    Ok(Neighbors { entity: base.node(start)?, ties, neighbors: found })
}

/// The neighbours, and how many there are without the limit.
fn around(base: &Base, start: i64, depth: u32, filter: &Filter, limit: usize) -> Result<(Vec<Near>, usize), Error> {
    let mut out = reach(base, start, depth, filter)?;
    let all = out.len();
    out.truncate(if limit == 0 { usize::MAX } else { limit });
    let near = out.into_iter().map(|reached| near(base, reached));
    Ok((near.collect::<Result<_, _>>()?, all))
}

/// An entity that a walk came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reached {
    /// Number of ties from the start.
    pub(super) depth: u32,
    /// The end reached before.
    pub(super) from: i64,
    /// The tie.
    pub(super) link: Link,
}

/// The ties that lead to the entities within `depth` of one.
pub(super) fn reach(base: &Base, start: i64, depth: u32, filter: &Filter) -> Result<Vec<Reached>, Error> {
    let mut reached: FxHashSet<i64> = FxHashSet::from_iter([start]);
    let mut out: Vec<Reached> = Vec::new();
    base.each_link(start, filter, true, |link| out.push(Reached { depth: 1, from: start, link }))?;
    out.sort_unstable_by(|a, b| stronger_link(&a.link, &b.link));
    let mut frontier: Vec<i64> = out.iter().map(|near| near.link.other).filter(|id| reached.insert(*id)).collect();
    for step in 2..=depth {
        // of many ties to one entity the strongest
        let mut best: FxHashMap<i64, Reached> = FxHashMap::default();
        for from in std::mem::take(&mut frontier) {
            base.each_link(from, filter, true, |link| {
                if reached.contains(&link.other) {
                    return;
                }
                let near = Reached { depth: step, from, link };
                let known = best.entry(link.other).or_insert(near);
                if stronger_link(&link, &known.link).is_lt() {
                    *known = near;
                }
            })?;
        }
        let mut found: Vec<Reached> = best.into_values().collect();
        found.sort_unstable_by(|a, b| stronger_link(&a.link, &b.link));
        frontier.extend(found.iter().map(|near| near.link.other));
        reached.extend(&frontier);
        out.extend(found);
        if frontier.is_empty() {
            break;
        }
    }
    if depth == 0 { Ok(Vec::new()) } else { Ok(out) }
}

fn near(base: &Base, Reached { depth, from, link }: Reached) -> Result<Near, Error> {
    let row = base.tie(link.tie)?;
    let direction = direction(base, &row, from);
    let entity = base.brief(link.other)?;
    Ok(Near { entity, depth, from: base.brief(from)?, direction, tie: base.answer(row, usize::MAX)? })
}

/// How a tie runs, seen from one of its ends.
pub(super) fn direction(base: &Base, row: &TieRow, from: i64) -> Direction {
    match base.symmetric(row.tie.bond) {
        true => Direction::None,
        false if row.source == from => Direction::Out,
        false => Direction::In,
    }
}

/// The profile of an entity with its `limit` strongest ties (0 for all).
///
/// # Errors
/// When the store cannot be read.
pub fn profile(base: &Base, id: i64, limit: usize) -> Result<Profile, Error> {
    let entity = base.node(id)?;
    let (ties, _) = around(base, id, 1, &Filter::default(), limit)?;
    let community = match entity.community {
        Some(number) => Some(super::rank::community_brief(base, number)?),
        None => None,
    };
    let (rank, of) = base.rank(entity.pagerank)?;
    Ok(Profile { rank, of, community, versions: base.versions(&entity.key)?, ties, entity })
}

/// The sentences behind an entity's ties, or behind those between it and another: the strongest tie's first, each
/// tie's best first, `limit` at most (0 for all); and whether there is a tie at all.
///
/// # Errors
/// When the store cannot be read.
pub fn evidence(
    base: &Base,
    id: i64,
    other: Option<i64>,
    filter: &Filter,
    limit: usize,
) -> Result<(Vec<Behind>, bool), Error> {
    let mut ties = match other {
        Some(other) => base.ties_between(id, other, filter)?,
        None => base.ties(id, filter)?,
    };
    ties.sort_by(|a, b| stronger((a.id, &a.tie), (b.id, &b.tie)));
    let room = if limit == 0 { usize::MAX } else { limit };
    let mut out: Vec<Behind> = Vec::new();
    let mut any = false;
    for row in ties {
        if other.is_none() && !filter.kinds.has(base.brief(row.other(id))?.kind) {
            continue;
        }
        any = true;
        if out.len() >= room {
            break;
        }
        let mut tie: TieAnswer = base.answer(row, room - out.len())?;
        let evidence = std::mem::take(&mut tie.tie.evidence);
        let tie = Rc::new(tie);
        out.extend(evidence.into_iter().map(|evidence| Behind { tie: Rc::clone(&tie), evidence }));
    }
    Ok((out, any))
}

/// The entities' briefs of a list of ids.
pub(super) fn briefs(base: &Base, ids: &[i64]) -> Result<Vec<Rc<Brief>>, Error> {
    ids.iter().map(|id| base.brief(*id)).collect()
}
