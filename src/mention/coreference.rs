//! Coreference: `该公司`, `这家公司`, `公司`, `其`, `他`, `她`, `该模型`; `the company`, `its`, `he`, `she`.
//!
//! Deterministic: an anaphor takes the first entity of its kind that stands earlier in its sentence (the
//! subject, most often), else the first one of the last sentence that has one, within the same paragraph or
//! the one before. Each resolution carries the word that was resolved.

use super::{How, LocalEntity, Mention, is_outlet};
use crate::article::{BlockKind, Text};
use crate::schema::EntityKind;
use crate::span::Span;

/// What an anaphor may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wants {
    House,
    /// The house that the article is about: a word defined for it.
    Main,
    Person,
    Product,
    /// A house, person or product, in this order.
    Any,
}

/// How many sentences back an antecedent may stand.
const REACH: u32 = 3;

const HAN: &[(&str, Wants)] = &[
    ("该公司", Wants::House),
    ("这家公司", Wants::House),
    ("这家企业", Wants::House),
    ("该企业", Wants::House),
    ("该机构", Wants::House),
    ("这家机构", Wants::House),
    ("这家初创公司", Wants::House),
    ("这家创业公司", Wants::House),
    ("这家初创企业", Wants::House),
    ("这家科技巨头", Wants::House),
    ("这家AI公司", Wants::House),
    ("这家芯片巨头", Wants::House),
    ("这家独角兽", Wants::House),
    ("这家巨头", Wants::House),
    ("该模型", Wants::Product),
    ("该产品", Wants::Product),
    ("该平台", Wants::Product),
    ("该芯片", Wants::Product),
    ("该系统", Wants::Product),
    ("该工具", Wants::Product),
    ("该应用", Wants::Product),
    ("这款模型", Wants::Product),
    ("这一模型", Wants::Product),
    ("这款产品", Wants::Product),
    ("这款芯片", Wants::Product),
    ("这款应用", Wants::Product),
    ("新模型", Wants::Product),
    ("该智能体", Wants::Product),
    ("这款智能体", Wants::Product),
    ("这个智能体", Wants::Product),
    ("该框架", Wants::Product),
    ("该浏览器", Wants::Product),
    ("这款浏览器", Wants::Product),
    ("该软件", Wants::Product),
    ("这款工具", Wants::Product),
    ("该机器人", Wants::Product),
    ("这款机器人", Wants::Product),
    ("这款车", Wants::Product),
    ("该车型", Wants::Product),
    ("这款手机", Wants::Product),
    ("该机", Wants::Product),
    ("该助手", Wants::Product),
];

const LATIN: &[(&str, Wants)] = &[
    ("the company", Wants::House),
    ("this company", Wants::House),
    ("the startup", Wants::House),
    ("the firm", Wants::House),
    ("the AI company", Wants::House),
    ("the tech giant", Wants::House),
    ("the chipmaker", Wants::House),
    ("the automaker", Wants::House),
    ("the carmaker", Wants::House),
    ("the agency", Wants::House),
    ("the bank", Wants::House),
    ("the retailer", Wants::House),
    ("the nonprofit", Wants::House),
    ("the unicorn", Wants::House),
    ("this startup", Wants::House),
    ("the Company", Wants::Main),
    ("it", Wants::House),
    ("its", Wants::House),
    ("he", Wants::Person),
    ("she", Wants::Person),
    ("his", Wants::Person),
    ("her", Wants::Person),
    ("the model", Wants::Product),
];

/// Words in which 其, 他, 她, 公司 are something else, by what stands before and after.
const QI_AFTER: &[char] = &['中', '他', '实', '次', '余', '它', '间', '后', '一', '二', '三', '乐', '妙', '所'];
const QI_BEFORE: &[char] = &['尤', '极', '及', '与', '何', '任', '若', '莫', '土', '更'];

