//! How a name stands among the words around it, whatever verb asks: left behind, part of another name's clause, spoken for by
//! what it has.

use super::extract::{Hit, Scene};
use super::sentence::{Group, Marker};
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, KindSet};

/// Parts of a firm that act for it.
pub(super) const METONYMS: &[&str] = &[
    "团队",
    "研究团队",
    "研究人员",
    "研究者",
    "学者",
    "工程师",
    "工程师团队",
    "实验室",
    "部门",
    "子公司",
    "科学家",
    "研究员",
    "管理层",
    "高层",
    "官方",
    "履历",
    "职业履历",
    "职业生涯",
    "经历",
    "简历",
    "学术生涯",
    "背景",
];

impl<'d> Scene<'_, 'd> {
    /// Whether 前 or 原 stands before a house, so that those are told of who left it.
    pub(super) fn left_behind(&self, group: &Group) -> bool {
        let lead = self.view.between(self.view.span.start, group.span.start);
        !self.view.latin
            && group.kind != EntityKind::Person
            && lead.ends_with(['前', '原'])
            && !["此前", "目前", "之前", "日前", "先前", "以前", "年前", "月前", "天前", "当前", "提前", "眼前"]
                .iter()
                .any(|w| find::ends(lead, w))
    }

    /// Whether a house only says who makes the product after it, which may be the end itself.
    pub(super) fn only_makes(&self, group: &Group, hit: &Hit<'d>) -> bool {
        let relation = self.extractor.dictionary.schema.get(hit.rule.relation);
        group.makes_next && relation.subject.has(EntityKind::Product) && relation.object.has(EntityKind::Product)
    }

    /// Whether a group only belongs to a clause before the name that is meant: `亚马逊支持的 Anthropic`.
    pub(super) fn modifies(&self, group: usize, kinds: KindSet) -> bool {
        let view = self.view;
        let (here, Some(next)) = (&view.groups[group], view.groups.get(group + 1)) else { return false };
        let between = view.between(here.span.end, next.span.start);
        let t = between.trim_end_matches(['“', '"', '《', ' ']);
        next.clause == here.clause
            && next.fits(kinds)
            && t.ends_with('的')
            && t.chars().count() <= 7
            && !t.contains(['，', ',', '、', '。'])
            // "A使用自研的B": no clause before B
            && !["自研的", "自家的", "自有的", "开源的", "最新的", "全新的"].iter().any(|w| find::ends(t, w))
    }

    /// Whether what a possessor holds acts for it (`商汤的团队`, `M1 的表现`).
    pub(super) fn stands_for(&self, group: &Group) -> bool {
        let after = self.view.between(group.span.end, self.view.span.end);
        let noun = after.trim_start_matches(['”', '"', '」', '》', ' ', '的']);
        let noun = noun.strip_prefix("'s ").or_else(|| noun.strip_prefix("’s ")).unwrap_or(noun);
        METONYMS.iter().any(|m| find::starts(noun, m))
    }

    /// Whether what stands after 从 or from may be the object: it may be left, spun off, graduated from, but
    /// nobody joins, rivals or buys it.
    pub(super) fn counts_from(&self, hit: &Hit<'d>) -> bool {
        hit.rule.status.is_some() || !self.extractor.traits(hit.rule).unsourced
    }

    /// Whether a group is 其, its, his, her: a holder without 的.
    pub(super) fn pronoun(&self, group: &Group) -> bool {
        matches!(self.found.mentions[group.members[0]].how, How::Coreference("其" | "its" | "our" | "his" | "her"))
    }

    pub(super) fn subject_in_clause(&self, clause: usize, hit: &Hit<'d>, kinds: KindSet) -> Option<usize> {
        self.view.groups.iter().position(|g| {
            g.clause == clause
                && g.span.end <= hit.span.start
                && g.fits(kinds)
                && g.marker == Marker::Bare
                && !matches!(self.found.mentions[g.members[0]].how, How::Short)
        })
    }
}
