//! Names that try to break out of a format.

use crate::support::{Dice, Folder, graph, record, root};
use guanxi::export::{FORMATS, find};
use guanxi::graph::{AssembleOptions, Graph, View};
use guanxi::schema::{EntityKind, Status};
use proptest::prelude::*;
use std::process::{Command, Stdio};

const NAMES: [&str; 16] = [
    "华为 \"麒麟\"",
    "C:\\N\\",
    "<b>粗</b>",
    "两\n行\r\n三",
    "A→B",
    "🚀",
    "𠮷野家",
    " ",
    "AT&T",
    "&lt;script&gt;",
    "=HYPERLINK(\"x\")",
    "\\\"",
    "a\0b",
    "node",
    "}]; x -> y",
    "\u{feff}\u{200b}\u{fffe}",
];

fn hostile(names: &[&str]) -> Graph {
    let names: Vec<(EntityKind, &str)> = names.iter().enumerate().map(|(i, n)| (EntityKind::ALL[i % 4], *n)).collect();
    let record = record("a \"b\".md", "2025-06-24", &names, Status::Negated, 0);
    graph(&[record], AssembleOptions { evidence_limit: 3, min_support: 1 })
}

fn written(format: &str, names: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    find(format).unwrap().write(&View::all(&hostile(names)), 0, &mut out).unwrap();
    out
}

/// Whether every string between apostrophes ends, reading as Cypher does: a `\` takes the next character with it.
fn strings_of_cypher(text: &str) -> bool {
    let (mut open, mut escaped) = (false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if open => escaped = true,
            '\'' => open = !open,
            '\n' if open => return false,
            _ => {}
        }
    }
    !open
}

/// Reads DOT as Graphviz does: quoted strings end only at a quote with no `\` before it. Gives the number of
/// strings, or `None` when one does not end.
fn strings(dot: &str) -> Option<usize> {
    let (mut count, mut open, mut escaped) = (0, false, false);
    for c in dot.chars() {
        match (open, c) {
            (true, _) if escaped => escaped = false,
            (true, '\\') => escaped = true,
            (true, '"') => open = false,
            (false, '"') => (open, count) = (true, count + 1),
            _ => {}
        }
    }
    (!open).then_some(count)
}

#[test]
fn hostile_names_pass_through_every_format() {
    let graph = hostile(&NAMES);
    for format in FORMATS.iter().filter(|f| f.name() != "parquet") {
        let forms = format.dialects().iter().map(|d| d.1).chain([*format]);
        for form in forms {
            for part in 0..form.parts().len() {
                let mut out = Vec::new();
                form.write(&View::all(&graph), part, &mut out).unwrap();
                let text = String::from_utf8(out).unwrap_or_else(|e| panic!("{}: {e}", form.name()));
                assert!(!text.is_empty(), "{} {part}", form.name());
                // what takes a name out of its string would leave it here
                let cypher =
                    form.parts()[part].media_type.contains("cypher") || form.parts()[part].media_type.contains("sql");
                assert!(!cypher || strings_of_cypher(&text), "{} {part}", form.name());
            }
        }
    }
    let json: serde_json::Value = serde_json::from_slice(&written("json", &NAMES)).unwrap();
    let mut names: Vec<&str> = json["nodes"].as_array().unwrap().iter().map(|n| n["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let mut expected = NAMES.to_vec();
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn graphviz_takes_hostile_names_without_a_warning() {
    if Command::new("dot").arg("-V").stderr(Stdio::null()).status().is_err() {
        return; // .ci/run has Graphviz; elsewhere the quoting tests stand in
    }
    let folder = crate::support::Folder::new();
    let path = folder.write("graph.dot", written("dot", &NAMES));
    let ran = Command::new("dot").args(["-Tsvg", "-o/dev/null"]).arg(&path).output().unwrap();
    let complaints = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && complaints.is_empty(), "{complaints}");
}

proptest! {
    #[test]
    fn any_name_keeps_dot_and_json_whole(names in prop::collection::vec(any::<String>(), 2..5)) {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let dot = String::from_utf8(written("dot", &names)).unwrap();
        let plain = String::from_utf8(written("dot", &["甲", "乙", "丙", "丁"][..names.len()])).unwrap();
        prop_assert!(strings(&dot).is_some());
        prop_assert!(strings(&plain).is_some());
        prop_assert!(serde_json::from_slice::<serde_json::Value>(&written("json", &names)).is_ok());
        prop_assert!(strings_of_cypher(&String::from_utf8(written("cypher", &names)).unwrap()));
        prop_assert!(serde_json::from_slice::<serde_json::Value>(&written("jsonld", &names)).is_ok());
        for line in String::from_utf8(written("jsonl", &names)).unwrap().lines() {
            prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
        }
    }
}

/// Articles with marks of more than one byte strewn in, between and within words, are read like any others.
#[test]
fn marks_strewn_into_articles_stop_no_reading() {
    const MARKS: [char; 12] = ['“', '”', '，', '（', '—', '…', 'é', 'あ', '🙂', '１', '　', '器'];
    let mut dice = Dice(7);
    let mut below = |n: usize| dice.between(0, n);
    // names that need other words beside them are judged by these words, so they have to be there
    let needy = "Archive, Modal, Box, Jasper, Glean and Block joined at Lantern's; director at Box, backed by Modal. ";
    let folder = Folder::new();
    let mut paths: Vec<_> = std::fs::read_dir(root().join("content")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for (number, path) in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "md")).enumerate() {
        let text = std::fs::read_to_string(path).unwrap() + "\n\n" + &needy.repeat(3);
        for round in 0..8 {
            let mut text: Vec<char> = text.chars().collect();
            for _ in 0..text.len() / if round % 2 == 0 { 8 } else { 40 } {
                let (at, mark) = (below(text.len()), MARKS[below(MARKS.len())]);
                if below(2) == 0 { text.insert(at, mark) } else { text[at] = mark }
            }
            folder.write(&format!("content/{number}-{round}.md"), text.into_iter().collect::<String>());
        }
    }
    let ran = folder.run(&["extract", "content"]);
    assert!(!ran.err.contains("internal error"), "{}", ran.err);
    assert!(ran.out.lines().count() > 100, "{}", ran.err);
}
