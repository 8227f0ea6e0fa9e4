//! Noun phrases of more than one name: the maker that stands before its product, and lists that go on over makers,
//! asides and head nouns (`骁龙 AR1 芯片与索尼 IMX681 传感器`, `DeepSeek、字节跳动豆包、腾讯元宝等`).

use super::extract::Hit;
use super::list::{acts_on, is_told};
use super::of::HEADS;
use super::sentence::{Group, Marker, View};
use crate::dictionary::relations::Construction;
use crate::find::{self, find};
use crate::schema::EntityKind;

/// Marks and blanks around names.
pub(super) const QUOTES: [char; 9] = [' ', '“', '”', '"', '「', '」', '《', '》', '*'];

/// Most characters of a head noun between two members of a list.
const HEAD: usize = 8;

/// Whether a verb stands between two places.
pub(super) fn acts(hits: &[Hit], start: u32, end: u32) -> bool {
    hits.iter().any(|h| h.rule.is(Construction::Verb) && h.span.start >= start && h.span.end <= end)
}

/// Whether a verb follows at once upon a name that ends here, which then is its subject.
pub(super) fn acts_next(hits: &[Hit], end: u32) -> bool {
    hits.iter().any(|h| h.rule.is(Construction::Verb) && h.span.start >= end && h.span.start - end <= 6)
}

/// What a part of a house, or a house, is called behind its name.
const PARTS: &[&str] = &["团队", "公司", "集团", "实验室", "研究院", "科研团队"];

/// Whether the words end in what products are (`端侧大模型`), or in a count of things (`15万个`).
fn is_head(words: &str) -> bool {
    // "GPT-4o、Claude和自研的A"
    let words = ["自研的", "自家的", "自研"].iter().find_map(|w| words.strip_prefix(w)).unwrap_or(words);
    // "A、国内厂商的B", "的65%和基础o3"
    let whose =
        |w: &str| w.ends_with("厂商的") || w.ends_with("公司的") || w.ends_with("企业的") || w.ends_with("开源的");
    words.is_empty()
        || whose(words)
        || matches!(words, "基础" | "标准" | "普通" | "原版" | "前代" | "初代")
        || words.chars().count() <= HEAD
            && (HEADS.iter().any(|h| find::ends(words, h))
                || PARTS.contains(&words)
                || words.starts_with(|c: char| c.is_ascii_digit())
                    && words.ends_with(['个', '块', '张', '片', '枚', '台', '套', '款', '颗']))
}

/// Whether the words between a house and a product make it the product's maker: none, or belonging and a head noun.
pub(super) fn makes(between: &str) -> bool {
    let t = between.trim_matches(QUOTES);
    let Some(rest) =
        ["旗下的", "旗下", "自研的", "自研", "的", "最新", "'s", "’s"].iter().find_map(|b| t.strip_prefix(b))
    else {
        return t.is_empty() || super::of::plain_noun(t) && HEADS.iter().any(|h| find::ends(t, h));
    };
    rest.chars().count() <= 12 && (rest.trim_matches(QUOTES).is_empty() || HEADS.iter().any(|h| find::ends(rest, h)))
}

/// Marks each maker before its product; the product takes its marker: `与谷歌的 Gemini 持平` is said of Gemini.
pub(super) fn makers(view: &mut View, hits: &[Hit]) {
    for i in 1..view.groups.len() {
        let (house, product) = (&view.groups[i - 1], &view.groups[i]);
        let between = view.between(house.span.end, product.span.start);
        // "其最新版本A", "其核心开发工具B": whatever 其 stands for, it is said of what follows
        let noun = between.trim_matches(QUOTES);
        let its = !view.latin
            && view.between(house.span.start, house.span.end) == "其"
            && product.kind == EntityKind::Product
            && (noun.is_empty() || super::of::plain_noun(noun) && noun.chars().count() <= 10);
        if its && house.kind != EntityKind::Person {
            let marker = house.marker;
            view.groups[i - 1].makes_next = true;
            if view.groups[i].marker == Marker::Bare {
                view.groups[i].marker = marker;
            }
            continue;
        }
        if product.kind == EntityKind::Product
            && matches!(house.kind, EntityKind::Company | EntityKind::Organization)
            && between.len() <= 60
            && makes(between)
            && !between.contains(['，', '。', '、', '；', ',', '：', '（'])
            && !acts(hits, house.span.end, product.span.start)
        {
            let marker = house.marker;
            view.groups[i - 1].makes_next = true;
            if view.groups[i].marker == Marker::Bare {
                view.groups[i].marker = marker;
            }
        }
    }
}

