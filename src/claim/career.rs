//! A person's way from house to house, told over clauses: what a later step says of an earlier one (`2011年加入A，2022年离职创办B`),
//! what somebody did before (`加入A之前`), where a role is held that a clause of its own takes up, and who is among those that a
//! sentence says have left.

use super::copula::copula;
use super::extract::{Extractor, Found, Hit, Scene};
use super::role_words::quotes;
use super::sentence::{Group, Marker};
use super::status::last;
use super::{Claim, EventDate};
use crate::dictionary::relations::{Construction, Rule};
use crate::find::{self, find};
use crate::mention::Recognised;
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// That somebody has left.
const LEFT: [&str; 12] =
    ["离职", "离任", "辞职", "去职", "离开", "卸任", "出走", "辞任", "功成身退", "请辞", "退出", "离队"];

/// What makes no leaving of one of these words.
const NOT_LEFT: [&str; 10] = ["未", "不", "没", "否认", "并非", "拒绝", "无意", "如果", "若", "传"];

/// Who leaves, or where a list of them opens.
const STAFF: [&str; 12] =
    ["高管", "位", "名", "人才", "骨干", "员工", "核心", "成员", "元老", "研究员", "负责人", "工程师"];
const OPENS: [&str; 10] = ["如", "包括", "例如", "比如", "分别", "其中", "涉及", "：", "有", "——"];

/// What says that one step follows another.
const NEXT: [&str; 14] =
    ["离职", "离开", "辞职", "随后", "后来", "之后", "此后", "年", "毅然", "自立门户", "卸任", "不久", "出走", "退出"];

/// What says that both go on.
const BESIDE: [&str; 7] = ["同时", "兼", "并在", "还在", "也在", "一并", "双聘"];

/// What takes up a role.
const TAKES: [&str; 20] = [
    "先后担任",
    "先后任",
    "开始担任",
    "一路升任",
    "升任至",
    "晋升为",
    "升任",
    "升至",
    "升为",
    "担任",
    "出任",
    "兼任",
    "接任",
    "历任",
    "就任",
    "做到",
    "官至",
    "调任",
    "转任",
    "任",
];

/// What is led without a house of its own name.
const DIRECTS: [&str; 9] = ["领导", "执掌", "掌舵", "统领", "带领", "主管", "掌管", "统管", "分管"];

/// Most characters of the unit between the verb and the role: `出任在线服务集团总裁`.
const UNIT: usize = 14;

