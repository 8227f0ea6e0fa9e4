//! Folding: the form in which names and texts are compared. Width, case, Traditional script and the
//! separators inside Latin names vanish, so `ＯｐｅｎＡＩ`, `Open AI` and `OpenAI` fold alike.

use std::sync::LazyLock;

/// A unit that is dropped when it stands between two name characters (blank, hyphen, middle dot).
const SEPARATOR: u16 = 1;

static TABLE: LazyLock<Box<[u16; 65536]>> = LazyLock::new(|| {
    let mut table: Box<[u16; 65536]> = vec![0u16; 65536].try_into().expect("length is 65536");
    for (i, unit) in table.iter_mut().enumerate() {
        *unit = i as u16;
    }
    let pairs = include_str!("../../dictionaries/lexicon/traditional.txt");
    for word in pairs.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
        let mut chars = word.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            table[from as usize] = to as u16;
        }
    }
    for c in 0xFF01..=0xFF5Eu16 {
        table[c as usize] = c - 0xFEE0;
    }
    for c in (b'A'..=b'Z').chain(b'a'..=b'z') {
        table[c as usize] = u16::from(c.to_ascii_lowercase());
        table[c as usize + 0xFEE0] = u16::from(c.to_ascii_lowercase());
    }
    for c in 0xC0..0x250u32 {
        if let Some(l) = char::from_u32(c).map(|c| c.to_lowercase().next().unwrap_or(c)) {
            table[c as usize] = l as u16;
        }
    }
    for c in [' ', '\u{A0}', '\u{3000}', '-', '‐', '‑', '–', '－', '·', '•', '・', '‧', '∙', '_'] {
        table[c as usize] = SEPARATOR;
    }
    table
});

/// The folding table, fetched once per use site.
pub(crate) fn table() -> &'static [u16; 65536] {
    &TABLE
}

/// A text in Traditional script with each of its characters replaced by the Simplified one, at the same byte offsets;
/// `None` for a text in Simplified or another script.
pub(crate) fn simplified(text: &str) -> Option<String> {
    let table = table();
    let plain = |c: char| match c {
        '\u{4E00}'..='\u{9FFF}' => char::from_u32(u32::from(table[c as usize])).unwrap_or(c),
        _ => c,
    };
    // a few may stand in a Simplified text, too: names, quotations
    let (mut han, mut traditional) = (0usize, 0usize);
    for c in text.chars().filter(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
        han += 1;
        traditional += usize::from(u32::from(table[c as usize]) != u32::from(c));
    }
    (traditional * 20 > han).then(|| text.chars().map(plain).collect())
}

/// A folded text: UTF-16 units, and for each the byte range it came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The units.
    pub units: Vec<u16>,
    /// Byte offset in the original at which each unit's character starts, and one past the text at the end.
    pub starts: Vec<u32>,
}

/// Whether a folded unit is an ASCII letter or digit.
pub(crate) fn is_alnum(unit: u16) -> bool {
    matches!(unit, 0x30..=0x39 | 0x61..=0x7A)
}

/// Whether a folded unit is a letter of a script with case that ASCII lacks (é, ö, Cyrillic).
pub(crate) fn is_letter(unit: u16) -> bool {
    is_alnum(unit) || matches!(unit, 0xC0..=0x24F | 0x370..=0x52F)
}

/// Whether a folded unit is a Han character.
pub(crate) fn is_han(unit: u16) -> bool {
    matches!(unit, 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xD840..=0xDFFF)
}

