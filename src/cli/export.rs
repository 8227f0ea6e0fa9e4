//! `guanxi export`: the built graph in another format.

use super::Outcome;
use super::options::{self, Built, Picking};
use crate::diagnostic::{Diagnostic, Error};
use crate::export::{self, FORMATS};
use crate::query;
use clap::ValueHint;
use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;

/// Write the built graph, or a part of it, in another format
///
/// The whole graph is written unless a part is chosen; only `dot` shows the strongest 80 entities by itself.
#[derive(Debug, clap::Args)]
#[command(after_help = formats())]
pub(super) struct Args {
    /// The format
    format: String,
    /// Of a format that differs from reader to reader, the form for this one
    #[arg(long, value_name = "NAME")]
    dialect: Option<String>,
    /// Write the format's files into this folder; else to standard output
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    to: Option<PathBuf>,
    /// Of a format with several files, write this one to standard output
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    part: Option<String>,
    #[command(flatten)]
    picking: Picking,
    #[command(flatten)]
    built: Built,
}

fn formats() -> String {
    let mut out = String::from("Formats:\n");
    for f in FORMATS {
        let _ = writeln!(out, "  {:<12} {}", f.name(), f.about());
        let dialects: Vec<&str> = f.dialects().iter().map(|d| d.0).collect();
        if !dialects.is_empty() {
            let _ = writeln!(out, "  {:<12} --dialect {}", "", dialects.join(", "));
        }
    }
    if !cfg!(feature = "parquet") {
        let _ = writeln!(out, "  {:<12} (not in this build: it needs the feature of this name)", export::PARQUET);
    }
    out + "
Examples:
  guanxi export dot --around 商汤 --depth 2 | dot -Tsvg > sensetime.svg
  guanxi export csv --to tables/
  guanxi export cypher --dialect memgraph | mgconsole
  guanxi export jsonl --relation invests_in,acquires > deals.jsonl"
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let format = options::dialect(options::format(&args.format)?, args.dialect.as_deref())?;
    let graph = args.built.load()?;
    let view = match format.name() {
        "dot" => query::select(&graph, &args.picking.selection(&graph)?),
        _ => args.picking.view(&graph)?,
    };
    if let Some(folder) = &args.to {
        for export::Left { path, .. } in export::write_files(format, &view, folder)? {
            writeln!(out, "wrote {}", path.display())?;
        }
        return Ok(0);
    }
    let parts = format.parts();
    let part = match &args.part {
        None if parts.len() == 1 => Some(0),
        None => None,
        Some(name) => parts.iter().position(|p| p.file == name || p.file.split('.').next() == Some(name)),
    };
    let Some(part) = part else {
        let files: Vec<&str> = parts.iter().map(|p| p.file).collect();
        let d = Diagnostic::error("", format!("{} has the files {}", format.name(), files.join(", ")));
        return Err(Error::usage(d.hint("choose one with --part FILE, or write all with --to DIR")).into());
    };
    format.write(&view, part, out)?;
    Ok(0)
}
