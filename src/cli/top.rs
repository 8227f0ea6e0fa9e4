//! `guanxi top`: entities by importance.

use super::Outcome;
use super::answer::{self, Asking, Form};
use super::options::kinds;
use super::search::kind_set;
use super::table::Rows;
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{Measure, Ranked, top};
use clap::ValueEnum;
use std::io::Write;

/// The most important entities by a measure
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi top
  guanxi top --by betweenness --kind person
  guanxi top --by mentions --limit 0 --format csv > entities.csv

PageRank: who is tied, and strongly, to those who are. Betweenness: who stands between others. Degree: with how many
entities there is a tie.")]
pub(super) struct Args {
    /// The measure
    #[arg(long, value_name = "MEASURE", default_value = "pagerank")]
    by: ByWhat,
    /// Only entities of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kinds())]
    kind: Vec<String>,
    /// At most this many entities; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByWhat {
    Mentions,
    Articles,
    Degree,
    Pagerank,
    Betweenness,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let by = match args.by {
        ByWhat::Mentions => Measure::Mentions,
        ByWhat::Articles => Measure::Articles,
        ByWhat::Degree => Measure::Degree,
        ByWhat::Pagerank => Measure::PageRank,
        ByWhat::Betweenness => Measure::Betweenness,
    };
    let found = top(&base, by, kind_set(&args.kind), args.limit)?;
    answer::give(args.format, &args.asking, out, &found, &found, |_| rows(&found), ("", ""))?;
    if found.is_empty() {
        let d = Diagnostic::error("", "no entity is of these kinds");
        return Err(Error::new(d.hint("leave out --kind")).into());
    }
    Ok(0)
}

/// Ranked entities as a table.
pub(super) fn rows(found: &[Ranked]) -> Rows {
    let mut rows = Rows::new(&[
        "rank",
        "entity",
        "kind",
        "mentions",
        "articles",
        "degree",
        "pagerank",
        "betweenness",
        "community",
        "key",
    ]);
    for r in found {
        rows.rows.push(vec![
            r.rank.to_string(),
            r.entity.name.clone(),
            r.entity.kind.to_string(),
            r.mentions.to_string(),
            r.articles.to_string(),
            r.degree.to_string(),
            format!("{:.6}", r.pagerank),
            format!("{:.6}", r.betweenness),
            r.community.map(|c| c.to_string()).unwrap_or_default(),
            r.entity.id.clone(),
        ]);
    }
    rows
}
