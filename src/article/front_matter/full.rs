//! YAML and TOML by their full parsers, and what can be saved of front matter that they refuse.

use super::super::scalar::{Scalar, align};
use super::{Field, flat, is_field, split_line};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_saphyr::Spanned;
use std::fmt;
use toml::de::{DeTable, DeValue};

/// Named fields with where they stand.
pub(super) type Named = Vec<(String, usize, Field)>;

/// Why a full parser gave up, and where, in bytes from the start of the front matter.
#[derive(Debug)]
pub(super) struct Fault {
    pub message: String,
    pub offset: usize,
}

impl Fault {
    /// Counts from the start of the file instead.
    pub(super) fn shift(&mut self, by: usize) {
        self.offset += by;
    }
}

/// Reads YAML. Fields that are text by nature are taken as written, not as YAML 1.1 types them (`NO`, `010`).
pub(super) fn yaml(text: &str) -> Result<Named, Fault> {
    let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false };
    let read: Result<Option<Root>, _> = serde_saphyr::from_str_with_options(text, options);
    match read {
        Ok(root) => Ok(root.unwrap_or_default().0.into_iter().map(|(key, node)| node.field(key, text)).collect()),
        Err(error) => {
            let message = error.without_snippet().to_string();
            let offset = error.location().map_or(0, |at| offset_of(text, at.line() as usize, at.column() as usize));
            Err(Fault { message: message.lines().next().unwrap_or("unreadable YAML").trim().to_owned(), offset })
        }
    }
}

/// Byte offset of a line and column, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or_default();
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(i, _)| i)
}

#[derive(Default)]
struct Root(Vec<(String, Node)>);

/// A value by what its key promises.
enum Node {
    Words(Option<Spanned<String>>),
    Tags(Spanned<Tags>),
    Any(Value),
}

enum Tags {
    None,
    One(String),
    Many(Vec<Spanned<String>>),
}

impl Node {
    fn field(self, key: String, text: &str) -> (String, usize, Field) {
        let quoted = true;
        let field = match self {
            Node::Words(None) => Field::Other(Value::Null),
            Node::Words(Some(words)) => Field::One { value: place(words, text), quoted },
            Node::Tags(Spanned { value: Tags::None, .. }) => Field::Other(Value::Null),
            Node::Tags(Spanned { value: Tags::One(words), defined, referenced, .. }) => {
                Field::One { value: place(Spanned::new(words, referenced, defined), text), quoted }
            }
            Node::Tags(Spanned { value: Tags::Many(items), .. }) => {
                Field::Many(items.into_iter().map(|item| (place(item, text), quoted)).collect())
            }
            Node::Any(value) => Field::Other(value),
        };
        (key, 0, field)
    }
}

/// The scalar with its map into `text`.
fn place(words: Spanned<String>, text: &str) -> Scalar {
    let at = words.defined;
    let start = at
        .span()
        .byte_offset()
        .map_or_else(|| offset_of(text, at.line() as usize, at.column() as usize), |o| o as usize);
    let start = start.min(text.len());
    let length = at.span().byte_len().map_or(0, |l| l as usize);
    let source =
        text.get(start..start + length).filter(|s| !s.is_empty()).or_else(|| text.get(start..)).unwrap_or_default();
    align(words.value.trim_end_matches('\n'), source, start)
}

impl<'de> Deserialize<'de> for Root {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Root, D::Error> {
        deserializer.deserialize_map(RootVisitor)
    }
}

struct RootVisitor;

impl<'de> Visitor<'de> for RootVisitor {
    type Value = Root;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("fields of the form `key: value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Root, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let node = match key.as_str() {
                "title" | "date" | "draft" | "summary" | "description" | "excerpt" => Node::Words(map.next_value()?),
                "tags" | "keywords" => Node::Tags(map.next_value()?),
                _ => Node::Any(map.next_value()?),
            };
            fields.push((key, node));
        }
        Ok(Root(fields))
    }
}

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Tags, D::Error> {
        deserializer.deserialize_any(TagsVisitor)
    }
}

struct TagsVisitor;