impl<'d> Scene<'_, 'd> {
    /// Whether a claim says that a person works for a house, or leads it.
    fn staffed(&self, f: &Found<'d>) -> bool {
        self.extractor
            .dictionary
            .rules
            .staff()
            .is_some_and(|staff| f.rule.relation == staff || self.extractor.traits(f.rule).outranks.contains(&staff))
    }

    /// Ends what a later clause of the sentence says to be over, and adds what a clause says to be led in the house that
    /// the clause before has somebody join.
    pub(super) fn careers(&mut self) {
        if self.view.latin || self.out.is_empty() {
            return;
        }
        let mut over = Vec::new();
        for (i, f) in self.out.iter().enumerate() {
            if f.status != Status::Asserted || self.kind(f.subject) != EntityKind::Person || !self.staffed(f) {
                continue;
            }
            let name = self.found.mentions[f.subject].span;
            let house = self.found.mentions[f.object].span;
            if !self.view.span.contains(house) {
                continue;
            }
            // "商汤CEO徐立": a title before the name is no step
            let titled = self.view.span.contains(name) && name.start >= house.end && f.role.is_some();
            if titled || f.rule.is(Construction::Of) || f.rule.titled {
                continue;
            }
            let told = f.trigger.end.max(house.end);
            if self.left_after(f, told) || self.went_on(f, told) {
                over.push(i);
            }
        }
        for i in over {
            self.out[i].status = Status::Ended;
        }
        self.as_joined();
        self.directs();
    }

    /// `将转任A的首席AI官`: whether a post that somebody is to take is still to come.
    pub(super) fn takes_post(&self, person: &Group, house: Option<&Group>, role: Span) -> Option<Status> {
        let view = self.view;
        let first = house.map_or(role.start, |h| h.span.start.min(role.start));
        if view.latin || person.span.end > first {
            return None;
        }
        let start = view.clauses[view.clause_at(first)].start.max(person.span.end);
        let lead = view.between(start, first).trim_matches(quotes);
        let at = ["转任", "出任", "担任", "接任", "升任", "成为", "就任", "改任", "兼任", "履新", "任"]
            .iter()
            .find_map(|t| lead.strip_suffix(t))?;
        let near = last(at, 10);
        match () {
            _ if near.ends_with("或将") || near.contains("据传") || near.contains("传闻") => {
                Some(Status::Rumored)
            }
            _ if ["将", "拟", "有望", "计划", "预计", "即将"].iter().any(|c| near.contains(c)) => {
                Some(Status::Planned)
            }
            _ => None,
        }
    }

    /// `将加入A，担任CEO`: a role is as sure as the move into its house.
    fn as_joined(&mut self) {
        let view = self.view;
        for i in 0..self.out.len() {
            let f = &self.out[i];
            if f.role.is_none() || f.status != Status::Asserted {
                continue;
            }
            let joins = |g: &&Found<'d>| {
                g.rule.moves
                    && !g.rule.swap
                    && g.rule.is(Construction::Verb)
                    && (g.subject, g.object) == (f.subject, f.object)
                    && g.trigger.end <= f.trigger.start
                    && view.clause_at(g.trigger.start) + 2 >= view.clause_at(f.trigger.start)
                    && matches!(g.status, Status::Planned | Status::Rumored | Status::Negated)
            };
            let status = self.out.iter().find(joins).map(|g| g.status);
            if let Some(status) = status {
                self.out[i].status = status;
            }
        }
    }

    /// `加入A，…，2016年离职`: whether the sentence goes on to say that the person has left.
    fn left_after(&self, f: &Found<'d>, told: u32) -> bool {
        let view = self.view;
        let entity = |m: usize| self.found.mentions[m].entity;
        let (person, house) = (entity(f.subject), entity(f.object));
        let other =
            |g: &&Group| g.span.start >= told && !g.members.iter().any(|&m| entity(m) == person || entity(m) == house);
        // up to whoever, or whatever house, comes next
        let stop = view.groups.iter().find(other).map_or(view.span.end, |g| g.span.start);
        let rest = view.between(told, stop);
        LEFT.iter().any(|cue| {
            rest.find(cue).is_some_and(|at| {
                let lead = &rest[..at];
                let near = last(lead, 6);
                let goes = &rest[at + cue.len()..];
                // "离开B": another house; "离职潮", "离职员工": no step
                let own = !goes.is_empty() || stop == view.span.end;
                own && lead.contains(['，', '；'])
                    && !NOT_LEFT.iter().any(|n| near.contains(n))
                    && !goes.starts_with(['潮', '率', '员', '人', '的'])
            })
        })
    }

    /// `加入A，随后创办B`: whether the sentence goes on to another house that the person joined or founded.
    fn went_on(&self, f: &Found<'d>, told: u32) -> bool {
        let view = self.view;
        let mentions = &self.found.mentions;
        self.out.iter().any(|g| {
            let founded = self.extractor.traits(g.rule).lasts;
            let joins = g.rule.moves && self.staffed(g);
            if !(founded || joins)
                || !g.rule.is(Construction::Verb)
                || g.status != Status::Asserted
                || g.trigger.start < told
                || mentions[g.subject].entity != mentions[f.subject].entity
                || mentions[g.object].entity == mentions[f.object].entity
                || related(self.extractor, self.found, f.object, g.object)
            {
                return false;
            }
            let gap = view.between(told, g.trigger.start);
            if BESIDE.iter().any(|b| gap.contains(b)) {
                return false;
            }
            // a professor may found a firm and stay
            let school = self.kind(f.object) == EntityKind::Organization;
            let next = NEXT.iter().any(|n| gap.contains(n)) || gap.ends_with('后') || gap.contains("后，");
            !founded || next && (!school || LEFT.iter().any(|l| gap.contains(l)))
        })
    }

    /// `加盟A，领导大数据平台的研发`: who directs something in the house that the clause before has them join leads there.
    fn directs(&mut self) {
        let view = self.view;
        for i in 0..self.hits.len() {
            let hit = self.hits[i];
            let words = view.between(hit.span.start, hit.span.end);
            if !hit.rule.is(Construction::Verb) || !DIRECTS.iter().any(|d| find::starts(words, d)) {
                continue;
            }
            let clause = view.clause_at(hit.span.start);
            let lead = view.between(view.clauses[clause].start, hit.span.start).chars().count();
            let house = |g: &Group| g.clause == clause && g.kind != EntityKind::Product;
            if clause == 0
                || lead > 6
                || view.groups.iter().any(house)
                || self.out.iter().any(|f| f.trigger == hit.span)
            {
                continue;
            }
            let joined = self.out.iter().find(|f| {
                self.staffed(f)
                    && f.rule.moves
                    && !f.rule.swap
                    && f.status != Status::Ended
                    && view.clause_at(f.trigger.start) + 1 == clause
                    && self.kind(f.subject) == EntityKind::Person
            });
            let Some((p, h, status)) = joined.map(|f| (f.subject, f.object, f.status)) else { continue };
            if self.extractor.dictionary.rules.staff() != Some(hit.rule.relation) {
                self.pair(hit.rule, p, h, hit.span, status, None, hit.rule.precision * 0.9);
            }
        }
    }

    /// `此前领导A`, `加入B之前，在A工作`: whether a verb that puts somebody in a house is of an earlier time.
    pub(super) fn before_that(&self, hit: &Hit<'d>, start: u32) -> bool {
        if hit.rule.moves || hit.rule.swap {
            return false;
        }
        let near = last(self.view.between(start, hit.span.start), 24);
        self.extractor.status.earlier(near) || self.earlier_step(hit.span.start)
    }

    /// Whether a place stands behind `加入B之前` in its clause, or in the clause after.
    pub(super) fn earlier_step(&self, at: u32) -> bool {
        let view = self.view;
        let clause = view.clause_at(at);
        let from = view.clauses[clause.saturating_sub(1)].start;
        !view.latin
            && self.hits.iter().any(|h| {
                let step = h.rule.moves || self.extractor.traits(h.rule).lasts;
                step && h.rule.is(Construction::Verb) && h.span.start >= from && h.span.end < at && {
                    let object = view.groups.iter().find(|g| g.span.start >= h.span.end);
                    object.is_some_and(|g| {
                        let rest = view.between(g.span.end.min(at), at);
                        g.span.end < at
                            && view.between(h.span.end, g.span.start).chars().count() <= 4
                            && (rest.starts_with("之前") || rest.starts_with("以前") || rest.starts_with("前，"))
                    })
                }
            })
    }

    /// `A在创办B之前是C的副总裁`: the person before the aside, for a role behind it.
    pub(super) fn before_aside(&self, limit: u32) -> Option<usize> {
        let view = self.view;
        if view.latin {
            return None;
        }
        let at = view.groups.iter().rposition(|g| g.kind == EntityKind::Person && g.span.end <= limit)?;
        let between = view.between(view.groups[at].span.end, limit);
        let aside = between.trim_start_matches(['，', ' ']);
        let (told, rest) = ["之前", "以前", "前，"].iter().find_map(|w| aside.split_once(w))?;
        let opens = ["在", "加入", "创", "加盟", "来到", "成立"].iter().any(|o| find::starts(told, o));
        let rest = rest.trim_start_matches('，');
        (opens && told.chars().count() <= 24 && !rest.is_empty() && copula(rest)).then_some(at)
    }

    /// `2017年转投A担任总裁`: the one person of the sentence, for a role in the house that a verb of moving stands before.
    pub(super) fn moved_into(&self, house: &Group, role: Span) -> Option<usize> {
        let view = self.view;
        if view.latin || house.span.end > role.start {
            return None;
        }
        let moved = self.hits.iter().any(|h| {
            h.rule.moves
                && !h.rule.swap
                && h.rule.is(Construction::Verb)
                && h.span.end <= house.span.start
                && view.between(h.span.end, house.span.start).chars().count() <= 2
        });
        let link = view.between(house.span.end, role.start);
        let takes = TAKES.iter().any(|t| link.trim_start_matches(['并', '后']).starts_with(t));
        if !moved || !takes {
            return None;
        }
        let entity = |g: &Group| self.found.mentions[g.members[0]].entity;
        let mut persons = (0..view.groups.len())
            .filter(|&g| view.groups[g].kind == EntityKind::Person && view.groups[g].span.end <= house.span.start);
        let first = persons.next().filter(|&g| {
            matches!(view.groups[g].marker, Marker::Bare | Marker::Patient) && view.groups[g].members.len() == 1
        })?;
        persons.all(|g| entity(&view.groups[g]) == entity(&view.groups[first])).then_some(first)
    }

    /// `李飞飞加盟谷歌，担任首席科学家`: the house and the person of the clause before, for a role that a clause
    /// of its own takes up.
    pub(super) fn taken_up(&self, at: u32, clause: usize) -> Option<(usize, usize)> {
        let view = self.view;
        let start = view.clauses[clause].start;
        let lead = view.between(start, at).trim();
        if view.latin || lead.chars().count() > 24 {
            return None;
        }
        let takes =
            TAKES.iter().filter_map(|t| find(lead, t).map(|from| (from, from + t.len()))).min_by_key(|t| t.0)?;
        let unit = lead[takes.1..].trim_start_matches('了');
        let plain = lead[..takes.0].chars().count() <= 8
            && unit.chars().count() <= UNIT
            && !unit.contains(['、', '（', '：'])
            && !lead[..takes.0].ends_with(['责', '主', '信', '上', '前', '现', '曾', '原'])
            && !view.groups.iter().any(|g| g.span.start >= start && g.span.end <= at);
        // over a clause that names nobody
        let named = |c: usize| view.groups.iter().any(|g| g.clause == c);
        let before = clause.checked_sub(1).filter(|_| plain)?;
        let before = if named(before) { before } else { before.checked_sub(1)? };
        let house = view.groups.iter().rposition(|g| g.clause == before && g.kind != EntityKind::Person)?;
        let moved = self.hits.iter().any(|h| h.rule.moves && h.span.end <= view.groups[house].span.start);
        let person = view.groups.iter().position(|g| {
            g.kind == EntityKind::Person && g.clause <= before && matches!(g.marker, Marker::Bare | Marker::Patient)
        })?;
        (moved && view.groups[house].kind != EntityKind::Product).then_some((house, person))
    }

    /// `Meta从苹果挖走了基础模型负责人A`: whom a person was taken from, for a role without a house before the name.
    pub(super) fn taken_from(&self, role: Span, person: &Group) -> Option<usize> {
        let view = self.view;
        if view.latin || person.span.start < role.end {
            return None;
        }
        let hire = self.hits.iter().find(|h| {
            let gap = || view.between(h.span.end, role.start);
            h.rule.titled
                && h.rule.moves
                && h.span.end <= role.start
                && gap().chars().count() <= UNIT
                && !gap().contains(['，', '。', '；', '、'])
        })?;
        let clause = view.clause_at(hire.span.start);
        let from = view.groups.iter().rev().find(|g| {
            g.clause == clause
                && g.span.end <= hire.span.start
                && g.marker == Marker::Source
                && g.kind != EntityKind::Person
        })?;
        Some(from.members[0])
    }

    /// `A创办了B，联合创始人还包括C`: what the clause before says to have been founded.
    pub(super) fn just_set_up(&self, at: u32, person: usize) -> Option<usize> {
        let view = self.view;
        if view.latin {
            return None;
        }
        let clause = view.clause_at(at);
        let founds = |h: &&Hit<'d>| {
            h.rule.is(Construction::Verb)
                && !h.rule.swap
                && self.extractor.traits(h.rule).lasts
                && h.span.end <= at
                && view.clause_at(h.span.start) + 1 == clause
        };
        let hit = self.hits.iter().rev().find(founds)?;
        let house = view.groups.iter().find(|g| g.span.start >= hit.span.end && g.span.end <= at)?;
        let near = view.between(hit.span.end, house.span.start).chars().count() <= 12;
        (near && house.kind != EntityKind::Person && house.members[0] != person).then(|| house.members[0])
    }

    /// `作为前A总监、B的研究员，张三…`: the person of the clause after, for one of the roles that a clause lists.
    pub(super) fn as_which(&self, role: Span) -> Option<usize> {
        let view = self.view;
        let clause = view.clause_at(role.start);
        let words = view.clause(clause).trim_start();
        let next = view.clauses.get(clause + 1).filter(|_| !view.latin)?;
        if !["作为", "身为", "同为"].iter().any(|w| find::starts(words, w)) {
            return None;
        }
        let at = view.groups.iter().position(|g| g.clause == clause + 1)?;
        let group = &view.groups[at];
        let opens = view.between(next.start, group.span.start).trim_matches(quotes).chars().count() <= 1;
        let other = view.groups.iter().any(|g| g.clause == clause && g.kind == EntityKind::Person);
        (opens && !other && group.kind == EntityKind::Person && group.members.len() == 1).then_some(at)
    }

    /// `A的两位创始人，CEO B和CTO C`: the first of those whom the clause after names with their roles.
    pub(super) fn further_heads(&self, role: Span, rules: &[&'d Rule]) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.span.start, role.start);
        let counted =
            ["位", "名", "大", "核心", "位核心", "位联合", "名联合", "个"].iter().any(|c| find::ends(lead, c));
        if view.latin || !counted || !rules.iter().all(|r| self.extractor.traits(r).lasts) {
            return None;
        }
        let at = view.groups.iter().position(|g| g.span.start >= role.end)?;
        let group = &view.groups[at];
        let title = view.between(role.end, group.span.start);
        let title = ["，", "——", "：", "、"].iter().find_map(|m| title.strip_prefix(m))?;
        let plain = title.trim_matches(quotes).is_empty() || self.is_title(title, group.span.start);
        (group.kind == EntityKind::Person && plain).then_some(at)
    }

    /// Whether a title that is but a role ends at a place: `由联合创始人`.
    pub(super) fn is_title(&self, title: &str, at: u32) -> bool {
        title.chars().count() <= UNIT
            && self.hits.iter().any(|h| {
                h.rule.is(Construction::Role)
                    && h.span.end <= at
                    && self.view.between(h.span.end, at).trim_matches(quotes).is_empty()
            })
    }

    /// `已有12位高管离职，如A的B、C的D`: whether what stands at a place is in a list of those who have left.
    pub(super) fn among_the_gone(&self, at: u32) -> bool {
        let lead = self.view.between(self.view.span.start, at);
        ["离职", "出走", "离任", "流失", "辞职"].iter().any(|cue| {
            lead.rfind(cue).is_some_and(|from| {
                let (who, list) = (last(&lead[..from], 12), &lead[from + cue.len()..]);
                STAFF.iter().any(|s| who.contains(s))
                    && !NOT_LEFT.iter().any(|n| last(who, 4).contains(n))
                    && OPENS.iter().any(|o| list.contains(o))
                    && !["加入", "接任", "新任", "现任"].iter().any(|w| list.contains(w))
            })
        })
    }
}

