//! Options that several commands share, and their way from typed to usable.

use super::Stop;
use crate::diagnostic::{Diagnostic, Error};
use crate::dictionary::shipped::SHIPPED;
use crate::dictionary::{self, Dictionary, Gathered, Sources};
use crate::export;
use crate::graph::{Bond, Graph, View, node_link};
use crate::mention;
use crate::query::{self, Base, Filter, Lookup, Selection};
use crate::schema::{EntityKind, Schema, Status};
use crate::store::Store;
use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};
use petgraph::graph::NodeIndex;
use std::path::{Path, PathBuf};

/// What is known and how articles are understood.
#[derive(Debug, Args)]
pub(super) struct Knowing {
    /// A further dictionary: a folder laid out like dictionaries/, or a YAML or CSV file
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath, help_heading = "Dictionary")]
    dict: Vec<PathBuf>,
    /// Read neither the folder dictionaries/ nor, where there is none, the dictionary built into the program
    #[arg(long, help_heading = "Dictionary")]
    no_default_dict: bool,
    /// Leave out entities that no dictionary lists (a listed name inside a longer unlisted one is still none)
    #[arg(long, help_heading = "Dictionary")]
    listed_only: bool,
    /// Do not resolve 该公司, 他, surnames and the like
    #[arg(long, help_heading = "Dictionary")]
    no_coreference: bool,
}

/// Where dictionaries lie when nothing else is said.
pub(super) const DICTIONARIES: &str = "dictionaries";

/// The dictionary that the files are; its warnings are printed.
pub(super) fn understand(files: Gathered) -> Result<Dictionary, Stop> {
    let (dictionary, warnings) = files.load()?;
    super::report(&warnings);
    Ok(dictionary)
}

impl Knowing {
    /// Reads the dictionaries; their warnings are printed.
    pub(super) fn load(&self) -> Result<Dictionary, Stop> {
        understand(self.gather())
    }

    /// The dictionaries' files, not yet understood.
    pub(super) fn gather(&self) -> Gathered {
        dictionary::gather(&self.sources())
    }

    /// The files and folders that make up the dictionary: dictionaries/ if it lies here, else the shipped one.
    pub(super) fn sources(&self) -> Sources {
        let here = Path::new(DICTIONARIES).is_dir();
        let default = (!self.no_default_dict).then(|| PathBuf::from(if here { DICTIONARIES } else { SHIPPED }));
        Sources { paths: default.into_iter().chain(self.dict.iter().cloned()).collect() }
    }

    /// The same for those who edit the files: the shipped dictionary is not one of them.
    pub(super) fn sources_to_edit(&self) -> Result<Sources, Stop> {
        let sources = self.sources();
        if sources.paths.iter().any(|p| p == Path::new(SHIPPED)) {
            let d = Diagnostic::error(DICTIONARIES, "there is no such folder here to edit");
            let hint = "`guanxi dict init` writes a copy of the shipped dictionaries; or use --no-default-dict with --dict PATH";
            return Err(Error::usage(d.hint(hint)).into());
        }
        Ok(sources)
    }

    /// How to recognise.
    pub(super) fn recognise(&self, explain: bool) -> mention::Options {
        mention::Options { listed_only: self.listed_only, coreference: !self.no_coreference, explain }
    }
}

/// Which articles, and how many hands.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Read drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Threads; 0 for one each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

impl Reading {
    pub(super) fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        }
    }
}

/// Where a built graph lies.
#[derive(Debug, Args)]
pub(super) struct Built {
    /// The folder that `guanxi build` wrote
    #[arg(long, value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

impl Built {
    pub(super) fn load(&self) -> Result<Graph, Error> {
        node_link::read(&self.output.join("graph.json"))
    }

    /// The store, to be asked.
    pub(super) fn base(&self) -> Result<Base, Error> {
        Base::open(&self.output)
    }

    /// The store.
    pub(super) fn store(&self) -> Result<Store, Error> {
        Store::open(&self.output.join(crate::store::FILE))
    }
}

/// Which ties count.
#[derive(Debug, Args)]
pub(super) struct Filtering {
    /// Only these relations, such as invests_in,acquires (co_mention: mentioned together)
    #[arg(long, value_name = "RELATION", value_delimiter = ',')]
    relation: Vec<String>,
    /// Only entities of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kinds())]
    kind: Vec<String>,
    /// Only relations that stand so
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = statuses())]
    status: Vec<String>,
    /// Only ties seen on this day or later (YYYY, YYYY-MM or YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only ties seen on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Only ties with at least this many independent sentences
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    min_weight: f64,
}

pub(super) fn kinds() -> PossibleValuesParser {
    EntityKind::ALL.map(EntityKind::as_str).into()
}

fn statuses() -> PossibleValuesParser {
    Status::ALL.map(Status::as_str).into()
}

