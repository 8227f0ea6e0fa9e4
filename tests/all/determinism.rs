//! The same input gives the same bytes, in any order and on any number of threads.

use crate::support::{Folder, dictionaries, graph, record, schema};
use guanxi::graph::record::Record;
use guanxi::graph::{AssembleOptions, Assembler, Graph, View, node_link};
use guanxi::schema::{EntityKind, Status};
use proptest::prelude::*;

const NAMES: [&str; 6] = ["商汤科技", "徐冰", "三一集团", "OpenAI", "英伟达", "曦望"];

fn text(graph: &Graph) -> String {
    let mut out = Vec::new();
    node_link::write(&View::all(graph), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn any_record() -> impl Strategy<Value = Record> {
    let entity = (0..EntityKind::ALL.len(), 0..NAMES.len()).prop_map(|(k, n)| (EntityKind::ALL[k], NAMES[n]));
    let entities = prop::collection::vec(entity, 1..5);
    // few paths, dates and texts, so that ties meet, evidence overflows and reprints occur
    (0u32..40, 0u32..4, entities, 0..Status::ALL.len(), 0u16..2).prop_map(|(path, day, entities, status, relation)| {
        let date = if day == 0 { String::new() } else { format!("2025-06-0{day}") };
        record(&format!("{path:02}.md"), &date, &entities, Status::ALL[status], relation)
    })
}

/// No two articles have one path.
fn own_paths(mut records: Vec<Record>) -> Vec<Record> {
    for (i, r) in records.iter_mut().enumerate() {
        r.path = format!("{}-{i:02}", r.path);
    }
    records
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_graph_does_not_depend_on_order_or_shards(
        records in prop::collection::vec(any_record(), 1..40),
        shards in 1usize..4,
        seed in any::<u64>(),
    ) {
        let records = own_paths(records);
        let keep = AssembleOptions { evidence_limit: 3, min_support: 1 };
        let expected = text(&graph(&records, keep));
        let mut shuffled: Vec<&Record> = records.iter().collect();
        shuffled.sort_by_key(|r| r.path.bytes().fold(seed, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)));
        let schema = schema();
        let mut parts: Vec<Assembler> = (0..shards).map(|_| Assembler::new(&schema, keep)).collect();
        for (i, r) in shuffled.iter().enumerate() {
            parts[i % shards].add(r);
        }
        let mut all = Assembler::new(&schema, keep);
        parts.into_iter().rev().for_each(|p| all.merge(p));
        prop_assert_eq!(text(&all.finish()), expected);
    }

    #[test]
    fn a_graph_is_read_back_without_loss(records in prop::collection::vec(any_record(), 1..10)) {
        let graph = graph(&own_paths(records), AssembleOptions { evidence_limit: 5, min_support: 1 });
        let folder = Folder::new();
        let path = folder.write("graph.json", text(&graph));
        let again = node_link::read(&path).unwrap();
        prop_assert_eq!(text(&graph), text(&again));
        for (a, b) in graph.graph.raw_edges().iter().zip(again.graph.raw_edges()) {
            prop_assert_eq!(&a.weight, &b.weight);
        }
    }
}

#[test]
fn builds_are_the_same_on_any_number_of_threads() {
    let content = crate::support::root().join("content").display().to_string();
    let mut seen: Option<(String, String)> = None;
    for threads in ["1", "2", "7", "2"] {
        let folder = Folder::new();
        let dict = dictionaries();
        let mut args = vec!["build", "--content", &content, "--threads", threads];
        args.extend(dict.iter().map(String::as_str));
        let ran = folder.run(&args);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let files = (folder.read("output/graph.json"), folder.read("output/graph.dot"));
        assert!(*seen.get_or_insert_with(|| files.clone()) == files, "other bytes with {threads} threads");
    }
}
