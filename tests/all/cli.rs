//! The command line as users meet it. Error texts are kept in `tests/golden/errors.txt`; `UPDATE_GOLDEN=1` writes
//! them anew.

use crate::support::{Folder, program, root};
use std::fmt::Write;

const RELATION: &str = "\
name: invests_in
label: 投资
description: took part in a round
subject: [company]
object: [company]
color: \"#15803d\"
rules:
  - name: invests_in.verb
    verb: [领投, 投资]
    precision: 0.9
";

/// A folder with a small dictionary and three articles, built.
fn small() -> Folder {
    let folder = Folder::new();
    folder.write("dictionaries/relations/invests_in.yaml", RELATION);
    folder.write(
        "dictionaries/companies/a.yaml",
        "- name: 三一集团\n  aliases: [三一, Sany]\n- name: 上海阵量\n- name: 商汤科技\n  aliases: [商汤, SenseTime]\n",
    );
    folder.write(
        "content/a.md",
        "---\ntitle: 阵量融资\ndate: 2025-06-24\n---\n\n三一集团投资上海阵量。商汤科技和上海阵量是一家人。\n\n三一集团与商汤科技都到了。\n",
    );
    folder.write(
        "content/b.md",
        "---\ntitle: 又一轮\ndate: 2025-07-01\n---\n\n三一投资上海阵量，商汤和上海阵量都在场。\n",
    );
    folder.write("content/c.md", "---\ntitle: 草稿\ndraft: true\n---\n\n商汤。\n");
    folder
}

