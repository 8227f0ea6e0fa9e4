//! Whether an input file is what it was: by its size and times, as git does it, and by its content where those prove
//! nothing.
//!
//! A file that was written so shortly before it was read that a second write could bear the same time ("racily clean",
//! <https://git-scm.com/docs/racy-git>) is compared by content until its time is past.

use rustc_hash::FxHashMap;
use std::path::Path;
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::Xxh3;

/// How long after its modification a file's time proves nothing: the coarsest clock of a file system in use (FAT).
const RACY: Duration = Duration::from_secs(2);

/// What the system says about a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    /// Bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: i64,
    /// The same for the inode, on Unix; else 0.
    pub changed: i64,
    /// On Unix; else 0.
    pub inode: i64,
    /// Modified so shortly before it was looked at that the times prove nothing.
    pub racy: bool,
}

impl Stat {
    /// Looks at a file; `None` when that fails, or its times are beyond what the store holds.
    pub fn of(path: &Path) -> Option<Stat> {
        let meta = std::fs::metadata(path).ok()?;
        let now = SystemTime::now();
        let modified = meta.modified().ok()?;
        let racy = modified.checked_add(RACY).is_none_or(|safe| safe >= now);
        let nanoseconds = match modified.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).ok()?,
            Err(before) => -i64::try_from(before.duration().as_nanos()).ok()?,
        };
        let (changed, inode) = inode(&meta);
        Some(Stat { size: meta.len(), modified: nanoseconds, changed, inode, racy })
    }

    /// Whether a file that looks like this now is surely the one that looked like `before`.
    pub(super) fn proves(&self, before: &Stat) -> bool {
        !before.racy
            && (self.size, self.modified, self.changed, self.inode)
                == (before.size, before.modified, before.changed, before.inode)
    }
}

#[cfg(unix)]
fn inode(meta: &std::fs::Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (meta.ctime().wrapping_mul(1_000_000_000).wrapping_add(meta.ctime_nsec()), meta.ino().cast_signed())
}

#[cfg(not(unix))]
fn inode(_: &std::fs::Metadata) -> (i64, i64) {
    (0, 0)
}

/// A number for a file's content: XXH3, 128 bits. It tells edits apart; it does not guard against forgery.
#[derive(Default)]
pub struct Hasher(Xxh3);

impl Hasher {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The number, big-endian.
    pub fn finish(&self) -> [u8; 16] {
        self.0.digest128().to_be_bytes()
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Hasher").finish_non_exhaustive()
    }
}

/// What an input file gave when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// How it looked before it was read, and its content's number; `None` when it must be read again in any case
    /// (standard input, a file that could not be read to its end).
    pub seen: Option<(Stat, [u8; 16])>,
    /// Articles read.
    pub articles: u64,
    /// Articles marked as drafts, read or not.
    pub drafts: u64,
    /// Those of them not read.
    pub left_out: u64,
    /// Articles that could not be read.
    pub failed: u64,
}

/// What to do with an input file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is as it was.
    Same,
    /// It is as it was, but its times have changed.
    Touched(Stat),
    /// It must be read.
    Read,
}

/// The input files that a store knows.
#[derive(Debug, Default)]
pub struct Known {
    /// By name under the content root and path as given to the system: row and state.
    pub(super) files: FxHashMap<(String, String), (i64, FileState)>,
    /// Whether drafts were read.
    pub(super) drafts: bool,
}

impl Known {
    /// The row and state of a file.
    pub fn file(&self, name: &str, place: &Path) -> Option<&(i64, FileState)> {
        // what is no UTF-8 cannot be told from another such path
        self.files.get(&(name.to_owned(), place.to_str()?.to_owned()))
    }

    /// The rows of all files, in no order.
    pub fn ids(&self) -> impl Iterator<Item = i64> {
        self.files.values().map(|(id, _)| *id)
    }

    /// Whether a known file must be read again; `drafts` tells whether drafts are wanted now.
    pub fn judge(&self, state: &FileState, path: &Path, drafts: bool) -> Verdict {
        let Some((before, hash)) = &state.seen else { return Verdict::Read };
        if state.drafts > 0 && drafts != self.drafts {
            return Verdict::Read;
        }
        match Stat::of(path) {
            None => Verdict::Read,
            Some(now) if now.proves(before) => Verdict::Same,
            Some(now) if now.size != before.size => Verdict::Read,
            Some(now) => match content(path) {
                Some(found) if found == *hash => Verdict::Touched(now),
                _ => Verdict::Read,
            },
        }
    }
}

/// The number of a file's content ([`Hasher`]); `None` when it cannot be read.
pub fn content(path: &Path) -> Option<[u8; 16]> {
    use std::io::Read;
    let mut file = std::fs::File::open(path).ok()?;
    let mut hasher = Hasher::default();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Some(hasher.finish()),
            Ok(n) => hasher.add(&buffer[..n]),
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}
