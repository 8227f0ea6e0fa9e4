//! One YAML file of entries: its shape, and its reading into raw entries with exact places.

use crate::diagnostic::Diagnostic;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_saphyr::Spanned;
use std::fmt;

/// An entry as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    pub name: Spanned<String>,
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub aliases: Vec<RawAlias>,
    #[serde(default)]
    pub ticker: OneOrMany,
    #[serde(default)]
    pub wikidata: Option<String>,
    #[serde(default)]
    pub site: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default)]
    pub affiliation: OneOrMany,
    #[serde(default)]
    pub maker: Option<String>,
    #[serde(default)]
    pub versions: Versions,
    #[serde(default)]
    pub bare: Option<bool>,
}

/// An alias: a string, or a map with conditions.
#[derive(Debug, Default)]
pub(super) struct RawAlias {
    pub text: String,
    pub not_in: Vec<String>,
    pub needs: Vec<String>,
    pub weak: bool,
    pub rare: bool,
    pub case: Option<CaseWord>,
    pub former: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum CaseWord {
    Exact,
    Any,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasMap {
    text: String,
    #[serde(default)]
    not_in: OneOrMany,
    #[serde(default)]
    needs: OneOrMany,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    rare: bool,
    #[serde(default)]
    case: Option<CaseWord>,
    #[serde(default)]
    former: Option<Former>,
}

/// `former: true` or a date.
struct Former(String);

impl<'de> Deserialize<'de> for Former {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Former, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Former;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("`true` or a date such as 2021-10-28")
            }
            fn visit_bool<E>(self, yes: bool) -> Result<Former, E> {
                Ok(Former(if yes { "true".into() } else { String::new() }))
            }
            fn visit_str<E>(self, date: &str) -> Result<Former, E> {
                Ok(Former(date.to_string()))
            }
            fn visit_u64<E>(self, year: u64) -> Result<Former, E> {
                Ok(Former(year.to_string()))
            }
            fn visit_i64<E>(self, year: i64) -> Result<Former, E> {
                Ok(Former(year.to_string()))
            }
        }
        d.deserialize_any(V)
    }
}

impl<'de> Deserialize<'de> for RawAlias {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<RawAlias, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = RawAlias;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an alias: a string, or a map with `text` and its conditions")
            }
            fn visit_str<E>(self, text: &str) -> Result<RawAlias, E> {
                Ok(RawAlias { text: text.to_string(), ..RawAlias::default() })
            }
            fn visit_u64<E: serde::de::Error>(self, n: u64) -> Result<RawAlias, E> {
                self.visit_str(&n.to_string())
            }
            fn visit_i64<E: serde::de::Error>(self, n: i64) -> Result<RawAlias, E> {
                self.visit_str(&n.to_string())
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawAlias, A::Error> {
                let m = AliasMap::deserialize(MapAccessDeserializer::new(map))?;
                Ok(RawAlias {
                    text: m.text,
                    not_in: m.not_in.0,
                    needs: m.needs.0,
                    weak: m.weak,
                    rare: m.rare,
                    case: m.case,
                    former: m.former.map(|f| f.0).filter(|f| !f.is_empty()),
                })
            }
        }
        d.deserialize_any(V)
    }
}

/// A string or a list of strings.
#[derive(Debug, Default)]
pub(super) struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<OneOrMany, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }
            fn visit_str<E>(self, one: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![one.to_string()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OneOrMany, A::Error> {
                let mut many = Vec::new();
                while let Some(s) = seq.next_element::<String>()? {
                    many.push(s);
                }
                Ok(OneOrMany(many))
            }
        }
        d.deserialize_any(V)
    }
}

/// `versions: true`, or the words that may follow the family's name.
#[derive(Debug, Default)]
pub(super) struct Versions {
    pub on: bool,
    pub words: Vec<String>,
}

impl<'de> Deserialize<'de> for Versions {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Versions, D::Error> {
        struct V;
        impl<'de> Visitor<'de> for V {
            type Value = Versions;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("`true` or a list of words that may follow the name")
            }
            fn visit_bool<E>(self, on: bool) -> Result<Versions, E> {
                Ok(Versions { on, words: Vec::new() })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Versions, A::Error> {
                let mut words = Vec::new();
                while let Some(s) = seq.next_element::<String>()? {
                    words.push(s);
                }
                Ok(Versions { on: true, words })
            }
        }
        d.deserialize_any(V)
    }
}

/// Reads a YAML file of one type, turning the library's error into a located diagnostic.
pub(super) fn parse<T: serde::de::DeserializeOwned>(file: &str, source: &str) -> Result<T, Diagnostic> {
    if let Some(value) = super::flat::from_str(source) {
        return Ok(value);
    }
    serde_saphyr::from_str(source).map_err(|e| {
        let (line, column) = e.location().map_or((1, 1), |l| (l.line() as u32, l.column() as u32));
        let text = e.without_snippet().to_string();
        let message = text.lines().next().unwrap_or_default().trim().trim_end_matches('.');
        // the place is told in our own way
        let message = message.rfind(" at line ").map_or(message, |at| &message[..at]).to_string();
        let hint = match () {
            _ if message.contains("unknown field") => "see dictionaries/README.md for the fields an entry may have",
            _ if message.contains("missing field") => "every entry needs `name`, every alias map `text`",
            _ => "quote values that hold `: `, `#`, or start with one of [ ] { } & * ! | > % @ `",
        };
        let mut d = Diagnostic::error(file, message).at(line, column).hint(hint);
        if let Some(l) = source.lines().nth(line.saturating_sub(1) as usize) {
            d = d.snippet(l.trim_end());
        }
        d
    })
}
