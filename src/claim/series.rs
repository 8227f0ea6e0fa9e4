//! Lists as words lead into them and as they go on: `股东名单里既有 A、B，也有 C`, `投资方包括 A、B 等机构，以及谷歌首席科学家 D`.

use super::extract::Scene;
use super::phrase::{QUOTES, acts_next, whole};
use crate::find;
use crate::schema::{EntityKind, KindSet};

/// Wholes of which a list names the members.
const WHOLES: &[&str] =
    &["名单", "阵容", "阵营", "行列", "队伍", "列表", "背景", "团队", "结构", "天团", "朋友圈", "构成", "群体", "群"];

/// Where in the whole.
const WITHIN: &[&str] = &["里面", "之中", "当中", "之列", "里", "中", "上", "内"];

/// What may be said of the whole before its members are named.
const PRAISES: &[&str] = &[
    "堪称", "可谓", "十分", "相当", "颇为", "星光", "极其", "非常", "很", "极为", "在变", "越来", "不断", "正在",
    "持续",
];

const ADVERBS: &[&str] = &[
    "仍然",
    "依然",
    "依旧",
    "无疑",
    "始终",
    "一直",
    "其实",
    "当然",
    "仍",
    "正",
    "不仅仅",
    "不单单",
    "不仅",
    "不只",
    "不止",
    "不但",
    "不光",
    "已经",
    "主要",
    "目前",
    "同时",
    "分别",
    "现已",
    "此前",
    "也",
    "还",
    "更",
    "既",
    "已",
    "现",
    "又",
    "均",
    "就",
    "则",
    "便",
    "都",
    "多",
];

const NAMES: &[&str] = &[
    "包括",
    "包含",
    "涵盖",
    "囊括",
    "覆盖",
    "集结",
    "汇集",
    "云集",
    "汇聚",
    "不乏",
    "出现",
    "新添",
    "新增",
    "迎来",
    "增加",
    "当属",
    "变成",
    "换成",
    "改成",
    "改为",
    "切换为",
    "切换到",
    "有",
    "是",
    "为",
];

/// Where a list of names goes on.
const GOES_ON: &[&str] = &[
    "，甚至不乏",
    "，甚至还有",
    "，此外还有",
    "，还包括",
    "，也包括",
    "，也不乏",
    "，以及",
    "，还有",
    "，也有",
    "，更有",
    "，又有",
    "，另有",
    "，乃至",
    "，甚至",
    "以及",
    "、",
    "和",
    "与",
    "及",
];

/// Most characters of what one is told to be before one's name.
const HEAD: usize = 8;

/// Whether the words between a relational noun and a name lead into a list of who fills it: `名单里既有`,
/// `阵容堪称豪华，囊括了`, `名单十分亮眼：`.
pub(super) fn introduces(words: &str) -> bool {
    let mut t = words.trim_matches(QUOTES).trim_start_matches('的');
    let mut whole = false;
    if let Some(rest) = find::behind(t, WHOLES) {
        t = find::behind(rest, WITHIN).unwrap_or(rest);
        whole = true;
    }
    if whole && let Some(rest) = find::behind(t, PRAISES) {
        let Some(at) = rest.find(['，', '：', '—']).filter(|&at| rest[..at].chars().count() <= 8) else {
            return false;
        };
        t = &rest[at..];
    }
    let marked = t.starts_with(['：', '—']) && whole;
    t = t.trim_start_matches(['，', '：', '—', ' ']);
    while let Some(rest) = find::behind(t, ADVERBS) {
        t = rest;
    }
    let named = find::behind(t, NAMES);
    t = named.map_or(t, |rest| rest.trim_start_matches(['了', '着', '到']));
    // "是鼎鼎大名的A"
    let t = t.trim_matches(QUOTES).trim_start_matches('：');
    let praised = t.ends_with('的') && t.chars().count() <= HEAD && !t.contains(['，', '、', '在', '由', '对']);
    (named.is_some() || marked) && (t.is_empty() || praised && named.is_some())
}

/// Whether the words between two names only go on with the list.
fn goes_on(words: &str) -> Option<&'static str> {
    let t = words.trim_start_matches(QUOTES);
    let t = match t.strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')'])) {
        Some((aside, rest)) if aside.chars().count() <= 24 => rest,
        _ => t,
    };
    // "等投资机构，以及"
    let t = match t.strip_prefix('等') {
        Some(rest) => {
            let (at, _) = rest.char_indices().find(|(at, _)| find::behind(&rest[*at..], GOES_ON).is_some())?;
            if rest[..at].chars().count() > 10 || rest[..at].contains(['。', '；', '的']) {
                return None;
            }
            &rest[at..]
        }
        None => t,
    };
    let by = GOES_ON.iter().find(|l| find::starts(t, l))?;
    let head = t[by.len()..].trim_matches(QUOTES);
    // "，还有来势汹汹的A"
    let head = if by.starts_with('，') { head.strip_suffix('的').unwrap_or(head) } else { head };
    let plain = head.chars().count() <= HEAD
        && !head.contains([
            '，', '。', '、', '；', '：', '的', '是', '在', '由', '对', '将', '被', '把', '向', '已', '了', '（',
        ]);
    plain.then_some(*by)
}

impl Scene<'_, '_> {
    /// The members of a list that ends with a group, over what its members are: `A以及老股东B、C跟投`.
    pub(super) fn series_before(&self, last: usize, kinds: KindSet) -> Vec<usize> {
        let view = self.view;
        let mut out = Vec::new();
        for at in (0..last).rev() {
            let (group, next) = (&view.groups[at], &view.groups[at + 1]);
            let joined = goes_on(view.between(group.span.end, next.span.start)).is_some_and(|by| !by.starts_with('，'));
            if !joined || group.clause != next.clause || !group.fits(kinds) || group.kind != next.kind || group.apposed
            {
                break;
            }
            out.extend(group.members.iter().copied());
        }
        out
    }

    /// The mentions of the list that begins with a group, over what its members are, the houses before persons and
    /// the makers before products: those of the kinds asked for.
    pub(super) fn series(&self, first: usize, kinds: KindSet) -> Vec<usize> {
        let view = self.view;
        let end = |mut g: usize| {
            while let Some(next) = view.groups[g].list_next {
                g = next;
            }
            g
        };
        let mut out = Vec::new();
        let mut at = first;
        loop {
            for m in whole(view, at, true).members {
                if !out.contains(&m) {
                    out.push(m);
                }
            }
            at = end(at);
            let Some(next) = view.groups.get(at + 1) else { break };
            // "A、B以及谷歌首席科学家C": the last of the houses is whose the person is
            let titled = view.groups[at].apposed && next.kind == EntityKind::Person;
            if titled && kinds.has(EntityKind::Person) && out.len() > 1 {
                out.pop();
                at += 1;
                continue;
            }
            let Some(by) = goes_on(view.between(view.groups[at].span.end, next.span.start)) else { break };
            at += 1;
            if view.groups.get(at + 1).is_some_and(|p| {
                next.makes_next || next.apposed && kinds.has(EntityKind::Person) && p.kind == EntityKind::Person
            }) && next.members.len() == 1
            {
                at += 1;
            }
            let group = &view.groups[at];
            if !group.fits(kinds) || by.starts_with('，') && acts_next(self.hits, group.span.end) {
                break;
            }
        }
        out
    }
}
