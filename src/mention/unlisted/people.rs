//! Chinese people told by the words around a surname and a given name: a title behind (`北大顾青舟副教授`), whence they came
//! (`来自浙江大学的顾青舟`), a list of such names (`吸引了顾青舟、邵宜宁、岑牧等人`), a label (`顾青舟：曾任…`).

use super::words::is_han;
use super::{Candidate, Scene};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;

/// Titles right behind a name.
const TITLES: [&str; 9] = ["教授", "副教授", "助理教授", "院士", "博士", "研究员", "老师", "先生", "女士"];

/// What a label's person is told to have been or done.
const LIVES: [&str; 14] =
    ["曾任", "现任", "前", "原", "此前", "之前", "毕业于", "本科", "博士", "19", "20", "曾在", "曾是", "出生"];

/// What closes a list of people.
const CLOSES: [&str; 9] = ["等", "和", "与", "以及", "及", "之后", "三人", "…", "这些"];

pub(super) fn gather(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    titled(scene, block, out);
    labelled(scene, block, out);
    listed(scene, block, out);
}

fn person(span: Span, cue: &'static str) -> Candidate {
    Candidate { span, points: 3, hint: Some((EntityKind::Person, 5)), cue, spreads: true }
}

/// Whether the words are a surname and a given name of one or two characters, and nothing else.
fn is_name(scene: &Scene, words: &str) -> bool {
    let count = words.chars().count();
    let after = |n: usize| words.char_indices().nth(n).map_or(words.len(), |(i, _)| i);
    let surname = |n: usize| scene.lexicon.surnames.contains(&words[..after(n)]);
    let lead = if count == 4 || count == 3 && surname(2) && !surname(1) { 2 } else { 1 };
    (2..=4).contains(&count)
        && surname(lead)
        && words[after(lead)..].chars().all(|c| scene.words.in_given_name(c))
        && words.chars().next().is_some_and(|c| scene.words.in_given_name(c))
        && !scene.lexicon.is_common(words)
        && !scene.lexicon.is_common(&words[..after(2)])
}

/// The name right behind a house, or behind 的 when people come from it, where a title, a mark or a joint ends it.
fn titled(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let from = scene.hit_from(block.start as usize);
    for hit in scene.hits[from..].iter().take_while(|h| h.span.start < block.end) {
        if !matches!(scene.kind_of(hit), Some(EntityKind::Company | EntityKind::Organization)) {
            continue;
        }
        let rest = &scene.text[hit.span.end as usize..block.end as usize];
        let came = rest.starts_with('的') && scene.before(hit.span).ends_with("来自");
        let start = hit.span.end as usize + if came { '的'.len_utf8() } else { 0 };
        let rest = &scene.text[start..block.end as usize];
        for count in [3, 2] {
            let Some((at, _)) = rest.char_indices().nth(count) else { continue };
            let after = &rest[at..];
            let title = TITLES.iter().any(|t| find::starts(after, t));
            let ends = came && after.starts_with(['、', '和', '与', '，', '（', '(', '。']);
            let span = Span::new(start, start + at);
            if (title || ends && count == 3) && scene.is_free(span) && is_name(scene, &rest[..at]) {
                out.push(person(span, "title behind"));
                break;
            }
        }
    }
}

/// `顾青舟：曾任…` at the head of a block.
fn labelled(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let words = scene.slice(block);
    let Some(at) = words.char_indices().take(5).find(|(_, c)| *c == '：').map(|(i, _)| i) else { return };
    let rest = words[at + '：'.len_utf8()..].trim_start_matches(' ');
    let span = Span::new(block.start as usize, block.start as usize + at);
    if LIVES.iter().any(|l| find::starts(rest, l)) && scene.is_free(span) && is_name(scene, &words[..at]) {
        out.push(person(span, "label of a person"));
    }
}

/// The names of a list of three or more, all of which are a surname and a given name.
fn listed(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let words = scene.slice(block);
    let base = block.start as usize;
    let mut from = 0;
    while let Some(first) = words[from..].find('、').map(|i| from + i) {
        // the items between two commas, as long as they are names
        let (mut items, mut at) = (Vec::new(), first + '、'.len_utf8());
        loop {
            let rest = &words[at..];
            let len = rest.char_indices().take(5).find(|(_, c)| !is_han(*c)).map(|(i, _)| i);
            let whole =
                len.filter(|&len| rest[len..].starts_with('、') && known_or_name(scene, base + at, &rest[..len]));
            let Some(len) = whole else { break };
            items.push(Span::new(base + at, base + at + len));
            at += len + '、'.len_utf8();
        }
        let last = last_name(scene, base + at, &words[at..]);
        let head = first_name(scene, &words[..first], base);
        from = at.max(first + '、'.len_utf8());
        let total = items.len() + usize::from(last.is_some()) + usize::from(head.is_some());
        // all the items of a list, or none of them
        if items.is_empty() || last.is_none() || total < 3 {
            continue;
        }
        let all = head.into_iter().chain(items).chain(last);
        out.extend(all.filter(|s| scene.is_free(*s)).map(|s| person(s, "list of people")));
    }
}

/// Whether an item is a person that we know, or may be a person's name.
fn known_or_name(scene: &Scene, at: usize, words: &str) -> bool {
    let span = Span::new(at, at + words.len());
    let known = scene.hit_starting(at).is_some_and(|h| h.span == span && scene.kind_of(h) == Some(EntityKind::Person));
    known || scene.is_free(span) && is_name(scene, words)
}

/// The last name of a list, before the word that closes it.
fn last_name(scene: &Scene, at: usize, rest: &str) -> Option<Span> {
    [4, 3, 2].into_iter().find_map(|count| {
        let end = rest.char_indices().nth(count).map_or(rest.len(), |(i, _)| i);
        let closed = CLOSES.iter().any(|c| find::starts(&rest[end..], c));
        (closed && known_or_name(scene, at, &rest[..end])).then(|| Span::new(at, at + end))
    })
}

/// The first name of a list, which ends the words before it: behind a mark, or a word at which no name begins.
fn first_name(scene: &Scene, before: &str, base: usize) -> Option<Span> {
    [4, 3, 2].into_iter().find_map(|count| {
        let (start, _) = before.char_indices().rev().nth(count - 1)?;
        let lead = &before[..start];
        let opens = super::han::at_boundary(lead) || scene.words.stops.at_end(lead).is_some();
        let known = scene
            .hit_ending(base + before.len())
            .is_some_and(|h| h.span.start as usize == base + start && scene.kind_of(h) == Some(EntityKind::Person));
        let name = opens && is_name(scene, &before[start..]);
        (known || name).then(|| Span::new(base + start, base + before.len()))
    })
}
