//! Pairs and relational nouns: `A 与 B 合作`, `A 的竞争对手 B`, `B 是 A 的供应商`.

use super::arguments::REACH;
use super::extract::{Hit, Scene};
use super::sentence::Marker;
use crate::schema::Status;

impl<'d> Scene<'_, 'd> {
    /// `A 的竞争对手 B`, `B 是 A 的供应商`: A holds, B fills.
    pub(super) fn noun(&mut self, hit: &Hit<'d>) {
        if !hit.rule.with.is_empty() && self.void(hit) {
            return;
        }
        let rule = hit.rule;
        let (filler_kinds, holder_kinds) =
            if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        let view = self.view;
        let trigger = view.between(hit.span.start, hit.span.end);
        let of = trigger.ends_with(" of") || trigger.ends_with(" by");
        // the holder: right before the noun, or after "of"
        let holder = if of || view.between(hit.span.end, view.span.end).trim_start().starts_with("of ") {
            view.groups.iter().position(|g| {
                g.span.start >= hit.span.end
                    && g.fits(holder_kinds)
                    && view.between(hit.span.end, g.span.start).chars().count() <= 8
            })
        } else {
            view.groups.iter().rposition(|g| g.span.end <= hit.span.start).filter(|&g| {
                let group = &view.groups[g];
                let between = view.between(group.span.end, hit.span.start);
                let t = between.trim_matches([' ', '”', '"', '“']);
                let its = self.pronoun(group);
                group.fits(holder_kinds)
                    && (its
                        || (t.ends_with('的') && t.chars().count() <= 12)
                        || t.is_empty()
                        || t.starts_with('的')
                        || t.starts_with("'s")
                        || t.starts_with("’s"))
                    && t.chars().count() <= 9
                    && !t.contains(['，', '、', '。'])
            })
        };
        let filler_after = view.groups.iter().position(|g| g.span.start >= hit.span.end).filter(|&g| {
            let between = view.between(hit.span.end, view.groups[g].span.start);
            let t = between.trim_matches([' ', '“', '”', '"', '「', '《', '：', ':', ',']);
            view.groups[g].fits(filler_kinds)
                && (t.is_empty()
                    || matches!(
                        t,
                        "包括"
                            | "为"
                            | "是"
                            | "有"
                            | "——"
                            | "如"
                            | "——如"
                            | "则是"
                            | "就是"
                            | "还有"
                            | "分别为"
                            | "包括了"
                            | "即"
                            | "includes"
                            | "include"
                            | "such as"
                            | "like"
                            | "including"
                            | "（"
                            | "("
                            | "涵盖"
                            | "中的"
                            | "，如"
                            | "，包括"
                            | "例如"
                            | "中有"
                            | "主要包括"
                            | "之一"
                    ))
        });
        let mut weight = rule.precision;
        let holder = match holder {
            Some(h) => Some(h),
            None if filler_after.is_some() => {
                let clause = view.clause_at(hit.span.start);
                self.subject_in_clause(clause, hit, holder_kinds)
                    .or_else(|| self.carried(clause, holder_kinds, hit, &mut weight))
            }
            None => None,
        };
        // "不如微软、谷歌等竞争对手": they fill the noun, the subject or the topic holds it
        let listed = view.groups.iter().rposition(|g| g.span.end <= hit.span.start).filter(|&g| {
            let t = view.between(view.groups[g].span.end, hit.span.start).trim();
            view.groups[g].fits(filler_kinds) && t.starts_with('等') && t.chars().count() <= 7
        });
        if let Some(listed) = listed
            && filler_after.is_none()
        {
            let f = view.groups[listed].clone();
            let clause = view.clause_at(hit.span.start);
            let subject = view.groups.iter().position(|g| {
                g.clause == clause
                    && g.span.end <= f.span.start
                    && g.fits(holder_kinds)
                    && matches!(g.marker, Marker::Bare)
            });
            let subject = subject.or_else(|| self.carried(clause, holder_kinds, hit, &mut weight));
            let holder = match subject {
                Some(s) => Some(view.groups[s].members[0]),
                None => self.topic.house.or(self.topic.main),
            };
            let Some(holder) = holder.filter(|&h| self.fits(h, holder_kinds)) else { return };
            let Some(status) = self.status_of(hit) else { return };
            for &filler in &f.members {
                let (s, o) = if rule.swap { (holder, filler) } else { (filler, holder) };
                self.pair(rule, s, o, hit.span, status, None, weight * 0.9);
            }
            return;
        }
        // "New investors include A, B and C": the article is about the holder
        if holder.is_none()
            && rule.topic
            && let Some(filler) = filler_after
        {
            let f = view.groups[filler].clone();
            let Some(main) = self.topic.main.or(self.topic.house).filter(|&m| self.fits(m, holder_kinds)) else {
                return;
            };
            let Some(status) = self.status_of(hit) else { return };
            for &m in &f.members {
                let (s, o) = if rule.swap { (main, m) } else { (m, main) };
                self.pair(rule, s, o, hit.span, status, None, weight * 0.8);
            }
            return;
        }
        let Some(holder) = holder else {
            self.miss(hit, || "nobody holds the noun".into());
            return;
        };
        let filler = if of { None } else { filler_after.filter(|&f| f != holder) }.or_else(|| {
            // "B 是 A 的供应商", "B 等 A 的竞争对手", "B, a subsidiary of A"
            let limit = view.groups[holder].span.start.min(hit.span.start);
            view.groups.iter().rposition(|g| g.span.end <= limit).filter(|&f| {
                let between = view.between(view.groups[f].span.end, limit);
                let t = between.trim_matches([' ', '“', '”', '"']);
                view.groups[f].fits(filler_kinds)
                    && f != holder
                    && between.chars().count() <= 16
                    && (["是", "作为", "成为", "系", "曾是", "等", "为", "即", "is", "was", "became", "a", "the", "as"]
                        .iter()
                        .any(|w| t == *w || t.ends_with(w))
                        || matches!(
                            t,
                            "，" | "（"
                                | "("
                                | ","
                                | "——"
                                | ", a"
                                | ", the"
                                | ", an"
                                | ", one of"
                                | ", a key"
                                | ", a major"
                        ))
            })
        });
        // "上海阵量成立于2020年，最初是商汤的全资子公司": the subject goes on
        let lead = view.between(view.clauses[view.groups[holder].clause].start, view.groups[holder].span.start);
        let copular = ["是", "为", "系"].iter().any(|c| lead.trim_end().ends_with(c));
        let once = ["最初", "起初", "原", "曾", "此前"].iter().any(|c| lead.contains(c));
        let filler = filler.or_else(|| {
            let clause = view.groups[holder].clause;
            if copular && !of {
                self.carried(clause, filler_kinds, hit, &mut weight).filter(|&f| f != holder)
            } else {
                None
            }
        });
        let Some(filler) = filler else {
            self.miss(hit, || "nobody fills the noun".into());
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        let status = if status == Status::Asserted && once && copular { Status::Ended } else { status };
        let (h, f) = (view.groups[holder].clone(), view.groups[filler].clone());
        // only the nearest of several holders owns the noun: "A、B的对手C"
        let near: Vec<usize> =
            if view.groups[holder].span.end <= hit.span.start { h.members.clone() } else { vec![h.members[0]] };
        for &holder in &near {
            for &filler in &f.members {
                let (s, o) = if rule.swap { (holder, filler) } else { (filler, holder) };
                self.pair(rule, s, o, hit.span, status, None, weight);
            }
        }
    }

    /// `A 与 B 合作`, `A 和 B 达成合作`.
    pub(super) fn pair_of(&mut self, hit: &Hit<'d>) {
        if self.void(hit) {
            return;
        }
        let rule = hit.rule;
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let before: Vec<usize> = (0..view.groups.len())
            .rev()
            .filter(|&g| {
                view.groups[g].clause == clause
                    && view.groups[g].span.end <= hit.span.start
                    && view.groups[g].fits(rule.subject)
                    && view.between(view.groups[g].span.end, hit.span.start).chars().count() <= REACH
            })
            .collect();
        // "与微软深度绑定的OpenAI": the partner follows in a relative clause
        let relative = |b: usize| {
            let after = view.between(hit.span.end, view.span.end);
            let next = view.groups.iter().position(|g| g.span.start >= hit.span.end)?;
            let alone = before.iter().all(|&g| g >= b || view.groups[g].marker != Marker::Bare);
            let gap = view.between(hit.span.end, view.groups[next].span.start);
            (!view.latin
                && after.starts_with('的')
                && alone
                && gap.chars().count() <= 6
                && !gap.contains(['，', '、'])
                && view.groups[next].clause == clause
                && view.groups[next].fits(rule.subject))
            .then_some(next)
        };
        let companion = before.iter().copied().find(|&g| {
            view.groups[g].marker == Marker::Companion
                && view.between(view.groups[g].span.end, hit.span.start).chars().count() <= 20
        });
        let mut weight = rule.precision;
        let (a, b) = if let Some(b) = companion {
            let a = before
                .iter()
                .copied()
                .find(|&g| {
                    g != b
                        && view.groups[g].span.end <= view.groups[b].span.start
                        && view.groups[g].marker == Marker::Bare
                })
                .or_else(|| relative(b))
                .or_else(|| self.carried(clause, rule.subject, hit, &mut weight).filter(|&g| g != b));
            (a, Some(b))
        } else {
            // "A 和 B 达成合作": one group of two or more
            // "由A与B联合发布": 由 marks both
            match before.first().copied().filter(|&g| {
                matches!(view.groups[g].marker, Marker::Bare | Marker::Agent)
                    && view.groups[g].members.len() >= 2
                    && view.groups[g].members.len() <= 6
            }) {
                Some(g)
                    if view.between(view.groups[g].span.end, hit.span.start).chars().count() <= 20
                        && !view.groups[g].possessor
                        || before.first() == Some(&g)
                            && view.between(view.groups[g].span.end, hit.span.start).trim() == "的" =>
                {
                    let group = view.groups[g].clone();
                    let between_bare = view.between(group.span.start, group.span.end);
                    // a list by 、 alone is no pair, unless the verb follows at once
                    let gap = view.between(group.span.end, hit.span.start);
                    if group.members.len() > 2 && !between_bare.contains(['与', '和']) && !gap.trim().is_empty() {
                        return;
                    }
                    let Some(status) = self.status_of(hit) else { return };
                    let m = &group.members;
                    // "英伟达与丰田、优步合作": one with each of the others
                    let link = |i: usize| {
                        let (a, b) = (self.found.mentions[m[i]].span.end, self.found.mentions[m[i + 1]].span.start);
                        view.between(a, b).trim()
                    };
                    let one = m.len() > 2 && matches!(link(0), "与" | "和" | "跟" | "同") && link(1) == "、";
                    for i in 0..if one { 1 } else { m.len() } {
                        for j in i + 1..m.len() {
                            self.pair(rule, m[i], m[j], hit.span, status, None, weight);
                        }
                    }
                    return;
                }
                _ => (None, None),
            }
        };
        let (Some(a), Some(b)) = (a, b) else {
            match b {
                Some(b) if rule.topic => self.on_topic(hit, b, false),
                _ => self.miss(hit, || "no pair of fitting kinds".into()),
            }
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        let (a, b) = (view.groups[a].clone(), view.groups[b].clone());
        self.emit(hit, &a, &b, status, weight);
    }
}
