//! The claims of a tie in few words, without their sentences.

use super::rows;
use crate::graph::Day;
use crate::schema::Status;
use rusqlite::Connection;

/// How much of each claim is wanted: what more needs more reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// Sentence and status.
    Sentences,
    /// The article's day besides.
    Days,
    /// Sentence, status and role.
    Roles,
}

/// A claim in few words.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    /// Its row.
    pub(crate) id: i64,
    /// How it stands.
    pub(crate) status: Status,
    pub(crate) confidence: f64,
    /// The fingerprint of its sentence.
    pub(crate) sentence: u64,
    /// Its article's row and day.
    pub(crate) article: i64,
    pub(crate) day: Day,
    /// The role that it gives.
    pub(crate) role: Option<String>,
}

/// The claims from one entity to another of a relation, all given by their rows, in no order that means something; of a
/// symmetric one those the other way round too.
pub(crate) fn stated(
    connection: &Connection,
    [source, target, relation]: [i64; 3],
    symmetric: bool,
    detail: Detail,
) -> rusqlite::Result<Vec<Stated>> {
    let (day, article) = match detail {
        Detail::Days => ("a.date", "JOIN article a ON a.id = c.article"),
        _ => ("NULL", ""),
    };
    let role = if detail == Detail::Roles { "c.attributes ->> 'role'" } else { "NULL" };
    let sql = format!(
        "SELECT c.id, c.status, c.confidence, c.sentence, c.article, {day}, {role} FROM reading rs CROSS JOIN reading ro
         CROSS JOIN claim c ON c.subject_reading = rs.id AND c.object_reading = ro.id AND c.relation = ?3 {article}
         WHERE rs.entity = ?1 AND ro.entity = ?2"
    );
    let mut find = connection.prepare_cached(&sql)?;
    let mut out = Vec::new();
    let mut read = |subject: i64, object: i64| -> rusqlite::Result<()> {
        let mut rows = find.query([subject, object, relation])?;
        while let Some(row) = rows.next()? {
            out.push(Stated {
                id: row.get(0)?,
                status: rows::status(row, 1)?.unwrap_or(Status::Asserted),
                confidence: row.get(2)?,
                sentence: row.get::<_, i64>(3)?.cast_unsigned(),
                article: row.get(4)?,
                day: rows::day(row, 5)?,
                role: row.get(6)?,
            });
        }
        Ok(())
    };
    read(source, target)?;
    if symmetric {
        read(target, source)?;
    }
    Ok(out)
}
