//! What changes hands: who holds it (`将 A 持有的 B 股权转让给 C`), whose marker it then takes, how much of it, and where
//! it is put.

use super::extract::{Hit, Scene};
use super::marker::marker;
use super::phrase::QUOTES;
use super::sentence::{Group, Marker, View};
use crate::dictionary::Openers;
use crate::dictionary::relations::{Construction, Rule};
use crate::find;
use crate::schema::Status;
use crate::span::Span;

/// Words between who holds something and what is held.
const HOLDS: &[&str] = &[
    "持有",
    "持有的",
    "所持有的",
    "所持有",
    "所持的",
    "所持",
    "直接持有的",
    "间接持有的",
    "合计持有的",
    "手中持有的",
    "手中所持",
    "手中的",
    "手中",
    "拥有的",
    "所拥有的",
    "控制的",
];

/// Words for what is one's own, between 将 and the name of it.
const OWN: &[&str] = &["所持", "持有", "拥有", "旗下", "下属", "手中", "全资", "控股", "参股"];

/// Most characters of such words.
const LONGEST_LEAD: usize = 24;

/// Most characters between a verb and its object's name for which a marker before the verb is none of the object's.
const NEAR: usize = 2;

/// Gives what is held the marker that stands before its holder: in `将A持有的B股权转让给C` it is B that is put there.
/// And takes from a verb's object the marker that belongs to the words before the verb: `向法院起诉B`, `获准收购B`.
pub(super) fn settle_markers(view: &mut View, hits: &[Hit], noun_tails: &Openers) {
    if view.latin {
        return;
    }
    for i in 0..view.groups.len() {
        let group = &view.groups[i];
        let clause = view.clauses[group.clause];
        let from = i.checked_sub(1).map_or(clause.start, |p| view.groups[p].span.end.max(clause.start));
        if matches!(group.marker, Marker::Agent | Marker::Dative | Marker::Means) {
            let verb = hits.iter().rev().find(|h| {
                h.rule.is(Construction::Verb)
                    && h.span.start > from
                    && h.span.end <= group.span.start
                    && marker(view.between(h.span.start, h.span.end), false) == Marker::Bare
            });
            let after = verb.map(|h| view.between(h.span.end, group.span.start));
            if let Some(after) = after.filter(|a| {
                !a.starts_with('的') && a.chars().count() <= NEAR
                    && !a.contains(['、', '，', ','])
                    // "与投资机构B": a noun for what it is
                    && !noun_tails.at_start(a)
            }) {
                view.groups[i].marker = marker(after, false);
            }
        }
        // "获得来自A、B的融资": they give it
        let group = &view.groups[i];
        let lead = view.between(from, group.span.start).trim_end_matches(QUOTES);
        if group.marker == Marker::Source
            && lead.ends_with("来自")
            && ["获", "得到", "拿到", "收到", "迎来", "引入", "吸引"].iter().any(|w| lead.contains(w))
        {
            view.groups[i].marker = Marker::Agent;
        }
        // "以A利用B提高效率为例": what is told for an example
        let group = &view.groups[i];
        if group.marker == Marker::Means
            && view.between(from, group.span.start).ends_with('以')
            && view.between(group.span.end, clause.end).trim_end().ends_with("为例")
            && hits
                .iter()
                .any(|h| h.rule.is(Construction::Verb) && h.span.start >= group.span.end && h.span.end <= clause.end)
        {
            view.groups[i].marker = Marker::Bare;
        }
        // "将所持30%的B股权转让": 的 parts the marker from the name
        let group = &view.groups[i];
        let before = view.between(from, group.span.start);
        if group.marker == Marker::Bare
            && let Some(at) = before.rfind(['将', '把'])
            && marker(&before[..at + '将'.len_utf8()], false) == Marker::Patient
            && before[at..].chars().count() <= LONGEST_LEAD
            && !before[at..].contains(['，', ',', '、'])
            && OWN.iter().any(|w| before[at..].contains(w))
        {
            view.groups[i].marker = Marker::Patient;
        }
        // what is held, by name or not, is what the marker is of
        let group = &view.groups[i];
        let held = view.between(group.span.end, view.span.end).trim_start_matches(QUOTES);
        if matches!(group.marker, Marker::Patient | Marker::Dative) && HOLDS.iter().any(|h| find::starts(held, h)) {
            let marker = group.marker;
            let named = view.groups.get(i + 1).is_some_and(|next| {
                HOLDS.contains(&view.between(group.span.end, next.span.start).trim_matches(QUOTES))
            });
            view.groups[i].marker = Marker::Bare;
            if named {
                view.groups[i + 1].marker = marker;
            }
        }
    }
}

