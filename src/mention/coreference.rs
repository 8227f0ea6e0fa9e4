//! Coreference: `该公司`, `这家公司`, `公司`, `其`, `他`, `她`, `该模型`; `the company`, `its`, `he`, `she`.
//!
//! Deterministic: an anaphor takes the first entity of its kind that stands earlier in its sentence (the
//! subject, most often), else the first one of the last sentence that has one, within the same paragraph or
//! the one before. Each resolution carries the word that was resolved.

use super::nearby::{brought_out, clause_before, is_source, just_founded, named_last, takes, unnamed, used};
use super::spoken::{LATIN, acts, another, listed, oblique, speaker, spoken_of, tells_thing};
use super::{How, LocalEntity, Mention, bodies, is_outlet};
use crate::article::{BlockKind, Text};
use crate::find::{self, starts};
use crate::schema::EntityKind;
use crate::span::Span;

/// What an anaphor may refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    House,
    /// A firm, no body: `the startup`.
    Firm,
    /// The house that the article is about: a word defined for it.
    Main,
    Person,
    Product,
    /// A house, person or product, in this order.
    Any,
    /// The house that somebody speaks for: `we`, `our`.
    Speaker,
    /// 前者, 后者: the first and the last of those told of.
    Former,
    Latter,
    /// 该校, 新实验室, 他们.
    Group(bodies::Group),
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
    ("新车", Wants::Product),
    ("新机", Wants::Product),
    ("该车", Wants::Product),
    ("该机型", Wants::Product),
    ("该团队", Wants::House),
    ("该品牌", Wants::House),
];

/// What a noun phrase ends in that begins with 该, 这款 or 这家 (`这款开源的多模态模型`, `这家成立两年的公司`).
const HOUSE_HEADS: &[&str] =
    &["公司", "企业", "机构", "巨头", "独角兽", "厂商", "创企", "车企", "大厂", "集团", "实验室", "品牌"];
const PRODUCT_HEADS: &[&str] = &[
    "模型",
    "芯片",
    "平台",
    "应用",
    "助手",
    "工具",
    "系统",
    "产品",
    "机器人",
    "浏览器",
    "框架",
    "智能体",
    "手机",
    "轿车",
    "SUV",
    "眼镜",
    "软件",
    "游戏",
    "处理器",
    "耳机",
    "编辑器",
    "插件",
    "App",
    "Agent",
    "APP",
    "新车",
    "车型",
    "设备",
    "机型",
];

/// What somebody is called whom 这位 or 这名 points back to.
const PERSON_HEADS: &[&str] = &[
    "大佬",
    "创始人",
    "企业家",
    "科学家",
    "高管",
    "学者",
    "研究员",
    "研究者",
    "教授",
    "工程师",
    "天才",
    "掌门人",
    "掌舵者",
    "掌舵人",
    "大牛",
    "负责人",
    "投资人",
    "专家",
    "先驱",
    "教父",
    "院士",
    "博士",
    "老将",
    "少年",
    "富豪",
    "首富",
    "创业者",
    "程序员",
    "企业掌门",
    "CEO",
];

/// Characters that the words between such a beginning and its head may have.
const LONGEST_PHRASE: usize = 18;