/// Whether one house is the other's part, as the dictionary or their names say.
fn related(extractor: &Extractor, found: &Recognised, a: usize, b: usize) -> bool {
    let name = |m: usize| found.entities[found.mentions[m].entity as usize].name.as_str();
    let head = |n: &str| n.char_indices().nth(2).map_or(n.len(), |(at, _)| at);
    let (x, y) = (name(a), name(b));
    extractor.is_child(found, a, b)
        || extractor.is_child(found, b, a)
        || x[..head(x)] == y[..head(y)] && !x.is_ascii()
        || x.is_ascii() && (x.starts_with(y) || y.starts_with(x))
}

/// Years tell the order of steps that stand in different sentences: who joined one house and later another, or founded
/// one, has left the first.
pub(super) fn settle_years(claims: &mut [Claim], extractor: &Extractor, found: &Recognised) {
    let rules = &extractor.dictionary.rules;
    let Some(staff) = rules.staff() else { return };
    let year = |c: &Claim| match &c.when {
        Some(EventDate(date)) => date.get(..4).and_then(|y| y.parse::<u32>().ok()),
        None => None,
    };
    // person, house, year, whether it was founded
    let steps: Vec<(usize, u32, bool)> = claims
        .iter()
        .enumerate()
        .filter_map(|(i, c)| {
            let rule = rules.named(c.rule).filter(|r| r.is(Construction::Verb) && !r.swap)?;
            let founded = extractor.traits(rule).lasts;
            let person = found.entities[c.subject as usize].kind == EntityKind::Person;
            let step = founded || rule.relation == staff && rule.moves;
            (step && person && c.status == Status::Asserted).then_some((i, year(c)?, founded))
        })
        .collect();
    if steps.len() < 2 {
        return;
    }
    let mut over = Vec::new();
    for &(i, from, founded) in &steps {
        let school = found.entities[claims[i].object as usize].kind == EntityKind::Organization;
        let later = |&(j, to, sets_up): &(usize, u32, bool)| {
            let (a, b) = (&claims[i], &claims[j]);
            to > from
                && a.subject == b.subject
                && a.object != b.object
                && !(sets_up && school)
                && !related(extractor, found, a.object_mention as usize, b.object_mention as usize)
        };
        if !founded && steps.iter().any(later) {
            over.push(i);
        }
    }
    for i in over {
        claims[i].status = Status::Ended;
    }
}
