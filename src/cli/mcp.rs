//! `guanxi mcp`: the queries as tools of the Model Context Protocol.

use super::Outcome;
use crate::query::Base;
use crate::serve::mcp;
use clap::ValueHint;
use std::io::Write;
use std::path::PathBuf;

/// Offer the queries to a language model: a Model Context Protocol server on standard input and output
///
/// The program that runs the model starts this command. The tools are search, show, neighbors, evidence, path, top,
/// communities, timeline, diff and conflicts; their answers cite sentence, article and date. Nothing can be changed
/// through it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example, for a program that reads mcpServers:
  {\"mcpServers\": {\"guanxi\": {\"command\": \"guanxi\", \"args\": [\"mcp\", \"--output\", \"/path/to/output\"]}}}

Try it by hand:
  echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}' | guanxi mcp")]
pub(super) struct Args {
    /// The folder that `guanxi build` wrote
    #[arg(long, value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = Base::open(&args.output)?;
    mcp::serve(&base, std::io::stdin().lock(), out)?;
    Ok(0)
}