/// Adds the resolved anaphors to the mentions, which are sorted by position, and keeps them sorted.
pub(super) fn resolve(text: &Text, entities: &[LocalEntity], mentions: &mut Vec<Mention>) {
    let content = text.as_str();
    let mut added: Vec<Mention> = Vec::new();
    // for each kind slot, the first mention of the last sentence that has one
    let mut last: [Option<(u32, u32)>; 3] = [None; 3];
    let slot = |entity: u32| match entities[entity as usize].kind {
        EntityKind::Company | EntityKind::Organization => 0,
        EntityKind::Person => 1,
        EntityKind::Product => 2,
    };
    let main = main_house(content, entities, mentions);
    let mut subject: Option<(u32, u32)> = None;
    let mut about: Option<(u32, u32)> = None;
    let mut at = 0;
    for (index, sentence) in text.sentences().iter().enumerate() {
        let index = index as u32;
        let from = at;
        while at < mentions.len() && mentions[at].sentence == index {
            at += 1;
        }
        // who published it is nobody's antecedent
        let here: Vec<Mention> = mentions[from..at].iter().filter(|m| !is_outlet(content, m.span)).cloned().collect();
        let here = here.as_slice();
        let kind = text.blocks()[sentence.block as usize].kind;
        if matches!(kind, BlockKind::Title | BlockKind::Tag | BlockKind::Heading) {
            continue;
        }
        if here.is_empty() && last.iter().all(Option::is_none) {
            continue;
        }
        let mut resolved = false;
        find(content, sentence.span, |span, wants, word| {
            if mentions[from..at].iter().any(|m| m.span.overlaps(span)) {
                return;
            }
            let earlier =
                |s: usize| here.iter().find(|m| m.span.end <= span.start && slot(m.entity) == s).map(|m| m.entity);
            let before = |s: usize| last[s].filter(|(i, _)| index - i <= REACH).map(|(_, e)| e);
            let entity = match wants {
                // "The company was founded by": the one that the article is about, if it was spoken of lately
                Wants::House if word.starts_with("the ") || word.starts_with("this ") => {
                    let about = about.filter(|(i, _)| index - i <= REACH).map(|(_, e)| e);
                    earlier(0).or(about).or_else(|| before(0))
                }
                Wants::Main => main,
                // "against Acme and its founder": the one named last
                Wants::House if word == "its" && content[..span.start as usize].ends_with(" and ") => {
                    let near = here.iter().rev().find(|m| m.span.end <= span.start && slot(m.entity) == 0);
                    let joined = near.filter(|m| content[m.span.end as usize..span.start as usize].len() <= 12);
                    joined.map(|m| m.entity).or_else(|| earlier(0)).or_else(|| before(0))
                }
                Wants::House => earlier(0).or_else(|| before(0)),
                Wants::Person => earlier(1).or_else(|| before(1)),
                Wants::Product => earlier(2).or_else(|| before(2)),
                // "收购B，并聘请其创始人": whoever takes takes from the one named last
                Wants::Any if word == "其" && takes(content, sentence.span, span) => {
                    here.iter().rev().find(|m| m.span.end <= span.start && slot(m.entity) == 0).map(|m| m.entity)
                }
                Wants::Any => here
                    .iter()
                    .find(|m| m.span.end <= span.start)
                    .map(|m| m.entity)
                    .or_else(|| subject.filter(|(i, _)| index - i <= 1).map(|(_, e)| e)),
            };
            if let Some(entity) = entity {
                if Some(entity) == main {
                    resolved = true;
                }
                added.push(Mention { span, entity, sentence: index, how: How::Coreference(word) });
            }
        });
        // the first name of the sentence, or the house that the article is about
        let opens = here.first().filter(|m| m.span.start == sentence.span.start);
        if let Some(m) = opens.or_else(|| here.iter().find(|m| Some(m.entity) == main)).or(here.first()) {
            subject = Some((index, m.entity));
        }
        // named, or spoken of
        let spoken = main.filter(|_| resolved);
        if let Some(entity) = here.iter().find(|m| Some(m.entity) == main).map(|m| m.entity).or(spoken) {
            about = Some((index, entity));
        }
        let mut seen = [false; 3];
        for m in here {
            let s = slot(m.entity);
            // the house that the article is about comes first wherever it stands
            if !seen[s] || Some(m.entity) == main {
                seen[s] = true;
                last[s] = Some((index, m.entity));
            }
        }
    }
    mentions.extend(added);
    mentions.sort_by_key(|m| m.span);
}

/// Verbs that take somebody, or something, from another house.
const TAKES: &[&str] = &[
    "吸引", "聘请", "挖走", "挖来", "招募", "招揽", "带走", "延揽", "吸纳", "邀请", "任命", "聘任", "招来", "挖角",
    "获得", "接收", "迎来", "请来",
];

/// Whether a verb of taking stands right before 其, and the head of a house or its people after it.
fn takes(content: &str, sentence: Span, word: Span) -> bool {
    let before = content[sentence.start as usize..word.start as usize].trim_end_matches('了');
    let after = &content[word.end as usize..sentence.end as usize];
    let people = ["创始", "联合创始", "联创", "首席", "CEO", "CTO", "核心", "团队", "前", "高管", "工程师", "研究"];
    TAKES.iter().any(|t| before.ends_with(t)) && people.iter().any(|p| after.starts_with(p))
}

/// The most mentioned company or organization.
fn main_house(content: &str, entities: &[LocalEntity], mentions: &[Mention]) -> Option<u32> {
    let mut count = vec![0u32; entities.len()];
    for m in mentions.iter().filter(|m| !is_outlet(content, m.span)) {
        count[m.entity as usize] += 1;
    }
    (0..entities.len())
        .filter(|&e| matches!(entities[e].kind, EntityKind::Company | EntityKind::Organization))
        .max_by_key(|&e| (count[e], std::cmp::Reverse(e)))
        .map(|e| e as u32)
}