impl Folded {
    /// Folds `text`, reusing the buffers. A separator is dropped between two name characters of which one
    /// at least is Latin, and a middle dot or hyphen between any two; otherwise it stays as one unit.
    pub fn fold(&mut self, text: &str) {
        let table = table();
        self.units.clear();
        self.starts.clear();
        self.units.reserve(text.len());
        self.starts.reserve(text.len());
        let bytes = text.as_bytes();
        let mut at = 0;
        // the last unit before a pending separator
        let mut pending: Option<(u32, bool)> = None;
        while at < bytes.len() {
            // a row of three-byte characters, none of them a separator
            if pending.is_none() {
                while let &[b @ 0xE0..=0xEF, c, d, ..] = &bytes[at..] {
                    let code = (u32::from(b & 0x0F) << 12) | (u32::from(c & 0x3F) << 6) | u32::from(d & 0x3F);
                    let unit = table[code as usize];
                    if unit == SEPARATOR {
                        break;
                    }
                    self.put(unit, at as u32);
                    at += 3;
                }
                if at == bytes.len() {
                    break;
                }
            }
            let start = at as u32;
            let b = bytes[at];
            let (unit, low) = if b < 0x80 {
                at += 1;
                (table[b as usize], 0)
            } else if b < 0xE0 {
                let c = (u32::from(b & 0x1F) << 6) | u32::from(bytes[at + 1] & 0x3F);
                at += 2;
                (table[c as usize], 0)
            } else if b < 0xF0 {
                let c = (u32::from(b & 0x0F) << 12)
                    | (u32::from(bytes[at + 1] & 0x3F) << 6)
                    | u32::from(bytes[at + 2] & 0x3F);
                at += 3;
                (table[c as usize], 0)
            } else {
                let c = (u32::from(b & 0x07) << 18)
                    | (u32::from(bytes[at + 1] & 0x3F) << 12)
                    | (u32::from(bytes[at + 2] & 0x3F) << 6)
                    | u32::from(bytes[at + 3] & 0x3F);
                at += 4;
                let c = c - 0x10000;
                (0xD800 | (c >> 10) as u16, 0xDC00 | (c & 0x3FF) as u16)
            };
            if unit == SEPARATOR {
                let blank = matches!(b, b' ' | 0xC2 | 0xE3) && !text[start as usize..at].starts_with(['·', '・']);
                pending = match pending {
                    None if self.units.last().is_some_and(|&u| is_letter(u) || is_han(u)) => Some((start, blank)),
                    None => {
                        self.put(SEPARATOR, start);
                        None
                    }
                    // two separators in a row part names, but for a hyphen with blanks around in Latin names
                    Some((s, _)) => {
                        self.put(SEPARATOR, s);
                        self.put(SEPARATOR, start);
                        None
                    }
                };
                continue;
            }
            if let Some((s, blank)) = pending.take() {
                let last = *self.units.last().expect("a separator is pending only after a unit");
                let glue = if blank {
                    (is_letter(last) && (is_letter(unit) || is_han(unit))) || (is_han(last) && is_letter(unit))
                } else {
                    (is_letter(last) || is_han(last)) && (is_letter(unit) || is_han(unit))
                };
                if !glue {
                    self.put(SEPARATOR, s);
                }
            }
            self.put(unit, start);
            if low != 0 {
                self.put(low, start);
            }
        }
        if let Some((s, _)) = pending {
            self.put(SEPARATOR, s);
        }
        self.starts.push(text.len() as u32);
    }

    /// The units of the bytes from `start` to `end`, each with the byte where its character starts.
    pub fn part(&self, start: u32, end: u32) -> (&[u16], &[u32]) {
        let from = self.starts[..self.units.len()].partition_point(|&s| s < start);
        let to = from + self.starts[from..self.units.len()].partition_point(|&s| s < end);
        (&self.units[from..to], &self.starts[from..to])
    }

    /// All units.
    pub fn all(&self) -> (&[u16], &[u32]) {
        (&self.units, &self.starts)
    }

    fn put(&mut self, unit: u16, start: u32) {
        self.units.push(unit);
        self.starts.push(start);
    }
}

/// Whether nothing of a name is left when it is folded.
pub(super) fn is_blank(name: &str) -> bool {
    let table = table();
    name.trim().chars().all(|c| table.get(c as usize) == Some(&SEPARATOR))
}

/// Whether folding leaves the word as it is.
pub(super) fn folds_to_itself(word: &str) -> bool {
    let table = table();
    word.chars().all(|c| (c as usize) < table.len() && table[c as usize] as u32 == c as u32)
}

/// The folded form of a name, as a string: equal for names that differ only in width, case, Traditional
/// script, spacing, hyphens and middle dots.
///
/// ```
/// assert_eq!(guanxi::dictionary::fold("ＯｐｅｎＡＩ"), guanxi::dictionary::fold("Open AI"));
/// assert_eq!(guanxi::dictionary::fold("萨姆·奥特曼"), "萨姆奥特曼");
/// ```
pub fn fold(name: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(name.trim());
    folded.units.retain(|&u| u != SEPARATOR);
    String::from_utf16_lossy(&folded.units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_fold_alike() {
        for (a, b) in [
            ("ＯｐｅｎＡＩ", "Open AI"),
            ("GPT 4o", "GPT-4o"),
            ("GPT4o", "gpt-4O"),
            ("華為", "华为"),
            ("日日新 SenseNova V6", "日日新SenseNova V6"),
            ("亚历山大·王", "亚历山大•王"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        assert_ne!(fold("GPT-4.1"), fold("GPT-41"));
    }

    #[test]
    fn starts_point_into_the_text() {
        let mut f = Folded::default();
        let text = "用 Open AI 的😀模型";
        f.fold(text);
        assert_eq!(f.units.len() + 1, f.starts.len());
        for &s in &f.starts {
            assert!(text.is_char_boundary(s as usize));
        }
    }
}
