//! Time: what happened to an entity, and what changed between two dates or two stores.

use super::answer::{Change, Changed, Event, Standing, Timeline};
use super::around::Filter;
use super::base::{Base, Stated, TieRow};
use super::near::direction;
use crate::diagnostic::Error;
use crate::graph::record::fingerprint;
use crate::graph::{Day, Evidence, event_order, independent, noisy_or};
use crate::schema::Status;
use std::collections::BTreeMap;

pub(super) fn status(e: &Evidence) -> Status {
    e.claim.as_ref().map_or(Status::Asserted, |c| c.status)
}

fn day(e: &Evidence) -> Day {
    e.passage.article.date
}

/// What of a claim decides how its tie stands.
#[derive(Clone, Copy)]
struct Voice<'a> {
    day: Day,
    status: Status,
    article: &'a str,
    sentence: u64,
    confidence: f32,
}

impl<'a> Voice<'a> {
    fn of(e: &'a Evidence) -> Voice<'a> {
        let confidence = e.claim.as_ref().map_or(0.0, |c| c.confidence);
        let article = e.passage.article.path.as_str();
        Voice { day: day(e), status: status(e), article, sentence: fingerprint(&e.passage.text), confidence }
    }

    fn stated(c: &'a Stated) -> Voice<'a> {
        let confidence = c.confidence as f32;
        Voice { day: c.date, status: c.status, article: &c.path, sentence: c.sentence, confidence }
    }
}

/// How claims of one tie stand together, as the graph has it: the status of the latest dated article (of several there
/// the most frequent, then the first in order), the independent sentences, and the belief that one with that status
/// was understood rightly. `None` for no claims.
fn standing<'a>(claims: impl Iterator<Item = Voice<'a>> + Clone) -> Option<Standing> {
    let latest = claims.clone().map(|c| c.day).max()?;
    let mut counts = [0u32; 5];
    claims.clone().filter(|c| c.day == latest).for_each(|c| counts[c.status as usize] += 1);
    let now = Status::ALL.into_iter().rev().max_by_key(|s| counts[*s as usize])?;
    let mut articles: Vec<&str> = claims.clone().map(|c| c.article).collect();
    articles.sort_unstable();
    articles.dedup();
    let mut sentences: Vec<(u64, Option<f32>)> =
        claims.map(|c| (c.sentence, (c.status == now).then_some(c.confidence))).collect();
    sentences.sort_unstable_by_key(|s| s.0);
    let (weight, sure) = independent(sentences.into_iter());
    let belief = noisy_or(sure.into_iter().map(|c| (f64::from(c) * 1e6).round() / 1e6));
    let belief = (belief * 1e6).round() / 1e6;
    Some(Standing { status: now, weight: weight as u64, belief, articles: articles.len() as u64 })
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
            let Some(stands) = standing(claims.iter().map(Voice::of)) else { continue };
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

fn changed(
    base: &Base,
    row: &TieRow,
    change: Change,
    (before, after): (Option<Standing>, Option<Standing>),
    evidence: Option<Evidence>,
) -> Result<Changed, Error> {
    Ok(Changed {
        change,
        source: base.brief(row.source)?,
        target: base.brief(row.target)?,
        relation: base.bond_name(row.tie.bond).to_string(),
        label: base.bond_label(row.tie.bond).to_string(),
        symmetric: base.symmetric(row.tie.bond),
        before,
        after,
        evidence,
    })
}

/// The order of changes: by kind, the strongest first.
fn by_importance(list: &mut [Changed]) {
    list.sort_by(|a, b| {
        let weight = |c: &Changed| c.after.as_ref().or(c.before.as_ref()).map_or((0, 0.0), |s| (s.weight, s.belief));
        let ((wa, ba), (wb, bb)) = (weight(a), weight(b));
        let names = |c: &Changed| (c.source.id.clone(), c.relation.clone(), c.target.id.clone());
        let rest = || names(a).cmp(&names(b));
        a.change.cmp(&b.change).then(wb.cmp(&wa)).then(bb.total_cmp(&ba)).then_with(rest)
    });
}

/// The relations that changed from the end of one day to the end of a later one, judged by the articles dated up to
/// each: of one entity, or all. Articles without a date count as older than any.
///
/// # Errors
/// When the store cannot be read.
pub fn changes(base: &Base, from: Day, to: Day, entity: Option<i64>, filter: &Filter) -> Result<Vec<Changed>, Error> {
    let mut out = Vec::new();
    let by_tie = Filter { statuses: vec![], since: Day::NONE, until: Day::NONE, min_weight: 0.0, ..filter.clone() };
    for row in base.ties_claimed(from, to, entity, &by_tie)? {
        if !kinds_fit(base, &row, entity, filter)? {
            continue;
        }
        let claims = base.stated(&row)?;
        let until = |day: Day| standing(claims.iter().filter(|c| c.date <= day).map(Voice::stated));
        let (before, after) = (until(from), until(to));
        let Some(change) = change(before.as_ref(), after.as_ref()) else { continue };
        if !fits(filter, before.as_ref(), after.as_ref()) {
            continue;
        }
        // the best evidence among what is new, of the status that it led to if there is some
        let now = after.as_ref().map(|s| s.status);
        let new: Vec<&Stated> = claims.iter().filter(|c| c.date > from && c.date <= to).collect();
        let fitting: Vec<&Stated> = new.iter().copied().filter(|c| Some(c.status) == now).collect();
        let evidence = base.best(if fitting.is_empty() { &new } else { &fitting })?;
        out.push(changed(base, &row, change, (before, after), evidence)?);
    }
    by_importance(&mut out);
    Ok(out)
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

/// The relations that differ between an older store and a newer one: of one entity (its key), or all.
///
/// # Errors
/// When a store cannot be read.
pub fn differences(old: &Base, new: &Base, entity: Option<&str>, filter: &Filter) -> Result<Vec<Changed>, Error> {
    let by_tie = Filter { statuses: vec![], min_weight: 0.0, ..filter.clone() };
    let stand = |row: &TieRow| {
        row.tie.claims.as_ref().map(|c| Standing {
            status: c.status,
            weight: row.tie.weight as u64,
            belief: c.belief,
            articles: row.tie.articles.into(),
        })
    };
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
    let (mut before, after) = (read(old)?, read(new)?);
    let mut out = Vec::new();
    for (key, row) in after {
        let was = before.remove(&key).as_ref().and_then(stand);
        let is = stand(&row);
        if let Some(change) = change(was.as_ref(), is.as_ref()).filter(|_| fits(filter, was.as_ref(), is.as_ref())) {
            let evidence = new.evidence(&row, 1)?.into_iter().next();
            out.push(changed(new, &row, change, (was, is), evidence)?);
        }
    }
    for row in before.into_values() {
        let was = stand(&row);
        if fits(filter, was.as_ref(), None) {
            let evidence = old.evidence(&row, 1)?.into_iter().next();
            out.push(changed(old, &row, Change::Gone, (was, None), evidence)?);
        }
    }
    by_importance(&mut out);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(status: Status, weight: u64) -> Standing {
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
            let (a, b) = (stands(before.0, before.1), stands(after.0, after.1));
            assert_eq!(change(Some(&a), Some(&b)), expected, "{before:?} {after:?}");
        }
        assert_eq!(change(None, Some(&stands(Asserted, 1))), Some(Change::New));
        assert_eq!(change(Some(&stands(Asserted, 1)), None), Some(Change::Gone));
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
