//! The store: an update gives what a rebuild gives, a killed build leaves the old store or the new one, what lies there
//! is never trusted blindly, and hand-written SQL finds what the documents promise.

use crate::support::{Dice, Folder, Ran, program, root};
use guanxi::graph::{View, node_link};
use guanxi::store::Store;
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The rules and word lists of the project, and a dictionary of our own.
fn knowing(folder: &Folder) -> Vec<String> {
    let of = |name: &str| root().join("dictionaries").join(name).display().to_string();
    let own = folder.path().join("companies/own.yaml").display().to_string();
    let mut args = vec!["--no-default-dict".to_owned()];
    for path in [of("lexicon"), of("relations"), own] {
        args.extend(["--dict".to_owned(), path]);
    }
    args
}

const COMPANIES: &str = "- name: 商汤科技\n  aliases: [商汤, SenseTime]\n  ticker: HKEX:0020\n- name: 三一集团\n- name: 英伟达\n  aliases: [NVIDIA]\n  site: https://www.nvidia.com\n- name: 曦望\n- name: 月之暗面\n";

fn build(folder: &Folder, output: &str, more: &[&str]) -> Ran {
    let knowing = knowing(folder);
    let mut args = vec!["build", "--content", "content", "--output", output];
    args.extend(knowing.iter().map(String::as_str));
    args.extend(more);
    folder.run(&args)
}

fn query(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut out = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let values: Vec<Value> = (0..columns).map(|i| row.get(i).unwrap()).collect();
        out.push(format!("{values:?}"));
    }
    out
}

/// All that the store says, without the ids that depend on its history and the times of files.
fn said(path: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let db = Connection::open(path).unwrap();
    let questions = [
        ("whole", "PRAGMA integrity_check"),
        ("file", "SELECT name, articles, drafts, left_out, failed, hash FROM file ORDER BY name, place"),
        (
            "message",
            "SELECT f.name, m.number, severity, subject, line, \"column\", message, snippet, hint
             FROM message m JOIN file f ON f.id = m.file ORDER BY f.name, f.place, m.number",
        ),
        ("article", "SELECT path, title, date, sentences, paragraphs FROM article ORDER BY path, title, date"),
        (
            "quote",
            "SELECT a.path, q.id & 4294967295, q.start, q.line, q.\"column\", q.text
             FROM quote q JOIN article a ON a.id = q.id >> 32 ORDER BY 1, 2, 6",
        ),
        ("quotes", "SELECT count(*) FROM quote"),
        (
            "claim",
            "SELECT a.path, c.id & 4294967295, s.key, r.name, o.key, status, quote & 4294967295, subject, subject_start,
             subject_end, object, object_start, object_end, start, \"end\", rule, \"when\", attributes, confidence
             FROM claim c JOIN article a ON a.id = c.article JOIN reading s ON s.id = c.subject_reading
             JOIN reading o ON o.id = c.object_reading JOIN relation r ON r.id = c.relation ORDER BY 1, 2",
        ),
        ("claims", "SELECT count(*) FROM claim"),
        (
            "mention",
            "SELECT r.key, a.path, mentions, m.sentences, m.paragraphs, line, \"column\" FROM mention m
             JOIN reading r ON r.id = m.reading JOIN article a ON a.id = m.article ORDER BY 1, 2, 3",
        ),
        ("mentions", "SELECT count(*) FROM mention"),
        ("reading", "SELECT r.key, e.key FROM reading r LEFT JOIN entity e ON e.id = r.entity ORDER BY r.key"),
        ("relation", "SELECT * FROM relation ORDER BY id"),
        ("entity", "SELECT * FROM entity ORDER BY id"),
        ("name", "SELECT * FROM name ORDER BY entity, number"),
        ("ticker", "SELECT * FROM ticker ORDER BY entity, number"),
        ("tie", "SELECT * FROM tie ORDER BY id"),
        (
            "evidence",
            "SELECT v.tie, v.number, a.path, v.quote & 4294967295, v.claim & 4294967295, v.quote >> 32 = v.claim >> 32,
             source_start, source_end, target_start, target_end, source_words, target_words
             FROM evidence v JOIN article a ON a.id = v.quote >> 32 ORDER BY 1, 2",
        ),
        ("link", "SELECT * FROM link ORDER BY entity"),
        ("meta", "SELECT * FROM meta ORDER BY name"),
        ("tables", "SELECT type, name, sql FROM sqlite_schema ORDER BY name"),
    ];
    let mut out: BTreeMap<_, _> = questions.into_iter().map(|(name, sql)| (name, query(&db, sql))).collect();
    let mut find = db.prepare("SELECT day, turns FROM course ORDER BY day").unwrap();
    let turns =
        find.query_map([], |r| Ok(format!("{} {:?}", r.get::<_, i64>(0)?, without_articles(r.get(1)?)))).unwrap();
    out.insert("course", turns.map(Result::unwrap).collect());
    out
}

