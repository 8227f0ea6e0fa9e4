//! What queries answer from the store's compact forms is what a plain computation over the graph in memory gives: on a
//! small industry that was read from articles, and on a made-up graph with reprints, undated articles and all statuses.

use crate::queries::industry;
use crate::support::{Dice, Folder, graph, record, store};
use guanxi::graph::record::{Record, fingerprint};
use guanxi::graph::{AssembleOptions, Bond, Day, Graph, Standing, Tie, node_link};
use guanxi::query::{Base, Change, Changed, Filter, PathOptions, changes, neighbors, neighbors_of, paths, strength};
use guanxi::schema::{EntityKind, KindSet, RelationId, Status};
use std::collections::BTreeMap;

/// Articles over two weeks that mention a few of some entities and claim this and that.
fn made_up() -> Vec<Record> {
    let mut dice = Dice(7);
    let names: Vec<(EntityKind, String)> = (0..14)
        .map(|i| (EntityKind::ALL[i % 4], format!("实体{}", ["甲", "乙", "丙"][i % 3].repeat(i / 3 + 1))))
        .collect();
    let mut out = Vec::new();
    for number in 0..160 {
        let few: Vec<(EntityKind, &str)> = (0..dice.between(2, 5))
            .map(|_| &names[dice.between(0, names.len()).min(dice.between(0, names.len()))])
            .map(|(kind, name)| (*kind, name.as_str()))
            .collect();
        let date = match dice.between(0, 12) {
            0 => String::new(),
            day => format!("2025-0{}-{:02}", 5 + day % 2, day),
        };
        let status = Status::ALL[[0, 0, 0, 1, 2, 3, 4][dice.between(0, 7)]];
        let mut made = record(&format!("{:02}.md", number % 97), &date, &few, status, dice.between(0, 2) as u16);
        let (text, confidence) = (&mut made.quotes[0].text, dice.between(3, 9) as f32 / 10.0);
        text.push_str(
            ["。", "，消息人士说。", "，公告如是说，市场早有预期，各方反应不一，股价应声而动。"][dice.between(0, 3)],
        );
        text.push_str(&"又一次".repeat(dice.between(0, 3)));
        made.quotes[0].fingerprint = fingerprint(text);
        made.claims.iter_mut().for_each(|claim| claim.confidence = confidence);
        out.push(made);
    }
    out
}

const KEEP: AssembleOptions = AssembleOptions { evidence_limit: 20, min_support: 1 };

fn filters() -> Vec<Filter> {
    let kinds = KindSet::default().with(EntityKind::Company).with(EntityKind::Product);
    let day = Day::parse;
    vec![
        Filter::default(),
        Filter { kinds, min_weight: 2.0, ..Filter::default() },
        Filter { statuses: vec![Status::Asserted, Status::Ended], ..Filter::default() },
        Filter { bonds: vec![Bond::Relation(RelationId(1))], since: day("2025-06-03"), ..Filter::default() },
        Filter {
            bonds: vec![Bond::CoMention, Bond::Relation(RelationId(0))],
            until: day("2025-05-30"),
            ..Filter::default()
        },
    ]
}

fn neighbors_agree(base: &Base, graph: &Graph) -> usize {
    let mut far = 0;
    for node in graph.graph.node_indices() {
        let id = base.by_key(&graph.node(node).key).unwrap().expect("an entity of the graph");
        for (depth, filter) in (0..4).flat_map(|d| filters().into_iter().map(move |f| (d, f))) {
            let expected = neighbors(graph, node, depth, &filter);
            let found = neighbors_of(base, id, depth, &filter, 0).unwrap();
            assert_eq!(serde_json::to_value(&found.entity).unwrap(), node_link::node_value(graph.node(node)));
            assert_eq!((found.ties, found.neighbors.len()), (expected.len(), expected.len()), "{depth} {filter:?}");
            for (near, expected) in found.neighbors.iter().zip(&expected) {
                let (a, b, tie) = graph.tie(expected.edge);
                assert_eq!(near.entity.id, graph.node(expected.node).key);
                assert_eq!((near.depth, &near.from.id), (expected.depth, &graph.node(expected.from).key));
                let value = serde_json::to_value(&near.tie).unwrap();
                assert_eq!(value, node_link::tie_value(graph, a, b, tie));
                far += usize::from(near.depth > 1);
            }
            let some = neighbors_of(base, id, depth, &filter, 2).unwrap();
            assert_eq!((some.ties, some.neighbors.len()), (expected.len(), expected.len().min(2)));
        }
    }
    far
}

#[test]
fn neighbors_are_those_of_the_graph() {
    let folder = industry();
    let graph_read = node_link::read(&folder.path().join("output/graph.json")).unwrap();
    assert!(neighbors_agree(&Base::open(&folder.path().join("output")).unwrap(), &graph_read) > 0);
    let (folder, records) = (Folder::new(), made_up());
    assert!(neighbors_agree(&store(folder.path(), &records), &graph(&records, KEEP)) > 100);
}

/// What a path costs of which fewest hops count, then the greatest strength.
fn cost(tie: &Tie) -> u64 {
    1_000_000_000 + (-strength(tie).ln() * 1e6).round() as u64
}

