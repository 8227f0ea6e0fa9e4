//! Rankings, communities and totals from the store.

use super::Base;
use crate::diagnostic::Error;
use crate::graph::{Bond, Day};
use crate::query::Filter;
use crate::query::answer::{Brief, Ranked};
use crate::query::rank::Measure;
use crate::schema::{EntityKind, KindSet, Status};
use crate::store::rows::{self, day, kind};
use rusqlite::{Row, params};
use std::rc::Rc;

/// The columns of a ranked entity, as [`ranked`] reads them.
const RANKED: &str = "key, name, kind, mentions, articles, degree, pagerank, betweenness, community";

/// An entity in a ranking, in the fewest words.
#[derive(Clone, Copy, Debug)]
pub(in crate::query) struct Standing {
    pub(in crate::query) id: i64,
    pub(in crate::query) kind: EntityKind,
    pub(in crate::query) community: Option<u32>,
}

fn ranked(r: &Row<'_>) -> rusqlite::Result<Ranked> {
    Ok(Ranked {
        rank: 0,
        entity: Rc::new(Brief { id: r.get(0)?, name: r.get(1)?, kind: kind(r, 2)? }),
        mentions: r.get::<_, i64>(3)? as u64,
        articles: r.get(4)?,
        degree: r.get(5)?,
        pagerank: r.get(6)?,
        betweenness: r.get(7)?,
        community: r.get(8)?,
    })
}

fn numbered(mut all: Vec<Ranked>) -> Vec<Ranked> {
    (1..).zip(&mut all).for_each(|(rank, r)| r.rank = rank);
    all
}

fn most(limit: usize) -> i64 {
    if limit == 0 { -1 } else { i64::try_from(limit).unwrap_or(-1) }
}

/// The statement for the entities of these kinds by a measure, the first so many.
fn by_measure(columns: &str, by: Measure, kinds: KindSet) -> String {
    let column = by.column();
    let words: Vec<String> = EntityKind::ALL.into_iter().filter(|k| kinds.has(*k)).map(|k| format!("'{k}'")).collect();
    let only = match kinds == KindSet::ANY {
        true => String::new(),
        false => format!("WHERE kind IN ({})", words.join(", ")),
    };
    format!("SELECT {columns} FROM entity INDEXED BY entity_by_{column} {only} ORDER BY {column} DESC, id LIMIT ?1")
}

impl Base {
    /// The ids of the first entities of these kinds by a measure.
    pub(in crate::query) fn first(&self, by: Measure, kinds: KindSet, limit: usize) -> Result<Vec<i64>, Error> {
        self.rows(&by_measure("id", by, kinds), [most(limit)], |r| r.get(0))
    }

    /// All entities, the most important first.
    pub(in crate::query) fn standings(&self) -> Result<Vec<Standing>, Error> {
        let sql = by_measure("id, kind, community", Measure::PageRank, KindSet::ANY);
        self.rows(&sql, [-1], |r| Ok(Standing { id: r.get(0)?, kind: kind(r, 1)?, community: r.get(2)? }))
    }

    /// The ends of all ties that a filter lets through, kinds of entity left to the caller.
    pub(in crate::query) fn ends(&self, filter: &Filter) -> Result<Vec<[i64; 2]>, Error> {
        let mut out = Vec::new();
        let mut ways = vec![("tie_of_source", "relation > 0")];
        if filter.bond(Bond::CoMention) && filter.statuses.is_empty() {
            ways.push(("tie_by_source", "relation = 0"));
        }
        for (index, only) in ways {
            self.each_indexed(index, only, params![], filter, |row| out.push([row.source, row.target]))?;
        }
        Ok(out)
    }

    /// How many relations there are of each kind and status.
    pub(in crate::query) fn counts(&self) -> Result<Vec<(Bond, Option<Status>, usize)>, Error> {
        let sql = "SELECT relation, status, count(*) FROM tie INDEXED BY tie_of_source WHERE relation > 0 \
            GROUP BY relation, status";
        self.rows(sql, params![], |r| Ok((rows::bond(r, 0)?, rows::status(r, 1)?, r.get::<_, i64>(2)? as usize)))
    }

    /// The number of ties.
    pub(in crate::query) fn count_ties(&self) -> Result<usize, Error> {
        let all: Option<i64> = self.row("SELECT count(*) FROM tie", params![], |r| r.get(0))?;
        Ok(all.unwrap_or(0) as usize)
    }

    /// The first entities of these kinds by a measure.
    pub(in crate::query) fn ranked(&self, by: Measure, kinds: KindSet, limit: usize) -> Result<Vec<Ranked>, Error> {
        let sql = by_measure(RANKED, by, kinds);
        Ok(numbered(self.rows(&sql, [most(limit)], ranked)?))
    }

    /// The rank by PageRank of an entity with this PageRank, and the number of entities.
    pub(in crate::query) fn rank(&self, pagerank: f64) -> Result<(u64, u64), Error> {
        let before = "SELECT count(*) FROM entity WHERE pagerank > ?1";
        let before: i64 = self.row(before, [pagerank], |r| r.get(0))?.unwrap_or(0);
        let all: i64 = self.row("SELECT count(*) FROM entity", params![], |r| r.get(0))?.unwrap_or(0);
        Ok((before as u64 + 1, all as u64))
    }

    /// The number and size of communities of `smallest` entities or more, the largest first.
    pub(in crate::query) fn community_sizes(&self, smallest: u64) -> Result<Vec<(u32, u64)>, Error> {
        let sql = "SELECT community, count(*) FROM entity WHERE community IS NOT NULL GROUP BY community \
            HAVING count(*) >= ?1 ORDER BY community";
        let smallest = i64::try_from(smallest).unwrap_or(i64::MAX);
        self.rows(sql, [smallest], |r| Ok((r.get(0)?, r.get::<_, i64>(1)? as u64)))
    }

    /// The number of entities of a community.
    pub(in crate::query) fn community_size(&self, number: u32) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM entity WHERE community = ?1";
        Ok(self.row(sql, [number], |r| r.get::<_, i64>(0))?.unwrap_or(0) as u64)
    }

    /// The most central entities of a community.
    pub(in crate::query) fn central(&self, number: u32, limit: usize) -> Result<Vec<Ranked>, Error> {
        let sql = format!("SELECT {RANKED} FROM entity WHERE community = ?1 ORDER BY pagerank DESC, id LIMIT ?2");
        Ok(numbered(self.rows(&sql, params![number, i64::try_from(limit).unwrap_or(-1)], ranked)?))
    }

    /// The number of an entity's community.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn community_of(&self, id: i64) -> Result<Option<u32>, Error> {
        Ok(self.row("SELECT community FROM entity WHERE id = ?1", [id], |r| r.get(0))?.flatten())
    }

    /// The date of the last dated article.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_day(&self) -> Result<Day, Error> {
        Ok(self.row("SELECT max(date) FROM article", params![], |r| day(r, 0))?.unwrap_or(Day::NONE))
    }
}
