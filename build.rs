//! Puts the shipped dictionaries into the program, so that it runs anywhere.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("set by cargo"));
    let mut files = Vec::new();
    gather(&root.join("dictionaries"), &mut files);
    files.sort();
    let mut out = String::from("[\n");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let name = file.strip_prefix(&root).expect("under the root").to_string_lossy().replace('\\', "/");
        writeln!(out, "({name:?}, include_str!({:?})),", file.display().to_string()).expect("into a string");
    }
    out.push(']');
    let target = PathBuf::from(std::env::var_os("OUT_DIR").expect("set by cargo")).join("shipped.rs");
    std::fs::write(target, out).expect("the build folder is writable");
}

/// The dictionary files of a folder; bulk lists are opt-in and stay outside.
fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("cannot read {}: {e}", folder.display()));
    for path in entries.map(|e| e.expect("a readable folder").path()) {
        if path.is_dir() {
            if path.file_name().is_some_and(|n| n != "bulk") {
                gather(&path, files);
            }
        } else {
            files.push(path);
        }
    }
}
