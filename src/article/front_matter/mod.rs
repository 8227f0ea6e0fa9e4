//! Front matter: found at the head of a file, read into [`Fields`]. The common flat YAML has a fast reader
//! of its own ([`flat`]); all else goes to full YAML and TOML parsers ([`full`]), and what they refuse is
//! recovered line by line.

mod flat;
mod full;

use super::date;
use super::scalar::Scalar;
use super::text::place_of;
use crate::diagnostic::Diagnostic;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// Field names that give the summary, best first.
const SUMMARY: [&str; 3] = ["summary", "description", "excerpt"];
/// Field names that give the tags, best first.
const TAGS: [&str; 2] = ["tags", "keywords"];

/// What the front matter says.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub title: Option<Scalar>,
    pub date: Option<Date>,
    pub draft: bool,
    pub summary: Option<Scalar>,
    pub tags: Vec<Scalar>,
    pub extra: BTreeMap<String, Value>,
    /// Where the body begins.
    pub body: usize,
}

/// A field as read, before its name gives it a meaning.
#[derive(Clone, Debug, PartialEq)]
enum Field {
    /// A scalar as written; `quoted` ones are strings for sure.
    One { value: Scalar, quoted: bool },
    /// A list of scalars.
    Many(Vec<(Scalar, bool)>),
    /// Anything else.
    Other(Value),
}

/// Reads the front matter of `source`, a file called `name`; without one, everything is body.
pub(super) fn read(name: &str, source: &str, warnings: &mut Vec<Diagnostic>) -> Fields {
    let Some(found) = find(source) else {
        let body = if source.starts_with('\u{FEFF}') { 3 } else { 0 };
        return Fields { body, ..Fields::default() };
    };
    if !found.closed {
        let place = place_of(source, found.open);
        let mark = if found.is_toml { "+++" } else { "---" };
        warnings.push(
            Diagnostic::warning(name, format!("the front matter has no closing {mark}"))
                .at(place.line, place.column)
                .hint(format!("put a line with {mark} between the fields and the text")),
        );
    }
    let text = &source[found.start..found.end];
    let fields = match found.is_toml {
        false => flat::read(text).map_or_else(|| full::yaml(text), Ok),
        true => full::toml(text),
    };
    let fields = fields.unwrap_or_else(|mut fault| {
        fault.shift(found.start);
        let place = place_of(source, fault.offset.min(source.len()));
        let line = source[line_start(source, fault.offset)..].lines().next().unwrap_or_default();
        warnings.push(
            Diagnostic::warning(name, format!("the front matter is not sound: {}", fault.message))
                .at(place.line, place.column)
                .snippet(line.chars().take(120).collect::<String>())
                .hint(
                    "the fields that can be made out are used; put values that hold : # [ ] { } or quotes into quotes",
                ),
        );
        full::recover(text, found.is_toml)
    });
    let fields = fields.into_iter().map(|(key, at, field)| (key, at, shift(field, found.start))).collect();
    Fields { body: found.body, ..settle(name, source, fields, warnings) }
}

/// Where the front matter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    open: usize,
    start: usize,
    end: usize,
    body: usize,
    is_toml: bool,
    closed: bool,
}

fn find(source: &str) -> Option<Found> {
    let head = source.trim_start_matches(['\u{FEFF}', '\n', '\r', ' ', '\t']);
    let open = source.len() - head.len();
    let is_toml = head.starts_with("+++");
    let mark = if is_toml { "+++" } else { "---" };
    let (first, _) = split_line(head);
    if first.trim_end() != mark {
        return None;
    }
    let start = open + first.len() + line_end_length(&head[first.len()..]);
    let mut at = start;
    let mut last_field = start;
    let mut seen_field = false;
    let mut broken = false;
    while at < source.len() {
        let (line, end) = split_line(&source[at..]);
        if line.trim_end() == mark {
            return (seen_field || !broken).then_some(Found {
                open,
                start,
                end: at,
                body: at + end,
                is_toml,
                closed: true,
            });
        }
        let looks = is_field(line, is_toml);
        seen_field |= looks;
        if !broken && (looks || line.starts_with([' ', '\t', '-', '#', '[', ']'])) && !line.trim().is_empty() {
            last_field = at + end;
        } else {
            broken = true;
            if !seen_field && !line.trim().is_empty() {
                return None;
            }
        }
        at += end;
    }
    let end = last_field;
    seen_field.then_some(Found { open, start, end, body: end, is_toml, closed: false })
}

