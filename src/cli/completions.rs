//! `guanxi completions`: for the shell.

use super::{Cli, Outcome};
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi completions bash > ~/.local/share/bash-completion/completions/guanxi
  guanxi completions fish > ~/.config/fish/completions/guanxi.fish")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "guanxi", &mut text);
    out.write_all(&text)?;
    Ok(0)
}
