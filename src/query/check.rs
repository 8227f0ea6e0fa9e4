//! What is asked, checked the same way whoever asks: the ends of a path, the two dates of a comparison.

use super::base::Base;
use super::search::{Found, resolve};
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

/// The ids of entities that no path between `ends` may go through, each with what the name may mean besides.
///
/// # Errors
/// When a name means nothing, or an end.
pub fn avoided<N: AsRef<str>>(base: &Base, names: &[N], ends: [&Found; 2]) -> Result<Vec<Found>, Error> {
    let one = |name: &N| {
        let name = name.as_ref();
        let found = resolve(base, name)?;
        if ends.iter().any(|end| end.id == found.id) {
            let d = Diagnostic::error("", format!("--avoid {name} is an end of the path"));
            return Err(Error::usage(d.hint("avoid entities between the two")));
        }
        Ok(found)
    };
    names.iter().map(one).collect()
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
