//! Chinese relative clauses before a name: whatever stands before the clause is said of the name behind it
//! (`以智谱去年发布的 GLM 为基座`: 以 is of GLM, and Zhipu released it), and what somebody did before, told before who
//! they are (`曾任职于微软、谷歌等公司的工程师李明`).

use super::extract::{Hit, Scene};
use super::phrase::QUOTES;
use super::sentence::{Group, Marker, View};
use crate::dictionary::relations::{Construction, Rule};
use crate::find;
use crate::schema::{EntityKind, KindSet, Status};

/// Most characters between who acts and the verb of a relative clause.
const NEAR: usize = 14;

/// Most characters between 的 and the name that the clause tells of.
const NOUN: usize = 12;

/// The house that acts and the thing it is done to, by the group before a verb and the one behind its 的:
/// `谷歌上周发布的模型Gemini`.
fn clause_of(view: &View, verb: &Hit) -> Option<(usize, usize)> {
    let thing = view.groups.iter().position(|g| g.span.start >= verb.span.end)?;
    let house = thing.checked_sub(1)?;
    let (s, o) = (&view.groups[house], &view.groups[thing]);
    let gap = view.between(s.span.end, verb.span.start);
    let noun = view.between(verb.span.end, o.span.start).strip_prefix('的')?.trim_matches(QUOTES);
    let near = s.span.end <= verb.span.start
        && s.clause == o.clause
        && gap.chars().count() <= NEAR
        && !gap.contains(['的', '、', '（', '与', '和', '将', '把', '给', '向', '被']);
    let plain = noun.chars().count() <= NOUN && !noun.contains(['的', '、', '，', '（', '与', '和', '在', '了']);
    (near && plain).then_some((house, thing))
}

/// Whether a rule is of a verb whose subject stands before it and whose object behind.
fn plain(rule: &Rule) -> bool {
    rule.is(Construction::Verb)
        && !(rule.swap
            || rule.marked
            || rule.agent
            || rule.into
            || rule.moves
            || rule.thing
            || rule.debut
            || rule.topic)
        && rule.if_head.is_empty()
        && rule.with.is_empty()
}

