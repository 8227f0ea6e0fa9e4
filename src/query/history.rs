//! Time: what happened to an entity, and what changed between two dates or two stores.

use super::answer::{Change, Changed, Event, Timeline};
use super::around::Filter;
use super::base::Base;
use super::near::direction;
use crate::diagnostic::Error;
use crate::graph::record::fingerprint;
use crate::graph::{Bond, Day, Evidence, Standing, Voice, event_order, standing};
use crate::schema::{KindSet, Status};
use crate::store::TieRow;
use crate::store::course::Spoken;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) fn status(e: &Evidence) -> Status {
    e.claim.as_ref().map_or(Status::Asserted, |c| c.status)
}

fn day(e: &Evidence) -> Day {
    e.passage.article.date
}

fn voice(e: &Evidence) -> Voice<&str> {
    let confidence = e.claim.as_ref().map_or(0.0, |c| c.confidence);
    let (sentence, article) = (fingerprint(&e.passage.text), e.passage.article.path.as_str());
    Voice { day: day(e), status: status(e), confidence, sentence, article }
}

/// How the store has it that a relation stands.
fn stands(row: &TieRow) -> Option<Standing> {
    let claims = row.tie.claims.as_ref()?;
    let (status, belief) = (claims.status, claims.belief);
    Some(Standing { status, weight: row.tie.weight as u64, belief, articles: row.tie.articles.into() })
}

/// `2025`, `2025-Q2`, `2025-06`, `2025-06-24`: how precise.
fn precision(when: &str) -> Option<&'static str> {
    match when.len() {
        4 => Some("year"),
        7 if when.contains('Q') => Some("quarter"),
        7 => Some("month"),
        10 => Some("day"),
        _ => None,
    }
}

/// Whether an event dated so lies in the filter's period: its first day may be as late as `until`, its last as early as
/// `since`.
fn inside(filter: &Filter, date: Option<&str>) -> bool {
    if filter.since.is_none() && filter.until.is_none() {
        return true;
    }
    let Some(date) = date else { return false };
    let (first, last) = Day::span(date);
    (filter.since.is_none() || last >= filter.since) && (filter.until.is_none() || first <= filter.until)
}

/// The events of an entity: one for each other entity, relation, status and event date; where no sentence gives a
/// date, one for each other entity, relation and status, at the date of the first article that says so. By date;
/// `limit` at most, the latest (0 for all).
///
/// # Errors
/// When the store cannot be read.
pub fn timeline(base: &Base, id: i64, filter: &Filter, limit: usize) -> Result<Timeline, Error> {
    let by_tie = Filter { statuses: vec![], since: Day::NONE, until: Day::NONE, ..filter.clone() };
    let mut events: Vec<Event> = Vec::new();
    for (row, claims) in base.claims_of(id, &by_tie)? {
        let other = base.brief(row.other(id))?;
        if !filter.kinds.has(other.kind) {
            continue;
        }
        let mut groups: BTreeMap<(Status, String), Vec<Evidence>> = BTreeMap::new();
        for e in claims {
            let when = e.claim.as_ref().map(|c| c.when.to_string()).unwrap_or_default();
            groups.entry((status(&e), when)).or_default().push(e);
        }
        for ((status, when), mut claims) in groups {
            if !filter.statuses.is_empty() && !filter.statuses.contains(&status) {
                continue;
            }
            let first = claims.iter().map(day).filter(|d| !d.is_none()).min();
            let (date, dated_by) = match when.is_empty() {
                true => (first.map(|d| d.to_string()), "article"),
                false => (Some(when), "event"),
            };
            if !inside(filter, date.as_deref()) {
                continue;
            }
            let said: Vec<Voice<&str>> = claims.iter().map(voice).collect();
            let Some(stands) = standing(&said) else { continue };
            claims.sort_by(Evidence::order);
            let evidence = claims.swap_remove(0);
            let facts = evidence.claim.as_ref();
            events.push(Event {
                precision: date.as_deref().and_then(precision),
                date,
                dated_by,
                relation: base.bond_name(row.tie.bond).to_string(),
                label: base.bond_label(row.tie.bond).to_string(),
                direction: direction(base, &row, id),
                other: other.clone(),
                status,
                attributes: facts
                    .map(|c| c.attributes.iter().map(|(k, v)| (k.to_string(), v.clone())).collect())
                    .unwrap_or_default(),
                articles: stands.articles as usize,
                sentences: stands.weight as usize,
                evidence,
            });
        }
    }
    let order = |e: &Event| {
        let date = e.date.clone().unwrap_or_default();
        let (first, rest) = event_order(&date);
        (e.date.is_none(), first, rest.to_string(), e.relation.clone(), e.other.id.clone(), e.status)
    };
    events.sort_by_cached_key(order);
    let all = events.len();
    if limit > 0 && all > limit {
        // the latest, those without a date last as before
        let undated = events.iter().rev().take_while(|e| e.date.is_none()).count();
        let dated = all - undated;
        events.drain(..dated.min(all - limit));
        events.truncate(limit);
    }
    Ok(Timeline { entity: base.brief(id)?, all, events })
}

