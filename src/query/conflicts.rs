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

/// The single roles that a role's words name, a bit for each: `创始人兼CEO` names the CEO, `前CEO` none, nor `副总裁` or
/// `中国区总裁`.
fn roles(words: &str) -> u8 {
    let parts = words.split(['兼', '、', '/', '和', '及', ',', '，', '&']).flat_map(|p| p.split(" and "));
    let folded: Vec<String> = parts.map(fold).collect();
    let named = |(_, forms): &(&str, &[&str])| folded.iter().any(|p| forms.contains(&p.as_str()));
    SINGLE.iter().enumerate().fold(0, |bits, (i, role)| bits | u8::from(named(role)) << i)
}

fn side(base: &Base, row: &TieRow, claims: &[&Stated]) -> Result<Option<Side>, Error> {
    let (Some(first), Some(evidence)) = (claims.first(), base.best(claims)?) else { return Ok(None) };
    let (source, target) = (base.brief(row.source)?, base.brief(row.target)?);
    let days = claims.iter().map(|c| c.date);
    let days = (days.clone().min().unwrap_or(Day::NONE), days.max().unwrap_or(Day::NONE));
    Ok(Some(Side { source, target, status: first.status, claims: claims.len(), days, evidence }))
}

fn conflict(base: &Base, kind: Contradiction, row: &TieRow, sides: [Option<Side>; 2]) -> Option<Conflict> {
    let [Some(a), Some(b)] = sides else { return None };
    let (relation, label) = (base.bond_name(row.tie.bond).to_string(), base.bond_label(row.tie.bond).to_string());
    Some(Conflict { kind, relation, label, sides: [a, b] })
}

/// A tie's claims with the single roles that each names, and all that any names.
struct Claimed {
    claims: Vec<(Stated, u8)>,
    roles: u8,
}

impl Claimed {
    /// `roles_of` knows words that came before.
    fn of(claims: Vec<Stated>, roles_of: &mut FxHashMap<String, u8>) -> Claimed {
        let mut all = 0;
        let claims = claims.into_iter().map(|claim| {
            let bits = match &claim.role {
                None => 0,
                Some(words) => match roles_of.get(words) {
                    Some(known) => *known,
                    None => *roles_of.entry(words.clone()).or_insert(roles(words)),
                },
            };
            if claim.status == Status::Asserted {
                all |= bits;
            }
            (claim, bits)
        });
        Claimed { claims: claims.collect(), roles: all }
    }
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
    let mut known: FxHashMap<i64, Rc<Claimed>> = FxHashMap::default();
    let mut roles_of: FxHashMap<String, u8> = FxHashMap::default();
    let mut out: Vec<Conflict> = Vec::new();
    for suspicion in &suspicions {
        if !concerns(base, suspicion, filter)? {
            continue;
        }
        if limit > 0 && out.len() == limit {
            return Ok((out, true));
        }
        let mut claims = |row: &TieRow| -> Result<Rc<Claimed>, Error> {
            if let Some(known) = known.get(&row.id) {
                return Ok(Rc::clone(known));
            }
            let read = Rc::new(Claimed::of(base.stated(row)?, &mut roles_of));
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
fn sides<'e>(kind: Contradiction, a: &'e Claimed, b: &'e Claimed) -> Option<(Vec<&'e Stated>, Vec<&'e Stated>)> {
    // those of a status, and of the roles if some are asked for
    let of = |side: &'e Claimed, status: Status, roles: u8| -> Vec<&'e Stated> {
        let wanted = |(claim, bits): &&(Stated, u8)| claim.status == status && (roles == 0 || bits & roles > 0);
        side.claims.iter().filter(wanted).map(|(claim, _)| claim).collect()
    };
    match kind {
        Contradiction::Denied => Some((of(a, Status::Asserted, 0), of(b, Status::Negated, 0))),
        Contradiction::Ended => {
            let ended = of(b, Status::Ended, 0);
            let end = ended.iter().map(|c| c.date).filter(|d| !d.is_none()).min()?;
            let mut later = of(a, Status::Asserted, 0);
            later.retain(|c| c.date > end);
            (!later.is_empty()).then_some((later, ended))
        }
        Contradiction::TwoBuyers => Some((of(a, Status::Asserted, 0), of(b, Status::Asserted, 0))),
        Contradiction::TwoLeaders => {
            let both = (0..SINGLE.len()).map(|i| 1 << i).filter(|role| a.roles & b.roles & role > 0);
            both.map(|role| (of(a, Status::Asserted, role), of(b, Status::Asserted, role))).find(|(a, b)| overlap(a, b))
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
    use super::{SINGLE, roles};

    #[test]
    fn single_roles() {
        let named = |words: &str| -> Vec<&str> {
            SINGLE.iter().enumerate().filter(|(i, _)| roles(words) >> i & 1 == 1).map(|(_, (role, _))| *role).collect()
        };
        assert_eq!(named("联合创始人兼CEO"), ["ceo"]);
        assert_eq!(named("董事长兼首席执行官"), ["ceo", "chair"]);
        assert_eq!(named("chairman and CEO"), ["ceo", "chair"]);
        for none in ["前CEO", "副总裁", "中国区总裁", "创始人", "联席CEO", "副董事长", ""] {
            assert_eq!(roles(none), 0, "{none}");
        }
    }
}