/// The end of a noun phrase with one of these heads, for its words behind 该, 这款 or 这家.
fn phrase_end(words: &str, heads: &[&str], most: usize) -> Option<usize> {
    // "由彼得·蒂尔（Peter Thiel）创办的公司"
    let most = if words.starts_with('由') { 2 * most } else { most };
    let gloss = words.find('（').and_then(|at| Some((at, words[at..].find('）')? + at + '）'.len_utf8())));
    if let Some((from, to)) = gloss.filter(|(from, to)| words[..*from].chars().count() <= most && to - from <= 40) {
        let plain = format!("{}{}", &words[..from], &words[to..]);
        let end = phrase_end(&plain, heads, most)?;
        return Some(if end <= from { end } else { end + to - from });
    }
    let stop = words
        .char_indices()
        .take(most + 4)
        .find(|(_, c)| matches!(c, '，' | '。' | '、' | '；' | '：' | '（' | '“' | '”' | '了' | '在' | '是'))
        .map_or(words.len(), |(at, _)| at);
    let (at, head) =
        heads.iter().filter_map(|h| find::find(&words[..stop], h).map(|at| (at, *h))).min_by_key(|f| f.0)?;
    (words[..at].chars().count() <= most).then_some(at + head.len())
}

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
    // and of the last one that is a firm: no university is 该公司
    let mut last_firm: Option<(u32, u32)> = None;
    let main = main_house(content, entities, mentions);
    let mut subject: Option<(u32, u32)> = None;
    let mut about: Option<(u32, u32)> = None;
    // the house that the last sentence with one opens with, in the same paragraph, and the sentence's block
    let mut opened: Option<(u32, u32)> = None;
    let mut previous: Vec<Mention> = Vec::new();
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
        let near_before = index.checked_sub(1).is_some_and(|p| previous.first().is_some_and(|m| m.sentence == p));
        if here.is_empty() && last.iter().all(Option::is_none) {
            continue;
        }
        let mut resolved = false;
        find(content, sentence.span, |span, wants, word| {
            // "这家由前OpenAI员工创立的公司": the phrase has a name of its own, and the pronoun stands for it
            let within = mentions[from..at].iter().any(|m| m.span.overlaps(span));
            let behind = content.get(span.start as usize + "这家".len()..).unwrap_or_default();
            let called = ["名为", "名叫", "叫", "叫做"].iter().any(|w| find::starts(behind, w));
            let span = match word {
                "这家" | "这款" if within && !called => {
                    Span { start: span.start, end: span.start + "这家".len() as u32 }
                }
                _ => span,
            };
            if mentions[from..at].iter().any(|m| m.span.overlaps(span)) {
                return;
            }
            // "新模型GPT-5", "这款名叫“灵光”的应用": the name follows
            let named = |m: &Mention| {
                let gap = content.get(span.end as usize..m.span.start as usize).unwrap_or("…");
                gap.trim_matches([' ', '“', '「', '《', '*', '（', '—', '：']).is_empty()
            };
            let calls = wants == Wants::Product || matches!(word, "这位" | "这名");
            if calls && mentions[from..at].iter().any(named) {
                return;
            }
            let other =
                |m: &Mention| word.is_ascii() && another(&content[m.span.end as usize..span.start as usize], word);
            let own = |m: &&Mention, s| m.span.end <= span.start && slot(m.entity) == s && !(s == 0 && other(m));
            let earlier = |s: usize| here.iter().find(|m| own(m, s)).map(|m| m.entity);
            let before = |s: usize| last[s].filter(|(i, _)| index - i <= REACH).map(|(_, e)| e);
            // "与英伟达不同，该公司…": not the one that it is set against
            let apart = |s: usize| {
                let mut own = here.iter().filter(|m| m.span.end <= span.start && slot(m.entity) == s);
                own.find(|m| !aside(content, sentence.span, m)).map(|m| m.entity)
            };
            // English: the first house that the sentence speaks of before, unless it only stands behind a preposition
            let firm = |e: u32| entities[e as usize].kind == EntityKind::Company;
            let spoken = |wants: Wants| {
                let told = here.iter().chain(added.iter().rev().take_while(|a| a.sentence == index));
                told.filter(|m| m.span.end <= span.start && slot(m.entity) == 0)
                    .filter(|m| !other(m))
                    .filter(|m| wants == Wants::House || firm(m.entity))
                    .filter(|m| !oblique(content, sentence.span, m) && !listed(content, here, m))
                    .min_by_key(|m| m.span.start)
                    .map(|m| m.entity)
            };
            let about = about.filter(|(i, _)| index - i <= REACH).map(|(_, e)| e);
            let opened = opened.filter(|(b, _)| *b == sentence.block).map(|(_, e)| e);
            let entity = match wants {
                // "The company was founded by": the one that the article is about, if it was spoken of lately
                Wants::House | Wants::Firm if word == "the company" => {
                    let fits = |e: &u32| wants == Wants::House || firm(*e);
                    // "The startup competes with Acme": not with itself
                    let named = |e: &u32| {
                        let first = mentions.iter().find(|m| m.entity == *e);
                        first.is_none_or(|m| m.span.end <= span.start || m.sentence != index)
                    };
                    let main = main.filter(|_| wants == Wants::Firm).filter(named);
                    spoken(wants)
                        .or(opened.filter(fits))
                        .or(about.filter(fits))
                        .or_else(|| before(0).filter(fits))
                        .or(main.filter(fits))
                        .or_else(|| earlier(0).filter(fits))
                }
                Wants::Firm => None,
                Wants::Speaker => {
                    let block = text.blocks()[sentence.block as usize].span;
                    speaker(content, block, span, mentions, |e| slot(e) == 0).or(main)
                }
                Wants::Main => main,
                // "against Acme and its founder": the one named last
                Wants::House
                    if word == "its"
                        && content[..span.start as usize].ends_with(" and ")
                        && !content[..span.start as usize].ends_with(", and ") =>
                {
                    let near = here.iter().rev().find(|m| m.span.end <= span.start && slot(m.entity) == 0);
                    let joined = near.filter(|m| content[m.span.end as usize..span.start as usize].len() <= 12);
                    joined.map(|m| m.entity).or_else(|| earlier(0)).or_else(|| before(0))
                }
                // "Halden's Jane Doe sits on its board": another's board than that of her own house
                Wants::House
                    if word == "its"
                        && content[span.end as usize..].starts_with(" board")
                        && [" sits on ", " chairs ", " joined ", " joins ", " serves on "]
                            .iter()
                            .any(|v| find::ends(&content[..span.start as usize], v))
                        && about.or(opened).is_some() =>
                {
                    about.or(opened)
                }
                Wants::House if word.is_ascii() => {
                    let near = || opened.or(about).filter(|_| earlier(0).is_none()).or_else(|| before(0));
                    spoken(wants).or_else(near).or_else(|| earlier(0))
                }
                // "离职创办A，该公司后被B收购": what was founded right before
                Wants::House => {
                    just_founded(content, here, span).or_else(|| apart(0)).or_else(|| before(0)).or_else(|| earlier(0))
                }
                Wants::Person => earlier(1).or_else(|| before(1)),
                Wants::Product if !word.starts_with('t') => {
                    let launched = || brought_out(content, &previous, |e| slot(e) == 2).filter(|_| near_before);
                    apart(2).or_else(launched).or_else(|| before(2)).or_else(|| earlier(2))
                }
                // "Acme raised $5 million. The software relies on Lumen": it speaks for the house
                Wants::Product => earlier(2).or_else(|| before(2)).or_else(|| {
                    let own = matches!(
                        word,
                        "the software"
                            | "the platform"
                            | "the service"
                            | "the system"
                            | "the technology"
                            | "the app"
                            | "the tool"
                    );
                    opened.or(about).filter(|e| own && firm(*e))
                }),
                // "收购B，并聘请其创始人": whoever takes takes from the one named last
                Wants::Any if word == "其" && takes(content, sentence.span, span) => {
                    here.iter().rev().find(|m| m.span.end <= span.start && slot(m.entity) == 0).map(|m| m.entity)
                }
                // "一家硅谷公司，其创始人…": it has no name
                Wants::Any if word == "其" && unnamed(content, sentence.span, span, here) => None,
                // "A用它打造了…": the product that the sentence before told of
                // (in a list, what its lead-in is about)
                Wants::Any if word == "它" && used(content, sentence.span, span) => {
                    before(2).or_else(|| earlier(2)).filter(|_| kind != BlockKind::ListItem)
                }
                // "其性能接近A，它也…": whatever the first of them meant
                Wants::Any => Some(word)
                    .filter(|w| *w == "其")
                    .and_then(|_| named_last(content, sentence.span, span, here, |m| slot(m.entity) == 0))
                    .or_else(|| {
                        added
                            .iter()
                            .rev()
                            .take_while(|a| a.sentence == index)
                            .filter(|a| matches!(a.how, How::Coreference("其" | "它")))
                            .filter(|a| here.iter().all(|m| m.span.start > a.span.start))
                            .last()
                            .map(|a| a.entity)
                    })
                    .or_else(|| clause_before(content, sentence.span, span, word, here))
                    .or_else(|| {
                        let mut told = here.iter().filter(|m| m.span.end <= span.start);
                        let first = told.clone().find(|m| !is_source(content, sentence.span, m));
                        first.or_else(|| told.next()).map(|m| m.entity)
                    })
                    .or_else(|| subject.filter(|(i, _)| index - i <= 1).map(|(_, e)| e)),
                // "他们…。目前，他们的…": whom the sentences before spoke of so
                Wants::Group(bodies::Group::They) if again(&added, index).is_some() => again(&added, index),
                Wants::Group(group) => bodies::resolve(content, entities, mentions, span, index, group, about)
                    .or_else(|| apart(0).or_else(|| before(0)).filter(|_| word == "该实验室")),
                Wants::Latter | Wants::Former => {
                    let told: Vec<&Mention> = here.iter().filter(|m| m.span.end <= span.start).collect();
                    let told = if told.len() >= 2 { told } else { previous.iter().chain(told).collect() };
                    let last = told.last().map(|m| m.entity);
                    // two of one kind there must be
                    let other = told
                        .iter()
                        .rev()
                        .map(|m| m.entity)
                        .find(|&e| Some(e) != last && last.is_some_and(|l| slot(l) == slot(e)));
                    // "谷歌向SSI供应TPU，后者…": the last of two houses, where one product stands behind them
                    let house = || {
                        let mut houses = told.iter().rev().map(|m| m.entity).filter(|&e| slot(e) == 0);
                        let latter = houses.next()?;
                        let former = houses.find(|&e| e != latter)?;
                        Some(if wants == Wants::Latter { latter } else { former })
                    };
                    let one = last.is_some_and(|l| slot(l) == 2);
                    other.and(if wants == Wants::Latter { last } else { other }).or_else(|| house().filter(|_| one))
                }
            };
            let is_firm = |e: &u32| firm(*e);
            let entity = match entity {
                Some(e) if word.ends_with("公司") && !is_firm(&e) => {
                    last_firm.filter(|(i, _)| index - i <= REACH).map(|(_, e)| e).or(main.filter(is_firm)).or(entity)
                }
                e => e,
            };
            if let Some(entity) = entity {
                if Some(entity) == main {
                    resolved = true;
                }
                added.push(Mention { span, entity, sentence: index, how: How::Coreference(word) });
            }
        });
        // "这表明其…。": what the sentence only speaks of goes on
        let chained = added.iter().rev().take_while(|a| a.sentence == index).last();
        if let Some(a) = chained.filter(|a| here.is_empty() && matches!(a.how, How::Coreference("其" | "它"))) {
            subject = Some((index, a.entity));
        }
        previous = here.to_vec();
        // "该公司今年发布了Helix"
        let spoken = added.iter().rev().take_while(|a| a.sentence == index).last().filter(|a| {
            a.span.start < sentence.span.start + 16 && here.first().is_none_or(|m| a.span.start < m.span.start)
        });
        // the first name of the sentence, or the house that the article is about
        let opens = here.first().filter(|m| m.span.start == sentence.span.start);
        if let Some(m) = opens.or_else(|| here.iter().find(|m| Some(m.entity) == main)).or(here.first()) {
            subject = Some((index, spoken.map_or(m.entity, |a| a.entity)));
        }
        // "The company, which was spun out of Halden University": it is what the next sentence goes on about
        let opening = added.iter().rev().take_while(|a| a.sentence == index).last().filter(|a| {
            matches!(a.how, How::Coreference(w) if w.is_ascii())
                && here.first().is_none_or(|m| a.span.start < m.span.start)
        });
        let opening = opening.cloned();
        // named, or spoken of
        let spoken = main.filter(|_| resolved);
        if let Some(entity) = here.iter().find(|m| Some(m.entity) == main).map(|m| m.entity).or(spoken) {
            about = Some((index, entity));
        }
        if let Some(m) = here.iter().find(|m| entities[m.entity as usize].kind == EntityKind::Company) {
            last_firm = Some((index, m.entity));
        }
        let mut seen = [false; 3];
        for m in here {
            let s = slot(m.entity);
            // "作为A的老对手，B…": B, if B opens its clause
            let behind = aside(content, sentence.span, m)
                && here.iter().any(|o| {
                    slot(o.entity) == s
                        && o.span.start > m.span.start
                        && content[..o.span.start as usize].ends_with('，')
                });
            // "With help from Orbis, Acme …"
            let english = || !content.as_bytes()[sentence.span.range()].iter().any(|b| *b >= 0xE3);
            let behind = behind
                || s == 0
                    && !seen[0]
                    && oblique(content, sentence.span, m)
                    && english()
                    && here.iter().any(|o| slot(o.entity) == 0 && !oblique(content, sentence.span, o));
            // the house that the article is about comes first wherever else it stands
            if !behind && (!seen[s] || Some(m.entity) == main) {
                seen[s] = true;
                last[s] = Some((index, m.entity));
            }
        }
        // "他毕业于A，师从B。他后来…": whom the sentence was about, not whom it names
        let he = added.iter().rev().take_while(|a| a.sentence == index).last().filter(|a| {
            matches!(a.how, How::Coreference("他" | "她" | "这位" | "这名"))
                && here.iter().all(|m| slot(m.entity) != 1 || a.span.start < m.span.start)
        });
        if let Some(entity) = he.map(|a| a.entity) {
            last[1] = Some((index, entity));
        }
        let opening = opening.as_ref().map(|a| a.entity);
        if let Some(entity) = opening.filter(|e| slot(*e) != 1) {
            last[slot(entity)] = Some((index, entity));
        }
        let opening = opening.filter(|e| slot(*e) == 0);
        // "Acme's venture arm took part": it does not go on about Acme
        let has = |m: &&Mention| ["'s ", "’s "].iter().any(|p| find::starts(&content[m.span.end as usize..], p));
        let first = opens.filter(|m| slot(m.entity) == 0 && !has(m)).map(|m| m.entity).or(opening);
        if first.is_some() || here.iter().any(|m| slot(m.entity) == 0) {
            opened = first.map(|e| (sentence.block, e));
        }
    }
    mentions.extend(added);
    mentions.sort_by_key(|m| m.span);
}

