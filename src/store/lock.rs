//! One build at a time in a folder. The lock is the system's on an open file: it falls with the process, however that
//! ends.

use super::fault::{self, Doing};
use crate::diagnostic::{Diagnostic, Error};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The file that is locked.
const NAME: &str = ".guanxi.lock";

/// A folder that no other build writes to while this lives.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code, reason = "held, not used")] File);

impl Lock {
    /// Makes the folder if need be and locks it; files that a killed build left there are removed.
    ///
    /// # Errors
    /// When the folder cannot be made or written to, or another build has it.
    pub fn take(folder: &Path) -> Result<Lock, Error> {
        let path = folder.join(NAME);
        let open = || -> std::io::Result<File> {
            std::fs::create_dir_all(folder)?;
            OpenOptions::new().create(true).truncate(false).write(true).open(&path)
        };
        let cannot = |e: &std::io::Error| {
            let d = Diagnostic::error(fault::shown(folder), format!("cannot write here: {e}"));
            Error::new(d.hint("give another folder with --output"))
        };
        let file = open().map_err(|e| match e.kind() {
            std::io::ErrorKind::StorageFull => fault::system(&path, Doing::Writing, &e),
            _ => cannot(&e),
        })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let d = Diagnostic::error(fault::shown(folder), "another guanxi build is writing here");
                return Err(Error::new(d.hint("wait until it has ended, or give another folder with --output")));
            }
            // a file system without locks: better no lock than no build
            Err(TryLockError::Error(e)) if e.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(cannot(&e)),
        }
        sweep(folder);
        Ok(Lock(file))
    }
}

/// How files begin that are being written and are renamed when they are whole.
pub(crate) const UNFINISHED: &str = ".guanxi-";

/// How those go on that will be a store.
pub(super) const STORE: &str = ".db";

/// Removes unfinished files: of stores all, for no build that could own them lives; of others those that nobody has
/// locked.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let left = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if name.starts_with(UNFINISHED) && (name.ends_with(STORE) || left()) {
            // what cannot be removed only takes space
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_killed_builds_left_goes_and_what_is_being_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in [".guanxi-a", ".guanxi-b", ".guanxi-c.db", "guanxi.db"] {
            std::fs::write(path(name), "x").unwrap();
        }
        let writing = File::open(path(".guanxi-b")).unwrap();
        writing.try_lock().unwrap();
        let _lock = Lock::take(folder.path()).unwrap();
        let there = [".guanxi-a", ".guanxi-b", ".guanxi-c.db", "guanxi.db"].map(|name| path(name).exists());
        assert_eq!(there, [false, true, false, true]);
    }
}
