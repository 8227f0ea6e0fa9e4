//! The exact words of every finding, over a small dictionary with one fault of each sort, and the shipped
//! dictionaries, which have none.

use super::*;
use crate::dictionary::{Sources, open};
use std::fmt::Write as _;
use std::path::Path;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, source) in files {
        let path = dir.path().join("dictionaries").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, source).unwrap();
    }
    dir
}

fn findings(files: &[(&str, &str)]) -> String {
    let dir = folder(files);
    let root = dir.path().join("dictionaries");
    let opened = open(&Sources { paths: vec![root] }, None);
    let mut out = String::new();
    for f in check(&opened) {
        let _ = writeln!(out, "[{}] {}", f.check.as_str(), f.diagnostic);
    }
    let above = format!("{}/", dir.path().to_string_lossy().replace('\\', "/"));
    out.replace(&above, "")
}

#[test]
fn every_finding_in_its_words() {
    let files: Vec<(&str, &str)> = include_str!("../../../tests/golden/dict-check/dictionary.txt")
        .split("=== ")
        .skip(1)
        .map(|part| part.split_once('\n').unwrap())
        .collect();
    let found = findings(&files);
    let want = include_str!("../../../tests/golden/dict-check/findings.txt");
    assert!(found == want, "findings are not as tests/golden/dict-check/findings.txt has them:\n{found}");
}

#[test]
fn what_is_sound_is_not_found_fault_with() {
    let files = [
        ("lexicon/english-words.txt", "slack\nnotion\n"),
        (
            "companies/a.yaml",
            "- name: Notion Labs\n  aliases:\n    - {text: Notion, rare: true}\n- name: 深度求索\n  aliases: [DeepSeek]\n",
        ),
        (
            "products/a.yaml",
            "- name: DeepSeek\n  maker: 深度求索\n  versions: true\n- name: Notion\n  aliases:\n    - {text: Notion, case: exact}\n  maker: Notion Labs\n",
        ),
        (
            "people/a.yaml",
            "- name: 李飞飞\n  affiliation: [Notion Labs]\n- name: 李飞飞（阿里云）\n  aliases:\n    - {text: 李飞飞, needs: [阿里云]}\n",
        ),
    ];
    assert_eq!(findings(&files), "");
}

#[test]
fn the_shipped_dictionaries_are_sound() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("dictionaries");
    let opened = open(&Sources { paths: vec![root] }, None);
    let found: Vec<String> = check(&opened).iter().map(|f| f.diagnostic.to_string()).collect();
    assert!(opened.dictionary.entities.len() >= 2500);
    assert!(found.is_empty(), "{} findings; `guanxi dict check` shows them:\n{}", found.len(), found.join("\n"));
}