/// What became of a tie that stood so and stands so; `None` if nothing worth telling.
fn change(before: Option<&Standing>, after: Option<&Standing>) -> Option<Change> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Change::New),
        (Some(_), None) => return Some(Change::Gone),
        (Some(before), Some(after)) => (before, after),
    };
    let open = |s: Status| matches!(s, Status::Planned | Status::Rumored);
    let holds = |s: Status| s == Status::Asserted || open(s);
    match (before.status, after.status) {
        (a, Status::Ended) if a != Status::Ended => Some(Change::Ended),
        (a, Status::Negated) if holds(a) => Some(Change::Reversed),
        (a, b) if !holds(a) && holds(b) => Some(Change::Reversed),
        (a, Status::Asserted) if open(a) => Some(Change::Confirmed),
        (Status::Asserted, b) if open(b) => Some(Change::Weaker),
        _ if after.weight > before.weight => Some(Change::Stronger),
        _ if after.weight < before.weight => Some(Change::Weaker),
        _ => None,
    }
}

/// A tie that changed, in which store.
struct Found<'b> {
    base: &'b Base,
    /// Its row, those of its ends, and its bond.
    tie: i64,
    ends: [i64; 2],
    bond: Bond,
    /// Its place among the others, by the keys of its ends and the name of its relation.
    place: (i64, usize, i64),
    change: Change,
    before: Option<Standing>,
    after: Option<Standing>,
}

/// The changes that are wanted (all if none is named), by kind, the strongest first, `limit` at most (0 for all); and how
/// many there are without the limit.
fn first<'b>(mut found: Vec<Found<'b>>, wanted: &[Change], limit: usize) -> (Vec<Found<'b>>, usize) {
    found.retain(|f| wanted.is_empty() || wanted.contains(&f.change));
    found.sort_unstable_by_key(|f| {
        let (weight, belief) = f.after.as_ref().or(f.before.as_ref()).map_or((0, 0.0), |s| (s.weight, s.belief));
        // 0 to 1: as their bits
        (f.change, Reverse(weight), Reverse(belief.to_bits()), f.place)
    });
    let all = found.len();
    found.truncate(if limit == 0 { usize::MAX } else { limit });
    (found, all)
}

impl Found<'_> {
    /// The change in words.
    fn told(self, evidence: Option<Evidence>) -> Result<Changed, Error> {
        let (base, bond) = (self.base, self.bond);
        Ok(Changed {
            change: self.change,
            source: base.brief(self.ends[0])?,
            target: base.brief(self.ends[1])?,
            relation: base.bond_name(bond).to_string(),
            label: base.bond_label(bond).to_string(),
            symmetric: base.symmetric(bond),
            evidence,
            before: self.before,
            after: self.after,
        })
    }
}

/// The relations that changed from the end of one day to the end of a later one, judged by the articles dated up to
/// each: of one entity, or all. Articles without a date count as older than any. Only the `wanted` changes (all if none is
/// named), `limit` at most (0 for all); and how many there are without the limit.
///
/// # Errors
/// When the store cannot be read.
pub fn changes(
    base: &Base,
    (from, to): (Day, Day),
    entity: Option<i64>,
    filter: &Filter,
    wanted: &[Change],
    limit: usize,
) -> Result<(Vec<Changed>, usize), Error> {
    let turned = match entity {
        Some(id) => turned_of(base, (from, to), id, filter)?,
        None => turned(base, (from, to), filter)?,
    };
    let names = base.bonds_by_name();
    let mut found = Vec::new();
    for Turned { tie, ends, bond, before, after } in turned {
        if !fits(filter, before.as_ref(), after.as_ref()) || !kinds_fit(base, ends, entity, filter)? {
            continue;
        }
        if let Some(change) = change(before.as_ref(), after.as_ref()) {
            // ids stand in the order of the keys
            let place = (ends[0], names.iter().position(|b| *b == bond).unwrap_or_default(), ends[1]);
            found.push(Found { base, tie, ends, bond, place, change, before, after });
        }
    }
    let (found, all) = first(found, wanted, limit);
    let best = match entity {
        Some(_) => FxHashMap::default(),
        None => best_said(base, (from, to), &found)?,
    };
    let told = found.into_iter().map(|f| {
        // the best evidence among what is new, of the status that it led to if there is some
        let now = f.after.as_ref().map(|s| s.status);
        let tie = base.tie(f.tie)?;
        let claims = match best.get(&f.tie) {
            Some(spoken) => base.claims_beside(&tie, spoken.article)?,
            None => base.claims(&tie)?,
        };
        let said = claims.into_iter().filter(|e| day(e) > from && day(e) <= to);
        let evidence = said.min_by(|a, b| {
            let other = |e: &Evidence| Some(status(e)) != now;
            other(a).cmp(&other(b)).then_with(|| a.order(b))
        });
        f.told(evidence)
    });
    Ok((told.collect::<Result<_, _>>()?, all))
}

