//! What a trigger's own words and those around it say before its ends are looked for: whether it counts at all, and how what it
//! states stands.

use super::extract::{Hit, Scene};
use super::sentence::Marker;
use crate::dictionary::relations::Construction;
use crate::find::{self, has, starts};
use crate::schema::Status;

impl<'d> Scene<'_, 'd> {
    pub(super) fn status_of(&mut self, hit: &Hit<'d>) -> Option<Status> {
        match self.extractor.status.of_event(self.view, hit.span, !self.extractor.traits(hit.rule).planless) {
            None => {
                self.miss(hit, || "the sentence only asks or supposes".into());
                None
            }
            Some((Status::Asserted, _)) => {
                let start = self.view.clauses[self.view.clause_at(hit.span.start)].start;
                // "previously led sales at Acme", "Before founding Acme, she led"
                let lead = self.view.between(self.view.span.start, hit.span.start);
                let clause = self.view.between(start, hit.span.start);
                if !self.view.latin && hit.rule.is(Construction::Pair) && super::shared::denied(clause) {
                    return Some(Status::Negated);
                }
                if self.view.latin
                    && self.extractor.traits(hit.rule).past
                    && hit.rule.status.is_none()
                    && !hit.rule.moves
                    && (clause.contains("previously")
                        || clause.ends_with("had ") && !hit.rule.titled && !hit.rule.swap
                        || clause.ends_with("used to ")
                        || clause.contains("formerly")
                        || ["Before ", "Prior to ", "Previously", "Formerly"]
                            .iter()
                            .any(|b| find::starts(lead.trim_start(), b)))
                {
                    return Some(Status::Ended);
                }
                if self.view.latin && hit.rule.status.is_none() && self.is_to(hit, clause) {
                    return Some(Status::Planned);
                }
                // "在浪潮工作过", "先后供职于A、B"
                let past = || {
                    let trigger = self.view.between(hit.span.start, hit.span.end);
                    let after = self.view.between(hit.span.end, self.view.span.end);
                    after.starts_with('过')
                        || trigger.ends_with('过')
                        || trigger.starts_with("短暂")
                        || (trigger.ends_with('于') || hit.rule.moves && after.starts_with('，'))
                            && self.view.between(start, hit.span.start).ends_with("先后")
                };
                // "曾在A工作的B加入了C": 曾 is of what B did before
                let before = |h: &Hit<'d>| {
                    let rest = self.view.between(h.span.end, hit.span.start);
                    h.rule.is(Construction::Verb)
                        && h.span.start >= start
                        && self.view.between(start, h.span.start).contains('曾')
                        && super::verb::past_years(rest).starts_with('的')
                };
                let of_relative = !self.view.latin && hit.rule.moves && self.hits.iter().any(before);
                let once = self.extractor.traits(hit.rule).past
                    && (!of_relative && self.extractor.status.once(self.view.between(start, hit.span.start))
                        || !self.view.latin && (past() || self.before_that(hit, start)));
                Some(hit.rule.status.unwrap_or(if once { Status::Ended } else { Status::Asserted }))
            }
            // "终止收购A": a takeover that is called off
            Some((Status::Ended, _)) if !self.view.latin && self.called_off(hit) => Some(Status::Negated),
            Some((status, _)) => Some(status),
        }
    }

    /// The verb is part of a noun (`开发者`), or lacks the company that its rule asks for.
    pub(super) fn void(&mut self, hit: &Hit<'d>) -> bool {
        let after = self.view.between(hit.span.end, self.view.span.end);
        let named = self.view.groups.iter().any(|g| g.span.start == hit.span.end);
        // "运营着风险投资公司": an aspect mark closes the verb
        let closed = self.view.between(hit.span.start, hit.span.end).ends_with(['着', '了', '过']);
        if !self.view.latin
            && !named
            && !closed
            && self.extractor.noun_tails.at_start(after)
            // "合作期间": while they did; "提供价值三亿元的算力"
            && !after.starts_with("期间")
            && !after.starts_with("价值")
        {
            self.miss(hit, || "the word is part of a noun".into());
            return true;
        }
        let lead = self.view.between(self.view.span.start, hit.span.start);
        if let Some(word) = hit.rule.not_after.iter().find(|w| find::ends(lead, w)) {
            self.miss(hit, || format!("the word before is {word}"));
            return true;
        }
        if !hit.rule.without.is_empty() {
            let at = self.view.clause_at(hit.span.start).saturating_sub(1);
            let told = self.view.between(self.view.clauses[at].start, hit.span.start);
            if let Some(word) = hit.rule.without.iter().find(|w| has(told, w)) {
                self.miss(hit, || format!("what it tells of is {word}"));
                return true;
            }
        }
        if let Some(word) = hit.rule.not_before.iter().find(|w| starts(after, w)) {
            self.miss(hit, || format!("the word after is {word}"));
            return true;
        }
        // "超过130万块": a number is what is passed
        if self.extractor.traits(hit.rule).compared
            && hit.rule.is(Construction::Verb)
            // "较A提升了20%": by how much
            && !hit.rule.than
            && after.trim_start_matches(['了', '约', '近']).starts_with(|c: char| c.is_ascii_digit())
            // "超过72B的Qwen": how large it is
            && !after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').starts_with(['B', 'b'])
            && !named
        {
            self.miss(hit, || "a number is its object".into());
            return true;
        }
        // "对B的挑战", "X的运用是": a noun, which only deals and suits are told by
        if hit.rule.is(Construction::Verb)
            && !hit.rule.marked
            && self.extractor.traits(hit.rule).verbal
            && lead.ends_with('的')
            // "最大的竞争来自B", "A的价格是B的十分之一": the noun is the trigger's own
            && !["来自", "是", "为", "包括", "有"].iter().any(|w| self.view.between(hit.span.start, hit.span.end).ends_with(w))
            // "对Gemini的超越"
            && !(self.extractor.traits(hit.rule).compared
                && self.view.groups.iter().any(|g| g.marker == Marker::Dative && g.span.end + 3 == hit.span.start))
        {
            self.miss(hit, || "the verb stands as a noun after 的".into());
            return true;
        }
        if !hit.rule.with.is_empty() {
            let at = self.view.clause_at(hit.span.start);
            let clause = self.view.clause(at);
            // "与A相比，B更强": the clause after says how
            let next = at + 1 < self.view.clauses.len()
                && !self.view.latin
                && (self.extractor.traits(hit.rule).compared || hit.rule.agent || hit.rule.moves)
                && match hit.rule.construction {
                    // "获得A的青睐，累计融资4亿美元", "A的加入，则为B带来"
                    _ if hit.rule.agent || hit.rule.moves => true,
                    Construction::Pair => self.view.between(hit.span.end, self.view.clauses[at].end).trim().is_empty(),
                    _ => self.view.between(self.view.clauses[at].start, hit.span.start).chars().count() <= 2,
                };
            let next = if next { self.view.clause(at + 1) } else { "" };
            // "has secured $5 million in funding, led by A", "In a lawsuit, A accused B": the clause before says in what
            // "完成了新一轮融资，由A主导"
            let deal = self.extractor.traits(hit.rule).deal && (self.view.latin || clause.starts_with('由'));
            let before = if deal { at.checked_sub(1) } else { None };
            let before = before.map_or("", |b| self.view.clause(b));
            let said = |w: &String| [clause, next, before].iter().any(|c| has(c, w));
            if !hit.rule.with.iter().any(said) {
                self.miss(hit, || format!("the clause has none of {}", hit.rule.with.join(", ")));
                return true;
            }
        }
        false
    }

    /// Whether English words end with one that another end must follow.
    pub(super) fn introduces(&self, hit: &Hit<'d>) -> bool {
        let last = self.view.between(hit.span.start, hit.span.end).rsplit(' ').next().unwrap_or_default();
        matches!(last, "by" | "as" | "like" | "including" | "include" | "with" | "of" | "from" | "them" | "on")
    }
}
