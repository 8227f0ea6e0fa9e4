//! Claims that contradict each other: nothing is resolved, both sentences are shown.

use super::answer::{Conflict, Contradiction, Side};
use super::around::Filter;
use super::base::{Base, Stated, TieRow};
use crate::diagnostic::Error;
use crate::dictionary::fold;
use crate::graph::{Bond, Day};
use crate::schema::Status;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::rc::Rc;

/// Roles of which an institution has one at a time, with the ways to write them (folded).
const SINGLE: [(&str, &[&str]); 6] = [
    ("ceo", &["ceo", "首席执行官", "chiefexecutive", "chiefexecutiveofficer", "行政总裁"]),
    ("chair", &["董事长", "董事会主席", "chairman", "chairwoman", "chair", "chairperson"]),
    ("cto", &["cto", "首席技术官", "chieftechnologyofficer"]),
    ("cfo", &["cfo", "首席财务官", "chieffinancialofficer"]),
    ("coo", &["coo", "首席运营官", "chiefoperatingofficer"]),
    ("president", &["总裁", "president"]),
];

/// The single roles that a role's words name: `创始人兼CEO` names the CEO, `前CEO` none, nor `副总裁` or `中国区总裁`.
fn roles(words: &str) -> Vec<&'static str> {
    let parts = words.split(['兼', '、', '/', '和', '及', ',', '，', '&']).flat_map(|p| p.split(" and "));
    let folded: Vec<String> = parts.map(fold).collect();
    SINGLE
        .iter()
        .filter(|(_, forms)| folded.iter().any(|p| forms.contains(&p.as_str())))
        .map(|(role, _)| *role)
        .collect()
}

fn side(base: &Base, row: &TieRow, claims: &[&Stated]) -> Result<Option<Side>, Error> {
    let (Some(first), Some(evidence)) = (claims.first(), base.best(claims)?) else { return Ok(None) };
    let (source, target) = (base.brief(row.source)?, base.brief(row.target)?);
    Ok(Some(Side { source, target, status: first.status, claims: claims.len(), evidence }))
}

fn conflict(base: &Base, kind: Contradiction, row: &TieRow, sides: [Option<Side>; 2]) -> Option<Conflict> {
    let [Some(a), Some(b)] = sides else { return None };
    let (relation, label) = (base.bond_name(row.tie.bond).to_string(), base.bond_label(row.tie.bond).to_string());
    Some(Conflict { kind, relation, label, sides: [a, b] })
}

/// Two ties, or one with itself, that may contradict each other; of how many claims.
struct Suspicion {
    claims: u32,
    kind: Contradiction,
    rows: [Rc<TieRow>; 2],
}

/// The conflicts of one entity, or all: the tie asserted here and denied there; asserted in an article younger than one
/// that calls it ended; two buyers of one entity; two persons in a role of which there is one, at the same time. At
/// most `limit` (0 for all), those with the most claims first; and whether there may be more.
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
    let mut suspicions: Vec<Suspicion> = Vec::new();
    for row in base.disputed(entity, &by_tie)? {
        let Some(counts) = row.tie.claims.as_ref().map(|c| c.by_status) else { continue };
        let row = Rc::new(row);
        for (kind, other) in [(Contradiction::Denied, Status::Negated), (Contradiction::Ended, Status::Ended)] {
            if counts[other as usize] > 0 {
                let claims = counts[Status::Asserted as usize] + counts[other as usize];
                suspicions.push(Suspicion { claims, kind, rows: [Rc::clone(&row), Rc::clone(&row)] });
            }
        }
    }
    rivals(base, entity, &by_tie, &mut suspicions)?;
    suspicions.sort_by_key(|s| (Reverse(s.claims), s.kind, s.rows[0].id, s.rows[1].id));
    let mut known: FxHashMap<i64, Rc<Vec<Stated>>> = FxHashMap::default();
    let mut out: Vec<Conflict> = Vec::new();
    for suspicion in &suspicions {
        if !concerns(base, suspicion, filter)? {
            continue;
        }
        if limit > 0 && out.len() == limit {
            return Ok((out, true));
        }
        let mut claims = |row: &TieRow| -> Result<Rc<Vec<Stated>>, Error> {
            if let Some(known) = known.get(&row.id) {
                return Ok(Rc::clone(known));
            }
            let read = Rc::new(base.stated(row)?);
            known.insert(row.id, Rc::clone(&read));
            Ok(read)
        };
        let (a, b) = (claims(&suspicion.rows[0])?, claims(&suspicion.rows[1])?);
        if let Some((a, b)) = sides(suspicion.kind, &a, &b) {
            let [first, second] = &suspicion.rows;
            let sides = [side(base, first, &a)?, side(base, second, &b)?];
            out.extend(conflict(base, suspicion.kind, first, sides));
        }
    }
    Ok((out, false))
}