/// Whether a firm's deed follows `it`.
fn acts(after: &str) -> bool {
    let Some(mut rest) = after.strip_prefix(' ') else { return false };
    while let Some(more) = ["has ", "had ", "will ", "also ", "plans to ", "agreed to ", "would ", "recently "]
        .iter()
        .find_map(|w| rest.strip_prefix(w))
    {
        rest = more;
    }
    const DEEDS: [&str; 36] = [
        "acquired",
        "acquire",
        "agreed",
        "appointed",
        "bought",
        "buy",
        "chose",
        "closed",
        "competes",
        "counts",
        "entered",
        "filed",
        "hired",
        "invested",
        "invest",
        "launched",
        "launch",
        "led",
        "merged",
        "named",
        "opened",
        "partnered",
        "raised",
        "released",
        "selected",
        "settled",
        "signed",
        "sold",
        "sued",
        "unveiled",
        "introduced",
        "acquires",
        "invests",
        "partners",
        "works",
        "teamed",
    ];
    DEEDS.contains(&&rest[..rest.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(rest.len())])
}

/// The anaphors of a sentence.
fn find(content: &str, sentence: Span, mut on: impl FnMut(Span, Wants, &'static str)) {
    let words = &content[sentence.range()];
    let base = sentence.start as usize;
    let bytes = words.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let b = bytes[i];
        if b < 0x80 {
            if b.is_ascii_alphabetic() && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric()) {
                let low = b.to_ascii_lowercase();
                if matches!(low, b't' | b'i' | b'h' | b's') {
                    let hit = LATIN.iter().find(|(w, _)| {
                        bytes.len() >= i + w.len()
                            && bytes[i + 1..i + w.len()] == w.as_bytes()[1..]
                            && w.as_bytes()[0] == low
                            && !bytes.get(i + w.len()).is_some_and(u8::is_ascii_alphanumeric)
                    });
                    // the company behind Lumen is no company spoken of before
                    let hit = hit.filter(|(w, _)| !words[i + w.len()..].starts_with(" behind"));
                    let hit = hit.filter(|(w, _)| *w != "it" || acts(&words[i + w.len()..]));
                    if let Some((w, wants)) = hit {
                        on(Span::new(base + i, base + i + w.len()), *wants, w);
                        i += w.len();
                        continue;
                    }
                }
                while i < bytes.len() && bytes[i].is_ascii_alphanumeric() {
                    i += 1;
                }
                continue;
            }
            i += 1;
            continue;
        }
        if b < 0xE4
            || !matches!(
                bytes[i..],
                [0xE8, 0xAF, 0xA5, ..]
                    | [0xE8, 0xBF, 0x99, ..]
                    | [0xE6, 0x96, 0xB0, ..]
                    | [0xE5, 0x85, 0xAC, ..]
                    | [0xE5, 0x85, 0xB6, ..]
                    | [0xE5, 0xAE, 0x83, ..]
                    | [0xE4, 0xBB, 0x96, ..]
                    | [0xE5, 0xA5, 0xB9, ..]
            )
        {
            // none of 该 这 新 公 其 它 他 她
            i += if b < 0xE0 {
                2
            } else if b < 0xF0 {
                3
            } else {
                4
            };
            continue;
        }
        let rest = &words[i..];
        let c = rest.chars().next().expect("inside the sentence");
        let len = c.len_utf8();
        let next = rest[len..].chars().next();
        let previous = words[..i].chars().next_back();
        match c {
            '该' | '这' | '新' => {
                if let Some((w, wants)) = HAN.iter().find(|(w, _)| rest.starts_with(w)) {
                    on(Span::new(base + i, base + i + w.len()), *wants, w);
                    i += w.len();
                    continue;
                }
            }
            '公' if rest.starts_with("公司") => {
                // alone at the head of a clause
                let head = previous.is_none_or(|p| matches!(p, '，' | '。' | '；' | '：' | '“' | '）' | ' '));
                let after = rest["公司".len()..].chars().next();
                let word = after.is_some_and(|a| !matches!(a, '、' | '，' | '。' | '名' | '化'));
                if head && word {
                    on(Span::new(base + i, base + i + "公司".len()), Wants::House, "公司");
                    i += "公司".len();
                    continue;
                }
            }
            '其' if !next.is_some_and(|n| QI_AFTER.contains(&n))
                && !previous.is_some_and(|p| QI_BEFORE.contains(&p)) =>
            {
                on(Span::new(base + i, base + i + len), Wants::Any, "其");
            }
            '它' if next != Some('们') && previous != Some('其') => {
                on(Span::new(base + i, base + i + len), Wants::Any, "它");
            }
            '他' | '她'
                if !matches!(next, Some('们' | '人' | '国' | '者' | '乡' | '处' | '日'))
                    && !matches!(previous, Some('其' | '吉' | '维' | '排' | '无' | '利')) =>
            {
                on(Span::new(base + i, base + i + len), Wants::Person, if c == '他' { "他" } else { "她" });
            }
            _ => {}
        }
        i += len;
    }
}
