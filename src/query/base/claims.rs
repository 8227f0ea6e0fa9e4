//! Evidence and claims from the store.

use super::{Base, TIE, TieRow, day};
use crate::diagnostic::Error;
use crate::graph::{Bond, ClaimFacts, Day, End, Evidence, Origin, Passage};
use crate::query::Filter;
use crate::schema::{KindSet, RelationId, Status};
use rusqlite::{Row, params};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The columns of a claim, as [`claim`] reads them; claim `c`, quote `q`, article `a`.
const CLAIM: &str = "a.path, a.title, a.date, q.start, q.line, q.\"column\", q.text, c.status, c.rule, c.\"when\", \
    c.attributes, c.confidence, c.start, c.\"end\", c.subject, c.subject_start, c.subject_end, c.object, \
    c.object_start, c.object_end";

const FROM: &str = "JOIN quote q ON q.id = c.quote JOIN article a ON a.id = c.article";

/// That a sentence states something on a day.
#[derive(Clone, Copy, Debug)]
pub(in crate::query) struct Dated {
    pub(in crate::query) day: Day,
    pub(in crate::query) article: i64,
    pub(in crate::query) quote: i64,
}

/// A claim in few words.
#[derive(Clone, Debug)]
pub(in crate::query) struct Stated {
    id: i64,
    reversed: bool,
    /// How it stands.
    pub(in crate::query) status: Status,
    /// Its article's date.
    pub(in crate::query) date: Day,
    /// How sure it is that it was understood rightly.
    pub(in crate::query) confidence: f64,
    /// Its article.
    pub(in crate::query) path: String,
    /// By what its sentence and the reprints of it are known.
    pub(in crate::query) sentence: u64,
    /// The role that it gives.
    pub(in crate::query) role: Option<String>,
}

fn passage(r: &Row<'_>) -> rusqlite::Result<Arc<Passage>> {
    let article = Arc::new(Origin { path: r.get(0)?, title: r.get(1)?, date: day(r, 2)? });
    let text: String = r.get(6)?;
    Ok(Arc::new(Passage {
        article,
        start: r.get(3)?,
        line: r.get(4)?,
        column: r.get(5)?,
        text: text.into(),
        row: Default::default(),
    }))
}

fn facts(r: &Row<'_>) -> rusqlite::Result<Option<ClaimFacts>> {
    let Some(status) = r.get_ref(7)?.as_str_or_null()?.and_then(Status::parse) else { return Ok(None) };
    let attributes: BTreeMap<String, String> = match r.get_ref(10)?.as_str_or_null()? {
        None => BTreeMap::new(),
        Some(text) => serde_json::from_str(text)
            .map_err(|e| rusqlite::Error::FromSqlConversionFailure(10, rusqlite::types::Type::Text, Box::new(e)))?,
    };
    Ok(Some(ClaimFacts {
        status,
        rule: Cow::Owned(r.get(8)?),
        when: r.get::<_, Option<String>>(9)?.unwrap_or_default().into(),
        attributes: attributes.into_iter().map(|(k, v)| (Cow::Owned(k), v)).collect(),
        confidence: r.get::<_, f64>(11)? as f32,
        stated: (r.get(12)?, r.get(13)?),
        row: Default::default(),
    }))
}

/// The words at one end: their span in the quote, else as they stand elsewhere.
fn end(r: &Row<'_>, words: usize, start: usize, stop: usize) -> rusqlite::Result<End> {
    Ok(match (r.get::<_, Option<u32>>(start)?, r.get::<_, Option<u32>>(stop)?) {
        (Some(start), Some(stop)) => End::Here(start, stop),
        _ => End::Elsewhere(r.get::<_, Option<String>>(words)?.unwrap_or_default().into()),
    })
}

/// A claim as evidence of its tie; reversed if its subject is the tie's target.
fn claim(r: &Row<'_>, reversed: bool) -> rusqlite::Result<Evidence> {
    let mut ends = [end(r, 14, 15, 16)?, end(r, 17, 18, 19)?];
    if reversed {
        ends.reverse();
    }
    Ok(Evidence { passage: passage(r)?, ends, claim: facts(r)? })
}

impl Base {
    /// The kept evidence of a tie, best first, so many pieces at most.
    pub(in crate::query) fn evidence(&self, row: &TieRow, limit: usize) -> Result<Vec<Evidence>, Error> {
        let sql = "SELECT a.path, a.title, a.date, q.start, q.line, q.\"column\", q.text, c.status, c.rule, \
            c.\"when\", c.attributes, c.confidence, c.start, c.\"end\", v.source_words, v.source_start, v.source_end, \
            v.target_words, v.target_start, v.target_end \
            FROM evidence v JOIN quote q ON q.id = v.quote JOIN article a ON a.id = v.quote >> 32 \
            LEFT JOIN claim c ON c.id = v.claim WHERE v.tie = ?1 ORDER BY v.number LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.rows(sql, params![row.id, limit], |r| claim(r, false))
    }

