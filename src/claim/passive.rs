//! Deeds whose parties stand elsewhere than a plain verb has them: passives by somebody without a name
//! (`被唱片巨头们告上法庭，包括 A、B`), what the clause after is about (`获 A 的青睐，B 累计融资…`), and arrivals that
//! stand as nouns (`A 的加入为 B 带来…`).

use super::extract::{Hit, Scene};
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::find::{self, rfind};
use crate::schema::{EntityKind, KindSet, Status};

/// What 被 may stand before without saying who acts: `被曝起诉B`.
const TOLD: &[&str] = &[
    "曝", "指", "爆", "传", "视", "认为", "称", "问", "迫", "要求", "证实", "披露", "怀疑", "批准", "允许", "看作",
    "控", "判",
];

/// Most characters of who acts without a name.
const UNNAMED: usize = 10;

/// Most characters between a deed that stands as a noun and the house it is done for.
const FAR: usize = 24;

impl<'d> Scene<'_, 'd> {
    /// `A buying B and C acquiring D`: the list is B alone, and C opens what comes next.
    pub(super) fn gerunds(&self, hit: &Hit<'d>, mut s: Group, mut o: Group) -> (Group, Group) {
        let view = self.view;
        let gerund = |h: &Hit<'d>| {
            h.rule.is(Construction::Verb)
                && view.between(h.span.start, h.span.end).trim_end_matches(" of").ends_with("ing")
        };
        if !view.latin || !gerund(hit) {
            return (s, o);
        }
        let near = |from: u32, to: u32| to >= from && to - from <= 1;
        if o.members.len() > 1 && self.hits.iter().any(|h| gerund(h) && near(o.span.end, h.span.start)) {
            o.members.pop();
        }
        if s.members.len() > 1 && self.hits.iter().any(|h| gerund(h) && near(h.span.end, s.span.start)) {
            s.members.drain(..s.members.len() - 1);
        }
        (s, o)
    }

    /// Whether somebody without a name acts: `被唱片巨头们告上法庭`.
    fn unnamed(&self, hit: &Hit<'d>, clause: usize) -> bool {
        let view = self.view;
        let start = view.clauses[clause].start;
        let last = view.groups.iter().rev().find(|g| g.span.end <= hit.span.start && g.clause == clause);
        let lead = view.between(last.map_or(start, |g| g.span.end), hit.span.start);
        let gap = ["被", "遭"].iter().filter_map(|m| rfind(lead, m).map(|at| &lead[at + m.len()..])).next();
        gap.is_some_and(|gap| {
            gap.chars().count() <= UNNAMED
                && !gap.contains(['的', '，', '、', '。'])
                && !TOLD.iter().any(|w| find::starts(gap, w))
        })
    }

    /// A passive whose agent has no name there: those whom the clause after lists act. Whether it was one.
    pub(super) fn passive(&mut self, hit: &Hit<'d>, clause: usize, before: &[usize]) -> bool {
        let (rule, view) = (hit.rule, self.view);
        let traits = self.extractor.traits(rule);
        let done = traits.deal || traits.possessed && !traits.compared;
        if view.latin || rule.swap || rule.moves || !done || !self.unnamed(hit, clause) {
            return false;
        }
        let patient = self.subject_before(before, rule.object, hit);
        let mut weight = rule.precision;
        let patient = patient.or_else(|| self.carried(clause, rule.object, hit, &mut weight));
        let lists = view.clauses.get(clause + 1).is_some() && super::list::lists(view.clause(clause + 1));
        let agent = view.groups.iter().position(|g| g.clause == clause + 1 && g.fits(rule.subject)).filter(|_| lists);
        let (Some(patient), Some(agent)) = (patient, agent) else {
            self.miss(hit, || "nobody is named as the one who acts".into());
            return true;
        };
        let Some(status) = self.status_of(hit) else { return true };
        let patients = view.groups[patient].members.clone();
        for a in self.series(agent, rule.subject) {
            for &p in &patients {
                self.pair(rule, a, p, hit.span, status, None, weight * 0.9);
            }
        }
        true
    }

    /// `扎克伯格从OpenAI挖走了A`: whoever hires does so for their house. Whether somebody did.
    pub(super) fn hires(&mut self, hit: &Hit<'d>, before: &[usize], person: usize) -> bool {
        let (rule, view) = (hit.rule, self.view);
        let chief = before.iter().copied().find(|&g| {
            let group = &view.groups[g];
            group.kind == EntityKind::Person
                && group.marker == Marker::Bare
                && group.members.len() == 1
                && g != person
                && !self.enclosed(group.span.start)
        });
        let mut weight = rule.precision;
        let clause = view.clause_at(hit.span.start);
        let chief = chief.or_else(|| self.carried(clause, rule.subject, hit, &mut weight));
        let Some(chief) = chief.filter(|_| rule.titled && rule.moves && rule.swap && !view.latin) else { return false };
        let Some(Some(house)) = self.known_house(view.groups[chief].members[0]) else { return false };
        let Some(status) = self.status_of(hit) else { return true };
        for p in self.listed(&view.groups[person]).members {
            self.pair(rule, p, house, hit.span, status, None, rule.precision * 0.85);
        }
        true
    }

    /// For a clause that names only who acts: the house that the clause after opens with (`获 A 的青睐，B 累计融资…`).
    pub(super) fn told_next(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let next = view.clauses.get(clause + 1)?;
        let first = view.groups.iter().position(|g| g.clause == clause + 1)?;
        let group = &view.groups[first];
        let opens = view.between(next.start, group.span.start).chars().count() <= 3;
        let bare =
            view.groups.iter().all(|g| g.clause != clause || g.marker != Marker::Bare || g.span.start > hit.span.end);
        (!view.latin
            && clause == 0
            && self.extractor.traits(hit.rule).deal
            && opens
            && bare
            && group.marker == Marker::Bare
            && group.members.len() == 1
            && !self.deals(first, hit)
            && group.fits(kinds))
        .then_some(first)
    }

    /// `A和B的加入为C带来…`: an arrival that stands as a noun, with the house behind it. Whether it was one.
    pub(super) fn arrival(&mut self, hit: &Hit<'d>) -> bool {
        let (rule, view) = (hit.rule, self.view);
        let trigger = view.between(hit.span.start, hit.span.end);
        if view.latin || !rule.moves || rule.swap || !trigger.starts_with('的') {
            return false;
        }
        let closes = |g: &Group| {
            let gap = view.between(g.span.end, hit.span.start);
            g.kind == EntityKind::Person
                && g.span.end <= hit.span.start
                && gap.chars().count() <= 6
                && !gap.contains('，')
        };
        let house = |g: &&Group| {
            let gap = view.between(hit.span.end, g.span.start);
            g.span.start >= hit.span.end
                && g.fits(rule.object)
                && gap.chars().count() <= FAR
                && !gap.contains(['。', '；'])
        };
        let person = view.groups.iter().rev().find(|g| closes(g)).cloned();
        let house = view.groups.iter().find(house).cloned();
        let (Some(person), Some(house)) = (person, house) else {
            self.miss(hit, || "no house that somebody came to".into());
            return true;
        };
        let Some(status) = self.status_of(hit) else { return true };
        let status = if status == Status::Rumored { status } else { Status::Asserted };
        let persons = self.listed(&person);
        self.claim(rule, &persons, &house, hit.span, status, rule.precision);
        true
    }
}
