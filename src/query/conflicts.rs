//! Claims that contradict each other: nothing is resolved, both sentences are shown.

use super::answer::{Conflict, Side};
use super::around::Filter;
use super::base::Base;
use crate::diagnostic::Error;
use crate::schema::{KindSet, Status};
use crate::store::TieRow;

/// The conflicts of one entity, or all, as the store has them: the tie asserted here and denied there; asserted in an
/// article younger than one that calls it ended; two buyers of one entity; two persons in a role of which there is one, at
/// the same time. At most `limit` (0 for all), those with the most claims first; and whether there are more.
///
/// # Errors
/// When the store cannot be read.
pub fn conflicts(
    base: &Base,
    entity: Option<i64>,
    filter: &Filter,
    limit: usize,
) -> Result<(Vec<Conflict>, bool), Error> {
    let by_tie = Filter { statuses: vec![], ..filter.clone() };
    let mut out: Vec<Conflict> = Vec::new();
    for row in base.contradictions(entity)? {
        let [first, second] = [base.tie(row.ties[0])?, base.tie(row.ties[1])?];
        if !by_tie.tie(&first.tie) || !by_tie.tie(&second.tie) || !concerns(base, [&first, &second], filter.kinds)? {
            continue;
        }
        if limit > 0 && out.len() == limit {
            return Ok((out, true));
        }
        let side = |tie: &TieRow, i: usize| -> Result<Side, Error> {
            let (source, target) = (base.brief(tie.source)?, base.brief(tie.target)?);
            let evidence = base.claim(row.best[i], tie)?;
            let status = evidence.claim.as_ref().map_or(Status::Asserted, |c| c.status);
            Ok(Side { source, target, status, claims: row.claims[i], days: row.days[i], evidence })
        };
        let bond = first.tie.bond;
        let (relation, label) = (base.bond_name(bond).to_string(), base.bond_label(bond).to_string());
        out.push(Conflict { kind: row.kind, relation, label, sides: [side(&first, 0)?, side(&second, 1)?] });
    }
    Ok((out, false))
}

/// Whether an entity of the wanted kinds is in it.
fn concerns(base: &Base, ties: [&TieRow; 2], kinds: KindSet) -> Result<bool, Error> {
    if kinds == KindSet::ANY {
        return Ok(true);
    }
    for id in ties.iter().flat_map(|tie| [tie.source, tie.target]) {
        if kinds.has(base.brief(id)?.kind) {
            return Ok(true);
        }
    }
    Ok(false)
}