impl<'de> Visitor<'de> for TagsVisitor {
    type Value = Tags;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of tags")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tags, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Tags::Many(out))
    }

    fn visit_unit<E>(self) -> Result<Tags, E> {
        Ok(Tags::None)
    }

    fn visit_str<E>(self, words: &str) -> Result<Tags, E> {
        Ok(Tags::One(words.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tags, E> {
        Ok(Tags::One(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tags, E> {
        Ok(Tags::One(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tags, E> {
        Ok(Tags::One(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tags, E> {
        Ok(Tags::One(value.to_string()))
    }
}

/// Reads TOML.
pub(super) fn toml(text: &str) -> Result<Named, Fault> {
    let table = DeTable::parse(text).map_err(|error| Fault {
        message: error.message().lines().next().unwrap_or("unreadable TOML").to_owned(),
        offset: error.span().map_or(0, |span| span.start),
    })?;
    let fields = table.into_inner().into_iter().map(|(key, value)| {
        let at = key.span().start;
        let span = value.span();
        let source = text.get(span.clone()).unwrap_or_default();
        let field = match value.into_inner() {
            DeValue::Array(items) if items.iter().all(|item| item.get_ref().is_str()) => {
                let item = |item: &toml::Spanned<DeValue<'_>>| {
                    let span = item.span();
                    let words = item.get_ref().as_str().unwrap_or_default();
                    (align(words, text.get(span.clone()).unwrap_or_default(), span.start), true)
                };
                Field::Many(items.iter().map(item).collect())
            }
            DeValue::String(words) => Field::One { value: align(&words, source, span.start), quoted: true },
            DeValue::Datetime(date) => Field::One { value: Scalar::fixed(date.to_string(), span.start), quoted: true },
            DeValue::Boolean(flag) => Field::One { value: Scalar::fixed(flag.to_string(), span.start), quoted: false },
            other => Field::Other(toml_json(other)),
        };
        (key.into_inner().into_owned(), at, field)
    });
    Ok(fields.collect())
}

fn toml_json(value: DeValue<'_>) -> Value {
    match value {
        DeValue::String(words) => Value::String(words.into_owned()),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or(Value::Null, Value::from),
        DeValue::Float(n) => n.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(flag) => Value::Bool(flag),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => items.into_iter().map(|item| toml_json(item.into_inner())).collect(),
        DeValue::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key.into_inner().into_owned(), toml_json(value.into_inner())))
            .collect(),
    }
}

/// The fields that can be made out line by line: a field with the deeper and list lines below it is read by
/// itself; one that is broken by itself gives the words after its colon.
pub(super) fn recover(text: &str, is_toml: bool) -> Named {
    let mut fields: Named = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (line, length) = split_line(&text[at..]);
        let start = at;
        at += length;
        if !is_field(line, is_toml) {
            continue;
        }
        while at < text.len() && !is_field(split_line(&text[at..]).0, is_toml) {
            at += split_line(&text[at..]).1;
        }
        let group = &text[start..at];
        let alone = if is_toml { toml(group).ok() } else { flat::read(group).or_else(|| yaml(group).ok()) };
        let read = alone.unwrap_or_else(|| words_after(line, is_toml).into_iter().collect());
        for (key, key_at, field) in read {
            if !fields.iter().any(|(known, ..)| *known == key) {
                fields.push((key, start + key_at, super::shift(field, start)));
            }
        }
    }
    fields
}

/// Key and words of a broken line, without the quotes around them.
fn words_after(line: &str, is_toml: bool) -> Option<(String, usize, Field)> {
    let (key, rest) = line.split_once(if is_toml { '=' } else { ':' })?;
    let is_edge = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let key = key.trim_matches(is_edge).to_owned();
    if let Some(inside) = rest.trim().strip_prefix('[') {
        let items = inside.trim_end_matches(']').split([',', '，']).map(|item| item.trim_matches(is_edge));
        let offset = |item: &str| item.as_ptr() as usize - line.as_ptr() as usize;
        let items = items.filter(|item| !item.is_empty()).map(|item| (Scalar::plain(item, offset(item)), true));
        return Some((key, 0, Field::Many(items.collect())));
    }
    let words = rest.trim_matches(is_edge);
    let offset = line.len() - rest.len() + (rest.len() - rest.trim_start_matches(is_edge).len());
    Some((key, 0, Field::One { value: Scalar::plain(words, offset), quoted: true }))
}
