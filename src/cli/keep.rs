//! A build with a store: only what has changed is read, and the graph is that of a build from nothing.

use super::Stop;
use super::pipeline::{self, Engine, Input, Tally};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::dictionary::Dictionary;
use crate::export::Left;
use crate::graph::record::{Record, record};
use crate::graph::{AssembleOptions, Assembler, Graph, Settled};
use crate::store::{FileState, Known, Makings, Stat, Store, Verdict, Writer, reassemble};
use rustc_hash::{FxHashMap, FxHashSet};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

/// What a build is made with.
pub(super) struct Work<'a> {
    pub(super) engine: Engine<'a>,
    pub(super) dictionary: &'a Dictionary,
    pub(super) input: Input,
    pub(super) keep: AssembleOptions,
    pub(super) threads: usize,
}

/// A graph, and the store that is to hold it.
pub(super) struct Kept {
    pub(super) graph: Graph,
    pub(super) tally: Tally,
    /// Files read, files as they were, and files gone since the last build; `None` for a build from nothing.
    pub(super) change: Option<Change>,
    pending: Pending,
}

/// What an update found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Files read.
    pub(super) read: usize,
    /// Files gone.
    pub(super) gone: usize,
}

/// What is left to be written.
enum Pending {
    /// No store is wanted.
    No,
    /// At most what the store notes of the other files.
    Notes(PathBuf, Makings),
    /// That, and times of files.
    Touched(Writer),
    /// The nodes of the graph.
    Nodes(Writer),
}

impl Kept {
    /// Has the other files written and then puts the store into its place, with a note of what they are. Gives all
    /// paths, the store's last.
    pub(super) fn commit(
        self,
        write: impl FnOnce(&Graph) -> Result<Vec<Left>, Error>,
        note: impl FnOnce(&[Left]) -> Vec<(String, String)>,
    ) -> Result<Vec<PathBuf>, Error> {
        let Kept { graph, pending, .. } = self;
        // the program ends with this: to take a large graph apart would only take time
        let graph = ManuallyDrop::new(graph);
        let graph: &Graph = &graph;
        let (files, store) = match pending {
            Pending::No => (write(graph)?, None),
            Pending::Notes(path, makings) => {
                let files = write(graph)?;
                let notes = note(&files);
                let store = if holds(&path, &notes)? {
                    path
                } else {
                    let folder = path.parent().unwrap_or(Path::new(""));
                    Writer::update(folder, makings, &path)?.leave(&notes)?.replace()?
                };
                (files, Some(store))
            }
            Pending::Touched(writer) => {
                let files = write(graph)?;
                let notes = note(&files);
                (files, Some(writer.leave(&notes)?.replace()?))
            }
            Pending::Nodes(writer) => {
                let (files, writer) = beside(|| write(graph), || writer.nodes(graph));
                let (files, writer) = (files?, writer?);
                let notes = note(&files);
                (files, Some(writer.leave(&notes)?.replace()?))
            }
        };
        Ok(files.into_iter().map(|file| file.path).chain(store).collect())
    }
}

/// Does one thing on a thread of its own and another here.
pub(super) fn beside<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let there = scope.spawn(there);
        let here = here();
        (here, there.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Whether the store notes just this.
fn holds(store: &Path, notes: &[(String, String)]) -> Result<bool, Error> {
    let store = Store::open(store)?;
    let mut facts = notes.iter().map(|(name, value)| Ok(store.fact::<String>(name)?.as_ref() == Some(value)));
    facts.try_fold(true, |all, holds: Result<bool, Error>| Ok(all && holds?))
}

/// One hand's share.
struct Shard<'d> {
    graph: Assembler<'d>,
    records: Vec<(u64, usize, Record)>,
}

