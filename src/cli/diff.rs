//! `guanxi diff`: what changed between two dates, or between two stores.

use super::Outcome;
use super::answer::{self, Asking, Form};
use super::evidence::{CITED, cited};
use super::neighbors::focus;
use super::options::Filtering;
use super::table::{Rows, excerpt};
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{Base, Change, Changed, Standing, changes, differences, period};
use clap::ValueHint;
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::PathBuf;

/// What changed between two dates, or between two stores: relations new, ended, reversed, confirmed, stronger, weaker
///
/// Between dates, how a relation stood is judged by the articles up to each date. Between stores, by what each holds.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi diff --from 2025-06 --to 2025-07
  guanxi diff 商汤 --from 2025-01-01
  guanxi diff --with last-week/ --change new,ended
  guanxi diff --from 2025 --relation acquires --format jsonl

new: it was not there. ended: it held, was planned or rumored, and ended. reversed: it is denied now, or was denied or had
ended and holds. confirmed: it was planned or rumored and holds. stronger, weaker: more, or fewer, independent sentences
say so; weaker, too, if what held is only planned or rumored. gone: the newer store has it no more.")]
pub(super) struct Args {
    /// Any name of an entity, or its key; all entities if left out
    entity: Option<String>,
    /// The earlier date (YYYY, YYYY-MM or YYYY-MM-DD): the state at the end of the day before the period begins
    #[arg(long, value_name = "DATE", required_unless_present = "with", conflicts_with = "with")]
    from: Option<String>,
    /// The later date: the state at its end; that of the last article if left out
    #[arg(long, value_name = "DATE", conflicts_with = "with")]
    to: Option<String>,
    /// Compare with the older store in this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    with: Option<PathBuf>,
    /// Only these changes
    #[arg(long, value_name = "CHANGE", value_delimiter = ',', value_parser = change_words())]
    change: Vec<String>,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many changes; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,
    #[command(flatten)]
    asking: Asking,
}

fn change_words() -> PossibleValuesParser {
    Change::ALL.map(Change::as_str).into()
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let filter = args.filtering.filter(base.schema())?;
    let wanted: Vec<Change> = args.change.iter().filter_map(|w| Change::parse(w)).collect();
    let (found, all) = match &args.with {
        Some(folder) => {
            let old = Base::open(folder)?;
            // an entity may be known to one of the two only
            let key = match &args.entity {
                None => None,
                Some(name) => Some(match answer::entity(&base, name) {
                    Ok(found) => found.entity.id.clone(),
                    Err(error) => answer::entity(&old, name).map_err(|_| error)?.entity.id.clone(),
                }),
            };
            differences((&old, &base), key.as_deref(), &filter, &wanted, args.limit)?
        }
        None => {
            let entity = args.entity.as_ref().map(|name| answer::entity(&base, name)).transpose()?;
            let period = period(&base, args.from.as_deref(), args.to.as_deref())?;
            changes(&base, period, entity.map(|e| e.id), &filter, &wanted, args.limit)?
        }
    };
    let rows = |short| if short { table(&found) } else { full(&found) };
    let rest = answer::rest(found.len(), all, "changes");
    if all > 0 || args.format != Form::Table {
        answer::give(args.format, &args.asking, out, &found, &found, rows, ("", &rest))?;
    }
    if all == 0 {
        let d = Diagnostic::error("", "nothing changed");
        return Err(Error::new(d.hint("choose a longer period, or leave out some of the other options")).into());
    }
    Ok(0)
}

fn table(found: &[Changed]) -> Rows {
    let mut rows = Rows::new(&["change", "source", "", "target", "relation", "before", "after", "evidence"]);
    for c in found {
        let stood =
            |s: &Option<Standing>| s.as_ref().map(|s| format!("{} ×{}", s.status, s.weight)).unwrap_or_default();
        let evidence = c.evidence.as_ref().map(|e| excerpt(&e.passage.text, focus(e), 60));
        rows.rows.push(vec![
            c.change.as_str().to_string(),
            c.source.name.clone(),
            if c.symmetric { "–" } else { "→" }.to_string(),
            c.target.name.clone(),
            c.relation.clone(),
            stood(&c.before),
            stood(&c.after),
            evidence.unwrap_or_default(),
        ]);
    }
    rows
}

fn full(found: &[Changed]) -> Rows {
    let own = [
        "change",
        "source",
        "relation",
        "target",
        "before_status",
        "before_weight",
        "before_belief",
        "after_status",
        "after_weight",
        "after_belief",
    ];
    let mut rows = Rows::new(&own.into_iter().chain(CITED).collect::<Vec<_>>());
    for c in found {
        let mut row = vec![c.change.as_str().into(), c.source.id.clone(), c.relation.clone(), c.target.id.clone()];
        for side in [&c.before, &c.after] {
            row.extend(match side {
                Some(s) => [s.status.to_string(), s.weight.to_string(), s.belief.to_string()],
                None => Default::default(),
            });
        }
        row.extend(c.evidence.as_ref().map_or_else(|| vec![String::new(); CITED.len()], cited));
        rows.rows.push(row);
    }
    rows
}
