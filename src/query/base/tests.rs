//! Every statement goes through indexes: a small store of three entities is asked everything, and the plan of each
//! statement that ran is read.

use super::*;
use crate::graph::{Day, Voice};
use crate::query::{self, By, Measure, PathOptions};
use crate::schema::{EntityKind, KindSet, Status};
use crate::store::{course, links};

/// Statements that may look at every row of one small or indexed thing, by how they begin.
const WHOLE: [&str; 11] = [
    // the names, when nothing fits exactly: through an index that holds all that is read
    "SELECT folded, entity, number FROM name",
    // every relation, for the comparison of two whole stores
    "SELECT id, source, target, relation, weight, articles, first_seen, last_seen, status, asserted, planned, rumored, \
     negated, ended, belief, first_event, last_event, sentences, paragraphs, npmi, g2 FROM tie WHERE relation > 0",
    "SELECT kind, first, second,",
    "SELECT count(*) FROM entity",
    "SELECT community, count(*) FROM entity",
    // rankings walk the measure's index from its end
    "SELECT key, name, kind, mentions",
    "SELECT id FROM entity INDEXED BY entity_by_pagerank",
    "SELECT id, kind, community FROM entity INDEXED BY entity_by_pagerank",
    // what a filter over the whole store lets through, and counts of the whole
    "SELECT id, source, target, relation, status, belief, weight, first_seen, last_seen FROM tie INDEXED BY",
    "SELECT relation, status, count(*) FROM tie INDEXED BY tie_of_source",
    "SELECT count(*) FROM tie",
];

fn small(folder: &Path) -> Base {
    let db = crate::store::empty(folder);
    db.execute_batch(
        "INSERT INTO relation VALUES (0, 'co_mention', '同现', '', 1, '', '', ''),
            (1, 'acquires', '收购', '', 0, 'company', 'company', ''), (2, 'leads', '执掌', '', 0, 'person', 'company', '');
        INSERT INTO entity VALUES
            (1, 'company/乙', 'company', '乙', 1, NULL, NULL, NULL, 1, 1, 1, 1, NULL, NULL, 1, 1, 0.4, 0, 1),
            (2, 'company/甲', 'company', '甲', 1, NULL, NULL, NULL, 1, 1, 1, 1, NULL, NULL, 1, 1, 0.4, 0, 1),
            (3, 'company/丙', 'company', '丙', 1, 'company/乙', NULL, NULL, 1, 1, 1, 1, NULL, NULL, 1, 1, 0.2, 0, 1);
        INSERT INTO reading VALUES (1, 'company/乙', 1), (2, 'company/甲', 2), (3, 'company/丙', 3);
        INSERT INTO name VALUES (1, 0, 'canonical', '乙', '乙'), (2, 0, 'canonical', '甲', '甲'),
            (3, 0, 'canonical', '丙', '丙');
        INSERT INTO sound VALUES (1, 0, 'yi', 'y');
        INSERT INTO file (id, name, place, racy, articles, drafts, left_out, failed) VALUES (1, 'a', 'a', 0, 1, 0, 0, 0);
        INSERT INTO article VALUES (1, 1, 'a.md', '', '2025-06-24', 1, 1, x'');
        INSERT INTO quote VALUES (4294967296, 0, 1, 1, '甲收购乙');
        INSERT INTO claim VALUES
            (4294967296, 1, 2, 1, 1, 'asserted', 4294967296, '甲', 0, 3, '乙', 9, 12, 0, 12, 'r', NULL, NULL, 0.8, 1),
            (4294967297, 1, 2, 1, 1, 'negated', 4294967296, '甲', 0, 3, '乙', 9, 12, 0, 12, 'r', NULL, NULL, 0.8, 1),
            (4294967298, 1, 3, 1, 1, 'asserted', 4294967296, '丙', 0, 3, '乙', 9, 12, 0, 12, 'r', NULL, NULL, 0.8, 2);
        INSERT INTO tie (id, source, target, relation, weight, articles, first_seen, last_seen, status, asserted, planned,
            rumored, negated, ended, belief) VALUES
            (1, 2, 1, 1, 1, 1, '2025-06-24', '2025-06-24', 'asserted', 1, 0, 0, 1, 0, 0.8),
            (2, 3, 1, 1, 1, 1, '2025-06-24', '2025-06-24', 'asserted', 1, 0, 0, 0, 0, 0.8);
        INSERT INTO evidence (tie, number, quote, claim, source_start, source_end, target_start, target_end) VALUES
            (1, 0, 4294967296, 4294967296, 0, 3, 9, 12);
        INSERT INTO conflict VALUES (1, 'denied', 1, 1, 1, 1, NULL, NULL, NULL, NULL, 4294967296, 4294967297),
            (2, 'two_buyers', 1, 2, 1, 1, NULL, NULL, NULL, NULL, 4294967296, 4294967298);",
    )
    .unwrap();
    let day = Day::parse("2025-06-24");
    let link = |other, tie| Link {
        other,
        kind: EntityKind::Company,
        tie,
        bond: Bond::Relation(RelationId(0)),
        status: Some(Status::Asserted),
        weight: 1.0,
        sure: Some(0.8),
        articles: 1,
        first_seen: day,
        last_seen: day,
    };
    for (entity, links) in [(1, vec![link(2, 1), link(3, 2)]), (2, vec![link(1, 1)]), (3, vec![link(1, 2)])] {
        db.execute("INSERT INTO link VALUES (?1, ?2, x'')", params![entity, links::pack(&links)]).unwrap();
    }
    let said = |status, sentence| (Voice { day, status, confidence: 0.8, sentence, article: 1 }, 0);
    let mut days = std::collections::BTreeMap::new();
    course::add(&mut days, [1, 2, 1, 1], &mut [said(Status::Asserted, 1), said(Status::Negated, 1)]);
    course::add(&mut days, [2, 3, 1, 1], &mut [said(Status::Asserted, 2)]);
    for (day, turns) in days {
        db.execute("INSERT INTO course VALUES (?1, ?2)", params![day.number(), turns]).unwrap();
    }
    drop(db);
    Base::open(folder).unwrap()
}

