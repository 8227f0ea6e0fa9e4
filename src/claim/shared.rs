//! What one word states of several in Chinese: a house of two roles (`谷歌高级研究员 A 和资深工程师 B`), two houses that
//! a clause refers to as two (`这两家公司都获得了 C 的投资`), and a house with its part behind it
//! (`谷歌风险投资部门 GV`).

use super::extract::{Found, Hit, Scene};
use super::phrase::QUOTES;
use super::role::Chain;
use super::role_words::quotes;
use super::sentence::{Group, Marker, View};
use crate::dictionary::relations::{Construction, Rule};
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// Links between two persons with their roles.
const LINKS: &[&str] = &["以及", "，以及", "和", "与", "及", "、"];

/// What a clause calls the houses before it, and how many they are.
const ALL: &[(&str, usize)] = &[
    ("这两家", 2),
    ("两家公司", 2),
    ("这两个", 2),
    ("两者", 2),
    ("二者", 2),
    ("双方", 2),
    ("这三家", 3),
    ("三家公司", 3),
    ("三者", 3),
];

/// Whether words end in what a person is called, no role that we know: `AI普及教育倡导者`.
pub(super) fn epithet(words: &str) -> bool {
    const ENDS: [char; 15] = ['者', '家', '人', '师', '员', '驱', '牛', '士', '主', '父', '客', '友', '袖', '威', '匠'];
    let words = words.trim_matches(quotes);
    words.ends_with(ENDS) && words.chars().count() <= 18 && !words.contains(['，', '。', '；', '：', '（', '在', '了'])
}

/// Whether the words between a person and a house only say that the person is something there.
pub(super) fn says_is(between: &str) -> bool {
    let t = between.trim_start_matches(['曾', '也', '还', '现', '正', '则', '便', '就']);
    matches!(t, "是" | "为" | "任" | "担任" | "出任" | "是前" | "是原")
}

/// Whether the words between a list and what it does name a partner that is none of the list: `先后与核电公司`.
pub(super) fn with_stranger(gap: &str) -> bool {
    let partner = ["与", "跟"].iter().filter_map(|m| gap.rsplit_once(m)).map(|(lead, tail)| {
        let word = lead.ends_with('参') || tail.starts_with(['此', '其', '会']);
        !word && (2..=10).contains(&tail.chars().count()) && !tail.contains(['，', '、', '的', '之'])
    });
    partner.into_iter().any(|is| is)
}

/// Whether words before 与 only say when or how, or stand for a house told of before (`目前已`, `通过`, `该公司`): they name
/// nobody.
pub(super) fn goes_without(words: &str) -> bool {
    const STARTS: [&str; 14] = ["通过", "在", "为", "从", "据", "除", "随着", "经", "并", "而", "但", "该", "这", "如"];
    const VERBS: [&str; 9] = ["表示", "计划", "撤", "终止", "停止", "结束", "否认", "达成", "加强"];
    // the last character of an adverb, an auxiliary, or a word for a house
    const ENDS: &str = "已曾将正还也又并而则再后前时近期年月日别继纷布择过极式续始划望能以同接要会在是为于来更次经求虑拟其司团队方者业场中外便就速面度先切够图可";
    words.contains('、')
        || words.ends_with(|c| ENDS.contains(c))
        || STARTS.iter().any(|s| find::starts(words, s))
        || VERBS.iter().any(|v| find::has(words, v))
}

/// Whether the words right before what two do together deny it: `并非竞争关系`.
pub(super) fn denied(lead: &str) -> bool {
    ["不是", "并非", "并不是", "不算", "不存在", "谈不上", "而非", "没有"].iter().any(|w| find::ends(lead, w))
}

/// Without the word for when somebody has a role: `同时也是`.
pub(super) fn lately(words: &str) -> &str {
    let when = ["同时", "如今", "现在", "此前", "后来", "早前", "之前", "随后", "一度"];
    when.iter().find_map(|w| words.strip_prefix(w)).unwrap_or(words)
}

/// Behind the gloss of a title: `（CEO）`, `（Chief Scientist）`.
pub(super) fn beyond_gloss(text: &str) -> &str {
    let Some((gloss, rest)) = text.strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')'])) else {
        return text;
    };
    let latin = !gloss.is_empty()
        && gloss.len() <= 48
        && gloss.bytes().all(|b| b.is_ascii_alphabetic() || b" -&/".contains(&b));
    if latin { rest } else { text }
}

/// Takes the gloss behind a title into it, with the titles inside.
pub(super) fn gloss(view: &View, chains: &mut Vec<Chain>) {
    if view.latin {
        return;
    }
    for chain in chains.iter_mut() {
        let rest = view.between(chain.span.end, view.span.end);
        chain.span.end += (rest.len() - beyond_gloss(rest).len()) as u32;
    }
    chains.dedup_by(|next, chain| chain.span.contains(next.span));
}