/// How one member of a list is linked to the next.
fn link(between: &str) -> Option<&'static str> {
    // asides and values: "（约21%）和", "的75.5%和"
    let t = between.trim_start_matches(QUOTES);
    let t = match t.strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')'])) {
        Some((aside, rest)) if aside.chars().count() <= 24 => rest,
        _ => t,
    };
    let value = t
        .strip_prefix('的')
        .map(|v| v.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | '分')));
    let t = value.filter(|v| v.len() + 3 < t.len()).unwrap_or(t).trim_start_matches(QUOTES);
    let t = t.trim_end_matches(QUOTES);
    ["，以及", "以及", "、", "和", "与", "及", "或"].into_iter().find(|l| {
        find(t, l).map(|at| (&t[..at], &t[at + l.len()..])).is_some_and(|(tail, head)| {
            is_head(tail.trim_matches(QUOTES))
                && is_head(head.trim_matches(QUOTES))
                && !tail.contains(['，', ',', '。', '；'])
                && !head.contains(['，', ',', '。', '；', '、'])
        })
    })
}

/// Links the groups that one list runs through; its later members take the marker of the first.
pub(super) fn lists(view: &mut View, hits: &[Hit]) {
    for i in 0..view.groups.len() {
        // "Acme (acquired by Orbis), Halden, and Quandor"
        if view.latin
            && let [member, aside, next, ..] = &view.groups[i..]
            && member.kind == next.kind
            && let opens = view.between(member.span.end, aside.span.start)
            && opens.starts_with(" (")
            && super::english_list::over_aside(opens, view.between(aside.span.end, next.span.start))
        {
            if member.kind == EntityKind::Person {
                view.groups[i + 2].goes_on = Some(i);
            } else {
                view.groups[i].list_next = Some(i + 2);
                view.groups[i + 2].listed = Some((i, false));
            }
            continue;
        }
        if view.groups[i].makes_next || view.groups[i].kind == EntityKind::Person {
            continue;
        }
        let Some(next) = view.groups.get(i + 1) else { break };
        let k = if next.makes_next { i + 2 } else { i + 1 };
        let between = view.between(view.groups[i].span.end, next.span.start);
        if k >= view.groups.len() || between.len() > 90 || acts(hits, view.groups[i].span.end, next.span.start) {
            continue;
        }
        // "A的简洁与B的灵活": of each, something
        let each = || {
            let t = between.strip_prefix('的')?;
            let by = ["与", "和", "以及", "及"].into_iter().find(|l| find::ends(t, l))?;
            let noun = super::of::plain_noun(&t[..t.len() - by.len()]);
            (noun && !view.latin && k == i + 1 && view.groups[k].possessor).then_some(by)
        };
        let Some(by) = link(between).or_else(each) else { continue };
        // "起诉A，以及B指控C": the next one is the subject of a verb of its own
        if between.contains(['，', ',']) && acts_next(hits, view.groups[k].span.end) {
            continue;
        }
        // "收购A、B以十亿美元买下C": another statement
        if by == "、" && k == i + 1 {
            let start = view.groups[k].span.start;
            if is_told(view, i, hits) && acts_on(view, view.groups[k].span.end, k + 1, hits) {
                view.split_clause(start);
                view.groups[k].marker = Marker::Bare;
            }
            if view.clauses[view.groups[k].clause].start == start {
                continue;
            }
        }
        let (kind, other) = (view.groups[i].kind, view.groups[k].kind);
        let group = &view.groups[i];
        let enumerates = by == "、"
            || group.listed.is_some()
            || group.members.len() > 1 && view.between(group.span.start, group.span.end).contains('、');
        if other != kind && !(enumerates && other != EntityKind::Person) {
            continue;
        }
        let marker = view.groups[i].marker;
        view.groups[i].list_next = Some(k);
        view.groups[k].listed = Some((i, enumerates));
        if enumerates && marker != Marker::Bare {
            for g in i + 1..=k {
                view.groups[g].marker = marker;
            }
        }
    }
}

/// The group with all members of its list: for one behind the trigger those that follow, for one before it those
/// before and after, as far as the list enumerates (`A、B 和 C`; `A 和 B` may be two parties).
pub(super) fn whole(view: &View, group: usize, behind: bool) -> Group {
    let mut all = view.groups[group].clone();
    let mut first = group;
    while !behind && let Some((before, true)) = view.groups[first].listed {
        first = before;
        let mut members = view.groups[first].members.clone();
        members.append(&mut all.members);
        all.members = members;
    }
    let mut last = group;
    while let Some(next) = view.groups[last].list_next
        && (behind || view.groups[next].listed.is_some_and(|l| l.1))
    {
        last = next;
        all.members.extend(&view.groups[last].members);
    }
    all
}
