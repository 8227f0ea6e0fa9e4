//! `guanxi conflicts`: claims that contradict each other.

use super::Outcome;
use super::answer::{self, Asking, Form};
use super::evidence::{CITED, cited, sentence};
use super::options::Filtering;
use super::table::Rows;
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{Conflict, conflicts};
use std::io::Write;

/// Claims that contradict each other, with the sentences of both sides
///
/// Nothing is resolved: a conflict is for a person to look into.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi conflicts
  guanxi conflicts 商汤
  guanxi conflicts --relation acquires --format csv

denied: one sentence asserts the tie, another denies it. ended: an article asserts it that is younger than one which calls
it ended. two_buyers: two entities acquire the same one. two_leaders: two persons hold a role of which there is one (CEO,
chair, CTO, CFO, COO, president) at overlapping times.")]
pub(super) struct Args {
    /// Any name of an entity, or its key; all entities if left out
    entity: Option<String>,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many conflicts; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,
    #[command(flatten)]
    asking: Asking,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let filter = args.filtering.filter(base.schema())?;
    let entity = args.entity.as_ref().map(|name| answer::entity(&base, name)).transpose()?;
    let (found, more) = conflicts(&base, entity.as_ref().map(|e| e.id), &filter, args.limit)?;
    match args.format {
        Form::Table => args.asking.table(out, |out| {
            for (i, c) in found.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                writeln!(out, "{} ({})", c.kind.as_str(), c.relation)?;
                for side in &c.sides {
                    let (a, b) = (&side.source.name, &side.target.name);
                    writeln!(out, "  {a} → {b}: {}, {} claims", side.status, side.claims)?;
                    sentence(&side.evidence, out)?;
                }
            }
            if more {
                writeln!(out, "\n… the first {}; --limit 0 shows all", found.len())?;
            }
            Ok(())
        })?,
        Form::Json => answer::json(out, &found)?,
        Form::Jsonl => answer::jsonl(out, &found)?,
        Form::Csv => rows(&found).csv(out)?,
    }
    if found.is_empty() {
        let who = entity.map(|e| format!(" of {}", e.entity.name)).unwrap_or_default();
        let d = Diagnostic::error("", format!("no claims{who} contradict each other"));
        return Err(Error::new(d.hint("that is good news, unless options left too little to compare")).into());
    }
    Ok(0)
}

/// Two rows for each conflict.
fn rows(found: &[Conflict]) -> Rows {
    let own = ["conflict", "kind", "relation", "source", "target", "claims"];
    let mut rows = Rows::new(&own.into_iter().chain(CITED).collect::<Vec<_>>());
    for (i, c) in found.iter().enumerate() {
        for side in &c.sides {
            let mut row = vec![
                (i + 1).to_string(),
                c.kind.as_str().to_string(),
                c.relation.clone(),
                side.source.id.clone(),
                side.target.id.clone(),
                side.claims.to_string(),
            ];
            row.extend(cited(&side.evidence));
            rows.rows.push(row);
        }
    }
    rows
}