/// What a part of a house is called before its name.
const PARTS: &[&str] = &[
    "部门",
    "子公司",
    "分公司",
    "事业部",
    "事业群",
    "实验室",
    "研究院",
    "研究所",
    "分支",
    "业务部",
    "投资机构",
    "基金",
    "风投",
    "孵化器",
];

/// Whether the words between two houses say that the second is a part of the first: `（CIA）风险投资部门`.
pub(super) fn names_part(between: &str) -> bool {
    let t = between.trim_start_matches(QUOTES);
    let t = match t.strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')'])) {
        Some((aside, rest)) if aside.chars().count() <= 24 => rest,
        _ => t,
    };
    let t = t.strip_prefix('的').unwrap_or(t).trim_matches(QUOTES);
    super::of::plain_noun(t) && PARTS.iter().any(|p| find::ends(t, p))
}

/// Gives a part the marker of its house, which then only says whose part it is: `与谷歌风险投资部门GV合作`.
pub(super) fn parts(view: &mut View) {
    let house = |g: &Group| matches!(g.kind, EntityKind::Company | EntityKind::Organization);
    for i in 1..view.groups.len() {
        let (whole, part) = (&view.groups[i - 1], &view.groups[i]);
        if !view.latin
            && house(whole)
            && house(part)
            && whole.members.len() == 1
            && names_part(view.between(whole.span.end, part.span.start))
        {
            let marker = whole.marker;
            view.groups[i - 1].possessor = true;
            view.groups[i - 1].apposed = true;
            if view.groups[i].marker == Marker::Bare {
                view.groups[i].marker = marker;
            }
        }
    }
}

