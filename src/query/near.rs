//! What surrounds an entity in the store: its neighbours, its profile, the sentences behind its ties.

use super::answer::{Behind, Brief, Direction, Near, Neighbors, Profile, TieAnswer};
use super::around::{Filter, stronger};
use super::base::Base;
use crate::diagnostic::Error;
use crate::store::TieRow;
use rustc_hash::FxHashSet;
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
    let near = out.into_iter().map(|(depth, from, row)| near(base, depth, from, row));
    Ok((near.collect::<Result<_, _>>()?, all))
}

/// The ties that lead to the entities within `depth` of one: number of ties from the start, the end reached before, tie.
pub(super) fn reach(base: &Base, start: i64, depth: u32, filter: &Filter) -> Result<Vec<(u32, i64, TieRow)>, Error> {
    let mut reached: FxHashSet<i64> = FxHashSet::from_iter([start]);
    let mut frontier = vec![start];
    let mut out: Vec<(u32, i64, TieRow)> = Vec::new();
    for step in 1..=depth {
        let mut found: Vec<(i64, TieRow)> = Vec::new();
        for &from in &frontier {
            let ties = base.ties(from, filter)?.into_iter().map(|row| (from, row));
            found.extend(ties.filter(|(from, row)| !reached.contains(&row.other(*from))));
        }
        found.sort_by(|(_, a), (_, b)| stronger((a.id, &a.tie), (b.id, &b.tie)));
        frontier.clear();
        for (from, row) in found {
            let other = row.other(from);
            if !filter.kinds.has(base.brief(other)?.kind) {
                continue;
            }
            let new = reached.insert(other);
            if new {
                frontier.push(other);
            }
            if new || step == 1 {
                out.push((step, from, row));
            }
        }
        if frontier.is_empty() {
            break;
        }
    }
    Ok(out)
}

fn near(base: &Base, depth: u32, from: i64, row: TieRow) -> Result<Near, Error> {
    let direction = direction(base, &row, from);
    let entity = base.brief(row.other(from))?;
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
