//! `guanxi dict`: the workbench for dictionaries.

mod check;
mod edit;
mod init;
mod survey;

use super::Outcome;
use clap::Subcommand;
use std::io::Write;

/// Check and grow the dictionaries
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Suggest(survey::SuggestArgs),
    Coverage(survey::CoverageArgs),
    Add(edit::AddArgs),
    Alias(edit::AliasArgs),
    Init(init::Args),
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    match args.command {
        Command::Check(args) => check::run(args, out),
        Command::Suggest(args) => survey::suggest(args, out),
        Command::Coverage(args) => survey::coverage(args, out),
        Command::Add(args) => edit::add(args, out),
        Command::Alias(args) => edit::alias(args, out),
        Command::Init(args) => init::run(args, out),
    }
}
