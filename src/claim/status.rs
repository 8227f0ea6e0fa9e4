//! How a claim stands: each cue counts in its own scope, not in the whole sentence.

use super::sentence::View;
use crate::dictionary::Lexicon;
use crate::schema::Status;
use crate::span::Span;

/// The cue lists, taken from the lexicon once.
#[derive(Debug, Default)]
pub(super) struct StatusCues {
    negated_before: Vec<String>,
    negated_after: Vec<String>,
    planned_before: Vec<String>,
    rumored: Vec<String>,
    hypothetical: Vec<String>,
    ended_before: Vec<String>,
    ended_event: Vec<String>,
}

/// A status and the cue that gives it.
pub(super) type Verdict<'a> = (Status, Option<&'a str>);

impl StatusCues {
    pub(super) fn new(lexicon: &Lexicon) -> StatusCues {
        let list = |name: &str| lexicon.list(name).to_vec();
        StatusCues {
            negated_before: list("negated_before"),
            negated_after: list("negated_after"),
            planned_before: list("planned_before"),
            rumored: list("rumored"),
            hypothetical: list("hypothetical"),
            ended_before: list("ended_before"),
            ended_event: list("ended_event"),
        }
    }

    /// The status of an event whose verb stands at `trigger`. `None` when the sentence only asks or supposes.
    /// `plans` says whether intentions make the relation planned (a plan to rival is rivalry already).
    pub(super) fn of_event(&self, view: &View, trigger: Span, plans: bool) -> Option<Verdict<'_>> {
        let clause_index = view.clause_at(trigger.start);
        let clause = view.clauses[clause_index];
        let before = view.between(clause.start, trigger.start);
        let after = view.between(trigger.end, clause.end);
        if find(before, &self.hypothetical).is_some() || asks(view) {
            return None;
        }
        if let Some((cue, gap)) = near(before, &self.ended_event)
            && gap <= 16
        {
            return Some((Status::Ended, Some(cue)));
        }
        if let Some(cue) = find(first(after, 4), &self.ended_event) {
            return Some((Status::Ended, Some(cue)));
        }
        if let Some((cue, gap)) = near(before, &self.negated_before)
            && gap <= if view.latin { 24 } else { 8 }
        {
            return Some((Status::Negated, Some(cue)));
        }
        let next = view.clauses.get(clause_index + 1).map_or("", |c| view.between(c.start, c.end));
        if let Some(cue) = find(after, &self.negated_after).or_else(|| find(first(next, 14), &self.negated_after)) {
            return Some((Status::Negated, Some(cue)));
        }
        let whole = view.between(view.span.start, trigger.start);
        if let Some(cue) = find(whole, &self.rumored) {
            return Some((Status::Rumored, Some(cue)));
        }
        if plans {
            if let Some((cue, gap)) = near(before, &self.planned_before)
                && gap <= 24
            {
                return Some((Status::Planned, Some(cue)));
            }
            if let Some((_, gap)) = near(before, &["将".to_string()])
                && gap <= 3
            {
                return Some((Status::Planned, Some("将")));
            }
        }
        Some((Status::Asserted, None))
    }

    /// Whether the whole sentence is a question or opens with a supposition.
    pub(super) fn asks_or_supposes(&self, view: &View) -> bool {
        asks(view) || find(view.clause(0), &self.hypothetical).is_some()
    }

    /// The status of a role or a possession: only what stands right at it counts.
    pub(super) fn of_role(&self, before_house: &str, between: &str, clause: &str) -> Verdict<'_> {
        let last = last(before_house, if before_house.is_ascii() { 14 } else { 6 });
        if let Some(cue) = self.ended_before.iter().find(|c| last.trim_end().ends_with(c.as_str())) {
            return (Status::Ended, Some(cue));
        }
        if let Some(cue) = self.ended_before.iter().find(|c| {
            between.match_indices(c.as_str()).any(|(at, _)| {
                let rest = &between[at + c.len()..];
                // 前 and 原 are words of one character: only at the start of the role
                c.chars().count() > 1
                    || (at == 0 || between[..at].ends_with('的')) && !rest.starts_with(['沿', '端', '台'])
            })
        }) {
            return (Status::Ended, Some(cue));
        }
        if let Some(cue) = ["卸任", "辞去", "辞任", "离任", "不再担任", "stepped down", "resigned", "stepping down"]
            .into_iter()
            .find(|c| clause.contains(c))
        {
            return (Status::Ended, Some(cue));
        }
        (Status::Asserted, None)
    }
}

fn asks(view: &View) -> bool {
    let s = view.text[view.span.range()].trim_end_matches(['”', '"', '」', ' ']);
    s.ends_with(['？', '?']) || s.ends_with("吗")
}

/// Whether `words` has `cue`; a Latin cue at word boundaries.
fn has(words: &str, cue: &str) -> bool {
    positions(words, cue).any(|at| whole(words, at, cue))
}

/// Where a cue stands; a Latin one in any case of its first letter.
fn positions<'a>(words: &'a str, cue: &'a str) -> impl Iterator<Item = usize> + 'a {
    // "May" is a month
    let skip = usize::from(cue != "may" && cue.as_bytes().first().is_some_and(u8::is_ascii_lowercase));
    words.match_indices(&cue[skip..]).filter_map(move |(at, _)| {
        let start = at.checked_sub(skip)?;
        (skip == 0 || words.as_bytes()[start].eq_ignore_ascii_case(&cue.as_bytes()[0])).then_some(start)
    })
}

fn whole(words: &str, at: usize, cue: &str) -> bool {
    if !cue.is_ascii() {
        return true;
    }
    let b = words.as_bytes();
    !(at > 0 && b[at - 1].is_ascii_alphanumeric())
        && (cue.ends_with('-') || !b.get(at + cue.len()).is_some_and(u8::is_ascii_alphanumeric))
}

fn find<'c>(words: &str, cues: &'c [String]) -> Option<&'c str> {
    if words.is_empty() {
        return None;
    }
    cues.iter().find(|c| has(words, c)).map(String::as_str)
}

/// The cue that ends nearest to the end of `words`, and the characters in between.
fn near<'c>(words: &str, cues: &'c [String]) -> Option<(&'c str, usize)> {
    cues.iter()
        .filter_map(|c| {
            let at = positions(words, c).filter(|&at| whole(words, at, c)).last()?;
            Some((c.as_str(), words[at + c.len()..].chars().count()))
        })
        .min_by_key(|&(_, gap)| gap)
}

fn first(words: &str, chars: usize) -> &str {
    words.char_indices().nth(chars).map_or(words, |(i, _)| &words[..i])
}

fn last(words: &str, chars: usize) -> &str {
    words.char_indices().rev().nth(chars.saturating_sub(1)).map_or(words, |(i, _)| &words[i..])
}