#[test]
fn paths_over_co_mentions_are_the_shortest_of_the_graph() {
    let (folder, records) = (Folder::new(), made_up());
    let (base, graph) = (store(folder.path(), &records), graph(&records, KEEP));
    let size = graph.graph.node_count();
    for co_mentions in [true, false] {
        // Floyd and Warshall
        let mut least = vec![vec![u64::MAX / 4; size]; size];
        for edge in graph.graph.edge_indices() {
            let (a, b, tie) = graph.tie(edge);
            let walked = tie.claims.as_ref().map_or(co_mentions, |c| c.status != Status::Negated);
            for (a, b) in [(a.index(), b.index()), (b.index(), a.index())].into_iter().filter(|_| walked) {
                least[a][b] = least[a][b].min(cost(tie));
            }
        }
        for by in 0..size {
            for (a, b) in (0..size).flat_map(|a| (0..size).map(move |b| (a, b))) {
                least[a][b] = least[a][b].min(least[a][by] + least[by][b]);
            }
        }
        let options = PathOptions { co_mentions, ..PathOptions::default() };
        for (a, b) in (0..size).flat_map(|a| (0..size).map(move |b| (a, b))).filter(|(a, b)| a != b) {
            // ids stand in the order of the keys, as nodes do
            let found = paths(&base, a as i64 + 1, b as i64 + 1, &options).unwrap().paths;
            let costs: Vec<u64> = found.iter().map(|p| p.steps.iter().map(|s| cost(&s.tie.tie)).sum()).collect();
            assert!(costs.is_sorted());
            assert_eq!(costs.first().copied(), Some(least[a][b]).filter(|c| *c < u64::MAX / 4), "{a} {b}");
        }
    }
}

/// How the relations of a graph stand, by their ends and relation.
fn stand(graph: &Graph) -> BTreeMap<(String, String, String), Standing> {
    let mut out = BTreeMap::new();
    for edge in graph.graph.edge_indices() {
        let (a, b, tie) = graph.tie(edge);
        let Some(claims) = &tie.claims else { continue };
        let key = (graph.node(a).key.clone(), graph.bond_name(tie.bond).to_string(), graph.node(b).key.clone());
        let (weight, articles) = (tie.weight as u64, tie.articles.into());
        out.insert(key, Standing { status: claims.status, weight, belief: claims.belief, articles });
    }
    out
}

fn told(changed: &[Changed]) -> Vec<serde_json::Value> {
    changed.iter().map(|c| serde_json::to_value(c).unwrap()).collect()
}

#[test]
fn what_changed_is_the_difference_of_the_graphs_of_both_days() {
    let (folder, records) = (Folder::new(), made_up());
    let base = store(folder.path(), &records);
    let until = |day: Day| {
        let so_far: Vec<Record> = records.iter().filter(|r| Day::parse(&r.date) <= day).cloned().collect();
        stand(&graph(&so_far, KEEP))
    };
    let company = Filter { kinds: KindSet::default().with(EntityKind::Company), ..Filter::default() };
    let ended = Filter { statuses: vec![Status::Ended], min_weight: 2.0, ..Filter::default() };
    let mut kinds: BTreeMap<Change, usize> = BTreeMap::new();
    for (from, to) in [
        ("2025-01-01", "2025-12-31"),
        ("2025-05-03", "2025-05-09"),
        ("2025-05-09", "2025-06-08"),
        ("2025-06-01", "2025-06-04"),
        ("2025-06-12", "2025-06-30"),
    ] {
        let period = (Day::parse(from), Day::parse(to));
        let (found, all) = changes(&base, period, None, &Filter::default(), &[], 0).unwrap();
        assert_eq!(found.len(), all);
        let (before, after) = (until(period.0), until(period.1));
        let mut differ = 0;
        for (key, stands) in &after {
            let (then, now) = (
                before.get(key),
                found.iter().find(|c| (&c.source.id, &c.relation, &c.target.id) == (&key.0, &key.1, &key.2)),
            );
            if let Some(now) = now {
                assert_eq!((now.before.as_ref(), now.after.as_ref()), (then, Some(stands)), "{key:?}");
                *kinds.entry(now.change).or_default() += 1;
                let day = now.evidence.as_ref().expect("what changed it").passage.article.date;
                assert!(day > period.0 && day <= period.1);
                differ += 1;
            } else {
                let same = then.is_some_and(|t| {
                    t.weight == stands.weight
                        && (t.status == stands.status
                            || t.status > Status::Rumored
                            || stands.status != Status::Asserted)
                });
                assert!(same, "{key:?} {then:?} {stands:?}");
            }
        }
        assert_eq!(differ, found.len());
        // the same is told of each entity, from its claims
        for filter in [Filter::default(), company.clone(), ended.clone()] {
            let whole = changes(&base, period, None, &filter, &[], 0).unwrap().0;
            for id in 1..=graph(&records, KEEP).graph.node_count() as i64 {
                let key = base.brief(id).unwrap().id.clone();
                let own = changes(&base, period, Some(id), &filter, &[], 0).unwrap().0;
                let mut of_it = whole.clone();
                of_it.retain(|c| {
                    let other = if c.source.id == key { &c.target } else { &c.source };
                    (c.source.id == key || c.target.id == key) && filter.kinds.has(other.kind)
                });
                assert_eq!(told(&own), told(&of_it), "{key} {from} {to}");
            }
            let first = changes(&base, period, None, &filter, &[], 3).unwrap();
            assert_eq!((told(&first.0), first.1), (told(&whole[..whole.len().min(3)]), whole.len()));
        }
    }
    assert!(kinds.len() >= 5, "{kinds:?}");
}
