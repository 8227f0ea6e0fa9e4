//! The flat YAML that nearly all front matter is: scalars on one line, lists of scalars. Whatever it is not
//! sure of, it leaves to the full parser by giving up.

use super::super::scalar::{Scalar, double_quoted, single_quoted};
use super::{Field, split_line};

/// The fields of `text` with their names and where these stand, offsets from `text`'s start; None when unsure.
pub(super) fn read(text: &str) -> Option<Vec<(String, usize, Field)>> {
    let mut fields: Vec<(String, usize, Field)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (line, length) = split_line(&text[at..]);
        let here = at;
        at += length;
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let colon = line.find(':')?;
        let key = &line[..colon];
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if key.is_empty() || !key.chars().all(plain) || key.starts_with('-') || fields.iter().any(|(k, ..)| k == key) {
            return None;
        }
        let rest = &line[colon + 1..];
        let value = rest.trim_start_matches(' ');
        let value_at = here + colon + 1 + rest.len() - value.len();
        let field = if value.is_empty() || value.starts_with('#') {
            let (items, length) = block_list(&text[at..], at)?;
            at += length;
            if length == 0 { Field::Other(serde_json::Value::Null) } else { Field::Many(items) }
        } else if !rest.starts_with(' ') {
            return None;
        } else if let Some(inside) = value.strip_prefix('[') {
            Field::Many(flow_list(inside, value_at + 1)?)
        } else {
            let (value, quoted) = scalar(value, value_at)?;
            Field::One { value, quoted }
        };
        // A deeper line would go on with the value.
        if text[at..].starts_with([' ', '\t']) && !split_line(&text[at..]).0.trim().is_empty() {
            return None;
        }
        fields.push((key.to_owned(), here, field));
    }
    Some(fields)
}

/// The `- item` lines at the start of `text`, all indented alike, and their length; None when unsure.
fn block_list(text: &str, start: usize) -> Option<(Vec<(Scalar, bool)>, usize)> {
    let mut items = Vec::new();
    let mut at = 0;
    let mut indent = None;
    while at < text.len() {
        let (line, length) = split_line(&text[at..]);
        let words = line.trim_start_matches(' ');
        let depth = line.len() - words.len();
        let Some(item) = words.strip_prefix("- ") else {
            if depth > 0 && !words.is_empty() || words.starts_with('-') {
                return None;
            }
            break;
        };
        if *indent.get_or_insert(depth) != depth {
            return None;
        }
        let value = item.trim_start_matches(' ');
        items.push(scalar(value, start + at + line.len() - value.len())?);
        at += length;
    }
    Some((items, at))
}

/// The items of `[a, "b"]`, given what follows the bracket.
fn flow_list(inside: &str, start: usize) -> Option<Vec<(Scalar, bool)>> {
    let mut items = Vec::new();
    let mut at = 0;
    loop {
        at += inside[at..].len() - inside[at..].trim_start_matches(' ').len();
        let rest = &inside[at..];
        match rest.chars().next()? {
            ']' => return is_end(&rest[1..]).then_some(items),
            '"' | '\'' => {
                let (value, length) = quoted(rest, start + at)?;
                items.push((value, true));
                at += length;
            }
            _ => {
                let length = rest.find([',', ']'])?;
                let words = rest[..length].trim_end();
                if words.contains(['[', '{', '}', '"']) {
                    return None;
                }
                items.push((plain(words, start + at)?, false));
                at += length;
            }
        }
        at += inside[at..].len() - inside[at..].trim_start_matches(' ').len();
        match inside[at..].chars().next()? {
            ',' => at += 1,
            ']' => {}
            _ => return None,
        }
    }
}

/// A scalar that fills the rest of a line, and whether it was quoted.
fn scalar(value: &str, at: usize) -> Option<(Scalar, bool)> {
    if value.starts_with(['"', '\'']) {
        let (scalar, length) = quoted(value, at)?;
        return is_end(&value[length..]).then_some((scalar, true));
    }
    Some((plain(value.trim_end(), at)?, false))
}

fn quoted(value: &str, at: usize) -> Option<(Scalar, usize)> {
    let inside = &value[1..];
    let (scalar, length) =
        if value.starts_with('"') { double_quoted(inside, at + 1)? } else { single_quoted(inside, at + 1)? };
    Some((scalar, length + 1))
}

fn plain(words: &str, at: usize) -> Option<Scalar> {
    let first = words.chars().next()?;
    let is_indicator = matches!(
        first,
        '&' | '*' | '!' | '|' | '>' | '%' | '@' | '`' | '{' | '}' | '[' | ']' | ',' | '#' | '"' | '\'' | ':' | '\t'
    ) || matches!(first, '-' | '?') && !words[1..].starts_with(|c: char| !c.is_whitespace());
    let is_unsure =
        is_indicator || words.contains(": ") || words.contains(" #") || words.contains('\t') || words.ends_with(':');
    (!is_unsure).then(|| Scalar::plain(words, at))
}

/// Whether nothing but blanks and a comment follow.
fn is_end(rest: &str) -> bool {
    let words = rest.trim_start();
    words.is_empty() || words.starts_with('#') && words.len() < rest.len()
}