/// Whom 他们 stood for in this sentence or one of the two before.
fn again(added: &[Mention], sentence: u32) -> Option<u32> {
    let near = added.iter().rev().take_while(|a| sentence - a.sentence <= 2);
    near.filter(|a| matches!(a.how, How::Coreference("他们"))).map(|a| a.entity).next()
}

/// `与前代A相比，…`, `作为A的老对手，…`: whether a name stands in a phrase that opens the sentence with what something is
/// set against.
fn aside(content: &str, sentence: Span, m: &Mention) -> bool {
    let lead = &content[sentence.start as usize..m.span.start as usize];
    let opens =
        ["与", "和", "跟", "对", "比", "不同于", "相比", "相较于", "比起", "除了", "继", "作为", "面对", "有别于"];
    opens.iter().any(|o| starts(lead, o)) && lead.chars().count() <= 8 && !lead.contains(['，', '、'])
}

/// The most mentioned company or organization.
fn main_house(content: &str, entities: &[LocalEntity], mentions: &[Mention]) -> Option<u32> {
    let mut count = vec![0u32; entities.len()];
    let mut first = vec![u32::MAX; entities.len()];
    for m in mentions.iter().filter(|m| !is_outlet(content, m.span)) {
        count[m.entity as usize] += 1;
        first[m.entity as usize] = first[m.entity as usize].min(m.span.start);
    }
    (0..entities.len())
        .filter(|&e| matches!(entities[e].kind, EntityKind::Company | EntityKind::Organization))
        .max_by_key(|&e| (count[e], std::cmp::Reverse(first[e])))
        .map(|e| e as u32)
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
                if matches!(low, b't' | b'i' | b'h' | b's' | b'o' | b'w') {
                    let hit = LATIN.iter().find(|(w, _)| {
                        bytes.len() >= i + w.len()
                            && bytes[i + 1..i + w.len()] == w.as_bytes()[1..]
                            && w.as_bytes()[0] == low
                            && !bytes.get(i + w.len()).is_some_and(u8::is_ascii_alphanumeric)
                    });
                    // the company behind Lumen is no company spoken of before
                    let hit = hit.filter(|(w, wants)| match *wants {
                        Wants::Product if *w != "the model" => tells_thing(&words[i + w.len()..]),
                        _ => *w != "it" || acts(&words[i + w.len()..], b == b'I'),
                    });
                    if let Some((w, wants)) = hit {
                        on(Span::new(base + i, base + i + w.len()), *wants, w);
                        i += w.len();
                        continue;
                    }
                    let lead = ["the ", "The ", "this ", "This "].into_iter().find(|t| find::starts(&words[i..], t));
                    if let Some((end, wants)) = lead.and_then(|t| spoken_of(&words[i + t.len()..])) {
                        let end = lead.map_or(0, str::len) + end;
                        on(Span::new(base + i, base + i + end), wants, "the company");
                        i += end;
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
                    | [0xE5, 0x89, 0x8D, ..]
                    | [0xE5, 0x90, 0x8E, ..]
            )
        {
            // none of 该 这 新 公 其 它 他 她 前 后
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
                if let Some((w, group)) = bodies::opens(rest) {
                    on(Span::new(base + i, base + i + w.len()), Wants::Group(group), w);
                    i += w.len();
                    continue;
                }
                if let Some((w, wants)) = HAN.iter().find(|(w, _)| starts(rest, w)) {
                    on(Span::new(base + i, base + i + w.len()), *wants, w);
                    i += w.len();
                    continue;
                }
                const BEGINNINGS: [(&str, &[&str], Wants, usize); 6] = [
                    ("这位", PERSON_HEADS, Wants::Person, 6),
                    ("这名", PERSON_HEADS, Wants::Person, 6),
                    ("这款", PRODUCT_HEADS, Wants::Product, LONGEST_PHRASE),
                    ("这家", HOUSE_HEADS, Wants::House, LONGEST_PHRASE),
                    ("该", PRODUCT_HEADS, Wants::Product, 4),
                    ("该", HOUSE_HEADS, Wants::House, 4),
                ];
                let phrase = BEGINNINGS.into_iter().find_map(|(word, heads, wants, most)| {
                    let end = phrase_end(rest.strip_prefix(word)?, heads, most)?;
                    Some((word, wants, word.len() + end))
                });
                if let Some((word, wants, end)) = phrase {
                    on(Span::new(base + i, base + i + end), wants, word);
                    i += end;
                    continue;
                }
            }
            '前' | '后' if rest[len..].starts_with('者') && !previous.is_some_and(|p| matches!(p, '先' | '之')) => {
                let (wants, word) = if c == '前' { (Wants::Former, "前者") } else { (Wants::Latter, "后者") };
                on(Span::new(base + i, base + i + "前者".len()), wants, word);
                i += "前者".len();
                continue;
            }
            '公' if rest.starts_with("公司") => {
                // alone at the head of a clause
                let head = previous.is_none_or(|p| matches!(p, '，' | '。' | '；' | '：' | '“' | '）' | ' '));
                // "B也担任公司顾问", "他离开公司"
                let joined =
                    ["担任", "出任", "兼任", "加入", "离开", "重返", "回归", "起诉", "状告", "被", "随后将", "将"];
                let after = rest["公司".len()..].chars().next();
                let word = after.is_some_and(|a| !matches!(a, '、' | '，' | '。' | '名' | '化'));
                let own = joined.iter().any(|w| find::ends(&words[..i], w));
                // "将公司数十亿美元押注": what the firm has
                let its = after.is_some_and(|a| a.is_ascii_digit() || matches!(a, '的' | '数' | '近' | '约' | '上'));
                if (head || own && !its) && word {
                    let wants = if own { Wants::Main } else { Wants::House };
                    on(Span::new(base + i, base + i + "公司".len()), wants, "公司");
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
            '他' if bodies::opens(rest).is_some() && previous != Some('其') => {
                on(Span::new(base + i, base + i + "他们".len()), Wants::Group(bodies::Group::They), "他们");
                i += "他们".len();
                continue;
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
