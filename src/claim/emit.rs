//! A verb's ends as claims: the role that says more than a hire, who of two lists goes with whom, and all that a list
//! goes on with.

use super::extract::{Hit, Scene};
use super::sentence::Group;
use crate::dictionary::relations::Construction;
use crate::schema::{EntityKind, Status};

impl<'d> Scene<'_, 'd> {
    /// Adds what a verb states of a subject and an object.
    pub(super) fn emit(&mut self, hit: &Hit<'d>, s: &Group, o: &Group, status: Status, weight: f32) {
        let rule = hit.rule;
        // "首席科学家A、副总裁B先后加入": persons listed over their roles
        let (s, o) = (&self.listed(s), &self.listed(o));
        let (s, o) = if rule.swap { (o, s) } else { (s, o) };
        if self.view.latin && rule.status == Some(Status::Ended) && self.ends_role(rule, s, o) {
            return;
        }
        // "任命徐立为CEO", "promotes X to Partner": the role says more than the hire
        // "joins Acme as CEO": behind the house
        let joined = rule.moves && self.view.latin && rule.status.is_none();
        let behind = if joined { s.span.end.max(o.span.end) } else { s.span.end };
        if (rule.titled || joined) && s.kind == EntityKind::Person {
            let role = self.hits.iter().find(|h| {
                h.rule.is(Construction::Role) && self.extractor.outranks(h.rule, rule) && h.span.start >= behind && {
                    let between = self.view.between(behind, h.span.start);
                    let between = super::english_role::beyond_career(between);
                    let t = between.trim().to_lowercase();
                    let t = t.as_str();
                    between.chars().count() <= 24
                        && (t.is_empty() && self.view.latin && !joined
                            || ["为", "担任", "出任", "任", "to", "as", "as its", "as the", "its", "the"]
                                .iter()
                                .any(|w| t == *w || t.starts_with(w)))
                        && !t.contains(['，', '。', ','])
                }
            });
            if let Some(role) = role.copied() {
                for &p in &s.members {
                    for &h in &o.members {
                        self.pair(role.rule, p, h, hit.span, status, Some(role.span), weight);
                    }
                }
                return;
            }
        }
        // 分别: the first with the first, the second with the second
        let clause = match self.view.latin {
            true => self.view.between(hit.span.start, self.view.span.end),
            false => self.view.clause(self.view.clause_at(hit.span.start)),
        };
        if s.members.len() == o.members.len()
            && s.members.len() > 1
            && (clause.contains("分别") || clause.contains("respectively"))
        {
            for (&a, &b) in s.members.iter().zip(&o.members) {
                self.pair(rule, a, b, hit.span, status, None, weight);
            }
            return;
        }
        self.claim(rule, s, o, hit.span, status, weight);
    }
}
