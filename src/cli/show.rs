//! `guanxi show`: an entity's profile.

use super::Outcome;
use super::answer::{self, Asking, DrawnForm};
use super::neighbors::{heading, rows};
use super::table::visible;
use crate::query::{self, subgraph};
use std::io::Write;

/// An entity at a glance: kind, names, mentions, first and last seen, strongest ties
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi show 徐冰
  guanxi show company/商汤科技 --limit 30
  guanxi show DeepSeek --format json")]
pub(super) struct Args {
    /// Any name of the entity, or its key
    entity: String,
    /// At most this many ties; 0 for all
    #[arg(long, value_name = "N", default_value_t = 15)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DrawnForm,
    #[command(flatten)]
    asking: Asking,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let found = answer::entity(&base, &args.entity)?;
    let profile = query::profile(&base, found.id, args.limit)?;
    let node = &profile.entity;
    match args.format {
        DrawnForm::Table => args.asking.table(out, |out| {
            heading(node, out)?;
            let mut line = |what: &str, words: String| match words.is_empty() {
                true => Ok(()),
                false => writeln!(out, "  {what:<10} {}", visible(&words)),
            };
            line("key", node.key.clone())?;
            line("listed", if node.listed { "in the dictionary".into() } else { "no, found in articles".into() })?;
            line("names", node.names.join(", "))?;
            line("aliases", node.aliases.join(", "))?;
            line("tickers", node.tickers.join(", "))?;
            line("wikidata", node.wikidata.clone().unwrap_or_default())?;
            line("site", node.site.clone().unwrap_or_default())?;
            line("family", node.family.clone().unwrap_or_default())?;
            let versions: Vec<&str> = profile.versions.iter().map(|v| v.name.as_str()).collect();
            line("versions", versions.join(", "))?;
            line("rank", format!("{} of {} by PageRank", profile.rank, profile.of))?;
            line("ties", format!("with {} entities", node.degree))?;
            if let Some(c) = &profile.community {
                line("community", format!("{} ({}), {} entities", c.number, c.name, c.size))?;
            }
            writeln!(out)?;
            rows(&profile.ties, false, 60).table(out)
        })?,
        DrawnForm::Csv => rows(&profile.ties, false, usize::MAX).csv(out)?,
        DrawnForm::Dot => {
            let ties: Vec<_> = profile.ties.iter().map(|n| &n.tie).collect();
            answer::draw(&subgraph(&base, &ties, &[found.id])?, out)?;
        }
        DrawnForm::Json => answer::json(out, &profile)?,
        DrawnForm::Jsonl => answer::jsonl(out, std::slice::from_ref(&profile))?,
    }
    Ok(0)
}
