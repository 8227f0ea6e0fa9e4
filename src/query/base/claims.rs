//! Evidence and claims from the store.

use super::{Base, TieRow, rows};
use crate::diagnostic::Error;
use crate::graph::{Bond, Day, Evidence, Origin, Passage};
use crate::query::Filter;
use crate::schema::KindSet;
use crate::store::course::{Turn, unpack};
use crate::store::rows::FACTS;
use crate::store::stated::{Detail, Stated, stated};
use crate::store::{Contradiction, relation_id};
use rusqlite::{Row, params};
use std::sync::Arc;

/// The columns of a claim, as [`claim`] reads them; claim `c`, quote `q`, article `a`.
fn columns() -> String {
    format!(
        "a.path, a.title, a.date, q.start, q.line, q.\"column\", q.text, c.subject, c.subject_start, c.subject_end, \
        c.object, c.object_start, c.object_end, {FACTS}"
    )
}

const FROM: &str = "JOIN quote q ON q.id = c.quote JOIN article a ON a.id = c.article";

/// That a sentence states something on a day.
#[derive(Clone, Copy, Debug)]
pub(in crate::query) struct Dated {
    pub(in crate::query) day: Day,
    pub(in crate::query) article: i64,
    pub(in crate::query) quote: i64,
}

/// Two ties, or one with itself, that contradict each other.
#[derive(Clone, Copy, Debug)]
pub(in crate::query) struct Contradicting {
    /// In what.
    pub(in crate::query) kind: Contradiction,
    /// Their rows.
    pub(in crate::query) ties: [i64; 2],
    /// Claims on each side.
    pub(in crate::query) claims: [usize; 2],
    /// The days of the first and the last of them.
    pub(in crate::query) days: [(Day, Day); 2],
    /// The row of the best claim on each side.
    pub(in crate::query) best: [i64; 2],
}

