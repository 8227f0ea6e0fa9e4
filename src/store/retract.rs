//! What falls if an article is withdrawn: entities that only it names, ties that only it states, and what stands weaker
//! without it. Nothing is changed; a build without the article gives the same.

use super::compact;
use super::stated::{Detail, Stated, stated};
use super::{Article, Store, fault};
use crate::diagnostic::Error;
use crate::graph::record::RecordPair;
use crate::graph::{CO_MENTION, Day, independent};
use crate::schema::Status;
use rusqlite::OptionalExtension;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Two entities, and in how many sentences and paragraphs of an article they stand together.
type Pair = (i64, i64, u32, u32);

/// What an article's withdrawal changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retraction {
    /// The articles withdrawn: one, unless two content roots have its path.
    pub articles: Vec<Article>,
    /// Entities that no other article mentions, by key.
    pub entities: Vec<LostEntity>,
    /// Ties that fall or stand weaker, in the order of the store.
    pub ties: Vec<LostTie>,
}

/// An entity that the article mentions and that is not the same without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostEntity {
    /// Its key.
    pub key: String,
    /// Canonical name.
    pub name: String,
    /// The key that it has without the article: an unlisted name of which the other articles take another view.
    pub becomes: Option<String>,
}

/// A tie that the article supports.
#[derive(Clone, Debug, PartialEq)]
pub struct LostTie {
    /// Key of the source.
    pub source: String,
    /// The relation, or [`CO_MENTION`].
    pub relation: String,
    /// Key of the target.
    pub target: String,
    /// Weight with the article and without it; 0 when the tie falls.
    pub weight: (f64, f64),
    /// How a relation stands with the article and without it.
    pub status: (Option<Status>, Option<Status>),
}

impl LostTie {
    /// Whether nothing is left of it.
    pub fn falls(&self) -> bool {
        self.weight.1 <= 0.0
    }
}

