//! Entries of lists and digests, in which a name before a colon is what the rest tells of (`智元机器人：宇树的对手，由邓泰华
//! 创办`), and clefts, in which who did it stands behind what was done (`参与这轮融资的有A、B`).

use super::extract::{Hit, Scene};
use super::phrase::QUOTES;
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, KindSet};

/// Where a name stands that is on a list of somebody's.
const ON_LIST: &[&str] = &["名单", "之列", "之中", "行列", "队伍", "阵营", "群体", "朋友圈"];

impl<'d> Scene<'_, 'd> {
    /// The group that opens its sentence alone before a colon, with something told of it behind: the first one.
    fn entry(&self) -> Option<&Group> {
        let (view, first) = (self.view, self.view.groups.first()?);
        let lead = view.between(view.span.start, first.span.start);
        let rest = view.between(first.span.end, view.span.end).trim_start_matches(QUOTES);
        let told = rest.strip_prefix(['：', ':'])?.trim_start();
        let named = matches!(self.found.mentions[first.members[0]].how, How::Name | How::Unlisted(_) | How::Short);
        // "李明：“我们…”" tells what he says
        let says = told.starts_with(['“', '"', '「', '‘']);
        // an emoji or a number before the entry
        let plain = lead.chars().count() <= 4 && !lead.chars().any(char::is_alphabetic);
        (!view.latin && named && !says && plain && first.members.len() == 1 && !told.is_empty()).then_some(first)
    }

    /// The entry that a clause without a subject goes on about, unless a clause between has one of its own.
    pub(super) fn told_by_entry(&self, clause: usize, kinds: KindSet) -> Option<usize> {
        let view = self.view;
        self.entry().filter(|e| clause > 0 && e.fits(kinds))?;
        let acts = |g: &Group| {
            let verb = |h: &Hit| {
                h.rule.is(Construction::Verb)
                    && h.span.start >= g.span.end
                    && h.span.end <= view.clauses[g.clause].end
                    && !view.between(g.span.end, h.span.start).contains('的')
            };
            (1..clause).contains(&g.clause) && g.marker == Marker::Bare && !g.possessor && self.hits.iter().any(verb)
        };
        (!view.groups.iter().any(acts)).then_some(0)
    }

    /// The entry that fills a relational noun with which its text begins: `优必选：宇树的另一家对手`.
    pub(super) fn entry_fills(&self, holder: usize, hit: &Hit<'d>, kinds: KindSet) -> Option<usize> {
        let view = self.view;
        let entry = self.entry().filter(|e| holder == 1 && e.fits(kinds))?;
        let lead = view.between(entry.span.end, view.groups[holder].span.start);
        let lead = lead.trim_start_matches(['：', ':', ' ']).trim_matches(QUOTES);
        let close = view.between(hit.span.end, view.span.end).chars().next();
        let short = matches!(lead, "" | "是" | "也是" | "既是" | "作为" | "同为");
        (short && close.is_none_or(|c| matches!(c, '，' | '。' | '；' | '、' | '（'))).then_some(0)
    }

    /// Those who are told to be on a list of what the noun names: `A和B都在C的客户名单上`.
    pub(super) fn on_list(&self, holder: usize, hit: &Hit<'d>, kinds: KindSet) -> Option<usize> {
        let view = self.view;
        let after = view.between(hit.span.end, view.span.end);
        if view.latin || !ON_LIST.iter().any(|l| find::starts(after, l)) {
            return None;
        }
        let before = holder.checked_sub(1)?;
        let group = &view.groups[before];
        let link = view.between(group.span.end, view.groups[holder].span.start);
        let enters = ["在", "位列", "位居", "进入", "进入了", "出现在", "跻身", "入选", "加入", "加入了", "列入"];
        let enters = enters.iter().find_map(|e| link.strip_suffix(e)).is_some_and(|rest| rest.chars().count() <= 4);
        (enters && group.fits(kinds) && !link.contains(['，', '不', '未', '没'])).then_some(before)
    }

    /// Who did it and to whom, where the sentence tells who last: `参与这轮融资的有A、B`, `入股C的多是互联网公司，有A和B`.
    /// The second is `None` where the sentence does not name it.
    pub(super) fn cleft(&self, hit: &Hit<'d>) -> Option<(usize, Option<usize>)> {
        let (view, rule) = (self.view, hit.rule);
        let (subjects, objects) = if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        let clause = view.clause_at(hit.span.start);
        let rest = view.between(hit.span.end, view.span.end);
        if view.latin || rule.marked || rule.agent || !rule.if_head.is_empty() || !rest.contains('的') {
            return None;
        }
        // "腾讯投资的是A": who did it stands before
        let acts = |g: &Group| g.clause == clause && g.span.end <= hit.span.start && g.fits(subjects);
        if view.groups.iter().any(acts) {
            return None;
        }
        let mut named = (0..view.groups.len()).filter(|&g| view.groups[g].span.start >= hit.span.end);
        let first = named.next()?;
        let leads = |from: u32, to: usize| {
            let words = view.between(from, view.groups[to].span.start);
            let link = words.split_once('的')?.1;
            // "的则多是互联网公司，有"
            let kind = link.split_once('，').filter(|(kind, _)| {
                kind.contains('是') && kind.chars().count() <= 12 && view.groups[to].kind == EntityKind::Company
            });
            super::series::introduces(kind.map_or(link, |(_, list)| list)).then_some(words)
        };
        let object = &view.groups[first];
        if leads(hit.span.end, first).is_some_and(|words| words.chars().count() <= 16) && object.fits(subjects) {
            return Some((first, None));
        }
        let near = view.between(hit.span.end, object.span.start).chars().count() <= 6;
        let who = named.next().filter(|&w| near && object.fits(objects) && view.groups[w].fits(subjects))?;
        let words = leads(object.span.end, who)?;
        words.starts_with('的').then_some((who, Some(first)))
    }

    /// `月之暗面获阿里领投，此后腾讯也成为股东`: of whom it became that, the sentence or the topic tells; whether it did.
    pub(super) fn became(&mut self, hit: &Hit<'d>) -> bool {
        let (view, rule) = (self.view, hit.rule);
        let (fillers, holders) = if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        let clause = view.clause_at(hit.span.start);
        if view.latin || !rule.topic || view.between(hit.span.end, view.span.end).starts_with(['的', '之']) {
            return false;
        }
        let Some(filler) = view.groups.iter().rposition(|g| g.span.end <= hit.span.start) else { return false };
        let group = &view.groups[filler];
        let link = view.between(group.span.end, hit.span.start);
        let link = link.trim_end_matches(['新', '的']).trim_end_matches("重要").trim_end_matches("最大");
        let became = ["成为", "成了", "成为了", "跻身", "跃升为"].iter().find_map(|b| link.strip_suffix(b));
        let plain = became.is_some_and(|lead| lead.chars().count() <= 3 && !lead.contains(['的', '未', '不', '想']));
        if !plain || group.clause != clause || group.marker != Marker::Bare || !group.fits(fillers) {
            return false;
        }
        let told = |g: &&Group| {
            g.clause < clause && g.fits(holders) && g.marker == Marker::Bare && !g.possessor && g.members.len() == 1
        };
        let holder = view.groups.iter().find(told).map(|g| g.members[0]).or(self.topic.goes_on());
        let fillers = self.listed(group).members;
        let entity = |m: usize| self.found.mentions[m].entity;
        let holder = holder.filter(|&h| self.fits(h, holders) && fillers.iter().all(|&f| entity(f) != entity(h)));
        let Some(holder) = holder else { return false };
        let Some(status) = self.status_of(hit) else { return true };
        for f in fillers {
            let (s, o) = if rule.swap { (holder, f) } else { (f, holder) };
            self.pair(rule, s, o, hit.span, status, None, rule.precision * 0.8);
        }
        true
    }

    /// Those who were named last together, where a clause goes on about all of them: `A由李明和王芳创办，两人毕业于B`, `C
    /// 和D，这两款软件都由E开发`.
    pub(super) fn together(&self, clause: usize, own: &str, kinds: KindSet) -> Option<usize> {
        let own = own.trim_start_matches(['，', ' ', '而', '但', '且']);
        let people = ["两人", "二人", "三人", "俩人", "四人", "两位", "三位"].iter().any(|w| find::starts(own, w));
        let things = ["这两", "这三", "这几", "这些", "两者", "二者", "三者", "两款", "两家", "三款", "三家"];
        if self.view.latin || !(people || things.iter().any(|w| find::starts(own, w))) {
            return None;
        }
        let end = self.view.clauses[clause].start;
        self.view.groups.iter().rposition(|g| {
            let person = g.kind == EntityKind::Person;
            g.span.end <= end && g.members.len() > 1 && g.fits(kinds) && person == people
        })
    }

    /// Whether a house is told to put money into something: `美团两度投资，成为重要的外部股东`.
    pub(super) fn invests(&self, mention: usize) -> bool {
        let end = self.found.mentions[mention].span.end as usize;
        let rest = self.view.text.get(end..).unwrap_or_default();
        let near = &rest[..rest.char_indices().nth(8).map_or(rest.len(), |(at, _)| at)];
        let deeds = ["投资", "领投", "跟投", "参投", "入股", "注资", "加码"];
        deeds.iter().any(|d| near.split_once(d).is_some_and(|(lead, _)| !lead.contains(['获', '被', '的', '，', '。'])))
    }
}
