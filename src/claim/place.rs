//! Where something is done, or what it is done upon: 在 before a group, 上 behind it.

use super::extract::{Hit, Scene};
use super::sentence::Group;
use crate::find;

impl Scene<'_, '_> {
    /// `在浪潮`, `在2048块英伟达 H800 上`: whether 在 stands before a group, or before its maker.
    pub(super) fn stands_in(&self, group: usize) -> bool {
        let view = self.view;
        let first = group.checked_sub(1).filter(|&m| view.groups[m].makes_next).unwrap_or(group);
        let clause = view.clauses[view.groups[group].clause].start;
        let from = first.checked_sub(1).map_or(clause, |p| view.groups[p].span.end.max(clause));
        let lead = view.between(from, view.groups[first].span.start);
        !view.latin
            && lead.rfind('在').is_some_and(|at| {
                let gap = &lead[at + '在'.len_utf8()..];
                let word = ["存", "正", "现", "潜", "所", "内", "外", "旨"].iter().any(|w| find::ends(&lead[..at], w));
                gap.chars().count() <= 8 && !gap.contains(['的', '与', '和', '跟', '从', '年']) && !word
            })
    }

    /// `对A进行开发`: what the work is done on, not whom it is for.
    pub(super) fn worked_on(&self, group: usize) -> bool {
        let view = self.view;
        let lead = view.between(view.clauses[view.groups[group].clause].start, view.groups[group].span.start);
        let at = |w: char| lead.rfind(w);
        at('对') > at('向').max(at('为')).max(at('给'))
    }

    /// `在昇腾910B芯片上`: whether a place is what something runs on.
    pub(super) fn upon(&self, group: &Group) -> bool {
        let after = self.view.between(group.span.end, self.view.span.end);
        let after = after.strip_prefix("不相上下").unwrap_or(after);
        after.char_indices().take(5).any(|(at, c)| c == '上' && !after[..at].contains(['，', ',', '、', '的']))
    }

    /// `在Hugging Face开源了`, `在A的加持下`: whether the trigger follows a place at once.
    pub(super) fn at_once(&self, group: usize, hit: &Hit) -> bool {
        let gap = self.view.between(self.view.groups[group].span.end, hit.span.start);
        let behind = hit.rule.swap && gap.chars().count() <= 10 && !gap.contains('的');
        !self.view.latin
            && (behind
                || matches!(gap.trim(), "" | "上" | "社区" | "平台" | "平台上" | "社区上" | "的" | "中" | "首次"))
    }

    /// `对当前由A和B主导的市场构成挑战`: whether the field that is attacked is told to be held by a group.
    pub(super) fn holds_field(&self, group: usize, hit: &Hit) -> bool {
        let g = &self.view.groups[group];
        let lead = self.view.between(self.view.clauses[g.clause].start, g.span.start);
        let rest = self.view.between(g.span.end, hit.span.start);
        !self.view.latin
            && self.extractor.traits(hit.rule).compared
            && lead.rfind('对').is_some_and(|at| lead.ends_with('由') && lead[at..].chars().count() <= 6)
            && ["主导的", "垄断的", "把持的", "统治的", "占据的", "掌控的"].iter().any(|w| rest.contains(w))
    }
}
