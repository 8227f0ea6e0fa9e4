//! `guanxi man`: manual pages.

use super::{Cli, Outcome};
use crate::export;
use clap::{CommandFactory, ValueHint};
use std::io::Write;
use std::path::PathBuf;

/// Print the manual page, or write the pages of all commands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi man | man -l -
  guanxi man --to ~/.local/share/man/man1")]
pub(super) struct Args {
    /// Write guanxi.1, guanxi-build.1 and so on into this folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    to: Option<PathBuf>,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = args.to else {
        clap_mangen::Man::new(command).render(&mut &mut *out)?;
        return Ok(0);
    };
    let pages: Vec<clap::Command> = command.get_subcommands().cloned().collect();
    for page in std::iter::once(command).chain(pages) {
        let name = page.get_display_name().unwrap_or(page.get_name()).to_string();
        let write = |mut out: &mut dyn Write| clap_mangen::Man::new(page).render(&mut out);
        let path = export::write_file(&folder, &format!("{name}.1"), write)?.path;
        writeln!(out, "wrote {}", path.display())?;
    }
    Ok(0)
}
