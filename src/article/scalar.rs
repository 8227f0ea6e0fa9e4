//! Strings written in YAML, TOML or JSON, decoded with a map back to where each part stands.

use super::run::Run;
use super::text::{BlockKind, Segment, TextBuilder};

/// A decoded string and where its parts stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Scalar {
    pub text: String,
    pub map: Vec<Segment>,
}

impl Scalar {
    /// `words`, which stand at `at` as they are.
    pub(super) fn plain(words: &str, at: usize) -> Scalar {
        Scalar { text: words.to_owned(), map: vec![Segment { text: 0, file: at as u32, fixed: false }] }
    }

    /// `words`, which come from `at` as a whole.
    pub(super) fn fixed(words: String, at: usize) -> Scalar {
        Scalar { text: words, map: vec![Segment { text: 0, file: at as u32, fixed: true }] }
    }

    /// Where it begins.
    pub(super) fn start(&self) -> usize {
        self.map.first().map_or(0, |s| s.file as usize)
    }

    fn push(&mut self, words: &str, at: usize, fixed: bool) {
        let text = self.text.len() as u32;
        self.map.push(Segment { text, file: at as u32, fixed });
        self.text.push_str(words);
    }

    /// Adds it to a text as one block, cleaned of marks.
    pub(super) fn write(&self, kind: BlockKind, builder: &mut TextBuilder) {
        let mut run = Run::default();
        let mut segments = self.map.iter().peekable();
        while let Some(s) = segments.next() {
            let end = segments.peek().map_or(self.text.len(), |next| next.text as usize);
            run.push(&self.text[s.text as usize..end], s.file as usize, s.fixed);
        }
        run.flush(kind, builder);
    }
}

/// Decodes what follows a single quote, where `''` stands for one; also how many bytes it took, with the
/// closing quote. None if it does not close.
pub(super) fn single_quoted(source: &str, at: usize) -> Option<(Scalar, usize)> {
    let mut scalar = Scalar::default();
    let mut from = 0;
    loop {
        let quote = from + source[from..].find('\'')?;
        if source[quote + 1..].starts_with('\'') {
            scalar.push(&source[from..=quote], at + from, false);
            from = quote + 2;
        } else {
            scalar.push(&source[from..quote], at + from, false);
            return Some((scalar, quote + 1));
        }
    }
}

/// Decodes what follows a double quote, with the escapes of JSON and YAML; also how many bytes it took, with
/// the closing quote. None if it does not close or has an unknown escape.
pub(super) fn double_quoted(source: &str, at: usize) -> Option<(Scalar, usize)> {
    let mut scalar = Scalar::default();
    let mut from = 0;
    loop {
        let mark = from + memchr::memchr2(b'"', b'\\', &source.as_bytes()[from..])?;
        if mark > from || scalar.map.is_empty() {
            scalar.push(&source[from..mark], at + from, false);
        }
        if source.as_bytes()[mark] == b'"' {
            return Some((scalar, mark + 1));
        }
        let (c, length) = escape(&source[mark + 1..])?;
        scalar.push(c.encode_utf8(&mut [0; 4]), at + mark, true);
        from = mark + 1 + length;
    }
}

/// The character that an escape stands for, and how long it is without its backslash.
fn escape(rest: &str) -> Option<(char, usize)> {
    let c = match rest.chars().next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{C}',
        '0' => '\0',
        'e' => '\u{1B}',
        '_' => '\u{A0}',
        'x' => return Some((char::from_u32(hex(rest, 1, 2)?)?, 3)),
        'U' => return Some((char::from_u32(hex(rest, 1, 8)?)?, 9)),
        'u' => {
            let first = hex(rest, 1, 4)?;
            if (0xD800..0xDC00).contains(&first) {
                let second = rest[5..].strip_prefix("\\u").and_then(|low| hex(low, 0, 4));
                return match second {
                    Some(low @ 0xDC00..0xE000) => {
                        Some((char::from_u32(0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00))?, 11))
                    }
                    _ => Some((char::REPLACEMENT_CHARACTER, 5)),
                };
            }
            return Some((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 5));
        }
        c @ ('"' | '\\' | '/' | ' ') => c,
        _ => return None,
    };
    Some((c, 1))
}

fn hex(words: &str, at: usize, digits: usize) -> Option<u32> {
    let digits = words.get(at..at + digits)?;
    if digits.starts_with('+') { None } else { u32::from_str_radix(digits, 16).ok() }
}

/// Maps `value`, which a full parser decoded from `source` at `at` (a plain, quoted, folded or literal
/// scalar, maybe over several lines), by walking both. Where they part, the rest comes from there as a whole.
pub(super) fn align(value: &str, source: &str, at: usize) -> Scalar {
    for (quote, decode) in [("\"", double_quoted as fn(&str, usize) -> _), ("'", single_quoted)] {
        if let Some((scalar, _)) = source.strip_prefix(quote).and_then(|inside| decode(inside, at + 1))
            && scalar.text == value
        {
            return scalar;
        }
    }
    if source.contains(value) && !value.is_empty() {
        return Scalar::plain(value, at + source.find(value).unwrap_or(0));
    }
    let mut scalar = Scalar::default();
    let mut here =
        source.find(|c: char| !matches!(c, '|' | '>' | '-' | '+' | '"' | '\'') && !c.is_whitespace()).unwrap_or(0);
    for (i, c) in value.char_indices() {
        let rest = &source[here..];
        if rest.starts_with(c) && c != '\n' {
            scalar.push(&value[i..i + c.len_utf8()], at + here, false);
            here += c.len_utf8();
        } else if c.is_whitespace() {
            scalar.push(" ", at + here, true);
            here += rest.len() - rest.trim_start().len();
        } else {
            scalar.push(&value[i..], at + here, true);
            break;
        }
    }
    scalar.map.dedup_by(|b, a| !a.fixed && !b.fixed && b.file - a.file == b.text - a.text);
    scalar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_strings_keep_their_places() {
        let (scalar, length) = double_quoted(r#"商\"汤\u5546\ud83d\ude00" # x"#, 10).unwrap();
        assert_eq!((scalar.text.as_str(), length), ("商\"汤商😀", 27));
        assert_eq!(scalar.map[2], Segment { text: 4, file: 15, fixed: false });
        let (scalar, length) = single_quoted("Huspy''s 房' ", 0).unwrap();
        assert_eq!((scalar.text.as_str(), length), ("Huspy's 房", 13));
        assert_eq!(scalar.map[1], Segment { text: 6, file: 7, fixed: false });
        assert_eq!(double_quoted(r"a\q", 0), None);
        assert_eq!(double_quoted("a", 0), None);
        assert_eq!(single_quoted("a''", 0), None);
    }

    #[test]
    fn folded_strings_are_aligned() {
        let source = ">-\n  商汤\n  科技 AI\n";
        let scalar = align("商汤 科技 AI", source, 100);
        assert_eq!(scalar.text, "商汤 科技 AI");
        assert_eq!(scalar.map[0], Segment { text: 0, file: 105, fixed: false });
        assert_eq!(scalar.map[2], Segment { text: 7, file: 114, fixed: false });
    }
}
