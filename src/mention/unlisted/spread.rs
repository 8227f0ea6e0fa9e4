//! Where names stand in a text: every occurrence of each of them, in time that grows with the text and not with the
//! text times the names.

use aho_corasick::AhoCorasick;
use memchr::memmem;

/// From this many names on, one pass for all of them beats a pass for each.
const MANY: usize = 48;

/// Every place at which a name stands, by name and then by place: `(index into names, byte offset)`. Occurrences of one
/// name do not overlap each other; those of two names may.
pub(super) fn occurrences(text: &str, names: &[&str]) -> Vec<(usize, usize)> {
    let one_by_one = || {
        let places = |(i, name): (usize, &&str)| {
            memmem::find_iter(text.as_bytes(), name.as_bytes()).map(|at| (i, at)).collect::<Vec<_>>()
        };
        names.iter().enumerate().flat_map(places).collect()
    };
    if names.len() < MANY {
        return one_by_one();
    }
    // only a set too large for an automaton fails
    let Ok(automaton) = AhoCorasick::new(names) else { return one_by_one() };
    let mut found: Vec<(usize, usize)> =
        automaton.find_overlapping_iter(text).map(|m| (m.pattern().as_usize(), m.start())).collect();
    found.sort_unstable();
    let mut end = (usize::MAX, 0);
    found.retain(|&(i, at)| {
        let free = end.0 != i || at >= end.1;
        if free {
            end = (i, at + names[i].len());
        }
        free
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_pass_for_many_names_finds_what_a_pass_for_each_does() {
        let text = "甲乙甲乙甲，aaaa，abab。".repeat(3);
        let few = ["甲乙", "甲乙甲", "aa", "ab", "没有"];
        let expected = occurrences(&text, &few);
        let padding: Vec<String> = (0..MANY).map(|i| format!("#{i}#")).collect();
        let many: Vec<&str> = few.into_iter().chain(padding.iter().map(String::as_str)).collect();
        assert_eq!(occurrences(&text, &many), expected);
        assert!(expected.contains(&(2, text.find("aaaa").unwrap() + 2)));
        assert!(!expected.contains(&(2, text.find("aaaa").unwrap() + 1)));
    }
}
