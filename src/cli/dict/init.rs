//! `guanxi dict init`: a copy of the shipped dictionaries to work on.

use crate::cli::Outcome;
use crate::cli::options::DICTIONARIES;
use crate::diagnostic::{Diagnostic, Error};
use crate::dictionary::shipped::FILES;
use clap::ValueHint;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write a copy of the shipped dictionaries to edit
///
/// Commands that run beside a folder dictionaries/ read it instead of the dictionaries that are built into the
/// program.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi dict init
  guanxi dict init --to work/dictionaries")]
pub(super) struct Args {
    /// The folder to make; there must be none yet
    #[arg(long, value_name = "DIR", default_value = DICTIONARIES, value_hint = ValueHint::DirPath)]
    to: PathBuf,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let shown = args.to.display().to_string().replace('\\', "/");
    if args.to.exists() {
        let d = Diagnostic::error(&*shown, "is there already");
        return Err(Error::usage(d.hint("nothing was written; give another folder with --to")).into());
    }
    for (name, text) in FILES {
        let relative = Path::new(name).strip_prefix(DICTIONARIES).unwrap_or(Path::new(name));
        let path = args.to.join(relative);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text));
        written.map_err(|e| {
            let file = path.display().to_string().replace('\\', "/");
            Error::new(Diagnostic::error(file, format!("cannot write: {e}")).hint("check the folder's permissions"))
        })?;
    }
    writeln!(out, "wrote {} files to {shown}", FILES.len())?;
    Ok(0)
}
