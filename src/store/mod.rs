//! Stage 6, keep: the graph, what it was made from and all evidence in one SQLite file, `guanxi.db`, open to
//! hand-written SQL (`docs/store.md`).
//!
//! [`Writer`] makes a store, whole or by updating one; [`reassemble`] gives an update the records of the articles that
//! did not change. The graph is a pure function of the records, so an update gives what a rebuild gives. [`Store`] reads.

mod compact;
mod conflict;
pub(crate) mod course;
mod derive;
mod fault;
pub(crate) mod links;
mod load;
mod lock;
mod retract;
pub(crate) mod rows;
pub(crate) mod stated;
mod watch;
mod write;

pub use conflict::Contradiction;
pub(crate) use derive::relation_id;
pub use load::{Article, reassemble};
pub use lock::Lock;
pub(crate) use lock::UNFINISHED;
pub use retract::{LostEntity, LostTie, Retraction};
pub use rows::{Entity, TieRow};
pub use watch::{FileState, Hasher, Known, Stat, Verdict, content};
pub use write::{Makings, Writer, Written};

use crate::diagnostic::{Diagnostic, Error};
use crate::graph::AssembleOptions;
use fault::Doing;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::{Path, PathBuf};

/// The store's file in the output folder.
pub const FILE: &str = "guanxi.db";

/// Version of the tables and of the compact records; it changes when readers or updates would have to.
pub const VERSION: i32 = 5;

/// Marks a SQLite file as a store (`PRAGMA application_id`): the letters GUAN.
const APPLICATION: i32 = 0x4755_414E;

/// The tables.
const SCHEMA: &str = include_str!("schema.sql");

/// The parts of the schema: the tables; the indexes of what follows from the articles; the other indexes and the views.
fn schema_parts() -> (&'static str, &'static str, [&'static str; 2]) {
    let part = |text: &'static str, mark: &str| text.split_once(mark).unwrap_or((text, ""));
    let (tables, rest) = part(SCHEMA, "-- @indexes");
    let (indexes, rest) = part(rest, "-- @derived");
    let (derived, views) = part(rest, "-- @views");
    (tables, line(derived), [line(indexes), views])
}

/// What follows the first line.
fn line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

/// A store without rows, for tests to fill.
#[cfg(test)]
pub(crate) fn empty(folder: &Path) -> Connection {
    let db = Connection::open(folder.join(FILE)).unwrap();
    db.execute_batch(SCHEMA).unwrap();
    db.pragma_update(None, "application_id", APPLICATION).unwrap();
    db.pragma_update(None, "user_version", VERSION).unwrap();
    db
}

/// A store, open for reading.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens a store; nothing can be written through it.
    ///
    /// # Errors
    /// When there is none, it is of another version, it is no store, or it is damaged.
    pub fn open(path: &Path) -> Result<Store, Error> {
        match Store::open_any(path)? {
            (store, VERSION) => Ok(store),
            (_, version) => {
                let which = if version < VERSION { "an older" } else { "a newer" };
                let message =
                    format!("this store was written by {which} guanxi (form {version}, this one reads {VERSION})");
                let hint = match version < VERSION {
                    true => "run `guanxi build` to make it anew",
                    false => "use the guanxi that wrote it, or `guanxi build --fresh` to make it anew",
                };
                Err(Error::new(Diagnostic::error(fault::shown(path), message).hint(hint)))
            }
        }
    }

    /// Opens a store of whatever version; only of [`VERSION`] more than that may be asked.
    fn open_any(path: &Path) -> Result<(Store, i32), Error> {
        if let Err(e) = std::fs::File::open(path) {
            return Err(match e.kind() {
                std::io::ErrorKind::NotFound => {
                    let d = Diagnostic::error(fault::shown(path), "there is no store here");
                    Error::new(d.hint("run `guanxi build` first, or give its output folder with --output"))
                }
                _ => fault::system(path, Doing::Reading, &e),
            });
        }
        let open = || -> rusqlite::Result<(Connection, i32, i32, i64)> {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            connection.set_prepared_statement_cache_capacity(64);
            // pages are read where they lie, not copied
            connection.pragma_update(None, "mmap_size", i64::from(i32::MAX))?;
            let number = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |r| r.get(0));
            let (application, version): (i64, i64) = (number("application_id")?, number("user_version")?);
            let bytes = number("page_count")? * number("page_size")?;
            Ok((connection, application as i32, version as i32, bytes))
        };
        let (connection, application, version, bytes) = open().map_err(|e| fault::sqlite(path, Doing::Reading, &e))?;
        if application != APPLICATION {
            let d = Diagnostic::error(fault::shown(path), "this is a SQLite file, but no store that guanxi wrote");
            return Err(Error::new(d.hint("move it away, or give another folder with --output")));
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.len() < bytes.cast_unsigned() => {
                Err(fault::damaged(path, "a part of the file is missing"))
            }
            _ => Ok((Store { connection, path: path.to_owned() }, version)),
        }
    }

    /// The store that a build in `folder` may update if it [fits](Store::fits): `None` when there is none, or it has an
    /// older form.
    ///
    /// # Errors
    /// When the store is damaged, or a newer program's.
    pub fn earlier(folder: &Path) -> Result<Option<Store>, Error> {
        let path = folder.join(FILE);
        // a link to nowhere is none either: the new store replaces it
        if !path.exists() {
            return Ok(None);
        }
        let (store, version) = Store::open_any(&path)?;
        if version < VERSION {
            return Ok(None);
        }
        if version == VERSION { Ok(Some(store)) } else { Store::open(&path).map(Some) }
    }

    /// Whether it was made by the same program and from the same dictionaries, rules and options.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn fits(&self, makings: &Makings) -> Result<bool, Error> {
        let kept = |name: &str| self.fact::<String>(name);
        Ok(kept("tool")?.as_deref() == Some(&makings.tool)
            && kept("dictionary")? == Some(format!("{:016x}", makings.dictionary))
            && kept("options")?.as_deref() == Some(&makings.options))
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection, for queries: read-only.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Has SQLite ask now and then whether to break off; it then fails whatever it does.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn break_off(&mut self, stop: impl FnMut() -> bool + Send + 'static) -> Result<(), Error> {
        let set = self.connection.progress_handler(10_000, Some(stop));
        self.sound(set)
    }

    /// A result of SQLite with its error in words.
    ///
    /// # Errors
    /// The one of `result`.
    pub fn sound<T>(&self, result: rusqlite::Result<T>) -> Result<T, Error> {
        result.map_err(|e| fault::sqlite(&self.path, Doing::Reading, &e))
    }

    /// A fact of the table `meta`; `None` when it is not given.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn fact<T: rusqlite::types::FromSql>(&self, name: &str) -> Result<Option<T>, Error> {
        let find = || -> rusqlite::Result<Option<Option<T>>> {
            self.connection
                .prepare_cached("SELECT value FROM meta WHERE name = ?")?
                .query_row([name], |r| r.get(0))
                .optional()
        };
        self.sound(find()).map(Option::flatten)
    }

    /// What the graph kept when the store was written, and whether drafts were read.
    ///
    /// # Errors
    /// When the store is damaged.
    pub fn kept(&self) -> Result<(AssembleOptions, bool), Error> {
        let number = |name: &str| self.fact::<i64>(name).map(Option::unwrap_or_default);
        let keep = AssembleOptions {
            evidence_limit: number("evidence")?.cast_unsigned() as usize,
            min_support: number("min_support")? as u32,
        };
        Ok((keep, number("drafts")? != 0))
    }
}
