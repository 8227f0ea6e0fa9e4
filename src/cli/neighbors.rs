//! `guanxi neighbors`: who is tied to an entity.

use super::answer::{self, Asking, DrawnForm};
use super::options::Filtering;
use super::table::{Rows, excerpt};
use super::{Outcome, Stop};
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{End, Evidence, Node, Tie};
use crate::query::{Near, neighbors_of, subgraph};
use std::io::Write;

/// The entities tied to one, by relation and strength
///
/// ENTITY is any of its names, in any script or spelling that the articles or the dictionary use, or its key.
#[derive(Debug, clap::Args)]
#[command(
    visible_alias = "neighbours",
    after_help = "\
Examples:
  guanxi neighbors 商汤
  guanxi neighbors SenseTime --relation invests_in,acquires --since 2025
  guanxi neighbors 英伟达 --kind company --status rumored,planned
  guanxi neighbors 小米 --depth 2 --format dot | dot -Tsvg > xiaomi.svg

A `→` in the table: the entity is the tie's subject; `←`: its object; `–`: the tie has no direction."
)]
pub(super) struct Args {
    /// Any name of the entity
    entity: String,
    /// How many ties away
    #[arg(long, value_name = "N", default_value_t = 1)]
    depth: u32,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many ties; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DrawnForm,
    #[command(flatten)]
    asking: Asking,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let filter = args.filtering.filter(base.schema())?;
    let start = answer::entity(&base, &args.entity)?;
    let found = neighbors_of(&base, start.id, args.depth, &filter, args.limit)?;
    match args.format {
        DrawnForm::Table => args.asking.table(out, |out| {
            heading(&found.entity, out)?;
            rows(&found.neighbors, args.depth > 1, 60).table(out)?;
            match answer::rest(found.neighbors.len(), found.ties, "ties").as_str() {
                "" => Ok(()),
                rest => Ok(writeln!(out, "{rest}")?),
            }
        })?,
        DrawnForm::Csv => rows(&found.neighbors, true, usize::MAX).csv(out)?,
        DrawnForm::Dot => {
            let ties: Vec<_> = found.neighbors.iter().map(|n| &n.tie).collect();
            answer::draw(&subgraph(&base, &ties, &[start.id])?, out)?;
        }
        DrawnForm::Json => answer::json(out, &found)?,
        DrawnForm::Jsonl => answer::jsonl(out, &found.neighbors)?,
    }
    if found.neighbors.is_empty() {
        let d = Diagnostic::error("", format!("no tie of {} fits", found.entity.name));
        return Err(Error::new(d.hint("leave out some of --relation, --kind, --status, --since, --until")).into());
    }
    Ok(0)
}

/// One line on the entity.
pub(super) fn heading(node: &Node, out: &mut dyn Write) -> Result<(), Stop> {
    let period = match node.first_seen.is_none() {
        true => String::new(),
        false => format!(", {} – {}", node.first_seen, node.last_seen),
    };
    writeln!(out, "{}  {}  {} mentions in {} articles{period}", node.name, node.kind, node.mentions, node.articles)?;
    Ok(())
}

/// The neighbours as a table, their best sentence cut to so many columns.
pub(super) fn rows(found: &[Near], far: bool, columns: usize) -> Rows {
    let mut heads = vec!["relation", "", "entity", "kind", "status", "weight", "sure", "first", "last", "evidence"];
    if far {
        heads.splice(0..0, ["depth", "from"]);
    }
    let mut rows = Rows::new(&heads);
    for n in found {
        let tie = &n.tie.tie;
        let evidence = tie.evidence.first().map(|e| excerpt(&e.passage.text, focus(e), columns));
        let mut row = vec![
            n.tie.relation.clone(),
            n.direction.arrow().to_string(),
            n.entity.name.clone(),
            n.entity.kind.to_string(),
            tie.claims.as_ref().map(|c| c.status.to_string()).unwrap_or_default(),
            tie.weight.to_string(),
            sureness(tie),
            tie.first_seen.to_string(),
            tie.last_seen.to_string(),
            evidence.unwrap_or_default(),
        ];
        if far {
            row.splice(0..0, [n.depth.to_string(), n.from.name.clone()]);
        }
        rows.rows.push(row);
    }
    rows
}

/// Belief of a relation, NPMI of a co-mention.
pub(super) fn sureness(tie: &Tie) -> String {
    let number = tie.claims.as_ref().map(|c| c.belief).or(tie.counts.and_then(|c| c.npmi));
    number.map(|n| format!("{n:.2}")).unwrap_or_default()
}

/// The part of the sentence that matters.
pub(super) fn focus(e: &Evidence) -> (usize, usize) {
    match (&e.claim, &e.ends) {
        (Some(c), _) => (c.stated.0 as usize, c.stated.1 as usize),
        (None, [End::Here(a, b), End::Here(c, d)]) => (*a.min(c) as usize, *b.max(d) as usize),
        _ => (0, 0),
    }
}