fn passage(r: &Row<'_>) -> rusqlite::Result<Arc<Passage>> {
    let article = Arc::new(Origin { path: r.get(0)?, title: r.get(1)?, date: rows::day(r, 2)? });
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

/// A claim as evidence of its tie; reversed if its subject is the tie's target.
fn claim(r: &Row<'_>, reversed: bool) -> rusqlite::Result<Evidence> {
    let mut ends = [rows::end(r, 7)?, rows::end(r, 10)?];
    if reversed {
        ends.reverse();
    }
    Ok(Evidence { passage: passage(r)?, ends, claim: rows::facts(r, 13)? })
}

impl Base {
    /// All claims of a tie, not only those kept as evidence, in no order that means something.
    pub(in crate::query) fn claims(&self, row: &TieRow) -> Result<Vec<Evidence>, Error> {
        let Bond::Relation(relation) = row.tie.bond else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT {} FROM reading rs CROSS JOIN reading ro \
            CROSS JOIN claim c ON c.subject_reading = rs.id AND c.object_reading = ro.id AND c.relation = ?3 {FROM} \
            WHERE rs.entity = ?1 AND ro.entity = ?2 ORDER BY c.id",
            columns()
        );
        let id = relation_id(relation);
        let mut out = self.rows(&sql, params![row.source, row.target, id], |r| claim(r, false))?;
        if self.symmetric(row.tie.bond) {
            out.extend(self.rows(&sql, params![row.target, row.source, id], |r| claim(r, true))?);
        }
        Ok(out)
    }

    /// Those of a tie's claims that an article makes, or another of its path.
    pub(in crate::query) fn claims_beside(&self, row: &TieRow, article: i64) -> Result<Vec<Evidence>, Error> {
        let Bond::Relation(relation) = row.tie.bond else { return Ok(Vec::new()) };
        let sql = format!(
            "SELECT {}, rs.entity = ?1 AND ro.entity = ?2 FROM article i CROSS JOIN article a ON a.path = i.path \
            CROSS JOIN claim c ON c.article = a.id AND c.relation = ?3 CROSS JOIN reading rs ON rs.id = c.subject_reading \
            CROSS JOIN reading ro ON ro.id = c.object_reading JOIN quote q ON q.id = c.quote WHERE i.id = ?4 \
            AND (rs.entity = ?1 AND ro.entity = ?2 OR ?5 AND rs.entity = ?2 AND ro.entity = ?1) ORDER BY c.id",
            columns()
        );
        let (id, symmetric) = (relation_id(relation), self.symmetric(row.tie.bond));
        let read = |r: &Row<'_>| claim(r, !r.get::<_, bool>(20)?);
        self.rows(&sql, params![row.source, row.target, id, article, symmetric], read)
    }

    /// All claims of a tie in few words, with their days.
    pub(in crate::query) fn stated(&self, row: &TieRow) -> Result<Vec<Stated>, Error> {
        let Bond::Relation(relation) = row.tie.bond else { return Ok(Vec::new()) };
        let ends = [row.source, row.target, relation_id(relation)];
        self.store.sound(stated(self.store.connection(), ends, self.symmetric(row.tie.bond), Detail::Days))
    }

    /// The claim of this row, as evidence of a tie.
    pub(in crate::query) fn claim(&self, id: i64, tie: &TieRow) -> Result<Evidence, Error> {
        let sql = format!(
            "SELECT {}, rs.entity FROM claim c {FROM} JOIN reading rs ON rs.id = c.subject_reading WHERE c.id = ?1",
            columns()
        );
        let read = |r: &Row<'_>| claim(r, r.get::<_, Option<i64>>(20)? != Some(tie.source));
        self.row(&sql, [id], read)?.ok_or_else(|| self.lost("claim", id))
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

    /// Whether some article has no date.
    pub(in crate::query) fn any_undated(&self) -> Result<bool, Error> {
        Ok(self.row("SELECT 1 FROM article WHERE date IS NULL LIMIT 1", params![], |_| Ok(()))?.is_some())
    }

    /// The relations of an entity that may have been claimed after `from` and up to `to`: what was not seen then did not
    /// change.
    pub(in crate::query) fn relations_seen(
        &self,
        from: Day,
        to: Day,
        entity: i64,
        filter: &Filter,
    ) -> Result<Vec<TieRow>, Error> {
        let mut ties = self.relations_of(entity, filter)?;
        ties.retain(|row| row.tie.last_seen > from && row.tie.first_seen <= to);
        Ok(ties)
    }

    /// Gives what was said of each relation on each day after `from` and up to `to`, in the order of the days.
    pub(in crate::query) fn each_turn(
        &self,
        (from, to): (Day, Day),
        mut take: impl FnMut(Turn<'_>),
    ) -> Result<(), Error> {
        let sql = "SELECT turns FROM course WHERE day > ?1 AND day <= ?2 ORDER BY day";
        let mut statement = self.statement(sql)?;
        let mut rows = self.store.sound(statement.query([from.number(), to.number()]))?;
        while let Some(row) = self.store.sound(rows.next())? {
            let turns = row.get_ref(0).and_then(|value| Ok(value.as_blob()?));
            self.store.sound(turns.and_then(|bytes| unpack(0, bytes, &mut take)))?;
        }
        Ok(())
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
                let dated = Dated { day: rows::day(r, 0)?, article: r.get(1)?, quote: r.get(2)? };
                Ok((
                    dated,
                    rows::bond(r, 3)?,
                    rows::status(r, 4)?,
                    [r.get::<_, Option<i64>>(5)?, r.get::<_, Option<i64>>(6)?],
                ))
            })?;
            for (dated, relation, status, ends) in found {
                let wanted = filter.statuses.is_empty() || status.is_some_and(|s| filter.statuses.contains(&s));
                if wanted && filter.bond(relation) && self.has_kind(ends, entity, filter)? {
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

    /// What contradicts what, those with the most claims first: of one entity, or all.
    pub(in crate::query) fn contradictions(&self, entity: Option<i64>) -> Result<Vec<Contradicting>, Error> {
        let read = |r: &Row<'_>| {
            let word = r.get_ref(0)?.as_str()?;
            let count = |i: usize| r.get::<_, i64>(i).map(|n| n.cast_unsigned() as usize);
            Ok(Contradicting {
                kind: Contradiction::parse(word).ok_or_else(|| rows::wrong(0, word))?,
                ties: [r.get(1)?, r.get(2)?],
                claims: [count(3)?, count(4)?],
                best: [r.get(5)?, r.get(6)?],
                days: [(rows::day(r, 7)?, rows::day(r, 8)?), (rows::day(r, 9)?, rows::day(r, 10)?)],
            })
        };
        let all = "SELECT kind, first, second, first_claims, second_claims, first_claim, second_claim, first_from, first_to, \
            second_from, second_to FROM conflict";
        let Some(entity) = entity else { return self.rows(&format!("{all} ORDER BY number"), params![], read) };
        let own = "SELECT id FROM tie WHERE source = ?1 AND relation > 0 UNION ALL \
            SELECT id FROM tie WHERE target = ?1 AND relation > 0";
        let sql = format!(
            "{all} WHERE number IN (SELECT number FROM conflict WHERE first IN ({own}) \
            UNION SELECT number FROM conflict WHERE second IN ({own})) ORDER BY number"
        );
        self.rows(&sql, [entity], read)
    }
}