impl Scene<'_, '_> {
    /// `Acme led Orbis's round; other investors included Halden`: those who join in a deal do so in what the first of them took part
    /// in, not in that one.
    pub(super) fn joined_in(&mut self) {
        const JOINS: [&str; 6] =
            ["other investors", "Other investors", "participation", "joined by", "also participated", "other backers"];
        let (found, view) = (self.found, self.view);
        let entity = |m: usize| found.mentions[m].entity;
        for i in 0..self.out.len() {
            let f = &self.out[i];
            let near = f.trigger.start.saturating_sub(24).max(view.span.start);
            let near = (near..=f.trigger.start).find(|&at| view.text.is_char_boundary(at as usize));
            let words = near.map_or("", |at| view.between(at, f.trigger.end));
            if !view.latin || !self.extractor.traits(f.rule).deal || !JOINS.iter().any(|j| words.contains(j)) {
                continue;
            }
            let first = self.out.iter().find(|g| {
                g.rule.relation == f.rule.relation
                    && g.trigger.start < f.trigger.start
                    && entity(g.subject) == entity(f.object)
                    && entity(g.object) != entity(f.subject)
            });
            if let Some(object) = first.map(|g| g.object) {
                self.out[i].object = object;
            }
        }
    }
}

impl<'d> Scene<'_, 'd> {
    /// `即使是A和B，也未能收购这家新公司`: none of those named is meant, so the house that the article is about.
    pub(super) fn of_main(&mut self, rule: &'d Rule, subject: &Group, hit: Span, status: Status, confidence: f32) {
        let Some(main) = self.topic.main.filter(|&m| self.fits(m, rule.object)) else { return };
        let entity = |m: usize| self.found.mentions[m].entity;
        if !subject.members.iter().any(|&m| entity(m) == entity(main)) {
            for &s in &subject.members {
                self.pair(rule, s, main, hit, status, None, confidence * 0.7);
            }
        }
    }

    /// `终止收购A`: whether what is over is a deed that is done once.
    pub(super) fn called_off(&self, hit: &Hit<'d>) -> bool {
        let traits = self.extractor.traits(hit.rule);
        traits.deal && traits.whole && hit.rule.status.is_none()
    }

    /// `A也迎来了多家机构的领投`: whether a house before a verb of a round is the one that raises it.
    pub(super) fn raises(&self, group: &Group, hit: &Hit<'d>) -> bool {
        const GETS: [&str; 9] = ["迎来", "获得", "完成", "拿到", "收到", "引入", "获", "得到", "宣布获"];
        let between = self.view.between(group.span.end, hit.span.start);
        !self.view.latin
            && hit.rule.topic
            && !hit.rule.swap
            && self.extractor.traits(hit.rule).deal
            && between.chars().count() >= 4
            && GETS.iter().any(|g| between.contains(g))
    }

    /// `在 B 的持股`: what stands after 在 and has the trigger.
    pub(super) fn held_in(&self, group: usize, hit: &Hit<'d>) -> bool {
        let here = &self.view.groups[group];
        let lead = self.view.between(self.view.clauses[here.clause].start, here.span.start);
        let between = self.view.between(here.span.end, hit.span.start);
        let of =
            between == "的" || between.is_empty() && self.view.between(hit.span.start, hit.span.end).starts_with('的');
        !self.view.latin && of && lead.ends_with('在')
    }

    /// The status of what an attribute takes for granted: in `拟转让所持 B 股份` and `没有出售所持 B 股份` it is the sale
    /// that is planned or denied.
    pub(super) fn granted(&self, hit: &Hit<'d>, status: Status) -> Status {
        let trigger = self.view.between(hit.span.start, hit.span.end);
        let attribute =
            !self.view.latin && (trigger.starts_with("所持") || trigger.starts_with("持有") && trigger.ends_with('的'));
        match status {
            Status::Planned | Status::Negated if attribute => Status::Asserted,
            s => s,
        }
    }

    /// Of a share in the object that the words tell, whether it is less than half: `收购 B 49%的股份`. Shares
    /// without a number are, unless they are called 股权.
    pub(super) fn minor_share(&self, hit: &Hit<'d>, object: &Group) -> Option<bool> {
        // "对A投资（收购其49%的股权）"
        let own = self.view.between(hit.span.end, self.view.span.end).strip_prefix('其');
        let after = own.unwrap_or_else(|| self.view.between(object.span.end, self.view.span.end));
        let after = after.split(['，', ',', '。', '；', '、']).next().unwrap_or_default();
        let head = ["股权", "股份", "权益", "股票", "控制权"].iter().find_map(|h| after.find(h).map(|at| (*h, at)))?;
        if after[..head.1].chars().count() > 14 {
            return None;
        }
        let before = self.view.between(hit.span.end, object.span.start);
        let words = format!("{before}{}", &after[..head.1]);
        let number = |w: &str| {
            let at = w.find(['%', '％'])?;
            let digits = w[..at].trim_end_matches(' ');
            let from = digits
                .rfind(|c: char| !c.is_ascii_digit() && c != '.')
                .map_or(0, |i| i + digits[i..].chars().next().map_or(1, char::len_utf8));
            digits[from..].parse::<f32>().ok()
        };
        Some(match number(&words) {
            Some(share) => share < 50.0,
            None if ["控股", "全部", "多数", "过半", "剩余", "余下"].iter().any(|m| words.contains(m)) => {
                false
            }
            None if ["近半", "部分", "少数", "分之"].iter().any(|m| words.contains(m)) => true,
            None if words.contains(['%', '％']) => false,
            None => head.0 != "股权" && head.0 != "控制权",
        })
    }

    /// `将 B 接入 C`, *integrates B into C*: C takes B. Whether that was all.
    pub(super) fn put_into(
        &mut self,
        hit: &Hit<'d>,
        before: &[usize],
        after: &[usize],
        subject: Option<usize>,
        weight: f32,
    ) -> bool {
        let (rule, view) = (hit.rule, self.view);
        if !(rule.swap || rule.into) {
            return false;
        }
        let near = |from: u32, to: u32| view.between(from, to).chars().count() <= 16;
        // "A将AI能力融入其业务": what is put there has no name
        let from =
            before.first().map_or(view.clauses[view.clause_at(hit.span.start)].start, |&g| view.groups[g].span.end);
        let lead = view.between(from, hit.span.start);
        const PUT: [&str; 8] = ["能力", "技术", "模型", "功能", "数据", "服务", "算法", "智能体"];
        let unnamed = || lead.rfind(['将', '把']).is_some_and(|at| PUT.iter().any(|p| lead[at..].contains(p)));
        if rule.into && !view.latin && unnamed() {
            self.miss(hit, || "what is put there has no name".into());
            return true;
        }
        let patient = |g: &usize| view.groups[*g].marker == Marker::Patient;
        let fitting = before.iter().copied().find(|g| patient(g) && view.groups[*g].fits(rule.object));
        let of_it = |g: usize| rule.if_head.is_empty() || self.head_after(&view.groups[g], &rule.if_head).is_some();
        // "将A的技术整合进B": the house is not put there itself
        if rule.into && !view.latin && before.iter().any(patient) && !fitting.is_some_and(of_it) {
            self.miss(hit, || "what is put there is something of it".into());
            return true;
        }
        // "把A整合进自家系统": nobody takes it but who does it
        let rest = view.between(hit.span.end, view.span.end);
        let into_own =
            rule.into && ["其", "自家", "自身", "自己", "自有", "旗下", "公司"].iter().any(|o| find::starts(rest, o));
        let actor = subject.or_else(|| self.subject_before(before, rule.subject, hit)).filter(|_| into_own);
        if let (false, Some(put), Some(actor)) = (view.latin, fitting, actor)
            && actor != put
            && view.groups[actor].fits(rule.subject)
            && !after.iter().any(|&g| !self.pronoun(&view.groups[g]) && near(hit.span.end, view.groups[g].span.start))
        {
            let Some(status) = self.status_of(hit) else { return true };
            let (p, a) = (view.groups[put].clone(), view.groups[actor].clone());
            self.claim(rule, &a, &p, hit.span, status, weight);
            return true;
        }
        let put = fitting
            .zip(
                after
                    .iter()
                    .copied()
                    // "整合至其办公套件A": the thing, not whose it is
                    .find(|&g| !view.groups[g].makes_next)
                    .filter(|&g| near(hit.span.end, view.groups[g].span.start)),
            )
            .or_else(|| match after {
                [put, taker, ..]
                    if view.latin
                        && view
                            .between(view.groups[*put].span.end, view.groups[*taker].span.start)
                            .trim_start()
                            .starts_with("into ") =>
                {
                    Some((*put, *taker))
                }
                _ => None,
            });
        let Some((put, taker)) = put.filter(|&(_, t)| view.groups[t].fits(rule.subject)) else { return false };
        // "将B的专利卖给C", "将B 20%的股份转让给C": what is put there is not B itself
        if let Some(head) = self.head_after(&view.groups[put], &rule.unless_head) {
            self.miss(hit, || format!("what is put there is its {head}"));
            return true;
        }
        if rule.minor.is_some_and(|m| self.minor_share(hit, &view.groups[put]).is_some_and(|is| is != m)) {
            self.miss(hit, || "another share of the object".into());
            return true;
        }
        let Some(status) = self.status_of(hit) else { return true };
        let (p, t) = (view.groups[put].clone(), view.groups[taker].clone());
        self.claim(rule, &t, &p, hit.span, status, weight);
        // whoever does it has it too
        if let Some(actor) = subject.filter(|&a| rule.into && a != put && view.groups[a].fits(rule.subject)) {
            let actor = view.groups[actor].clone();
            self.claim(rule, &actor, &p, hit.span, status, weight * 0.9);
        }
        true
    }
}