impl Filtering {
    /// The filter for a graph with this vocabulary.
    pub(super) fn filter(&self, schema: &Schema) -> Result<Filter, Error> {
        let kinds = self.kind.iter().filter_map(|k| EntityKind::parse(k));
        Ok(Filter {
            bonds: query::bonds(&self.relation, schema)?,
            kinds: if self.kind.is_empty() { crate::schema::KindSet::ANY } else { kinds.collect() },
            statuses: self.status.iter().filter_map(|s| Status::parse(s)).collect(),
            since: query::day(self.since.as_deref(), false)?,
            until: query::day(self.until.as_deref(), true)?,
            min_weight: self.min_weight,
        })
    }
}

/// Which part of the graph a picture shows.
#[derive(Debug, Args)]
pub(super) struct Picking {
    /// At most this many entities, most important first; 0 for all
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    filtering: Filtering,
    /// Only entities of the community with this number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    community: Option<u32>,
    /// Only what lies near this entity (any of its names; may be repeated)
    #[arg(long, value_name = "ENTITY")]
    around: Vec<String>,
    /// How many ties away is near
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: u32,
}

impl Picking {
    /// Whether nothing was asked for.
    fn is_default(&self) -> bool {
        let f = &self.filtering;
        self.top.is_none()
            && self.around.is_empty()
            && self.community.is_none()
            && f.relation.is_empty()
            && f.kind.is_empty()
            && f.status.is_empty()
            && f.since.is_none()
            && f.until.is_none()
            && f.min_weight == 0.0
    }

    /// The number of entities asked for.
    pub(super) fn top(&self) -> Option<usize> {
        self.top
    }

    /// All of the graph that was asked for: a table or database has room for what fits no picture.
    pub(super) fn view<'g>(&self, graph: &'g Graph) -> Result<View<'g>, Error> {
        if self.is_default() {
            return Ok(View::all(graph));
        }
        let selection = Selection { top: self.top.unwrap_or(0), ..self.selection(graph)? };
        Ok(query::part(graph, &selection))
    }

    /// The selection from this graph.
    pub(super) fn selection(&self, graph: &Graph) -> Result<Selection, Error> {
        let filter = self.filtering.filter(&graph.schema)?;
        let mut around: Vec<NodeIndex> = Vec::new();
        if !self.around.is_empty() {
            let lookup = Lookup::new(graph);
            for name in &self.around {
                around.push(lookup.one(name)?.0);
            }
        }
        let co_mentions = if filter.bonds.contains(&Bond::CoMention) { usize::MAX } else { 1 };
        let top = self.top.unwrap_or(Selection::default().top);
        let community = self.community;
        Ok(Selection { top, filter, around, depth: self.depth, community, co_mentions, ..Selection::default() })
    }
}

/// The format with this name.
pub(super) fn format(name: &str) -> Result<&'static dyn export::Format, Error> {
    export::find(name).ok_or_else(|| {
        if name == export::PARQUET {
            let d = Diagnostic::error("", "this guanxi was built without Parquet");
            return Error::usage(d.hint("build it with `cargo install --features parquet`, or export csv"));
        }
        let d = Diagnostic::error("", format!("there is no format `{name}`"));
        let mut names: Vec<&str> = export::FORMATS.iter().map(|f| f.name()).collect();
        if !names.contains(&export::PARQUET) {
            names.push(export::PARQUET);
        }
        Error::usage(d.hint(format!("formats are {}", names.join(", "))))
    })
}

/// The form of the format for this reader; without a word for one, the usual form.
pub(super) fn dialect(
    format: &'static dyn export::Format,
    word: Option<&str>,
) -> Result<&'static dyn export::Format, Error> {
    let Some(word) = word else { return Ok(format) };
    let found = format.dialects().iter().find(|d| d.0 == word);
    found.map(|d| d.1).ok_or_else(|| {
        let d = Diagnostic::error("", format!("{} has no dialect `{word}`", format.name()));
        let names: Vec<&str> = format.dialects().iter().map(|d| d.0).collect();
        Error::usage(match names.is_empty() {
            true => d.hint("leave --dialect out: the format is the same for all readers"),
            false => d.hint(format!("dialects are {}", names.join(", "))),
        })
    })
}

/// Tells which of several entities a name was taken for.
pub(super) fn tell_others(graph: &Graph, name: &str, taken: NodeIndex, others: &[NodeIndex]) {
    let keys: Vec<&str> = others.iter().map(|n| graph.node(*n).key.as_str()).collect();
    tell_other_keys(name, &graph.node(taken).key, &keys);
}

/// The same by keys.
pub(super) fn tell_other_keys(name: &str, taken: &str, others: &[&str]) {
    if others.is_empty() {
        return;
    }
    let d = Diagnostic { severity: crate::diagnostic::Severity::Note, ..Diagnostic::error("", "") };
    let message = format!("`{name}` is taken for {taken}; it may also mean {}", others.join(", "));
    super::report(&[Diagnostic { message, ..d }.hint("to ask for one of these, give its key")]);
}
