//! Enumerations: `优必选、极智嘉和速腾聚创等企业`. The names of one list are of one kind, told by those of
//! them that are known and by the noun that closes the list.

use super::han::{Token, stretch_before, tokens};
use super::words::is_han;
use super::{Candidate, Scene};
use crate::find::{self, find, starts};
use crate::schema::EntityKind;
use crate::span::Span;

/// One item between the commas of a list.
#[derive(Clone, Copy, Debug)]
struct Item {
    span: Span,
    /// Whether both ends are certain (the first and the last item of a list may run into the sentence).
    closed: bool,
}

/// Investors without a name: 老股东, 产业方.
const CROWDS: [&str; 9] = ["股东", "投资人", "投资方", "产业方", "资本方", "团队", "机构", "管理层", "基金"];

/// Longest item, in bytes.
const LONGEST: usize = 60;

/// What stands between a list and the noun that closes it: 等开源工具, 这类数据集.
const CLOSERS: [&str; 6] = ["等", "这类", "这样的", "这种", "之类的", "这些"];

const MARKS: &[char] = &['“', '”', '「', '」', '『', '』', '《', '》', ' ', '‘', '’'];

pub(super) fn gather(scene: &Scene, block: Span, out: &mut Vec<Candidate>) {
    let words = scene.slice(block);
    if !words.contains('、') {
        return;
    }
    let base = block.start as usize;
    let mut items: Vec<Item> = Vec::new();
    let mut parts = Vec::new();
    for (at, sentence) in pieces(words) {
        items.clear();
        let end = cut(scene, base + at, sentence, &mut items);
        let end = Span::new(end, base + at + sentence.len());
        for list in items.split(|i| i.span.is_empty()) {
            let Some(last) = list.last() else { continue };
            let after = if last.span.end < end.start { Span { start: last.span.end, end: end.end } } else { end };
            judge(scene, list, scene.slice(after), &mut parts, out);
        }
    }
}

/// What ends a list.
const ENDS: [char; 10] = ['，', '。', '；', '！', '？', '：', '\n', '—', ',', ';'];

/// The stretches of a block that hold a `、` and no mark which ends a list, each with where it starts.
fn pieces(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + words[from..].find('、')?;
        let start = words[from..at].char_indices().rev().find(|(_, c)| ENDS.contains(c));
        let start = start.map_or(from, |(i, c)| from + i + c.len_utf8());
        let end = words[at..].find(ENDS).map_or(words.len(), |i| at + i);
        from = end;
        Some((start, &words[start..end]))
    })
}

/// Cuts a stretch into the items of its list; returns where the last of them ends.
fn cut(scene: &Scene, base: usize, sentence: &str, items: &mut Vec<Item>) -> usize {
    let mut from = 0;
    let mut first = true;
    while let Some(len) = sentence[from..].find('、') {
        let mut item = &sentence[from..from + len];
        // 苹果等巨头正通过硬件创新、: one list ends, and another may begin
        if !first && let Some(at) = broken(scene, base + from, item) {
            push(base + from, &item[..at], item[at..].starts_with('等'), items);
            items.push(Item { span: Span::new(base + from + at, base + from + at), closed: false });
            from += at;
            item = &item[at..];
            first = true;
        }
        let len = item.len();
        let (start, certain) = if first { head(scene, base + from, item) } else { (0, true) };
        push(base + from + start, &item[start..], certain, items);
        first = false;
        from += len + '、'.len_utf8();
    }
    // A、B和C等
    let rest = &sentence[from..];
    let mut stop = rest.len();
    let hit_end = scene.hit_starting(base + from).map_or(0, |h| h.span.end as usize - base - from);
    let mut certain = false;
    for (at, c) in rest.char_indices() {
        if at < hit_end {
            continue;
        }
        let closes = CLOSERS.iter().any(|w| find::starts(&rest[at..], w));
        if closes || c == '（' || c == '(' {
            (stop, certain) = (at, closes);
            break;
        }
        if at > 0 && (matches!(c, '和' | '与' | '及') || rest[at..].starts_with("以及")) {
            let skip = if rest[at..].starts_with("以及") { "以及".len() } else { c.len_utf8() };
            push(base + from, &rest[..at], true, items);
            let last = from + at + skip;
            let after = &sentence[last..];
            let over = scene.hit_starting(base + last).map_or(0, |h| h.span.end as usize - base - last);
            let close =
                CLOSERS.iter().chain(&["（", "("]).filter_map(|w| find(&after[over..], w)).min().map(|i| i + over);
            let (end, certain) = match close {
                Some(end) => (end, true),
                None if over > 0 => (over, true),
                None => foot(scene, after, &scene.text[base + last..]),
            };
            push(base + last, &after[..end], certain, items);
            return base + last + end;
        }
        if at > LONGEST {
            (stop, certain) = (hit_end, hit_end > 0);
            break;
        }
    }
    if !certain && hit_end == 0 && stop > 0 {
        (stop, certain) = foot(scene, &rest[..stop], &scene.text[base + from..]);
    }
    push(base + from, &rest[..stop], certain, items);
    base + from + stop
}

