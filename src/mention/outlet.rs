//! Names that say who published an article: they take no part in its news.

use crate::find;
use crate::span::Span;

/// Whether a name stands for the agency of a dateline, or the outlet of a feed's last line.
pub(crate) fn is_outlet(text: &str, name: Span) -> bool {
    let (before, after) = (&text[..name.start as usize], &text[name.end as usize..]);
    is_dateline(text, name)
        || find::ends(before, "--") && after.starts_with("--")
        || [" appeared first on ", "Distributed by: "].iter().any(|w| find::ends(before, w))
}

/// Whether a name is the agency of a dateline, which takes no part in the news: `(GLOBE NEWSWIRE) --`,
/// `/PRNewswire/ —`, `财联社6月18日电`.
fn is_dateline(text: &str, name: Span) -> bool {
    let (before, after) = (&text[..name.start as usize], &text[name.end as usize..]);
    let mut rest = after.trim_start_matches(' ');
    let digit = rest.starts_with(|c: char| c.is_ascii_digit());
    let dated = digit
        && ['月', '日'].into_iter().all(|unit| {
            let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            let told = number.len() < rest.len() && number.starts_with(unit);
            rest = number.strip_prefix(unit).unwrap_or("");
            told
        });
    let rest = rest.trim_start_matches(' ');
    if dated && ["电", "讯", "消息", "报道", "获悉"].iter().any(|w| find::starts(rest, w)) {
        return true;
    }
    let closed = match before.chars().next_back() {
        Some('(') => after.strip_prefix(')'),
        Some('/') => after.strip_prefix('/'),
        _ => None,
    };
    // (Acme Wire) Thursday Aug 14, 2025 @ 7:00 AM Pacific —
    closed.is_some_and(|rest| {
        // no farther: an article may have a name in brackets in each of its sentences
        let near = &rest[..(0..=rest.len().min(63)).rev().find(|&i| rest.is_char_boundary(i)).unwrap_or(0)];
        let dash = near.find(['–', '—']).or_else(|| near.find(" -"));
        rest.trim_start().starts_with(['-', '–', '—'])
            || dash
                .is_some_and(|d| d <= 60 && near[..d].bytes().any(|b| b.is_ascii_digit()) && !near[..d].contains(". "))
    })
}
