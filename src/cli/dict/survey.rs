//! `guanxi dict suggest` and `guanxi dict coverage`: what a corpus says about the dictionaries.

use crate::article::Article;
use crate::cli::options::{Knowing, Reading};
use crate::cli::pipeline::{self, Input, Tally};
use crate::cli::table::{Rows, excerpt, visible};
use crate::cli::{Outcome, Stop};
use crate::dictionary::edit::{NewAlias, NewEntry, folder, yaml};
use crate::dictionary::{Dictionary, fold};
use crate::mention::{self, Recogniser};
use crate::schema::EntityKind;
use crate::workbench::{Covered, Suggestion, Survey, Unlisted, suggest as find};
use clap::{ValueEnum, ValueHint};
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;

/// Names that a corpus has and no entry, those that would bring most first
///
/// Ranked by mentions × articles × how sure the kind is. YAML is ready to paste into dictionaries/; a name that
/// seems to be an alias of a listed entity is commented out, with the command that adds it.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi dict suggest content --limit 50
  guanxi dict suggest content --format yaml > dictionaries/companies/new.yaml")]
pub(super) struct SuggestArgs {
    /// Folders of articles or single ones; `-` reads NDJSON from standard input
    #[arg(value_name = "ARTICLES", default_value = "content", value_hint = ValueHint::AnyPath)]
    articles: Vec<PathBuf>,
    /// At most this many names; 0 for all
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,
    /// Only names of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = crate::cli::options::kinds())]
    kind: Vec<String>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: SuggestFormat,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    knowing: Knowing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SuggestFormat {
    Table,
    Yaml,
    Json,
}

/// How much of a corpus the dictionaries explain, and the most frequent names that they do not
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  guanxi dict coverage content --limit 50")]
pub(super) struct CoverageArgs {
    /// Folders of articles or single ones; `-` reads NDJSON from standard input
    #[arg(value_name = "ARTICLES", default_value = "content", value_hint = ValueHint::AnyPath)]
    articles: Vec<PathBuf>,
    /// List at most this many unexplained names; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: CoverageFormat,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    knowing: Knowing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CoverageFormat {
    Table,
    Json,
}

/// Surveys the articles under `roots`.
pub(super) fn gather(
    dictionary: &Dictionary,
    options: mention::Options,
    roots: &[PathBuf],
    reading: &Reading,
) -> Result<(Survey, Tally), Stop> {
    let input = Input::list(roots, reading.drafts)?;
    let recogniser = Recogniser::new(dictionary, options);
    let mut surveys: Vec<Survey> = (0..reading.threads()).map(|_| Survey::default()).collect();
    let each = |survey: &mut Survey, read: pipeline::Read<'_>| {
        let article: &Article = read.article;
        survey.add(read.place, article, &recogniser.recognise(article));
    };
    let tally = pipeline::run(&input, &mut surveys, each, |_| Ok(()))?;
    crate::cli::report(&tally.diagnostics);
    let mut whole = Survey::default();
    surveys.into_iter().for_each(|s| whole.merge(s));
    Ok((whole, tally))
}

pub(super) fn suggest(args: SuggestArgs, out: &mut dyn Write) -> Outcome {
    let dictionary = args.knowing.load()?;
    let (survey, tally) = gather(&dictionary, args.knowing.recognise(false), &args.articles, &args.reading)?;
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let all = if args.kind.is_empty() { limit } else { usize::MAX };
    let mut found = find(&survey, &dictionary, all);
    found.retain(|s| args.kind.is_empty() || args.kind.iter().any(|k| k == s.kind.as_str()));
    found.truncate(limit);
    match args.format {
        SuggestFormat::Table => table(&dictionary, &found, out)?,
        SuggestFormat::Yaml => paste(&dictionary, &found, out)?,
        SuggestFormat::Json => {
            let list: Vec<Value> = found.iter().map(|s| value(&dictionary, s)).collect();
            serde_json::to_writer_pretty(&mut *out, &list)?;
            writeln!(out)?;
        }
    }
    Ok((tally.failed > 0) as u8)
}

fn alias_of<'d>(dictionary: &'d Dictionary, s: &Suggestion) -> Option<(&'d str, &'static str)> {
    s.alias_of.map(|(id, why)| (&*dictionary.entity(id).name, why))
}

fn table(dictionary: &Dictionary, found: &[Suggestion], out: &mut dyn Write) -> Result<(), Stop> {
    let mut rows = Rows::new(&["name", "kind", "sure", "mentions", "articles", "alias of", "context"]);
    for s in found {
        let c = &s.seen.contexts[0];
        rows.rows.push(vec![
            s.name.to_string(),
            s.kind.to_string(),
            format!("{:.2}", s.sure),
            s.seen.mentions.to_string(),
            s.seen.articles.to_string(),
            alias_of(dictionary, s).map(|(name, _)| name.to_string()).unwrap_or_default(),
            format!("{}:{}  {}", c.article, c.place.line, excerpt(&c.sentence, c.focus, 60)),
        ]);
    }
    rows.table(out)
}

/// Forms that differ by more than folding, most frequent first.
fn other_forms(name: &str, seen: &Unlisted) -> Vec<String> {
    let mut forms: Vec<(&String, &u64)> = seen.forms.iter().filter(|(f, _)| fold(f) != fold(name)).collect();
    forms.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let mut out: Vec<String> = Vec::new();
    for (form, _) in forms {
        if !out.iter().any(|o| fold(o) == fold(form)) {
            out.push(form.clone());
        }
    }
    out
}