/// Gives what a relative clause tells of the marker that stands before the clause: `与谷歌发布的Gemini相当`.
pub(super) fn pass_markers(view: &mut View, hits: &[Hit]) {
    if view.latin {
        return;
    }
    // "将A专为B设计的C集成到D": it is C that is put there
    for i in 0..view.groups.len() {
        // "以去年12月公布的A为底座": the one who acts has no name there
        let thing = &view.groups[i];
        let clause = view.clauses[thing.clause].start;
        let from = i.checked_sub(1).map_or(clause, |p| view.groups[p].span.end.max(clause));
        let words = view.between(from, thing.span.start).trim_end_matches(QUOTES);
        let told = ["发布的", "公布的", "推出的", "开源的", "上线的"].iter().any(|v| find::ends(words, v));
        if told
            && thing.kind == EntityKind::Product
            && thing.marker == Marker::Bare
            && words.chars().count() <= NOUN + 4
        {
            let marker = match words.chars().next() {
                Some('以' | '用') => Marker::Means,
                Some('将' | '把') => Marker::Patient,
                _ => Marker::Bare,
            };
            view.groups[i].marker = marker;
        }
    }
    for i in 1..view.groups.len() {
        let (house, thing) = (&view.groups[i - 1], &view.groups[i]);
        let words = view.between(house.span.end, thing.span.start);
        if house.marker == Marker::Patient
            && thing.kind == EntityKind::Product
            && thing.marker == Marker::Bare
            && ["专为", "专门为", "自主", "为"].iter().any(|w| find::starts(words, w))
            && words.trim_end_matches(QUOTES).ends_with('的')
            && words.chars().count() <= NOUN + 4
        {
            view.groups[i].marker = Marker::Patient;
            view.groups[i - 1].makes_next = true;
        }
    }
    // "向Cursor母公司Anysphere提出": the marker is of the firm, which the product only names
    const FIRMS: [&str; 8] = ["母公司", "开发商", "开发公司", "运营商", "制造商", "的母公司", "的开发商", "背后公司"];
    for at in 1..view.groups.len() {
        let (before, firm) = (&view.groups[at - 1], &view.groups[at]);
        let names = before.marker != Marker::Bare
            && before.marker != Marker::Agent
            && firm.marker == Marker::Bare
            && firm.kind == EntityKind::Company
            && before.members.len() == 1
            && FIRMS.contains(&view.between(before.span.end, firm.span.start).trim_matches(QUOTES));
        if names {
            view.groups[at].marker = view.groups[at - 1].marker;
            view.groups[at - 1].makes_next = true;
        }
    }
    // "其中以A起诉B最为引人关注": A acts
    for at in 0..view.groups.len() {
        let group = &view.groups[at];
        let clause = view.clauses[group.clause];
        let lead = view.between(clause.start, group.span.start).trim_end_matches(QUOTES).trim_end_matches('《');
        if group.marker == Marker::Means
            && lead.ends_with('以')
            && ["最为", "最受", "最引", "最具", "尤为", "最典型"]
                .iter()
                .any(|w| view.between(group.span.end, clause.end).contains(w))
        {
            view.groups[at].marker = Marker::Bare;
        }
    }
    // "由A收购的B的创始人C领导": C does
    for hit in hits.iter().filter(|h| plain(h.rule)) {
        let Some((house, thing)) = clause_of(view, hit) else { continue };
        let titled = view.groups.get(thing + 1).filter(|p| p.kind == EntityKind::Person && p.marker == Marker::Bare);
        let of = view.groups[house].marker == Marker::Agent && view.groups[thing].apposed;
        if of && titled.is_some_and(|p| p.clause == view.groups[thing].clause) {
            view.groups[thing + 1].marker = Marker::Agent;
        }
    }
    for hit in hits.iter().filter(|h| plain(h.rule) && h.rule.own == Some(true)) {
        let Some((house, thing)) = clause_of(view, hit) else { continue };
        let marker = view.groups[house].marker;
        if view.groups[thing].kind == EntityKind::Product
            && view.groups[thing].marker == Marker::Bare
            && view.groups[house].fits(hit.rule.subject)
            && matches!(marker, Marker::Means | Marker::Companion | Marker::Patient | Marker::Than)
        {
            view.groups[thing].marker = marker;
            view.groups[house].makes_next = true;
        }
    }
}

