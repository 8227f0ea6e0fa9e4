//! Where questions are answered: a few threads, each with the store open. Every answer comes from one state of the
//! store: a build puts a new file in the old one's place, and a question looks first whether that has happened.

use super::Refused;
use crate::diagnostic::{Diagnostic, Error};
use crate::query::Base;
use crate::store::FILE;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::Semaphore;

/// What tells one file from another that took its place.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Identity {
    file: (u64, u64),
    length: u64,
    changed: Option<SystemTime>,
}

impl Identity {
    fn of(path: &Path) -> Option<Identity> {
        let meta = std::fs::metadata(path).ok()?;
        #[cfg(unix)]
        let file = {
            use std::os::unix::fs::MetadataExt;
            (meta.dev(), meta.ino())
        };
        #[cfg(not(unix))]
        let file = (0, 0);
        Some(Identity { file, length: meta.len(), changed: meta.modified().ok() })
    }
}

/// A store that a thread has open.
struct Opened {
    folder: PathBuf,
    identity: Option<Identity>,
    base: Base,
}

thread_local! {
    static OPENED: RefCell<Option<Opened>> = const { RefCell::new(None) };
}

/// How often a store is opened anew that is exchanged meanwhile.
const TRIES: usize = 5;

fn open(folder: &Path) -> Result<Opened, Refused> {
    let path = folder.join(FILE);
    for _ in 1..TRIES {
        let identity = Identity::of(&path);
        let base = Base::open(folder);
        // what was exchanged in between may look like anything
        if identity == Identity::of(&path) {
            let base = base.map_err(Refused::NoStore)?;
            return Ok(Opened { folder: folder.to_owned(), identity, base });
        }
    }
    let d = Diagnostic::error(path.display().to_string(), "the store is being exchanged all the time");
    Err(Refused::NoStore(Error::new(d.hint("ask again"))))
}

/// Answers on this thread.
fn answer<T>(folder: &Path, deadline: Instant, job: impl FnOnce(&Base) -> Result<T, Refused>) -> Result<T, Refused> {
    // taken out: should the job panic, the store is closed with it
    let kept = OPENED.with(RefCell::take);
    let current = Identity::of(&folder.join(FILE));
    let opened = match kept {
        Some(kept) if kept.folder == folder && kept.identity == current && current.is_some() => kept,
        _ => open(folder)?,
    };
    opened.base.set_deadline(Some(deadline));
    let answer = job(&opened.base);
    opened.base.set_deadline(None);
    OPENED.with(|slot| *slot.borrow_mut() = Some(opened));
    answer
}

/// Takes questions, as many at a time as there are hands.
#[derive(Debug)]
pub struct Desk {
    folder: PathBuf,
    patience: Duration,
    hands: Arc<Semaphore>,
    waiting: AtomicUsize,
}

/// The most questions that wait for a hand.
const MOST_WAITING: usize = 256;

impl Desk {
    /// A desk for the store in `folder`; an answer may take as long as `patience`.
    pub fn new(folder: PathBuf, patience: Duration) -> Desk {
        let hands = Arc::new(Semaphore::new(hands()));
        Desk { folder, patience, hands, waiting: AtomicUsize::new(0) }
    }

    /// Answers, when there is a hand.
    ///
    /// # Errors
    /// When too many wait already, the answer takes too long, the store cannot be opened, or the job fails.
    pub async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Base) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let place = Place::take(&self.waiting).ok_or(Refused::Busy)?;
        let hand = Arc::clone(&self.hands).acquire_owned();
        let Ok(Ok(hand)) = tokio::time::timeout(self.patience, hand).await else { return Err(Refused::Busy) };
        drop(place);
        let (folder, deadline) = (self.folder.clone(), Instant::now() + self.patience);
        let work = tokio::task::spawn_blocking(move || {
            // given back when the work is done, not when nobody waits for it any more
            let _hand = hand;
            answer(&folder, deadline, job)
        });
        // the store breaks off by itself; what happens beside it may be late
        match tokio::time::timeout(self.patience + Duration::from_millis(500), work).await {
            Err(_) => Err(Refused::Late),
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Error::new(Diagnostic::error("", "the answer could not be made")).into()),
        }
    }
}

/// How many questions are answered at a time.
pub(super) fn hands() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 16)
}

/// A place in the queue.
struct Place<'a>(&'a AtomicUsize);

impl Place<'_> {
    fn take(waiting: &AtomicUsize) -> Option<Place<'_>> {
        let before = waiting.fetch_add(1, Ordering::Relaxed);
        let place = Place(waiting);
        (before < MOST_WAITING).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::http::runtime;

    fn desk(patience: u64) -> (tempfile::TempDir, Desk) {
        let folder = tempfile::tempdir().unwrap();
        drop(crate::store::empty(folder.path()));
        let desk = Desk::new(folder.path().to_owned(), Duration::from_millis(patience));
        (folder, desk)
    }

    #[test]
    fn nobody_waits_for_ever() {
        let (_folder, desk) = desk(50);
        runtime().unwrap().block_on(async {
            let late = desk.ask(|base| {
                while !base.overdue() {
                    std::thread::sleep(Duration::from_millis(5));
                }
                base.last_day().map_err(Refused::from)
            });
            // the store breaks off; on a busy machine the desk may be sooner
            assert!(matches!(late.await, Err(Refused::Failed(_) | Refused::Late)));
            let stuck = desk.ask(|_| {
                std::thread::sleep(Duration::from_millis(900));
                Ok(())
            });
            assert!(matches!(stuck.await, Err(Refused::Late)));
        });
    }

    #[test]
    fn too_many_are_sent_away() {
        let (_folder, desk) = desk(400);
        let desk = Arc::new(desk);
        runtime().unwrap().block_on(async {
            let ask = |_| {
                let desk = Arc::clone(&desk);
                tokio::spawn(async move {
                    desk.ask(|_| {
                        std::thread::sleep(Duration::from_millis(30));
                        Ok(())
                    })
                    .await
                })
            };
            let all: Vec<_> = (0..MOST_WAITING + 100).map(ask).collect();
            let mut busy = 0;
            for one in all {
                busy += usize::from(matches!(one.await.unwrap(), Err(Refused::Busy)));
            }
            assert!(busy > 0, "some were sent away");
        });
    }

    #[test]
    fn a_fault_harms_nobody_else() {
        let (_folder, desk) = desk(60_000);
        runtime().unwrap().block_on(async {
            let fault = desk.ask::<()>(|_| panic!("a fault of the test, told on standard error")).await;
            assert!(matches!(fault, Err(Refused::Failed(_))), "{fault:?}");
            assert!(desk.ask(|base| Ok(base.last_day()?)).await.is_ok());
        });
    }

    #[test]
    fn a_store_that_is_not_there_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let desk = Desk::new(folder.path().to_owned(), Duration::from_secs(1));
        let told = runtime().unwrap().block_on(desk.ask(|_| Ok(())));
        assert!(matches!(told, Err(Refused::NoStore(_))), "{told:?}");
    }
}
