//! Words that are no entities but tell about them: surnames, given names, generic words, role words,
//! suffixes, cues. Plain lists under `dictionaries/lexicon/`.

use super::fold::fold;
use crate::diagnostic::Diagnostic;
use rustc_hash::{FxHashMap, FxHashSet};

/// The word lists.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Latin words and phrases that are no names, as listed (lower-case ones match in any case).
    pub generic: FxHashSet<String>,
    /// Latin given names, lower case.
    pub given_names: FxHashSet<String>,
    /// Common English words, lower case.
    pub english: FxHashSet<String>,
    /// Chinese surnames.
    pub surnames: FxHashSet<String>,
    /// Common Chinese words.
    pub common_zh: FxHashSet<String>,
    /// Countries, regions, cities; lower case.
    pub places: FxHashSet<String>,
    /// Lists of `words.yaml`, by name.
    pub lists: FxHashMap<String, Vec<String>>,
}

impl Lexicon {
    /// Takes in one file of the lexicon folder.
    pub(super) fn read(&mut self, file: &str, stem: &str, source: &str) -> Result<(), Diagnostic> {
        let lines = || source.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("# "));
        let lower = |set: &mut FxHashSet<String>| set.extend(lines().map(str::to_lowercase));
        match stem {
            "generic" => self.generic.extend(lines().map(str::to_string)),
            "given-names" => lower(&mut self.given_names),
            "english-words" => lower(&mut self.english),
            "places" => lower(&mut self.places),
            "surnames" => self.surnames.extend(lines().map(str::to_string)),
            "common-zh" => self.common_zh.extend(lines().map(str::to_string)),
            "traditional" => {}
            "words" => {
                let lists: FxHashMap<String, Vec<String>> = super::entry::parse(file, source)?;
                for (name, words) in lists {
                    self.lists.entry(name).or_default().extend(words);
                }
            }
            _ => {
                return Err(Diagnostic::error(file, "no such word list").hint(
                    "the lexicon has generic, given-names, english-words, places, surnames, common-zh, traditional (.txt) and words.yaml",
                ));
            }
        }
        Ok(())
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
            self.common_zh.contains(word) || self.places.contains(word) || self.common_zh.contains(&fold(word))
        }
    }
}
