//! Which lengths the words of a list have, told by their first or last character: most looks-up end here.

/// For each character (folded to nine bits) the lengths in characters, as bits, that words with it have.
#[derive(Clone, Debug)]
pub(super) struct Lengths(Box<[u16; 512]>);

impl Default for Lengths {
    fn default() -> Lengths {
        Lengths(Box::new([0; 512]))
    }
}

/// Words of this many characters or more share one bit.
const MOST: usize = 15;

impl Lengths {
    fn slot(c: char) -> usize {
        (c as usize ^ (c as usize >> 9)) & 511
    }

    /// Takes in a word that is looked up by its character `c`.
    pub(super) fn note(&mut self, c: Option<char>, word: &str) {
        if let Some(c) = c {
            self.0[Lengths::slot(c)] |= 1 << word.chars().count().min(MOST);
        }
    }

    /// Whether some word with `c` may have so many characters.
    pub(super) fn may(&self, c: char, length: usize) -> bool {
        self.of(c) & 1 << length.min(MOST) != 0
    }

    /// The lengths of words with `c`, as bits.
    pub(super) fn of(&self, c: char) -> u16 {
        self.0[Lengths::slot(c)]
    }
}

/// The longest of `words`, which grow by one character each, that has one of the lengths and is known.
#[inline]
pub(super) fn longest<'t>(
    lengths: u16,
    words: impl Iterator<Item = &'t str>,
    known: impl Fn(&str) -> bool,
) -> Option<&'t str> {
    // most characters begin no word
    if lengths == 0 { None } else { longest_of(lengths, words, known) }
}

#[inline(never)]
fn longest_of<'t>(lengths: u16, words: impl Iterator<Item = &'t str>, known: impl Fn(&str) -> bool) -> Option<&'t str> {
    let last = 15 - lengths.leading_zeros() as usize;
    let mut found = None;
    for (i, word) in words.enumerate() {
        let length = i + 1;
        if length > last && last < MOST || length > 64 {
            break;
        }
        if lengths & 1 << length.min(MOST) != 0 && known(word) {
            found = Some(word);
        }
    }
    found
}
