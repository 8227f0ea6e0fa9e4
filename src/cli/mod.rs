//! The command line: one file per command. Results go to standard output, everything else to standard error.
//!
//! Exit codes: 0 all is well; 1 some article failed or nothing was found; 2 wrong usage or a faulty dictionary.
//! When the reader of standard output goes away (`| head`), the program stops without a word.

mod answer;
mod build;
mod communities;
mod completions;
mod conflicts;
mod dict;
mod diff;
mod evidence;
mod explain;
mod export;
mod extract;
mod keep;
mod load;
mod man;
mod mcp;
mod neighbors;
mod options;
mod path;
mod pipeline;
mod render;
mod report;
mod retract;
mod score;
mod search;
mod serve;
mod show;
mod sql;
mod table;
mod timeline;
mod top;

use crate::diagnostic::{Diagnostic, Error, Severity};
use clap::{Parser, Subcommand};
use std::io::{self, Write};
use std::process::ExitCode;

/// guanxi (关系, ties) turns a folder of Chinese and English news articles into a knowledge graph of the tech
/// industry, every tie traceable to the sentence that states it.
#[derive(Debug, Parser)]
#[command(
    name = "guanxi",
    version,
    max_term_width = 100,
    after_help = "\
Start here:
  guanxi build                      read content/, write guanxi.db, graph.json and graph.dot into output/
  guanxi render --to picture.svg    a picture of the strongest ties
  guanxi neighbors 商汤             who is tied to SenseTime, by relation and strength
  guanxi evidence 徐冰 商汤         the sentences that say so
  guanxi serve                      the graph in a browser

Exit codes: 0 all is well; 1 some article failed or nothing was found; 2 wrong usage or a faulty dictionary."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Neighbors(neighbors::Args),
    Show(show::Args),
    Evidence(evidence::Args),
    Path(path::Args),
    Search(search::Args),
    Top(top::Args),
    Communities(communities::Args),
    Timeline(timeline::Args),
    Diff(diff::Args),
    Conflicts(conflicts::Args),
    Serve(serve::Args),
    Mcp(mcp::Args),
    Explain(explain::Args),
    Extract(extract::Args),
    Score(score::Args),
    Export(export::Args),
    Render(render::Args),
    Report(report::Args),
    Sql(sql::Args),
    Retract(retract::Args),
    Load(load::Args),
    Dict(dict::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Why a command ended before its end.
#[derive(Debug)]
enum Stop {
    Fault(Error),
    /// The reader of standard output has gone.
    Unread,
    /// Standard output cannot be written.
    Output(io::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Fault(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Unread,
            _ => Stop::Output(error),
        }
    }
}

impl From<serde_json::Error> for Stop {
    fn from(error: serde_json::Error) -> Stop {
        Stop::from(io::Error::from(error))
    }
}

/// What a command ends with: an exit code, or why it stopped.
type Outcome = Result<u8, Stop>;

/// Parses the process's arguments and runs the command.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    // not locked: a server writes from other threads
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout());
    let outcome = run(cli, &mut out).and_then(|code| {
        out.flush()?;
        Ok(code)
    });
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(Stop::Unread) => {
            // what is left in the buffer has no reader; dropping it must not try again
            std::mem::forget(out);
            ExitCode::SUCCESS
        }
        Err(Stop::Output(e)) => {
            report(&[Diagnostic::error("", format!("cannot write to standard output: {e}"))]);
            ExitCode::FAILURE
        }
        Err(Stop::Fault(error)) => {
            let _ = out.flush();
            report(&error.diagnostics);
            ExitCode::from(error.exit_code)
        }
    }
}

fn run(cli: Cli, out: &mut dyn Write) -> Outcome {
    match cli.command {
        Command::Build(args) => build::run(args, out),
        Command::Neighbors(args) => neighbors::run(args, out),
        Command::Show(args) => show::run(args, out),
        Command::Evidence(args) => evidence::run(args, out),
        Command::Path(args) => path::run(args, out),
        Command::Search(args) => search::run(args, out),
        Command::Top(args) => top::run(args, out),
        Command::Communities(args) => communities::run(args, out),
        Command::Timeline(args) => timeline::run(args, out),
        Command::Diff(args) => diff::run(args, out),
        Command::Conflicts(args) => conflicts::run(args, out),
        Command::Serve(args) => serve::run(args, out),
        Command::Mcp(args) => mcp::run(args),
        Command::Explain(args) => explain::run(args, out),
        Command::Extract(args) => extract::run(args, out),
        Command::Score(args) => score::run(args, out),
        Command::Export(args) => export::run(args, out),
        Command::Render(args) => render::run(args, out),
        Command::Report(args) => report::run(args, out),
        Command::Sql(args) => sql::run(args, out),
        Command::Retract(args) => retract::run(args, out),
        Command::Load(args) => load::run(args, out),
        Command::Dict(args) => dict::run(args, out),
        Command::Completions(args) => completions::run(args, out),
        Command::Man(args) => man::run(args, out),
    }
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// Prints messages to standard error, coloured on a terminal.
fn report(diagnostics: &[Diagnostic]) {
    let color = anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never;
    let mut err = io::BufWriter::new(io::stderr().lock());
    for d in diagnostics {
        if write_diagnostic(d, color, &mut err).is_err() {
            return;
        }
    }
    let _ = err.flush();
}

/// Writes one message, its severity coloured if wanted.
fn write_diagnostic(d: &Diagnostic, color: bool, out: &mut dyn Write) -> io::Result<()> {
    let (word, style) = match d.severity {
        Severity::Error => ("error: ", "\x1b[1;31m"),
        Severity::Warning => ("warning: ", "\x1b[1;33m"),
        Severity::Note => ("note: ", "\x1b[1;36m"),
    };
    let text = d.to_string();
    match color {
        true => writeln!(out, "{}", text.replacen(word, &format!("{style}{word}\x1b[0m"), 1)),
        false => writeln!(out, "{text}"),
    }
}