impl<'d> Scene<'_, 'd> {
    /// Whether 前 or 原 stands before a later role of a chain: `联合创始人兼前首席科学家`.
    pub(super) fn was_once(&self, rule: &Rule, chain: Span) -> bool {
        let lead = |at: u32| self.view.between(chain.start, at);
        let here = |h: &&Hit| chain.contains(h.span) && h.span.start > chain.start && h.rule.name == rule.name;
        !self.view.latin
            && self.hits.iter().filter(here).any(|h| {
                let link = ["兼", "及", "、", "和", "暨"]
                    .iter()
                    .filter_map(|l| lead(h.span.start).rsplit_once(l))
                    .map(|l| l.1);
                link.min_by_key(|l| l.len()).is_some_and(|l| l.starts_with(['前', '原']) && l.chars().count() <= 8)
            })
    }

    /// Whether 由 marks who acts, not 被 or 获: what follows its verb is the object.
    pub(super) fn led_by(&self, group: usize) -> bool {
        let view = self.view;
        let group = &view.groups[group];
        let lead = view.between(view.clauses[group.clause].start, group.span.start);
        !view.latin && lead.trim_end_matches(QUOTES).ends_with('由')
    }

    /// `A是B的云服务商和投资者`: a second noun for what the same one is of the same house; whether there was one.
    pub(super) fn goes_on_as(&mut self, hit: &Hit<'d>) -> bool {
        let view = self.view;
        let before = self.out.iter().rev().find(|f| {
            f.rule.is(Construction::Noun)
                && f.trigger.end <= hit.span.start
                && LINKS.contains(&view.between(f.trigger.end, hit.span.start))
        });
        let Some(before) = before.filter(|_| !view.latin).cloned() else { return false };
        let flip = before.rule.swap != hit.rule.swap;
        let (s, o) = if flip { (before.object, before.subject) } else { (before.subject, before.object) };
        self.pair(hit.rule, s, o, hit.span, before.status, None, hit.rule.precision * 0.9);
        true
    }

    /// `微软投资了OpenAI，并为其提供云服务`: what acts is not what 其 stands for behind 为, but the one other house before it.
    pub(super) fn not_itself(&self, s: usize, o: usize) -> (usize, usize) {
        let mentions = &self.found.mentions;
        let its = &mentions[o];
        // "A向B注资，成为其股东": who becomes it is who did, and 其 whom it was done to
        let given = |m: usize| {
            self.view.groups.iter().any(|g| {
                g.members.contains(&m)
                    && g.span.end <= its.span.start
                    && g.clause < self.view.clause_at(its.span.start)
                    && matches!(g.marker, Marker::Dative | Marker::Patient)
            })
        };
        if !self.view.latin
            && mentions[s].entity != its.entity
            && matches!(its.how, How::Coreference("其"))
            && self.view.between(self.view.span.start, its.span.end).ends_with("成为其")
            && given(s)
        {
            return (o, s);
        }
        let marked = ["为其", "向其", "对其", "给其", "与其", "是其", "成为其", "作为其", "将其", "把其", "收购其"];
        let lead = |end: u32| self.view.between(self.view.span.start, end);
        if mentions[s].entity != its.entity
            || self.view.latin
            || !matches!(its.how, How::Coreference("其"))
            || !marked.iter().any(|w| lead(its.span.end).ends_with(w))
            || !self.view.span.contains(mentions[s].span)
        {
            return (s, o);
        }
        let other = |&m: &usize| {
            mentions[m].entity != its.entity && matches!(self.kind(m), EntityKind::Company | EntityKind::Organization)
        };
        let before = self.view.groups.iter().filter(|g| g.span.end <= its.span.start).flat_map(|g| &g.members).copied();
        let mut others: Vec<usize> = before.filter(other).collect();
        others.dedup_by_key(|m| mentions[*m].entity);
        if let [only] = others[..] { (s, only) } else { (s, o) }
    }

    /// `徐立（商汤科技）`, `徐立（现任职于商汤科技）`: persons with their houses in brackets.
    pub(super) fn bracketed(&mut self) {
        let view = self.view;
        if view.latin {
            return;
        }
        for i in 1..view.groups.len() {
            let (person, house) = (&view.groups[i - 1], &view.groups[i]);
            let lead = view.between(person.span.end, house.span.start).trim_start_matches(QUOTES);
            let Some(lead) = lead.strip_prefix(['（', '(']) else { continue };
            let rest = view.between(house.span.end, view.span.end).trim_start_matches(QUOTES);
            const LEADS: [&str; 12] = [
                "",
                "来自",
                "现任职于",
                "就职于",
                "任职于",
                "供职于",
                "现就职于",
                "现供职于",
                "目前任职于",
                "前",
                "原",
                "曾任职于",
            ];
            if person.kind != EntityKind::Person
                || !matches!(house.kind, EntityKind::Company | EntityKind::Organization)
                || !LEADS.contains(&lead.trim())
                || !rest.starts_with(['）', ')'])
            {
                continue;
            }
            let rules = &self.extractor.dictionary.rules;
            let staff = rules.with_construction(Construction::Of).find(|r| {
                r.subject.has(EntityKind::Person)
                    && r.object.has(EntityKind::Organization)
                    && r.words.iter().any(|w| w == "的")
            });
            let Some(rule) = staff else { return };
            let status = if lead.contains(['前', '原', '曾']) && !lead.starts_with("目前") {
                Status::Ended
            } else {
                Status::Asserted
            };
            let (p, houses) = (*person.members.last().unwrap_or(&person.members[0]), house.members.clone());
            for h in houses {
                self.pair(rule, p, h, house.span, status, None, 0.8);
            }
        }
    }

    /// The house of the role before, for one that goes on with the list: `谷歌高级研究员A和资深工程师B`.
    pub(super) fn shared_house(&self, last: Option<(usize, u32)>, role: Span) -> Option<usize> {
        let view = self.view;
        let person = &view.groups[last?.0];
        let lead = view.between(person.span.end, role.start);
        let rest = LINKS.iter().find_map(|l| lead.strip_prefix(l))?;
        let goes_on = !view.latin
            && rest.chars().count() <= 10
            && !rest.contains(['，', '。', '；', '：', '（', '的', '某'])
            && !view.groups.iter().any(|g| g.span.start >= person.span.end && g.span.end <= role.start)
            && view.groups.iter().any(|g| {
                g.kind == EntityKind::Person
                    && g.span.start >= role.end
                    && beyond_gloss(view.between(role.end, g.span.start)).trim_matches(quotes).is_empty()
            });
        let of =
            |f: &&Found| f.role.is_some() && person.members.contains(&f.subject) && f.trigger.end <= person.span.start;
        let house = self.out.iter().rev().find(of).map(|f| f.object)?;
        (goes_on && self.kind(house) != EntityKind::Product).then_some(house)
    }

    /// `A启动上市，B也传出消息，这两家公司都获得了C的投资`: what is said of the last house is said of both.
    pub(super) fn of_all(&mut self) {
        let view = self.view;
        if view.latin {
            return;
        }
        let mut more: Vec<Found> = Vec::new();
        for f in &self.out {
            let clause = view.clause_at(f.trigger.start);
            let start = view.clauses[clause].start;
            let lead = view.between(start, f.trigger.start);
            let Some(&(_, count)) = ALL.iter().find(|(w, _)| lead.trim_start_matches(quotes).starts_with(w)) else {
                continue;
            };
            let before = |m: usize| {
                let span = self.found.mentions[m].span;
                view.span.start <= span.start && span.end <= start
            };
            let house = |m: usize| matches!(self.kind(m), EntityKind::Company | EntityKind::Organization);
            let carried = if before(f.subject) { f.subject } else { f.object };
            if !before(carried) || !house(carried) {
                continue;
            }
            let mut houses: Vec<usize> = Vec::new();
            for m in view.groups.iter().flat_map(|g| g.members.iter().copied()).filter(|&m| before(m) && house(m)) {
                let entity = self.found.mentions[m].entity;
                if !houses.iter().any(|&o| self.found.mentions[o].entity == entity) {
                    houses.push(m);
                }
            }
            if houses.len() != count {
                continue;
            }
            for m in houses.into_iter().filter(|&m| m != carried) {
                let mut one = f.clone();
                if carried == f.subject {
                    one.subject = m
                } else {
                    one.object = m
                }
                if self.found.mentions[one.subject].entity != self.found.mentions[one.object].entity {
                    more.push(one);
                }
            }
        }
        self.out.extend(more);
    }
}
