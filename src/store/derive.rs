//! The half of the store that follows from the articles: relations, entities, names, ties, evidence and totals, written
//! from the finished graph in its order.

use super::write::{Makings, ids_of};
use crate::dictionary::fold;
use crate::graph::{
    Bond, ClaimFacts, Day, End, Evidence, Graph, Node, Passage, Row, Settled, Tie, readings as readings_of,
};
use crate::schema::{EntityKind, KindSet, RelationId};
use petgraph::graph::{EdgeIndex, NodeIndex};
use rusqlite::{Connection, OptionalExtension, Statement, params};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The relation's row; 0 is the co-mention.
pub(crate) fn relation_id(relation: RelationId) -> i64 {
    i64::from(relation.0) + 1
}

/// The entity's row.
pub(super) fn entity_id(node: NodeIndex) -> i64 {
    node.index() as i64 + 1
}

/// The tie's row.
pub(super) fn tie_id(edge: EdgeIndex) -> i64 {
    edge.index() as i64 + 1
}

/// NULL for none.
pub(super) fn day(day: Day) -> Option<String> {
    (!day.is_none()).then(|| day.to_string())
}

/// NULL for none.
fn given(text: &str) -> Option<&str> {
    Some(text).filter(|t| !t.is_empty())
}

/// The tables that follow from the articles, in the order in which their rows may go.
const TABLES: [&str; 11] =
    ["conflict", "course", "link", "evidence", "tie", "ticker", "sound", "name", "entity", "relation", "meta"];

