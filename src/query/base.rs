//! The store opened for reading: entities, ties and evidence fetched one by one through its indexes, so that a query
//! costs what it looks at, however large the graph.

mod claims;
mod lists;
mod names;
#[cfg(test)]
mod tests;

pub(super) use claims::Stated;
pub(super) use names::Named;

use super::answer::{Brief, TieAnswer};
use super::around::Filter;
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{Bond, CO_MENTION, Claims, CoMention, Day, Graph, Node, Tie};
use crate::schema::{EntityKind, KindSet, Relation, RelationId, Schema, Status};
use crate::store::{FILE, Store};
use petgraph::graph::DiGraph;
use rusqlite::{Connection, OptionalExtension, Row, params};
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
    /// The store's ids of the relations, in the order of the schema.
    relations: Vec<i64>,
    briefs: RefCell<FxHashMap<i64, Rc<Brief>>>,
    /// When a question must have its answer.
    deadline: Arc<Mutex<Option<Instant>>>,
    /// The statements that ran.
    #[cfg(test)]
    asked: RefCell<Vec<String>>,
}

/// A tie as the store has it, without evidence.
#[derive(Clone, Debug)]
pub(super) struct TieRow {
    pub(super) id: i64,
    pub(super) source: i64,
    pub(super) target: i64,
    pub(super) tie: Tie,
}

impl TieRow {
    /// The end that `from` is not.
    pub(super) fn other(&self, from: i64) -> i64 {
        if self.source == from { self.target } else { self.source }
    }
}

