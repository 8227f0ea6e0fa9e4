//! Words that are no entities but tell about them: surnames, given names, generic words, role words,
//! suffixes, cues. Plain lists under `dictionaries/lexicon/`.

use super::fold::{fold, folds_to_itself};
use super::index::{has_bit, set_bit};
use crate::diagnostic::Diagnostic;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// A list of words to look up in: the words in one string, and a table of where they begin.
#[derive(Debug, Default)]
pub struct WordList {
    /// A line each.
    text: String,
    /// Offset plus one, 0 for none; as many as a power of two, at most half of them taken.
    slots: Vec<u32>,
    /// Eight bits for every slot, one set for each word: most words that are not here end at it.
    filter: Vec<u64>,
    len: usize,
}

/// A set of characters, those of the basic plane only.
#[derive(Clone, Debug)]
pub struct CharSet(Box<[u64; 1024]>);

impl Default for CharSet {
    fn default() -> CharSet {
        CharSet(Box::new([0; 1024]))
    }
}

impl CharSet {
    /// Whether `c` is in the set.
    pub fn has(&self, c: char) -> bool {
        let c = c as usize;
        self.0.get(c >> 6).is_some_and(|bits| bits & 1 << (c & 63) != 0)
    }
}

impl FromIterator<char> for CharSet {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> CharSet {
        let mut set = CharSet::default();
        for c in chars {
            if let Some(bits) = set.0.get_mut(c as usize >> 6) {
                *bits |= 1 << (c as usize & 63);
            }
        }
        set
    }
}

impl WordList {
    /// Whether the list has the word, as it is written in the list.
    pub fn contains(&self, word: &str) -> bool {
        if self.slots.is_empty() {
            return false;
        }
        let hash = hash(word);
        has_bit(&self.filter, hash) && self.slots[self.slot(hash, word)] != 0
    }

    /// The words, in the order of their files.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text.lines()
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn slot(&self, hash: u64, word: &str) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(start) = self.slots[at].checked_sub(1) {
            let rest = &self.text.as_bytes()[start as usize..];
            if rest.get(word.len()) == Some(&b'\n') && rest.starts_with(word.as_bytes()) {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    /// Adds the words of a file: one a line, blank lines and lines that begin with `# ` left out.
    fn extend(&mut self, source: &str, lower: bool) {
        let ends = memchr::memchr_iter(b'\n', source.as_bytes()).chain([source.len()]);
        let count = self.len + ends.clone().count();
        self.text.reserve(source.len());
        if self.slots.len() < count * 2 {
            self.slots = vec![0; (count * 2).next_power_of_two()];
            self.filter = vec![0; (self.slots.len() / 8).max(1)];
            let old = std::mem::take(&mut self.text);
            self.text.reserve(old.len() + source.len());
            self.len = 0;
            old.lines().for_each(|w| self.add(w));
        }
        let mut from = 0;
        for end in ends {
            let line = source[from..end].trim();
            from = end + 1;
            if line.is_empty() || line.starts_with("# ") {
                continue;
            }
            match lower && line.bytes().any(|b| !b.is_ascii_lowercase()) {
                true => self.add(&line.to_lowercase()),
                false => self.add(line),
            }
        }
    }

    fn add(&mut self, word: &str) {
        let hash = hash(word);
        let slot = self.slot(hash, word);
        if self.slots[slot] == 0 {
            set_bit(&mut self.filter, hash);
            self.slots[slot] = self.text.len() as u32 + 1;
            self.text.push_str(word);
            self.text.push('\n');
            self.len += 1;
        }
    }
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

/// The word lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Latin words and phrases that are no names, as listed (lower-case ones match in any case).
    pub generic: WordList,
    /// Latin given names, lower case.
    pub given_names: WordList,
    /// Common English words, lower case.
    pub english: WordList,
    /// Chinese surnames.
    pub surnames: WordList,
    /// Common Chinese words.
    pub common_zh: WordList,
    /// Countries, regions, cities; lower case.
    pub places: WordList,
    /// Lists of `words.yaml`, by name.
    pub lists: FxHashMap<String, Vec<String>>,
}

/// The words of one file.
pub(super) enum Words {
    List(WordList),
    Lists(FxHashMap<String, Vec<String>>),
    Elsewhere,
}

/// Reads one file of the lexicon folder.
pub(super) fn read(file: &str, stem: &str, source: &str) -> Result<Words, Diagnostic> {
    let list = |lower| {
        let mut list = WordList::default();
        list.extend(source, lower);
        Ok(Words::List(list))
    };
    match stem {
        "generic" | "surnames" | "common-zh" => list(false),
        "given-names" | "english-words" | "places" => list(true),
        "traditional" => Ok(Words::Elsewhere),
        "words" => super::entry::parse(file, source).map(Words::Lists),
        _ => Err(Diagnostic::error(file, "no such word list").hint(
            "the lexicon has generic, given-names, english-words, places, surnames, common-zh, traditional (.txt) and words.yaml",
        )),
    }
}

impl Lexicon {
    /// Takes in one file's words.
    pub(super) fn take(&mut self, stem: &str, words: Words) {
        let list = match words {
            Words::List(list) => list,
            Words::Lists(lists) => {
                #[allow(clippy::iter_over_hash_type, reason = "each list by itself")]
                for (name, words) in lists {
                    self.lists.entry(name).or_default().extend(words);
                }
                return;
            }
            Words::Elsewhere => return,
        };
        let own = match stem {
            "generic" => &mut self.generic,
            "given-names" => &mut self.given_names,
            "english-words" => &mut self.english,
            "places" => &mut self.places,
            "surnames" => &mut self.surnames,
            _ => &mut self.common_zh,
        };
        match own.is_empty() {
            true => *own = list,
            false => own.extend(&list.text, false),
        }
    }

    /// The list called `name`, empty when there is none.
    pub fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a Latin word or phrase is generic, no name.
    pub fn is_generic(&self, word: &str) -> bool {
        self.generic.contains(word) || self.generic.contains(&word.to_lowercase())
    }

    /// Whether a word is a common word, English (any case) or Chinese.
    pub fn is_common(&self, word: &str) -> bool {
        if word.is_ascii() {
            self.english.contains(&word.to_lowercase())
        } else {
            self.common_zh.contains(word)
                || self.places.contains(word)
                || (!folds_to_itself(word) && self.common_zh.contains(&fold(word)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WordList;

    #[test]
    fn a_word_list_has_its_words_and_no_others() {
        let mut list = WordList::default();
        assert!(!list.contains("a"));
        list.extend("# a comment\n#1\n\n Open AI \r\nopen\n模型\nOpen AI", false);
        list.extend("ÉCOLE\nab\nopen", true);
        for word in ["#1", "Open AI", "open", "模型", "école", "ab"] {
            assert!(list.contains(word), "{word}");
        }
        for word in ["", "a", "ope", "open\nmodel", "# a comment", "AI", "Open", "模"] {
            assert!(!list.contains(word), "{word}");
        }
        assert_eq!(list.len(), 6);
    }
}
