//! `guanxi report`: what changed since a date, to be handed on.

use super::Outcome;
use super::answer;
use super::options::{Built, Filtering};
use crate::diagnostic::{Diagnostic, Error};
use crate::export;
use crate::graph::Day;
use crate::render::Lang;
use crate::report::{self, Subject};
use clap::{ValueEnum, ValueHint};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Write what changed since a date: new, ended, confirmed, stronger, contradictory, with the sentences
///
/// About the entities given, or all. Without --since, the thirty days up to the newest article.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi report --since 2025-07 > changes.md
  guanxi report OpenAI Anthropic --since 2025-06-15 --to openai.html
  guanxi report 商汤 --since 2025-06 --lang zh --to sensetime.html
  guanxi report --since 2025-07 --relation invests_in,acquires --limit 0

Markdown goes to standard output; --to FILE writes .md or .html (one file, no network, with charts and a picture).")]
pub(super) struct Args {
    /// Any name of an entity, or its key
    entities: Vec<String>,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many ties in each part; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// At most this many sentences for each tie
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=50))]
    sentences: u8,
    /// Write this file; .md or .html tells the format
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    to: Option<PathBuf>,
    /// The format, where the file's name does not tell it
    #[arg(long, value_name = "FORMAT")]
    format: Option<ReportFormat>,
    /// The report's language; sentences stay as they are
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["zh", "en"])]
    lang: String,
    #[command(flatten)]
    built: Built,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// Markdown
    Md,
    /// HTML
    Html,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let format = format(&args)?;
    let base = args.built.base()?;
    let entities =
        args.entities.iter().map(|name| Ok(answer::entity(&base, name)?.id)).collect::<Result<_, Error>>()?;
    let mut filter = args.filtering.filter(base.schema())?;
    if filter.since.is_none() {
        filter.since = month_before(base.last_day()?);
    }
    let subject = Subject { entities, filter, limit: args.limit, sentences: usize::from(args.sentences) };
    let lang = Lang::parse(&args.lang).unwrap_or(Lang::En);
    let report = report::report(&base, &subject)?;
    let text = match format {
        ReportFormat::Md => report::markdown(&report, lang),
        ReportFormat::Html => report::html(&report, lang),
    };
    match &args.to {
        None => out.write_all(text.as_bytes())?,
        Some(path) => {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("report.md");
            export::write_file(folder, name, |file| file.write_all(text.as_bytes()))?;
            writeln!(out, "wrote {}", path.display())?;
        }
    }
    if report.is_empty() {
        let d = Diagnostic::error("", format!("nothing changed from {} to {}", report.since, report.until));
        return Err(
            Error::new(d.hint("give an earlier --since, or leave out some of --relation, --kind, --status")).into()
        );
    }
    Ok(0)
}

fn format(args: &Args) -> Result<ReportFormat, Error> {
    let extension = args.to.as_ref().and_then(|p| p.extension()).and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    match (args.format, extension.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, None | Some("md" | "markdown")) => Ok(ReportFormat::Md),
        (None, Some("html" | "htm")) => Ok(ReportFormat::Html),
        (None, Some(other)) => {
            let d = Diagnostic::error("", format!("a report is .md or .html, not .{other}"));
            Err(Error::usage(d.hint("name the file so, or give --format md or --format html")))
        }
    }
}

/// Thirty days before the newest article; no day if no article has one.
fn month_before(last: Day) -> Day {
    let start =
        last.to_string().parse::<jiff::civil::Date>().ok().and_then(|d| d.checked_sub(jiff::Span::new().days(30)).ok());
    start.map_or(Day::NONE, |d| Day::parse(&d.to_string()))
}
