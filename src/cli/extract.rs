//! `guanxi extract`: what each article says, one JSON a line.

use super::options::{Knowing, Reading};
use super::pipeline::{self, Engine, Input};
use super::{Outcome, Stop};
use crate::export::document::document;
use clap::ValueHint;
use std::io::Write;
use std::path::PathBuf;

/// What each article mentions and claims, one JSON a line, in the order of the input
///
/// Each line holds the article's entities with the names it uses, every mention with byte, character and line
/// positions, and the relations with status, evidence and rule. Standard input and output make it a filter for
/// pipes, Spark and the like; an article that cannot be read is told of on standard error and passed over.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi extract > extracted.jsonl
  guanxi extract article.md | jq '.relations[]'
  guanxi extract - < articles.ndjson > extracted.jsonl")]
pub(super) struct Args {
    /// Folders of articles or single ones; `-` reads NDJSON from standard input
    #[arg(value_name = "PATH", default_value = "content", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    knowing: Knowing,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let dictionary = args.knowing.load()?;
    let input = Input::list(&args.paths, args.reading.drafts)?;
    let engine = Engine::new(&dictionary, args.knowing.recognise(false));
    let mut lines: Vec<Vec<(u64, Vec<u8>)>> = (0..args.reading.threads()).map(|_| Vec::new()).collect();
    let each = |lines: &mut Vec<(u64, Vec<u8>)>, read: pipeline::Read<'_>| {
        let (found, claims) = engine.understand(read.article);
        let document = document(read.article, &found, &claims, &dictionary);
        let mut line = serde_json::to_vec(&document).expect("a document is plain data");
        line.push(b'\n');
        lines.push((read.place, line));
    };
    let tally = pipeline::run(&input, &mut lines, each, |lines| {
        let mut all: Vec<(u64, Vec<u8>)> = lines.iter_mut().flat_map(std::mem::take).collect();
        all.sort_by_key(|(place, _)| *place);
        all.iter().try_for_each(|(_, line)| out.write_all(line)).map_err(Stop::from)
    })?;
    super::report(&tally.diagnostics);
    Ok((tally.failed > 0) as u8)
}
