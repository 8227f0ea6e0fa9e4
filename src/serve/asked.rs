//! What a query takes: its parameters, from an address or a JSON object, checked.

use super::Refused;
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{self, Base, Filter, Found};
use crate::schema::{EntityKind, KindSet, Status};
use serde_json::{Map, Value, json};

/// The form of a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Text,
    /// A list of words, in an address parted by commas; a word alone is a list of one.
    Words,
    /// A list of names, which may have commas: in an address the parameter is repeated.
    Names,
    Kinds,
    Statuses,
    /// Words that one may choose several of.
    Choices(&'static [&'static str]),
    Choice(&'static [&'static str]),
    /// From, to.
    Number(u64, u64),
    Decimal,
    Flag,
}

/// A parameter of a query: named like the command's option, with `_` for `-`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) form: Form,
    pub(super) required: bool,
    /// What stands in where it is left out, as typed; the command's.
    pub(super) default: Option<&'static str>,
}

/// The longest text that is taken, in bytes.
const LONGEST: usize = 1000;
/// The longest list.
const MOST: usize = 100;

impl Parameter {
    /// Its JSON Schema.
    pub(super) fn schema(&self, default: Option<&str>) -> Value {
        let list = |words: &[&str]| json!({"type": "array", "items": {"type": "string", "enum": words}});
        let mut schema = match self.form {
            Form::Text => json!({"type": "string", "minLength": 1, "maxLength": LONGEST}),
            Form::Words | Form::Names => json!({"type": "array", "items": {"type": "string"}, "maxItems": MOST}),
            Form::Kinds | Form::Statuses | Form::Choices(_) => list(&self.words()),
            Form::Choice(words) => json!({"type": "string", "enum": words}),
            Form::Number(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
            Form::Decimal => json!({"type": "number", "minimum": 0}),
            Form::Flag => json!({"type": "boolean"}),
        };
        schema["description"] = self.about.into();
        if let Some(text) = default {
            schema["default"] = self.typed(&[text.to_string()]);
        }
        schema
    }

    /// The words that are taken, where only some are.
    pub(super) fn words(&self) -> Vec<&'static str> {
        match self.form {
            Form::Kinds => EntityKind::ALL.map(EntityKind::as_str).to_vec(),
            Form::Statuses => Status::ALL.map(Status::as_str).to_vec(),
            Form::Choices(words) | Form::Choice(words) => words.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether it takes several values.
    pub(super) fn several(&self) -> bool {
        matches!(self.form, Form::Words | Form::Names | Form::Kinds | Form::Statuses | Form::Choices(_))
    }

    /// What an address says, in the form that [`check`](Parameter::check) expects; what does not fit stays a text.
    fn typed(&self, given: &[String]) -> Value {
        let text = || given[0].as_str();
        match self.form {
            Form::Names => json!(given),
            _ if self.several() => {
                json!(
                    given
                        .iter()
                        .flat_map(|g| g.split(','))
                        .map(str::trim)
                        .filter(|w| !w.is_empty())
                        .collect::<Vec<_>>()
                )
            }
            Form::Number(..) => text().parse::<u64>().map_or_else(|_| text().into(), Value::from),
            // what is no number of JSON (NaN, 1e999) stays a text, and is refused
            Form::Decimal => match text().parse::<f64>() {
                Ok(n) if n.is_finite() => n.into(),
                _ => text().into(),
            },
            Form::Flag => match text() {
                "true" | "1" | "" => true.into(),
                "false" | "0" => false.into(),
                other => other.into(),
            },
            _ => text().into(),
        }
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
        match self.form {
            Form::Text => match value.as_str().map(str::trim) {
                Some(text) if !text.is_empty() && text.len() <= LONGEST => Ok(()),
                _ => Err(fault(format!("must be a text, not empty and of {LONGEST} bytes at most"))),
            },
            Form::Words | Form::Names => match words(value) {
                Some(all) if all.iter().all(|w| w.len() <= LONGEST) => Ok(()),
                _ => Err(fault(format!("must be a list of {MOST} texts at most"))),
            },
            Form::Kinds | Form::Statuses | Form::Choices(_) => {
                let known = self.words();
                match words(value) {
                    None => Err(fault("must be a list of words".into())),
                    Some(words) => match words.iter().find(|w| !known.contains(&w.as_str())) {
                        Some(word) => Err(fault(format!("has `{word}`, which is none of {}", known.join(", ")))),
                        None => Ok(()),
                    },
                }
            }
            Form::Choice(known) => match value.as_str() {
                Some(word) if known.contains(&word) => Ok(()),
                _ => Err(fault(format!("must be one of {}", known.join(", ")))),
            },
            Form::Number(from, to) => match value.as_u64() {
                Some(n) if (from..=to).contains(&n) => Ok(()),
                _ => Err(fault(format!("must be a whole number from {from} to {to}"))),
            },
            Form::Decimal => match value.as_f64() {
                Some(n) if n >= 0.0 && n.is_finite() => Ok(()),
                _ => Err(fault("must be a number, not negative".into())),
            },
            Form::Flag if value.is_boolean() => Ok(()),
            Form::Flag => Err(fault("must be true or false".into())),
        }
    }
}

/// The arguments that the query part of an address gives.
pub(super) fn of_address(parameters: &[&Parameter], query: &str) -> Result<Map<String, Value>, Error> {
    let mut given: Vec<(String, Vec<String>)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match given.iter_mut().find(|(n, _)| *n == name) {
            Some((_, values)) => values.push(value.into_owned()),
            None => given.push((name.into_owned(), vec![value.into_owned()])),
        }
    }
    let mut out = Map::new();
    for (name, values) in given {
        let value = match parameters.iter().find(|p| p.name == name) {
            Some(p) if values.len() > 1 && !p.several() => {
                let d = Diagnostic::error("", format!("`{name}` stands there {} times", values.len()));
                return Err(Error::usage(d.hint("give it once")));
            }
            Some(p) => p.typed(&values),
            None => Value::Null,
        };
        out.insert(name, value);
    }
    Ok(out)
}

/// The arguments of one question, checked against the parameters of its query.
pub(super) struct Asked<'a> {
    parameters: &'a [&'a Parameter],
    arguments: &'a Map<String, Value>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(parameters: &'a [&'a Parameter], arguments: &'a Map<String, Value>) -> Result<Asked<'a>, Error> {
        for (name, value) in arguments {
            match parameters.iter().find(|p| p.name == name) {
                Some(parameter) if value.is_null() && !parameter.required => {}
                Some(parameter) => parameter.check(value)?,
                None => {
                    let names: Vec<&str> = parameters.iter().map(|p| p.name).collect();
                    let d = Diagnostic::error("", format!("there is no parameter `{name}`"));
                    return Err(Error::usage(match names.is_empty() {
                        true => d.hint("leave it out: there are no parameters"),
                        false => d.hint(format!("parameters are {}", names.join(", "))),
                    }));
                }
            }
        }
        match parameters.iter().find(|p| p.required && !arguments.contains_key(p.name)) {
            Some(missing) => {
                let d = Diagnostic::error("", format!("the parameter `{}` is missing", missing.name));
                Err(Error::usage(d.hint(missing.about)))
            }
            None => Ok(Asked { parameters, arguments }),
        }
    }

    fn get(&self, name: &str) -> Option<Value> {
        let given = self.arguments.get(name).filter(|v| !v.is_null()).cloned();
        given.or_else(|| {
            let parameter = self.parameters.iter().find(|p| p.name == name)?;
            parameter.default.map(|text| parameter.typed(&[text.to_string()]))
        })
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        self.get(name)?.as_str().map(|text| text.trim().to_string())
    }

    pub(super) fn words(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(Value::String(word)) => vec![word],
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// A number; where none is given and none stands in, as much as there is.
    pub(super) fn number(&self, name: &str) -> usize {
        self.get(name).and_then(|v| v.as_u64()).and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
    }

    pub(super) fn limit(&self) -> usize {
        self.number("limit")
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(|v| v.as_bool()).unwrap_or(false)
    }

    pub(super) fn kinds(&self) -> KindSet {
        match self.words("kind").as_slice() {
            [] => KindSet::ANY,
            words => words.iter().filter_map(|w| EntityKind::parse(w)).collect(),
        }
    }

    /// The entity that a parameter names.
    pub(super) fn found(&self, base: &Base, name: &str) -> Result<Found, Refused> {
        entity(base, &self.text(name).unwrap_or_default())
    }

    /// The id of the entity that a parameter names.
    pub(super) fn entity(&self, base: &Base, name: &str) -> Result<i64, Refused> {
        Ok(self.found(base, name)?.id)
    }

    /// The same, of a parameter that may be left out.
    pub(super) fn any_entity(&self, base: &Base, name: &str) -> Result<Option<i64>, Refused> {
        self.text(name).map(|_| self.entity(base, name)).transpose()
    }

    pub(super) fn filter(&self, base: &Base) -> Result<Filter, Error> {
        Ok(Filter {
            bonds: query::bonds(&self.words("relation"), base.schema())?,
            kinds: self.kinds(),
            statuses: self.words("status").iter().filter_map(|s| Status::parse(s)).collect(),
            since: query::day(self.text("since").as_deref(), false)?,
            until: query::day(self.text("until").as_deref(), true)?,
            min_weight: self.get("min_weight").and_then(|v| v.as_f64()).unwrap_or(0.0),
        })
    }
}

/// The entity that a name means.
pub(super) fn entity(base: &Base, name: &str) -> Result<Found, Refused> {
    // a store that cannot be read is another thing than a name that nobody has
    match query::find(base, name)? {
        Some(found) => Ok(found),
        None => Err(Refused::Missing(query::unknown(base, name)?)),
    }
}
