//! `guanxi dict check`: what is wrong or doubtful in the dictionaries.

use super::survey::gather;
use crate::cli::options::{Knowing, Reading};
use crate::cli::{Outcome, write_diagnostic};
use crate::diagnostic::Severity;
use crate::dictionary::check::{self, Finding};
use crate::dictionary::{Opened, open};
use clap::{ValueEnum, ValueHint};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// What is wrong or doubtful in the dictionaries, each with file, line and hint
///
/// Errors keep a dictionary from being used, or make a name mean two things; warnings are names that count where
/// they should not, conditions that cannot apply, links to nowhere, entries out of order.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi dict check
  guanxi dict check --dict mine.yaml --corpus content
  guanxi dict check --format json | jq '.findings[] | select(.severity == \"error\")'

Exit codes: 0 nothing worse than a warning; 1 there are errors.")]
pub(super) struct Args {
    /// Also tell which entries no article under this path names
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    corpus: Vec<PathBuf>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    knowing: Knowing,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let sources = args.knowing.sources();
    let opened = open(&sources, None);
    let mut findings = check::check(&opened);
    let sound = opened.faults.iter().all(|d| d.severity != Severity::Error);
    if !args.corpus.is_empty() && sound {
        let options = args.knowing.recognise(false);
        let (survey, _) = gather(&opened.dictionary, options, &args.corpus, &args.reading)?;
        findings.extend(check::never_matched(&opened, &survey.listed.keys().copied().collect()));
    }
    match args.format {
        Format::Text => text(&opened, &findings, out)?,
        Format::Json => json(&opened, &findings, out)?,
    }
    Ok(findings.iter().any(|f| f.diagnostic.severity == Severity::Error) as u8)
}

fn severity(finding: &Finding) -> &'static str {
    match finding.diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn counted(n: usize, word: &str) -> String {
    match (n, word.strip_suffix('y')) {
        (1, _) => format!("1 {word}"),
        (_, Some(stem)) => format!("{n} {stem}ies"),
        (_, None) => format!("{n} {word}s"),
    }
}

fn text(opened: &Opened, findings: &[Finding], out: &mut dyn Write) -> std::io::Result<()> {
    let color = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
    for finding in findings {
        write_diagnostic(&finding.diagnostic, color, out)?;
    }
    let d = &opened.dictionary;
    let names = counted(d.index.len(), "name");
    write!(out, "{} with {names} in {}: ", counted(d.entities.len(), "entry"), counted(d.files.len(), "file"))?;
    let count = |s| findings.iter().filter(|f| f.diagnostic.severity == s).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    if findings.is_empty() {
        return writeln!(out, "all sound");
    }
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    findings.iter().for_each(|f| *parts.entry(f.check.as_str()).or_default() += 1);
    let parts: Vec<String> = parts.iter().map(|(check, n)| format!("{check} {n}")).collect();
    let sums = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let sums: Vec<String> = sums.iter().filter(|s| s.0 > 0).map(|(n, word)| counted(*n, word)).collect();
    writeln!(out, "{} ({})", sums.join(", "), parts.join(", "))
}

fn json(opened: &Opened, findings: &[Finding], out: &mut dyn Write) -> Result<(), crate::cli::Stop> {
    let one = |f: &Finding| {
        let d = &f.diagnostic;
        json!({"check": f.check.as_str(), "severity": severity(f), "file": d.file,
               "line": d.place.map(|p| p.line), "column": d.place.map(|p| p.column),
               "message": d.message, "snippet": d.snippet, "hint": d.hint})
    };
    let d = &opened.dictionary;
    let count = |s| findings.iter().filter(|f| f.diagnostic.severity == s).count();
    let answer = json!({
        "entries": d.entities.len(), "names": d.index.len(), "files": d.files.len(),
        "errors": count(Severity::Error), "warnings": count(Severity::Warning), "notes": count(Severity::Note),
        "findings": findings.iter().map(one).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &answer)?;
    writeln!(out)?;
    Ok(())
}
