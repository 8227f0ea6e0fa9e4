//! SQLite's errors in words: what went wrong with which file, and what to do.

use crate::diagnostic::{Diagnostic, Error};
use rusqlite::ErrorCode;
use std::path::Path;

/// What was being done with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Reading,
    Writing,
}

/// How a file is shown.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// The store cannot be trusted.
pub(super) fn damaged(path: &Path, why: &str) -> Error {
    let d = Diagnostic::error(shown(path), format!("the store is damaged: {why}"));
    Error::new(d.hint("`guanxi build --fresh` makes a new one from the articles"))
}

/// A system call on the way to the store failed.
pub(super) fn system(path: &Path, doing: Doing, error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return full(path);
    }
    let (what, hint) = match doing {
        Doing::Reading => ("cannot read the store", "give the folder that `guanxi build` wrote with --output"),
        Doing::Writing => ("cannot write the store", "give another folder with --output"),
    };
    Error::new(Diagnostic::error(shown(path), format!("{what}: {error}")).hint(hint))
}

fn full(path: &Path) -> Error {
    let d = Diagnostic::error(shown(path), "cannot write the store: the disk is full");
    Error::new(d.hint("free some space, or give a folder on another disk with --output; what was there is as it was"))
}

/// An error of SQLite.
pub(super) fn sqlite(path: &Path, doing: Doing, error: &rusqlite::Error) -> Error {
    let message = match error {
        rusqlite::Error::SqliteFailure(code, Some(message)) if message.is_empty() => code.to_string(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    };
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => full(path),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, &message),
        // a table or column that must be there is not, or holds what it cannot
        Some(ErrorCode::Unknown | ErrorCode::ConstraintViolation) | None => damaged(path, &message),
        _ => match doing {
            Doing::Reading => {
                let d = Diagnostic::error(shown(path), format!("cannot read the store: {message}"));
                Error::new(d.hint("check that the file may be read, or run `guanxi build` again"))
            }
            Doing::Writing => {
                let d = Diagnostic::error(shown(path), format!("cannot write the store: {message}"));
                Error::new(d.hint("check the disk, or give another folder with --output"))
            }
        },
    }
}
