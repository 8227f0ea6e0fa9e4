//! The half of the store that follows from the articles: relations, entities, names, ties, evidence and totals, written
//! from the finished graph in its order.

use super::course::{self, Articles};
use super::write::{Makings, ids_of};
use crate::dictionary::fold;
use crate::graph::{Bond, Day, End, Evidence, Graph, Node, Row, Settled, Tie, place_of, readings as readings_of};
use crate::schema::{EntityKind, KindSet, RelationId};
use petgraph::graph::{EdgeIndex, NodeIndex};
use rusqlite::{Connection, Statement, params};
use rustc_hash::FxHashMap;

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

/// Writes anew what does not hang on the nodes' measures: ties and their evidence, and how they went on. `placed` gives
/// the rows of articles that came in at some place of the input.
pub(super) fn write_ties(
    connection: &Connection,
    graph: &Graph,
    settled: &Settled,
    placed: &FxHashMap<u64, i64>,
) -> rusqlite::Result<Articles> {
    // an index is made faster from all rows than row by row
    for table in TABLES {
        let of_table = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";
        let names: Vec<String> =
            connection.prepare_cached(of_table)?.query_map([table], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        for name in names {
            connection.execute(&format!("DROP INDEX {name}"), [])?;
        }
        connection.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let row = |called: i64| match place_of(called) {
        Some(place) => placed.get(&place).copied().ok_or(rusqlite::Error::QueryReturnedNoRows),
        None => Ok(called),
    };
    readings(connection, graph, settled)?;
    let pairs = params!["pairs", settled.pairs as i64];
    connection.prepare_cached("INSERT INTO meta VALUES (?, ?)")?.execute(pairs)?;
    let known = course::articles(connection)?;
    course::write(connection, graph, settled, &known, row)?;
    super::links::write(connection, graph)?;
    let mut ties =
        connection.prepare("INSERT INTO tie VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut items = connection.prepare("INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for edge in graph.graph.edge_indices() {
        let id = tie_id(edge);
        let (a, b, tie) = graph.tie(edge);
        write_tie(&mut ties, id, (entity_id(a), entity_id(b)), tie)?;
        for (number, evidence) in (0i64..).zip(&tie.evidence) {
            write_evidence(&mut items, (id, number), evidence, row)?;
        }
    }
    Ok(known)
}

/// Writes the rest anew; the nodes are measured.
pub(super) fn write_nodes(
    connection: &Connection,
    graph: &Graph,
    makings: &Makings,
    articles: &Articles,
) -> rusqlite::Result<()> {
    meta(connection, graph, makings)?;
    relations(connection, graph)?;
    for node in graph.graph.node_indices() {
        entity(connection, entity_id(node), graph.node(node))?;
    }
    super::conflict::write(connection, graph, articles)?;
    let (_, indexes, _) = super::schema_parts();
    connection.execute_batch(indexes)
}

fn meta(connection: &Connection, graph: &Graph, makings: &Makings) -> rusqlite::Result<()> {
    let (all, totals) = (&graph.graph, &graph.totals);
    let mut put = connection.prepare_cached("INSERT INTO meta VALUES (?, ?)")?;
    put.execute(params!["tool", makings.tool])?;
    put.execute(params!["dictionary", format!("{:016x}", makings.dictionary)])?;
    put.execute(params!["options", makings.options])?;
    put.execute(params!["drafts", makings.drafts])?;
    put.execute(params!["evidence", makings.keep.evidence_limit as i64])?;
    put.execute(params!["min_support", makings.keep.min_support])?;
    let relation_ties = graph.relation_ties();
    put.execute(params!["entities", all.node_count() as i64])?;
    put.execute(params!["listed_entities", all.node_weights().filter(|n| n.listed).count() as i64])?;
    put.execute(params!["relation_ties", relation_ties as i64])?;
    put.execute(params!["co_mention_ties", (all.edge_count() - relation_ties) as i64])?;
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

/// Tells each reading its entity.
fn readings(connection: &Connection, graph: &Graph, settled: &Settled) -> rusqlite::Result<()> {
    let all: Vec<(i64, String)> = connection
        .prepare("SELECT id, key FROM reading ORDER BY id")?
        .query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut put = connection.prepare("UPDATE reading SET entity = ? WHERE id = ?")?;
    for (id, key) in all {
        put.execute(params![graph.find(settled.key(&key)).map(entity_id), id])?;
    }
    Ok(())
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

fn write_evidence(
    insert: &mut Statement<'_>,
    (tie, number): (i64, i64),
    evidence: &Evidence,
    row: impl Fn(i64) -> rusqlite::Result<i64>,
) -> rusqlite::Result<()> {
    let stored = |of: Row| {
        let (article, number) = of.parts().ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        Ok::<i64, rusqlite::Error>(ids_of(row(article)?).0 + i64::from(number))
    };
    let quote = stored(evidence.passage.row)?;
    let claim = evidence.claim.as_ref().map(|facts| stored(facts.row)).transpose()?;
    let end = |i: usize| match &evidence.ends[i] {
        End::Here(start, stop) => (Some(*start), Some(*stop), None),
        End::Elsewhere(words) => (None, None, Some(&**words)),
    };
    let (source, target) = (end(0), end(1));
    insert.execute(params![tie, number, quote, claim, source.0, source.1, target.0, target.1, source.2, target.2])?;
    Ok(())
}
