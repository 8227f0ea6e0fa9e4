//! Reading a store: single entities, ties and articles; the graph, whole or in part; the records for an update.

use super::compact::{self, StoredQuotes};
use super::rows::{self, Entity, FACTS, NODE, TIE, TieRow, day, wrong};
use super::watch::{FileState, Known, Stat};
use super::write::article_of;
use super::{Store, fault};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::graph::{Assembler, Bond, Day, Evidence, Graph, Node, Origin, Passage, Row as Of, Tie, Totals};
use crate::schema::{EntityKind, KindSet, Relation, RelationId, Schema};
use crate::span::Place;
use petgraph::graph::{DiGraph, NodeIndex};
use rusqlite::{OptionalExtension, Row, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// An article as the store knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its row in the table `article`.
    pub id: i64,
    /// Path under the content root.
    pub path: String,
    /// Title.
    pub title: String,
    /// Date.
    pub date: Day,
}

/// Evidence `v` of ties: what [`Shared::evidence`] reads.
fn evidence_of(wanted: &str) -> String {
    format!(
        "SELECT v.tie, v.quote, v.source_words, v.source_start, v.source_end, v.target_words, v.target_start,
         v.target_end, {FACTS} FROM evidence v LEFT JOIN claim c ON c.id = v.claim {wanted}"
    )
}

/// Passages and articles that evidence shares.
#[derive(Default)]
struct Shared {
    articles: FxHashMap<i64, Arc<Origin>>,
    passages: FxHashMap<i64, Arc<Passage>>,
}

impl Shared {
    fn passage(&mut self, store: &Store, quote: i64) -> rusqlite::Result<Arc<Passage>> {
        if let Some(passage) = self.passages.get(&quote) {
            return Ok(Arc::clone(passage));
        }
        let id = article_of(quote);
        let article = match self.articles.get(&id) {
            Some(article) => Arc::clone(article),
            None => {
                let origin = store
                    .connection
                    .prepare_cached("SELECT path, title, date FROM article WHERE id = ?")?
                    .query_row([id], |r| Ok(Origin { path: r.get(0)?, title: r.get(1)?, date: day(r, 2)? }))?;
                let origin = Arc::new(origin);
                self.articles.insert(id, Arc::clone(&origin));
                origin
            }
        };
        let passage = store
            .connection
            .prepare_cached("SELECT start, line, \"column\", text FROM quote WHERE id = ?")?
            .query_row([quote], |r| {
                let text = r.get::<_, String>(3)?.into();
                let row = Of(Some(quote));
                Ok(Passage { article, start: r.get(0)?, line: r.get(1)?, column: r.get(2)?, text, row })
            })?;
        let passage = Arc::new(passage);
        self.passages.insert(quote, Arc::clone(&passage));
        Ok(passage)
    }

    fn evidence(&mut self, store: &Store, row: &Row<'_>) -> rusqlite::Result<Evidence> {
        let ends = [rows::end(row, 2)?, rows::end(row, 5)?];
        Ok(Evidence { passage: self.passage(store, row.get(1)?)?, ends, claim: rows::facts(row, 8)? })
    }
}

impl Store {
    /// The relations.
    ///
    /// # Errors
    /// When the store is damaged, here and below.
    pub fn schema(&self) -> Result<Schema, Error> {
        let read = || -> rusqlite::Result<Schema> {
            let kinds = |words: String| words.split(' ').filter_map(EntityKind::parse).collect::<KindSet>();
            let relations = self
                .connection
                .prepare_cached(
                    "SELECT name, label, description, subject_kinds, object_kinds, symmetric, color FROM relation
                     WHERE id > 0 ORDER BY id",
                )?
                .query_map([], |r| {
                    Ok(Relation {
                        name: r.get(0)?,
                        label: r.get(1)?,
                        description: r.get(2)?,
                        subject: kinds(r.get(3)?),
                        object: kinds(r.get(4)?),
                        symmetric: r.get(5)?,
                        color: r.get(6)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Schema { relations })
        };
        self.sound(read())
    }

    /// What the graph was made from.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn totals(&self) -> Result<Totals, Error> {
        let number = |name: &str| self.fact::<i64>(name).map(|n| n.unwrap_or_default().cast_unsigned());
        let day = |name: &str| self.fact::<String>(name).map(|d| d.map_or(Day::NONE, |d| Day::parse(&d)));
        Ok(Totals {
            articles: number("articles")? as u32,
            claims: number("claims")?,
            sentences: number("sentences")?,
            paragraphs: number("paragraphs")?,
            first_seen: day("first_seen")?,
            last_seen: day("last_seen")?,
        })
    }

    /// The entity with this key.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn entity_by_key(&self, key: &str) -> Result<Option<Entity>, Error> {
        self.one_entity(&format!("SELECT {NODE} FROM entity WHERE key = ?"), &key)
    }

    /// The entity of this row.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn entity(&self, id: i64) -> Result<Option<Entity>, Error> {
        self.one_entity(&format!("SELECT {NODE} FROM entity WHERE id = ?"), &id)
    }

