//! What an anaphor stands for by the words right before it, over the first name of its sentence: what was just founded,
//! bought or brought out, whom somebody takes from or joins.

use super::Mention;
use crate::find;
use crate::span::Span;

/// Verbs that take somebody, or something, from another house.
const TAKES: &[&str] = &[
    "吸引", "聘请", "挖走", "挖来", "招募", "招揽", "带走", "延揽", "吸纳", "邀请", "任命", "聘任", "招来", "挖角",
    "获得", "接收", "迎来", "请来", "更是",
];

/// `A推出了B应用。该产品…`: the last product of a sentence, if it tells of its coming out.
pub(super) fn brought_out(content: &str, told: &[Mention], product: impl Fn(u32) -> bool) -> Option<u32> {
    const OUT: [&str; 10] = ["推出", "发布", "上线", "开源", "亮相", "打造", "研发", "开发", "祭出", "带来"];
    let at = told.iter().rposition(|m| product(m.entity))?;
    let from = told[..at].iter().rfind(|m| product(m.entity)).map_or(0, |m| m.span.end as usize);
    let lead = &content[from..told[at].span.start as usize];
    let clause = lead.rsplit(['，', '；', '。', '\n']).next()?;
    let out = OUT.iter().filter_map(|v| clause.find(v)).min()?;
    (clause[out..].chars().count() <= 20).then_some(told[at].entity)
}

/// For 其, the name that stands last before it, where the words say that it is meant.
pub(super) fn named_last(
    content: &str,
    sentence: Span,
    word: Span,
    here: &[Mention],
    house: impl Fn(&Mention) -> bool,
) -> Option<u32> {
    const DONE: [&str; 8] = ["创立的", "创办的", "成立的", "推出的", "发布的", "开发的", "打造的", "旗下的"];
    let m = here.iter().rev().find(|m| m.span.end <= word.start)?;
    let (before, rest) = (&content[sentence.start as usize..word.start as usize], &content[word.end as usize..]);
    let lead = &content[sentence.start as usize..m.span.start as usize];
    let gap = &content[m.span.end as usize..word.start as usize];
    let clause = lead.rsplit(['，', '；', '：']).next()?;
    // "被A挖走，加入了其实验室"
    let joins = ["加入", "加盟", "入职", "转投"].iter().any(|v| before.trim_end_matches('了').ends_with(v))
        && house(m)
        && !lead.ends_with(['前', '原', '从', '自']);
    // "推出了A，并将其融入B"
    let put = before.ends_with(['将', '把']) && gap.matches('，').count() == 1 && !house(m);
    // "收购A49%的股权，看重的是其创始人"
    let near = |v: &&str| clause.rfind(*v).is_some_and(|at| clause[at..].chars().count() <= 12);
    let bought = house(m)
        && ["创始人", "联合创始人"].iter().any(|w| find::starts(rest, w))
        && ["收购", "入股", "投资", "并购"].iter().any(near)
        && !clause.contains(['被', '获']);
    // "张三创立的A，其子公司…"
    let noun = DONE.iter().filter_map(|v| clause.rsplit_once(v)).map(|(_, noun)| noun).min_by_key(|n| n.len());
    let told = gap.trim_matches(['”', '》', '*', ' ']).strip_prefix('，').is_some_and(|by| by.chars().count() <= 2)
        && noun.is_some_and(|n| n.chars().count() <= 10 && !n.contains(['、', '的']));
    (joins || put || bought || told).then_some(m.entity)
}

/// `据A预测，…`, `A数据显示，…`: whether a name only says who counted or foretold something.
pub(super) fn is_source(content: &str, sentence: Span, m: &Mention) -> bool {
    let lead = &content[sentence.start as usize..m.span.start as usize];
    let rest = content[m.span.end as usize..].trim_start_matches(['》', '”', '的']);
    let told =
        ["数据", "测算", "预测", "预计", "报告", "统计", "调研", "调查", "估算"].iter().any(|w| find::starts(rest, w));
    told && (lead.is_empty() || lead.ends_with(['据', '，', '：'])) && rest.chars().take(16).any(|c| c == '，')
}

