//! Writing a store: always into a new file beside the old one, which takes its place at the very end. Whoever kills the
//! program, and whenever, finds the old store or the new one.
//!
//! A first build fills an empty file; an update a copy of the old one, in which only the rows of articles that changed
//! are touched. What follows from the articles (`derive`) is written anew in both.

use super::compact;
use super::course::Articles;
use super::derive;
use super::fault::{self, Doing};
use super::lock::{STORE, UNFINISHED};
use super::watch::FileState;
use super::{APPLICATION, FILE, VERSION};
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::record::{Record, RecordClaim};
use crate::graph::{AssembleOptions, Day, Graph, ROW_BITS, Settled};
use rusqlite::{Connection, OpenFlags, params};
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// What decides what an article says, and what the graph keeps. Articles of a store with other makings are read anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Makings {
    /// The program: its version and what else tells two programs apart.
    pub tool: String,
    /// Digest of dictionaries and rules.
    pub dictionary: u64,
    /// Options of recognition, in words.
    pub options: String,
    /// Whether drafts are read.
    pub drafts: bool,
    /// What the graph keeps.
    pub keep: AssembleOptions,
}

/// The least and the greatest id that quotes and claims of an article may have.
pub(super) fn ids_of(article: i64) -> (i64, i64) {
    (article << ROW_BITS, (article << ROW_BITS) + ((1 << ROW_BITS) - 1))
}

/// The article of a quote's or claim's id.
pub(super) fn article_of(id: i64) -> i64 {
    id >> ROW_BITS
}

/// A store in the making.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    unfinished: TempPath,
    path: PathBuf,
    makings: Makings,
    fresh: bool,
    readings: FxHashMap<String, u32>,
    next_reading: u32,
    next_article: i64,
    next_file: i64,
    /// The rows of the articles that were added, by their places in the input.
    placed: FxHashMap<u64, i64>,
    /// All articles, once the ties are written.
    articles: Articles,
    /// Ids that articles of changed files had, by file and path, the last to be used first.
    freed: FxHashMap<(i64, String), Vec<i64>>,
}

