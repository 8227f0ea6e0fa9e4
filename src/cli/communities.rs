//! `guanxi communities`: groups of entities tied more to each other than to the rest.

use super::Outcome;
use super::answer::{self, Asking, Form};
use super::table::Rows;
use super::top;
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{communities, members};
use std::io::Write;

/// Groups of entities tied more to each other than to the rest; or the group of one entity
///
/// Communities are found when the graph is built (Leiden algorithm). They are numbered from the largest; a community is
/// called after its most central entities.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi communities
  guanxi communities 商汤
  guanxi communities --number 3 --limit 0 --format csv")]
pub(super) struct Args {
    /// Any name of an entity, or its key: the community that it belongs to
    entity: Option<String>,
    /// The community with this number
    #[arg(long, value_name = "N", conflicts_with = "entity")]
    number: Option<u32>,
    /// In the list, only communities of this many entities or more
    #[arg(long, value_name = "N", default_value_t = 3)]
    min_size: u64,
    /// At most this many communities, or entities of the one; 0 for all
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
    let number = match &args.entity {
        None => args.number,
        Some(name) => {
            let found = answer::entity(&base, name)?;
            let community = base.community_of(found.id)?;
            if community.is_none() {
                let d = Diagnostic::error("", format!("{} has no tie, so it is in no community", found.entity.name));
                return Err(Error::new(d.hint(format!("`guanxi show {name}` tells what is known"))).into());
            }
            community
        }
    };
    let Some(number) = number else { return list(&args, &base, out) };
    let Some(found) = members(&base, number, args.limit)? else {
        let d = Diagnostic::error("", format!("there is no community {number}"));
        return Err(Error::new(d.hint("`guanxi communities` lists them")).into());
    };
    let head =
        format!("community {}  {}  {} entities", found.community.number, found.community.name, found.community.size);
    let rest = answer::rest(found.members.len(), found.community.size as usize, "entities");
    let rows = |_| top::rows(&found.members);
    answer::give(args.format, &args.asking, out, &found, &found.members, rows, (&head, &rest))?;
    Ok(0)
}

fn list(args: &Args, base: &crate::query::Base, out: &mut dyn Write) -> Outcome {
    let (found, all) = communities(base, args.min_size, args.limit)?;
    let rows = |_| {
        let mut rows = Rows::new(&["community", "entities", "around"]);
        rows.rows.extend(found.iter().map(|c| vec![c.number.to_string(), c.size.to_string(), c.name.clone()]));
        rows
    };
    let rest = answer::rest(found.len(), all, "communities");
    answer::give(args.format, &args.asking, out, &found, &found, rows, ("", &rest))?;
    if found.is_empty() {
        let d = Diagnostic::error("", format!("no community has {} entities", args.min_size));
        return Err(Error::new(d.hint("--min-size 1 shows every community")).into());
    }
    Ok(0)
}