/// Whether the sentence opens with a firm that has no name, and names none before 其.
pub(super) fn unnamed(content: &str, sentence: Span, word: Span, here: &[Mention]) -> bool {
    let lead = &content[sentence.start as usize..word.start as usize];
    let one = lead.find("一家").filter(|&at| lead[..at].chars().count() <= 4);
    one.is_some_and(|at| {
        let from = sentence.start + at as u32;
        lead[at..].contains("公司") && !here.iter().any(|m| m.span.start >= from && m.span.end <= word.start)
    })
}

/// The house that the clause right before an anaphor says to have been founded, if it ends with it.
pub(super) fn just_founded(content: &str, here: &[Mention], word: Span) -> Option<u32> {
    let m = here.iter().rev().find(|m| m.span.end <= word.start)?;
    let closed = matches!(&content[m.span.end as usize..word.start as usize], "，" | "”，" | "，而" | "。");
    let before = content[..m.span.start as usize].trim_end_matches(['“', ' ']).trim_end_matches('了');
    let founds = ["创办", "创立", "创建", "成立", "创办的公司", "孵化出", "孵化"].iter().any(|v| find::ends(before, v));
    (closed && founds).then_some(m.entity)
}

/// `如果A能兑现这些跑分，它将…`: for 它 at the head of a clause, what the clause before, a condition, opens with.
pub(super) fn clause_before(content: &str, sentence: Span, word: Span, is: &str, here: &[Mention]) -> Option<u32> {
    let before = &content[sentence.start as usize..word.start as usize];
    let turned = ["，但是", "，但", "，然而", "，却", "，可"].iter().find_map(|w| before.strip_suffix(w));
    let before = turned.or(before.strip_suffix('，'))?;
    let start = before.rfind(['，', '；', '。']).map_or(0, |at| at + '，'.len_utf8());
    let clause = &before[start..];
    // "李四说，A虽然强大，但其功能…": who the clause before concedes something of
    if turned.is_some() {
        let at = sentence.start + start as u32;
        let m = here.iter().find(|m| m.span.start >= at && m.span.start <= at + 6 && m.span.end <= word.start)?;
        let told = content[m.span.end as usize..word.start as usize].trim_start_matches(['》', '”']);
        return ["虽然", "尽管", "虽", "固然"].iter().any(|w| find::starts(told, w)).then_some(m.entity);
    }
    let opens = ["如果", "若", "但如果", "虽然", "尽管", "即便", "即使", "一旦", "由于", "当", "只要", "随着"];
    let lead = opens.iter().find(|o| find::starts(clause, o)).filter(|_| is == "它")?;
    let at = sentence.start + (start + lead.len()) as u32;
    here.iter().find(|m| m.span.start >= at && m.span.start <= at + 6 && m.span.end <= word.start).map(|m| m.entity)
}

/// Whether a verb of taking stands right before 其, and the head of a house or its people after it.
pub(super) fn takes(content: &str, sentence: Span, word: Span) -> bool {
    let before = content[sentence.start as usize..word.start as usize].trim_end_matches('了');
    let after = &content[word.end as usize..sentence.end as usize];
    let people = ["创始", "联合创始", "联创", "首席", "CEO", "CTO", "核心", "团队", "前", "高管", "工程师", "研究"];
    TAKES.iter().any(|t| find::ends(before, t)) && people.iter().any(|p| find::starts(after, p))
}

/// Whether 它 stands behind a verb of use, and so means a thing rather than who uses it.
pub(super) fn used(content: &str, sentence: Span, word: Span) -> bool {
    let before = &content[sentence.start as usize..word.start as usize];
    let before = before.strip_suffix('了').unwrap_or(before);
    // "用它的模型": whose
    !content[word.end as usize..].starts_with('的')
        && ["用", "借助", "基于", "依托", "部署", "接入", "集成", "引入"].iter().any(|w| find::ends(before, w))
}
