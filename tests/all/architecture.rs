//! The flow has one direction: a module uses only those above it in `lib.rs`; and no file grows without end.

use crate::support::root;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The modules in the order of `lib.rs`.
fn order() -> Vec<String> {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let module = |line: &str| Some(line.trim().strip_prefix("pub mod ")?.strip_suffix(';')?.to_string());
    lib.lines().filter_map(module).collect()
}

#[test]
fn modules_use_only_those_above_them() {
    let order = order();
    let rank = |module: &str| order.iter().position(|m| m == module);
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut faults = Vec::new();
    for file in files {
        let inside = file.strip_prefix(root().join("src")).unwrap();
        let own = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_string();
        let Some(own_rank) = rank(&own) else { continue };
        let text = std::fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            let code = line.trim_start();
            if code.starts_with("//") {
                continue;
            }
            for (at, _) in code.match_indices("crate::") {
                let rest = &code[at + "crate::".len()..];
                let used: Vec<&str> = match rest.strip_prefix('{') {
                    Some(list) => list.split(['{', '}', ',']).map(|u| u.trim().split("::").next().unwrap()).collect(),
                    None => vec![rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()],
                };
                for module in used {
                    if rank(module).is_some_and(|r| r > own_rank) {
                        faults.push(format!("{}:{}: {own} uses {module}", inside.display(), number + 1));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "a module may use only those above it in lib.rs:\n{}", faults.join("\n"));
}

#[test]
fn every_module_stands_in_the_flow_and_says_what_it_owns() {
    let order = order();
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    for file in files {
        let inside = file.strip_prefix(root().join("src")).unwrap();
        let own = inside.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_string();
        assert!(order.contains(&own) || ["lib", "main"].contains(&own.as_str()), "{own} is not in lib.rs");
        let text = std::fs::read_to_string(&file).unwrap();
        let tests = inside.file_name().is_some_and(|n| n == "tests.rs");
        assert!(tests || text.starts_with("//!"), "{} does not say what it owns", inside.display());
        assert!(text.lines().count() <= 700, "{} has grown too long: split it by meaning", inside.display());
    }
}
