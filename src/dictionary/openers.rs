//! Words that a stretch of text may open with, told by their first character: nearly every place of a text ends there.

use super::CharSet;
use crate::find::starts;
use rustc_hash::FxHashMap;

/// The words.
#[derive(Debug, Default)]
pub struct Openers {
    words: Vec<String>,
    first: CharSet,
    by_first: FxHashMap<char, Vec<u32>>,
}

impl Openers {
    /// A set of these words; an empty one opens nothing.
    pub fn new<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Openers {
        let words: Vec<String> = words.into_iter().map(W::into).collect();
        let mut by_first: FxHashMap<char, Vec<u32>> = FxHashMap::default();
        for (i, word) in words.iter().enumerate() {
            if let Some(c) = word.chars().next() {
                by_first.entry(c).or_default().push(i as u32);
            }
        }
        let first = words.iter().filter_map(|w| w.chars().next()).collect();
        Openers { words, first, by_first }
    }

    /// What stands behind the longest of the words that `text` starts with.
    pub fn behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = self.of(text.chars().next()?).iter().map(|&i| &self.words[i as usize]);
        words.filter(|w| starts(text, w)).map(|w| w.len()).max().map(|len| &text[len..])
    }

    /// Whether `text` starts with one of the words.
    pub fn at_start(&self, text: &str) -> bool {
        self.behind(text).is_some()
    }

    /// Calls `on` with the index of each word that is in `text`, and the byte behind it, in the order of where they start;
    /// a Latin one only where no letter or digit stands before it.
    pub fn each(&self, text: &str, mut on: impl FnMut(usize, usize)) {
        let mut before = '\0';
        for (at, c) in text.char_indices() {
            let inside = c.is_ascii_alphabetic() && before.is_ascii_alphanumeric();
            before = c;
            if inside {
                continue;
            }
            for &i in self.of(c) {
                let word = &self.words[i as usize];
                if starts(&text[at..], word) {
                    on(i as usize, at + word.len());
                }
            }
        }
    }

    /// The words that begin with `c`.
    fn of(&self, c: char) -> &[u32] {
        let known = self.first.has(c) || c > '\u{FFFF}';
        if known { self.by_first.get(&c).map_or(&[], Vec::as_slice) } else { &[] }
    }
}

#[cfg(test)]
mod tests {
    use super::Openers;

    #[test]
    fn every_word_is_found_wherever_it_starts() {
        let words = Openers::new(["人工", "人", "AI", "", "𠮷野"]);
        let mut found = Vec::new();
        words.each("人工AI，𠮷野人，OpenAI", |i, end| found.push((i, end)));
        assert_eq!(found, [(0, 6), (1, 3), (2, 8), (4, 18), (1, 21)]);
        assert_eq!(
            [words.behind("人工智能"), words.behind("人才"), words.behind("工人")],
            [Some("智能"), Some("才"), None]
        );
        assert!(words.at_start("人才") && words.at_start("𠮷野家"));
        assert!(!words.at_start("A") && !words.at_start("") && !words.at_start("个人"));
    }
}