impl<'a> Work<'a> {
    fn shards(&self) -> Vec<Shard<'a>> {
        let shard = |_| Shard { graph: Assembler::new(&self.dictionary.schema, self.keep), records: Vec::new() };
        (0..self.threads).map(shard).collect()
    }

    /// The graph, not yet measured.
    fn assemble(&self, shards: Vec<Shard<'a>>) -> (Graph, Settled) {
        let mut graphs = shards.into_iter().map(|s| s.graph);
        let mut all = graphs.next().expect("there is a hand");
        graphs.for_each(|graph| all.merge(graph));
        let (mut graph, settled) = all.finish_settled();
        graph.describe(self.dictionary);
        (graph, settled)
    }

    /// The graph, whose ties are in the store.
    fn finish(&self, shards: Vec<Shard<'a>>, mut writer: Writer) -> Result<(Graph, Writer), Error> {
        let (mut graph, settled) = self.assemble(shards);
        let (measures, writer) = beside(|| graph.measures(), || writer.ties(&graph, &settled).map(|()| writer));
        graph.set(measures);
        Ok((graph, writer?))
    }

    /// Builds without a store.
    pub(super) fn alone(&self) -> Result<Kept, Stop> {
        let mut shards = self.shards();
        let each = |shard: &mut Shard<'_>, read: pipeline::Read<'_>| {
            let (found, claims) = self.engine.understand(read.article);
            shard.graph.add(&record(read.article, &found, &claims, self.dictionary));
        };
        let tally = pipeline::run(&self.input, &mut shards, each, |_| Ok(()))?;
        let (mut graph, _) = self.assemble(shards);
        graph.set(graph.measures());
        Ok(Kept { graph, tally, change: None, pending: Pending::No })
    }

    /// Builds with the store of `folder`: from nothing if there is no earlier one or it does not fit.
    pub(super) fn with_store(
        &self,
        folder: &Path,
        makings: Makings,
        earlier: Option<(Store, Plan)>,
    ) -> Result<Kept, Stop> {
        if let Some((store, plan)) = earlier {
            // when most is new, nothing is gained by what is not
            if plan.read.len() <= self.input.files().len() / 2 && store.fits(&makings)? {
                return self.update(folder, makings, &store, plan);
            }
        }
        let mut writer = Writer::fresh(folder, makings)?;
        let rows: Vec<i64> = self.input.files().iter().map(|_| writer.new_file()).collect();
        let mut shards = self.shards();
        let (writer, tally) = self.fill(&self.input, writer, &rows, &mut shards)?;
        for ((file, row), (state, messages)) in self.input.files().iter().zip(rows).zip(&tally.files) {
            writer.file(row, &file.name, &file.path, state, messages)?;
        }
        let (graph, writer) = self.finish(shards, writer)?;
        Ok(Kept { graph, tally, change: None, pending: Pending::Nodes(writer) })
    }

    fn update(&self, folder: &Path, makings: Makings, store: &Store, plan: Plan) -> Result<Kept, Stop> {
        let change = Change { read: plan.read.len(), gone: plan.gone.len() };
        let same = change == Change::default() && store.kept()? == (makings.keep, makings.drafts);
        if same {
            let pending = if plan.touched.is_empty() {
                Pending::Notes(store.path().to_owned(), makings)
            } else {
                let writer = Writer::update(folder, makings, store.path())?;
                plan.touched.iter().try_for_each(|(row, stat)| writer.touch(*row, stat))?;
                Pending::Touched(writer)
            };
            let tally = plan.tally(store, &self.input, &Tally::default())?;
            return Ok(Kept { graph: store.graph()?, tally, change: Some(change), pending });
        }

        let mut shards = self.shards();
        let changed: FxHashSet<i64> = plan.gone.iter().chain(plan.read.values().flatten()).copied().collect();
        let mut graphs: Vec<Assembler<'_>> = shards
            .iter_mut()
            .map(|s| std::mem::replace(&mut s.graph, Assembler::new(&self.dictionary.schema, self.keep)))
            .collect();
        // most of the copying is waiting for the disk
        let old = store.path();
        let copy = || {
            let mut writer = Writer::update(folder, makings, old)?;
            // in the order of their rows: which free places new rows take must not depend on a hash
            let mut out: Vec<i64> = changed.iter().copied().collect();
            out.sort_unstable();
            out.into_iter().try_for_each(|row| writer.take_out(row))?;
            plan.touched.iter().try_for_each(|(row, stat)| writer.touch(*row, stat))?;
            Ok::<Writer, Error>(writer)
        };
        let (assembled, writer) = beside(|| reassemble(store, &changed, &mut graphs), copy);
        assembled?;
        let mut writer = writer?;
        shards.iter_mut().zip(graphs).for_each(|(shard, graph)| shard.graph = graph);
        let input = self.input.only(|i| plan.read.contains_key(&i));
        let chosen = (0..self.input.files().len()).filter_map(|i| plan.read.get(&i));
        let rows: Vec<i64> = chosen.map(|row| row.unwrap_or_else(|| writer.new_file())).collect();
        let (writer, tally) = self.fill(&input, writer, &rows, &mut shards)?;
        for ((file, row), (state, messages)) in input.files().iter().zip(rows).zip(&tally.files) {
            writer.file(row, &file.name, &file.path, state, messages)?;
        }
        let tally = plan.tally(store, &self.input, &tally)?;
        let (graph, writer) = self.finish(shards, writer)?;
        Ok(Kept { graph, tally, change: Some(change), pending: Pending::Nodes(writer) })
    }

    /// Reads the input into the shards and, on a thread of its own and in the order of the input, into the store.
    fn fill(
        &self,
        input: &Input,
        writer: Writer,
        rows: &[i64],
        shards: &mut [Shard<'a>],
    ) -> Result<(Writer, Tally), Stop> {
        let each = |shard: &mut Shard<'_>, read: pipeline::Read<'_>| {
            let (found, claims) = self.engine.understand(read.article);
            let record = record(read.article, &found, &claims, self.dictionary);
            shard.graph.add_placed(&record, read.place);
            shard.records.push((read.place, read.file, record));
        };
        std::thread::scope(|scope| {
            let (send, receive) = sync_channel(1);
            let writing = scope.spawn(move || write(writer, rows, &receive));
            let tally = pipeline::run(input, shards, each, |shards| {
                let mut batch: Vec<(u64, usize, Record)> =
                    shards.iter_mut().flat_map(|s| std::mem::take(&mut s.records)).collect();
                batch.sort_unstable_by_key(|(place, ..)| *place);
                // the writer has stopped: what it has to say follows
                send.send(batch).map_err(|_| Stop::Unread)
            });
            drop(send);
            let writer = writing.join().expect("the writer does not panic")?;
            Ok((writer, tally?))
        })
    }
}