    /// All claims of a tie, not only those kept as evidence, in no order that means something.
    pub(in crate::query) fn claims(&self, row: &TieRow) -> Result<Vec<Evidence>, Error> {
        let Bond::Relation(relation) = row.tie.bond else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT {CLAIM} FROM reading rs CROSS JOIN reading ro \
            CROSS JOIN claim c ON c.subject_reading = rs.id AND c.object_reading = ro.id AND c.relation = ?3 {FROM} \
            WHERE rs.entity = ?1 AND ro.entity = ?2 ORDER BY c.id"
        );
        let id = self.relation_id(relation);
        let mut out = self.rows(&sql, params![row.source, row.target, id], |r| claim(r, false))?;
        if self.symmetric(row.tie.bond) {
            out.extend(self.rows(&sql, params![row.target, row.source, id], |r| claim(r, true))?);
        }
        Ok(out)
    }

    /// All claims of a tie in few words, without their sentences.
    pub(in crate::query) fn stated(&self, row: &TieRow) -> Result<Vec<Stated>, Error> {
        let Bond::Relation(relation) = row.tie.bond else { return Ok(Vec::new()) };
        let sql = "SELECT c.id, c.status, a.date, c.confidence, a.path, c.sentence, c.attributes ->> 'role' \
            FROM reading rs CROSS JOIN reading ro \
            CROSS JOIN claim c ON c.subject_reading = rs.id AND c.object_reading = ro.id AND c.relation = ?3 \
            JOIN article a ON a.id = c.article WHERE rs.entity = ?1 AND ro.entity = ?2";
        let id = self.relation_id(relation);
        let read = |reversed: bool| {
            move |r: &Row<'_>| {
                Ok(Stated {
                    id: r.get(0)?,
                    reversed,
                    status: r.get_ref(1)?.as_str_or_null()?.and_then(Status::parse).unwrap_or(Status::Asserted),
                    date: day(r, 2)?,
                    confidence: r.get(3)?,
                    path: r.get(4)?,
                    sentence: r.get::<_, i64>(5)?.cast_unsigned(),
                    role: r.get(6)?,
                })
            }
        };
        let mut out = self.rows(sql, params![row.source, row.target, id], read(false))?;
        if self.symmetric(row.tie.bond) {
            out.extend(self.rows(sql, params![row.target, row.source, id], read(true))?);
        }
        Ok(out)
    }

    /// The best evidence among claims.
    pub(in crate::query) fn best(&self, claims: &[&Stated]) -> Result<Option<Evidence>, Error> {
        let order = |a: &Stated, b: &Stated| b.confidence.total_cmp(&a.confidence).then_with(|| a.path.cmp(&b.path));
        let Some(first) = claims.iter().min_by(|a, b| order(a, b)) else { return Ok(None) };
        let sql = format!("SELECT {CLAIM} FROM claim c {FROM} WHERE c.id = ?1");
        let mut best: Option<Evidence> = None;
        for stated in claims.iter().filter(|c| order(c, first).is_eq()) {
            let evidence = self.row(&sql, [stated.id], |r| claim(r, stated.reversed))?;
            best = best.into_iter().chain(evidence).min_by(Evidence::order);
        }
        Ok(best)
    }

    /// The relations of an entity that a filter lets through, with all their claims.
    pub(in crate::query) fn claims_of(&self, id: i64, filter: &Filter) -> Result<Vec<(TieRow, Vec<Evidence>)>, Error> {
        let mut out = Vec::new();
        for row in self.relations_of(id, filter)? {
            let claims = self.claims(&row)?;
            out.push((row, claims));
        }
        Ok(out)
    }

    /// The ties, of one entity or all, that articles dated after `from` and up to `to` claim.
    pub(in crate::query) fn ties_claimed(
        &self,
        from: Day,
        to: Day,
        entity: Option<i64>,
        filter: &Filter,
    ) -> Result<Vec<TieRow>, Error> {
        if let Some(id) = entity {
            // what was not seen after the first day did not change
            let mut ties = self.relations_of(id, filter)?;
            ties.retain(|row| row.tie.last_seen > from && row.tie.first_seen <= to);
            return Ok(ties);
        }
        let sql = "SELECT DISTINCT rs.entity, c.relation, ro.entity FROM article a \
            CROSS JOIN claim c ON c.article = a.id CROSS JOIN reading rs ON rs.id = c.subject_reading \
            CROSS JOIN reading ro ON ro.id = c.object_reading WHERE a.date > ?1 AND a.date <= ?2";
        let ends = self.rows(sql, [from.to_string(), to.to_string()], |r| {
            Ok((r.get::<_, Option<i64>>(0)?, r.get::<_, i64>(1)?, r.get::<_, Option<i64>>(2)?))
        })?;
        let tie = format!("SELECT {TIE} FROM tie t WHERE t.source = ?1 AND t.target = ?2 AND t.relation = ?3");
        let mut out: BTreeMap<i64, TieRow> = BTreeMap::new();
        for (subject, relation, object) in ends {
            let (Some(mut source), Some(mut target)) = (subject, object) else { continue };
            if self.symmetric(self.bond(relation)) && source > target {
                std::mem::swap(&mut source, &mut target);
            }
            let row = self.row(&tie, [source, target, relation], |r| self.tie_row(r))?;
            out.extend(row.filter(|row| filter.tie(&row.tie)).map(|row| (row.id, row)));
        }
        Ok(out.into_values().collect())
    }

    /// The dated claims up to a day, of one entity or all, that a filter lets through by relation, status and kinds.
    pub(in crate::query) fn said(&self, entity: Option<i64>, to: Day, filter: &Filter) -> Result<Vec<Dated>, Error> {
        let columns = "a.date, c.article, c.quote, c.relation, c.status, rs.entity, ro.entity";
        let ends =
            "CROSS JOIN reading rs ON rs.id = c.subject_reading CROSS JOIN reading ro ON ro.id = c.object_reading";
        let statements = match entity {
            None => vec![format!(
                "SELECT {columns} FROM article a CROSS JOIN claim c ON c.article = a.id {ends} WHERE a.date <= ?1 AND ?2 IS NULL"
            )],
            Some(_) => ["subject_reading", "object_reading"]
                .iter()
                .map(|end| {
                    format!(
                        "SELECT {columns} FROM reading r CROSS JOIN claim c ON c.{end} = r.id \
                        CROSS JOIN article a ON a.id = c.article {ends} WHERE r.entity = ?2 AND a.date <= ?1"
                    )
                })
                .collect(),
        };
        let mut out = Vec::new();
        for sql in statements {
            let found = self.rows(&sql, params![to.to_string(), entity], |r| {
                let dated = Dated { day: day(r, 0)?, article: r.get(1)?, quote: r.get(2)? };
                let status = r.get_ref(4)?.as_str_or_null()?.and_then(Status::parse);
                Ok((dated, r.get::<_, i64>(3)?, status, [r.get::<_, Option<i64>>(5)?, r.get::<_, Option<i64>>(6)?]))
            })?;
            for (dated, relation, status, ends) in found {
                let wanted = filter.statuses.is_empty() || status.is_some_and(|s| filter.statuses.contains(&s));
                if wanted && filter.bond(self.bond(relation)) && self.has_kind(ends, entity, filter)? {
                    out.push(dated);
                }
            }
        }
        Ok(out)
    }

    /// Whether one of two ends, other than `entity`, is of a kind that counts.
    fn has_kind(&self, ends: [Option<i64>; 2], entity: Option<i64>, filter: &Filter) -> Result<bool, Error> {
        if filter.kinds == KindSet::ANY {
            return Ok(true);
        }
        for id in ends.into_iter().flatten().filter(|id| Some(*id) != entity) {
            if filter.kinds.has(self.brief(id)?.kind) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The ties, of one entity or all, that are asserted here and denied or ended there.
    pub(in crate::query) fn disputed(&self, entity: Option<i64>, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let disputed = |row: &TieRow| {
            let counts = row.tie.claims.as_ref().map_or([0; 5], |c| c.by_status);
            counts[Status::Asserted as usize] > 0
                && (counts[Status::Negated as usize] > 0 || counts[Status::Ended as usize] > 0)
        };
        let mut out = match entity {
            Some(id) => self.relations_of(id, filter)?,
            None => {
                let sql = format!(
                    "SELECT {TIE} FROM tie t INDEXED BY tie_disputed WHERE t.asserted > 0 AND (t.negated > 0 OR t.ended > 0) ORDER BY t.id"
                );
                self.rows(&sql, params![], |r| self.tie_row(r))?
            }
        };
        out.retain(|row| disputed(row) && filter.tie(&row.tie));
        Ok(out)
    }

    /// The asserted ties of a relation, in groups of several with one target; with an entity, only groups that it is in.
    pub(in crate::query) fn shared_targets(
        &self,
        relation: RelationId,
        entity: Option<i64>,
    ) -> Result<Vec<Vec<TieRow>>, Error> {
        let id = self.relation_id(relation);
        let targets: Vec<i64> = match entity {
            None => self.rows(
                "SELECT target FROM tie INDEXED BY tie_by_relation WHERE relation = ?1 AND relation > 0 AND asserted > 0 GROUP BY target HAVING count(*) > 1 \
                ORDER BY target",
                [id],
                |r| r.get(0),
            )?,
            Some(entity) => self.rows(
                "SELECT target FROM tie WHERE source = ?1 AND relation = ?2 AND asserted > 0 UNION SELECT ?1",
                [entity, id],
                |r| r.get(0),
            )?,
        };
        let sql =
            format!("SELECT {TIE} FROM tie t WHERE t.target = ?1 AND t.relation = ?2 AND t.asserted > 0 ORDER BY t.id");
        let mut out = Vec::new();
        for target in targets {
            let group = self.rows(&sql, [target, id], |r| self.tie_row(r))?;
            if group.len() > 1 {
                out.push(group);
            }
        }
        Ok(out)
    }
}
