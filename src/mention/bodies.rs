//! Chinese words that stand for a body, a part of a house or a group: `该校`, `新实验室`, `他们`.

use super::{LocalEntity, Mention};
use crate::find::{self, starts};
use crate::schema::EntityKind;
use crate::span::Span;

/// What such a word may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// A university, an institute, a foundation.
    Body,
    /// A laboratory or division that has a name.
    Part,
    /// The people of a house.
    They,
}

/// The words, longer ones first where one begins another.
const WORDS: &[(&str, Group)] = &[
    ("该校", Group::Body),
    ("该院", Group::Body),
    ("该所", Group::Body),
    ("该大学", Group::Body),
    ("该学院", Group::Body),
    ("该研究院", Group::Body),
    ("该研究所", Group::Body),
    ("该基金会", Group::Body),
    ("该组织", Group::Body),
    ("该协会", Group::Body),
    ("该委员会", Group::Body),
    ("该非营利组织", Group::Body),
    ("这所大学", Group::Body),
    ("这所高校", Group::Body),
    ("新实验室", Group::Part),
    ("新部门", Group::Part),
    ("该部门", Group::Part),
    ("该实验室", Group::Part),
    ("这一部门", Group::Part),
    ("这一新部门", Group::Part),
    ("这个新部门", Group::Part),
    ("这一实验室", Group::Part),
    ("这一新实验室", Group::Part),
    ("这个实验室", Group::Part),
    ("这家实验室", Group::Part),
    ("他们", Group::They),
];

/// Sentences back that an antecedent may stand.
const REACH: u32 = 3;

/// The word of these that opens a stretch of text.
pub(super) fn opens(rest: &str) -> Option<(&'static str, Group)> {
    WORDS.iter().filter(|(w, _)| starts(rest, w)).max_by_key(|(w, _)| w.len()).copied()
}

/// What the word at `span` stands for, told by the names before it.
pub(super) fn resolve(
    content: &str,
    entities: &[LocalEntity],
    mentions: &[Mention],
    span: Span,
    sentence: u32,
    group: Group,
    about: Option<u32>,
) -> Option<u32> {
    let kind = |m: &Mention| entities[m.entity as usize].kind;
    let end = mentions.partition_point(|m| m.span.start < span.start);
    let before = || mentions[..end].iter().rev().take_while(|m| sentence - m.sentence <= REACH);
    match group {
        Group::Body => before().find(|m| kind(m) == EntityKind::Organization).map(|m| m.entity),
        Group::Part => {
            const PARTS: [&str; 8] = ["实验室", "Lab", "Labs", "部门", "事业部", "研究院", "Research", "事业群"];
            let is_part = |m: &&Mention| {
                let name = content[m.span.range()].trim_end_matches('）');
                PARTS.iter().any(|p| find::ends(name, p) || entities[m.entity as usize].name.ends_with(p))
            };
            before().filter(|m| kind(m) != EntityKind::Person).find(is_part).map(|m| m.entity)
        }
        Group::They => they(content, entities, mentions, end, sentence, span, about),
    }
}

/// People of whom a text speaks without their names.
const PEOPLE: [&str; 50] = [
    "大量",
    "各大",
    "诸多",
    "多个",
    "研究员",
    "之辈",
    "骨干",
    "许多",
    "众多",
    "不少",
    "一些",
    "大多",
    "几家",
    "多家",
    "各家",
    "部分",
    "其他",
    "这些",
    "者",
    "用户",
    "员工",
    "人员",
    "人们",
    "学生",
    "家长",
    "专家",
    "科学家",
    "工程师",
    "患者",
    "投资人",
    "企业家",
    "年轻人",
    "程序员",
    "网友",
    "玩家",
    "孩子",
    "老师",
    "教师",
    "教授",
    "客户",
    "人士",
    "成员",
    "两人",
    "几人",
    "三人",
    "我们",
    "对手",
    "巨头们",
    "公司们",
    "人才",
];

/// The house whose people 他们 are: the one that the article is about, if it was spoken of lately, else the first of the
/// sentence so far or of the one before, where nobody else could be meant.
fn they(
    content: &str,
    entities: &[LocalEntity],
    mentions: &[Mention],
    end: usize,
    sentence: u32,
    word: Span,
    about: Option<u32>,
) -> Option<u32> {
    let near = &content[..word.start as usize];
    let near = &near[near.char_indices().rev().nth(59).map_or(0, |(i, _)| i)..];
    if PEOPLE.iter().any(|p| near.contains(p)) {
        return None;
    }
    let kind = |m: &Mention| entities[m.entity as usize].kind;
    let house = |m: &Mention| matches!(kind(m), EntityKind::Company | EntityKind::Organization);
    let mut at = end;
    for back in 0..=2 {
        let told = sentence.checked_sub(back)?;
        let from = mentions[..at].partition_point(|m| m.sentence < told);
        let here = &mentions[from..at];
        at = from;
        let mut people: Vec<u32> = here.iter().filter(|m| kind(m) == EntityKind::Person).map(|m| m.entity).collect();
        people.sort_unstable();
        people.dedup();
        if people.len() > 1 {
            return None;
        }
        let mut houses = here.iter().filter(|m| house(m));
        let Some(first) = houses.next() else { continue };
        // "A、B和C等公司…，他们": all of them
        let joined = houses.clone().next().is_some_and(|second| {
            let gap = &content[first.span.end as usize..second.span.start as usize];
            second.entity != first.entity && ["、", "和", "与", "及", "以及"].contains(&gap.trim())
        });
        let main = about.filter(|_| back > 0);
        return main.or(Some(first.entity)).filter(|_| !joined);
    }
    None
}
