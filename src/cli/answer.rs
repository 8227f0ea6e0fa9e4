//! How queries answer: the options that they share, the formats, and paging on a terminal.

use super::Stop;
use super::options;
use super::table::Rows;
use crate::diagnostic::Error;
use crate::graph::{Graph, View};
use crate::query::{Base, Found};
use clap::{Args, ValueEnum, ValueHint};
use serde::Serialize;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// How queries answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// Aligned columns for people
    Table,
    /// One JSON document
    Json,
    /// Comma-separated values
    Csv,
    /// One JSON object a line
    Jsonl,
}

/// The same, and as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DrawnForm {
    /// Aligned columns for people
    Table,
    /// One JSON document
    Json,
    /// Comma-separated values
    Csv,
    /// One JSON object a line
    Jsonl,
    /// A picture for Graphviz
    Dot,
}

/// Where the store lies and whether long answers are paged.
#[derive(Debug, Args)]
pub(super) struct Asking {
    /// Do not page a long table on a terminal (PAGER names the program; `less` if it is not set)
    #[arg(long)]
    no_pager: bool,
    /// The folder that `guanxi build` wrote
    #[arg(long, value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    output: PathBuf,
}

impl Asking {
    /// The store.
    pub(super) fn open(&self) -> Result<Base, Error> {
        Base::open(&self.output)
    }

    /// Gives a table, through the pager if the answer is for a terminal.
    pub(super) fn table(
        &self,
        out: &mut dyn Write,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let pager = pager().filter(|_| !self.no_pager && io::stdout().is_terminal());
        let Some(pager) = pager else { return write(out) };
        let mut text = Vec::new();
        write(&mut text)?;
        out.flush()?;
        match through(&pager, &text) {
            true => Ok(()),
            false => Ok(out.write_all(&text)?),
        }
    }
}

/// The pager that the environment names.
fn pager() -> Option<String> {
    let named = std::env::var("PAGER").unwrap_or_else(|_| "less".into());
    Some(named).filter(|p| !p.trim().is_empty() && p.trim() != "cat")
}

/// Whether the pager could be started; it has shown the text then.
fn through(pager: &str, text: &[u8]) -> bool {
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // end at once if it fits the screen, cut no colours, leave the text there
        command.env("LESS", "FRX");
    }
    if std::env::var_os("LESSCHARSET").is_none() {
        command.env("LESSCHARSET", "utf-8");
    }
    let Ok(mut child) = command.spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // who leaves the pager early wants no more
        let _ = input.write_all(text);
    }
    let _ = child.wait();
    true
}

/// Writes a JSON document.
pub(super) fn json(out: &mut dyn Write, answer: &impl Serialize) -> Result<(), Stop> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    Ok(writeln!(out)?)
}

/// Writes one JSON object a line.
pub(super) fn jsonl<T: Serialize>(out: &mut dyn Write, items: &[T]) -> Result<(), Stop> {
    for item in items {
        serde_json::to_writer(&mut *out, item)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes the answer in a form that needs no more than the answer, its items and their rows: the table is `rows(true)`,
/// CSV `rows(false)`, which cuts nothing.
pub(super) fn give<T: Serialize>(
    form: Form,
    asking: &Asking,
    out: &mut dyn Write,
    answer: &impl Serialize,
    items: &[T],
    rows: impl Fn(bool) -> Rows,
    around: (&str, &str),
) -> Result<(), Stop> {
    match form {
        Form::Json => json(out, answer),
        Form::Jsonl => jsonl(out, items),
        Form::Csv => rows(false).csv(out),
        Form::Table => asking.table(out, |out| {
            if !around.0.is_empty() {
                writeln!(out, "{}", around.0)?;
            }
            rows(true).table(out)?;
            if !around.1.is_empty() {
                writeln!(out, "{}", around.1)?;
            }
            Ok(())
        }),
    }
}

/// Writes a graph as a picture.
pub(super) fn draw(graph: &Graph, out: &mut dyn Write) -> Result<(), Stop> {
    Ok(options::format("dot")?.write(&View::all(graph), 0, out)?)
}

/// The entity that a name means; the others that it may mean are told.
pub(super) fn entity(base: &Base, name: &str) -> Result<Found, Error> {
    let found = crate::query::resolve(base, name)?;
    let keys: Vec<&str> = found.others.iter().map(|b| b.id.as_str()).collect();
    options::tell_other_keys(name, &found.entity.id, &keys);
    Ok(found)
}

/// The line under a table that shows a part only.
pub(super) fn rest(shown: usize, all: usize, what: &str) -> String {
    if shown < all { format!("… {shown} of {all} {what}; --limit 0 shows all") } else { String::new() }
}
