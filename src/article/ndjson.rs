//! NDJSON: an article a line, `{"id", "title", "date", "text", "summary", "tags", "entities", "format"}`. The
//! file is never held whole, and a bad line costs only itself.

use super::scalar::{Scalar, double_quoted};
use super::{Article, BlockKind, LONGEST, Options, Outcome, OwnEntity, TextBuilder, date, decode, markdown, plain};
use crate::diagnostic::Diagnostic;
use crate::schema::EntityKind;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io::BufRead;

#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    title: Option<&'a RawValue>,
    #[serde(borrow, default)]
    date: Option<&'a RawValue>,
    #[serde(borrow, default)]
    text: Option<&'a RawValue>,
    #[serde(borrow, default)]
    summary: Option<&'a RawValue>,
    #[serde(borrow, default)]
    tags: Option<&'a RawValue>,
    #[serde(borrow, default)]
    entities: Option<&'a RawValue>,
    #[serde(borrow, default)]
    format: Option<&'a RawValue>,
    #[serde(borrow, default)]
    draft: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct EntityRecord {
    name: String,
    kind: String,
    #[serde(default)]
    aliases: Vec<String>,
}

/// Reads NDJSON from `input`, called `name` in paths and messages, and hands each article to `sink`.
pub fn read_lines(name: &str, mut input: impl BufRead, options: &Options, sink: &mut dyn FnMut(Outcome)) {
    let mut ids = FxHashSet::default();
    let mut line = 0;
    loop {
        let mut bytes = Vec::new();
        line += 1;
        match input.read_until(b'\n', &mut bytes) {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                return sink(Outcome::Failed(
                    Diagnostic::error(name, format!("cannot be read on: {error}")).at(line, 1),
                ));
            }
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        let outcome = match bytes.len() > LONGEST {
            true => super::too_long(name),
            false => read_line(name, line, bytes, &mut ids, options),
        };
        sink(outcome);
    }
}

fn read_line(name: &str, line: u32, bytes: Vec<u8>, ids: &mut FxHashSet<String>, options: &Options) -> Outcome {
    let (source, fault) = decode::decode(name, bytes);
    let mut warnings: Vec<Diagnostic> = fault.into_iter().map(|w| w.at(line, 1)).collect();
    let read = article(name, line, &source, &mut warnings);
    match read {
        Err(diagnostic) => Outcome::Failed(diagnostic),
        Ok((article, _)) if article.draft && !options.drafts => Outcome::Draft(article.path),
        Ok((mut article, builder)) => {
            if !ids.insert(article.path.clone()) {
                let message = format!("the id {:?} was given before", article.path[name.len() + 1..].to_owned());
                let hint = "give each article an id of its own: its evidence is named by it";
                warnings.push(Diagnostic::warning(name, message).at(line, 1).hint(hint));
            }
            article.text = builder.finish_with(source, line - 1);
            Outcome::Article(Box::new(article), warnings)
        }
    }
}

