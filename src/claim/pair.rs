//! Pairs: `A 与 B 合作`, `A 和 B 达成合作`, `与 B 不同，A …`; and contests that a sentence names after their
//! parties: `A、B 和 C 纷纷入局，一场争夺战打响`.

use super::extract::{Hit, Scene};
use super::phrase::whole;
use super::sentence::{Group, Marker};
use super::shared::{goes_without, with_stranger};
use crate::dictionary::relations::REACH;
use crate::find;
use crate::schema::EntityKind;

/// Whether English words between a pair and what the two do begin with an auxiliary: ` have been locked in`.
fn auxiliary(gap: &str) -> bool {
    [" have ", " has ", " had ", " are ", " were ", " will ", " both "].iter().any(|a| find::starts(gap, a))
}

impl<'d> Scene<'_, 'd> {
    /// Whether English words between two houses and what they do together tell that they agreed upon it.
    fn announces(&self, group: &Group, hit: &Hit<'d>) -> bool {
        const HAN: [&str; 8] = ["宣布", "签署", "签订", "启动", "公布", "推进", "敲定", "披露"];
        let words = self.view.between(group.span.end, hit.span.start);
        if !self.view.latin {
            return !self.extractor.traits(hit.rule).compared
                && !words.contains(['，', '。', '；'])
                && HAN.iter().any(|w| words.contains(w));
        }
        const WORDS: [&str; 9] =
            ["announce", "sign", "enter", "form", "launch", "agree", "establish", "expand", "unveil"];
        let gap = self.view.between(group.span.end, hit.span.start).to_lowercase();
        self.view.latin && !self.extractor.traits(hit.rule).compared && WORDS.iter().any(|w| gap.contains(w))
    }

    /// `Acme, a maker of lamps, and Orbis, a bank, announced a partnership`: two houses with what each is between them.
    fn apart(&self, hit: &Hit<'d>) -> Option<(usize, usize)> {
        let view = self.view;
        let fits = |g: &usize| {
            let group = &view.groups[*g];
            group.span.end <= hit.span.start
                && group.fits(hit.rule.subject)
                && group.marker == Marker::Bare
                && !group.possessor
        };
        let aside = |g: usize| view.between(view.groups[g].span.end, hit.span.start).starts_with([',', ' ']);
        let b = (0..view.groups.len()).rev().filter(fits).find(|&g| {
            let lead = view.between(view.span.start, view.groups[g].span.start);
            [", and ", ", and the "].iter().any(|l| find::ends(lead, l))
        })?;
        let a = (0..b).rev().find(|g| fits(g) && aside(*g))?;
        let gap = view.between(view.groups[b].span.end, hit.span.start);
        let told = view.between(view.groups[a].span.end, view.groups[b].span.start).starts_with(", ");
        (view.latin && told && gap.chars().count() <= 140 && self.announces(&view.groups[b], hit)).then_some((a, b))
    }

    /// Characters between a group and a place behind it, but for the names: `谷歌与Gentle Monster、Warby Parker等品牌合作`.
    fn words_between(&self, group: usize, end: u32) -> usize {
        let view = self.view;
        let names = view.groups[group + 1..].iter().filter(|g| g.span.end <= end && !view.latin);
        let names: usize = names.map(|g| view.between(g.span.start, g.span.end).chars().count()).sum();
        view.between(view.groups[group].span.end, end).chars().count().saturating_sub(names)
    }

    /// `A 与 B 合作`, `A 和 B 达成合作`.
    pub(super) fn pair_of(&mut self, hit: &Hit<'d>) {
        if self.void(hit) {
            return;
        }
        let rule = hit.rule;
        if rule.contest {
            return self.contest(hit);
        }
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        if self.between_two(hit) {
            return;
        }
        let before: Vec<usize> = (0..view.groups.len())
            .rev()
            .filter(|&g| {
                view.groups[g].clause == clause
                    && view.groups[g].span.end <= hit.span.start
                    && (view.groups[g].fits(rule.subject) || view.groups[g].fits(rule.object))
                    && !self.only_makes(&view.groups[g], hit)
                    // "与前苹果设计大师乔尼·艾维合作": the house that somebody left
                    && !(view.groups[g].apposed
                        && view.between(view.span.start, view.groups[g].span.start).ends_with(['前', '原']))
                    && self.words_between(g, hit.span.start) <= REACH
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
                && !gap.contains(['，', ',', '、'])
                && view.groups[next].clause == clause
                && view.groups[next].fits(rule.subject))
            .then_some(next)
        };
        // "小米与深耕AR十年的Rokid展开竞争", "与当下最热门的编程工具A相比"
        let described = |&g: &usize| {
            let start = view.clauses[view.groups[g].clause].start;
            let from = g.checked_sub(1).map_or(start, |p| view.groups[p].span.end.max(start));
            let words = view.between(from, view.groups[g].span.start);
            let noun = words.rfind('的').map(|at| &words[at + '的'.len_utf8()..]);
            let plain = |n: &str| n.is_empty() || n.chars().count() <= 8 && super::of::plain_noun(n);
            words.starts_with(['与', '和', '同', '跟']) && words.chars().count() <= 24 && noun.is_some_and(plain)
        };
        // "与宝洁的合作只是开始，广百…": the clause after has the subject
        let fronted = |b: usize| {
            let next = view.clauses.get(clause + 1)?;
            let first = view.groups.iter().position(|g| g.clause == clause + 1)?;
            let lead = view.between(view.clauses[clause].start, view.groups[b].span.start);
            let first = self.told_of(first, rule.subject);
            (!view.latin
                && clause == 0
                && (lead.chars().count() <= 6 || self.extractor.traits(rule).compared && described(&b))
                && view.groups[first.0].marker == Marker::Bare
                && view.between(next.start, view.groups[first.1].span.start).chars().count() <= 2
                && view.groups[first.0].fits(rule.subject))
            .then_some(first.0)
        };
        let compared = self.extractor.traits(rule).compared;
        let companion = before.iter().copied().find(|&g| {
            view.groups[g].marker == Marker::Companion
                && view.groups[g].fits(rule.object)
                && view.between(view.groups[g].span.end, hit.span.start).chars().count() <= 20
                // "与在GSM8K上训练的方法相比": where it was done
                && !(compared && self.stands_in(g) && self.upon(&view.groups[g]))
                // "风格上形成其独特的竞争优势"
                && !(compared && self.pronoun(&view.groups[g]))
        });
        let companion = companion.or_else(|| before.first().copied().filter(described));
        let mut weight = rule.precision;
        // "华龙迅达与B合作", of somebody whose name we do not know: nobody else does
        let stranger = |b: usize| {
            let lead = view.between(view.clauses[clause].start, view.groups[b].span.start);
            let name = lead.rfind(['与', '和', '同', '跟']).map_or("", |at| lead[..at].trim());
            let all = view.groups.iter().all(|g| g.clause != clause || g.span.start >= view.groups[b].span.start);
            !compared && !view.latin && all && (3..=10).contains(&name.chars().count()) && !goes_without(name)
        };
        let (a, b) = if let Some(b) = companion {
            let a = before
                .iter()
                .copied()
                .find(|&g| {
                    g != b
                        && view.groups[g].fits(rule.subject)
                        && view.groups[g].span.end <= view.groups[b].span.start
                        // "把A与B相提并论"
                        && (view.groups[g].marker == Marker::Bare
                            // "来自A大学和B公司的研究者联合提出"
                            || !compared && !view.latin && matches!(view.groups[g].marker, Marker::Source | Marker::Agent)
                            || compared && !view.latin && view.groups[g].marker == Marker::Patient)
                })
                .or_else(|| relative(b))
                .or_else(|| fronted(b))
                .or_else(|| {
                    let carried = self.carried(clause, rule.subject, hit, &mut weight).filter(|&g| g != b);
                    carried.filter(|_| !stranger(b))
                })
                .or_else(|| self.told_after(clause, b, hit, &mut weight));
            (a.map(|a| self.alike(a, b, hit)), Some(b))
        } else if rule.marked && !self.patients(&before, hit) {
            self.miss(hit, || "no argument is marked".into());
            return;
        } else {
            // "A 和 B 达成合作": one group of two or more
            // "由A与B联合发布": 由 marks both
            match before.first().copied().filter(|&g| {
                // "根据A与B签署的协议"
                (matches!(view.groups[g].marker, Marker::Bare | Marker::Agent | Marker::Reporter)
                    || rule.marked
                    // "来自A、B的研究者联合发布"
                    || !compared && view.groups[g].marker == Marker::Source)
                    && (2..=6).contains(&whole(view, g, false).members.len())
            }) {
                Some(g)
                    // "Acme and Orbis today announced a strategic partnership"
                    if view.between(view.groups[g].span.end, hit.span.start).chars().count()
                        <= if self.announces(&view.groups[g], hit) {
                            REACH
                        } else if auxiliary(view.between(view.groups[g].span.end, hit.span.start)) {
                            32
                        } else {
                            20
                        }
                        && (!view.groups[g].possessor
                            || !compared && self.stands_for(&view.groups[g])
                            // "Acme and Orbis's joint venture"
                            || !compared
                                && view.latin
                                && matches!(view.between(view.groups[g].span.end, hit.span.start), "'s " | "’s "))
                        || before.first() == Some(&g) && (self.of_group(g, hit) || self.related(g, hit)) =>
                {
                    let group = whole(view, g, false);
                    let first = self.found.mentions[group.members[0]].span.start;
                    let between_bare = view.between(first.min(group.span.start), group.span.end);
                    // a list by 、 alone is no pair, unless the verb follows at once
                    let gap = view.between(group.span.end, hit.span.start);
                    // "A、B先后与核电公司签约": with somebody who has no name here, not with each other
                    if !view.latin && with_stranger(gap) {
                        self.miss(hit, || "who it is done with has no name".into());
                        return;
                    }
                    // "A、B、C等多方合作"
                    let all = gap.strip_prefix('等').is_some_and(|t| {
                        t.chars().count() <= 6
                            && (["方", "共同", "联合"].iter().any(|w| find::ends(t, w))
                                || ["机构", "高校", "大学", "团队", "单位", "科研机构"].contains(&t))
                    });
                    // "A、B、C三家打得难解难分"
                    const COUNTS: [&str; 11] =
                        ["两家", "三家", "四家", "五家", "双方", "三方", "四方", "三者", "二者", "两者", "几家"];
                    let all = all || COUNTS.iter().any(|c| find::starts(gap, c));
                    // "A、B、C在海外市场展开角逐"
                    let placed = compared && !view.latin && gap.starts_with(['在', '围', '就', '正', '纷', '为']);
                    let names = gap.trim().is_empty() || all || placed || compared && self.of_group(g, hit);
                    let linked = between_bare.contains(['与', '和']) || view.latin && between_bare.contains(" and ");
                    // "依赖GPT-4、Claude并整合了": what is used together does not use each other
                    let uses = self.extractor.traits(rule).possessed && !compared;
                    if (group.members.len() > 2 || uses && !view.latin) && !linked && !names {
                        return;
                    }
                    let Some(status) = self.status_of(hit) else { return };
                    let m = &group.members;
                    // "英伟达与丰田、优步合作": one with each of the others
                    let link = |i: usize| {
                        let (a, b) = (self.found.mentions[m[i]].span.end, self.found.mentions[m[i + 1]].span.start);
                        view.between(a, b).trim_matches(super::role_words::quotes)
                    };
                    let one = m.len() > 2 && matches!(link(0), "与" | "和" | "跟" | "同") && link(1) == "、";
                    for i in 0..if one { 1 } else { m.len() } {
                        for j in i + 1..m.len() {
                            self.pair(rule, m[i], m[j], hit.span, status, None, weight);
                        }
                    }
                    return;
                }
                _ => {
                    if self.vie(clause, hit) {
                        return;
                    }
                    (None, None)
                }
            }
        };
        let (a, b) = match (a, b) {
            (None, None) => self.apart(hit).map_or((None, None), |(a, b)| (Some(a), Some(b))),
            both => both,
        };
        let (Some(a), Some(b)) = (a, b) else {
            match b {
                Some(b) if rule.topic && !stranger(b) => self.on_topic(hit, b, false),
                _ => self.miss(hit, || "no pair of fitting kinds".into()),
            }
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        let (a, b) = (whole(view, a, false), whole(view, b, false));
        self.emit(hit, &a, &b, status, weight);
    }

    /// `A、B、C等大厂纷纷加码，在多个领域展开激烈竞争`: the list that an earlier clause has for its subject. Whether there
    /// was one.
    fn vie(&mut self, clause: usize, hit: &Hit<'d>) -> bool {
        let (rule, view) = (hit.rule, self.view);
        let lead = view.between(view.clauses[clause].start, hit.span.start);
        let trigger = view.between(hit.span.start, hit.span.end);
        const BEGIN: [&str; 9] = ["展开", "爆发", "陷入", "掀起", "打响", "上演", "开启", "形成", "正面"];
        let begun = BEGIN.iter().any(|w| find::ends(lead, w) || trigger.starts_with(w));
        let own = view.groups.iter().any(|g| g.clause == clause);
        if !begun || own || view.latin || !self.extractor.traits(rule).compared {
            return false;
        }
        let mut weight = rule.precision;
        let Some(list) = self.carried(clause, rule.subject, hit, &mut weight) else { return false };
        let members = whole(view, list, false).members;
        if !(2..=6).contains(&members.len()) {
            return false;
        }
        let Some(status) = self.status_of(hit) else { return true };
        for (i, &a) in members.iter().enumerate() {
            for &b in &members[i + 1..] {
                self.pair(rule, a, b, hit.span, status, None, weight);
            }
        }
        true
    }

    /// `小米、字节跳动、华为纷纷入局，一场争夺战打响`; `这场竞速` after a sentence that tells of the parties in turn.
    fn contest(&mut self, hit: &Hit<'d>) {
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let rule = hit.rule;
        let mut parties: Vec<usize> = Vec::new();
        if rule.opens {
            parties = self.joins(hit);
        } else if rule.each.is_empty() {
            let list = (0..view.groups.len()).rev().find(|&g| {
                let group = &view.groups[g];
                group.clause < clause
                    && group.fits(rule.subject)
                    && (group.members.len() > 1 || group.listed.is_some_and(|l| l.1))
                    && group.marker == Marker::Bare
            });
            // "A、B的账号清空之际": when it is
            let when = |&l: &usize| view.clause(view.groups[l].clause).trim_end().ends_with("之际");
            match list.filter(|l| !when(l)) {
                None if list.is_some() => {}
                Some(list) => parties = whole(view, list, false).members,
                None if view.groups.is_empty() || view.groups.iter().all(|g| g.span.start > hit.span.end) => {}
                None => parties = view.parties(rule.subject, &[]),
            }
        } else {
            parties = view.parties(rule.subject, &rule.each);
        }
        if !(2..=6).contains(&parties.len()) {
            self.miss(hit, || "no parties of a fitting kind".into());
            return;
        }
        let Some(status) = self.status_of(hit) else { return };
        for (i, &a) in parties.iter().enumerate() {
            for &b in &parties[i + 1..] {
                // "A领跑，B和C紧追不舍": those who share a clause share a place
                let place = |m: usize| view.clause_at(self.found.mentions[m].span.start);
                if !rule.each.is_empty() && place(a) == place(b) {
                    continue;
                }
                self.pair(rule, a, b, hit.span, status, None, rule.precision);
            }
        }
    }

    /// `把A与B相提并论`: two that others set against each other.
    fn patients(&self, before: &[usize], hit: &Hit<'d>) -> bool {
        let both = |&g: &usize| {
            let group = &self.view.groups[g];
            let words = self.view.between(group.span.start, group.span.end);
            group.marker == Marker::Patient && group.members.len() == 2 && words.contains(['与', '和', '同', '跟'])
        };
        !self.view.latin && self.extractor.traits(hit.rule).compared && before.first().is_some_and(both)
    }

    /// The parties that the clause after the contest's name lists: `外卖大战升温，A、B、C 谁也不肯收手`.
    fn joins(&self, hit: &Hit<'d>) -> Vec<usize> {
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let Some(next) = view.clauses.get(clause + 1) else { return Vec::new() };
        let alone = view.groups.iter().all(|g| g.clause > clause);
        let list = view.groups.iter().position(|g| {
            g.clause == clause + 1
                && g.marker == Marker::Bare
                && g.fits(hit.rule.subject)
                && view.between(next.start, g.span.start).chars().count() <= 2
        });
        match list {
            Some(list) if alone && !view.latin => {
                let parties = whole(view, list, true).members;
                let ends = |i: usize| self.found.mentions[parties[i]].span;
                let listed = parties.len() > 1 && view.between(ends(0).end, ends(1).start).contains('、');
                if listed { parties } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// Whether the trigger is what the group has: `A、B、C 的上市竞速`.
    fn of_group(&self, group: usize, hit: &Hit<'d>) -> bool {
        let gap = self.view.between(self.view.groups[group].span.end, hit.span.start).trim();
        gap.strip_prefix('的').is_some_and(|rest| rest.chars().count() <= 6 && !rest.contains('的'))
    }

    /// `微软与 OpenAI 的关系从盟友变成了对手`: whether the words tell of what is between the members of a group.
    fn related(&self, group: usize, hit: &Hit<'d>) -> bool {
        let gap = self.view.between(self.view.groups[group].span.end, hit.span.start).trim();
        let between = ["的关系", "之间的关系", "两家公司的关系", "之间", "的双边关系"];
        between.iter().any(|b| find::starts(gap, b)) && gap.chars().count() <= 20
    }

    /// The one that the clause after tells of, when this one only says what it is compared with: `与 B 不同，A …`.
    fn told_after(&self, clause: usize, with: usize, hit: &Hit<'d>, weight: &mut f32) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.clauses[clause].start, view.groups[with].span.start);
        let rest = view.between(hit.span.end, view.clauses[clause].end);
        if !self.extractor.traits(hit.rule).compared || lead.chars().count() > 16 || !rest.trim().is_empty() {
            return None;
        }
        let fits = |&g: &usize| {
            let group = &view.groups[g];
            group.clause > clause
                && group.clause <= clause + 2
                && matches!(group.marker, Marker::Bare)
                && group.fits(hit.rule.subject)
                && !self.only_makes(group, hit)
        };
        let told = (0..view.groups.len()).find(fits)?;
        *weight *= 0.9;
        Some(told)
    }

    /// Rivals are of one kind, if it can be had: for a house that stands against a product, the product that the
    /// sentence has beside the house (`OpenAI 正在为 ChatGPT 设计…，对标 Google Workspace`).
    pub(super) fn alike(&self, one: usize, other: usize, hit: &Hit<'d>) -> usize {
        let view = self.view;
        let (kind, wanted) = (view.groups[one].kind, view.groups[other].kind);
        if !self.extractor.traits(hit.rule).compared || kind == wanted || wanted != EntityKind::Product {
            return one;
        }
        let fits = |&g: &usize| {
            let group = &view.groups[g];
            g != other
                && group.kind == wanted
                && matches!(group.marker, Marker::Bare | Marker::Dative)
                && (group.span.end <= hit.span.start || group.span.start > view.groups[one].span.start)
        };
        (0..view.groups.len())
            .rev()
            .filter(|&g| view.groups[g].span.end <= hit.span.start)
            .find(fits)
            .or_else(|| (one + 1..view.groups.len()).find(fits))
            .unwrap_or(one)
    }

    /// *A partnership between A and B*, *a joint project of A and B*; whether there was one.
    fn between_two(&mut self, hit: &Hit<'d>) -> bool {
        let (rule, view) = (hit.rule, self.view);
        let joined =
            |a: &Group, b: &Group| matches!(view.between(a.span.end, b.span.start).trim(), "and" | ", and" | "," | "&");
        let first = view.groups.iter().position(|g| g.span.start >= hit.span.end).filter(|&g| {
            let lead = view.between(hit.span.end, view.groups[g].span.start).trim();
            view.latin && matches!(lead, "between" | "of" | "by" | "among" | "between the")
        });
        let Some(first) = first else { return false };
        let mut end = first + 1;
        while end < view.groups.len() && joined(&view.groups[end - 1], &view.groups[end]) {
            end += 1;
        }
        let fitting = view.groups[first..end].iter().filter(|g| rule.subject.has(g.kind));
        let m: Vec<usize> = fitting.flat_map(|g| g.members.iter().copied()).collect();
        if m.len() < 2 {
            return false;
        }
        let Some(status) = self.status_of(hit) else { return true };
        for i in 0..m.len() {
            for j in i + 1..m.len() {
                self.pair(rule, m[i], m[j], hit.span, status, None, rule.precision);
            }
        }
        true
    }
}