/// How a relation stood and how it stands.
struct Turned {
    /// Its row, those of its ends, and its bond.
    tie: i64,
    ends: [i64; 2],
    bond: Bond,
    before: Option<Standing>,
    after: Option<Standing>,
}

/// The relations of one entity that may have turned in the period, from their claims.
fn turned_of(base: &Base, (from, to): (Day, Day), entity: i64, filter: &Filter) -> Result<Vec<Turned>, Error> {
    let by_tie = Filter { statuses: vec![], since: Day::NONE, until: Day::NONE, min_weight: 0.0, ..filter.clone() };
    let undated = base.any_undated()?;
    let mut out = Vec::new();
    for row in base.relations_seen(from, to, entity, &by_tie)? {
        // what the store has of the whole tie spares reading all its claims
        let (new, whole) = (row.tie.first_seen > from && !undated, row.tie.last_seen <= to);
        let said = if new && whole { Vec::new() } else { said(base, &row)? };
        let until = |last: Day| -> Vec<Voice<i64>> { said.iter().filter(|c| c.day <= last).copied().collect() };
        let before = if new { None } else { standing(&until(from)) };
        let after = if whole { stands(&row) } else { standing(&until(to)) };
        out.push(Turned { tie: row.id, ends: [row.source, row.target], bond: row.tie.bond, before, after });
    }
    Ok(out)
}

/// The relations of all that turned in the period, from the store's account of each day.
fn turned(base: &Base, period: (Day, Day), filter: &Filter) -> Result<Vec<Turned>, Error> {
    let mut out: Vec<Turned> = Vec::new();
    let mut places: FxHashMap<i64, usize> = FxHashMap::default();
    base.each_turn(period, |turn| {
        let bond = Bond::Relation(turn.relation);
        if !filter.bond(bond) {
            return;
        }
        let place = *places.entry(turn.tie).or_insert(out.len());
        match out.get_mut(place) {
            Some(known) => known.after = Some(turn.after),
            None => out.push(Turned {
                tie: turn.tie,
                ends: [turn.source, turn.target],
                bond,
                before: turn.before,
                after: Some(turn.after),
            }),
        }
    })?;
    Ok(out)
}

