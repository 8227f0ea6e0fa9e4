//! What a query takes, checked.

use crate::diagnostic::{Diagnostic, Error};
use crate::query::{self, Base, Filter};
use crate::schema::{EntityKind, KindSet, Status};
use serde_json::{Map, Value, json};

/// The form of a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// A list of words; a word alone is a list of one.
    Words,
    Kinds,
    Statuses,
    Choice(&'static [&'static str]),
    /// From, to.
    Number(u64, u64),
    Flag,
}

/// A parameter of a query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
}

/// The longest text that is taken, in bytes.
const LONGEST: usize = 1000;
/// The longest list.
const MOST: usize = 100;

impl Parameter {
    /// Its JSON Schema.
    pub(super) fn schema(&self) -> Value {
        let list = |words: Vec<&str>| json!({"type": "array", "items": {"type": "string", "enum": words}});
        let mut schema = match self.kind {
            Kind::Text => json!({"type": "string", "minLength": 1}),
            Kind::Words => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Kinds => list(EntityKind::ALL.map(EntityKind::as_str).to_vec()),
            Kind::Statuses => list(Status::ALL.map(Status::as_str).to_vec()),
            Kind::Choice(words) => json!({"type": "string", "enum": words}),
            Kind::Number(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
            Kind::Flag => json!({"type": "boolean"}),
        };
        schema["description"] = self.about.into();
        schema
    }

    fn check(&self, value: &Value) -> Result<(), Error> {
        let name = self.name;
        let fault = |what: String| Error::usage(Diagnostic::error("", format!("`{name}` {what}")).hint(self.about));
        let words = |value: &Value| -> Option<Vec<String>> {
            match value {
                Value::String(word) => Some(vec![word.clone()]),
                Value::Array(items) if items.len() <= MOST => {
                    items.iter().map(|i| i.as_str().map(str::to_owned)).collect()
                }
                _ => None,
            }
        };
        let of = |known: &[&str]| match words(value) {
            None => Err(fault("must be a list of words".into())),
            Some(words) => match words.iter().find(|w| !known.contains(&w.as_str())) {
                Some(word) => Err(fault(format!("has `{word}`, which is none of {}", known.join(", ")))),
                None => Ok(()),
            },
        };
        match self.kind {
            Kind::Text => match value.as_str().map(str::trim) {
                Some(text) if !text.is_empty() && text.len() <= LONGEST => Ok(()),
                _ => Err(fault(format!("must be a text, not empty and of {LONGEST} bytes at most"))),
            },
            Kind::Words => match words(value) {
                Some(all) if all.iter().all(|w| w.len() <= LONGEST) => Ok(()),
                _ => Err(fault(format!("must be a list of {MOST} texts at most"))),
            },
            Kind::Kinds => of(&EntityKind::ALL.map(EntityKind::as_str)),
            Kind::Statuses => of(&Status::ALL.map(Status::as_str)),
            Kind::Choice(known) => match value.as_str() {
                Some(word) if known.contains(&word) => Ok(()),
                _ => Err(fault(format!("must be one of {}", known.join(", ")))),
            },
            Kind::Number(from, to) => match value.as_u64() {
                Some(n) if (from..=to).contains(&n) => Ok(()),
                _ => Err(fault(format!("must be a whole number from {from} to {to}"))),
            },
            Kind::Flag if value.is_boolean() => Ok(()),
            Kind::Flag => Err(fault("must be true or false".into())),
        }
    }
}

/// The arguments of one question, checked against the parameters of its query.
pub(super) struct Asked<'a>(&'a Map<String, Value>);

impl<'a> Asked<'a> {
    pub(super) fn new(parameters: &[&Parameter], arguments: &'a Map<String, Value>) -> Result<Asked<'a>, Error> {
        for (name, value) in arguments {
            match parameters.iter().find(|p| p.name == name) {
                Some(parameter) if value.is_null() && !parameter.required => {}
                Some(parameter) => parameter.check(value)?,
                None => {
                    let names: Vec<&str> = parameters.iter().map(|p| p.name).collect();
                    let d = Diagnostic::error("", format!("there is no parameter `{name}`"));
                    return Err(Error::usage(d.hint(format!("parameters are {}", names.join(", ")))));
                }
            }
        }
        match parameters.iter().find(|p| p.required && !arguments.contains_key(p.name)) {
            Some(missing) => {
                let d = Diagnostic::error("", format!("the parameter `{}` is missing", missing.name));
                Err(Error::usage(d.hint(missing.about)))
            }
            None => Ok(Asked(arguments)),
        }
    }

    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str).map(str::trim)
    }

    pub(super) fn words(&self, name: &str) -> Vec<&'a str> {
        match self.0.get(name) {
            Some(Value::String(word)) => vec![word.as_str()],
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn number(&self, name: &str, default: usize) -> usize {
        self.0.get(name).and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok()).unwrap_or(default)
    }

    pub(super) fn limit(&self) -> usize {
        self.number("limit", 10)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    pub(super) fn kinds(&self) -> KindSet {
        match self.words("kind").as_slice() {
            [] => KindSet::ANY,
            words => words.iter().filter_map(|w| EntityKind::parse(w)).collect(),
        }
    }

    /// The id of the entity that a parameter names.
    pub(super) fn entity(&self, base: &Base, name: &str) -> Result<i64, Error> {
        Ok(query::resolve(base, self.text(name).unwrap_or_default())?.id)
    }

    pub(super) fn filter(&self, base: &Base) -> Result<Filter, Error> {
        Ok(Filter {
            bonds: query::bonds(&self.words("relation"), base.schema())?,
            kinds: self.kinds(),
            statuses: self.words("status").iter().filter_map(|s| Status::parse(s)).collect(),
            since: query::day(self.text("since"), false)?,
            until: query::day(self.text("until"), true)?,
            min_weight: 0.0,
        })
    }
}