/// Whether a line reads `key: value` or `key = value`.
fn is_field(line: &str, is_toml: bool) -> bool {
    let Some((key, _)) = line.split_once(if is_toml { '=' } else { ':' }) else { return false };
    let key = key.trim_end();
    !key.is_empty()
        && key.chars().count() <= 60
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '"' | '\''))
}

/// The line at the start of `text`, without its end, and the length with it.
fn split_line(text: &str) -> (&str, usize) {
    let length = memchr::memchr2(b'\n', b'\r', text.as_bytes()).unwrap_or(text.len());
    (&text[..length], length + line_end_length(&text[length..]))
}

fn line_end_length(rest: &str) -> usize {
    if rest.starts_with("\r\n") { 2 } else { rest.starts_with(['\n', '\r']) as usize }
}

fn line_start(source: &str, offset: usize) -> usize {
    source.as_bytes()[..offset.min(source.len())].iter().rposition(|b| matches!(b, b'\n' | b'\r')).map_or(0, |i| i + 1)
}

fn shift(mut field: Field, by: usize) -> Field {
    let move_on = |scalar: &mut Scalar| scalar.map.iter_mut().for_each(|s| s.file += by as u32);
    match &mut field {
        Field::One { value, .. } => move_on(value),
        Field::Many(items) => items.iter_mut().for_each(|(item, _)| move_on(item)),
        Field::Other(_) => {}
    }
    field
}

/// Gives the fields their meanings.
fn settle(name: &str, source: &str, fields: Vec<(String, usize, Field)>, warnings: &mut Vec<Diagnostic>) -> Fields {
    let mut out = Fields::default();
    let has = |key: &str| fields.iter().any(|(k, _, field)| k == key && !is_empty(field));
    let summary = SUMMARY.into_iter().find(|key| has(key));
    let tags = TAGS.into_iter().find(|key| has(key));
    for (key, _, field) in fields {
        match (key.as_str(), field) {
            ("title", Field::One { value, .. }) => out.title = Some(value).filter(|t| !t.text.trim().is_empty()),
            ("date", Field::One { value, .. }) => {
                out.date = date::parse(&value.text);
                if out.date.is_none() && !value.text.trim().is_empty() && value.text != "null" {
                    let place = place_of(source, value.start());
                    warnings.push(
                        Diagnostic::warning(name, format!("{:?} is not a date", value.text))
                            .at(place.line, place.column)
                            .hint("write it like 2025-07-31 or 2025-07-31T18:21:04+08:00"),
                    );
                }
            }
            ("draft", Field::One { value, .. }) => {
                out.draft = matches!(value.text.as_str(), "true" | "True" | "TRUE" | "yes")
            }
            (key, Field::One { value, .. }) if Some(key) == summary => out.summary = Some(value),
            (key, Field::Many(items)) if Some(key) == tags => {
                out.tags = items.into_iter().map(|(item, _)| item).collect()
            }
            (key, Field::One { value, .. }) if Some(key) == tags => out.tags = vec![value],
            (_, field) => {
                out.extra.insert(key, json(field));
            }
        }
    }
    out
}

fn is_empty(field: &Field) -> bool {
    match field {
        Field::One { value, quoted } => {
            value.text.trim().is_empty() || !quoted && matches!(value.text.as_str(), "null" | "~")
        }
        Field::Many(items) => items.is_empty(),
        Field::Other(value) => value.is_null(),
    }
}

fn json(field: Field) -> Value {
    match field {
        Field::One { value, quoted } => scalar_json(value.text, quoted),
        Field::Many(items) => items.into_iter().map(|(item, quoted)| scalar_json(item.text, quoted)).collect(),
        Field::Other(value) => value,
    }
}

/// An unquoted scalar's JSON value, by YAML 1.2: `no` stays a word.
fn scalar_json(text: String, quoted: bool) -> Value {
    if quoted {
        return Value::String(text);
    }
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => {
            let starts_well = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
            match serde_json::from_str::<serde_json::Number>(&text) {
                Ok(number) if starts_well => Value::Number(number),
                _ => Value::String(text),
            }
        }
    }
}

#[cfg(test)]
mod tests;
