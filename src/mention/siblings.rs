//! Versions that are coordinated with one named in full: `Llama 4.1与4.2模型`, `Qwen3-4B、8B和14B`,
//! `Gemini 2.5 Pro和Flash`. Each is another version of the same family.

use super::listed::{Hit, What};
use super::version;
use crate::dictionary::Dictionary;
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// What coordinates two versions.
const LINKS: [&str; 7] = ["和", "与", "、", "及", "以及", "或", "/"];

/// What stands behind a bare number that is a version: `4.1与4.2模型`.
const NOUNS: [&str; 14] =
    ["模型", "大模型", "系列", "版本", "两款", "三款", "两个", "等", "芯片", "处理器", "的", "，", "。", "）"];

/// The make-up of a version's last token.
#[derive(PartialEq, Eq)]
enum Make {
    /// `4.2`, with the parts that the points make.
    Number(usize),
    /// `8B`, `910C`: digits and a letter, with the letter.
    Lettered(u8),
    /// `Flash`, `mini`.
    Word,
}

fn make(token: &str) -> Option<Make> {
    let bytes = token.as_bytes();
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).count();
    match (bytes.first()?, bytes.last()?) {
        (b'0'..=b'9', b'0'..=b'9') if letters == 0 => Some(Make::Number(token.split('.').count())),
        (b'0'..=b'9', last) if letters == 1 && last.is_ascii_alphabetic() => Some(Make::Lettered(*last)),
        _ if letters == bytes.len() && version::is_word(token) => Some(Make::Word),
        _ => None,
    }
}

/// The last token of a version's name.
fn last_token(surface: &str) -> &str {
    surface.rsplit(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).next().unwrap_or_default()
}

/// Adds the versions that stand beside one of their family; `hits` are in order, and stay so.
pub(super) fn add(dictionary: &Dictionary, text: &str, hits: &mut Vec<Hit>) {
    let mut i = 0;
    while i < hits.len() {
        if let Some(next) = beside(dictionary, text, hits, i) {
            hits.insert(i + 1, next);
        }
        i += 1;
    }
}

fn beside(dictionary: &Dictionary, text: &str, hits: &[Hit], i: usize) -> Option<Hit> {
    let What::Version(family, name) = &hits[i].what else { return None };
    let span = hits[i].span;
    let after = &text[span.end as usize..];
    let rest = LINKS.iter().filter_map(|l| after.strip_prefix(l)).min_by_key(|r| r.len())?;
    let rest = rest.trim_start_matches(' ');
    let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
    let token = rest[..len].trim_end_matches('.');
    let behind = &rest[token.len()..];
    let last = last_token(name);
    let (new, old) = (make(token)?, make(last)?);
    const SIZES: [&str; 4] = ["参数", "的参数", "规模", "显存"];
    let told = match &new {
        Make::Number(parts) => *parts > 1 || NOUNS.iter().any(|n| find::starts(behind.trim_start(), n)),
        Make::Lettered(_) => !SIZES.iter().any(|s| find::starts(behind.trim_start(), s)),
        Make::Word => token.starts_with(|c: char| c.is_ascii_uppercase()) && !behind.starts_with([' ', '-']),
    };
    let goes_on = behind.starts_with(['%', '％', '+', '-']) || version::counts(behind);
    if new != old || token == last || !told || goes_on || last.len() == name.len() {
        return None;
    }
    let start = text.len() - rest.len();
    let place = Span::new(start, start + token.len());
    if hits.get(i + 1).is_some_and(|h| h.span.start < place.end) {
        return None;
    }
    let name = format!("{}{token}", &name[..name.len() - last.len()]);
    let listed = dictionary.index.find(&name).iter().find_map(|&id| {
        let entity = dictionary.index.name(id).entity.filter(|e| e != family)?;
        (dictionary.entity(entity).kind == EntityKind::Product).then_some(entity)
    });
    Some(Hit { span: place, what: listed.map_or(What::Version(*family, name), What::Listed) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_one_make() {
        assert!(make("4.1") == make("4.2") && make("4.1") != make("4"));
        assert!(make("4B") == make("14B") && make("4B") != make("4K"));
        assert!(make("Pro") == make("Flash") && make("Banana").is_none());
    }
}
