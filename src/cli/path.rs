//! `guanxi path`: how two entities are connected.

use super::Outcome;
use super::answer::{self, Asking, DrawnForm};
use super::neighbors::focus;
use super::options::Filtering;
use super::table::{Rows, excerpt};
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{By, PathOptions, Paths, apart, between, paths, subgraph};
use clap::ValueEnum;
use std::io::Write;

/// How two entities are connected: the shortest paths between them, or the strongest
///
/// A path may follow a tie in either direction. Relations are walked, denied ones excepted; --co-mentions adds the
/// entities that are only mentioned together.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi path 徐冰 英伟达
  guanxi path OpenAI 小米 --by strength --paths 5
  guanxi path 商汤 华为 --avoid 英伟达 --relation invests_in,acquires --since 2024

The strength of a tie is its belief; of a co-mention, half its NPMI (0.01 at least, 0.99 at most). The strength of a path
is the product over its ties. --by hops takes the fewest ties, of as many the greatest strength.")]
pub(super) struct Args {
    /// Any name of an entity, or its key
    from: String,
    /// Any name of the other entity, or its key
    to: String,
    /// Which paths are best
    #[arg(long, value_name = "MEASURE", default_value = "hops")]
    by: ByWhat,
    /// At most this many paths
    #[arg(long, value_name = "N", default_value_t = 3)]
    paths: usize,
    /// At most this many ties in a path
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = clap::value_parser!(u8).range(1..=20))]
    max_hops: u8,
    /// Not through this entity (any of its names; may be repeated)
    #[arg(long, value_name = "ENTITY")]
    avoid: Vec<String>,
    /// Follow co-mentions too
    #[arg(long)]
    co_mentions: bool,
    #[command(flatten)]
    filtering: Filtering,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DrawnForm,
    #[command(flatten)]
    asking: Asking,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ByWhat {
    /// Fewest ties
    Hops,
    /// Greatest strength
    Strength,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let filter = args.filtering.filter(base.schema())?;
    let (from, to) = (answer::entity(&base, &args.from)?, answer::entity(&base, &args.to)?);
    apart([&args.from, &args.to], [&from, &to])?;
    let avoided = args.avoid.iter().map(|name| answer::entity(&base, name)).collect::<Result<Vec<_>, _>>()?;
    between(&args.avoid, &avoided, [&from, &to])?;
    let avoid = avoided.iter().map(|found| found.id).collect();
    let by = if args.by == ByWhat::Hops { By::Hops } else { By::Strength };
    let (count, max_hops, co_mentions) = (args.paths.max(1), args.max_hops.into(), args.co_mentions);
    let found = paths(&base, from.id, to.id, &PathOptions { by, count, max_hops, avoid, filter, co_mentions })?;
    match args.format {
        DrawnForm::Table => args.asking.table(out, |out| table(&found, out))?,
        DrawnForm::Csv => rows(&found, None, usize::MAX).csv(out)?,
        DrawnForm::Json => answer::json(out, &found)?,
        DrawnForm::Jsonl => answer::jsonl(out, &found.paths)?,
        DrawnForm::Dot => {
            let ties: Vec<_> = found.paths.iter().flat_map(|p| &p.steps).map(|s| &s.tie).collect();
            answer::draw(&subgraph(&base, &ties, &[from.id, to.id])?, out)?;
        }
    }
    if found.paths.is_empty() {
        let (a, b) = (&found.from.name, &found.to.name);
        let d = Diagnostic::error("", format!("no path of {} ties or fewer leads from {a} to {b}", args.max_hops));
        let hint = match args.co_mentions {
            true => "leave out some of --avoid, --relation, --kind, --status, --since, --until, or raise --max-hops",
            false => {
                "--co-mentions follows entities mentioned together too; or leave out other options, or raise --max-hops"
            }
        };
        return Err(Error::new(d.hint(hint)).into());
    }
    Ok(0)
}

fn table(found: &Paths, out: &mut dyn Write) -> Result<(), super::Stop> {
    for (i, path) in found.paths.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        let mut line = path.steps.first().map(|s| s.from.name.clone()).unwrap_or_default();
        for step in &path.steps {
            line += &format!(" {} {}", step.direction.arrow(), step.to.name);
        }
        writeln!(out, "{line}  ({} ties, strength {:.2})", path.hops, path.strength)?;
        rows(found, Some(i), 60).table(out)?;
    }
    Ok(())
}

/// The ties of one path, or of all.
fn rows(found: &Paths, only: Option<usize>, columns: usize) -> Rows {
    let mut heads = vec!["from", "", "to", "relation", "status", "weight", "strength", "evidence"];
    if only.is_none() {
        heads.splice(0..0, ["path", "step"]);
    }
    let mut rows = Rows::new(&heads);
    for (i, path) in found.paths.iter().enumerate().filter(|(i, _)| only.is_none_or(|o| o == *i)) {
        for (j, step) in path.steps.iter().enumerate() {
            let tie = &step.tie.tie;
            let evidence = tie.evidence.first().map(|e| excerpt(&e.passage.text, focus(e), columns));
            let mut row = vec![
                step.from.name.clone(),
                step.direction.arrow().to_string(),
                step.to.name.clone(),
                step.tie.relation.clone(),
                tie.claims.as_ref().map(|c| c.status.to_string()).unwrap_or_default(),
                tie.weight.to_string(),
                format!("{:.2}", step.strength),
                evidence.unwrap_or_default(),
            ];
            if only.is_none() {
                row.splice(0..0, [(i + 1).to_string(), (j + 1).to_string()]);
            }
            rows.rows.push(row);
        }
    }
    rows
}
