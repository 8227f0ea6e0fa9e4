//! What the words beside a span say about its kind.

use crate::dictionary::Lexicon;
use crate::schema::EntityKind;
use crate::span::Span;
use rustc_hash::FxHashMap;

/// Votes for each kind, in the order of [`EntityKind::ALL`].
pub(super) type Votes = [i32; 4];

/// The cue words, by the side on which they stand.
#[derive(Debug, Default)]
pub(super) struct Cues {
    before: FxHashMap<String, Votes>,
    after: FxHashMap<String, Votes>,
    longest: usize,
}

impl Cues {
    pub(super) fn new(lexicon: &Lexicon) -> Cues {
        let mut cues = Cues::default();
        for kind in EntityKind::ALL {
            for (side, map) in [("before", &mut cues.before), ("after", &mut cues.after)] {
                for word in lexicon.list(&format!("{kind}_{side}")) {
                    cues.longest = cues.longest.max(word.chars().count());
                    map.entry(word.clone()).or_default()[kind as usize] += 1;
                }
            }
        }
        cues
    }

    /// The votes of the words right before and right after `span`.
    pub(super) fn votes(&self, text: &str, span: Span) -> Votes {
        let mut votes = [0; 4];
        let mut add = |v: Option<&Votes>| {
            if let Some(v) = v {
                for (a, b) in votes.iter_mut().zip(v) {
                    *a += b;
                }
            }
        };
        add(self.word_before(&text[..span.start as usize]));
        add(self.word_after(&text[span.end as usize..]));
        votes
    }

    fn word_before(&self, before: &str) -> Option<&Votes> {
        let before = before.trim_end_matches([' ', '“', '"', '「', '『', '《', '(', '（', '‘', '：', ':']);
        let before = before.strip_suffix('的').unwrap_or(before);
        if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') {
            let start = before
                .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.'))
                .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
            return self.before.get(&before[start..]).or_else(|| self.before.get(&before[start..].to_lowercase()));
        }
        let mut found = None;
        for (i, (at, c)) in before.char_indices().rev().enumerate() {
            if i >= self.longest || c.is_whitespace() || matches!(c, '，' | '。' | '、' | '；') {
                break;
            }
            if let Some(v) = self.before.get(&before[at..]) {
                found = Some(v);
            }
        }
        found
    }

    fn word_after(&self, after: &str) -> Option<&Votes> {
        let after = after.trim_start_matches([' ', '”', '"', '」', '』', '》', '’']);
        let after = after.strip_prefix('的').unwrap_or(after);
        if after.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(after.len());
            return self.after.get(&after[..end]).or_else(|| self.after.get(&after[..end].to_lowercase()));
        }
        let mut found = None;
        for (i, (at, c)) in after.char_indices().enumerate() {
            if i >= self.longest || c.is_whitespace() || matches!(c, '，' | '。' | '、' | '；') {
                break;
            }
            if let Some(v) = self.after.get(&after[..at + c.len_utf8()]) {
                found = Some(v);
            }
        }
        found
    }
}