fn article(
    name: &str,
    line: u32,
    source: &str,
    warnings: &mut Vec<Diagnostic>,
) -> Result<(Article, TextBuilder), Diagnostic> {
    let json = source.trim_start_matches('\u{FEFF}');
    let record: Record = serde_json::from_str(json).map_err(|error| {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        Diagnostic::error(name, format!("this line is not a JSON article: {message}"))
            .at(line, column(source, source.len() - json.len() + error.column().saturating_sub(1)))
            .hint("one object a line, such as {\"id\": \"1\", \"title\": \"…\", \"date\": \"2025-07-31\", \"text\": \"…\"}")
    })?;
    let string = |raw: Option<&RawValue>| raw.and_then(|raw| string(raw, source));
    let at = |raw: &RawValue| column(source, offset(raw, source));
    let Some(text) = string(record.text) else {
        let what =
            if record.text.is_some_and(|t| t.get() != "null") { "\"text\" is not a string" } else { "has no \"text\"" };
        return Err(Diagnostic::error(name, what)
            .at(line, record.text.map_or(1, at))
            .hint("put the article's words into \"text\""));
    };
    let id = match record.id {
        Some(raw) if raw.get() != "null" => string(Some(raw)).map_or_else(|| raw.get().to_owned(), |id| id.text),
        _ => line.to_string(),
    };
    let mut article = Article {
        path: format!("{name}#{id}"),
        draft: record.draft.is_some_and(|raw| raw.get() == "true"),
        ..Article::default()
    };
    let mut builder = TextBuilder::with_capacity(text.text.len());
    if let Some(title) = string(record.title) {
        title.write(BlockKind::Title, &mut builder);
        article.title = title.text.trim().to_owned();
    }
    if let Some(raw) = record.date.filter(|raw| raw.get() != "null") {
        let words = string(Some(raw)).map_or_else(|| raw.get().to_owned(), |date| date.text);
        article.date = date::parse(&words);
        if article.date.is_none() && !words.trim().is_empty() {
            let hint = "write it like 2025-07-31 or 2025-07-31T18:21:04+08:00";
            warnings.push(Diagnostic::warning(name, format!("{words:?} is not a date")).at(line, at(raw)).hint(hint));
        }
    }
    if let Some(summary) = string(record.summary) {
        summary.write(BlockKind::Summary, &mut builder);
    }
    if let Some(raw) = record.tags {
        let tags = match serde_json::from_str::<Vec<&RawValue>>(raw.get()) {
            Ok(tags) => tags.into_iter().filter_map(|tag| string(Some(tag))).collect(),
            Err(_) => string(Some(raw)).into_iter().collect::<Vec<_>>(),
        };
        for tag in tags {
            tag.write(BlockKind::Tag, &mut builder);
            article.tags.push(tag.text);
        }
    }
    if let Some(raw) = record.entities {
        article.own_entities = entities(name, line, at(raw), raw, warnings);
    }
    builder.set_origin(text.map);
    if string(record.format).is_some_and(|format| format.text.eq_ignore_ascii_case("markdown")) {
        let found = markdown::read(&text.text, 0, &mut builder);
        if article.title.is_empty() {
            article.title = found.title.unwrap_or_default();
        }
    } else {
        plain::read_lines(&text.text, 0, &mut builder);
    }
    Ok((article, builder))
}

/// The entities that the article brings along; those that are not sound are told of.
fn entities(name: &str, line: u32, column: u32, raw: &RawValue, warnings: &mut Vec<Diagnostic>) -> Vec<OwnEntity> {
    let mut warn =
        |message: String, hint: &str| warnings.push(Diagnostic::warning(name, message).at(line, column).hint(hint));
    if raw.get() == "null" {
        return Vec::new();
    }
    let Ok(items) = serde_json::from_str::<Vec<serde_json::Value>>(raw.get()) else {
        warn("\"entities\" is not a list".to_owned(), "write [{\"name\": \"商汤科技\", \"kind\": \"company\"}]");
        return Vec::new();
    };
    let mut out = Vec::new();
    for item in items {
        match serde_json::from_value::<EntityRecord>(item) {
            Err(error) => warn(
                format!("an entity cannot be read: {error}"),
                "it needs \"name\" and \"kind\", and may have \"aliases\"",
            ),
            Ok(item) if item.name.trim().is_empty() => {
                warn("an entity has an empty name".to_owned(), "name it or leave it out")
            }
            Ok(item) => match EntityKind::parse(&item.kind) {
                Some(kind) => out.push(OwnEntity { name: item.name, kind, aliases: item.aliases }),
                None => {
                    let kinds = EntityKind::ALL.map(EntityKind::as_str).join(", ");
                    warn(
                        format!("{:?} of {:?} is not a kind", item.kind, item.name),
                        &format!("the kinds are {kinds}"),
                    );
                }
            },
        }
    }
    out
}

/// The string that `raw`, a part of `source`, holds, if it is one.
fn string(raw: &RawValue, source: &str) -> Option<Scalar> {
    let inside = raw.get().strip_prefix('"')?;
    double_quoted(inside, offset(raw, source) + 1).map(|(scalar, _)| scalar)
}

fn offset(raw: &RawValue, source: &str) -> usize {
    (raw.get().as_ptr() as usize).saturating_sub(source.as_ptr() as usize)
}

/// The column of a byte offset in the line, from 1, in characters.
fn column(source: &str, offset: usize) -> u32 {
    source.as_bytes()[..offset.min(source.len())].iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32 + 1
}