fn paste(dictionary: &Dictionary, found: &[Suggestion], out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    for kind in EntityKind::ALL {
        let of_kind: Vec<&Suggestion> = found.iter().filter(|s| s.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        if !first {
            writeln!(out)?;
        }
        first = false;
        writeln!(out, "# {}/: {} names, those that would bring most first", folder(kind), of_kind.len())?;
        for s in of_kind {
            let (mentions, articles) = (s.seen.mentions, s.seen.articles);
            writeln!(out, "# {}: {mentions} mentions in {articles} articles, {kind} {:.2}", s.name, s.sure)?;
            for c in &s.seen.contexts {
                writeln!(
                    out,
                    "#   {}:{}:{}  {}",
                    c.article,
                    c.place.line,
                    c.place.column,
                    excerpt(&c.sentence, c.focus, 120)
                )?;
            }
            let aliases = other_forms(s.name, s.seen).into_iter().map(NewAlias::plain).collect();
            let entry = yaml(&NewEntry { name: s.name.to_string(), aliases, fields: Vec::new() }, 0);
            match alias_of(dictionary, s) {
                None => write!(out, "{entry}")?,
                Some((listed, why)) => {
                    writeln!(
                        out,
                        "#   perhaps an alias of {listed} ({why}): guanxi dict alias '{listed}' '{}'",
                        s.name
                    )?;
                    for line in entry.lines() {
                        writeln!(out, "# {line}")?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn contexts(seen: &Unlisted) -> Vec<Value> {
    let one = |c: &crate::workbench::Context| json!({"article": c.article, "line": c.place.line, "column": c.place.column, "sentence": c.sentence});
    seen.contexts.iter().map(one).collect()
}

fn value(dictionary: &Dictionary, s: &Suggestion) -> Value {
    json!({
        "name": s.name, "kind": s.kind, "sure": (s.sure * 1000.0).round() / 1000.0,
        "mentions": s.seen.mentions, "articles": s.seen.articles, "forms": s.seen.forms,
        "alias_of": alias_of(dictionary, s).map(|a| a.0), "alias_why": alias_of(dictionary, s).map(|a| a.1),
        "contexts": contexts(s.seen),
    })
}

pub(super) fn coverage(args: CoverageArgs, out: &mut dyn Write) -> Outcome {
    let dictionary = args.knowing.load()?;
    let (survey, tally) = gather(&dictionary, args.knowing.recognise(false), &args.articles, &args.reading)?;
    let rows = survey.coverage(&dictionary);
    let limit = if args.limit == 0 { usize::MAX } else { args.limit };
    let mut unexplained = survey.unexplained();
    unexplained.truncate(limit);
    match args.format {
        CoverageFormat::Table => coverage_table(&survey, &rows, &unexplained, out)?,
        CoverageFormat::Json => {
            let row = |c: &Covered| {
                json!({"listed_mentions": c.listed_mentions, "listed_names": c.listed_names,
                       "unlisted_mentions": c.unlisted_mentions, "unlisted_names": c.unlisted_names,
                       "share": (c.share() * 10_000.0).round() / 10_000.0})
            };
            let kinds: serde_json::Map<String, Value> =
                EntityKind::ALL.iter().map(|k| (k.to_string(), row(&rows[*k as usize]))).collect();
            let total = rows.iter().fold(Covered::default(), |a, b| a + *b);
            let names: Vec<Value> = unexplained
                .iter()
                .map(|u| json!({"name": u.name(), "kind": u.kind().0, "mentions": u.mentions, "articles": u.articles}))
                .collect();
            let answer =
                json!({"articles": survey.articles, "kinds": kinds, "total": row(&total), "unexplained": names});
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)?;
        }
    }
    Ok((tally.failed > 0) as u8)
}

fn coverage_table(
    survey: &Survey,
    rows: &[Covered; 4],
    unexplained: &[&Unlisted],
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let mut table = Rows::new(&["kind", "mentions", "listed", "share", "names", "listed", "share"]);
    let mut put = |word: &str, c: &Covered| {
        let names = c.listed_names + c.unlisted_names;
        table.rows.push(vec![
            word.to_string(),
            (c.listed_mentions + c.unlisted_mentions).to_string(),
            c.listed_mentions.to_string(),
            format!("{:.1} %", 100.0 * c.share()),
            names.to_string(),
            c.listed_names.to_string(),
            format!("{:.1} %", 100.0 * c.listed_names as f64 / names.max(1) as f64),
        ]);
    };
    EntityKind::ALL.iter().for_each(|k| put(k.as_str(), &rows[*k as usize]));
    put("all", &rows.iter().fold(Covered::default(), |a, b| a + *b));
    writeln!(out, "{} articles", survey.articles)?;
    table.table(out)?;
    if !unexplained.is_empty() {
        writeln!(out, "\nmost frequent names without entry")?;
        let mut names = Rows::new(&["name", "kind", "mentions", "articles", "context"]);
        for u in unexplained {
            let c = &u.contexts[0];
            names.rows.push(vec![
                visible(u.name()),
                u.kind().0.to_string(),
                u.mentions.to_string(),
                u.articles.to_string(),
                format!("{}:{}  {}", c.article, c.place.line, excerpt(&c.sentence, c.focus, 60)),
            ]);
        }
        names.table(out)?;
    }
    Ok(())
}