    fn one_entity(&self, sql: &str, wanted: &dyn rusqlite::ToSql) -> Result<Option<Entity>, Error> {
        let read = || -> rusqlite::Result<Option<Entity>> {
            let Some(mut entity) = self.connection.prepare_cached(sql)?.query_row([wanted], rows::node).optional()?
            else {
                return Ok(None);
            };
            let mut names =
                self.connection.prepare_cached("SELECT source, text FROM name WHERE entity = ? ORDER BY number")?;
            let mut rows = names.query([entity.id])?;
            while let Some(row) = rows.next()? {
                rows::put_name(&mut entity.node, row, 0)?;
            }
            let mut tickers =
                self.connection.prepare_cached("SELECT ticker FROM ticker WHERE entity = ? ORDER BY number")?;
            entity.node.tickers = tickers.query_map([entity.id], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
            Ok(Some(entity))
        };
        self.sound(read())
    }

    /// The entities with a name that folds to the same as `name`, the most important first.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn entities_named(&self, name: &str) -> Result<Vec<i64>, Error> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT e.id FROM name n JOIN entity e ON e.id = n.entity WHERE n.folded = ?
                     ORDER BY e.pagerank DESC, e.key",
                )?
                .query_map([crate::dictionary::fold(name)], |r| r.get(0))?
                .collect()
        };
        self.sound(read())
    }

    /// All ties of an entity, in the order of their rows, without their evidence.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn ties_of(&self, entity: i64) -> Result<Vec<TieRow>, Error> {
        let read = || -> rusqlite::Result<Vec<TieRow>> {
            let sql = format!(
                "SELECT {TIE} FROM tie WHERE id IN
                 (SELECT id FROM tie WHERE source = ?1 UNION SELECT id FROM tie WHERE target = ?1) ORDER BY id"
            );
            self.connection.prepare_cached(&sql)?.query_map([entity], rows::tie)?.collect()
        };
        self.sound(read())
    }

    /// The tie of this relation (`None`: co-mention) from one entity to another, without its evidence.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn tie(&self, source: i64, target: i64, relation: Option<RelationId>) -> Result<Option<TieRow>, Error> {
        let read = || -> rusqlite::Result<Option<TieRow>> {
            let relation = relation.map_or(0, super::derive::relation_id);
            self.connection
                .prepare_cached(&format!("SELECT {TIE} FROM tie WHERE source = ? AND target = ? AND relation = ?"))?
                .query_row(params![source, target, relation], rows::tie)
                .optional()
        };
        self.sound(read())
    }

    /// The kept evidence of a tie, best first, so many pieces at most.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn evidence(&self, tie: i64, limit: usize) -> Result<Vec<Evidence>, Error> {
        let read = || -> rusqlite::Result<Vec<Evidence>> {
            let mut shared = Shared::default();
            self.connection
                .prepare_cached(&evidence_of("WHERE v.tie = ? ORDER BY v.number LIMIT ?"))?
                .query_map([tie, i64::try_from(limit).unwrap_or(-1)], |row| shared.evidence(self, row))?
                .collect()
        };
        self.sound(read())
    }

    /// The articles with this path: one, unless two content roots have it.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn articles(&self, path: &str) -> Result<Vec<Article>, Error> {
        let read = || -> rusqlite::Result<Vec<Article>> {
            self.connection
                .prepare_cached("SELECT id, path, title, date FROM article WHERE path = ? ORDER BY id")?
                .query_map([path], |r| {
                    Ok(Article { id: r.get(0)?, path: r.get(1)?, title: r.get(2)?, date: day(r, 3)? })
                })?
                .collect()
        };
        self.sound(read())
    }

    /// Paths of at most so many articles that end in `name`.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn articles_ending(&self, name: &str, most: u32) -> Result<Vec<String>, Error> {
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection
                .prepare_cached("SELECT path FROM article WHERE substr(path, -length(?1)) = ?1 ORDER BY path LIMIT ?2")?
                .query_map(params![name, most], |r| r.get(0))?
                .collect()
        };
        self.sound(read())
    }

    /// The whole graph, as the build that wrote the store had it.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn graph(&self) -> Result<Graph, Error> {
        self.graph_where("", "", "")
    }

    /// The entities of these rows with all ties among them.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn graph_of(&self, entities: &[i64]) -> Result<Graph, Error> {
        let mut ids: Vec<i64> = entities.to_vec();
        ids.sort_unstable();
        ids.dedup();
        let list = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let ties = format!("WHERE source IN ({list}) AND target IN ({list})");
        let evidence = format!("WHERE v.tie IN (SELECT id FROM tie {ties})");
        self.graph_where(&format!("IN ({list})"), &ties, &evidence)
    }

    fn graph_where(&self, entities: &str, ties: &str, evidence: &str) -> Result<Graph, Error> {
        let (schema, totals) = (self.schema()?, self.totals()?);
        let of = |column: &str| if entities.is_empty() { String::new() } else { format!("WHERE {column} {entities}") };
        let read = || -> rusqlite::Result<DiGraph<Node, Tie>> {
            let mut graph: DiGraph<Node, Tie> = DiGraph::new();
            let mut places: FxHashMap<i64, NodeIndex> = FxHashMap::default();
            let mut all = self.connection.prepare(&format!("SELECT {NODE} FROM entity {} ORDER BY id", of("id")))?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let entity = rows::node(row)?;
                places.insert(entity.id, graph.add_node(entity.node));
            }
            let sql = format!("SELECT entity, source, text FROM name {} ORDER BY entity, number", of("entity"));
            let mut all = self.connection.prepare(&sql)?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(&at) = places.get(&row.get(0)?) {
                    rows::put_name(&mut graph[at], row, 1)?;
                }
            }
            let sql = format!("SELECT entity, ticker FROM ticker {} ORDER BY entity, number", of("entity"));
            let mut all = self.connection.prepare(&sql)?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(&at) = places.get(&row.get(0)?) {
                    graph[at].tickers.push(row.get(1)?);
                }
            }
            let mut shared = Shared::default();
            let mut items = self.connection.prepare(&evidence_of(&format!("{evidence} ORDER BY v.tie, v.number")))?;
            let mut items = items.query([])?;
            let mut item = items.next()?;
            let mut all = self.connection.prepare(&format!("SELECT {TIE} FROM tie {ties} ORDER BY id"))?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let TieRow { id, source, target, mut tie } = rows::tie(row)?;
                while let Some(row) = item {
                    if row.get::<_, i64>(0)? != id {
                        break;
                    }
                    tie.evidence.push(shared.evidence(self, row)?);
                    item = items.next()?;
                }
                let end = |id: i64| places.get(&id).copied().ok_or(rusqlite::Error::QueryReturnedNoRows);
                graph.add_edge(end(source)?, end(target)?, tie);
            }
            Ok(graph)
        };
        let graph = self.sound(read())?;
        if graph
            .edge_weights()
            .any(|t| matches!(t.bond, Bond::Relation(r) if usize::from(r.0) >= schema.relations.len()))
        {
            return Err(fault::damaged(&self.path, "a tie has a relation that is not there"));
        }
        Ok(Graph::new(graph, schema, totals))
    }

    /// The input files that the store knows, for an update; and the rows of those that cannot be told from another.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn known(&self) -> Result<(Known, Vec<i64>), Error> {
        let (_, drafts) = self.kept()?;
        let mut known = Known { drafts, ..Known::default() };
        let mut doubles = Vec::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut all = self.connection.prepare(
                "SELECT id, name, place, size, modified, changed, inode, hash, racy, articles, drafts, left_out, failed
                 FROM file ORDER BY id",
            )?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let count = |column: usize| row.get::<_, i64>(column).map(i64::cast_unsigned);
                let seen = match (row.get::<_, Option<i64>>(3)?, row.get::<_, Option<[u8; 16]>>(7)?) {
                    (Some(size), Some(hash)) => {
                        let (modified, changed, inode) = (row.get(4)?, row.get(5)?, row.get(6)?);
                        Some((Stat { size: size.cast_unsigned(), modified, changed, inode, racy: row.get(8)? }, hash))
                    }
                    _ => None,
                };
                let state = FileState {
                    seen,
                    articles: count(9)?,
                    drafts: count(10)?,
                    left_out: count(11)?,
                    failed: count(12)?,
                };
                let id: i64 = row.get(0)?;
                if let Some((other, _)) = known.files.insert((row.get(1)?, row.get(2)?), (id, state)) {
                    doubles.push(other);
                }
            }
            Ok(())
        };
        let done = read();
        self.sound(done)?;
        Ok((known, doubles))
    }

    /// What reading the files had to tell, by file.
    ///
    /// # Errors
    /// See [`Store::schema`].
    pub fn messages(&self) -> Result<FxHashMap<i64, Vec<Diagnostic>>, Error> {
        let read = || -> rusqlite::Result<FxHashMap<i64, Vec<Diagnostic>>> {
            let mut messages: FxHashMap<i64, Vec<Diagnostic>> = FxHashMap::default();
            let mut all = self.connection.prepare(
                "SELECT file, severity, subject, line, \"column\", message, snippet, hint FROM message
                 ORDER BY file, number",
            )?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let word = row.get_ref(1)?.as_str()?;
                let (line, column): (Option<u32>, Option<u32>) = (row.get(3)?, row.get(4)?);
                messages.entry(row.get(0)?).or_default().push(Diagnostic {
                    severity: Severity::parse(word).ok_or_else(|| wrong(1, word))?,
                    file: row.get(2)?,
                    place: line.zip(column).map(|(line, column)| Place { line, column }),
                    message: row.get(5)?,
                    snippet: row.get(6)?,
                    hint: row.get(7)?,
                });
            }
            Ok(messages)
        };
        self.sound(read())
    }
}