/// Writes everything anew.
pub(super) fn write(
    connection: &Connection,
    graph: &Graph,
    settled: &Settled,
    makings: &Makings,
) -> rusqlite::Result<()> {
    // an index is made faster from all rows than row by row
    let (_, indexes, _) = super::schema_parts();
    for table in TABLES {
        let of_table = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
        let names: Vec<String> =
            connection.prepare_cached(of_table)?.query_map([table], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for name in names {
            connection.execute(&format!("DROP INDEX {name}"), [])?;
        }
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    meta(connection, graph, makings)?;
    relations(connection, graph)?;
    for node in graph.graph.node_indices() {
        entity(connection, entity_id(node), graph.node(node))?;
    }
    let entities = readings(connection, graph, settled)?;
    super::course::write(connection, graph, &entities)?;
    super::links::write(connection, graph)?;
    let mut ties =
        connection.prepare("INSERT INTO tie VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut found = Found::new(connection, entities)?;
    for edge in graph.graph.edge_indices() {
        let id = tie_id(edge);
        let (a, b, tie) = graph.tie(edge);
        let ends = (entity_id(a), entity_id(b));
        write_tie(&mut ties, id, ends, tie)?;
        for (number, evidence) in (0i64..).zip(&tie.evidence) {
            found.evidence(id, number, ends, evidence)?;
        }
    }
    super::conflict::write(connection, graph)?;
    connection.execute_batch(indexes)
}

fn meta(connection: &Connection, graph: &Graph, makings: &Makings) -> rusqlite::Result<()> {
    let totals = &graph.totals;
    let mut put = connection.prepare_cached("INSERT INTO meta VALUES (?, ?)")?;
    put.execute(params!["tool", makings.tool])?;
    put.execute(params!["dictionary", format!("{:016x}", makings.dictionary)])?;
    put.execute(params!["options", makings.options])?;
    put.execute(params!["drafts", makings.drafts])?;
    put.execute(params!["evidence", makings.keep.evidence_limit as i64])?;
    put.execute(params!["min_support", makings.keep.min_support])?;
    put.execute(params!["articles", totals.articles])?;
    put.execute(params!["claims", totals.claims.cast_signed()])?;
    put.execute(params!["sentences", totals.sentences.cast_signed()])?;
    put.execute(params!["paragraphs", totals.paragraphs.cast_signed()])?;
    put.execute(params!["first_seen", day(totals.first_seen)])?;
    put.execute(params!["last_seen", day(totals.last_seen)])?;
    Ok(())
}

fn relations(connection: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let kinds = |set: KindSet| {
        let words: Vec<&str> = EntityKind::ALL.into_iter().filter(|k| set.has(*k)).map(EntityKind::as_str).collect();
        words.join(" ")
    };
    let mut put = connection.prepare_cached("INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?)")?;
    let any = kinds(KindSet::ANY);
    let (name, label) = (graph.bond_name(Bond::CoMention), graph.bond_label(Bond::CoMention));
    put.execute(params![0, name, label, "mentioned together", true, any, any, ""])?;
    for (i, r) in graph.schema.relations.iter().enumerate() {
        let id = relation_id(RelationId(i as u16));
        let (subject, object) = (kinds(r.subject), kinds(r.object));
        put.execute(params![id, r.name, r.label, r.description, r.symmetric, subject, object, r.color])?;
    }
    Ok(())
}

fn entity(connection: &Connection, id: i64, node: &Node) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?
        .execute(params![
        id,
        node.key,
        node.kind.as_str(),
        node.name,
        node.listed,
        node.family,
        node.wikidata,
        node.site,
        node.mentions.cast_signed(),
        node.articles,
        node.sentences,
        node.paragraphs,
        day(node.first_seen),
        day(node.last_seen),
        node.degree,
        node.weighted_degree,
        node.pagerank,
        node.betweenness,
        node.community,
    ])?;
    let canonical = std::iter::once(("canonical", &node.name));
    let used = node.names.iter().map(|n| ("used", n));
    let listed = node.aliases.iter().map(|n| ("listed", n));
    let mut put = connection.prepare_cached("INSERT INTO name VALUES (?, ?, ?, ?, ?)")?;
    for (number, (source, text)) in (0i64..).zip(canonical.chain(used).chain(listed)) {
        put.execute(params![id, number, source, text, fold(text)])?;
        // the canonical name comes again if articles use it
        if number > 0 && *text == node.name {
            continue;
        }
        for reading in readings_of(text) {
            let mut put = connection.prepare_cached("INSERT INTO sound VALUES (?, ?, ?, ?)")?;
            put.execute(params![id, number, reading.full, reading.initials])?;
        }
    }
    let mut put = connection.prepare_cached("INSERT INTO ticker VALUES (?, ?, ?)")?;
    for (number, ticker) in (0i64..).zip(&node.tickers) {
        put.execute(params![id, number, ticker])?;
    }
    Ok(())
}

/// Tells each reading its entity; gives the entities of the readings.
fn readings(connection: &Connection, graph: &Graph, settled: &Settled) -> rusqlite::Result<FxHashMap<i64, i64>> {
    let all: Vec<(i64, String)> = connection
        .prepare("SELECT id, key FROM reading ORDER BY id")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut put = connection.prepare("UPDATE reading SET entity = ? WHERE id = ?")?;
    let mut entities = FxHashMap::default();
    for (id, key) in all {
        let entity = graph.find(settled.key(&key)).map(entity_id);
        put.execute(params![entity, id])?;
        entities.extend(entity.map(|e| (id, e)));
    }
    Ok(entities)
}

fn write_tie(insert: &mut Statement<'_>, id: i64, (source, target): (i64, i64), tie: &Tie) -> rusqlite::Result<()> {
    let relation = match tie.bond {
        Bond::Relation(relation) => relation_id(relation),
        Bond::CoMention => 0,
    };
    let (claims, counts) = (tie.claims.as_ref(), tie.counts.as_ref());
    let status = |i: usize| claims.map(|c| c.by_status[i]);
    insert.execute(params![
        id,
        source,
        target,
        relation,
        tie.weight,
        tie.articles,
        day(tie.first_seen),
        day(tie.last_seen),
        claims.map(|c| c.status.as_str()),
        status(0),
        status(1),
        status(2),
        status(3),
        status(4),
        claims.map(|c| c.belief),
        claims.and_then(|c| given(&c.first_event)),
        claims.and_then(|c| given(&c.last_event)),
        counts.map(|c| c.sentences),
        counts.map(|c| c.paragraphs),
        counts.and_then(|c| c.npmi),
        counts.and_then(|c| c.g2),
    ])?;
    Ok(())
}

/// Writes evidence and finds the rows that it stems from.
struct Found<'c> {
    /// Entity of each reading.
    entities: FxHashMap<i64, i64>,
    /// Quote of each passage, by its address: the graph holds it as long as this lives.
    quotes: FxHashMap<usize, i64>,
    /// Of articles with more than [`LONG`] quotes, the quotes by where they start, and the claims of each.
    long: FxHashMap<i64, Option<Long>>,
    insert: Statement<'c>,
    articles: Statement<'c>,
    passages: Statement<'c>,
    claims: Statement<'c>,
    last_quote: Statement<'c>,
    all_quotes: Statement<'c>,
    all_claims: Statement<'c>,
}

/// From this many quotes on, an article's rows are looked up in a map: to go through them for each quote would take
/// time that grows with the square of their number.
const LONG: i64 = 256;

/// The rows of an article with very many quotes.
#[derive(Default)]
struct Long {
    /// The quotes that start at a place of the text, the first and the last of them (their ids follow each other).
    quotes: FxHashMap<u32, (i64, i64)>,
    /// The first and the last claim of a quote.
    claims: FxHashMap<i64, (i64, i64)>,
}

impl Found<'_> {
    fn new(connection: &Connection, entities: FxHashMap<i64, i64>) -> rusqlite::Result<Found<'_>> {
        Ok(Found {
            entities,
            quotes: FxHashMap::default(),
            long: FxHashMap::default(),
            last_quote: connection.prepare("SELECT max(id) FROM quote WHERE id BETWEEN ? AND ?")?,
            all_quotes: connection.prepare("SELECT id, start FROM quote WHERE id BETWEEN ? AND ?")?,
            all_claims: connection.prepare("SELECT id, quote FROM claim WHERE id BETWEEN ? AND ?")?,
            insert: connection.prepare("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?,
            // + keeps SQLite from the index of dates, which leads to many
            articles: connection
                .prepare("SELECT id FROM article WHERE path = ? AND +title = ? AND +date IS ? ORDER BY id")?,
            passages: connection.prepare(
                "SELECT id FROM quote WHERE id BETWEEN ? AND ? AND start = ? AND line = ? AND \"column\" = ? AND text = ?",
            )?,
            claims: connection.prepare(
                "SELECT id, subject_reading, object_reading, subject_start, object_start, attributes FROM claim
                 WHERE id BETWEEN ? AND ? AND quote = ? AND status = ? AND rule = ? AND \"when\" IS ? AND confidence = ?
                 AND start = ? AND \"end\" = ? ORDER BY id",
            )?,
        })
    }

    fn evidence(&mut self, tie: i64, number: i64, ends: (i64, i64), evidence: &Evidence) -> rusqlite::Result<()> {
        let quote = match evidence.passage.row {
            Row(Some(quote)) => quote,
            Row(None) => self.quote(&evidence.passage)?,
        };
        let claim = match &evidence.claim {
            None => None,
            Some(ClaimFacts { row: Row(Some(claim)), .. }) => Some(*claim),
            Some(facts) => Some(self.claim(quote, ends, evidence, facts)?),
        };
        let end = |i: usize| match &evidence.ends[i] {
            End::Here(start, stop) => (Some(*start), Some(*stop), None),
            End::Elsewhere(words) => (None, None, Some(&**words)),
        };
        let (source, target) = (end(0), end(1));
        self.insert
            .execute(params![tie, number, quote, claim, source.0, source.1, target.0, target.1, source.2, target.2])?;
        Ok(())
    }

    /// The article's rows by place, if there are very many.
    fn long(&mut self, article: i64) -> rusqlite::Result<Option<&Long>> {
        if !self.long.contains_key(&article) {
            let (from, to) = ids_of(article);
            let last: Option<i64> = self.last_quote.query_row([from, to], |r| r.get(0))?;
            let long = if last.is_some_and(|l| l - from >= LONG) { Some(self.read_long(article)?) } else { None };
            self.long.insert(article, long);
        }
        Ok(self.long[&article].as_ref())
    }

    fn read_long(&mut self, article: i64) -> rusqlite::Result<Long> {
        let (from, to) = ids_of(article);
        let mut long = Long::default();
        let mut rows = self.all_quotes.query([from, to])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            long.quotes.entry(row.get(1)?).or_insert((id, id)).1 = id;
        }
        let mut rows = self.all_claims.query([from, to])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            long.claims.entry(row.get(1)?).or_insert((id, id)).1 = id;
        }
        Ok(long)
    }

    /// The quote's row. Two articles of one path are told apart by what they say; if that is the same, so are they.
    fn quote(&mut self, passage: &Arc<Passage>) -> rusqlite::Result<i64> {
        let address = Arc::as_ptr(passage) as usize;
        if let Some(&quote) = self.quotes.get(&address) {
            return Ok(quote);
        }
        let article = &passage.article;
        let articles: Vec<i64> = self
            .articles
            .query_map(params![article.path, article.title, day(article.date)], |r| r.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for article in articles {
            let (from, to) = match self.long(article)? {
                None => ids_of(article),
                Some(long) => match long.quotes.get(&passage.start) {
                    Some(&ids) => ids,
                    None => continue,
                },
            };
            let wanted = params![from, to, passage.start, passage.line, passage.column, passage.text];
            if let Some(id) = self.passages.query_row(wanted, |r| r.get(0)).optional()? {
                self.quotes.insert(address, id);
                return Ok(id);
            }
        }
        Err(rusqlite::Error::QueryReturnedNoRows)
    }

    /// The claim's row: the first of the quote's article that says the same.
    fn claim(&mut self, quote: i64, ends: (i64, i64), e: &Evidence, facts: &ClaimFacts) -> rusqlite::Result<i64> {
        let (from, to) = match self.long(quote >> 32)? {
            None => ids_of(quote >> 32),
            Some(long) => long.claims.get(&quote).copied().ok_or(rusqlite::Error::QueryReturnedNoRows)?,
        };
        let mut rows = self.claims.query(params![
            from,
            to,
            quote,
            facts.status.as_str(),
            facts.rule,
            given(&facts.when),
            f64::from(facts.confidence),
            facts.stated.0,
            facts.stated.1
        ])?;
        let start = |i: usize| match e.ends[i] {
            End::Here(start, _) => Some(start),
            End::Elsewhere(_) => None,
        };
        let attributes: FxHashMap<&str, &str> = facts.attributes.iter().map(|(k, v)| (&**k, v.as_str())).collect();
        while let Some(row) = rows.next()? {
            let entity = |column: usize| -> rusqlite::Result<Option<i64>> {
                Ok(self.entities.get(&row.get::<_, i64>(column)?).copied())
            };
            let (subject, object) = (entity(1)?, entity(2)?);
            let starts: (Option<u32>, Option<u32>) = (row.get(3)?, row.get(4)?);
            let ahead = (subject, object) == (Some(ends.0), Some(ends.1)) && starts == (start(0), start(1));
            let back = (subject, object) == (Some(ends.1), Some(ends.0)) && starts == (start(1), start(0));
            let written: Option<String> = row.get(5)?;
            let same = match &written {
                None => attributes.is_empty(),
                Some(text) => serde_json::from_str::<FxHashMap<String, String>>(text).is_ok_and(|map| {
                    map.len() == attributes.len() && map.iter().all(|(k, v)| attributes.get(&**k) == Some(&&**v))
                }),
            };
            if (ahead || back) && same {
                return row.get(0);
            }
        }
        Err(rusqlite::Error::QueryReturnedNoRows)
    }
}