/// The columns of a tie, as [`Base::tie_row`] reads them.
const TIE: &str = "t.id, t.source, t.target, t.relation, t.weight, t.articles, t.first_seen, t.last_seen, t.status, \
    t.asserted, t.planned, t.rumored, t.negated, t.ended, t.belief, t.first_event, t.last_event, t.sentences, \
    t.paragraphs, t.npmi, t.g2";

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
        let (relations, schema) = store.sound(read_schema(store.connection()))?;
        Ok(Base {
            store,
            schema,
            relations,
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
            Ok(Rc::new(Brief { id: r.get(0)?, name: r.get(1)?, kind: kind(r, 2)? }))
        })?;
        let brief = brief.ok_or_else(|| self.lost(id))?;
        let mut briefs = self.briefs.borrow_mut();
        if briefs.len() >= REMEMBERED {
            briefs.clear();
        }
        briefs.insert(id, Rc::clone(&brief));
        Ok(brief)
    }

    fn lost(&self, id: i64) -> Error {
        let d = Diagnostic::error(
            self.store.path().display().to_string().replace('\\', "/"),
            format!("the store is damaged: it has no entity {id}"),
        );
        Error::new(d.hint("`guanxi build --fresh` makes a new one from the articles"))
    }

    /// An entity with all that is known of it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn node(&self, id: i64) -> Result<Node, Error> {
        let sql = "SELECT key, kind, name, listed, family, wikidata, site, mentions, articles, sentences, paragraphs, \
            first_seen, last_seen, degree, weighted_degree, pagerank, betweenness, community FROM entity WHERE id = ?1";
        let node = self.row(sql, [id], |r| {
            Ok(Node {
                key: r.get(0)?,
                kind: kind(r, 1)?,
                name: r.get(2)?,
                listed: r.get(3)?,
                family: r.get(4)?,
                wikidata: r.get(5)?,
                site: r.get(6)?,
                mentions: r.get::<_, i64>(7)? as u64,
                articles: r.get(8)?,
                sentences: r.get(9)?,
                paragraphs: r.get(10)?,
                first_seen: day(r, 11)?,
                last_seen: day(r, 12)?,
                degree: r.get(13)?,
                weighted_degree: r.get(14)?,
                pagerank: r.get(15)?,
                betweenness: r.get(16)?,
                community: r.get(17)?,
                names: Vec::new(),
                aliases: Vec::new(),
                tickers: Vec::new(),
            })
        })?;
        let mut node = node.ok_or_else(|| self.lost(id))?;
        let names = "SELECT source, text FROM name WHERE entity = ?1 ORDER BY number";
        for (source, text) in self.rows(names, [id], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))? {
            match source.as_str() {
                "used" => node.names.push(text),
                "listed" => node.aliases.push(text),
                _ => {}
            }
        }
        node.tickers = self.rows("SELECT ticker FROM ticker WHERE entity = ?1 ORDER BY number", [id], |r| r.get(0))?;
        Ok(node)
    }

    /// The entities of a family, most articles first.
    pub(super) fn versions(&self, key: &str) -> Result<Vec<Rc<Brief>>, Error> {
        let sql = "SELECT id FROM entity WHERE family = ?1 ORDER BY articles DESC, id";
        let ids: Vec<i64> = self.rows(sql, [key], |r| r.get(0))?;
        ids.into_iter().map(|id| self.brief(id)).collect()
    }

    fn tie_row(&self, r: &Row<'_>) -> rusqlite::Result<TieRow> {
        let status: Option<Status> = r.get_ref(8)?.as_str_or_null()?.and_then(Status::parse);
        let count = |i: usize| -> rusqlite::Result<u32> { Ok(r.get::<_, Option<u32>>(i)?.unwrap_or(0)) };
        let text = |i: usize| -> rusqlite::Result<String> { Ok(r.get::<_, Option<String>>(i)?.unwrap_or_default()) };
        let claims = match status {
            None => None,
            Some(status) => Some(Claims {
                status,
                by_status: [count(9)?, count(10)?, count(11)?, count(12)?, count(13)?],
                belief: r.get::<_, Option<f64>>(14)?.unwrap_or(0.0),
                first_event: text(15)?,
                last_event: text(16)?,
            }),
        };
        let counts = match r.get::<_, Option<u32>>(17)? {
            None => None,
            Some(sentences) => Some(CoMention { sentences, paragraphs: count(18)?, npmi: r.get(19)?, g2: r.get(20)? }),
        };
        let tie = Tie {
            bond: self.bond(r.get(3)?),
            weight: r.get(4)?,
            articles: r.get(5)?,
            first_seen: day(r, 6)?,
            last_seen: day(r, 7)?,
            claims,
            counts,
            evidence: Vec::new(),
        };
        Ok(TieRow { id: r.get(0)?, source: r.get(1)?, target: r.get(2)?, tie })
    }

    /// The bond that a relation's id in the store means.
    fn bond(&self, id: i64) -> Bond {
        match self.relations.iter().position(|r| *r == id) {
            Some(at) => Bond::Relation(RelationId(at as u16)),
            None => Bond::CoMention,
        }
    }

    /// The relation's id in the store.
    fn relation_id(&self, relation: RelationId) -> i64 {
        self.relations[relation.0 as usize]
    }

    /// The bond's word in files and on the command line.
    pub(super) fn bond_name(&self, bond: Bond) -> &str {
        self.relation(bond).map_or(CO_MENTION, |r| &r.name)
    }

    /// The bond's word for Chinese readers.
    pub(super) fn bond_label(&self, bond: Bond) -> &str {
        self.relation(bond).map_or("同现", |r| &r.label)
    }

    /// Whether the ends of such a tie may be swapped.
    pub(super) fn symmetric(&self, bond: Bond) -> bool {
        self.relation(bond).is_none_or(|r| r.symmetric)
    }

    fn relation(&self, bond: Bond) -> Option<&Relation> {
        match bond {
            Bond::Relation(id) => Some(self.schema.get(id)),
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
            let sql = format!("SELECT {TIE} FROM tie t WHERE t.{end} = ?1 ORDER BY t.id");
            out.extend(self.rows(&sql, [id], |r| self.tie_row(r))?);
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
        for (tie, target, relation) in self.rows(&sql, [id], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, i64>(2)?)))? {
            if set.contains(&target) && filter.bond(self.bond(relation)) {
                ids.push(tie);
            }
        }
        let sql = format!("SELECT {TIE} FROM tie t WHERE t.id = ?1");
        let mut out = Vec::new();
        for tie in ids {
            out.extend(self.row(&sql, [tie], |r| self.tie_row(r))?.filter(|row| filter.tie(&row.tie)));
        }
        Ok(out)
    }

    /// The relations of an entity that a filter lets through; its co-mentions are not even read.
    pub(super) fn relations_of(&self, id: i64, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let mut out = Vec::new();
        for end in ["source", "target"] {
            let sql = format!("SELECT {TIE} FROM tie t INDEXED BY tie_of_{end} WHERE t.{end} = ?1 AND t.relation > 0");
            out.extend(self.rows(&sql, [id], |r| self.tie_row(r))?);
        }
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// The relations of an entity that a filter lets through, only as much of each as a path needs: relation, status,
    /// belief, weight, days. All that is read stands in an index.
    pub(super) fn links(&self, id: i64, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let mut out = Vec::new();
        for end in ["source", "target"] {
            let only = format!("{end} = ?1 AND relation > 0");
            self.each_link(&format!("tie_of_{end}"), &only, [id], filter, |row| out.push(row))?;
        }
        Ok(out)
    }

    /// Gives the ties that a filter lets through one by one, by way of an index, as [`links`](Base::links) has them.
    fn each_link(
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
            let status = r.get_ref(4)?.as_str_or_null()?.and_then(Status::parse);
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
                bond: self.bond(r.get(3)?),
                weight: r.get(6)?,
                articles: 0,
                first_seen: day(r, 7)?,
                last_seen: day(r, 8)?,
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

    /// The ties between two entities that a filter lets through.
    pub(super) fn ties_between(&self, a: i64, b: i64, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        let sql = format!("SELECT {TIE} FROM tie t WHERE t.source = ?1 AND t.target = ?2 ORDER BY t.id");
        let mut out = self.rows(&sql, [a, b], |r| self.tie_row(r))?;
        out.extend(self.rows(&sql, [b, a], |r| self.tie_row(r))?);
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// The relations of one entity, or all, that a filter lets through.
    pub(super) fn relations(&self, id: Option<i64>, filter: &Filter) -> Result<Vec<TieRow>, Error> {
        if let Some(id) = id {
            return self.relations_of(id, filter);
        }
        let sql = format!("SELECT {TIE} FROM tie t WHERE t.relation > 0 ORDER BY t.id");
        let mut out = self.rows(&sql, params![], |r| self.tie_row(r))?;
        out.retain(|row| filter.tie(&row.tie));
        Ok(out)
    }

    /// A tie as answers have it, with its best evidence, so many pieces at most.
    pub(super) fn answer(&self, row: TieRow, evidence: usize) -> Result<TieAnswer, Error> {
        let (source, target) = (self.brief(row.source)?, self.brief(row.target)?);
        let kept = self.evidence(&row, evidence)?;
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

fn read_schema(db: &Connection) -> rusqlite::Result<(Vec<i64>, Schema)> {
    let sql = "SELECT id, name, label, description, symmetric, subject_kinds, object_kinds, color FROM relation \
        WHERE id > 0 ORDER BY id";
    let mut statement = db.prepare(sql)?;
    let kinds = |text: String| text.split_whitespace().filter_map(EntityKind::parse).collect::<KindSet>();
    let rows = statement.query_map([], |r| {
        let relation = Relation {
            name: r.get(1)?,
            label: r.get(2)?,
            description: r.get(3)?,
            symmetric: r.get(4)?,
            subject: kinds(r.get(5)?),
            object: kinds(r.get(6)?),
            color: r.get(7)?,
        };
        Ok((r.get::<_, i64>(0)?, relation))
    })?;
    let (ids, relations): (Vec<i64>, Vec<Relation>) = rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().unzip();
    Ok((ids, Schema { relations }))
}

/// A day; none for NULL.
fn day(r: &Row<'_>, i: usize) -> rusqlite::Result<Day> {
    Ok(r.get_ref(i)?.as_str_or_null()?.map_or(Day::NONE, Day::parse))
}

fn kind(r: &Row<'_>, i: usize) -> rusqlite::Result<EntityKind> {
    let word = r.get_ref(i)?.as_str()?;
    EntityKind::parse(word).ok_or_else(|| {
        let what = format!("`{word}` is no kind of entity");
        rusqlite::Error::FromSqlConversionFailure(i, rusqlite::types::Type::Text, what.into())
    })
}
