//! How one tie came and went: the days on which it began to stand so and so.

use crate::graph::{Day, Evidence, Tie};
use crate::schema::Status;
use std::collections::BTreeMap;

/// The day from which a statement counts. An event's date stands in place of the article's, if it is not later: a vague
/// one begins a tie on the first day that it may mean and ends it on the last.
fn since(e: &Evidence) -> Day {
    let article = e.passage.article.date;
    let Some(claim) = &e.claim else { return article };
    let (first, last) = Day::span(&claim.when);
    let event = if claim.status == Status::Ended { last } else { first };
    if event.is_none() { article } else { event.earlier(article) }
}

/// The days on which a tie changed, in their order, each with its status from then on (`None` for a co-mention); the
/// first may be [`Day::NONE`], which is before any other day.
///
/// Statements count from the date of their event, else of their article. What a later article says holds from that
/// day on, whatever earlier ones said about the days after it; on the last day a tie stands as the graph has it. One
/// that is only known to have ended held before, so it begins with no day; so does one without any date.
pub fn course(tie: &Tie) -> Vec<(Day, Option<Status>)> {
    let status = |e: &Evidence| e.claim.as_ref().map(|c| c.status);
    let dated = |e: &Evidence| e.claim.as_ref().is_some_and(|c| !c.when.is_empty());
    // of one article first what has no date of its own, then what happened first
    let order = |e: &&Evidence| (e.passage.article.date, dated(e), since(e), status(e));
    let mut said: Vec<&Evidence> = tie.evidence.iter().collect();
    said.sort_by_key(order);
    let mut steps: BTreeMap<Day, Option<Status>> = BTreeMap::new();
    for e in said {
        steps.split_off(&since(e));
        steps.insert(since(e), status(e));
    }
    // not all evidence is kept; the tie knows its ends
    let now = tie.claims.as_ref().map(|c| c.status);
    let first = steps.first_key_value().map_or((tie.first_seen, now), |(day, status)| (*day, *status));
    if !tie.first_seen.is_none() && tie.first_seen < first.0 && first.1 != Some(Status::Ended) {
        steps.insert(tie.first_seen, first.1);
    }
    if steps.last_key_value().is_none_or(|(_, status)| *status != now) {
        steps.insert(tie.last_seen, now);
    }
    let begins = steps.first_key_value().map(|(day, status)| (*day, *status));
    if begins.is_some_and(|(day, status)| !day.is_none() && status == Some(Status::Ended)) {
        steps.insert(Day::NONE, Some(Status::Asserted));
    }
    let mut out: Vec<(Day, Option<Status>)> = steps.into_iter().collect();
    out.dedup_by_key(|step| step.1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Bond, ClaimFacts, Claims, End, Origin, Passage, Row};
    use crate::schema::RelationId;
    use std::sync::Arc;

    /// A claim: article date, status, event date.
    type Said = (&'static str, Status, &'static str);

    /// A tie of claims.
    fn tie(said: &[Said], now: Status) -> Tie {
        let evidence = said.iter().enumerate().map(|(i, (date, status, when))| Evidence {
            passage: Arc::new(Passage {
                article: Arc::new(Origin { path: format!("{i}.md"), title: String::new(), date: Day::parse(date) }),
                start: 0,
                line: 1,
                column: 1,
                text: "A B".into(),
                row: Row::default(),
            }),
            ends: [End::Here(0, 1), End::Here(2, 3)],
            claim: Some(ClaimFacts {
                status: *status,
                rule: "r".into(),
                when: (*when).into(),
                attributes: vec![],
                confidence: 0.9,
                stated: (0, 3),
                row: Row::default(),
            }),
        });
        let days = || said.iter().map(|s| Day::parse(s.0));
        Tie {
            bond: Bond::Relation(RelationId(0)),
            weight: said.len() as f64,
            articles: said.len() as u32,
            first_seen: days().fold(Day::NONE, Day::earlier),
            last_seen: days().fold(Day::NONE, Day::later),
            claims: Some(Claims {
                status: now,
                by_status: [0; 5],
                belief: 0.9,
                first_event: String::new(),
                last_event: String::new(),
            }),
            counts: None,
            evidence: evidence.collect(),
        }
    }

    fn told(said: &[Said], now: Status) -> String {
        let steps = course(&tie(said, now));
        let one = |(day, status): &(Day, Option<Status>)| format!("{day} {}", status.map_or("", |s| s.as_str()));
        steps.iter().map(|s| one(s).trim().to_string()).collect::<Vec<String>>().join(", ")
    }

    #[test]
    fn ties_form_and_end_at_their_events() {
        use Status::*;
        let cases: [(&[Said], Status, &str); 10] = [
            (&[("2025-06-24", Asserted, "")], Asserted, "2025-06-24 asserted"),
            (&[("2025-06-24", Asserted, "2024-Q2")], Asserted, "2024-04-01 asserted"),
            // over: from before any day until the last that the date may mean
            (&[("2025-06-24", Ended, "2018")], Ended, "asserted, 2018-12-31 ended"),
            (&[("2025-06-24", Ended, "")], Ended, "asserted, 2025-06-24 ended"),
            // one article tells it all; what has no date of its own does not outlive the end
            (
                &[("2025-06-24", Ended, "2018"), ("2025-06-24", Asserted, ""), ("2025-06-24", Asserted, "2015")],
                Ended,
                "2015-01-01 asserted, 2018-12-31 ended",
            ),
            // a later article knows better
            (&[("2025-06-01", Rumored, ""), ("2025-06-20", Asserted, "2025-05")], Asserted, "2025-05-01 asserted"),
            (
                &[("2025-06-01", Rumored, ""), ("2025-06-20", Asserted, "")],
                Asserted,
                "2025-06-01 rumored, 2025-06-20 asserted",
            ),
            // nothing is so before it is said to be to come
            (&[("2025-06-24", Planned, "2026")], Planned, "2025-06-24 planned"),
            (&[("", Asserted, "")], Asserted, "asserted"),
            // the last day is the graph's
            (
                &[("2025-06-24", Asserted, "2015"), ("2025-06-24", Ended, "2018")],
                Asserted,
                "2015-01-01 asserted, 2018-12-31 ended, 2025-06-24 asserted",
            ),
        ];
        for (said, now, expected) in cases {
            assert_eq!(told(said, now), expected, "{said:?}");
        }
    }

    #[test]
    fn evidence_that_was_not_kept_counts_by_the_ties_own_dates() {
        let mut long = tie(&[("2025-06-24", Status::Asserted, "")], Status::Ended);
        (long.first_seen, long.last_seen) = (Day::parse("2025-06-01"), Day::parse("2025-07-01"));
        let days: Vec<String> = course(&long).iter().map(|s| s.0.to_string()).collect();
        assert_eq!(days, ["2025-06-01", "2025-07-01"]);
    }
}
