//! The store opened for reading: entities, ties and evidence fetched one by one through its indexes, so that a query
//! costs what it looks at, however large the graph.

mod claims;
mod lists;
mod names;
#[cfg(test)]
mod tests;

pub(super) use names::Named;

use super::answer::{Brief, TieAnswer};
use super::around::Filter;
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{Bond, CO_MENTION, Claims, Graph, Node, Tie};
use crate::schema::{Relation, RelationId, Schema};
use crate::store::links::{Link, unpack};
use crate::store::rows::{self, TIE};
use crate::store::{FILE, Store, TieRow};
use petgraph::graph::DiGraph;
use rusqlite::{OptionalExtension, Row, params};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The most entities that are remembered in few words.
const REMEMBERED: usize = 100_000;

/// A store opened for reading.
#[derive(Debug)]
pub struct Base {
    store: Store,
    schema: Schema,
    briefs: RefCell<FxHashMap<i64, Rc<Brief>>>,
    /// When a question must have its answer.
    deadline: Arc<Mutex<Option<Instant>>>,
    /// The statements that ran.
    #[cfg(test)]
    asked: RefCell<Vec<String>>,
}

impl Base {
    /// Opens the store in the folder that `guanxi build` wrote.
    ///
    /// # Errors
    /// When there is none, or it is no store that this program reads.
    pub fn open(folder: &Path) -> Result<Base, Error> {
        let path = folder.join(FILE);
        if !path.exists() && folder.join("graph.json").is_file() {
            let d = Diagnostic::error(path.display().to_string().replace('\\', "/"), "there is no store here");
            return Err(Error::new(
                d.hint("there is a graph.json, but queries read the store: run `guanxi build` again"),
            ));
        }
        let mut store = Store::open(&path)?;
        let deadline = Arc::new(Mutex::new(None));
        let watched = Arc::clone(&deadline);
        store.break_off(move || passed(&watched))?;
        let schema = store.schema()?;
        Ok(Base {
            store,
            schema,
            briefs: RefCell::default(),
            deadline,
            #[cfg(test)]
            asked: RefCell::default(),
        })
    }

    /// Sets when questions must have their answers: from then on all that is asked fails, what is being answered too.
    pub fn set_deadline(&self, deadline: Option<Instant>) {
        *self.deadline.lock().unwrap_or_else(PoisonError::into_inner) = deadline;
    }

    /// Whether the deadline has passed.
    pub fn overdue(&self) -> bool {
        passed(&self.deadline)
    }

