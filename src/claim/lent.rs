//! What is taken for something else in Chinese: the technology that one takes to serve a product (`采用A的技术为B提供支持`
//! states that B uses A).

use super::extract::{Hit, Scene};
use super::phrase::whole;
use crate::dictionary::relations::Construction;

impl<'d> Scene<'_, 'd> {
    /// For a product that something is done for, and nothing named does it: what a verb of use before takes. Whether there
    /// was such a verb.
    pub(super) fn lent(&mut self, hit: &Hit<'d>, served: usize) -> bool {
        let (view, traits) = (self.view, self.extractor.traits(hit.rule));
        if view.latin || !hit.rule.swap || !hit.rule.marked || !traits.possessed || traits.compared {
            return false;
        }
        let (clause, to) = (view.groups[served].clause, view.groups[served].span.start);
        let used = self.hits.iter().rev().find_map(|h| {
            let uses = h.rule.is(Construction::Verb)
                && h.rule.relation == hit.rule.relation
                && !h.rule.swap
                && !h.rule.marked
                && h.span.end <= to
                && view.clause_at(h.span.start) == clause;
            let taken = view.groups.iter().position(|g| g.span.start >= h.span.end).filter(|_| uses)?;
            let group = &view.groups[taken];
            let near = view.between(h.span.end, group.span.start).chars().count() <= 6;
            let headed = h.rule.if_head.is_empty() || self.head_after(group, &h.rule.if_head).is_some();
            (near && headed && taken != served && group.span.end <= to && group.fits(h.rule.object))
                .then_some((*h, taken))
        });
        let Some((taker, taken)) = used else { return false };
        // "正考虑采用A的技术为B提供支持": it is the taking that is planned
        let Some(status) = self.status_of(&taker) else { return true };
        let rule = taker.rule;
        let (product, taken) = (view.groups[served].clone(), whole(view, taken, true));
        self.claim(rule, &product, &taken, hit.span, status, rule.precision * 0.9);
        true
    }
}
