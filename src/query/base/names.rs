//! Names from the store.

use super::Base;
use crate::diagnostic::Error;
use crate::query::answer::How;
use rusqlite::{Row, params};

/// A name with the entity that it may mean.
#[derive(Clone, Debug)]
pub(in crate::query) struct Named {
    /// The entity.
    pub(in crate::query) entity: i64,
    /// The name as written.
    pub(in crate::query) name: String,
    /// Whether it is the entity's canonical name.
    pub(in crate::query) own: bool,
    /// Articles that mention the entity.
    pub(in crate::query) articles: u32,
}

/// The most names that a beginning gives: what is so short that more begin with it names nothing.
const MOST: i64 = 2000;

fn named(r: &Row<'_>) -> rusqlite::Result<Named> {
    Ok(Named { entity: r.get(0)?, name: r.get(1)?, own: r.get::<_, i64>(2)? == 0, articles: r.get(3)? })
}

const NAMED: &str = "n.entity, n.text, n.number, e.articles";

/// The least text greater than all that begin with `start`.
fn after(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

impl Base {
    /// The names that fold to `folded`.
    pub(in crate::query) fn named(&self, folded: &str) -> Result<Vec<Named>, Error> {
        let sql = format!("SELECT {NAMED} FROM name n JOIN entity e ON e.id = n.entity WHERE n.folded = ?1");
        self.rows(&sql, [folded], named)
    }

    /// The names that begin with `folded`, and whether that is all of the name.
    pub(in crate::query) fn beginning(&self, folded: &str) -> Result<Vec<(bool, Named)>, Error> {
        let sql = format!(
            "SELECT {NAMED}, n.folded = ?1 FROM name n JOIN entity e ON e.id = n.entity \
            WHERE n.folded >= ?1 AND n.folded < ?2 ORDER BY n.folded LIMIT ?3"
        );
        self.rows(&sql, params![folded, after(folded), MOST], |r| Ok((r.get(4)?, named(r)?)))
    }

    /// The names that are read so, or begin so, or whose initials are so; with the number of letters that are left.
    pub(in crate::query) fn sounding(&self, sounds: &str) -> Result<Vec<(How, usize, Named)>, Error> {
        let sql = format!(
            "SELECT {NAMED}, s.full FROM sound s JOIN name n ON n.entity = s.entity AND n.number = s.number \
            JOIN entity e ON e.id = s.entity WHERE s.full >= ?1 AND s.full < ?2 ORDER BY s.full LIMIT ?3"
        );
        let mut out = self.rows(&sql, params![sounds, after(sounds), MOST], |r| {
            let rest = r.get_ref(4)?.as_str()?.len() - sounds.len();
            Ok((if rest == 0 { How::Pinyin } else { How::PinyinPrefix }, rest, named(r)?))
        })?;
        let sql = format!(
            "SELECT {NAMED} FROM sound s JOIN name n ON n.entity = s.entity AND n.number = s.number \
            JOIN entity e ON e.id = s.entity WHERE s.initials = ?1 LIMIT ?2"
        );
        out.extend(self.rows(&sql, params![sounds, MOST], |r| Ok((How::Initials, 0, named(r)?)))?);
        Ok(out)
    }

    /// The names whose folded form fits, each with how it does.
    pub(in crate::query) fn fitting<T>(
        &self,
        mut fits: impl FnMut(&str) -> Option<T>,
    ) -> Result<Vec<(T, Named)>, Error> {
        // the index holds all that is read here
        let mut statement = self.statement("SELECT folded, entity, number FROM name")?;
        let mut found: Vec<(T, i64, i64)> = Vec::new();
        let rows = statement.query([]);
        let mut rows = self.store.sound(rows)?;
        while let Some(row) = self.store.sound(rows.next())? {
            let folded = self.store.sound(row.get_ref(0).and_then(|v| Ok(v.as_str()?)))?;
            if let Some(how) = fits(folded) {
                let at = |i| self.store.sound(row.get::<_, i64>(i));
                found.push((how, at(1)?, at(2)?));
            }
        }
        let sql = format!(
            "SELECT {NAMED} FROM name n JOIN entity e ON e.id = n.entity WHERE n.entity = ?1 AND n.number = ?2"
        );
        let mut out = Vec::new();
        for (how, entity, number) in found {
            out.extend(self.row(&sql, [entity, number], named)?.map(|n| (how, n)));
        }
        Ok(out)
    }

    /// The articles that mention an entity.
    pub(in crate::query) fn articles_of(&self, id: i64) -> Result<u32, Error> {
        Ok(self.row("SELECT articles FROM entity WHERE id = ?1", [id], |r| r.get(0))?.unwrap_or(0))
    }

    /// An entity's PageRank.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pagerank(&self, id: i64) -> Result<f64, Error> {
        Ok(self.row("SELECT pagerank FROM entity WHERE id = ?1", [id], |r| r.get(0))?.unwrap_or(0.0))
    }
}