/// The turns of a day without the ids of articles: the last four bytes of each best claim (`src/store/course.rs`).
fn without_articles(mut turns: Vec<u8>) -> Vec<u8> {
    let mut at = 0;
    while at < turns.len() {
        let best = usize::from(turns[at + 40]);
        at += 41;
        for _ in 0..best {
            turns[at + 9..at + 13].fill(0);
            at += 13;
        }
    }
    turns
}

/// A build, and a build from nothing beside it: both must tell and write the same.
fn same_as_rebuilt(folder: &Folder, more: &[&str], told: &str) -> Ran {
    let update = build(folder, "output", more);
    let _ = std::fs::remove_dir_all(folder.path().join("again"));
    let again = build(folder, "again", more);
    assert_eq!((update.code, &update.err), (again.code, &again.err), "{told}\n{}\n{}", update.out, again.out);
    if again.code == 1 && again.err.contains("there is no article here") {
        return update;
    }
    for file in ["graph.json", "graph.dot"] {
        assert!(folder.read(&format!("output/{file}")) == folder.read(&format!("again/{file}")), "{file}: {told}");
    }
    let stores = ["output/guanxi.db", "again/guanxi.db"].map(|p| said(&folder.path().join(p)));
    for (table, rows) in &stores[0] {
        let others = &stores[1][table];
        let at = rows.iter().zip(others).position(|(a, b)| a != b);
        let differ = at.map(|i| format!("{}\n{}", rows[i], others[i]));
        assert!(rows == others, "{table}: {} rows, {}: {differ:?}\n{told}", rows.len(), others.len());
    }
    update
}

/// What a made article may say.
const SENTENCES: [&str; 16] = [
    "商汤科技投资了曦望。",
    "SenseTime投资了曦望，英伟达也参与了融资。",
    "三一集团否认投资曦望。",
    "据悉，英伟达计划收购月之暗面。",
    "商汤联合创始人徐冰出任曦望董事长。",
    "英伟达与商汤科技达成合作。",
    "月之暗面发布了Kimi K2。",
    "曦望由商汤科技分拆而来。",
    "NVIDIA起诉了月之暗面。",
    "徐冰曾任职于商汤科技。",
    "该公司去年起诉了三一集团。",
    "“光年之外”公司获得英伟达领投的融资。",
    "杭州光年之外科技有限公司发布了光年之外。",
    "产品《光年之外》由月之暗面开发。",
    "The startup Lumenwave was acquired by NVIDIA in 2024.",
    "没有名字的一句话。",
];

fn article(rng: &mut Dice) -> String {
    let mut text = String::from("---\n");
    let _ = match rng.between(0, 6) {
        0 => writeln!(text, "title: 商汤科技的一天"),
        1 => writeln!(text, "title: \"坏掉的"),
        _ => writeln!(text, "title: 标题{}", rng.between(0, 3)),
    };
    if rng.between(0, 4) > 0 {
        let _ = writeln!(text, "date: 2025-0{}-1{}", rng.between(1, 4), rng.between(0, 3));
    }
    if rng.between(0, 6) == 0 {
        text.push_str("draft: true\n");
    }
    text.push_str("---\n");
    for _ in 0..rng.between(0, 6) {
        text.push_str(SENTENCES[rng.between(0, SENTENCES.len())]);
        text.push_str(["", "\n", "\n\n", "```\n"][rng.between(0, 16).saturating_sub(12)]);
    }
    text
}

