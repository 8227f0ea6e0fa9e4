//! What is asked, checked the same way whoever asks: the ends of a path, the two dates of a comparison.

use super::base::Base;
use super::search::Found;
use super::typed::day;
use crate::diagnostic::{Diagnostic, Error};
use crate::graph::Day;

/// The two ends of a path, by any of their names.
///
/// # Errors
/// When they are the same entity.
pub fn apart(names: [&str; 2], ends: [&Found; 2]) -> Result<(), Error> {
    if ends[0].id != ends[1].id {
        return Ok(());
    }
    let message = format!("`{}` and `{}` are the same entity, {}", names[0], names[1], ends[0].entity.id);
    Err(Error::usage(Diagnostic::error("", message).hint("give two different entities")))
}

/// Entities, by these names, that no path between `ends` may go through.
///
/// # Errors
/// When one of them is an end.
pub fn between(names: &[String], avoided: &[Found], ends: [&Found; 2]) -> Result<(), Error> {
    match names.iter().zip(avoided).find(|(_, found)| ends.iter().any(|end| end.id == found.id)) {
        Some((name, _)) => {
            let d = Diagnostic::error("", format!("--avoid {name} is an end of the path"));
            Err(Error::usage(d.hint("avoid entities between the two")))
        }
        None => Ok(()),
    }
}

/// The days between which is compared: the one before the period begins, and its last, that of the last article if none
/// is named.
///
/// # Errors
/// When a text is no date, or the later is not later.
pub fn period(base: &Base, from: Option<&str>, to: Option<&str>) -> Result<(Day, Day), Error> {
    let from = day(from, false)?.before();
    let to = match day(to, true)? {
        to if to.is_none() => base.last_day()?,
        to => to,
    };
    if to <= from {
        let d = Diagnostic::error("", format!("the later date, {to}, is not later than the earlier one"));
        return Err(Error::usage(d.hint("--from is the beginning of the period, --to its end")));
    }
    Ok((from, to))
}
