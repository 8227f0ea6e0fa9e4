//! Looking for a word of a few characters in a clause of a few dozen: the standard library's search makes ready for long
//! texts first, which costs more than the search.

/// Byte offset of the first `word` in `text`, as [`str::find`] gives it.
pub fn find(text: &str, word: &str) -> Option<usize> {
    find_bytes(text.as_bytes(), word.as_bytes())
}

/// The same in bytes that need not end with a character.
pub fn find_bytes(text: &[u8], word: &[u8]) -> Option<usize> {
    let Some(&last) = word.last() else { return Some(0) };
    let mut from = word.len() - 1;
    // of a Han character's bytes the last tells most
    while let Some(at) = text.get(from..).and_then(|rest| memchr::memchr(last, rest)) {
        let end = from + at + 1;
        if text[end - word.len()..end] == *word {
            return Some(end - word.len());
        }
        from = end;
    }
    None
}

/// Byte offset of the last `word` in `text`, as [`str::rfind`] gives it.
pub fn rfind(text: &str, word: &str) -> Option<usize> {
    let (t, w) = (text.as_bytes(), word.as_bytes());
    let Some(&last) = w.last() else { return Some(t.len()) };
    let mut to = t.len();
    while let Some(at) = memchr::memrchr(last, &t[..to]).filter(|at| at + 1 >= w.len()) {
        if t[at + 1 - w.len()..=at] == *w {
            return Some(at + 1 - w.len());
        }
        to = at;
    }
    None
}

/// Whether `word` stands in `text`.
pub fn has(text: &str, word: &str) -> bool {
    find(text, word).is_some()
}

/// Whether `text` starts with `word`, as a word of a list mostly does not: its last byte tells.
pub fn starts(text: &str, word: &str) -> bool {
    starts_bytes(text.as_bytes(), word.as_bytes())
}

/// Whether `text` ends with `word`, as a word of a list mostly does not: the last byte tells.
pub fn ends(text: &str, word: &str) -> bool {
    let (t, w) = (text.as_bytes(), word.as_bytes());
    let Some(last) = w.last() else { return true };
    t.last() == Some(last) && t.ends_with(w)
}

/// `text` without the `word` that it ends with, as [`str::strip_suffix`] gives it.
pub fn without_end<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    ends(text, word).then(|| &text[..text.len() - word.len()])
}

/// What stands behind the first of these words that `text` starts with.
pub fn behind<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find(|w| starts(text, w)).map(|w| &text[w.len()..])
}

/// [`starts`] of bytes.
pub fn starts_bytes(text: &[u8], word: &[u8]) -> bool {
    let Some(last) = word.len().checked_sub(1) else { return true };
    text.get(last) == Some(&word[last]) && text[..last] == word[..last]
}

/// Bytes of the character that begins with this byte.
pub fn char_len(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// Bytes of `text` for which `is` holds.
pub fn count(text: &[u8], is: impl Fn(u8) -> bool) -> usize {
    // counts of one byte can be added up many at once
    text.chunks(255).map(|part| part.iter().map(|&b| u8::from(is(b))).sum::<u8>() as usize).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_the_standard_library_finds(text in "[ab与和。é ]{0,40}", word in "[ab与和é]{0,4}") {
            prop_assert_eq!(find(&text, &word), text.find(&word));
            prop_assert_eq!(rfind(&text, &word), text.rfind(&word));
            prop_assert_eq!(starts(&text, &word), text.starts_with(&word));
            prop_assert_eq!(ends(&text, &word), text.ends_with(&word));
            prop_assert_eq!(without_end(&text, &word), text.strip_suffix(&*word));
            prop_assert_eq!(behind(&text, &[&word]), text.strip_prefix(&*word));
            prop_assert!(text.chars().all(|c| char_len(c.encode_utf8(&mut [0; 4]).as_bytes()[0]) == c.len_utf8()));
        }
    }

    #[test]
    fn counts_beyond_what_one_byte_holds() {
        let text = "ab".repeat(1000);
        assert_eq!(count(text.as_bytes(), |b| b == b'a'), 1000);
        assert_eq!(count(b"", |b| b == b'a'), 0);
    }
}
