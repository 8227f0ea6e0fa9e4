//! Whom a house hired, told over several sentences: `11名研究员选择加入甲公司。…例如，来自乙的A、B和C，…丙的D…`.

use super::extract::Scene;
use crate::dictionary::relations::{Construction, Rule};
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// What tells, a little before a list of people, that they were hired.
const HIRES: [&str; 19] = [
    "团队成员",
    "成员包括",
    "核心成员",
    "组建",
    "集结",
    "加入",
    "加盟",
    "新聘",
    "招募",
    "挖角",
    "挖来",
    "挖走",
    "招揽",
    "入职",
    "延揽",
    "吸纳",
    "新成员",
    "引进",
    "招兵买马",
];

/// Who follows these was joined.
const JOINS: [&str; 6] = ["加入", "加入了", "加盟", "加盟了", "入职", "投奔"];

/// Characters back that a list's beginning is told.
const REACH: usize = 400;

impl Scene<'_, '_> {
    /// Claims that people who are only listed with where they came from work for the house told of before.
    pub(super) fn newcomers(&mut self) {
        let view = self.view;
        if view.latin || !view.between(view.span.start, view.span.end).contains("来自") {
            return;
        }
        let rules = &self.extractor.dictionary.rules;
        let Some(staff) = rules.staff() else { return };
        let joins = |r: &&Rule| r.relation == staff && r.moves && !r.swap;
        let Some(rule) = rules.with_construction(Construction::Verb).find(joins) else { return };
        // the sentence itself says who joined whom
        let says = |h: &super::extract::Hit<'_>| {
            h.rule.relation == rule.relation
                && h.rule.is(Construction::Verb)
                && !view.between(h.span.start, h.span.end).starts_with("来自")
        };
        if self.hits.iter().any(says) {
            return;
        }
        let Some((people, from, span)) = self.listed_people() else { return };
        let Some(house) = self.hiring(span.start, &from) else { return };
        for person in people {
            self.pair(rule, person, house, span, Status::Asserted, None, rule.precision * 0.7);
        }
    }

    /// The people of `来自乙的A、B和C、丙的D`, the houses that they came from, and where the list stands.
    fn listed_people(&self) -> Option<(Vec<usize>, Vec<u32>, Span)> {
        let view = self.view;
        let mentions = &self.found.mentions;
        let here: Vec<usize> = (0..mentions.len())
            .filter(|&m| view.span.contains(mentions[m].span) && !matches!(mentions[m].how, How::Coreference(_)))
            .collect();
        let house = |m: usize| matches!(self.kind(m), EntityKind::Company | EntityKind::Organization);
        let person = |m: usize| self.kind(m) == EntityKind::Person;
        let opens = |&&m: &&usize| {
            house(m)
                && view.between(view.span.start, mentions[m].span.start).trim_end_matches(['“', ' ']).ends_with("来自")
        };
        let start = here.iter().find(opens)?;
        let (mut people, mut from) = (Vec::new(), vec![mentions[*start].entity]);
        let mut last = *start;
        for &m in here.iter().skip_while(|&m| m != start).skip(1) {
            let gap = unglossed(view.between(mentions[last].span.end, mentions[m].span.start));
            let joint = matches!(gap.trim(), "、" | "和" | "与" | "及" | "以及" | "，" | "");
            let fits = match (house(last), person(m), house(m)) {
                (true, true, _) => gap == "的",
                (true, _, true) => matches!(gap.as_str(), "/" | "、" | "和" | "旗下" | ""),
                (false, true, _) | (false, _, true) => {
                    let lead = gap.trim().trim_start_matches(['，', '、']);
                    joint || matches!(lead, "来自" | "以及来自" | "还有来自" | "和来自" | "与来自" | "及来自")
                }
                _ => false,
            };
            // the Latin name in brackets behind a name
            let gloss = mentions[m].entity == mentions[last].entity;
            if !fits && !gloss {
                break;
            }
            if person(m) && !people.iter().any(|&p: &usize| mentions[p].entity == mentions[m].entity) {
                people.push(m);
            } else if house(m) {
                from.push(mentions[m].entity);
            }
            last = m;
        }
        let span = Span { start: mentions[*start].span.start, end: mentions[last].span.end };
        (people.len() >= 2).then_some((people, from, span))
    }

    /// The house that the text before tells to hire: the one that people join there, else a laboratory or division named
    /// there, else the article's.
    fn hiring(&self, at: u32, from: &[u32]) -> Option<usize> {
        let text = self.view.text;
        let before = &text[..at as usize];
        let near = &before[before.char_indices().rev().nth(REACH).map_or(0, |(i, _)| i)..];
        if !HIRES.iter().any(|w| near.contains(w)) {
            return None;
        }
        let start = at - near.len() as u32;
        let mentions = &self.found.mentions;
        let fits = |m: &usize| {
            matches!(self.kind(*m), EntityKind::Company | EntityKind::Organization)
                && !from.contains(&mentions[*m].entity)
        };
        let told =
            || (0..mentions.len()).rev().filter(|&m| mentions[m].span.start >= start && mentions[m].span.end <= at);
        let joined =
            told().filter(fits).find(|&m| JOINS.iter().any(|j| text[..mentions[m].span.start as usize].ends_with(j)));
        let lab = || {
            told().filter(fits).find(|&m| {
                let name = &self.found.entities[mentions[m].entity as usize].name;
                ["实验室", "Lab", "Labs"].iter().any(|l| find::ends(name, l))
            })
        };
        joined.or_else(lab).or(self.topic.main.filter(fits))
    }
}

/// Words without what stands in brackets.
fn unglossed(words: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in words.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            c if depth <= 0 => out.push(c),
            _ => {}
        }
    }
    out
}