/// Articles that one hand takes at once.
const PORTION: i64 = 1024;

/// Adds the records of all articles to the shards, those of the `changed` files left out; each shard has a thread.
///
/// # Errors
/// When the store is damaged.
pub fn reassemble(store: &Store, changed: &FxHashSet<i64>, shards: &mut [Assembler<'_>]) -> Result<(), Error> {
    use std::sync::atomic::{AtomicI64, Ordering};
    let keys = store.sound(keys(store))?;
    let last: i64 =
        store.sound(store.connection.query_row("SELECT ifnull(max(id), 0) FROM article", [], |r| r.get(0)))?;
    let ties = "SELECT count(*) FROM tie WHERE relation > 0";
    let ties: i64 = store.sound(store.connection.query_row(ties, [], |r| r.get(0)))?;
    let [ties, pairs] = [ties, store.fact("pairs")?.unwrap_or(0)].map(|n| n.cast_unsigned() as usize);
    let next = AtomicI64::new(1);
    let work = |store: &Store, shard: &mut Assembler<'_>| -> Result<(), Error> {
        shard.expect(ties, pairs);
        loop {
            let from = next.fetch_add(PORTION, Ordering::Relaxed);
            if from > last {
                return Ok(());
            }
            portion(store, (from, from + PORTION - 1), &keys, changed, shard)?;
        }
    };
    let (work, path) = (&work, store.path());
    std::thread::scope(|scope| {
        let (own, others) = shards.split_first_mut().expect("there is a shard");
        let hands: Vec<_> = others
            .iter_mut()
            .map(|shard| scope.spawn(move || Store::open(path).and_then(|store| work(&store, shard))))
            .collect();
        let mine = work(store, own);
        hands.into_iter().map(|hand| hand.join().expect("no hand panics")).fold(mine, Result::and)
    })
}

