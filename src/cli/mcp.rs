//! `guanxi mcp`: the queries as tools of the Model Context Protocol.

use super::Outcome;
use crate::query::Base;
use crate::serve::{Desk, mcp};
use clap::ValueHint;
use std::path::PathBuf;
use std::time::Duration;

/// The most time for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Offer the queries to a language model: a Model Context Protocol server on standard input and output
///
/// The program that runs the model starts this command. The tools are search, show, neighbors, evidence, path, top,
/// communities, timeline, diff and conflicts; their answers cite sentence, article and date. Nothing can be changed
/// through it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example, for a program that reads mcpServers:
  {\"mcpServers\": {\"guanxi\": {\"command\": \"guanxi\", \"args\": [\"mcp\", \"--output\", \"/path/to/output\"]}}}")]
pub(super) struct Args {
    /// The folder that `guanxi build` wrote
    #[arg(long, value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

pub(super) fn run(args: Args) -> Outcome {
    // better said now than with the first question
    Base::open(&args.output)?;
    mcp::serve(Desk::new(args.output, PATIENCE))?;
    Ok(0)
}