impl Writer {
    /// An empty store that will stand in `folder`.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn fresh(folder: &Path, makings: Makings) -> Result<Writer, Error> {
        let mut writer = Writer::open(folder, makings, None)?;
        let (tables, ..) = super::schema_parts();
        let made = writer.connection.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {tables}"
        ));
        writer.sound(made)?;
        writer.fresh = true;
        writer.begin()?;
        Ok(writer)
    }

    /// A copy of the store at `old`, to be changed.
    ///
    /// # Errors
    /// When the folder cannot be written to or the store cannot be read.
    pub fn update(folder: &Path, makings: Makings, old: &Path) -> Result<Writer, Error> {
        let mut writer = Writer::open(folder, makings, Some(old))?;
        writer.begin()?;
        let known = |writer: &mut Writer| -> rusqlite::Result<()> {
            let mut statement = writer.connection.prepare("SELECT key, id FROM reading")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                writer.readings.insert(row.get(0)?, row.get(1)?);
            }
            let greatest = |table: &str| {
                writer.connection.query_row(&format!("SELECT ifnull(max(id), 0) FROM {table}"), [], |r| r.get(0))
            };
            let reading: i64 = greatest("reading")?;
            writer.next_reading = reading as u32 + 1;
            writer.next_article = greatest("article")? + 1;
            writer.next_file = greatest("file")? + 1;
            Ok(())
        };
        let read = known(&mut writer);
        writer.sound(read)?;
        Ok(writer)
    }

    fn open(folder: &Path, makings: Makings, old: Option<&Path>) -> Result<Writer, Error> {
        let path = folder.join(FILE);
        let system = |e: std::io::Error| fault::system(&path, Doing::Writing, &e);
        let unfinished = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .suffix(STORE)
            .tempfile_in(folder)
            .map_err(system)?
            .into_temp_path();
        if let Some(old) = old {
            std::fs::copy(old, &unfinished).map_err(system)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || -> rusqlite::Result<Connection> {
            let connection = Connection::open_with_flags(&unfinished, flags)?;
            // no journal and no waiting for the disk: until the last step the file is nobody's store
            connection.execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
                 PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536;",
            )?;
            if old.is_some() {
                // pages are read where they lie, not copied; they are written as ever
                connection.pragma_update(None, "mmap_size", i64::from(i32::MAX))?;
            }
            connection.set_prepared_statement_cache_capacity(64);
            Ok(connection)
        };
        let connection = open().map_err(|e| fault::sqlite(&path, Doing::Writing, &e))?;
        Ok(Writer {
            connection,
            unfinished,
            path,
            makings,
            fresh: false,
            readings: FxHashMap::default(),
            next_reading: 1,
            next_article: 1,
            next_file: 1,
            placed: FxHashMap::default(),
            articles: Articles::default(),
            freed: FxHashMap::default(),
        })
    }

    fn begin(&self) -> Result<(), Error> {
        self.sound(self.connection.execute_batch("BEGIN"))
    }

    fn sound<T>(&self, result: rusqlite::Result<T>) -> Result<T, Error> {
        result.map_err(|e| fault::sqlite(&self.path, Doing::Writing, &e))
    }

    /// The row for a file that the store does not know yet.
    pub fn new_file(&mut self) -> i64 {
        self.next_file += 1;
        self.next_file - 1
    }

    /// Takes out all that a file gave. If it was only changed its articles get their ids back.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn take_out(&mut self, file: i64) -> Result<(), Error> {
        let taken = self.take_out_rows(file);
        let mut articles = self.sound(taken)?;
        articles.reverse();
        for (id, path) in articles {
            self.freed.entry((file, path)).or_default().push(id);
        }
        Ok(())
    }

    fn take_out_rows(&self, file: i64) -> rusqlite::Result<Vec<(i64, String)>> {
        let run = |sql: &str, id: i64| self.connection.prepare_cached(sql)?.execute([id]);
        let articles: Vec<(i64, String)> = self
            .connection
            .prepare_cached("SELECT id, path FROM article WHERE file = ? ORDER BY id")?
            .query_map([file], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (id, _) in &articles {
            let (from, to) = ids_of(*id);
            for table in ["quote", "claim"] {
                self.connection
                    .prepare_cached(&format!("DELETE FROM {table} WHERE id BETWEEN ? AND ?"))?
                    .execute([from, to])?;
            }
            run("DELETE FROM mention WHERE article = ?", *id)?;
        }
        run("DELETE FROM article WHERE file = ?", file)?;
        run("DELETE FROM message WHERE file = ?", file)?;
        run("DELETE FROM file WHERE id = ?", file)?;
        Ok(articles)
    }

    /// Adds an article of a file, the one at this place of the input, as the graph knows it
    /// ([`add_placed`](crate::graph::Assembler::add_placed)). Articles of a first build come in the order of the input.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn add(&mut self, file: i64, place: u64, record: &Record) -> Result<(), Error> {
        let id = match self.freed.get_mut(&(file, record.path.clone())).and_then(Vec::pop) {
            Some(id) => id,
            None => {
                self.next_article += 1;
                self.next_article - 1
            }
        };
        self.placed.insert(place, id);
        let added = self.add_rows(id, file, record);
        self.sound(added)
    }

    fn add_rows(&mut self, id: i64, file: i64, record: &Record) -> rusqlite::Result<()> {
        let mut readings = Vec::with_capacity(record.entities.len());
        for entity in &record.entities {
            let reading = match self.readings.get(&entity.key) {
                Some(&reading) => reading,
                None => {
                    let new = self.next_reading;
                    self.next_reading += 1;
                    self.readings.insert(entity.key.clone(), new);
                    self.connection
                        .prepare_cached("INSERT INTO reading (id, key) VALUES (?, ?)")?
                        .execute(params![new, entity.key])?;
                    new
                }
            };
            readings.push(reading);
        }
        self.connection.prepare_cached("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            id,
            file,
            record.path,
            record.title,
            article_day(&record.date),
            record.units[0],
            record.units[1],
            compact::encode(record, &readings)
        ])?;
        let (first, _) = ids_of(id);
        let mut quote = self.connection.prepare_cached("INSERT INTO quote VALUES (?, ?, ?, ?, ?)")?;
        for (number, q) in (first..).zip(&record.quotes) {
            quote.execute(params![number, q.start, q.line, q.column, q.text])?;
        }
        let mut claim = self
            .connection
            .prepare_cached("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (number, c) in (first..).zip(&record.claims) {
            let span = |i: usize| (c.spans[i].map(|s| s.0), c.spans[i].map(|s| s.1));
            let (subject, object) = (span(0), span(1));
            claim.execute(params![
                number,
                id,
                readings[c.subject as usize],
                derive::relation_id(c.relation),
                readings[c.object as usize],
                c.status.as_str(),
                first + i64::from(c.quote),
                c.surfaces[0],
                subject.0,
                subject.1,
                c.surfaces[1],
                object.0,
                object.1,
                c.stated.0,
                c.stated.1,
                c.rule,
                given(&c.when),
                attributes(c),
                f64::from(c.confidence),
                record.quotes[c.quote as usize].fingerprint.cast_signed(),
            ])?;
        }
        let mut mention = self.connection.prepare_cached("INSERT INTO mention VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for (e, reading) in record.entities.iter().zip(&readings) {
            mention.execute(params![reading, id, e.mentions, e.units[0], e.units[1], e.first.0, e.first.1])?;
        }
        Ok(())
    }

    /// Writes the row of a file that was read, and what reading it had to tell.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn file(
        &self,
        id: i64,
        name: &str,
        place: &Path,
        state: &FileState,
        messages: &[Diagnostic],
    ) -> Result<(), Error> {
        let write = || -> rusqlite::Result<()> {
            let stat = state.seen.map(|(stat, _)| stat);
            self.connection
                .prepare_cached("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
                .execute(params![
                    id,
                    name,
                    place.to_string_lossy(),
                    stat.map(|s| s.size.cast_signed()),
                    stat.map(|s| s.modified),
                    stat.map(|s| s.changed),
                    stat.map(|s| s.inode),
                    state.seen.map(|(_, hash)| hash),
                    stat.is_some_and(|s| s.racy),
                    state.articles.cast_signed(),
                    state.drafts.cast_signed(),
                    state.left_out.cast_signed(),
                    state.failed.cast_signed(),
                ])?;
            let mut statement =
                self.connection.prepare_cached("INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
            for (number, m) in (0i64..).zip(messages) {
                statement.execute(params![
                    id,
                    number,
                    m.severity.as_str(),
                    m.file,
                    m.place.map(|p| p.line),
                    m.place.map(|p| p.column),
                    m.message,
                    m.snippet,
                    m.hint
                ])?;
            }
            Ok(())
        };
        self.sound(write())
    }

    /// Notes that a file looks different and is the same.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn touch(&self, file: i64, stat: &super::watch::Stat) -> Result<(), Error> {
        let write = || -> rusqlite::Result<usize> {
            let sql = "UPDATE file SET modified = ?, changed = ?, inode = ?, racy = ? WHERE id = ?";
            self.connection.prepare_cached(sql)?.execute(params![
                stat.modified,
                stat.changed,
                stat.inode,
                stat.racy,
                file
            ])
        };
        self.sound(write()).map(drop)
    }

    /// Writes the ties of the graph, all articles being there. The nodes need not be measured.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn ties(&mut self, graph: &Graph, settled: &Settled) -> Result<(), Error> {
        let write = || -> rusqlite::Result<Articles> {
            if self.fresh {
                let (.., others) = super::schema_parts();
                others.into_iter().try_for_each(|part| self.connection.execute_batch(part))?;
            } else {
                let unused = "DELETE FROM reading WHERE NOT EXISTS (SELECT 1 FROM mention WHERE reading = reading.id)";
                self.connection.execute(unused, [])?;
            }
            derive::write_ties(&self.connection, graph, settled, &self.placed)
        };
        let written = write();
        self.articles = self.sound(written)?;
        Ok(())
    }

    /// Writes what is left of the graph, whose nodes are measured.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn nodes(self, graph: &Graph) -> Result<Writer, Error> {
        let write = || -> rusqlite::Result<()> {
            derive::write_nodes(&self.connection, graph, &self.makings, &self.articles)?;
            self.connection.execute_batch("COMMIT")?;
            let free: i64 = self.connection.query_row("PRAGMA freelist_count", [], |r| r.get(0))?;
            let all: i64 = self.connection.query_row("PRAGMA page_count", [], |r| r.get(0))?;
            if free > all / 2 {
                self.connection.execute_batch("VACUUM")?;
            }
            Ok(())
        };
        let written = write();
        self.sound(written)?;
        // the greater part of the disk's work, done while others write
        let flushed = std::fs::File::open(&self.unfinished).and_then(|file| file.sync_all());
        flushed.map_err(|e| fault::system(&self.path, Doing::Writing, &e))?;
        Ok(self)
    }

    /// Notes what else the build left, all else being written, and closes the file.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn leave(self, left: &[(String, String)]) -> Result<Written, Error> {
        let note = || -> rusqlite::Result<()> {
            let mut put = self.connection.prepare_cached("INSERT OR REPLACE INTO meta VALUES (?, ?)")?;
            left.iter().try_for_each(|(name, value)| put.execute(params![name, value]).map(drop))?;
            if self.connection.is_autocommit() { Ok(()) } else { self.connection.execute_batch("COMMIT") }
        };
        let noted = note();
        self.sound(noted)?;
        self.close()
    }

    fn close(self) -> Result<Written, Error> {
        let Writer { connection, unfinished, path, .. } = self;
        connection.close().map_err(|(_, e)| fault::sqlite(&path, Doing::Writing, &e))?;
        let safe = || -> std::io::Result<()> {
            let file = std::fs::OpenOptions::new().write(true).open(&unfinished)?;
            readable(&file)?;
            file.sync_all()
        };
        safe().map_err(|e| fault::system(&path, Doing::Writing, &e))?;
        Ok(Written { unfinished, path })
    }
}