/// Whether an entity of the wanted kinds is in it.
fn concerns(base: &Base, suspicion: &Suspicion, filter: &Filter) -> Result<bool, Error> {
    if filter.kinds == crate::schema::KindSet::ANY {
        return Ok(true);
    }
    for row in &suspicion.rows {
        for id in [row.source, row.target] {
            if filter.kinds.has(base.brief(id)?.kind) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The claims on both sides, if they do contradict each other.
fn sides<'e>(kind: Contradiction, a: &'e [Stated], b: &'e [Stated]) -> Option<(Vec<&'e Stated>, Vec<&'e Stated>)> {
    let of = |list: &'e [Stated], s: Status| list.iter().filter(|c| c.status == s).collect::<Vec<_>>();
    let asserted = of(a, Status::Asserted);
    match kind {
        Contradiction::Denied => Some((asserted, of(b, Status::Negated))),
        Contradiction::Ended => {
            let ended = of(b, Status::Ended);
            let end = ended.iter().map(|c| c.date).filter(|d| !d.is_none()).min()?;
            let later: Vec<&Stated> = asserted.into_iter().filter(|c| c.date > end).collect();
            (!later.is_empty()).then_some((later, ended))
        }
        Contradiction::TwoBuyers => Some((asserted, of(b, Status::Asserted))),
        Contradiction::TwoLeaders => {
            let roles_of = |c: &Stated| c.role.as_deref().map(roles).unwrap_or_default();
            let other = of(b, Status::Asserted);
            SINGLE.iter().find_map(|(role, _)| {
                let with = |list: &[&'e Stated]| -> Vec<&'e Stated> {
                    list.iter().copied().filter(|e| roles_of(e).contains(role)).collect()
                };
                let (a, b) = (with(&asserted), with(&other));
                (!a.is_empty() && !b.is_empty() && overlap(&a, &b)).then_some((a, b))
            })
        }
    }
}

/// Pairs of sources of one target where there can be one.
fn rivals(base: &Base, entity: Option<i64>, filter: &Filter, out: &mut Vec<Suspicion>) -> Result<(), Error> {
    for (relation, kind) in [("acquires", Contradiction::TwoBuyers), ("leads", Contradiction::TwoLeaders)] {
        let Some(id) = base.schema().find(relation) else { continue };
        let bond = Bond::Relation(id);
        if !filter.bonds.is_empty() && !filter.bonds.contains(&bond) {
            continue;
        }
        for rows in base.shared_targets(id, entity)? {
            let asserted = |row: &TieRow| row.tie.claims.as_ref().map_or(0, |c| c.by_status[Status::Asserted as usize]);
            let rows: Vec<Rc<TieRow>> = rows.into_iter().filter(|r| filter.tie(&r.tie)).map(Rc::new).collect();
            for (i, a) in rows.iter().enumerate() {
                for b in &rows[i + 1..] {
                    let within = |row: &TieRow| entity.is_none_or(|e| row.source == e || row.target == e);
                    if within(a) || within(b) {
                        let rows = [Rc::clone(a), Rc::clone(b)];
                        out.push(Suspicion { claims: asserted(a) + asserted(b), kind, rows });
                    }
                }
            }
        }
    }
    Ok(())
}

/// Whether one claim of each is older than one of the other: who was named first is named again after the other was.
/// One after the other is a succession.
fn overlap(a: &[&Stated], b: &[&Stated]) -> bool {
    let span = |list: &[&Stated]| -> Option<(Day, Day)> {
        let days = list.iter().map(|c| c.date).filter(|d| !d.is_none());
        Some((days.clone().min()?, days.max()?))
    };
    match (span(a), span(b)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::roles;

    #[test]
    fn single_roles() {
        assert_eq!(roles("联合创始人兼CEO"), ["ceo"]);
        assert_eq!(roles("董事长兼首席执行官"), ["ceo", "chair"]);
        assert_eq!(roles("chairman and CEO"), ["ceo", "chair"]);
        for none in ["前CEO", "副总裁", "中国区总裁", "创始人", "联席CEO", "副董事长", ""] {
            assert!(roles(none).is_empty(), "{none}");
        }
    }
}
