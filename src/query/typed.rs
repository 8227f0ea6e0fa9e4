//! What people type, made usable: relations by name, dates of any precision.

use crate::diagnostic::{Diagnostic, Error};
use crate::graph::{Bond, CO_MENTION, Day};
use crate::schema::Schema;

/// The bonds that the words name.
///
/// # Errors
/// When a word names none: the message proposes the nearest, or lists them.
pub fn bonds<W: AsRef<str>>(words: &[W], schema: &Schema) -> Result<Vec<Bond>, Error> {
    let one = |word: &W| {
        let word = word.as_ref();
        match schema.find(word) {
            Some(id) => Ok(Bond::Relation(id)),
            None if word == CO_MENTION => Ok(Bond::CoMention),
            None => {
                let d = Diagnostic::error("", format!("there is no relation `{word}`"));
                let names: Vec<&str> = schema.relations.iter().map(|r| r.name.as_str()).chain([CO_MENTION]).collect();
                let near = names
                    .iter()
                    .min_by_key(|n| strsim::osa_distance(n, word))
                    .filter(|n| n.contains(word) || strsim::osa_distance(n, word) <= 3);
                Err(Error::usage(match near {
                    Some(near) => d.hint(format!("did you mean {near}?")),
                    None => d.hint(format!("relations are {}", names.join(", "))),
                }))
            }
        }
    };
    words.iter().map(one).collect()
}

/// A day as typed; a year or month alone stands for its first day, or for its last if `end` is wanted. No text, no day.
///
/// # Errors
/// When the text is no date.
///
/// ```
/// use guanxi::query::day;
/// assert_eq!(day(Some("2025-06"), false).unwrap().to_string(), "2025-06-01");
/// assert_eq!(day(Some("2025"), true).unwrap().to_string(), "2025-12-31");
/// assert!(day(Some("去年"), true).is_err() && day(None, true).unwrap().is_none());
/// ```
pub fn day(text: Option<&str>, end: bool) -> Result<Day, Error> {
    let Some(text) = text else { return Ok(Day::NONE) };
    let full = match (text.len(), end) {
        (4, false) => format!("{text}-01-01"),
        (4, true) => format!("{text}-12-31"),
        (7, false) => format!("{text}-01"),
        (7, true) => format!("{text}-31"),
        _ => text.to_string(),
    };
    match Day::parse(&full) {
        day if day.is_none() => {
            let d = Diagnostic::error("", format!("`{text}` is no date"));
            Err(Error::usage(d.hint("write YYYY, YYYY-MM or YYYY-MM-DD, such as 2025-06")))
        }
        day => Ok(day),
    }
}
