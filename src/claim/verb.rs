//! Verbs, pairs and relational nouns: `A 收购 B`, `B 被 A 收购`, `A 与 B 合作`, `A 的竞争对手 B`.

use super::extract::{Hit, Scene};
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::mention::How;
use crate::schema::{EntityKind, KindSet, Status};

/// The farthest an argument may stand from its trigger, in characters.
const REACH: usize = 48;

/// Parts of a firm that act for it.
const METONYMS: &[&str] = &[
    "团队",
    "研究团队",
    "研究人员",
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
];

/// People of a house who act for themselves.
const STAFF: &[&str] = &[
    "前员工",
    "高管",
    "前副总裁",
    "员工",
    "前工程师",
    "前高管",
    "前研究员",
    "前成员",
    "老员工",
    "离职员工",
    "校友",
    "前雇员",
    "engineers",
    "employees",
    "alumni",
    "researchers",
    "veterans",
    "executives",
    "users",
    "用户",
    "客户",
    "股价",
    "股东",
    "竞争对手",
];

impl<'d> Scene<'_, 'd> {
    /// Claims from verbs, pairs and relational nouns.
    pub(super) fn verbs(&mut self) {
        for i in 0..self.hits.len() {
            let hit = self.hits[i];
            match hit.rule.construction {
                Construction::Verb => self.verb(&hit),
                Construction::Pair => self.pair_of(&hit),
                Construction::Noun => self.noun(&hit),
                Construction::Role | Construction::Of => {}
            }
        }
    }

    fn status_of(&mut self, hit: &Hit<'d>) -> Option<Status> {
        match self.extractor.status.of_event(self.view, hit.span, self.extractor.plans(hit.rule)) {
            None => {
                self.miss(hit, || "the sentence only asks or supposes".into());
                None
            }
            Some((status, _)) => Some(match (status, hit.rule.status) {
                (Status::Asserted, Some(own)) => own,
                (s, _) => s,
            }),
        }
    }

    /// The verb is part of a noun (`开发者`), or lacks the company that its rule asks for.
    fn void(&mut self, hit: &Hit<'d>) -> bool {
        let after = self.view.between(hit.span.end, self.view.span.end);
        let named = self.view.groups.iter().any(|g| g.span.start == hit.span.end);
        if !self.view.latin && !named && self.extractor.noun_tails.iter().any(|t| after.starts_with(t.as_str())) {
            self.miss(hit, || "the word is part of a noun".into());
            return true;
        }
        // "对B的挑战", "X的运用是": a noun, which only deals and suits are told by
        let relation = self.extractor.dictionary.schema.get(hit.rule.relation).name.as_str();
        if hit.rule.is(Construction::Verb)
            && !hit.rule.marked
            && matches!(relation, "uses" | "develops" | "outperforms" | "competes_with")
            && self.view.between(self.view.span.start, hit.span.start).ends_with('的')
        {
            self.miss(hit, || "the verb stands as a noun after 的".into());
            return true;
        }
        if !hit.rule.with.is_empty() {
            let clause = self.view.clause(self.view.clause_at(hit.span.start));
            if !hit.rule.with.iter().any(|w| clause.contains(w.as_str())) {
                self.miss(hit, || format!("the clause has none of {}", hit.rule.with.join(", ")));
                return true;
            }
        }
        false
    }

    fn verb(&mut self, hit: &Hit<'d>) {
        if self.void(hit) {
            return;
        }
        let rule = hit.rule;
        // kinds of the grammatical subject and object
        let (gs, go) = if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let before: Vec<usize> = (0..view.groups.len())
            .rev()
            .filter(|&g| view.groups[g].clause == clause && view.groups[g].span.end <= hit.span.start)
            .collect();
        let after: Vec<usize> = (0..view.groups.len())
            .filter(|&g| view.groups[g].clause == clause && view.groups[g].span.start >= hit.span.end)
            .collect();
        let relative = view.between(hit.span.end, view.span.end).starts_with('的');
        let mut weight = rule.precision;
        // "powered by": the trigger itself says who acts
        let lexical_by = [" by", " from"].iter().any(|b| view.between(hit.span.start, hit.span.end).ends_with(b));

        let splits = self.from_counts(hit);
        // studied and worked at a place
        let placed =
            matches!(self.extractor.dictionary.schema.get(rule.relation).name.as_str(), "educated_at" | "works_for");
        let moves = self.extractor.dictionary.schema.get(rule.relation).name == "works_for" && rule.status.is_none();

        // the one who acts, marked by 被, 由, 获, by
        let agent = before
            .iter()
            .copied()
            .find(|&g| view.groups[g].marker == Marker::Agent && gs.has(view.groups[g].kind))
            .filter(|&g| view.between(view.groups[g].span.end, hit.span.start).chars().count() <= 16)
            .or_else(|| {
                after.first().copied().filter(|&g| {
                    view.latin && gs.has(view.groups[g].kind) && view.groups[g].marker == Marker::Agent && !lexical_by
                })
            });
        let (subject, object) = if let Some(agent) = agent {
            let patient = if relative && view.groups[agent].span.end <= hit.span.start {
                self.object_after(&after, go, hit)
            } else {
                None
            };
            let patient = patient
                .or_else(|| {
                    before.iter().copied().find(|&g| {
                        view.groups[g].span.start < view.groups[agent].span.start.max(hit.span.start)
                            && g != agent
                            && matches!(view.groups[g].marker, Marker::Bare | Marker::Patient)
                            && go.has(view.groups[g].kind)
                    })
                })
                .or_else(|| self.carried(clause, go, hit, &mut weight))
                .or_else(|| self.object_after(&after, go, hit).filter(|&g| g != agent));
            (Some(agent), patient)
        } else {
            let subject = self.subject_before(&before, gs, hit).or_else(|| self.carried(clause, gs, hit, &mut weight));
            let patient = before.iter().copied().find(|&g| {
                matches!(view.groups[g].marker, Marker::Patient) && go.has(view.groups[g].kind) && Some(g) != subject
            });
            let dative = before.iter().copied().find(|&g| {
                (view.groups[g].marker == Marker::Dative && !moves
                    || view.groups[g].marker == Marker::Source && (splits || rule.marked)
                    || view.groups[g].marker == Marker::Place && placed)
                    && go.has(view.groups[g].kind)
                    && Some(g) != subject
                    && view.between(view.groups[g].span.end, hit.span.start).chars().count() <= 24
            });
            if rule.marked && dative.is_none() {
                self.miss(hit, || "no argument is marked".into());
                return;
            }
            let object = patient.or(dative).or_else(|| self.object_after(&after, go, hit)).or_else(|| {
                // "B 的诉讼", "对 OpenAI 发起": nothing after
                None
            });
            (subject, object)
        };
        // "从苹果跳槽到Meta": the house left
        if moves && let Some(person) = if rule.swap { object } else { subject } {
            let left = before
                .iter()
                .chain(&after)
                .copied()
                .find(|&g| view.groups[g].marker == Marker::Source && rule.object.has(view.groups[g].kind));
            if let Some(left) = left {
                let (p, h) = (view.groups[person].clone(), view.groups[left].clone());
                self.claim(rule, &p, &h, hit.span, Status::Ended, weight * 0.95);
            }
        }
        let Some(object) = object else {
            match subject.or(agent) {
                Some(subject) if rule.topic => self.on_topic(hit, subject, false),
                _ => self.miss(hit, || "no object of a fitting kind".into()),
            }
            return;
        };
        // "早期投资Figma的Index Ventures": the subject follows in a relative clause
        let subject = subject.or_else(|| {
            let o = &view.groups[object];
            let next = (object + 1 < view.groups.len()).then(|| &view.groups[object + 1])?;
            let between = view.between(o.span.end, next.span.start);
            let lead = view.between(view.clauses[clause].start, hit.span.start);
            (!view.latin
                && o.span.start >= hit.span.end
                && gs.has(next.kind)
                && next.clause == clause
                && between.starts_with('的')
                && between.chars().count() <= 7
                && lead.chars().count() <= 12
                && !self.hits.iter().any(|h| h.span.start >= o.span.end && h.span.end <= next.span.start))
            .then_some(object + 1)
        });
        let Some(subject) = subject else {
            let round = view.groups[object].clone();
            if rule.topic && self.head_after(&round, &rule.unless_head).is_none() {
                self.on_topic(hit, object, true);
            } else {
                self.implied(hit, object, gs);
            }
            return;
        };
        if subject == object {
            return;
        }
        // rivals are of one kind: "OpenAI正在为ChatGPT设计…，对标Google Workspace"
        let subject = match self.extractor.dictionary.schema.get(rule.relation).name.as_str() {
            "competes_with"
                if view.groups[subject].kind == EntityKind::Company
                    && view.groups[object].kind == EntityKind::Product =>
            {
                (0..view.groups.len())
                    .rev()
                    .find(|&g| {
                        view.groups[g].span.end <= hit.span.start
                            && g != object
                            && view.groups[g].kind == view.groups[object].kind
                            && matches!(view.groups[g].marker, Marker::Bare | Marker::Dative)
                    })
                    .unwrap_or(subject)
            }
            _ => subject,
        };
        let (s, o) = (view.groups[subject].clone(), view.groups[object].clone());
        if let Some(head) = self.head_after(&o, &rule.unless_head) {
            self.miss(hit, || format!("the object is its {head}"));
            return;
        }
        if !rule.if_head.is_empty() && self.head_after(&o, &rule.if_head).is_none() {
            self.miss(hit, || format!("the object is not followed by {}", rule.if_head.join(", ")));
            return;
        }
        let Some(status) = self.status_of(hit) else { return };
        self.emit(hit, &s, &o, status, weight);
        // "sued OpenAI and Sam Altman": a coordinated object of another kind
        if object > subject
            && let Some(next) = view.groups.get(object + 1)
            && next.kind != o.kind
            && go.has(next.kind)
            && matches!(
                view.between(o.span.end, next.span.start).trim(),
                "和" | "与" | "及" | "以及" | "、" | "and" | ", and"
            )
        {
            self.emit(hit, &s, &next.clone(), status, weight * 0.9);
        }
    }

    fn emit(&mut self, hit: &Hit<'d>, s: &Group, o: &Group, status: Status, weight: f32) {
        let rule = hit.rule;
        let (s, o) = if rule.swap { (o, s) } else { (s, o) };
        // "任命徐立为CEO", "promotes X to Partner": the role says more than the hire
        if rule.name == "works_for.hire" && s.kind == EntityKind::Person {
            let role = self.hits.iter().find(|h| {
                h.rule.is(Construction::Role) && h.rule.name.starts_with("leads") && h.span.start >= s.span.end && {
                    let between = self.view.between(s.span.end, h.span.start);
                    let t = between.trim();
                    between.chars().count() <= 24
                        && ["为", "担任", "出任", "任", "to", "as", "as its", "as the"]
                            .iter()
                            .any(|w| t == *w || t.starts_with(w))
                        && !t.contains(['，', '。', ','])
                }
            });
            if let Some(role) = role.copied() {
                let name = self.view.between(role.span.start, role.span.end).to_string();
                for &p in &s.members {
                    for &h in &o.members {
                        self.pair(role.rule, p, h, hit.span, status, Some(name.clone()), weight);
                    }
                }
                return;
            }
        }
        // 分别: the first with the first, the second with the second
        let clause = self.view.clause(self.view.clause_at(hit.span.start));
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

    /// The subject of a verb in its clause: the nearest bare group of a fitting kind that is no other verb's
    /// object.
    fn subject_before(&self, before: &[usize], kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        for &g in before {
            let group = &self.view.groups[g];
            let between = self.view.between(group.span.end, hit.span.start);
            let gap = between.chars().count();
            if gap > REACH
                || !kinds.has(group.kind)
                || !(group.marker == Marker::Bare || (group.marker == Marker::Place && gap <= 4))
            {
                continue;
            }
            if self.measures(group, hit) {
                continue;
            }
            if group.possessor {
                let noun = between.trim_start_matches(['”', '"', '」', '》', ' ', '的']);
                let noun = noun.strip_prefix("'s ").or_else(|| noun.strip_prefix("’s ")).unwrap_or(noun);
                let stands_for = matches!(
                    self.extractor.dictionary.schema.get(hit.rule.relation).name.as_str(),
                    "uses" | "competes_with" | "outperforms"
                );
                let nominal = self.view.latin
                    && gap <= 40
                    && [" of", " in", " against", " with", " for"]
                        .iter()
                        .any(|p| self.view.between(hit.span.start, hit.span.end).ends_with(p));
                if !(nominal || METONYMS.iter().any(|m| noun.starts_with(m)) || stands_for && noun.chars().count() <= 8)
                {
                    continue;
                }
            }
            // "提供一个基于Tauri的界面": an unnamed thing uses it
            if ["一个", "一款", "一种", "一套", "一项", "首个", "首款"].iter().any(|u| between.ends_with(u))
            {
                return None;
            }
            // "谷歌前员工创立了": people of the house, not the house
            if STAFF.iter().any(|s| between.trim_start().starts_with(s)) {
                continue;
            }
            // "商汤CEO徐立创办了": the person acts, where persons may
            // "基于谷歌、三星联合开发的Android XR": they act in the relative clause
            let inner = gap <= 2 && self.view.between(hit.span.end, self.view.span.end).starts_with('的');
            if (group.apposed && kinds.has(EntityKind::Person)) || (self.is_object(group) && !inner) {
                continue;
            }
            return Some(g);
        }
        None
    }

    /// Whether a group directly follows another verb and so is its object.
    fn is_object(&self, group: &Group) -> bool {
        self.hits.iter().any(|h| {
            let objects = if h.rule.swap { h.rule.subject } else { h.rule.object };
            h.rule.is(Construction::Verb)
                && h.span.end <= group.span.start
                && objects.has(group.kind)
                && !self.view.latin
                && {
                    let gap = self.view.between(h.span.end, group.span.start);
                    gap.chars().count() <= 6 && !gap.contains(['的', '，', '、'])
                }
        })
    }

    /// The object of a verb: the first group after it of a fitting kind that no verb in between takes.
    fn object_after(&self, after: &[usize], kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        for (n, &g) in after.iter().enumerate() {
            let group = &self.view.groups[g];
            let between = self.view.between(hit.span.end, group.span.start);
            if between.chars().count() > REACH {
                return None;
            }
            let other = self.hits.iter().find(|h| {
                h.rule.is(Construction::Verb)
                    && h.span.start >= hit.span.end
                    && h.span.end <= group.span.start
                    && h.rule.relation != hit.rule.relation
            });
            if let Some(h) = other {
                let gap = self.view.between(h.span.end, group.span.start);
                if !gap.contains('的') {
                    continue;
                }
            }
            let partner =
                group.marker == Marker::Companion && self.extractor.dictionary.schema.get(hit.rule.relation).symmetric;
            if !partner
                && matches!(group.marker, Marker::Companion | Marker::Agent | Marker::Than | Marker::Dative)
                && !self.view.latin
                && n == 0
            {
                continue;
            }
            // "收购前苹果设计总监的公司": a house that somebody left
            if between.ends_with(['前', '原'])
                || (group.marker == Marker::Source && !self.view.latin && !self.from_counts(hit))
            {
                continue;
            }
            // "收购新桥手持的深发展股份": what they hold, not they
            let holds = self.view.between(group.span.end, self.view.span.end);
            if ["所持", "持有的", "手持", "手中", "拥有的", "所拥有"].iter().any(|h| holds.starts_with(h))
                && n + 1 < after.len()
            {
                continue;
            }
            if kinds.has(group.kind) {
                // "采用英伟达H100": the thing, not its maker
                if let Some(&next) = after.get(n + 1) {
                    let thing = &self.view.groups[next];
                    let gap = self.view.between(group.span.end, thing.span.start).trim();
                    if thing.kind == EntityKind::Product
                        && group.kind != EntityKind::Product
                        && kinds.has(EntityKind::Product)
                        && matches!(gap, "" | "的" | "'s" | "’s" | "旗下的" | "旗下" | "“" | "的“")
                    {
                        return Some(next);
                    }
                }
                return Some(g);
            }
        }
        None
    }

    /// Whether what a possessor holds acts for it (`商汤的团队`, `M1 的表现`).
    fn stands_for(&self, group: &Group) -> bool {
        let after = self.view.between(group.span.end, self.view.span.end);
        let noun = after.trim_start_matches(['”', '"', '」', '》', ' ', '的']);
        let noun = noun.strip_prefix("'s ").or_else(|| noun.strip_prefix("’s ")).unwrap_or(noun);
        METONYMS.iter().any(|m| noun.starts_with(m))
    }

    /// Whether what stands after 从 or from may be the object: it may be left, spun off, graduated from, but
    /// nobody joins, rivals or buys it.
    fn from_counts(&self, hit: &Hit<'d>) -> bool {
        let relation = self.extractor.dictionary.schema.get(hit.rule.relation).name.as_str();
        hit.rule.status.is_some() || !matches!(relation, "works_for" | "competes_with" | "acquires" | "outperforms")
    }

    /// A test or list, where others are measured (`SWE-bench 基准上`), does not beat anybody.
    fn measures(&self, group: &Group, hit: &Hit<'d>) -> bool {
        let relation = self.extractor.dictionary.schema.get(hit.rule.relation).name.as_str();
        let after = self.view.between(group.span.end, self.view.span.end);
        let after = after.trim_start_matches(['”', '"', '」', '》', ' ', '）', ')']);
        matches!(relation, "outperforms" | "competes_with")
            && group.kind == EntityKind::Product
            && ([
                "测试",
                "基准",
                "竞赛",
                "榜单",
                "评测",
                "考试",
                "数据集",
                "排行榜",
                "等评测",
                "等测试",
                "等基准",
                "评估",
                "编码基准",
                "中",
                "上，",
                "上达",
                "上的",
                "上取得",
                "任务",
                "benchmark",
            ]
            .iter()
            .any(|w| after.starts_with(w)))
    }

    /// The subject carried over from an earlier clause of the sentence.
    fn carried(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>, weight: &mut f32) -> Option<usize> {
        // a clause with a subject of its own does not inherit one
        let own = self.view.between(self.view.clauses[clause].start, hit.span.start);
        if own.chars().count() > if self.view.latin { 60 } else { 24 } {
            return None;
        }
        // "…, who leads FAIR": the nearest name, not the subject
        let relative = ["who ", "which ", "whose "].iter().any(|w| own.trim_start().starts_with(w));
        for c in (0..clause).rev() {
            let mut groups: Vec<(usize, &Group)> =
                self.view.groups.iter().enumerate().filter(|(_, g)| g.clause == c).collect();
            if relative {
                groups.reverse();
            }
            for (g, group) in groups {
                if group.marker != Marker::Bare
                    || self.measures(group, hit)
                    || (group.possessor && !self.stands_for(group))
                    || self.is_object(group)
                    || (group.apposed && kinds.has(EntityKind::Person))
                    || !kinds.has(group.kind)
                {
                    continue;
                }
                *weight *= 0.85;
                return Some(g);
            }
        }
        None
    }

    /// A subject that only the sentence before has: claimed with less confidence, and only by a clause that
    /// opens with the verb.
    fn implied(&mut self, hit: &Hit<'d>, object: usize, kinds: KindSet) {
        let view = self.view;
        let lead = view.between(view.span.start, hit.span.start);
        let topic = [
            (EntityKind::Company, self.topic.house),
            (EntityKind::Person, self.topic.person),
            (EntityKind::Product, self.topic.product),
        ]
        .into_iter()
        .find_map(|(k, m)| if kinds.has(k) { m } else { None });
        let fits = lead.chars().count() <= 10
            && view.groups.iter().all(|g| g.span.start >= hit.span.start)
            && view.clause_at(hit.span.start) == 0;
        match topic {
            Some(m) if fits => {
                let o = view.groups[object].clone();
                if self.head_after(&o, &hit.rule.unless_head).is_some() || !hit.rule.if_head.is_empty() {
                    return;
                }
                let Some(status) = self.status_of(hit) else { return };
                for &object in &o.members {
                    let (s, o) = if hit.rule.swap { (object, m) } else { (m, object) };
                    self.pair(hit.rule, s, o, hit.span, status, None, hit.rule.precision * 0.6);
                }
            }
            _ => self.miss(hit, || "no subject of a fitting kind".into()),
        }
    }

    /// An object that the sentence does not name: the house that the article is about.
    fn on_topic(&mut self, hit: &Hit<'d>, given: usize, as_object: bool) {
        let group = self.view.groups[given].clone();
        let group_of = |m: usize| self.found.mentions[m].entity;
        let others: Vec<u32> = group.members.iter().map(|&m| group_of(m)).collect();
        let fits = |m: &usize| !others.contains(&group_of(*m));
        let topic =
            self.topic.goes_on().filter(fits).or(self.topic.main.filter(fits)).or(self.topic.house.filter(fits));
        let Some(main) = topic else { return };
        if group.marker == Marker::Dative && !self.view.latin && !as_object {
            return;
        }
        let Some(status) = self.status_of(hit) else { return };
        for &m in &group.members {
            let (a, b) = if hit.rule.swap != as_object { (main, m) } else { (m, main) };
            self.pair(hit.rule, a, b, hit.span, status, None, hit.rule.precision * 0.75);
        }
    }

    /// The head noun after the object that makes the claim another one.
    fn head_after<'r>(&self, object: &Group, heads: &'r [String]) -> Option<&'r str> {
        let after = self.view.between(object.span.end, self.view.span.end);
        let after = after.trim_start_matches(['”', '"', '」', '》', ' ']);
        let after = after.strip_prefix("'s ").or_else(|| after.strip_prefix("’s ")).unwrap_or(after);
        // a share or a number of shares comes before its head; <N> is how anonymised corpora write numbers
        let mut after = after;
        loop {
            let short = after.trim_start_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, '.' | '%' | '％' | ' ' | '约' | '近' | '逾' | '超' | '余')
            });
            let short = short.strip_prefix("<N>").unwrap_or(short);
            if short.len() == after.len() {
                break;
            }
            after = short;
        }
        let plain = after.strip_prefix('的').unwrap_or(after);
        let cut = plain.char_indices().nth(8).map_or(plain, |(i, _)| &plain[..i]);
        // the noun phrase that goes on after the object: "佳兆业珠江新城项目"
        let phrase =
            after.split(['，', '。', '、', '；', ',', '的', '和', '与', '及', '）', '（']).next().unwrap_or_default();
        let phrase = if phrase.chars().count() <= 12 { phrase } else { "" };
        heads.iter().map(String::as_str).find(|h| {
            if h.is_ascii() {
                after.starts_with(*h)
            } else if after.len() != plain.len() {
                cut.contains(h)
            } else {
                after.starts_with(*h) || (h.chars().count() >= 2 && phrase.ends_with(h))
            }
        })
    }

    /// `A 与 B 合作`, `A 和 B 达成合作`.
    fn pair_of(&mut self, hit: &Hit<'d>) {
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
                    && rule.subject.has(view.groups[g].kind)
                    && view.between(view.groups[g].span.end, hit.span.start).chars().count() <= REACH
            })
            .collect();
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
                .or_else(|| self.carried(clause, rule.subject, hit, &mut weight).filter(|&g| g != b));
            (a, Some(b))
        } else {
            // "A 和 B 达成合作": one group of two or more
            match before.first().copied().filter(|&g| {
                view.groups[g].marker == Marker::Bare
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
                    for i in 0..m.len() {
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

    /// `A 的竞争对手 B`, `B 是 A 的供应商`: A holds, B fills.
    fn noun(&mut self, hit: &Hit<'d>) {
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
                    && holder_kinds.has(g.kind)
                    && view.between(hit.span.end, g.span.start).chars().count() <= 8
            })
        } else {
            view.groups.iter().rposition(|g| g.span.end <= hit.span.start).filter(|&g| {
                let group = &view.groups[g];
                let between = view.between(group.span.end, hit.span.start);
                let t = between.trim_matches([' ', '”', '"', '“']);
                let its = self.pronoun(group);
                holder_kinds.has(group.kind)
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
            filler_kinds.has(view.groups[g].kind)
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
            filler_kinds.has(view.groups[g].kind) && t.starts_with('等') && t.chars().count() <= 7
        });
        if let Some(listed) = listed
            && filler_after.is_none()
        {
            let f = view.groups[listed].clone();
            let clause = view.clause_at(hit.span.start);
            let subject = view.groups.iter().position(|g| {
                g.clause == clause
                    && g.span.end <= f.span.start
                    && holder_kinds.has(g.kind)
                    && matches!(g.marker, Marker::Bare)
            });
            let subject = subject.or_else(|| self.carried(clause, holder_kinds, hit, &mut weight));
            let holder = match subject {
                Some(s) => Some(view.groups[s].members[0]),
                None => self.topic.house.or(self.topic.main),
            };
            let Some(holder) = holder.filter(|&h| holder_kinds.has(self.kind(h))) else { return };
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
            let Some(main) = self.topic.main.or(self.topic.house).filter(|&m| holder_kinds.has(self.kind(m))) else {
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
                filler_kinds.has(view.groups[f].kind)
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

    /// Whether a group is 其, its, his, her: a holder without 的.
    fn pronoun(&self, group: &Group) -> bool {
        matches!(self.found.mentions[group.members[0]].how, How::Coreference("其" | "its" | "his" | "her"))
    }

    fn subject_in_clause(&self, clause: usize, hit: &Hit<'d>, kinds: KindSet) -> Option<usize> {
        self.view.groups.iter().position(|g| {
            g.clause == clause
                && g.span.end <= hit.span.start
                && kinds.has(g.kind)
                && g.marker == Marker::Bare
                && !matches!(self.found.mentions[g.members[0]].how, How::Short)
        })
    }
}