impl<'d> Scene<'_, 'd> {
    /// What a relative clause states of its own: `以智谱去年发布的GLM为基座`, `由Meta收购的Scale AI`.
    pub(super) fn relatives(&mut self) {
        if self.view.latin {
            return;
        }
        for i in 0..self.hits.len() {
            let hit = self.hits[i];
            if !plain(hit.rule) {
                continue;
            }
            let Some((house, thing)) = clause_of(self.view, &hit) else { continue };
            let (s, o) = (&self.view.groups[house], &self.view.groups[thing]);
            // "为苹果代工的富士康", "向谷歌提供的芯片": whom it is done for
            let lead = self.view.between(self.view.clauses[s.clause].start, s.span.start);
            let taken = matches!(s.marker, Marker::Bare | Marker::Place) || lead.ends_with(['为', '给', '向', '替']);
            // "小米高管创立的A": people of the house, not the house
            let gap = self.view.between(s.span.end, hit.span.start);
            let taken = taken || super::arguments::STAFF.iter().any(|w| find::starts(gap, w));
            let taken = taken || self.left_behind(s) || gap.ends_with(['员', '师', '者', '人', '家']);
            if taken || !s.fits(hit.rule.subject) || !o.fits(hit.rule.object) || self.verb_inside(s, &hit) {
                continue;
            }
            let first = o.members[0];
            let told = self
                .out
                .iter()
                .any(|f| f.object == first && s.members.contains(&f.subject) && f.rule.relation == hit.rule.relation);
            if told {
                continue;
            }
            let s = s.clone();
            let o = Group { members: vec![first], ..o.clone() };
            let Some(status) = self.status_of(&hit) else { continue };
            self.claim(hit.rule, &s, &o, hit.span, status, hit.rule.precision * 0.9);
        }
    }

    /// `2018年毕业于北大计算机系的张三`: the person whom a clause without a subject tells of, right behind its object.
    pub(super) fn told_behind(
        &self,
        after: &[usize],
        persons: KindSet,
        houses: KindSet,
        hit: &Hit<'d>,
    ) -> Option<usize> {
        let view = self.view;
        let house = *after.first().filter(|_| self.extractor.traits(hit.rule).place && !hit.rule.swap)?;
        let clause = view.clauses[view.groups[house].clause];
        let lead = view.between(clause.start, hit.span.start);
        let alone = !view.groups.iter().any(|g| g.span.start >= clause.start && g.span.end <= hit.span.start);
        let whole = super::phrase::whole(view, house, true);
        let end = whole.members.last().map_or(whole.span.end, |&m| self.found.mentions[m].span.end);
        // over the house of a title: "曾加入A的B研究员张三"
        let person = view.groups.iter().position(|g| g.span.start >= end && g.kind == EntityKind::Person)?;
        let told = view.between(end, view.groups[person].span.start);
        (!view.latin
            && alone
            && lead.chars().count() <= 8
            && view.groups[house].fits(houses)
            && view.groups[person].fits(persons)
            && view.groups[person].clause == view.groups[house].clause
            && told.contains('的')
            && told.chars().count() <= 20
            && !told.contains(['，', '、', '。', '；']))
        .then_some(person)
    }

    /// `由A创办的B投资了C`: whether who is marked to act does so in a relative clause about a house that itself acts.
    pub(super) fn acts_within(&self, agent: usize, hit: &Hit) -> bool {
        let view = self.view;
        let (from, clause) = (view.groups[agent].span.end, view.groups[agent].clause);
        !view.latin
            && view.groups.iter().skip(agent + 1).any(|g| {
                let told = view.between(from, g.span.start);
                g.clause == clause
                    && g.span.end <= hit.span.start
                    && g.marker == Marker::Bare
                    && g.kind != EntityKind::Person
                    && !g.possessor
                    && !g.apposed
                    && told.chars().count() <= NEAR + NOUN
                    && told.contains('的')
                    && !told.contains(['，', '、'])
                    && view.between(g.span.end, hit.span.start).chars().count() <= NEAR
                    && self.hits.iter().any(|h| {
                        h.rule.is(Construction::Verb)
                            && h.span.start >= from
                            && h.span.end <= g.span.start
                            && view.between(h.span.end, g.span.start).starts_with('的')
                    })
            })
    }

    /// `被A收购的B、C旗下的D`: whether the object is none of the first list behind the 的 of a relative clause.
    pub(super) fn beyond_nearest(&self, hit: &Hit, object: Option<usize>) -> bool {
        let view = self.view;
        let Some(object) = object.filter(|_| !view.latin) else { return false };
        let Some(first) = view.groups.iter().position(|g| g.span.start >= hit.span.end) else { return false };
        let near = view.between(hit.span.end, view.groups[first].span.start).chars().count() <= NOUN + 1;
        let apart = view.between(view.groups[first].span.end, view.groups[object].span.start);
        near && object > first && (apart.contains('的') || apart.contains('、'))
    }

    /// `挖角A创立的B联合创始人C`: for somebody who only acts in a relative clause, whom the noun behind it tells of.
    pub(super) fn over_clause(&self, person: usize) -> usize {
        let view = self.view;
        let (Some(house), Some(next)) = (view.groups.get(person + 1), view.groups.get(person + 2)) else {
            return person;
        };
        let told = view.between(view.groups[person].span.end, house.span.start).trim_end_matches(QUOTES);
        let acts = told.chars().count() <= 8
            && told.ends_with('的')
            && self.hits.iter().any(|h| {
                h.rule.is(Construction::Verb)
                    && h.span.start >= view.groups[person].span.end
                    && h.span.end <= house.span.start
            });
        if acts && view.groups[person].kind == EntityKind::Person && house.apposed && next.kind == EntityKind::Person {
            person + 2
        } else {
            person
        }
    }

    /// Whether another verb stands between who acts and the verb.
    fn verb_inside(&self, s: &Group, hit: &Hit) -> bool {
        self.hits.iter().any(|h| {
            h.rule.is(Construction::Verb)
                && h.span.start >= s.span.end
                && h.span.end <= hit.span.start
                && h.rule.relation != hit.rule.relation
        })
    }

    /// `曾任职于微软、谷歌等公司的工程师李明`: the houses that a person has left, told before who they are.
    pub(super) fn served_before(&mut self) {
        let view = self.view;
        for i in 0..self.hits.len() {
            let hit = self.hits[i];
            let words = view.between(hit.span.start, hit.span.end);
            let past = hit.rule.status == Some(Status::Ended);
            if view.latin
                || !hit.rule.is(Construction::Verb)
                || !(past && words.starts_with('曾') && words.ends_with('于'))
            {
                continue;
            }
            let Some(list) = view.groups.iter().position(|g| g.span.start >= hit.span.end) else { continue };
            let houses = super::phrase::whole(view, list, true);
            let end = houses.members.last().map_or(houses.span.end, |&m| self.found.mentions[m].span.end);
            let near = view.between(hit.span.end, view.groups[list].span.start).chars().count() <= 2;
            let Some(person) = view.groups.iter().find(|g| g.span.start >= end) else { continue };
            let told = view.between(end, person.span.start);
            let kind = told.split_once('的').map(|(kind, _)| kind.strip_prefix('等').unwrap_or(kind));
            let listed = kind.is_some_and(|k| k.chars().count() <= 8 && !k.contains(['，', '、', '。']));
            if !near
                || !listed
                || person.kind != EntityKind::Person
                || told.chars().count() > 24
                || told.contains(['，', '。', '；'])
                || !houses.members.iter().all(|&m| self.fits(m, hit.rule.object))
            {
                continue;
            }
            // of one house the title is, of several it may be of none
            let role = self.hits.iter().find(|h| {
                h.rule.is(Construction::Role)
                    && houses.members.len() == 1
                    && h.span.start >= end
                    && h.span.end <= person.span.start
                    && h.rule.object.has(EntityKind::Company)
            });
            let (rule, written) = role.map_or((hit.rule, None), |r| (r.rule, Some(r.span)));
            let persons = person.members.clone();
            // "…、谷歌等公司的工程师李明": not of the last one alone
            self.out
                .retain(|f| !(f.role.is_some() && persons.contains(&f.subject) && houses.members.contains(&f.object)));
            for (&p, &h) in persons.iter().flat_map(|p| houses.members.iter().map(move |h| (p, h))) {
                self.pair(rule, p, h, hit.span, Status::Ended, written, rule.precision * 0.9);
            }
        }
    }

    /// `基于DiT架构的A`, `使用盗版数据训练A`: whether what a verb of using takes stands, without a name, before a product
    /// that has it or is made with it.
    pub(super) fn takes_other(&self, hit: &Hit<'d>, group: &Group) -> bool {
        const TAKEN: [&str; 36] = [
            "架构",
            "技术",
            "系统",
            "模型",
            "工具",
            "芯片",
            "算法",
            "能力",
            "功能",
            "引擎",
            "平台",
            "框架",
            "传感器",
            "数据",
            "照片",
            "屏幕",
            "协议",
            "接口",
            "机制",
            "算力",
            "推理",
            "学习",
            "网络",
            "摄像头",
            "电池",
            "雷达",
            "智能",
            "方案",
            "处理器",
            "显卡",
            "视觉",
            "语音",
            "方法",
            "策略",
            "内容",
            "生成",
        ];
        const MADE: [&str; 8] = ["训练", "微调", "打造", "构建", "开发", "研发", "驱动", "生成"];
        let traits = self.extractor.traits(hit.rule);
        if self.view.latin || group.kind != EntityKind::Product || !traits.possessed || traits.compared {
            return false;
        }
        if self.view.groups.iter().any(|g| g.span.start >= hit.span.end && g.span.end <= group.span.start) {
            return false;
        }
        let between = self.view.between(hit.span.end, group.span.start).trim_matches(QUOTES);
        let made = between.trim_end_matches(['了', '出', '其']);
        if MADE.iter().any(|m| made.strip_suffix(m).is_some_and(|taken| taken.chars().count() >= 2)) {
            return true;
        }
        // "更智能的A" only tells of A
        between.split_once('的').is_some_and(|(taken, _)| {
            taken.chars().count() >= 2
                && !taken.contains(['更', '最', '很', '自'])
                && (taken.ends_with(|c: char| c.is_ascii_alphanumeric()) || TAKEN.iter().any(|t| find::ends(taken, t)))
        })
    }
}
