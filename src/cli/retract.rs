//! `guanxi retract`: what falls if an article is withdrawn.

use super::answer::Form;
use super::options::Built;
use super::table::Rows;
use super::{Outcome, Stop};
use crate::diagnostic::{Diagnostic, Error};
use crate::store::{LostEntity, LostTie, Retraction, Store};
use serde_json::{Value, json};
use std::io::Write;

/// What falls if an article is withdrawn: entities and ties gone, ties weaker
///
/// Nothing is changed: to withdraw the article, remove it (or mark it as a draft) and build again.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi retract 2025-06-24-sensetime.md
  guanxi retract news.ndjson#17 --format json")]
pub(super) struct Args {
    /// The article's path under the content folder; for NDJSON, FILE#ID
    article: String,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,
    #[command(flatten)]
    built: Built,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let store = args.built.store()?;
    let Some(found) = store.retract(&args.article)? else { return Err(unknown(&store, &args.article)?.into()) };
    match args.format {
        Form::Table => table(&found, out)?,
        Form::Csv => rows(&found).csv(out)?,
        Form::Json => {
            let articles = found.articles.iter().map(|a| {
                json!({"path": a.path, "title": a.title, "date": Some(a.date).filter(|d| !d.is_none()).map(|d| d.to_string())})
            });
            let answer = json!({
                "articles": articles.collect::<Vec<_>>(),
                "entities": found.entities.iter().map(entity).collect::<Vec<_>>(),
                "ties": found.ties.iter().map(tie).collect::<Vec<_>>(),
            });
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)?;
        }
        Form::Jsonl => {
            for mut item in found.entities.iter().map(entity).chain(found.ties.iter().map(tie)) {
                item["type"] = if item.get("relation").is_some() { "tie" } else { "entity" }.into();
                serde_json::to_writer(&mut *out, &item)?;
                writeln!(out)?;
            }
        }
    }
    Ok(0)
}

fn unknown(store: &Store, path: &str) -> Result<Error, Error> {
    let d = Diagnostic::error("", format!("there is no article `{path}` in the store"));
    let near = store.articles_ending(path.rsplit('/').next().unwrap_or(path), 3)?;
    Ok(Error::usage(match near.is_empty() {
        true => d.hint("give its path under the content folder, as evidence shows it"),
        false => d.hint(format!("did you mean {}?", near.join(" or "))),
    }))
}

fn effect(becomes: Option<&str>) -> String {
    becomes.map_or("falls".to_owned(), |key| format!("becomes {key}"))
}

fn entity(e: &LostEntity) -> Value {
    let mut value =
        json!({"key": e.key, "name": e.name, "effect": if e.becomes.is_some() { "becomes" } else { "falls" }});
    if let Some(key) = &e.becomes {
        value["becomes"] = key.as_str().into();
    }
    value
}

fn change(t: &LostTie) -> &'static str {
    match t {
        t if t.falls() => "falls",
        // fewer sentences, or none any more and only paragraphs
        t if t.weight.1 != t.weight.0 => "weaker",
        _ => "other status",
    }
}

fn tie(t: &LostTie) -> Value {
    json!({
        "source": t.source, "relation": t.relation, "target": t.target, "effect": change(t),
        "weight": t.weight.0, "weight_after": t.weight.1, "status": t.status.0, "status_after": t.status.1,
    })
}

fn rows(found: &Retraction) -> Rows {
    let mut rows = Rows::new(&["effect", "source", "relation", "target", "weight", "after", "status", "after"]);
    for e in &found.entities {
        let mut row = vec![effect(e.becomes.as_deref()), e.key.clone()];
        row.resize(8, String::new());
        rows.rows.push(row);
    }
    for t in &found.ties {
        let status = |s: Option<crate::schema::Status>| s.map(|s| s.to_string()).unwrap_or_default();
        rows.rows.push(vec![
            change(t).to_owned(),
            t.source.clone(),
            t.relation.clone(),
            t.target.clone(),
            t.weight.0.to_string(),
            t.weight.1.to_string(),
            status(t.status.0),
            status(t.status.1),
        ]);
    }
    rows
}

fn table(found: &Retraction, out: &mut dyn Write) -> Result<(), Stop> {
    for a in &found.articles {
        writeln!(out, "{}  {}  {}", super::table::visible(&a.path), a.date, super::table::visible(&a.title))?;
    }
    let count = |what: &str| found.ties.iter().filter(|t| change(t) == what).count();
    writeln!(
        out,
        "without it: {} entities fall or change, {} ties fall, {} are weaker, {} change their status\n",
        found.entities.len(),
        count("falls"),
        count("weaker"),
        count("other status")
    )?;
    rows(found).table(out)
}