/// Where the last item of a list ends, when only the words behind it tell: `B领投`, `B的业务`.
fn foot(scene: &Scene, rest: &str, text: &str) -> (usize, bool) {
    let mut parts = Vec::new();
    let limit = rest.char_indices().nth(10).map_or(rest.len(), |(i, _)| i);
    tokens(scene, &rest[..limit], &mut parts);
    let mut at = 0;
    for (word, token) in parts {
        if at >= 6 && (token == Token::Stop || scene.cues.after(&text[at..])[EntityKind::Company as usize] > 0) {
            return (at, true);
        }
        if !word.starts_with(is_han) {
            break;
        }
        at += word.len();
    }
    (if limit == rest.len() { rest.len() } else { 0 }, limit == rest.len() && rest.len() < LONGEST / 2)
}

/// Where an item between two commas ends already, when it holds more than a name.
fn broken(scene: &Scene, base: usize, item: &str) -> Option<usize> {
    let over = scene.hit_starting(base).map_or(0, |h| h.span.end as usize - base).min(item.len());
    item[over..].find(['等', '的', '在', '了']).map(|i| i + over)
}

/// Where the first item begins inside the words before the first comma, and whether that is certain.
fn head(scene: &Scene, base: usize, words: &str) -> (usize, bool) {
    // a listed name at the end
    if let Some(h) = scene.hit_ending(base + words.len()) {
        return ((h.span.start as usize).saturating_sub(base), true);
    }
    let words = words.trim_end_matches(MARKS);
    let words = words.find(['（', '(']).filter(|_| words.ends_with(['）', ')'])).map_or(words, |i| &words[..i]);
    let stretch = stretch_before(words, 12);
    let mut parts = Vec::new();
    tokens(scene, stretch, &mut parts);
    let stop = parts.iter().rposition(|t| t.1 == Token::Stop);
    let mut first = stop.map_or(0, |i| i + 1);
    let mut certain =
        stop.is_some() || stretch.len() == words.len() || words[..words.len() - stretch.len()].ends_with(MARKS);
    let length = |first: usize, parts: &[(&str, Token)]| parts[first..].iter().map(|t| t.0.len()).sum::<usize>();
    while first < parts.len()
        && (parts[first].1 == Token::Common && length(first, &parts) > 4 * 3 && length(first + 1, &parts) >= 6)
    {
        first += 1;
        certain = false;
    }
    let start = words.len() - length(first, &parts);
    (start, certain || scene.cues.before(&words[..start])[EntityKind::Company as usize] >= 1)
}

fn push(start: usize, words: &str, closed: bool, items: &mut Vec<Item>) {
    // 腾讯（Tencent）, **商汤**
    let words = &words[..words.find(['（', '(']).unwrap_or(words.len())];
    let lead = words.len() - words.trim_start_matches(MARKS).len();
    let words = words.trim_matches(MARKS);
    if !words.is_empty() && words.len() <= LONGEST {
        let span = Span::new(start + lead, start + lead + words.len());
        items.push(Item { span, closed });
    }
}

/// The kind of the noun that closes a list: 等多家投资机构, 等竞争对手.
pub(super) fn closing(scene: &Scene, after: &str) -> [i32; 4] {
    let after = after.trim_start_matches(MARKS);
    let Some(rest) = CLOSERS.iter().find_map(|c| after.strip_prefix(c)) else { return [0; 4] };
    let limit = rest.char_indices().nth(12).map_or(rest.len(), |(i, _)| i);
    let mut best = [0; 4];
    for (at, c) in rest[..limit].char_indices() {
        if !(is_han(c) || c.is_ascii_alphanumeric()) {
            break;
        }
        let votes = scene.cues.before(&rest[..at + c.len_utf8()]);
        // 企业级服务: the noun goes on
        let goes_on = rest[at + c.len_utf8()..].starts_with(['级', '型', '化', '家', '界', '端']);
        if votes.iter().max() >= Some(&2) && !goes_on {
            best = votes;
        }
        if !goes_on && ["企业", "机构"].iter().any(|w| rest[..at + c.len_utf8()].ends_with(w)) {
            best = [0; 4];
            best[EntityKind::Company as usize] = 2;
        }
        // 这类高质量的数据集 describes, A等公司的产品 goes on
        let describes = c == '的' && !after.starts_with('等');
        if matches!(c, '的' | '在' | '了' | '已' | '也' | '都') && !describes {
            break;
        }
    }
    best
}