impl Store {
    /// What falls if the articles of this path are withdrawn; `None` when there is none.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn retract(&self, path: &str) -> Result<Option<Retraction>, Error> {
        let articles = self.articles(path)?;
        if articles.is_empty() {
            return Ok(None);
        }
        let (keep, _) = self.kept()?;
        let ids: FxHashSet<i64> = articles.iter().map(|a| a.id).collect();
        let entities = self.sound(self.lost_entities(&articles, &ids))?;
        let mut ties = self.sound(self.lost_relations(&articles, &ids))?;
        for (tie, counts) in self.lost_pairs(&articles)? {
            ties.extend(self.sound(self.lost_co_mention(tie, counts, keep.min_support))?.map(|lost| (tie, lost)));
        }
        ties.sort_by_key(|(id, _)| *id);
        Ok(Some(Retraction { articles, entities, ties: ties.into_iter().map(|(_, tie)| tie).collect() }))
    }

    fn lost_entities(&self, articles: &[Article], ids: &FxHashSet<i64>) -> rusqlite::Result<Vec<LostEntity>> {
        let mut touched: BTreeMap<i64, (String, String, bool)> = BTreeMap::new();
        let mut of_article = self.connection.prepare_cached(
            "SELECT e.id, e.key, e.name, e.listed FROM mention m JOIN reading r ON r.id = m.reading
             JOIN entity e ON e.id = r.entity WHERE m.article = ?",
        )?;
        for article in articles {
            let mut rows = of_article.query([article.id])?;
            while let Some(row) = rows.next()? {
                touched.insert(row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?));
            }
        }
        let mut readings =
            self.connection.prepare_cached("SELECT id, key FROM reading WHERE entity = ? ORDER BY id")?;
        let mut counts = self.connection.prepare_cached("SELECT article, mentions FROM mention WHERE reading = ?")?;
        let mut lost = Vec::new();
        for (id, (key, name, listed)) in touched {
            // articles and mentions of each reading without these articles, as the graph settles them
            let mut best: Option<(u64, u64, std::cmp::Reverse<u8>, String)> = None;
            let of: Vec<(i64, String)> =
                readings.query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            let single = of.len() == 1;
            for (reading, reading_key) in of {
                let (mut articles, mut mentions) = (0, 0);
                let mut rows = counts.query([reading])?;
                while let Some(row) = rows.next()? {
                    if !ids.contains(&row.get(0)?) {
                        articles += 1;
                        mentions += row.get::<_, i64>(1)?.cast_unsigned();
                    }
                    // one reading is enough to stay what it is
                    if (listed || single) && articles > 0 {
                        break;
                    }
                }
                let kind = reading_key.split('/').next().and_then(crate::schema::EntityKind::parse);
                let kind = std::cmp::Reverse(kind.map_or(u8::MAX, |k| k as u8));
                let candidate = (articles, mentions, kind, reading_key);
                if articles > 0 && best.as_ref().is_none_or(|b| candidate > *b) {
                    best = Some(candidate);
                }
            }
            match best {
                None => lost.push(LostEntity { key, name, becomes: None }),
                Some((.., new)) if new != key && !listed => {
                    lost.push(LostEntity { key, name, becomes: Some(new) });
                }
                Some(_) => {}
            }
        }
        Ok(lost)
    }

    fn lost_relations(&self, articles: &[Article], ids: &FxHashSet<i64>) -> rusqlite::Result<Vec<(i64, LostTie)>> {
        let mut touched = std::collections::BTreeSet::new();
        let mut of_article = self.connection.prepare_cached(
            "SELECT t.id FROM claim c JOIN reading s ON s.id = c.subject_reading JOIN reading o ON o.id = c.object_reading
             JOIN relation r ON r.id = c.relation
             JOIN tie t ON t.relation = c.relation
                AND ((t.source = s.entity AND t.target = o.entity)
                OR (r.symmetric AND t.source = o.entity AND t.target = s.entity))
             WHERE c.article = ?",
        )?;
        for article in articles {
            let mut rows = of_article.query([article.id])?;
            while let Some(row) = rows.next()? {
                touched.insert(row.get::<_, i64>(0)?);
            }
        }
        let mut head = self.connection.prepare_cached(
            "SELECT s.key, r.name, o.key, t.weight, t.status, t.source, t.target, t.relation, r.symmetric, t.last_seen
             FROM tie t JOIN entity s ON s.id = t.source JOIN entity o ON o.id = t.target
             JOIN relation r ON r.id = t.relation WHERE t.id = ?",
        )?;
        let latest = articles.iter().map(|a| a.date).max().unwrap_or(Day::NONE);
        let mut lost = Vec::new();
        for id in touched {
            let ((mut tie, ends), symmetric, last) = head.query_row([id], |r| {
                let status = r.get::<_, Option<String>>(4)?.as_deref().and_then(Status::parse);
                let (source, relation, target) = (r.get(0)?, r.get(1)?, r.get(2)?);
                let tie = LostTie { source, relation, target, weight: (r.get(3)?, 0.0), status: (status, None) };
                let ends: [i64; 3] = [r.get(5)?, r.get(6)?, r.get(7)?];
                let last = r.get::<_, Option<String>>(9)?.map_or(Day::NONE, |d| Day::parse(&d));
                Ok(((tie, ends), r.get::<_, bool>(8)?, last))
            })?;
            // how it stands is decided by the latest articles: the days of others are not even read
            let decides = latest >= last;
            let detail = if decides { Detail::Days } else { Detail::Sentences };
            let mut left = stated(&self.connection, ends, symmetric, detail)?;
            left.retain(|claim| !ids.contains(&claim.article));
            tie.status.1 = if decides || left.is_empty() { standing(&left) } else { tie.status.0 };
            left.sort_unstable_by_key(|c| c.sentence);
            tie.weight.1 = independent(left.iter().map(|c| (c.sentence, None))).0 as f64;
            if tie.weight.0 != tie.weight.1 || tie.status.0 != tie.status.1 {
                lost.push((id, tie));
            }
        }
        Ok(lost)
    }

    /// The co-mention ties that the articles count for, with the sentences and paragraphs they give.
    fn lost_pairs(&self, articles: &[Article]) -> Result<BTreeMap<i64, (u32, u32)>, Error> {
        let mut out: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
        let mut add = || -> rusqlite::Result<bool> {
            let mut find = self.connection.prepare_cached(
                "SELECT id FROM tie WHERE relation = 0
                 AND ((source = ?1 AND target = ?2) OR (source = ?2 AND target = ?1))",
            )?;
            for article in articles {
                let Some(pairs) = self.pairs_of(article.id)? else { return Ok(false) };
                for (a, b, sentences, paragraphs) in pairs {
                    if let Some(id) = find.query_row([a, b], |r| r.get(0)).optional()? {
                        let sum = out.entry(id).or_default();
                        sum.0 += sentences;
                        sum.1 += paragraphs;
                    }
                }
            }
            Ok(true)
        };
        let whole = add();
        if !self.sound(whole)? {
            return Err(fault::damaged(&self.path, "an article's record cannot be read"));
        }
        Ok(out)
    }

    fn lost_co_mention(&self, id: i64, less: (u32, u32), support: u32) -> rusqlite::Result<Option<LostTie>> {
        let mut head = self
            .connection
            .prepare_cached("SELECT source, target, weight, sentences, paragraphs FROM ties WHERE id = ?")?;
        head.query_row([id], |r| {
            let sentences = r.get::<_, u32>(3)?.saturating_sub(less.0);
            let paragraphs = r.get::<_, u32>(4)?.saturating_sub(less.1);
            let left = if sentences > 0 { sentences } else { paragraphs };
            let left = if sentences.max(paragraphs) < support { 0 } else { left };
            let tie = LostTie {
                source: r.get(0)?,
                relation: CO_MENTION.to_owned(),
                target: r.get(1)?,
                weight: (r.get(2)?, f64::from(left)),
                status: (None, None),
            };
            // without sentences the paragraphs count, and may be more
            Ok(Some(tie).filter(|t| t.weight.0 != t.weight.1))
        })
    }

    /// Each co-mentioned pair of an article: the entities' rows, sentences and paragraphs. `None` if the article's record
    /// cannot be read.
    fn pairs_of(&self, article: i64) -> rusqlite::Result<Option<Vec<Pair>>> {
        let readings: Vec<(u32, String, Option<i64>)> = self
            .connection
            .prepare_cached(
                "SELECT r.id, r.key, r.entity FROM mention m JOIN reading r ON r.id = m.reading WHERE m.article = ?",
            )?
            .query_map([article], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let keys: FxHashMap<u32, &str> = readings.iter().map(|(id, key, _)| (*id, key.as_str())).collect();
        let entities: FxHashMap<&str, i64> =
            readings.iter().filter_map(|(_, k, e)| Some((k.as_str(), (*e)?))).collect();
        let mut find = self.connection.prepare_cached("SELECT record FROM article WHERE id = ?")?;
        find.query_row([article], |r| {
            let part = compact::decode(r.get_ref(0)?.as_blob()?, [""; 3], |id| keys.get(&id).copied());
            Ok(part.map(|(part, _)| {
                let end = |i: u32| entities.get(part.entities[i as usize].key).copied();
                let pair = |p: &RecordPair| Some((end(p.a)?, end(p.b)?, p.sentences, p.paragraphs));
                part.pairs.iter().filter_map(pair).collect()
            }))
        })
    }
}

/// How a relation stands by these claims: the most frequent status on the latest day, of several the first in order.
fn standing(claims: &[Stated]) -> Option<Status> {
    let latest = claims.iter().map(|c| c.day).max()?;
    let count = |status: Status| claims.iter().filter(|c| c.day == latest && c.status == status).count();
    Status::ALL.into_iter().rev().max_by_key(|s| count(*s))
}
