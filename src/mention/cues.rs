//! What the words beside a span say about its kind.

use super::lengths::{Lengths, longest};
use crate::dictionary::Lexicon;
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;
use rustc_hash::FxHashMap;

/// Votes for each kind, in the order of [`EntityKind::ALL`].
pub(super) type Votes = [i32; 4];

const EXAMPLES: [&str; 6] = ["——", "例如", "比如", "包括", "诸如", "如"];

/// What gives a name to the noun of the clause before.
const NAMED: [&str; 6] = ["命名为", "取名为", "名叫", "名为", "叫做", "取名"];

/// The cue words, by the side on which they stand.
#[derive(Debug, Default)]
pub(super) struct Cues {
    before: FxHashMap<String, Votes>,
    after: FxHashMap<String, Votes>,
    ends: Lengths,
    starts: Lengths,
}

const OPENING: &[char] = &[' ', '“', '"', '「', '『', '《', '(', '（', '‘', '：', ':'];
const CLOSING: &[char] = &[' ', '”', '"', '」', '』', '》', '’'];

impl Cues {
    /// A word of `KIND_before` or `KIND_after` gives two votes, one of a `_weak` list gives one.
    pub(super) fn new(lexicon: &Lexicon) -> Cues {
        let mut cues = Cues::default();
        for kind in EntityKind::ALL {
            for side in ["before", "after"] {
                for (strength, votes) in [("", 2), ("_weak", 1)] {
                    for word in lexicon.list(&format!("{kind}_{side}{strength}")) {
                        let map = match side {
                            "before" => {
                                cues.ends.note(word.chars().next_back(), word);
                                &mut cues.before
                            }
                            _ => {
                                cues.starts.note(word.chars().next(), word);
                                &mut cues.after
                            }
                        };
                        map.entry(word.clone()).or_default()[kind as usize] += votes;
                    }
                }
            }
        }
        cues
    }

    /// The votes of the words right before and right after `span`.
    pub(super) fn votes(&self, text: &str, span: Span) -> Votes {
        let mut votes = [0; 4];
        for v in [self.before(&text[..span.start as usize]), self.after(&text[span.end as usize..])] {
            for (sum, vote) in votes.iter_mut().zip(v) {
                *sum += vote;
            }
        }
        votes
    }

    /// The votes of the longest cue at the end of `before`.
    pub(super) fn before(&self, before: &str) -> Votes {
        let before = before.trim_end_matches(OPENING);
        let before = before.strip_suffix('的').unwrap_or(before);
        // 上架了一款新应用，名叫: the noun before tells
        let told = NAMED.iter().find_map(|n| find::without_end(before, n)?.strip_suffix('，'));
        if let Some(told) = told.filter(|t| t.ends_with(|c: char| c >= '\u{3400}')) {
            let mut votes = self.before(told);
            if votes[EntityKind::Product as usize] > 0 {
                votes[EntityKind::Person as usize] = 0;
                return votes;
            }
        }
        let noun = without_example(before);
        if noun.len() < before.len() {
            // 企业如何: what follows is no person
            let mut votes = self.before(noun);
            votes[EntityKind::Person as usize] = 0;
            return votes;
        }
        if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') {
            let start = before
                .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            return look_up(&self.before, &before[start..]);
        }
        let Some(last) = before.chars().next_back() else { return Votes::default() };
        let words = before.char_indices().rev().take_while(|(_, c)| !ends_phrase(*c)).map(|(at, _)| &before[at..]);
        let word = longest(self.ends.of(last), words, |w| self.before.contains_key(w));
        word.map_or(Votes::default(), |w| self.before[w])
    }

    /// The votes of the longest cue at the start of `after`.
    pub(super) fn after(&self, after: &str) -> Votes {
        let after = after.trim_start_matches(CLOSING);
        let after = after.strip_prefix('的').unwrap_or(after);
        if after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(after.len());
            return look_up(&self.after, &after[..end]);
        }
        let Some(first) = after.chars().next() else { return Votes::default() };
        let words = after.char_indices().take_while(|(_, c)| !ends_phrase(*c));
        let words = words.map(|(at, c)| &after[..at + c.len_utf8()]);
        let word = longest(self.starts.of(first), words, |w| self.after.contains_key(w));
        word.map_or(Votes::default(), |w| self.after[w])
    }
}

/// Without what stands between a noun and the names it covers: `教育机构如`, `企业——`.
fn without_example(before: &str) -> &str {
    let noun = EXAMPLES.iter().find_map(|w| find::without_end(before, w)).unwrap_or(before);
    // 编程工具，如; 视频模型（例如
    let noun = if noun.len() < before.len() { noun.trim_end_matches(['，', '（', '(']) } else { noun };
    if noun.ends_with(|c: char| c >= '\u{3400}' && !ends_phrase(c)) { noun } else { before }
}

fn ends_phrase(c: char) -> bool {
    c.is_whitespace() || matches!(c, '，' | '。' | '、' | '；')
}

/// A Latin cue, in its own case or in lower case.
fn look_up(map: &FxHashMap<String, Votes>, word: &str) -> Votes {
    match map.get(word) {
        Some(v) => *v,
        None if word.bytes().any(|b| b.is_ascii_uppercase()) => {
            map.get(&word.to_ascii_lowercase()).copied().unwrap_or_default()
        }
        None => Votes::default(),
    }
}