fn judge<'s>(
    scene: &Scene<'s>,
    items: &[Item],
    after: &str,
    parts: &mut Vec<(&'s str, Token)>,
    out: &mut Vec<Candidate>,
) {
    if items.len() < 2 {
        return;
    }
    let mut known = [0i32; 4];
    let mut total = 0;
    for item in items {
        let hit = scene.hit_starting(item.span.start as usize).filter(|h| h.span.end == item.span.end);
        if let Some(kind) = hit.and_then(|h| scene.kind_of(h)) {
            known[kind as usize] += 1;
            total += 1;
        }
    }
    let mut closes = closing(scene, after);
    // A、B以及C跟投: who puts money in
    let behind = after.trim_start_matches(MARKS).trim_start_matches('等');
    let invests = ["领投", "跟投", "参投", "联合领投", "共同领投", "联合投资", "共同投资", "继续跟投", "追加投资"]
        .iter()
        .any(|w| starts(behind, w));
    if invests {
        closes[EntityKind::Company as usize] = 2;
    }
    let mut score = closes;
    for (s, k) in score.iter_mut().zip(known) {
        *s += 2 * k;
    }
    let (kind, best) = EntityKind::ALL
        .into_iter()
        .map(|k| (k, score[k as usize]))
        .fold((EntityKind::Company, 0), |a, b| if b.1 > a.1 { b } else { a });
    let sure = known[kind as usize] * 2 > total && known[kind as usize] >= 1;
    if best < 2 || total > 0 && !sure {
        return;
    }
    let strong = invests && kind == EntityKind::Company
        || known[kind as usize] >= 2 && total * 3 >= items.len() as i32
        || sure && closes[kind as usize] >= 2;
    for item in items {
        let name = scene.slice(item.span);
        if !scene.is_free(item.span) {
            continue;
        }
        if name.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            // Latin names are found by their own rules; the list tells their kind
            out.push(Candidate { span: item.span, points: -9, hint: Some((kind, 2)), cue: "list", spreads: false });
            continue;
        }
        let crowd = invests && CROWDS.iter().any(|c| find::ends(name, c));
        if !sure && kind != EntityKind::Company || crowd || !fits(scene, name, kind, item.closed, strong, parts) {
            continue;
        }
        let points = if sure && item.closed { 1 } else { 0 };
        out.push(Candidate { span: item.span, points, hint: Some((kind, 2)), cue: "list", spreads: true });
    }
}

/// Whether a Han item of a list has the make-up of a name of the kind.
fn fits<'s>(
    scene: &Scene<'s>,
    name: &'s str,
    kind: EntityKind,
    closed: bool,
    strong: bool,
    parts: &mut Vec<(&'s str, Token)>,
) -> bool {
    let count = name.chars().count();
    if scene.lexicon.is_common(name) || scene.words.generic_prefixes.has(name) {
        return false;
    }
    if kind == EntityKind::Person {
        let surname =
            |n: usize| name.char_indices().nth(n).is_some_and(|(i, _)| scene.lexicon.surnames.contains(&name[..i]));
        let given = name.chars().skip(1).all(|c| scene.words.in_given_name(c));
        return closed && (2..=4).contains(&count) && given && (surname(1) && count <= 3 || surname(2));
    }
    if !(2..=8).contains(&count)
        || !name.chars().all(|c| is_han(c) || c.is_ascii_alphanumeric())
        || !name.starts_with(is_han)
        || name.ends_with('们')
        || scene.words.general_after.at_end(name).is_some()
        || scene.cues.before(name).iter().max() >= Some(&1)
    {
        return false;
    }
    tokens(scene, name, parts);
    let unknown = parts.iter().filter(|t| t.1 == Token::Unknown).count();
    // a preposition of more than one character is no part of a name, a single 中 may be (中坚科技)
    let stop = parts
        .iter()
        .any(|t| t.1 == Token::Stop && (t.0.len() > 3 || "的了在与和及由从对被把是更能使其很".contains(t.0)));
    match kind {
        EntityKind::Company => {
            !stop
                && (unknown >= 1 && (strong || unknown >= 2)
                    || strong && closed && count <= 4 && scene.words.generic_prefixes.at_start(name).is_none())
        }
        EntityKind::Product => !stop && unknown >= 2 && strong && closed && !name.ends_with("AI"),
        _ => false,
    }
}
