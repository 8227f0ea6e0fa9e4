//! The queries over the store: what they print is kept in `tests/golden/queries.txt` (`UPDATE_GOLDEN=1` writes it
//! anew), their JSON is documented, and they agree with the graph in memory.

use crate::support::{Folder, root};
use guanxi::graph::{View, node_link};
use guanxi::query::{Base, Filter, Piece, Selection, part, piece, search};
use guanxi::schema::Status;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

fn relation(name: &str, label: &str, subject: &str, rules: &str) -> String {
    format!(
        "name: {name}\nlabel: {label}\ndescription: {name}\nsubject: [{subject}]\nobject: [company]\ncolor: \"#15803d\"\nrules:\n{rules}"
    )
}

/// A small industry, of which articles say this and that, built.
pub fn industry() -> Folder {
    let folder = Folder::new();
    for file in std::fs::read_dir(root().join("dictionaries/lexicon")).unwrap() {
        let file = file.unwrap();
        let name = format!("dictionaries/lexicon/{}", file.file_name().to_string_lossy());
        folder.write(&name, std::fs::read(file.path()).unwrap());
    }
    let verb = |name: &str, verbs: &str| format!("  - name: {name}.verb\n    verb: [{verbs}]\n    precision: 0.8\n");
    let role = "  - name: leads.role\n    role: [CEO]\n    precision: 0.9\n";
    for (name, label, subject, rules) in [
        ("invests_in", "投资", "company", verb("invests_in", "投资")),
        ("acquires", "收购", "company", verb("acquires", "收购")),
        ("leads", "执掌", "person", role.to_string()),
    ] {
        folder.write(&format!("dictionaries/relations/{name}.yaml"), relation(name, label, subject, &rules));
    }
    folder.write(
        "dictionaries/companies/a.yaml",
        "- name: 三一集团\n  aliases: [三一, Sany]\n- name: 上海阵量\n- name: 商汤科技\n  aliases: [商汤, SenseTime]\n\
         - name: 百度\n  aliases: [Baidu]\n- name: 长城汽车\n- name: 星火资本\n  aliases: [星火基金]\n\
         - name: 星火科技\n  aliases: [星火基金]\n- name: 无关公司\n",
    );
    folder.write("dictionaries/people/a.yaml", "- name: 徐立\n- name: 王小川\n");
    for (name, date, text) in [
        ("a", "2025-01-10", "三一集团投资上海阵量。\n\n商汤科技CEO徐立出席。"),
        ("b", "2025-03-05", "商汤科技计划收购上海阵量。"),
        ("c", "2025-04-01", "商汤科技收购上海阵量。\n\n2024年3月，三一集团投资长城汽车。"),
        ("d", "2025-05-01", "商汤科技否认收购上海阵量。"),
        ("e", "2025-06-01", "百度收购上海阵量。\n\n百度和长城汽车同台。百度、长城汽车都来了。"),
        ("f", "2025-06-10", "商汤科技CEO王小川发言。\n\n商汤科技CEO徐立没有来。\n\n无关公司在场。"),
        ("g", "2025-07-01", "三一集团投资了上海阵量。\n\n星火资本与星火科技不同。"),
    ] {
        folder.write(&format!("content/{name}.md"), format!("---\ntitle: 文章{name}\ndate: {date}\n---\n\n{text}\n"));
    }
    let built = folder.run(&["build"]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    folder
}

/// What is asked, in the golden file.
const ASKED: [&[&str]; 37] = [
    &["neighbors", "上海阵量"],
    &["neighbors", "sany", "--depth", "2", "--limit", "3"],
    &["neighbors", "三一", "--format", "jsonl", "--limit", "1"],
    &["show", "ＳenseＴime"],
    &["show", "无关公司"],
    &["evidence", "商汤", "上海阵量", "--status", "negated"],
    &["evidence", "商汤", "上海阵量", "--format", "csv"],
    &["path", "百度", "长城汽车"],
    &["path", "百度", "长城汽车", "--by", "strength", "--paths", "1", "--format", "csv"],
    &["path", "百度", "长城汽车", "--avoid", "三一"],
    &["path", "徐立", "长城汽车", "--avoid", "三一", "--co-mentions"],
    &["path", "百度", "长城汽车", "--max-hops", "2"],
    &["path", "徐立", "徐立"],
    &["path", "徐立", "三一", "--avoid", "徐立"],
    &["search", "商湯"],
    &["search", "shangtang"],
    &["search", "stkj"],
    &["search", "changcheng"],
    &["search", "阵量"],
    &["search", "Sensetme"],
    &["search", "星火基金"],
    &["search", "没有这样的名字", "--format", "json"],
    &["neighbors", "星火基金"],
    &["top", "--by", "degree", "--limit", "3"],
    &["top", "--kind", "organization"],
    &["communities"],
    &["communities", "商汤"],
    &["communities", "无关公司"],
    &["communities", "--number", "99"],
    &["timeline", "上海阵量"],
    &["timeline", "三一", "--until", "2024", "--format", "csv"],
    &["diff", "--from", "2025-03", "--to", "2025-04"],
    &["diff", "商汤", "--from", "2025-05-01"],
    &["diff", "--from", "2025-08", "--to", "2025-07"],
    &["diff", "--with", "output", "--change", "new,gone"],
    &["conflicts"],
    &["conflicts", "三一"],
];

#[test]
fn answers_are_as_kept() {
    let folder = industry();
    let mut told = String::new();
    for args in ASKED {
        let ran = folder.run(args);
        let _ = writeln!(told, "$ guanxi {}\n{}{}exit code {}\n", args.join(" "), ran.out, ran.err, ran.code);
    }
    folder.write("without/graph.json", "{}");
    for args in [&["top", "--output", "without"], &["top", "--output", "nowhere"]] {
        let ran = folder.run(args);
        let _ = writeln!(told, "$ guanxi {}\n{}{}exit code {}\n", args.join(" "), ran.out, ran.err, ran.code);
    }
    let golden = root().join("tests/golden/queries.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &told).unwrap();
    }
    let kept = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(kept == told, "run with UPDATE_GOLDEN=1 and look at the difference; got:\n{told}");
}

#[test]
fn every_field_of_an_answer_is_documented() {
    fn fields(value: &Value, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, inner)| {
                out.insert(key.clone());
                // counts by status, roles and the like have data for keys
                if !["statuses", "attributes"].contains(&key.as_str()) {
                    fields(inner, out);
                }
            }),
            Value::Array(items) => items.iter().for_each(|i| fields(i, out)),
            _ => {}
        }
    }
    let folder = industry();
    let read = |name: &str| std::fs::read_to_string(root().join(name)).unwrap();
    let documents = read("docs/queries.md") + &read("docs/formats.md") + &read("schema/graph.schema.json");
    let mut found = BTreeSet::new();
    for args in [
        &["neighbors", "商汤"][..],
        &["show", "商汤"],
        &["evidence", "商汤"],
        &["path", "百度", "长城汽车"],
        &["search", "商汤"],
        &["top"],
        &["communities"],
        &["communities", "商汤"],
        &["timeline", "上海阵量"],
        &["diff", "--from", "2025-02"],
        &["conflicts"],
    ] {
        let ran = folder.run(&[args, &["--format", "json"]].concat());
        assert_eq!(ran.code, 0, "{args:?} {}", ran.err);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        fields(&answer, &mut found);
        // one object a line
        let lines = folder.run(&[args, &["--format", "jsonl"]].concat()).out;
        assert!(
            lines.lines().count() > 0 && lines.lines().all(|l| serde_json::from_str::<Value>(l).unwrap().is_object())
        );
        // as many cells in every row
        let table = folder.run(&[args, &["--format", "csv"]].concat()).out;
        let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<_> = reader.records().map(|r| r.unwrap()).collect();
        assert!(!rows.is_empty(), "{args:?}");
    }
    assert!(found.len() > 40, "{found:?}");
    for field in found {
        let named = documents.contains(&format!("`{field}`")) || documents.contains(&format!("\"{field}\""));
        assert!(named, "`{field}` stands in no document");
    }
}