#[test]
fn statements_go_through_indexes() {
    let folder = tempfile::tempdir().unwrap();
    let base = small(folder.path());
    let all = Filter::default();
    let id = |name| query::resolve(&base, name).unwrap().id;
    let (yi, jia) = (id("乙"), id("甲"));
    assert_eq!(query::neighbors_of(&base, yi, 2, &all, 0).unwrap().neighbors.len(), 2);
    assert_eq!(query::profile(&base, yi, 0).unwrap().versions.len(), 1);
    assert_eq!(query::evidence(&base, yi, Some(jia), &all, 0).unwrap().0.len(), 1);
    for (by, co_mentions) in [(By::Hops, false), (By::Strength, true)] {
        let found =
            query::paths(&base, jia, id("丙"), &PathOptions { by, co_mentions, ..PathOptions::default() }).unwrap();
        assert_eq!(found.paths[0].hops, 2);
    }
    assert_eq!(query::search(&base, "yi", KindSet::ANY, 5).unwrap().0[0].entity.name, "乙");
    assert!(query::resolve(&base, "甲乙丙").is_err());
    for by in [Measure::Mentions, Measure::Articles, Measure::Degree, Measure::PageRank, Measure::Betweenness] {
        assert_eq!(query::top(&base, by, KindSet::ANY, 2).unwrap().len(), 2);
        assert_eq!(query::top(&base, by, KindSet::default().with(EntityKind::Person), 2).unwrap().len(), 0);
    }
    for (around, entities) in [(vec![], 2), (vec![yi, jia], 2)] {
        let wanted = query::Piece {
            top: 2,
            around,
            depth: 1,
            community: None,
            filter: all.clone(),
            evidence: 9,
            co_evidence: 9,
        };
        assert_eq!(query::piece(&base, &wanted).unwrap().graph.graph.node_count(), entities);
        let heavy = Filter { min_weight: 1.0, ..all.clone() };
        let wanted = query::Piece { top: 3, community: Some(1), filter: heavy, ..wanted };
        assert_eq!(query::piece(&base, &wanted).unwrap().graph.graph.edge_count(), 2);
    }
    let whole = query::whole(&base).unwrap();
    assert_eq!((whole.kinds[0], whole.relations[0], whole.co_mentions), (3, [2, 0, 0, 0, 0], 0));
    assert_eq!(query::communities(&base, 1, 0).unwrap().1, 1);
    assert_eq!(query::members(&base, 1, 0).unwrap().unwrap().members.len(), 3);
    assert_eq!(query::timeline(&base, yi, &all, 0).unwrap().all, 3);
    let period = (Day::parse("2025-01-01"), base.last_day().unwrap());
    assert_eq!(query::changes(&base, period, None, &all, &[], 0).unwrap().1, 2);
    assert_eq!(query::changes(&base, period, Some(jia), &all, &[], 0).unwrap().1, 1);
    for (entities, days) in [(&[][..], 1), (&[jia][..], 1)] {
        assert_eq!(query::activity(&base, entities, period.1, &all).unwrap().len(), days);
    }
    let changed = query::changes(&base, period, Some(jia), &all, &[], 0).unwrap().0.remove(0);
    assert_eq!(query::behind(&base, &changed, period.0, period.1, 9).unwrap().unwrap().tie.evidence.len(), 1);
    assert_eq!(query::differences((&base, &base), None, &all, &[], 0).unwrap().1, 0);
    for entity in [None, Some(yi), Some(jia)] {
        let found = query::conflicts(&base, entity, &all, 0).unwrap().0;
        let kinds: Vec<&str> = found.iter().map(|c| c.kind.as_str()).collect();
        assert_eq!(kinds, ["denied", "two_buyers"]);
    }
    let mut asked = base.asked.borrow().clone();
    asked.sort_unstable();
    asked.dedup();
    assert!(asked.len() > 25, "{asked:?}");
    for sql in asked {
        let mut plan = base.store.connection().prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        for i in 1..=plan.parameter_count() {
            plan.raw_bind_parameter(i, 1).unwrap();
        }
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let detail: String = row.get(3).unwrap();
            let whole = detail.starts_with("SCAN") && !detail.contains("CONSTANT") && !detail.contains("SUBQUERY");
            let allowed = WHOLE.iter().any(|w| sql.starts_with(w));
            assert!(!whole || allowed, "{sql}\n{detail}");
            assert!(
                !whole
                    || ["FROM tie WHERE relation > 0", "FROM conflict ORDER"].iter().any(|all| sql.contains(all))
                    || detail.contains("INDEX"),
                "{sql}\n{detail}"
            );
        }
    }
}