/// A whole store beside the old one.
#[derive(Debug)]
pub struct Written {
    unfinished: TempPath,
    path: PathBuf,
}

impl Written {
    /// Puts it into its place, and tells that place.
    ///
    /// # Errors
    /// Those of the disk; what was there is then as it was.
    pub fn replace(self) -> Result<PathBuf, Error> {
        let Written { unfinished, path } = self;
        let replaced = unfinished.persist(&path).map_err(|e| e.error).and_then(|()| sync_folder(&path));
        replaced.map_err(|e| fault::system(&path, Doing::Writing, &e))?;
        Ok(path)
    }
}

/// Temporary files are private; the store is for everyone who may read the folder.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

/// Makes the renaming last through a loss of power.
#[cfg(unix)]
fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match std::fs::File::open(folder)?.sync_all() {
        // not every file system can; the store is whole all the same
        Err(e) if e.kind() == std::io::ErrorKind::InvalidInput => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// An article's day; NULL for none, and for one that no calendar of ours has.
fn article_day(text: &str) -> Option<String> {
    let day = Day::parse(text);
    (!day.is_none()).then(|| day.to_string())
}

/// NULL for none.
fn given(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.is_empty())
}

/// A claim's attributes as JSON; NULL for none.
fn attributes(claim: &RecordClaim) -> Option<String> {
    if claim.attributes.is_empty() {
        return None;
    }
    let map: serde_json::Map<String, serde_json::Value> =
        claim.attributes.iter().map(|(k, v)| (k.to_string(), v.as_str().into())).collect();
    Some(serde_json::Value::Object(map).to_string())
}