fn keys(store: &Store) -> rusqlite::Result<FxHashMap<u32, String>> {
    store.connection.prepare("SELECT id, key FROM reading")?.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
}

fn portion(
    store: &Store,
    (from, to): (i64, i64),
    keys: &FxHashMap<u32, String>,
    changed: &FxHashSet<i64>,
    shard: &mut Assembler<'_>,
) -> Result<(), Error> {
    let mut broken = false;
    let mut read = || -> rusqlite::Result<()> {
        let mut articles = store.connection.prepare_cached(
            "SELECT id, file, path, title, date, record FROM article WHERE id BETWEEN ? AND ? ORDER BY id",
        )?;
        let mut articles = articles.query([from, to])?;
        while let Some(row) = articles.next()? {
            if changed.contains(&row.get(1)?) {
                continue;
            }
            let date = row.get_ref(4)?.as_str_or_null()?.unwrap_or_default();
            let head = [row.get_ref(2)?.as_str()?, row.get_ref(3)?.as_str()?, date];
            match compact::decode(row.get_ref(5)?.as_blob()?, head, |id| keys.get(&id).map(String::as_str)) {
                Some((part, quotes)) => {
                    let article = row.get(0)?;
                    let quotes = StoredQuotes::new(store, article, quotes);
                    shard.add_part(&part, &quotes, Some(article));
                    quotes.sound()?;
                }
                None => broken = true,
            }
        }
        Ok(())
    };
    let done = read();
    store.sound(done)?;
    if broken { Err(fault::damaged(store.path(), "an article's record cannot be read")) } else { Ok(()) }
}