fn line(rng: &mut Dice) -> String {
    let text = SENTENCES[rng.between(0, SENTENCES.len())];
    match rng.between(0, 8) {
        0 => "{\"id\": 1, \"text\": ".to_owned(),
        1 => format!("{{\"id\": 7, \"draft\": true, \"text\": \"{text}\"}}"),
        2 => format!(
            "{{\"text\": \"{text}微光智能推出了新品。\", \"entities\": [{{\"name\": \"微光智能\", \"kind\": \"company\"}}]}}"
        ),
        n => format!("{{\"id\": {}, \"date\": \"2025-03-0{n}\", \"text\": \"{text}\"}}", rng.between(0, 5)),
    }
}

/// Changes something; tells what.
fn edit(folder: &Folder, rng: &mut Dice, drafts: &mut bool) -> String {
    let content = folder.path().join("content");
    let mut there: Vec<String> =
        std::fs::read_dir(&content).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    let new = |rng: &mut Dice| format!("content/2025-02-0{}-{}.md", rng.between(1, 3), rng.between(0, 9));
    let any = |rng: &mut Dice| (!there.is_empty()).then(|| there[rng.between(0, there.len())].clone());
    match rng.between(0, 13) {
        0..=3 => {
            let name = new(rng);
            folder.write(&name, article(rng));
            format!("write {name}")
        }
        4 => {
            let lines: Vec<String> = (0..rng.between(1, 6)).map(|_| line(rng)).collect();
            folder.write("content/dump.ndjson", lines.join("\n"));
            "write dump.ndjson".to_owned()
        }
        5 => {
            folder.write("content/plain.txt", SENTENCES[rng.between(0, SENTENCES.len())]);
            "write plain.txt".to_owned()
        }
        6 | 7 => match any(rng) {
            Some(name) if name.ends_with(".md") => {
                let to = new(rng);
                std::fs::rename(content.join(&name), folder.path().join(&to)).unwrap();
                format!("rename {name} to {to}")
            }
            Some(name) => {
                std::fs::remove_file(content.join(&name)).unwrap();
                format!("remove {name}")
            }
            None => String::new(),
        },
        8 | 9 => match any(rng) {
            Some(name) => {
                std::fs::remove_file(content.join(&name)).unwrap();
                format!("remove {name}")
            }
            None => String::new(),
        },
        10 => match any(rng) {
            Some(name) => {
                // the same bytes at another time
                let bytes = std::fs::read(content.join(&name)).unwrap();
                std::fs::write(content.join(&name), bytes).unwrap();
                format!("touch {name}")
            }
            None => String::new(),
        },
        11 => {
            *drafts = !*drafts;
            format!("drafts {drafts}")
        }
        _ => {
            let more = ["", "- name: 光年之外\n", "- name: 徐冰\n  kind: person\n"][rng.between(0, 3)];
            folder.write("companies/own.yaml", format!("{COMPANIES}{more}"));
            format!("dictionary {more:?}")
        }
    }
}

#[test]
fn updates_give_what_rebuilds_give() {
    // 200 sequences in CI; a part of them here, for each is a dozen runs of the program
    let cases: u64 = std::env::var("GUANXI_EDIT_SEQUENCES").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    for case in 0..cases {
        let mut rng = Dice(case);
        let folder = Folder::new();
        folder.write("companies/own.yaml", COMPANIES);
        let mut drafts = false;
        let mut told = format!("sequence {case}");
        for i in 0..rng.between(2, 8) {
            folder.write(&format!("content/{i}.md"), article(&mut rng));
        }
        for step in 0..4 {
            for _ in 0..rng.between(1, 4) {
                let _ = write!(told, "; {}", edit(&folder, &mut rng, &mut drafts));
            }
            let _ = write!(told, "; build {step}");
            let more = if drafts { vec!["--drafts"] } else { vec![] };
            // now and then several builds' worth of change between two comparisons
            if step % 2 == 0 {
                build(&folder, "output", &more);
            } else {
                same_as_rebuilt(&folder, &more, &told);
            }
        }
    }
}

