//! Time: what happened to an entity, and what changed between two dates or two stores.

use super::answer::{Change, Changed, Event, Standing, Timeline};
use super::around::Filter;
use super::base::Base;
use super::near::direction;
use crate::diagnostic::Error;
use crate::graph::record::fingerprint;
use crate::graph::{Day, Evidence, event_order, independent, noisy_or};
use crate::schema::Status;
use crate::store::TieRow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) fn status(e: &Evidence) -> Status {
    e.claim.as_ref().map_or(Status::Asserted, |c| c.status)
}

fn day(e: &Evidence) -> Day {
    e.passage.article.date
}

/// As much of a claim as tells how its tie stands.
#[derive(Clone, Copy, Debug)]
struct Voice<A> {
    day: Day,
    status: Status,
    confidence: f32,
    /// The fingerprint of its sentence.
    sentence: u64,
    article: A,
}

impl<'e> Voice<&'e str> {
    fn of(e: &'e Evidence) -> Voice<&'e str> {
        let confidence = e.claim.as_ref().map_or(0.0, |c| c.confidence);
        let (sentence, article) = (fingerprint(&e.passage.text), e.passage.article.path.as_str());
        Voice { day: day(e), status: status(e), confidence, sentence, article }
    }
}

/// How claims of one tie stand together, as the graph has it: the status of the latest dated article (of several there
/// the most frequent, then the first in order), the independent sentences, and the belief that one with that status
/// was understood rightly. `None` for no claims.
fn standing<A: Ord + Copy>(claims: &[Voice<A>]) -> Option<Standing> {
    let latest = claims.iter().map(|c| c.day).max()?;
    let mut counts = [0u32; 5];
    claims.iter().filter(|c| c.day == latest).for_each(|c| counts[c.status as usize] += 1);
    let now = Status::ALL.into_iter().rev().max_by_key(|s| counts[*s as usize])?;
    let mut articles: Vec<A> = claims.iter().map(|c| c.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let sure = |c: &Voice<A>| (c.status == now).then_some(c.confidence);
    let mut sentences: Vec<(u64, Option<f32>)> = claims.iter().map(|c| (c.sentence, sure(c))).collect();
    sentences.sort_unstable_by_key(|s| s.0);
    let (weight, sure) = independent(sentences.into_iter());
    let belief = noisy_or(sure.into_iter().map(|c| (f64::from(c) * 1e6).round() / 1e6));
    let belief = (belief * 1e6).round() / 1e6;
    Some(Standing { status: now, weight: weight as u64, belief, articles: articles.len() as u64 })
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
            let said: Vec<Voice<&str>> = claims.iter().map(Voice::of).collect();
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
    row: TieRow,
    change: Change,
    before: Option<Standing>,
    after: Option<Standing>,
}

/// The changes that are wanted (all if none is named), by kind, the strongest first, `limit` at most (0 for all), each
/// with its evidence; and how many there are without the limit.
fn shown(
    mut found: Vec<Found<'_>>,
    wanted: &[Change],
    limit: usize,
    evidence: impl Fn(&Found<'_>) -> Result<Option<Evidence>, Error>,
) -> Result<(Vec<Changed>, usize), Error> {
    found.retain(|f| wanted.is_empty() || wanted.contains(&f.change));
    found.sort_by_cached_key(|f| {
        let (weight, belief) = f.after.as_ref().or(f.before.as_ref()).map_or((0, 0.0), |s| (s.weight, s.belief));
        // 0 to 1: as their bits
        let strength = (Reverse(weight), Reverse(belief.to_bits()));
        let key = |id| f.base.brief(id).map(|e| e.id.clone()).unwrap_or_default();
        (f.change, strength, key(f.row.source), f.base.bond_name(f.row.tie.bond).to_string(), key(f.row.target))
    });
    let all = found.len();
    found.truncate(if limit == 0 { usize::MAX } else { limit });
    let changed = found.into_iter().map(|f| {
        let (base, bond) = (f.base, f.row.tie.bond);
        Ok(Changed {
            change: f.change,
            source: base.brief(f.row.source)?,
            target: base.brief(f.row.target)?,
            relation: base.bond_name(bond).to_string(),
            label: base.bond_label(bond).to_string(),
            symmetric: base.symmetric(bond),
            evidence: evidence(&f)?,
            before: f.before,
            after: f.after,
        })
    });
    Ok((changed.collect::<Result<_, Error>>()?, all))
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
    let mut found = Vec::new();
    let by_tie = Filter { statuses: vec![], since: Day::NONE, until: Day::NONE, min_weight: 0.0, ..filter.clone() };
    let undated = base.any_undated()?;
    for row in base.relations_seen(from, to, entity, &by_tie)? {
        if !kinds_fit(base, &row, entity, filter)? {
            continue;
        }
        // what the store has of the whole tie spares reading all its claims
        let (new, whole) = (row.tie.first_seen > from && !undated, row.tie.last_seen <= to);
        let said = if new && whole { Vec::new() } else { said(base, &row)? };
        let until = |last: Day| -> Vec<Voice<i64>> { said.iter().filter(|c| c.day <= last).copied().collect() };
        let before = if new { None } else { standing(&until(from)) };
        let after = if whole { stands(&row) } else { standing(&until(to)) };
        if let Some(change) =
            change(before.as_ref(), after.as_ref()).filter(|_| fits(filter, before.as_ref(), after.as_ref()))
        {
            found.push(Found { base, row, change, before, after });
        }
    }
    shown(found, wanted, limit, |f| {
        // the best evidence among what is new, of the status that it led to if there is some
        let now = f.after.as_ref().map(|s| s.status);
        let claims = base.claims(&f.row)?.into_iter().filter(|e| day(e) > from && day(e) <= to);
        Ok(claims.min_by(|a, b| {
            let other = |e: &Evidence| Some(status(e)) != now;
            other(a).cmp(&other(b)).then_with(|| a.order(b))
        }))
    })
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

fn kinds_fit(base: &Base, row: &TieRow, entity: Option<i64>, filter: &Filter) -> Result<bool, Error> {
    Ok(match entity {
        Some(id) => filter.kinds.has(base.brief(row.other(id))?.kind),
        None => filter.kinds.has(base.brief(row.source)?.kind) || filter.kinds.has(base.brief(row.target)?.kind),
    })
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
            if kinds_fit(base, &row, id, filter)? {
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
    let mut found = Vec::new();
    for (key, row) in newer {
        let (before, after) = (older.remove(&key).as_ref().and_then(stands), stands(&row));
        if let Some(change) = change(before.as_ref(), after.as_ref()) {
            found.push(Found { base: new, row, change, before, after });
        }
    }
    for row in older.into_values() {
        found.push(Found { base: old, change: Change::Gone, before: stands(&row), after: None, row });
    }
    found.retain(|f| fits(filter, f.before.as_ref(), f.after.as_ref()));
    shown(found, wanted, limit, |f| Ok(f.base.store().evidence(f.row.id, 1)?.into_iter().next()))
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
