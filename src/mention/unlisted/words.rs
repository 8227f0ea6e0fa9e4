//! The word lists of the finder, compiled once, and the classes of characters that its rules work with.

use crate::dictionary::Lexicon;
use rustc_hash::FxHashSet;

/// A set of words that are looked for at the end or the start of a stretch of text.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    words: FxHashSet<String>,
    longest: usize,
}

impl WordSet {
    pub fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> WordSet {
        let words: FxHashSet<String> = words.into_iter().cloned().collect();
        let longest = words.iter().map(|w| w.chars().count()).max().unwrap_or(0);
        WordSet { words, longest }
    }

    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The longest word of the set at the end of `text`.
    pub fn at_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.char_indices().rev().take(self.longest).filter_map(|(at, _)| self.known(&text[at..])).last()
    }

    /// The longest word of the set at the start of `text`.
    pub fn at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.char_indices().take(self.longest).filter_map(|(at, c)| self.known(&text[..at + c.len_utf8()])).last()
    }

    fn known<'t>(&self, word: &'t str) -> Option<&'t str> {
        self.words.contains(word).then_some(word)
    }
}

/// The compiled lists.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub not_after: WordSet,
    pub not_before: WordSet,
    pub company_suffixes: WordSet,
    pub company_suffixes_weak: WordSet,
    pub organization_suffixes: WordSet,
    pub generic_prefixes: WordSet,
    pub stops: WordSet,
    pub links: WordSet,
    pub latin_company: WordSet,
    pub latin_organization: WordSet,
    pub latin_product: WordSet,
    pub latin_roles: WordSet,
    /// Chinese words before a person: roles and titles.
    pub roles: WordSet,
    /// Chinese words after a person: verbs of saying and the like.
    pub person_verbs: WordSet,
    no_given: FxHashSet<char>,
    transliteration: FxHashSet<char>,
}

impl Words {
    pub fn new(lexicon: &Lexicon) -> Words {
        let set = |name: &str| WordSet::new(lexicon.list(name));
        let chars = |name: &str| lexicon.list(name).iter().flat_map(|s| s.chars()).collect();
        Words {
            not_after: set("no_name_after"),
            not_before: set("no_name_before"),
            company_suffixes: set("company_suffixes"),
            company_suffixes_weak: set("company_suffixes_weak"),
            organization_suffixes: set("organization_suffixes"),
            generic_prefixes: set("generic_prefixes"),
            stops: set("stop_before"),
            links: set("name_links"),
            latin_company: set("latin_company_words"),
            latin_organization: set("latin_organization_words"),
            latin_product: set("latin_product_words"),
            latin_roles: set("latin_roles"),
            roles: set("person_before"),
            person_verbs: WordSet::new(lexicon.list("person_after").iter().chain(lexicon.list("person_after_weak"))),
            no_given: chars("no_given_name"),
            transliteration: chars("transliteration"),
        }
    }

    /// Whether `c` may stand in a Chinese given name.
    pub fn in_given_name(&self, c: char) -> bool {
        is_han(c) && !self.no_given.contains(&c)
    }

    /// Whether Chinese writes foreign names with `c`.
    pub fn transliterates(&self, c: char) -> bool {
        self.transliteration.contains(&c)
    }
}

/// Whether `c` is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether `c` is a letter of a Latin name.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ')
}
