//! What articles of a period say: the sentences behind a change, and how much was said on which day.

use super::answer::{Changed, TieAnswer};
use super::around::Filter;
use super::base::Base;
use super::history::status;
use crate::diagnostic::Error;
use crate::graph::record::fingerprint;
use crate::graph::{Day, Evidence};
use crate::store::TieRow;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// How much was said on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The day.
    pub day: Day,
    /// Articles of this day that state something.
    pub articles: usize,
    /// Their sentences that do.
    pub sentences: usize,
}

/// The tie that changed, with the sentences from after `from` up to `to` as its evidence: those that say how it stands
/// first, the surest of them first, none twice; `most` at most.
///
/// # Errors
/// When the store cannot be read.
pub fn behind(base: &Base, changed: &Changed, from: Day, to: Day, most: usize) -> Result<Option<TieAnswer>, Error> {
    let Some(row) = row(base, changed)? else { return Ok(None) };
    let now = changed.after.as_ref().map(|s| s.status);
    let mut said = base.claims(&row)?;
    said.retain(|e| e.passage.article.date > from && e.passage.article.date <= to);
    said.sort_by(|a, b| {
        let other = |e: &Evidence| Some(status(e)) != now;
        other(a).cmp(&other(b)).then_with(|| a.order(b))
    });
    let mut known = FxHashSet::default();
    said.retain(|e| known.insert(fingerprint(&e.passage.text)));
    said.truncate(most);
    let mut tie = base.answer(row, 0)?;
    tie.tie.evidence = said;
    Ok(Some(tie))
}

/// The tie that changed.
pub(super) fn row(base: &Base, changed: &Changed) -> Result<Option<TieRow>, Error> {
    let (Some(source), Some(target)) = (base.by_key(&changed.source.id)?, base.by_key(&changed.target.id)?) else {
        return Ok(None);
    };
    let ties = base.ties_between(source, target, &Filter::default())?;
    Ok(ties.into_iter().find(|row| row.source == source && base.bond_name(row.tie.bond) == changed.relation))
}

/// How much was said about these entities, or any, day by day up to `to`; what has no date does not count. Of the
/// filter, relations, kinds and statuses count.
///
/// # Errors
/// When the store cannot be read.
pub fn activity(base: &Base, entities: &[i64], to: Day, filter: &Filter) -> Result<Vec<Said>, Error> {
    let mut days: BTreeMap<Day, (FxHashSet<i64>, FxHashSet<i64>)> = BTreeMap::new();
    let whose: Vec<Option<i64>> = match entities {
        [] => vec![None],
        some => some.iter().copied().map(Some).collect(),
    };
    for entity in whose {
        for said in base.said(entity, to, filter)? {
            let (articles, quotes) = days.entry(said.day).or_default();
            articles.insert(said.article);
            quotes.insert(said.quote);
        }
    }
    let counted = |(day, (articles, quotes)): (Day, (FxHashSet<i64>, FxHashSet<i64>))| Said {
        day,
        articles: articles.len(),
        sentences: quotes.len(),
    };
    Ok(days.into_iter().map(counted).collect())
}