/// A folder with a few articles and a first build.
fn built() -> Folder {
    let folder = Folder::new();
    folder.write("companies/own.yaml", COMPANIES);
    folder.write("content/a.md", "---\ntitle: 甲\ndate: 2025-06-24\n---\n商汤科技投资了曦望。三一集团也参与了融资。\n");
    folder
        .write("content/b.md", "---\ntitle: 乙\ndate: 2025-06-25\n---\nSenseTime投资了曦望。英伟达起诉了月之暗面。\n");
    folder.write(
        "content/c.md",
        "---\ntitle: 丙\ndate: 2025-06-26\n---\n据悉，英伟达计划收购月之暗面。商汤与英伟达达成合作。\n",
    );
    // old enough that their times prove something
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    for name in ["a.md", "b.md", "c.md"] {
        let file = std::fs::File::options().write(true).open(folder.path().join("content").join(name)).unwrap();
        file.set_modified(old).unwrap();
    }
    let ran = build(&folder, "output", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

#[test]
fn unchanged_articles_are_not_read_again() {
    let folder = built();
    let again = build(&folder, "output", &[]);
    assert!(again.out.starts_with("3 articles, as they were in "), "{}", again.out);
    folder.write("content/b.md", "---\ntitle: 乙\n---\n英伟达起诉了曦望。\n");
    let ran = same_as_rebuilt(&folder, &[], "one edited");
    assert!(ran.out.starts_with("3 articles: 1 file read, the rest as it was"), "{}", ran.out);
    std::fs::remove_file(folder.path().join("content/a.md")).unwrap();
    let ran = same_as_rebuilt(&folder, &[], "one gone");
    assert!(ran.out.starts_with("2 articles: 0 files read, 1 file gone, the rest as it was"), "{}", ran.out);
    // options of the graph alone need no article
    let ran = same_as_rebuilt(&folder, &["--min-support", "1", "--evidence", "1"], "other options");
    assert!(ran.out.starts_with("2 articles, as they were"), "{}", ran.out);
    let ran = same_as_rebuilt(&folder, &["--listed-only"], "options of recognition");
    assert!(ran.out.starts_with("2 articles read"), "{}", ran.out);
}

#[test]
fn a_build_of_what_is_as_it_was_writes_nothing_and_heals_what_is_not() {
    let folder = built();
    let output = folder.path().join("output");
    let files = ["graph.json", "graph.dot", "guanxi.db"];
    let all = || files.map(|name| std::fs::read(output.join(name)).unwrap());
    let times = || files.map(|name| std::fs::metadata(output.join(name)).unwrap().modified().unwrap());
    let (before, when) = (all(), times());
    let again = build(&folder, "output", &[]);
    assert!(again.out.contains("nothing to write: "), "{}", again.out);
    assert_eq!((all(), times()), (before.clone(), when));
    // the same counts as the build that wrote
    let counts = |out: &str| out.lines().skip(1).take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(counts(&again.out), counts(&build(&folder, "output", &["--fresh"]).out));
    let json: serde_json::Value = serde_json::from_str(&build(&folder, "output", &["--format", "json"]).out).unwrap();
    assert_eq!((&json["articles"], &json["update"]["files_read"]), (&3.into(), &0.into()));
    assert_eq!(json["files"].as_array().unwrap().len(), 3);
    // what someone changed, cut off or took away is written again
    for name in ["graph.json", "graph.dot"] {
        for damage in 0..3 {
            let file = output.join(name);
            match damage {
                0 => std::fs::remove_file(&file).unwrap(),
                1 => std::fs::write(&file, "{}").unwrap(),
                _ => {
                    let mut bytes = std::fs::read(&file).unwrap();
                    bytes[10] ^= 1;
                    std::fs::write(&file, bytes).unwrap();
                }
            }
            let ran = build(&folder, "output", &[]);
            assert!(ran.out.contains("wrote "), "{name} {damage}: {}", ran.out);
            assert_eq!(all()[..2], before[..2], "{name} {damage}");
        }
    }
    // another picture of the same graph
    assert!(build(&folder, "output", &["--top", "1"]).out.contains("wrote "));
    assert_ne!(all()[1], before[1]);
    same_as_rebuilt(&folder, &["--top", "1"], "another picture");
    same_as_rebuilt(&folder, &[], "the usual picture");
    assert_eq!(all()[1], before[1]);
    // other dictionaries
    folder.write("companies/own.yaml", format!("{COMPANIES}- name: 光年之外\n"));
    assert!(build(&folder, "output", &[]).out.starts_with("3 articles read"));
    assert!(build(&folder, "output", &[]).out.contains("nothing to write: "));
    folder.write("companies/own.yaml", "- name: [");
    assert_eq!(build(&folder, "output", &[]).code, 2);
}

#[test]
fn an_article_with_very_many_sentences_keeps_its_evidence() {
    let folder = built();
    let mut long = String::from("---\ntitle: 长\ndate: 2025-06-27\n---\n");
    for i in 0..40 {
        for sentence in SENTENCES {
            writeln!(long, "第{i}天，{sentence}\n").unwrap();
        }
    }
    folder.write("content/long.md", &long);
    same_as_rebuilt(&folder, &["--evidence", "100"], "a long article");
    let store = Store::open(&folder.path().join("output/guanxi.db")).unwrap();
    let mut json = Vec::new();
    node_link::write(&View::all(&store.graph().unwrap()), &mut json).unwrap();
    assert_eq!(String::from_utf8(json).unwrap(), folder.read("output/graph.json"));
    folder.write("content/b.md", "---\ntitle: 乙\n---\n英伟达起诉了曦望。\n");
    same_as_rebuilt(&folder, &["--evidence", "100"], "another beside it");
}

#[test]
fn an_edit_within_the_clocks_tick_is_seen() {
    let folder = built();
    let path = folder.path().join("content/c.md");
    let content = std::fs::read_to_string(&path).unwrap();
    let now = std::time::SystemTime::now();
    let put = |text: &str| {
        std::fs::write(&path, text).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(now).unwrap();
    };
    put(&content);
    build(&folder, "output", &[]);
    // the same size, the same time
    put(&content.replace("英伟达", "曦望曦"));
    same_as_rebuilt(&folder, &[], "an edit within the tick");
}

#[test]
fn what_reading_told_is_told_again() {
    let folder = built();
    folder.write("content/d.md", "---\ntitle: \"坏\ndate: 昨天\n---\n英伟达起诉了曦望。\n```\n");
    folder.write("content/e.ndjson", "{\"id\": 1, \"text\": \"商汤科技投资了曦望。\"}\n{\"id\": 2}\n不是JSON\n");
    let first = build(&folder, "output", &[]);
    let again = build(&folder, "output", &[]);
    assert_eq!((first.code, again.code), (1, 1));
    assert!(first.err.contains("e.ndjson:2:1: error") && first.err.contains("d.md"), "{}", first.err);
    assert_eq!(first.err, again.err);
    assert!(again.out.contains("as they were, 2 failed (see above)"), "{}", again.out);
    folder.write("content/b.md", "英伟达起诉了曦望。\n");
    assert_eq!(first.err, same_as_rebuilt(&folder, &[], "another edited").err);
}

#[test]
fn standard_input_is_read_each_time() {
    let folder = built();
    let knowing = knowing(&folder);
    let mut args = vec!["build", "--content", "content", "--content", "-"];
    args.extend(knowing.iter().map(String::as_str));
    for text in ["英伟达起诉了曦望。", "英伟达投资了曦望。", "英伟达投资了曦望。"] {
        let ran = folder.run_with(&args, &format!("{{\"id\": 1, \"text\": \"{text}\"}}\n"));
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(folder.read("output/graph.json").contains(text), "{text}");
    }
    let ran = same_as_rebuilt(&folder, &[], "no standard input");
    assert!(ran.out.contains("1 file gone"), "{}", ran.out);
}

#[test]
fn the_store_is_the_same_on_any_number_of_threads_and_holds_the_graph() {
    let folder = built();
    build(&folder, "one", &["--threads", "1"]);
    build(&folder, "many", &["--threads", "5"]);
    let bytes = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert!(bytes("one/guanxi.db") == bytes("many/guanxi.db"));
    let store = Store::open(&folder.path().join("one/guanxi.db")).unwrap();
    let graph = store.graph().unwrap();
    let mut json = Vec::new();
    node_link::write(&View::all(&graph), &mut json).unwrap();
    assert_eq!(String::from_utf8(json).unwrap(), folder.read("one/graph.json"));
    // in parts
    let entity = store.entity_by_key("company/商汤科技").unwrap().unwrap();
    assert_eq!(&entity.node, graph.node(graph.find("company/商汤科技").unwrap()));
    assert_eq!(store.entities_named("ＳｅｎｓｅＴｉｍｅ").unwrap(), [entity.id]);
    let ties = store.ties_of(entity.id).unwrap();
    assert!(!ties.is_empty());
    for tie in ties {
        let ends = [tie.source, tie.target].map(|id| store.entity(id).unwrap().unwrap().node.key);
        let edge = graph.graph.edge_indices().find(|e| {
            let (a, b, t) = graph.tie(*e);
            t.bond == tie.tie.bond && [&graph.node(a).key, &graph.node(b).key] == [&ends[0], &ends[1]]
        });
        let (_, _, whole) = graph.tie(edge.unwrap());
        assert_eq!(store.evidence(tie.id, usize::MAX).unwrap(), whole.evidence);
        assert_eq!(guanxi::graph::Tie { evidence: Vec::new(), ..whole.clone() }, tie.tie);
    }
    let other = store.entities_named("曦望").unwrap();
    let part = store.graph_of(&[entity.id, other[0]]).unwrap();
    assert_eq!(part.graph.node_count(), 2);
    assert!(part.graph.edge_weights().all(|t| !t.evidence.is_empty()));
}

#[test]
fn what_is_no_store_is_refused_with_advice() {
    let folder = built();
    let path = folder.path().join("output/guanxi.db");
    let whole = std::fs::read(&path).unwrap();
    let mut told = String::new();
    let mut tell = |what: &str, ran: Ran| {
        let _ = writeln!(told, "# {what}: {}\n{}", ran.code, ran.err.trim_end());
    };
    let sql = |folder: &Folder| folder.run(&["sql", "SELECT count(*) FROM tie"]);

    std::fs::write(&path, "这不是数据库".repeat(400)).unwrap();
    tell("not SQLite, build", build(&folder, "output", &[]));
    tell("not SQLite, sql", sql(&folder));
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    tell("cut off, build", build(&folder, "output", &[]));
    tell("cut off, sql", sql(&folder));
    let mut broken = whole.clone();
    broken[4096..].iter_mut().for_each(|b| *b = 0xa5);
    std::fs::write(&path, &broken).unwrap();
    tell("overwritten, build", build(&folder, "output", &[]));
    std::fs::write(&path, b"").unwrap();
    tell("empty, sql", sql(&folder));
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE mine (a)").unwrap();
    tell("another's, build", build(&folder, "output", &[]));
    std::fs::write(&path, &whole).unwrap();
    let version =
        |n: i32| Connection::open(&path).unwrap().execute_batch(&format!("PRAGMA user_version = {n}")).unwrap();
    version(99);
    tell("newer, build", build(&folder, "output", &[]));
    tell("newer, sql", sql(&folder));
    version(0);
    tell("older, sql", sql(&folder));
    let ran = build(&folder, "output", &[]);
    assert!((ran.code, ran.out.starts_with("3 articles read")) == (0, true), "an older one is made anew: {}", ran.err);

    tell("no store", folder.run(&["sql", "--output", "nowhere", "SELECT 1"]));
    folder.write("file", "");
    tell("no folder", build(&folder, "file", &[]));
    tell("not SQL", folder.run(&["sql", "SELECT key\nFORM entity"]));
    tell("no table", folder.run(&["sql", "SELECT * FROM entities"]));
    tell("writes", folder.run(&["sql", "DELETE FROM tie"]));
    tell("two", folder.run(&["sql", "SELECT 1; SELECT 2"]));
    tell("no article", folder.run(&["retract", "d.md"]));
    tell("an article elsewhere", folder.run(&["retract", "news/c.md"]));

    std::fs::write(&path, "x").unwrap();
    let ran = build(&folder, "output", &["--fresh"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    same_as_rebuilt(&folder, &[], "made anew");

    let golden = root().join("tests/golden/store-errors.txt");
    if std::env::var_os("GUANXI_UPDATE").is_some() {
        std::fs::write(&golden, &told).unwrap();
    }
    assert_eq!(
        told,
        std::fs::read_to_string(&golden).unwrap_or_default(),
        "GUANXI_UPDATE=1 writes {}",
        golden.display()
    );
}

#[test]
fn two_builds_do_not_write_to_one_folder() {
    let folder = built();
    let lock = guanxi::store::Lock::take(&folder.path().join("output")).unwrap();
    let ran = build(&folder, "output", &[]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (
            1,
            "output: error: another guanxi build is writing here\n  hint: wait until it has ended, or give another folder with --output\n"
        )
    );
    drop(lock);
    assert_eq!(build(&folder, "output", &[]).code, 0);
}

#[test]
fn without_a_store_none_is_written_and_an_old_one_is_told_of() {
    let folder = built();
    let ran = build(&folder, "elsewhere", &["--no-store"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(!folder.path().join("elsewhere/guanxi.db").exists());
    assert_eq!(folder.read("elsewhere/graph.json"), folder.read("output/graph.json"));
    assert!(build(&folder, "output", &["--no-store"]).err.contains("was left as it is"));
}

#[test]
fn a_killed_build_leaves_the_old_store_or_the_new_one() {
    let folder = built();
    for i in 0..150 {
        folder.write(&format!("content/more/{i}.md"), SENTENCES.join("\n").repeat(8));
    }
    let states = ["商汤科技投资了曦望。", "英伟达起诉了曦望。"].map(|text| {
        folder.write("content/a.md", text);
        folder.write("content/more/7.md", text.repeat(3));
        build(&folder, "output", &[]);
        (text, said(&folder.path().join("output/guanxi.db")))
    });
    let knowing = knowing(&folder);
    let mut dice = Dice(1);
    let mut late = 0;
    for round in 0..12 {
        let (text, _) = &states[round % 2];
        folder.write("content/a.md", text);
        folder.write("content/more/7.md", text.repeat(3));
        let mut command = std::process::Command::new(program());
        command.current_dir(folder.path()).args(["build", "--content", "content"]).args(&knowing);
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        // every third from nothing
        let mut child = command.args((round % 3 == 0).then_some("--fresh")).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(dice.between(1, 400) as u64));
        child.kill().unwrap();
        late += usize::from(child.wait().unwrap().success());
        let found = said(&folder.path().join("output/guanxi.db"));
        assert!(states.iter().any(|(_, state)| *state == found), "round {round}");
    }
    assert!(late < 12, "no build was killed");
    let ran = same_as_rebuilt(&folder, &[], "after the kills");
    assert_eq!(ran.code, 0);
    let left = std::fs::read_dir(folder.path().join("output")).unwrap().map(|e| e.unwrap().file_name());
    let left: Vec<_> = left.filter(|n| n.to_string_lossy().starts_with(".guanxi-")).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_retraction_is_what_a_build_without_the_article_gives() {
    let folder = built();
    folder.write("content/d.md", "---\ntitle: 丁\n---\n“光年之外”公司获得英伟达领投的融资。商汤科技投资了曦望。\n");
    folder.write("content/e.md", "产品《光年之外》由月之暗面开发。\n");
    folder.write("content/f.md", "产品《光年之外》由月之暗面开发。英伟达否认收购月之暗面。\n");
    assert_eq!(build(&folder, "output", &["--min-support", "1"]).code, 0);
    let store = Store::open(&folder.path().join("output/guanxi.db")).unwrap();
    let ties = |path: &str| -> BTreeMap<(String, String, String), (f64, Option<guanxi::schema::Status>)> {
        let graph = node_link::read(&folder.path().join(path)).unwrap();
        let all = graph.graph.edge_indices().map(|e| {
            let (a, b, t) = graph.tie(e);
            let ends = (graph.node(a).key.clone(), graph.bond_name(t.bond).to_owned(), graph.node(b).key.clone());
            (ends, (t.weight, t.claims.as_ref().map(|c| c.status)))
        });
        all.collect()
    };
    let before = ties("output/graph.json");
    for name in ["a.md", "b.md", "c.md", "d.md", "e.md", "f.md"] {
        let lost = store.retract(name).unwrap().unwrap();
        let text = folder.read(&format!("content/{name}"));
        std::fs::remove_file(folder.path().join("content").join(name)).unwrap();
        build(&folder, "without", &["--min-support", "1"]);
        folder.write(&format!("content/{name}"), text);
        let after = ties("without/graph.json");
        let graph = node_link::read(&folder.path().join("without/graph.json")).unwrap();
        for e in &lost.entities {
            assert!(graph.find(&e.key).is_none(), "{name}: {e:?}");
            assert!(e.becomes.as_ref().is_none_or(|key| graph.find(key).is_some()), "{name}: {e:?}");
        }
        let new = |key: &str| -> String {
            let of = lost.entities.iter().find(|e| e.key == key).and_then(|e| e.becomes.clone());
            of.unwrap_or_else(|| key.to_owned())
        };
        let mut expected = before.clone();
        for t in &lost.ties {
            let key = (t.source.clone(), t.relation.clone(), t.target.clone());
            let old = expected.remove(&key).unwrap_or_else(|| panic!("{name}: {t:?}"));
            assert_eq!((t.weight.0, t.status.0), old, "{name}");
            if !t.falls() {
                expected.insert(key, (t.weight.1, t.status.1));
            }
        }
        let renamed = expected.into_iter().map(|((a, r, b), v)| ((new(&a), r, new(&b)), v));
        // a symmetric tie runs from the smaller key
        let sorted = |((a, r, b), v): ((String, String, String), _)| {
            let swap = ["co_mention", "partners_with", "competes_with"].contains(&r.as_str()) && a > b;
            if swap { ((b, r, a), v) } else { ((a, r, b), v) }
        };
        let expected: BTreeMap<_, _> = renamed.map(sorted).collect();
        assert_eq!(expected, after, "{name}");
    }
}

#[test]
fn the_queries_of_the_document_run() {
    let folder = built();
    let text = std::fs::read_to_string(root().join("docs/store.md")).unwrap();
    let queries: Vec<&str> = text.split("```sql\n").skip(1).filter_map(|p| p.split("```").next()).collect();
    assert!(queries.len() >= 10);
    for query in queries {
        for format in ["table", "json", "csv", "jsonl"] {
            let ran = folder.run(&["sql", "--format", format, query]);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{query}");
            assert!(!ran.out.trim().is_empty() && ran.out != "[]\n", "{query} finds nothing");
            if format == "json" {
                let rows: Vec<serde_json::Value> = serde_json::from_str(&ran.out).unwrap();
                assert!(rows.iter().all(|row| row.is_object()));
            }
        }
    }
    // every table and view is described
    let db = Connection::open(folder.path().join("output/guanxi.db")).unwrap();
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").unwrap();
    for name in names.query_map([], |r| r.get::<_, String>(0)).unwrap() {
        let name = name.unwrap();
        assert!(text.contains(&format!("`{name}`")), "docs/store.md does not describe {name}");
    }
}
