//! `guanxi timeline`: what happened to an entity.

use super::Outcome;
use super::answer::{self, Asking, Form};
use super::evidence::{CITED, cited};
use super::neighbors::focus;
use super::options::Filtering;
use super::table::{Rows, excerpt};
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{Event, timeline};
use std::io::Write;

/// What happened to an entity, or is said to: its relations by date
///
/// An event stands at the date that the sentence gives, as precise as it is; else at the date of the first article that
/// tells it (marked `~` in the table).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi timeline 商汤
  guanxi timeline OpenAI --since 2025 --relation invests_in,acquires
  guanxi timeline 小米 --status planned,rumored --format jsonl")]
pub(super) struct Args {
    /// Any name of the entity, or its key
    entity: String,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many events, the latest; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
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
    let found = answer::entity(&base, &args.entity)?;
    let answer = timeline(&base, found.id, &filter, args.limit)?;
    let rest = match answer.events.len() < answer.all {
        true => format!("… the latest {} of {} events; --limit 0 shows all", answer.events.len(), answer.all),
        false => String::new(),
    };
    let rows = |short| if short { table(&answer.events) } else { full(&answer.events) };
    answer::give(args.format, &args.asking, out, &answer, &answer.events, rows, ("", &rest))?;
    if answer.events.is_empty() {
        let d = Diagnostic::error("", format!("no event of {} fits", found.entity.name));
        return Err(Error::new(d.hint("leave out some of --relation, --kind, --status, --since, --until")).into());
    }
    Ok(0)
}

fn table(events: &[Event]) -> Rows {
    let mut rows = Rows::new(&["date", "relation", "", "entity", "status", "articles", "evidence"]);
    for e in events {
        let mark = if e.dated_by == "article" && e.date.is_some() { "~" } else { "" };
        rows.rows.push(vec![
            format!("{}{mark}", e.date.as_deref().unwrap_or("?")),
            e.relation.clone(),
            e.direction.arrow().to_string(),
            e.other.name.clone(),
            e.status.to_string(),
            e.articles.to_string(),
            excerpt(&e.evidence.passage.text, focus(&e.evidence), 60),
        ]);
    }
    rows
}

fn full(events: &[Event]) -> Rows {
    let own = ["event", "precision", "dated_by", "relation", "direction", "other", "articles", "sentences"];
    let mut rows = Rows::new(&own.into_iter().chain(CITED).collect::<Vec<_>>());
    for e in events {
        let mut row = vec![
            e.date.clone().unwrap_or_default(),
            e.precision.unwrap_or_default().to_string(),
            e.dated_by.to_string(),
            e.relation.clone(),
            e.direction.as_str().to_string(),
            e.other.id.clone(),
            e.articles.to_string(),
            e.sentences.to_string(),
        ];
        row.extend(cited(&e.evidence));
        rows.rows.push(row);
    }
    rows
}