#[test]
fn build_and_ask() {
    let folder = small();
    let built = folder.run(&["build"]);
    assert_eq!(built.code, 0, "{}{}", built.out, built.err);
    assert!(built.out.contains("2 articles read, 1 drafts left out"), "{}", built.out);
    for name in ["三一集团", "三一", "sany", "ＳＡＮＹ", "company/三一集团"] {
        let ran = folder.run(&["neighbors", name]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
        assert!(ran.out.contains("invests_in") && ran.out.contains("上海阵量"), "{}", ran.out);
    }
    let none = folder.run(&["neighbors", "三一", "--since", "2026"]);
    assert_eq!((none.code, none.err.contains("no tie of 三一集团 fits")), (1, true), "{}", none.err);
    let json = folder.run(&["neighbors", "商汤", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["entity"]["name"], "商汤科技");
    let shown = folder.run(&["show", "SenseTime"]);
    assert!(shown.out.contains("rank") && shown.out.contains("商汤"), "{}", shown.out);
    let evidence = folder.run(&["evidence", "三一", "阵量"]);
    assert_eq!(evidence.code, 1, "阵量 is no name");
    assert!(evidence.err.contains("did you mean 上海阵量?"), "{}", evidence.err);
    let evidence = folder.run(&["evidence", "三一", "上海阵量"]);
    assert!(evidence.out.contains("content/a.md") || evidence.out.contains("a.md:6"), "{}", evidence.out);
    let dot = folder.run(&["export", "dot", "--around", "商汤", "--depth", "2"]);
    assert!(dot.out.starts_with("digraph"), "{}", dot.out);
}

#[test]
fn extract_is_a_filter() {
    let folder = small();
    let line = r#"{"id":"1","title":"阵量","date":"2025-06-24","text":"三一集团投资上海阵量。"}"#;
    let ran = folder.run_with(&["extract", "-"], &format!("{line}\n{{broken\n{line}\n"));
    assert_eq!(ran.code, 1, "a broken line is told of: {}", ran.err);
    let lines: Vec<serde_json::Value> = ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["relations"][0]["s"], "三一集团");
    assert_eq!(lines[0]["relations"][0]["o"], "上海阵量");
    assert_eq!(lines[0]["mentions"][1]["chars"], serde_json::json!([9, 13]));
}

#[test]
fn explain_says_why() {
    let folder = small();
    let ran = folder.run(&["explain", "content/a.md"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("[三一集团]投资[上海阵量]"), "{}", ran.out);
    assert!(ran.out.contains("rule invests_in.verb"), "{}", ran.out);
    assert!(!ran.out.contains('\x1b'), "no colours off a terminal");
}

#[test]
fn help_names_an_example_for_each_command() {
    let folder = Folder::new();
    let commands = [
        "build",
        "neighbors",
        "show",
        "evidence",
        "path",
        "search",
        "top",
        "communities",
        "timeline",
        "diff",
        "conflicts",
        "explain",
        "extract",
        "score",
        "export",
        "completions",
        "man",
    ];
    for command in commands {
        let ran = folder.run(&[command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("Example") && ran.out.contains(&format!("guanxi {command}")), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(folder.run(&["completions", shell]).out.contains("guanxi"));
    }
    assert!(folder.run(&["man"]).out.contains(".TH"));
}

#[test]
fn errors_say_what_to_do() {
    let bare = Folder::new();
    let folder = small();
    folder.run(&["build"]);
    folder.write("empty/readme.html", "");
    folder.write("bad/graph.json", "{\"directed\": true,\n \"graph\": 3}");
    let mut told = String::new();
    let mut tell = |folder: &Folder, args: &[&str]| {
        let ran = folder.run(args);
        let _ = writeln!(told, "$ guanxi {}\n{}exit code {}\n", args.join(" "), ran.err, ran.code);
    };
    tell(&bare, &["build"]);
    tell(&bare, &["dict", "alias", "商汤科技", "商汤公司"]);
    tell(&bare, &["neighbors", "商汤"]);
    tell(&folder, &["build", "--content", "empty"]);
    tell(&folder, &["build", "--content", "nowhere"]);
    tell(&folder, &["neighbors", "商汤科枝"]);
    tell(&folder, &["neighbors", "完全不相干的名字"]);
    tell(&folder, &["neighbors", "商汤", "--relation", "invests"]);
    tell(&folder, &["neighbors", "商汤", "--relation", "likes"]);
    tell(&folder, &["neighbors", "商汤", "--since", "去年"]);
    tell(&folder, &["neighbors", "商汤", "--status", "asserted", "--kind", "person"]);
    tell(&folder, &["evidence", "商汤", "三一", "--relation", "invests_in"]);
    tell(&folder, &["export", "xlsx"]);
    tell(&folder, &["export", "csv"]);
    tell(&folder, &["show", "商汤", "--output", "bad"]);
    tell(&folder, &["score", "empty", "content"]);
    let golden = root().join("tests/golden/errors.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(golden.parent().unwrap()).unwrap();
        std::fs::write(&golden, &told).unwrap();
    }
    let kept = std::fs::read_to_string(&golden).unwrap_or_default();
    assert!(kept == told, "run with UPDATE_GOLDEN=1 and look at the difference; got:\n{told}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = small();
    folder.run(&["build"]);
    let mut child = Command::new(program())
        .args(["export", "json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

/// Articles made to break readers: each ends soon, with a message where something was left out, and costs the
/// others nothing.
#[test]
fn hostile_articles_end_soon() {
    let folder = small();
    folder.write("content/brackets.md", "[".repeat(200_000) + &"(".repeat(200_000));
    folder.write("content/bytes.md", [0xFF, 0xC0, 0x80, b'a', 0xE4, 0xBD].repeat(1000));
    folder.write("content/front.md", format!("---\ntitle: x\n{}", "k: v\n".repeat(50_000)));
    folder.write("content/list.md", "商汤科技、上海阵量、".repeat(8_000) + "投资三一集团。");
    folder.write("content/clauses.md", "三一集团投资上海阵量，".repeat(20_000));
    folder.write("content/quotes.md", "“".repeat(30_000) + "商汤" + &"（".repeat(30_000));
    folder.write("content/agencies.txt", "They met (商汤) then. ".repeat(20_000));
    folder.write("content/empty.md", "");
    let built = folder.run(&["build"]);
    assert!(!built.err.contains("panicked") && !built.err.contains("internal error"), "{}", built.err);
    assert!(built.err.contains("bytes.md:1"), "the bad bytes are told with their place: {}", built.err);
    let shown = folder.run(&["evidence", "三一", "上海阵量"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
}

/// The program carries its dictionaries: it works where no `dictionaries/` lies, and hands out a copy to edit that
/// is the same as what it carries.
#[test]
fn the_shipped_dictionaries_are_inside() {
    let folder = Folder::new();
    folder.write("content/a.md", "---\ntitle: 商汤\ndate: 2025-06-24\n---\n\n商汤科技联合创始人徐冰出席。\n");
    let built = folder.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let graph = std::fs::read(folder.path().join("output/graph.json")).unwrap();
    let made = folder.run(&["dict", "init"]);
    assert_eq!(made.code, 0, "{}", made.err);
    for (name, text) in guanxi::dictionary::shipped::FILES {
        assert_eq!(std::fs::read_to_string(folder.path().join(name)).unwrap(), *text, "{name}");
        assert_eq!(std::fs::read_to_string(root().join(name)).unwrap(), *text, "{name}: rebuild");
    }
    assert_eq!(folder.run(&["dict", "init"]).code, 2, "nothing is overwritten");
    folder.run(&["build"]);
    assert!(graph == std::fs::read(folder.path().join("output/graph.json")).unwrap(), "the copy gives the same graph");
}

#[test]
fn exports_have_dialects_and_parts() {
    let folder = small();
    folder.run(&["build"]);
    let age = folder.run(&["export", "cypher", "--dialect", "age"]);
    assert!(age.code == 0 && age.out.starts_with("BEGIN;") && age.out.ends_with("COMMIT;\n"), "{}{}", age.out, age.err);
    let wrong = folder.run(&["export", "cypher", "--dialect", "sql"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("dialects are neo4j, memgraph, falkordb, age"), "{}", wrong.err);
    let none = folder.run(&["export", "csv", "--dialect", "neo4j"]);
    assert!(none.code == 2 && none.err.contains("leave --dialect out"), "{}", none.err);
    let evidence = folder.run(&["export", "csv", "--part", "evidence", "--relation", "invests_in"]);
    assert!(
        evidence.out.contains("三一集团投资上海阵量。") && !evidence.out.contains("co_mention"),
        "{}",
        evidence.out
    );
    // a tie left out by the filter takes its entities along; a kind alone keeps those without a tie
    let nodes = |args: &[&str]| {
        let ran = folder.run(&[&["export", "csv", "--part", "nodes"], args].concat());
        ran.out.lines().count() - 1
    };
    assert_eq!((nodes(&[]), nodes(&["--relation", "invests_in"]), nodes(&["--kind", "company"])), (3, 2, 3));
    assert_eq!((nodes(&["--around", "商汤", "--relation", "invests_in"]), nodes(&["--kind", "person"])), (1, 0));
}

#[test]
fn a_load_needs_a_login_that_nobody_sees() {
    let folder = small();
    folder.run(&["build"]);
    let ran = folder.run(&["load", "bolt://somebody:secret@localhost:7687"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    match cfg!(feature = "bolt") {
        true => assert!(ran.err.contains("holds a login") && !ran.err.contains("secret"), "{}", ran.err),
        false => assert!(ran.err.contains("built without Bolt"), "{}", ran.err),
    }
}