#[test]
fn a_piece_of_the_store_is_the_part_of_the_graph() {
    let folder = industry();
    let graph = node_link::read(&folder.path().join("output/graph.json")).unwrap();
    let base = Base::open(&folder.path().join("output")).unwrap();
    let written = |view: &View<'_>| {
        let mut out = Vec::new();
        node_link::write(view, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let node = |key: &str| graph.graph.node_indices().find(|n| graph.node(*n).key == key).unwrap();
    let company = guanxi::schema::KindSet::default().with(guanxi::schema::EntityKind::Company);
    let rare = Filter { statuses: vec![Status::Rumored, Status::Negated, Status::Ended], ..Filter::default() };
    let mut ties = 0;
    for filter in [Filter::default(), Filter { kinds: company, min_weight: 2.0, ..Filter::default() }, rare] {
        for around in [&[][..], &["company/百度"], &["company/三一集团", "person/徐立"]] {
            let sizes = [(0, 0), (0, 1), (3, 1), (4, 2), (100, 3)];
            for ((top, depth), community) in sizes.into_iter().flat_map(|s| [None, Some(1)].map(|c| (s, c))) {
                let nodes = around.iter().map(|k| node(k)).collect();
                let filter = filter.clone();
                let selection =
                    Selection { top, depth, community, filter: filter.clone(), around: nodes, ..Selection::default() };
                let around = around.iter().map(|k| base.by_key(k).unwrap().unwrap()).collect();
                let all = usize::MAX;
                let wanted = Piece { top, depth, community, filter, around, evidence: all, co_evidence: all };
                let taken = piece(&base, &wanted).unwrap();
                assert_eq!(written(&View::all(&taken.graph)), written(&part(&graph, &selection)), "{wanted:?}");
                // what has ties that fit is not left out for what has none
                if top > 0 && wanted.around.is_empty() && taken.fit > 0 && !wanted.filter.any_tie() {
                    ties += taken.graph.graph.edge_count();
                }
            }
        }
    }
    assert!(ties > 0, "ties that fit are among the first entities");
}

#[test]
fn a_question_that_is_late_is_broken_off() {
    let folder = industry();
    let base = Base::open(&folder.path().join("output")).unwrap();
    let ask = || search(&base, "没有这样的名字", guanxi::schema::KindSet::ANY, 5);
    base.set_deadline(Some(std::time::Instant::now()));
    assert!(ask().is_err() && base.overdue());
    base.set_deadline(None);
    assert!(ask().is_ok() && !base.overdue());
}