    /// A statement, prepared once.
    fn statement(&self, sql: &str) -> Result<rusqlite::CachedStatement<'_>, Error> {
        if self.overdue() {
            return Err(Error::new(Diagnostic::error("", "the answer takes too long")));
        }
        #[cfg(test)]
        self.asked.borrow_mut().push(sql.to_string());
        self.store.sound(self.store.connection().prepare_cached(sql))
    }

    /// The relations.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// All rows of a statement.
    fn rows<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut statement = self.statement(sql)?;
        self.store.sound(statement.query_map(values, read).and_then(Iterator::collect))
    }

    /// The first row of a statement.
    fn row<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        let mut statement = self.statement(sql)?;
        self.store.sound(statement.query_row(values, read).optional())
    }

    /// The id of the entity with this key.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn by_key(&self, key: &str) -> Result<Option<i64>, Error> {
        self.row("SELECT id FROM entity WHERE key = ?1", [key], |r| r.get(0))
    }

    /// An entity in few words.
    ///
    /// # Errors
    /// When there is none with this id, or the store cannot be read.
    pub fn brief(&self, id: i64) -> Result<Rc<Brief>, Error> {
        if let Some(known) = self.briefs.borrow().get(&id) {
            return Ok(Rc::clone(known));
        }
        let brief = self.row("SELECT key, name, kind FROM entity WHERE id = ?1", [id], |r| {
            Ok(Rc::new(Brief { id: r.get(0)?, name: r.get(1)?, kind: rows::kind(r, 2)? }))
        })?;
        let brief = brief.ok_or_else(|| self.lost("entity", id))?;
        let mut briefs = self.briefs.borrow_mut();
        if briefs.len() >= REMEMBERED {
            briefs.clear();
        }
        briefs.insert(id, Rc::clone(&brief));
        Ok(brief)
    }

    fn lost(&self, what: &str, id: i64) -> Error {
        let d = Diagnostic::error(
            self.store.path().display().to_string().replace('\\', "/"),
            format!("the store is damaged: it has no {what} {id}"),
        );
        Error::new(d.hint("`guanxi build --fresh` makes a new one from the articles"))
    }

    /// An entity with all that is known of it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn node(&self, id: i64) -> Result<Node, Error> {
        Ok(self.store.entity(id)?.ok_or_else(|| self.lost("entity", id))?.node)
    }

    /// The entities of a family, most articles first.
    pub(super) fn versions(&self, key: &str) -> Result<Vec<Rc<Brief>>, Error> {
        let sql = "SELECT id FROM entity WHERE family = ?1 ORDER BY articles DESC, id";
        let ids: Vec<i64> = self.rows(sql, [key], |r| r.get(0))?;
        ids.into_iter().map(|id| self.brief(id)).collect()
    }

    /// The bond's word in files and on the command line.
    pub(super) fn bond_name(&self, bond: Bond) -> &str {
        self.relation(bond).map_or(CO_MENTION, |r| &r.name)
    }

    /// The bond's word for Chinese readers.
    pub(super) fn bond_label(&self, bond: Bond) -> &str {
        self.relation(bond).map_or("同现", |r| &r.label)
    }

    /// The relations by their words.
    pub(super) fn bonds_by_name(&self) -> Vec<Bond> {
        let ids = (0..self.schema.relations.len()).filter_map(|id| u16::try_from(id).ok());
        let mut bonds: Vec<Bond> = ids.map(|id| Bond::Relation(RelationId(id))).collect();
        bonds.sort_by_key(|bond| self.bond_name(*bond));
        bonds
    }

    /// Whether the ends of such a tie may be swapped.
    pub(super) fn symmetric(&self, bond: Bond) -> bool {
        self.relation(bond).is_none_or(|r| r.symmetric)
    }

    fn relation(&self, bond: Bond) -> Option<&Relation> {
        match bond {
            Bond::Relation(id) => self.schema.relations.get(usize::from(id.0)),
            Bond::CoMention => None,
        }
    }

    /// The ties of an entity that a filter lets through, kinds of entity left to the caller.
    pub(super) fn ties(&self, id: i64, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        if filter.only_relations() {
            return self.relations_of(id, filter);
        }
        let mut out = Vec::new();
        for end in ["source", "target"] {
            let sql = format!("SELECT {TIE} FROM tie WHERE {end} = ?1 ORDER BY id");
            out.extend(self.rows(&sql, [id], rows::tie)?);
        }
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// The ties from an entity to those of a set that a filter lets through. What leads elsewhere is seen in an index only:
    /// it may be a thousand times as much.
    pub(super) fn ties_into(&self, id: i64, set: &FxHashSet<i64>, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let (index, only) = match filter.only_relations() {
            true => ("tie_of_source", "AND relation > 0"),
            false => ("tie_by_source", ""),
        };
        let sql = format!(
            "SELECT id, target, relation FROM tie INDEXED BY {index} WHERE source = ?1 {only} ORDER BY target, relation"
        );
        let mut ids: Vec<i64> = Vec::new();
        for (tie, target, relation) in self.rows(&sql, [id], |r| Ok((r.get(0)?, r.get(1)?, rows::bond(r, 2)?)))? {
            if set.contains(&target) && filter.bond(relation) {
                ids.push(tie);
            }
        }
        let ties = ids.into_iter().map(|id| self.tie(id));
        Ok(ties.collect::<Result<Vec<_>, _>>()?.into_iter().filter(|row| filter.tie(&row.tie)).collect())
    }

    /// The relations of an entity that a filter lets through; its co-mentions are not even read.
    pub(super) fn relations_of(&self, id: i64, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let mut out = Vec::new();
        for end in ["source", "target"] {
            let sql = format!("SELECT {TIE} FROM tie INDEXED BY tie_of_{end} WHERE {end} = ?1 AND relation > 0");
            out.extend(self.rows(&sql, [id], rows::tie)?);
        }
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// Gives the ties of an entity that a filter lets through with what they lead to, as much of each as a walk needs:
    /// relations, then co-mentions if they are wanted, each in the order of the other ends.
    pub(super) fn each_link(
        &self,
        id: i64,
        filter: &Filter,
        co_mentions: bool,
        mut take: impl FnMut(Link),
    ) -> Result<(), Error> {
        // what no filter lets through is not even read
        let co_mentions = co_mentions && filter.bond(Bond::CoMention) && filter.statuses.is_empty();
        for (column, wanted) in [("relations", true), ("co_mentions", co_mentions)] {
            if !wanted {
                continue;
            }
            let mut statement = self.statement(&format!("SELECT {column} FROM link WHERE entity = ?1"))?;
            let mut rows = self.store.sound(statement.query([id]))?;
            if let Some(row) = self.store.sound(rows.next())? {
                let links = row.get_ref(0).and_then(|value| Ok(value.as_blob()?));
                let given = links.and_then(|bytes| {
                    unpack(0, bytes, |link| {
                        if filter.link(&link) {
                            take(link);
                        }
                    })
                });
                self.store.sound(given)?;
            }
        }
        Ok(())
    }

    /// Gives the ties that a filter lets through one by one, by way of an index: relation, status, belief, weight, days of each.
    fn each_indexed(
        &self,
        index: &str,
        only: &str,
        values: impl rusqlite::Params,
        filter: &Filter,
        mut take: impl FnMut(TieRow),
    ) -> Result<(), Error> {
        let sql = format!(
            "SELECT id, source, target, relation, status, belief, weight, first_seen, last_seen \
            FROM tie INDEXED BY {index} WHERE {only}"
        );
        let link = |r: &Row<'_>| {
            let status = rows::status(r, 4)?;
            let belief = r.get::<_, Option<f64>>(5)?.unwrap_or(0.0);
            let none = String::new;
            let claims = status.map(|status| Claims {
                status,
                by_status: [0; 5],
                belief,
                first_event: none(),
                last_event: none(),
            });
            let tie = Tie {
                bond: rows::bond(r, 3)?,
                weight: r.get(6)?,
                articles: 0,
                first_seen: rows::day(r, 7)?,
                last_seen: rows::day(r, 8)?,
                claims,
                counts: None,
                evidence: Vec::new(),
            };
            Ok(TieRow { id: r.get(0)?, source: r.get(1)?, target: r.get(2)?, tie })
        };
        let mut statement = self.statement(&sql)?;
        let rows = statement.query(values);
        let mut rows = self.store.sound(rows)?;
        while let Some(row) = self.store.sound(rows.next())? {
            let row = self.store.sound(link(row))?;
            if filter.tie(&row.tie) {
                take(row);
            }
        }
        Ok(())
    }

    /// The tie of this row.
    pub(super) fn tie(&self, id: i64) -> Result<TieRow, Error> {
        let row = self.row(&format!("SELECT {TIE} FROM tie WHERE id = ?1"), [id], rows::tie)?;
        row.ok_or_else(|| self.lost("tie", id))
    }

    /// The ties between two entities that a filter lets through.
    pub(super) fn ties_between(&self, a: i64, b: i64, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let sql = format!("SELECT {TIE} FROM tie WHERE source = ?1 AND target = ?2 ORDER BY id");
        let mut out = self.rows(&sql, [a, b], rows::tie)?;
        out.extend(self.rows(&sql, [b, a], rows::tie)?);
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// The relations of one entity, or all, that a filter lets through.
    pub(super) fn relations(&self, id: Option<i64>, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        if let Some(id) = id {
            return self.relations_of(id, filter);
        }
        let sql = format!("SELECT {TIE} FROM tie WHERE relation > 0 ORDER BY id");
        let mut out = self.rows(&sql, params![], rows::tie)?;
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// A tie as answers have it, with its best evidence, so many pieces at most.
    pub(super) fn answer(&self, row: TieRow, evidence: usize) -> Result<TieAnswer, Error> {
        let (source, target) = (self.brief(row.source)?, self.brief(row.target)?);
        let kept = self.store.evidence(row.id, evidence)?;
        let bond = row.tie.bond;
        Ok(TieAnswer {
            source,
            target,
            relation: self.bond_name(bond).to_string(),
            label: self.bond_label(bond).to_string(),
            symmetric: self.symmetric(bond),
            tie: Tie { evidence: kept, ..row.tie },
        })
    }
}

/// A part of the store's graph: these ties with their ends, and `also` besides.
///
/// # Errors
/// When the store cannot be read.
pub fn subgraph(base: &Base, ties: &[&TieAnswer], also: &[i64]) -> Result<Graph, Error> {
    let mut ids: Vec<i64> = also.to_vec();
    let mut ends = Vec::new();
    for tie in ties {
        let id = |key: &str| base.by_key(key).map(Option::unwrap_or_default);
        ends.push((id(&tie.source.id)?, id(&tie.target.id)?, *tie));
    }
    ids.extend(ends.iter().flat_map(|(a, b, _)| [*a, *b]));
    // ids stand in the order of the keys
    ids.sort_unstable();
    ids.dedup();
    ends.sort_by_key(|(a, b, tie)| (*a, *b, tie.tie.bond));
    ends.dedup_by_key(|(a, b, tie)| (*a, *b, tie.tie.bond));
    let mut graph = DiGraph::new();
    let mut places = FxHashMap::default();
    for id in ids {
        places.insert(id, graph.add_node(base.node(id)?));
    }
    for (a, b, tie) in ends {
        graph.add_edge(places[&a], places[&b], tie.tie.clone());
    }
    Ok(Graph::new(graph, base.schema.clone(), base.store.totals()?))
}

fn passed(deadline: &Mutex<Option<Instant>>) -> bool {
    deadline.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|end| Instant::now() >= end)
}
