//! Which files to read: the articles under one or more roots, by name.

use crate::diagnostic::{Diagnostic, Error};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Markdown,
    Plain,
    Ndjson,
}

impl Format {
    /// By the file name's extension, in any case.
    pub(super) fn of(name: &str) -> Option<Format> {
        let (_, extension) = name.rsplit_once('.')?;
        let is = |known: &str| extension.eq_ignore_ascii_case(known);
        match () {
            () if is("md") || is("markdown") => Some(Format::Markdown),
            () if is("txt") => Some(Format::Plain),
            () if is("ndjson") || is("jsonl") => Some(Format::Ndjson),
            () => None,
        }
    }
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputFile {
    /// Path under the content root, `/`-separated.
    pub name: String,
    /// What to open.
    pub path: PathBuf,
}

/// The articles (`.md`, `.markdown`, `.txt`, `.ndjson`, `.jsonl`) under `roots`, by name in byte order.
/// Hidden files and folders and all other files are passed over; a root may be one file, of any name.
/// Folders and files that cannot be looked at are told of in the second part.
///
/// # Errors
/// When a root does not exist.
pub fn list(roots: &[PathBuf]) -> Result<(Vec<InputFile>, Vec<Diagnostic>), Error> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for root in roots {
        match std::fs::metadata(root) {
            Ok(meta) if meta.is_dir() => walk(root, &mut files, &mut problems),
            Ok(_) => {
                let name = root.file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned();
                files.push(InputFile { path: root.clone(), name });
            }
            Err(error) => return Err(missing(root, &error)),
        }
    }
    files.sort();
    files.dedup();
    for pair in files.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        problems.push(
            Diagnostic::warning(&pair[0].name, "two content roots hold a file of this name")
                .hint("rename one: ties name their evidence by the path under the content root"),
        );
    }
    Ok((files, problems))
}

fn missing(root: &Path, error: &std::io::Error) -> Error {
    let what = if error.kind() == std::io::ErrorKind::NotFound {
        "no such file or folder".to_owned()
    } else {
        format!("cannot be opened: {error}")
    };
    let hint = "give the folder that holds the articles (.md, .txt, .ndjson)";
    Error::usage(Diagnostic::error(root.to_string_lossy(), what).hint(hint))
}

fn walk(root: &Path, files: &mut Vec<InputFile>, problems: &mut Vec<Diagnostic>) {
    let entries = WalkDir::new(root).follow_links(true).into_iter();
    for entry in entries.filter_entry(|e| e.depth() == 0 || !is_hidden(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => {
                let name = name_under(root, entry.path());
                if Format::of(&name).is_some() {
                    files.push(InputFile { path: entry.into_path(), name });
                }
            }
            Ok(_) => {}
            Err(error) => problems.push(unreadable(root, &error)),
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let name = error.path().map(|path| name_under(root, path)).unwrap_or_default();
    match error.loop_ancestor() {
        Some(_) => Diagnostic::warning(name, "this link leads back to a folder above it; passed over"),
        None => {
            let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
            Diagnostic::error(name, format!("cannot be read: {why}")).hint("check its permissions")
        }
    }
}

fn name_under(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_listed_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("b/.git")).unwrap();
        for name in ["z.md", "b/甲.MARKDOWN", "b/a.txt", "b/x.png", "b/.git/c.md", ".h.md", "n.jsonl"] {
            std::fs::write(root.join(name), "文").unwrap();
        }
        let names =
            |root: PathBuf| -> Vec<String> { list(&[root]).unwrap().0.into_iter().map(|file| file.name).collect() };
        assert_eq!(names(root.to_owned()), ["b/a.txt", "b/甲.MARKDOWN", "n.jsonl", "z.md"]);
        assert_eq!(names(root.join("b/x.png")), ["x.png"]);
        let error = list(&[root.join("none")]).unwrap_err();
        assert_eq!(error.exit_code, 2);
        assert!(error.diagnostics[0].hint.is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_a_circle_is_told_of() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "文").unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("circle")).unwrap();
        let (files, problems) = list(&[folder.path().to_owned()]).unwrap();
        assert_eq!((files.len(), problems.len()), (1, 1));
    }
}