/// Where the best of what was said of each of these ties in the period stands: of what says how the tie stands if
/// something does.
fn best_said(base: &Base, period: (Day, Day), found: &[Found<'_>]) -> Result<FxHashMap<i64, Spoken>, Error> {
    let wanted: FxHashMap<i64, Option<Status>> =
        found.iter().map(|f| (f.tie, f.after.as_ref().map(|s| s.status))).collect();
    let mut best: FxHashMap<i64, Spoken> = FxHashMap::default();
    base.each_turn(period, |turn| {
        let Some(now) = wanted.get(&turn.tie) else { return };
        for spoken in turn.best() {
            let known = best.entry(turn.tie).or_insert(spoken);
            let other = |s: &Spoken| Some(s.status) != *now;
            let (that, this) = (other(known), other(&spoken));
            if that && !this || that == this && spoken.before(known) {
                *known = spoken;
            }
        }
    })?;
    Ok(best)
}

/// The claims of a tie.
fn said(base: &Base, row: &TieRow) -> Result<Vec<Voice<i64>>, Error> {
    let claims = base.stated(row)?.into_iter().map(|c| Voice {
        day: c.day,
        status: c.status,
        confidence: c.confidence as f32,
        sentence: c.sentence,
        article: c.article,
    });
    Ok(claims.collect())
}

/// Whether a change fits the filter's statuses and least weight, before or after.
fn fits(filter: &Filter, before: Option<&Standing>, after: Option<&Standing>) -> bool {
    let mut sides = before.into_iter().chain(after);
    let status = |s: &Standing| filter.statuses.is_empty() || filter.statuses.contains(&s.status);
    sides.any(|s| status(s) && s.weight as f64 >= filter.min_weight)
}

fn kinds_fit(base: &Base, ends: [i64; 2], entity: Option<i64>, filter: &Filter) -> Result<bool, Error> {
    if filter.kinds == KindSet::ANY {
        return Ok(true);
    }
    for id in ends.into_iter().filter(|id| Some(*id) != entity) {
        if filter.kinds.has(base.brief(id)?.kind) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The relations that differ between an older store and a newer one: of one entity (its key), or all. Only the `wanted`
/// changes (all if none is named), `limit` at most (0 for all); and how many there are without the limit.
///
/// # Errors
/// When a store cannot be read.
pub fn differences(
    (old, new): (&Base, &Base),
    entity: Option<&str>,
    filter: &Filter,
    wanted: &[Change],
    limit: usize,
) -> Result<(Vec<Changed>, usize), Error> {
    let by_tie = Filter { statuses: vec![], min_weight: 0.0, ..filter.clone() };
    let read = |base: &Base| -> Result<BTreeMap<(String, String, String), TieRow>, Error> {
        let id = match entity {
            Some(key) => match base.by_key(key)? {
                Some(id) => Some(id),
                None => return Ok(BTreeMap::new()),
            },
            None => None,
        };
        let mut out = BTreeMap::new();
        for row in base.relations(id, &by_tie)? {
            if kinds_fit(base, [row.source, row.target], id, filter)? {
                let key = (
                    base.brief(row.source)?.id.clone(),
                    base.bond_name(row.tie.bond).to_string(),
                    base.brief(row.target)?.id.clone(),
                );
                out.insert(key, row);
            }
        }
        Ok(out)
    };
    let (mut older, newer) = (read(old)?, read(new)?);
    let mut both: BTreeMap<_, (Option<TieRow>, Option<TieRow>)> = BTreeMap::new();
    for (key, row) in newer {
        let before = older.remove(&key);
        both.insert(key, (before, Some(row)));
    }
    both.extend(older.into_iter().map(|(key, row)| (key, (Some(row), None))));
    let mut found = Vec::new();
    for (place, (before, after)) in (0i64..).zip(both.into_values()) {
        let stood = [&before, &after].map(|row| row.as_ref().and_then(stands));
        let Some(change) = change(stood[0].as_ref(), stood[1].as_ref()) else { continue };
        let (base, Some(row)) = (if after.is_some() { new } else { old }, after.or(before)) else { continue };
        let ([before, after], ends, bond) = (stood, [row.source, row.target], row.tie.bond);
        if fits(filter, before.as_ref(), after.as_ref()) {
            found.push(Found { base, tie: row.id, ends, bond, place: (place, 0, 0), change, before, after });
        }
    }
    let (found, all) = first(found, wanted, limit);
    let told = found.into_iter().map(|f| {
        let evidence = f.base.store().evidence(f.tie, 1)?.into_iter().next();
        f.told(evidence)
    });
    Ok((told.collect::<Result<_, _>>()?, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(status: Status, weight: u64) -> Standing {
        Standing { status, weight, belief: 0.8, articles: weight }
    }

    #[test]
    fn changes_by_status_and_weight() {
        use Status::*;
        for (before, after, expected) in [
            ((Asserted, 1), (Ended, 2), Some(Change::Ended)),
            ((Negated, 1), (Ended, 2), Some(Change::Ended)),
            ((Planned, 1), (Negated, 2), Some(Change::Reversed)),
            ((Ended, 3), (Asserted, 3), Some(Change::Reversed)),
            ((Rumored, 1), (Asserted, 2), Some(Change::Confirmed)),
            ((Asserted, 1), (Rumored, 2), Some(Change::Weaker)),
            ((Asserted, 1), (Asserted, 2), Some(Change::Stronger)),
            ((Asserted, 2), (Asserted, 1), Some(Change::Weaker)),
            ((Ended, 2), (Negated, 2), None),
            ((Rumored, 2), (Planned, 2), None),
        ] {
            let (a, b) = (standing(before.0, before.1), standing(after.0, after.1));
            assert_eq!(change(Some(&a), Some(&b)), expected, "{before:?} {after:?}");
        }
        assert_eq!(change(None, Some(&standing(Asserted, 1))), Some(Change::New));
        assert_eq!(change(Some(&standing(Asserted, 1)), None), Some(Change::Gone));
        assert_eq!(change(None, None), None);
    }

    #[test]
    fn vague_dates_cover_their_days() {
        let filter = Filter { since: Day::parse("2025-06-15"), until: Day::parse("2025-06-20"), ..Filter::default() };
        for (date, expected) in [("2025", true), ("2025-06", true), ("2025-Q1", false), ("2025-06-16", true)] {
            assert_eq!(inside(&filter, Some(date)), expected, "{date}");
        }
        assert!(!inside(&filter, None) && inside(&Filter::default(), None));
        for (date, expected) in [("2025", "year"), ("2025-Q1", "quarter"), ("2025-01", "month"), ("2025-01-29", "day")]
        {
            assert_eq!(precision(date), Some(expected));
        }
    }
}