fn write(mut writer: Writer, rows: &[i64], receive: &Receiver<Vec<(u64, usize, Record)>>) -> Result<Writer, Error> {
    for batch in receive {
        batch.iter().try_for_each(|(place, file, record)| writer.add(rows[*file], *place, record))?;
    }
    Ok(writer)
}

/// The store of an earlier build in `folder`, if there is one that can be read, and what is to be done to update it.
pub(super) fn earlier(folder: &Path, input: &Input, threads: usize) -> Result<Option<(Store, Plan)>, Error> {
    let Some(store) = Store::earlier(folder)? else { return Ok(None) };
    let plan = Plan::of(&store, input, threads)?;
    Ok(Some((store, plan)))
}

/// What an update has to do.
pub(super) struct Plan {
    /// Files to be read, by index into the input, with the rows of those that the store knows.
    read: FxHashMap<usize, Option<i64>>,
    /// Files that only look different.
    touched: Vec<(i64, Stat)>,
    /// Files as they were, by index.
    same: FxHashMap<usize, (i64, FileState)>,
    /// Rows of files that are gone.
    gone: Vec<i64>,
}

impl Plan {
    /// Whether all is as it was, to the times of the files.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.touched.is_empty() && self.gone.is_empty()
    }

    fn of(store: &Store, input: &Input, threads: usize) -> Result<Plan, Error> {
        let (known, doubles) = store.known()?;
        let files = input.files();
        let verdicts: Vec<Mutex<Verdict>> = files.iter().map(|_| Mutex::new(Verdict::Read)).collect();
        let rows: Vec<Option<&(i64, FileState)>> = files.iter().map(|f| known.file(&f.name, &f.path)).collect();
        judge(input, &known, &rows, &verdicts, threads);
        let mut plan =
            Plan { read: FxHashMap::default(), touched: Vec::new(), same: FxHashMap::default(), gone: doubles };
        let mut found = FxHashSet::default();
        for (i, (verdict, row)) in verdicts.into_iter().zip(&rows).enumerate() {
            let verdict = verdict.into_inner().expect("no thread panicked");
            found.extend(row.map(|(id, _)| *id));
            match (verdict, row) {
                (Verdict::Read, row) => {
                    plan.read.insert(i, row.map(|(id, _)| *id));
                }
                (_, None) => {
                    plan.read.insert(i, None);
                }
                (verdict, Some((id, state))) => {
                    if let Verdict::Touched(stat) = verdict {
                        plan.touched.push((*id, stat));
                    }
                    plan.same.insert(i, (*id, state.clone()));
                }
            }
        }
        plan.gone.extend(known.ids().filter(|id| !found.contains(id)));
        plan.gone.sort_unstable();
        Ok(plan)
    }

    /// What a build from nothing would tell: of files as they were what the store has, of the others what was `read`.
    pub(super) fn tally(&self, store: &Store, input: &Input, read: &Tally) -> Result<Tally, Error> {
        let mut messages = store.messages()?;
        let mut all = Tally { diagnostics: input.found().to_vec(), ..Tally::default() };
        all.failed = input.found().iter().filter(|d| d.severity == Severity::Error).count() as u64;
        let mut fresh = read.files.iter();
        for i in 0..input.files().len() {
            let (state, told): (&FileState, Vec<Diagnostic>) = match self.same.get(&i) {
                Some((row, state)) => (state, messages.remove(row).unwrap_or_default()),
                None => match fresh.next() {
                    Some((state, told)) => (state, told.clone()),
                    None => continue,
                },
            };
            all.articles += state.articles;
            all.drafts += state.left_out;
            all.failed += state.failed;
            all.diagnostics.extend(told);
        }
        Ok(all)
    }
}

/// Judges each file that the store knows; many at a time, for most of it is waiting for the system.
fn judge(
    input: &Input,
    known: &Known,
    rows: &[Option<&(i64, FileState)>],
    verdicts: &[Mutex<Verdict>],
    threads: usize,
) {
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let (Some(row), Some(file)) = (rows.get(i), input.files().get(i)) else { return };
            let verdict = match row {
                Some((_, state)) if !Input::is_stdin(file) => known.judge(state, &file.path, input.drafts()),
                _ => Verdict::Read,
            };
            *verdicts[i].lock().expect("no thread panicked") = verdict;
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
}
