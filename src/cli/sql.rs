//! `guanxi sql`: a question to the store in SQL.

use super::answer::Form;
use super::options::Built;
use super::table::Rows;
use super::{Outcome, Stop, hex};
use crate::diagnostic::{Diagnostic, Error};
use crate::store::Store;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
use std::io::{Read, Write};

/// Ask the store in SQL
///
/// The store is one SQLite file, guanxi.db, in the folder that `guanxi build` wrote; docs/store.md describes its tables
/// and views. Nothing can be changed through this command.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi sql \"SELECT key, articles FROM entity ORDER BY pagerank DESC LIMIT 10\"
  guanxi sql \"SELECT source_name, target_name, status FROM ties WHERE relation = 'acquires'\" --format csv
  guanxi sql \"SELECT date, path, sentence FROM claims WHERE subject = 'company/商汤科技' ORDER BY date\"
  guanxi sql \"SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view')\"
  guanxi sql - < question.sql")]
pub(super) struct Args {
    /// One statement that reads; `-` takes it from standard input
    statement: String,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,
    #[command(flatten)]
    built: Built,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let store = args.built.store()?;
    let mut sql = args.statement;
    if sql == "-" {
        sql.clear();
        std::io::stdin().read_to_string(&mut sql).map_err(|e| {
            let d = Diagnostic::error("-", format!("cannot read the statement: {e}"));
            Error::usage(d.hint("it must be UTF-8 text"))
        })?;
    }
    answer(&store, &sql, args.format, out)?;
    Ok(0)
}

fn answer(store: &Store, sql: &str, format: Form, out: &mut dyn Write) -> Result<(), Stop> {
    let fault = |e: rusqlite::Error| Stop::from(refused(sql, &e));
    let mut statement = store.connection().prepare(sql).map_err(fault)?;
    if !statement.readonly() {
        let d = Diagnostic::error("", "this statement would change something");
        return Err(Error::usage(d.hint("the store is for reading; `guanxi build` writes it")).into());
    }
    if statement.parameter_count() > 0 {
        let d = Diagnostic::error("", "this statement has parameters, which have no values here");
        return Err(Error::usage(d.hint("write the values into the statement, text in 'single quotes'")).into());
    }
    let heads: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut table = Rows { heads: heads.clone(), rows: Vec::new() };
    let mut rows = statement.query([]).map_err(fault)?;
    let mut first = true;
    while let Some(row) = rows.next().map_err(fault)? {
        let values = (0..heads.len()).map(|i| row.get_ref(i)).collect::<Result<Vec<_>, _>>().map_err(fault)?;
        match format {
            Form::Table => table.rows.push(values.into_iter().map(words).collect()),
            Form::Csv => {
                if first {
                    table.csv(out)?;
                }
                let cells = values.into_iter().map(|v| words(v).into()).collect::<Vec<_>>();
                crate::export::csv_row(out, &cells)?;
            }
            Form::Json | Form::Jsonl => {
                if format == Form::Json {
                    out.write_all(if first { b"[\n" } else { b",\n" })?;
                }
                let object: Map<String, Value> =
                    unique(&heads).into_iter().zip(values.into_iter().map(value)).collect();
                serde_json::to_writer(&mut *out, &object)?;
                if format == Form::Jsonl {
                    writeln!(out)?;
                }
            }
        }
        first = false;
    }
    match format {
        Form::Table => table.table(out)?,
        Form::Csv if first => table.csv(out)?,
        Form::Json => out.write_all(if first { b"[]\n" } else { b"\n]\n" })?,
        Form::Csv | Form::Jsonl => {}
    }
    Ok(())
}

/// Column names as keys of an object: of several with one name, the later get a number.
fn unique(heads: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(heads.len());
    for head in heads {
        let mut name = head.clone();
        let mut number = 1;
        while out.contains(&name) {
            number += 1;
            name = format!("{head}_{number}");
        }
        out.push(name);
    }
    out
}

fn words(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(x) => x.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => hex(bytes),
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(_) | ValueRef::Blob(_) => words(value).into(),
    }
}

/// SQLite's message with the place that it is about.
fn refused(sql: &str, error: &rusqlite::Error) -> Error {
    let hint = "`guanxi sql \"SELECT name, sql FROM sqlite_schema\"` shows the tables and views";
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let d = Diagnostic::error("SQL", msg.clone());
            let at = usize::try_from(*offset).ok().filter(|at| sql.is_char_boundary(*at));
            let Some(before) = at.and_then(|at| sql.get(..at)) else { return Error::usage(d.hint(hint)) };
            let line = before.matches('\n').count();
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
            let shown = sql.lines().nth(line).unwrap_or_default();
            Error::usage(d.at(line as u32 + 1, column as u32 + 1).snippet(shown).hint(hint))
        }
        rusqlite::Error::MultipleStatement => {
            let d = Diagnostic::error("SQL", "this is more than one statement");
            Error::usage(d.hint("give one; run the command once for each"))
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => {
            Error::usage(Diagnostic::error("SQL", message.clone()).hint(hint))
        }
        other => Error::usage(Diagnostic::error("SQL", other.to_string()).hint(hint)),
    }
}
