//! Verbs: `A 收购 B`, `B 被 A 收购`, `由 A 领投`; and the triggers of every construction in turn.

use super::extract::{Found, Hit, Scene};
use super::phrase::{QUOTES, whole};
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, Status};

/// Words without the years that something lasted before them: `十年的`.
pub(super) fn past_years(words: &str) -> &str {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十两数多近余逾超约".contains(c);
    let rest = words.trim_start_matches(['了', '过']).trim_start_matches(number);
    let rest = ["年", "载", "个月"].iter().find_map(|unit| rest.strip_prefix(unit)).unwrap_or(words);
    rest.trim_start_matches(['多', '之', '久'])
}

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

    fn verb(&mut self, hit: &Hit<'d>) {
        // kinds of the grammatical subject and object
        let rule = hit.rule;
        let (gs, go) = if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        // most verbs stand in sentences that name nothing they could act on
        if !rule.topic && !self.view.groups.iter().any(|g| g.fits(go)) {
            self.miss(hit, || "no object of a fitting kind".into());
            return;
        }
        if self.void(hit) {
            return;
        }
        if rule.debut {
            return self.debut(hit);
        }
        if rule.examples {
            return self.by_example(hit);
        }
        if rule.inside {
            return self.inside(hit);
        }
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let before: Vec<usize> = (0..view.groups.len())
            .rev()
            .filter(|&g| view.groups[g].clause == clause && view.groups[g].span.end <= hit.span.start)
            .filter(|&g| !self.only_makes(&view.groups[g], hit) && !self.only_names(&view.groups[g]))
            .collect();
        let after: Vec<usize> = (0..view.groups.len())
            .filter(|&g| view.groups[g].clause == clause && view.groups[g].span.start >= hit.span.end)
            .filter(|&g| !self.only_names(&view.groups[g]))
            .collect();
        // "曾在A工作十年的B"
        let rest = view.between(hit.span.end, view.span.end);
        let rest = if self.extractor.traits(hit.rule).past { past_years(rest) } else { rest };
        let relative = rest.starts_with('的');
        if self.arrival(hit) || self.passive(hit, clause, &before) {
            return;
        }
        if let Some((who, what)) = self.cleft(hit) {
            return match what {
                Some(object) => {
                    let Some(status) = self.status_of(hit) else { return };
                    let (s, o) = if rule.swap { (object, who) } else { (who, object) };
                    let (s, o) = (self.listed(&view.groups[s]), self.listed(&view.groups[o]));
                    self.claim(rule, &s, &o, hit.span, status, rule.precision);
                }
                None if rule.topic => self.on_topic(hit, who, false),
                None => self.miss(hit, || "no object of a fitting kind".into()),
            };
        }
        let mut weight = rule.precision;
        // "powered by": the trigger itself says who acts
        let lexical_by = [" by", " from"].iter().any(|b| view.between(hit.span.start, hit.span.end).ends_with(b));

        let splits = self.counts_from(hit);
        // studied and worked at a place
        let placed = self.extractor.traits(rule).place;
        let moves = rule.moves;

        // the one who acts, marked by 被, 由, 获, by
        let agent = before
            .iter()
            .copied()
            // "led by Acme with participation from Orbis": the trigger marks its own
            .find(|&g| view.groups[g].marker == Marker::Agent && view.groups[g].fits(gs) && !(lexical_by && rule.swap))
            // "selected by Acme to supply": what it is to do
            .filter(|_| !view.between(view.span.start, hit.span.start).ends_with(" to "))
            .filter(|&g| !self.left_behind(&view.groups[g]))
            // "founded by Jane Doe after she left Orbis", "researchers led by Jane Doe created Lumen": another verb's
            .filter(|_| !view.latin || rule.agent)
            // "获得Facebook母公司Meta的投资"
            .filter(|&g| !view.between(view.groups[g].span.end, view.span.end).starts_with("母公司"))
            // "由谷歌前工程师创办的": people of the house, not the house
            .filter(|&g| {
                let rest = view.between(view.groups[g].span.end, view.span.end);
                view.latin
                    || !self.extractor.traits(rule).lasts
                    || !super::arguments::STAFF.iter().any(|s| find::starts(rest, s))
            })
            // "由A创办的B投资了C": A acts in the relative clause
            .filter(|&g| !self.acts_within(g, hit))
            .filter(|&g| {
                // "由A的CEO张三和B的CEO李四共同领导"
                let end = self.list_end(&view.groups[g]);
                view.between(end, hit.span.start).chars().count() <= 16
            })
            .or_else(|| {
                // "the acquisition of Acme by Orbis"
                let behind = after
                    .get(1)
                    .filter(|&&g| view.between(view.groups[after[0]].span.end, view.groups[g].span.start) == " by ");
                behind.or(after.first()).copied().filter(|&g| {
                    view.latin && view.groups[g].fits(gs) && view.groups[g].marker == Marker::Agent && !lexical_by
                })
            });
        // "由A采用4纳米工艺代工": what A takes has no name
        let takes = self.extractor.traits(rule).possessed && !self.extractor.traits(rule).compared;
        // "为A引入了新架构": done for A, which nobody uses by that
        let served = |g: usize| {
            let lead = view.between(view.clauses[clause].start, view.groups[g].span.start);
            takes && !rule.marked && !view.latin && lead.ends_with(['为', '给'])
        };
        // but "A将由B首发搭载": nothing else is taken
        let last = view.between(hit.span.end, view.clauses[clause].end).trim_matches(QUOTES).is_empty();
        if takes && !rule.agent && !rule.swap && !last && agent.is_some_and(|g| self.led_by(g)) {
            self.miss(hit, || "who acts does something else".into());
            return;
        }
        if rule.agent && agent.is_none() {
            self.miss(hit, || "nobody is marked as the one who acts".into());
            return;
        }
        let (subject, object) = if let Some(agent) = agent {
            let patient = if relative && view.groups[agent].span.end <= hit.span.start {
                self.object_after(&after, go, hit)
            } else {
                None
            };
            // "A由B收购的C的创始人D领导": what stands before 由
            let by = view.between(view.clauses[clause].start, view.groups[agent].span.start).rfind(['由', '被']);
            let by = by.map_or(0, |at| view.clauses[clause].start + at as u32);
            let told = before.iter().copied().find(|&g| {
                let group = &view.groups[g];
                !view.latin && group.span.end <= by && group.marker == Marker::Bare && group.fits(go) && g != agent
            });
            let patient = patient
                .or(told)
                .or_else(|| {
                    before.iter().copied().find(|&g| {
                        view.groups[g].span.start < view.groups[agent].span.start.max(hit.span.start)
                            && g != agent
                            && matches!(view.groups[g].marker, Marker::Bare | Marker::Patient)
                            // "由A及B旗下基金领投": B is one of those who do
                            && (view.latin
                                || !self.extractor.traits(rule).deal
                                || view.groups[g].marker == Marker::Patient
                                || view.groups[g].span.start < view.groups[agent].span.start
                                || view.groups[agent].span.start >= hit.span.end)
                            && view.groups[g].fits(go)
                    })
                })
                // "甲是A联合创始人，创立B，后被A收购": nobody does it to themselves
                .or_else(|| {
                    let entity = |g: usize| self.found.mentions[view.groups[g].members[0]].entity;
                    self.carried(clause, go, hit, &mut weight).filter(|&g| view.latin || entity(g) != entity(agent))
                })
                .or_else(|| self.object_after(&after, go, hit).filter(|&g| g != agent))
                // "创办了光年之外，后被美团收购", "卸任字节跳动CEO，由梁汝波接任"
                .or_else(|| self.told_last(clause, go, hit, agent))
                .or_else(|| self.told_next(clause, go, hit));
            (Some(agent), patient)
        } else {
            let subject = self
                .told_person(&after, gs, go, hit)
                .or_else(|| self.participle(&before, gs, hit))
                .or_else(|| self.subject_before(&before, gs, hit))
                .or_else(|| self.told_behind(&after, gs, go, hit))
                .or_else(|| self.carried(clause, gs, hit, &mut weight));
            let patient = before.iter().copied().find(|&g| {
                matches!(view.groups[g].marker, Marker::Patient)
                    && view.groups[g].fits(go)
                    && Some(g) != subject
                    // "将其全部业务迁移到A": something of it
                    && !(self.pronoun(&view.groups[g])
                        && view.between(view.groups[g].span.end, hit.span.start).chars().count() > 3)
            });
            if self.put_into(hit, &before, &after, subject, weight) {
                return;
            }
            // "and a degree from Stanford": the trigger's own word marks what follows it
            let ahead = view.latin
                && [" by", " from", " at", " for", " with", " in", " of", " to"]
                    .iter()
                    .any(|b| view.between(hit.span.start, hit.span.end).ends_with(b));
            let dative = before.iter().copied().filter(|&g| !ahead && !served(g)).find(|&g| {
                (view.groups[g].marker == Marker::Dative
                    && !moves
                    // "向A发布更新": where it comes out
                    && !(rule.own == Some(true) && !view.latin && !self.worked_on(g))
                    || self.holds_field(g, hit)
                    || view.groups[g].marker == Marker::Means && rule.marked
                    || view.groups[g].marker == Marker::Source && (splits && !moves && !view.latin || rule.marked)
                    || view.groups[g].marker == Marker::Than && rule.than
                    || (view.groups[g].marker == Marker::Place
                        // "spent years at Orbis before joining Acme"
                        && !(view.latin && self.object_after(&after, go, hit).is_some())
                        || self.stands_in(g))
                        // "曾在A工作的B加入了C"
                        && !(moves && !view.latin && self.object_after(&after, go, hit).is_some())
                        && (placed || rule.marked && (self.upon(&view.groups[g]) || self.at_once(g, hit)))
                    || rule.marked && self.held_in(g, hit))
                    && view.groups[g].fits(go)
                    && Some(g) != subject
                    // "have made to our technology investing"
                    && !(view.latin && self.pronoun(&view.groups[g]))
                    && view.between(view.groups[g].span.end, hit.span.start).chars().count() <= 24
                    && (rule.marked || !self.is_asked(g, &after, go, hit))
            });
            // "A在B基础上蒸馏、C通过微调": B is no matter of C
            let dative = dative.filter(|&g| {
                let end = view.groups[g].span.end;
                view.latin || !subject.is_some_and(|s| view.between(end, view.groups[s].span.start).contains('、'))
            });
            let dative = dative.filter(|&g| !rule.means || view.groups[g].marker == Marker::Means);
            // "以其独有的特性": not it, but what it has
            let dative = dative.filter(|&g| view.latin || !(rule.means && self.pronoun(&view.groups[g])));
            // "在A上提升了6%": where it was measured
            let dative = dative.filter(|&g| !rule.than || view.groups[g].marker == Marker::Than || !self.stands_in(g));
            let patient = patient.filter(|_| !rule.means);
            if rule.marked && dative.is_none() && patient.is_none() {
                self.miss(hit, || "no argument is marked".into());
                return;
            }
            // "向C转让B的股权": B is what the rule asks for, not who gets it
            let headed = |g: &usize| self.head_after(&view.groups[*g], &rule.if_head).is_some();
            let asked = self.object_after(&after, go, hit).filter(|g| headed(g) && !rule.marked);
            let given = |g: &usize| {
                let words = view.between(view.groups[*g].span.end, hit.span.start);
                rule.if_head.iter().any(|h| words.contains(h.as_str()))
            };
            let dative = dative.filter(|g| asked.is_none() || given(g));
            // "把A的后端换成了B": A uses it
            let changed = patient.filter(|_| moves && !rule.swap && !view.latin).filter(|&p| view.groups[p].fits(gs));
            // "将A定位为在B基础上的升级": A rests on B
            let rests =
                patient.filter(|&p| rule.marked && !rule.swap && !rule.means && view.groups[p].fits(gs) && !view.latin);
            let rests = rests.zip(dative.filter(|&d| self.stands_in(d)));
            match changed.zip(self.object_after(&after, go, hit)).or(rests) {
                Some((patient, object)) => (Some(patient), Some(object)),
                None => (subject, patient.or(dative).or_else(|| self.object_after(&after, go, hit))),
            }
        };
        let object =
            object.or_else(|| if relative { self.copula_before(subject?, go, hit) } else { None }).or_else(|| {
                if after.iter().all(|&g| !view.groups[g].fits(go)) && !rule.marked {
                    self.after_dash(clause, go, hit)
                } else {
                    None
                }
            });
        // "is suing its former engineer, Jane Doe"
        let object = match object.filter(|&o| !(view.latin && self.pronoun(&view.groups[o]))) {
            None if !rule.marked => self.in_apposition(clause, go, hit).or(object),
            _ => object,
        };
        // "由A领衔的团队开源了B": what follows is not marked
        if agent.is_some()
            && rule.marked
            && !view.latin
            && (rule.means || object.is_some_and(|o| view.groups[o].span.start >= hit.span.end))
        {
            self.miss(hit, || "no argument is marked".into());
            return;
        }
        // "A正面临B提起的版权诉讼": who faces it
        let nominal = !view.latin && view.between(hit.span.start, hit.span.end).contains("的");
        let object = object.or_else(|| {
            before.iter().copied().find(|&g| {
                nominal
                    && subject.is_some_and(|s| g < s && view.groups[g].members[0] != view.groups[s].members[0])
                    && view.groups[g].marker == Marker::Bare
                    && view.groups[g].fits(go)
            })
        });
        let object = object.or_else(|| self.which(subject?, go, hit).filter(|_| agent.is_none() && !rule.marked));
        // "上海阵量已从商汤分拆出来": the source is what it was split from, whoever the rule takes for the subject
        if rule.parts {
            let from = before
                .iter()
                .copied()
                .find(|&g| view.groups[g].marker == Marker::Source && view.groups[g].fits(rule.object));
            let part = from.and_then(|from| {
                self.subject_before(&before, rule.subject, hit)
                    .or_else(|| self.carried(clause, rule.subject, hit, &mut weight))
                    .filter(|&p| p != from)
            });
            if let (Some(from), Some(part)) = (from, part) {
                let Some(status) = self.status_of(hit) else { return };
                let (p, h) = (view.groups[part].clone(), view.groups[from].clone());
                self.claim(rule, &p, &h, hit.span, status, weight);
                return;
            }
        }
        // "从苹果跳槽到Meta": the house left
        if moves
            && let Some(person) = if rule.swap { object } else { subject }
            // "从A挖走其专家": the hire has no name
            && !(rule.titled && self.pronoun(&view.groups[person]))
        {
            let left = before
                .iter()
                .chain(&after)
                .copied()
                .find(|&g| view.groups[g].marker == Marker::Source && view.groups[g].fits(rule.object));
            // "试图从A挖走B，但未果": they have not left
            // "从清华大学毕业后加入A": they studied there
            let studied = |g: usize| {
                const STUDIES: [&str; 9] = ["毕业", "退学", "辍学", "博士", "硕士", "本科", "学成", "肄业", "获得"];
                let rest = view.between(view.groups[g].span.end, view.span.end);
                !view.latin && STUDIES.iter().any(|w| find::starts(rest, w))
            };
            let left = left.filter(|&g| !studied(g));
            let failed = !view.latin && matches!(self.status_of(hit), Some(Status::Negated));
            if let Some(left) = left.filter(|_| !failed) {
                let (p, h) = (view.groups[person].clone(), view.groups[left].clone());
                self.claim(rule, &p, &h, hit.span, Status::Ended, weight * 0.95);
            }
        }
        let object = object.or_else(|| self.among_them(hit, go));
        // "被A收购的B、C旗下的D": the clause is about the nearest
        if relative && agent.is_some() && self.beyond_nearest(hit, object) {
            self.miss(hit, || "the relative clause is about the nearest name".into());
            return;
        }
        // "挖角A创立的B的联合创始人C": the hire is C
        let object = object.map(|o| if rule.titled && !view.latin { self.over_clause(o) } else { o });
        let Some(object) = object else {
            let listed = || self.after_dash(clause, gs, hit).filter(|_| after.is_empty() && rule.status.is_some());
            // "王小川曾强调…，但已有五位高管离职": who left stands in the clause, or is listed after it
            let here = subject.filter(|&s| rule.status.is_none() || !rule.topic || view.groups[s].clause == clause);
            match here.or(agent).or_else(listed) {
                // "is used by": the words themselves introduce the end that is missing
                Some(subject) if rule.topic && !(view.latin && rule.status.is_none() && self.introduces(hit)) => {
                    self.on_topic(hit, subject, false)
                }
                _ => self.miss(hit, || "no object of a fitting kind".into()),
            }
            return;
        };
        // "早期投资Figma的Index Ventures": the subject follows in a relative clause
        let subject = subject.or_else(|| {
            let o = &view.groups[object];
            let next = view.groups.get(object + 1)?;
            let between = view.between(o.span.end, next.span.start);
            // "驱动A的正是B公司的C": over the maker
            let at = object + 1 + usize::from(next.makes_next && !next.fits(gs));
            let next = view.groups.get(at)?;
            let lead = view.between(view.clauses[clause].start, hit.span.start);
            // "搭载A旗舰处理器的B"
            let far = between.ends_with('的') && lead.chars().count() <= 6 && !self.extractor.traits(rule).compared;
            (!view.latin
                && o.span.start >= hit.span.end
                && next.fits(gs)
                && next.clause == clause
                && (between.starts_with('的') || between.trim_end_matches(['“', '"', ' ']).ends_with('的'))
                && between.chars().count() <= if far { 12 } else { 7 }
                && !between.contains(['，', ',', '、', '（'])
                && lead.chars().count() <= if self.extractor.traits(rule).compared { 30 } else { 12 }
                && !self.hits.iter().any(|h| {
                    // "搭载A处理器的B": a noun that is a trigger as well
                    h.span.start >= o.span.end && h.span.end <= next.span.start && !h.rule.is(Construction::Noun)
                }))
            .then_some(at)
        });
        // "从OpenAI离职的Mira Murati"
        let subject = subject.or_else(|| {
            // over the house of a title: "从北大毕业的拼多多创始人黄峥"
            let next = after.iter().copied().find(|&g| !view.groups[g].apposed);
            let next = next.filter(|_| relative && view.groups[object].span.end <= hit.span.start)?;
            let gap = after.first().map_or(0, |&g| view.groups[g].span.start);
            let words = view.between(hit.span.end, gap);
            let gap = words.chars().count();
            // "曾在A工作的机器人领域专家B"
            let who = ["专家", "学者", "研究员", "工程师", "科学家", "教授", "高管"];
            let told = gap <= 18 && !words.contains(['，', '、']) && who.iter().any(|w| find::ends(words, w));
            (view.groups[next].fits(gs) && (gap <= 7 || told)).then_some(next)
        });
        let subject = subject.or_else(|| self.examples_of(hit, object, gs));
        // "过半的大企业都在使用Cursor，其中包括英伟达和Uber"
        let subject = subject.or_else(|| {
            let next = view.clauses.get(clause + 1)?;
            let first = view.groups.iter().position(|g| g.clause == clause + 1)?;
            let lists = super::list::lists(view.between(next.start, next.end));
            let lead = view.between(view.clauses[clause].start, hit.span.start).chars().count();
            (lists && lead >= 4 && view.groups[object].span.start >= hit.span.end && view.groups[first].fits(gs))
                .then_some(first)
        });
        // "Jane Doe, whose firm backed Acme": the firm did
        let whose = |s: usize| {
            let words = view.between(view.groups[s].span.end.min(hit.span.start), hit.span.start);
            words.strip_prefix(", whose ").is_some_and(|w| !w.contains(','))
        };
        if subject.is_some_and(|s| view.latin && view.groups[s].kind == EntityKind::Person && whose(s)) {
            self.miss(hit, || "somebody of theirs did it".into());
            return;
        }
        // "继收购GitHub之后，微软又…", "Founded by X, Y is …"
        let subject = subject.or_else(|| self.fronted(clause, gs, object, hit, &mut weight));
        let subject = subject.or_else(|| self.speaker_of(gs, hit));
        let made = self.made_with(object, hit).filter(|&m| view.groups[m].fits(gs) && m != object);
        // "A基于B打造了C": A uses B as well as C does
        let builder = subject.filter(|&s| {
            rule.thing
                && made.is_some()
                && view.groups[s].clause == clause
                && view.groups[s].kind != EntityKind::Product
        });
        let subject = match subject {
            Some(s) if !rule.thing || view.groups[s].kind == EntityKind::Product => Some(s),
            _ => made.or(subject),
        };
        let house = subject.is_none_or(|s| view.groups[s].kind != EntityKind::Product);
        if house && self.lent(hit, object) || subject.is_none() && self.hires(hit, &before, object) {
            return;
        }
        let Some(subject) = subject else {
            let round = view.groups[object].clone();
            if view.latin && round.possessor && self.extractor.traits(rule).whole && rule.if_head.is_empty() {
                // "I launched Acme's office"
                self.miss(hit, || "it is done to something of the object's".into());
            } else if rule.topic && self.head_after(&round, &rule.unless_head).is_none() {
                self.on_topic(hit, object, true);
            } else {
                self.implied(hit, object, gs);
            }
            return;
        };
        if subject == object {
            return;
        }
        // "挖走了其核心成员": whose people they are, nobody by name
        let person = if rule.swap { object } else { subject };
        let under = ["旗下", "麾下", "手下", "的团队", "身边"];
        let rest = view.between(view.groups[person].span.end, view.span.end);
        let whose = matches!(self.found.mentions[view.groups[person].members[0]].how, How::Coreference(_))
            && !view.latin
            && under.iter().any(|u| find::starts(rest, u));
        if rule.titled && (self.pronoun(&view.groups[person]) || whose) {
            self.miss(hit, || "the hire has no name".into());
            return;
        }
        // "A表示“最优秀的人并未被B挖走”": who says it is not hired
        let words = view.between(view.groups[person].span.end.min(hit.span.start), hit.span.start);
        if rule.titled && words.rfind('“').is_some_and(|at| !words[at..].contains('”')) {
            self.miss(hit, || "who says it is not hired".into());
            return;
        }
        let subject = self.alike(subject, object, hit);
        let behind = |g: usize| view.groups[g].span.start >= hit.span.end;
        let mut s = whole(view, subject, behind(subject));
        // "A以及老股东B、C跟投"
        if !view.latin && self.extractor.traits(rule).deal && !behind(subject) && s.kind == EntityKind::Company {
            s.members.extend(self.series_before(subject, gs));
        }
        // "Acme, Orbis (acquired by Halden)": the last of them
        if view.latin && !behind(subject) && view.between(s.span.end, hit.span.start).starts_with(" (") {
            s.members.drain(..s.members.len() - 1);
        }
        // "被OpenAI收购的Windsurf、微软旗下的…": a relative clause is about the first of a list
        let mut o =
            if relative && !view.latin { view.groups[object].clone() } else { whole(view, object, behind(object)) };
        // "竞争来自A和B，还有C"
        let words = view.between(hit.span.start, hit.span.end);
        if !view.latin && behind(object) && ["来自", "是", "包括", "有"].iter().any(|w| find::ends(words, w)) {
            o.members = self.series(object, go);
        }
        // "A投资的B与C展开竞争": C is whom B vies with
        if relative
            && !view.latin
            && let [first, second] = o.members[..]
        {
            let (end, start) = (self.found.mentions[first].span.end, self.found.mentions[second].span.start);
            let pair = |h: &Hit<'d>| h.rule.is(Construction::Pair) && h.span.start >= o.span.end;
            if view.between(end, start).trim() == "与" && self.hits.iter().any(pair) {
                o.members.truncate(1);
            }
        }
        // "A收购的B、C的D": C only says whose D is
        if relative && !view.latin && o.possessor {
            o.members.truncate(1);
        }
        // "包括A、B在内的投资者参与了其融资": none of them is whose round it is
        let entity = |m: &usize| self.found.mentions[*m].entity;
        let own = o.members.first().map(entity);
        if self.extractor.traits(rule).deal
            && self.pronoun(&o)
            && !view.latin
            && s.members.len() > 1
            && s.members.iter().any(|m| Some(entity(m)) == own)
        {
            if rule.topic {
                self.on_topic(hit, subject, false);
            }
            return;
        }
        let (s, o) = self.gerunds(hit, s, o);
        // "B被A收归旗下": the word is the verb's, not what stands behind B; "被A收购前，B只有十名员工": nor in another clause
        let own = |head: &&str| {
            let here = agent.is_none() || view.clause_at(o.span.start) == clause;
            view.latin
                || o.span.end > hit.span.start && here
                || view.between(o.span.end, hit.span.start).contains(*head)
        };
        if let Some(head) = self.head_after(&o, &rule.unless_head).filter(own) {
            self.miss(hit, || format!("the object is its {head}"));
            return;
        }
        // "支持多款主流大模型，包括A和B": the head stands before the list
        let headed = || {
            let end = view.clauses[clause].end;
            let words = view.between(hit.span.end, end);
            let apart = o.span.start >= end;
            // "依赖AI音乐平台Suno": what the house offers stands before its name
            let words = if apart { words } else { view.between(hit.span.end, o.span.start).trim_matches(QUOTES) };
            let noun = apart || super::of::plain_noun(words) && !rule.object.has(EntityKind::Product);
            noun && !view.latin && rule.if_head.iter().any(|h| find::ends(words, h))
        };
        if !rule.if_head.is_empty() && self.head_after(&o, &rule.if_head).is_none() && !headed() {
            self.miss(hit, || format!("the object is not followed by {}", rule.if_head.join(", ")));
            return;
        }
        if view.latin
            && !self.of_division(&o, hit)
            && (o.possessor || self.pronoun(&o) && self.extractor.traits(rule).deal)
            && o.span.start >= hit.span.end
            && rule.if_head.is_empty()
            && (self.extractor.traits(rule).whole
                // "leverages Acme's models": they are used, not Acme
                || !rule.object.has(EntityKind::Product)
                    && self.extractor.dictionary.schema.get(rule.relation).object.has(EntityKind::Product))
        {
            self.miss(hit, || "it is done to something of the object's".into());
            return;
        }
        if rule.minor.is_some_and(|m| self.minor_share(hit, &o).is_some_and(|is| is != m)) {
            self.miss(hit, || "another share of the object".into());
            return;
        }
        let Some(status) = self.status_of(hit) else { return };
        let status = self.granted(hit, status);
        // "Gemini接入Siri": a model goes into an app, not the app into the model; 集成到 says itself what takes which
        let model = |g: &Group| {
            let name = self.found.entities[self.found.mentions[g.members[0]].entity as usize].name.as_str();
            self.extractor.is_family(self.found, g.members[0])
                || name.ends_with("模型")
                || name.contains(|c: char| c.is_ascii_digit())
        };
        let both = s.kind == EntityKind::Product && o.kind == EntityKind::Product;
        let (taken, taker) = if rule.swap { (&s, &o) } else { (&o, &s) };
        // "Grok融合了X的数据" is said of Grok
        let flip = rule.into && !rule.swap && both && !behind(subject) && !o.possessor && model(taker) && !model(taken);
        let (s, o) = if flip { (o, s) } else { (s, o) };
        self.emit(hit, &s, &o, status, weight);
        if let Some(builder) = builder.filter(|&b| b != object) {
            self.emit(hit, &view.groups[builder].clone(), &o, status, weight * 0.9);
        }
        // "为Siri引入Gemini": Siri has it, too
        let for_it = before.iter().copied().find(|&g| g != subject && served(g) && view.groups[g].fits(gs));
        if let Some(g) = for_it.filter(|&g| view.groups[g].kind == EntityKind::Product && behind(object)) {
            self.emit(hit, &view.groups[g].clone(), &o, status, weight * 0.9);
        }
        self.left_for(hit, &s, &o, weight);
        // "用GPT-4打造了A": what is made with it, too
        if rule.means
            && !view.latin
            && let Some(made) = after.first().map(|&g| view.groups[g].clone())
            && made.kind == EntityKind::Product
            && made.fits(gs)
            && view.between(hit.span.end, made.span.start).chars().count() <= 12
            && s.kind != EntityKind::Product
        {
            self.emit(hit, &made, &o, status, weight * 0.9);
        }
        // "与苏茨克维共同创立了": the companion acts as well
        let joint = |word: &&str| view.between(view.clauses[clause].start, hit.span.end).contains(word);
        if let Some(&with) = before.iter().find(|&&g| {
            let group = &view.groups[g];
            g != subject
                && g != object
                && group.marker == Marker::Companion
                && group.fits(gs)
                && view.between(group.span.end, hit.span.start).chars().count() <= 8
        }) && (["共同", "联合", "合作", "携手", "联手", "一同", "一起"].iter().any(joint)
            // "他与唐文斌、杨沐创立了": two persons who found do it together
            || self.extractor.traits(rule).lasts
                && view.groups[with].kind == EntityKind::Person
                && view.groups[subject].kind == EntityKind::Person
                && view.between(view.groups[with].span.end, hit.span.start).is_empty())
        {
            let with = view.groups[with].clone();
            // what the dictionary's maker brought out with another is of both
            if rule.own == Some(true) && !rule.swap {
                // "谷歌联合XREAL发布了A": whichever of them the dictionary gives
                let both = with.members.iter().chain(&s.members);
                for (&s, &m) in both.flat_map(|s| o.members.iter().map(move |m| (s, m))) {
                    let confidence = weight * 0.9;
                    let trigger = hit.span;
                    if self.kind(m) == EntityKind::Product {
                        self.out.push(Found { rule, subject: s, object: m, trigger, status, role: None, confidence });
                    }
                }
            } else {
                self.emit(hit, &with, &o, status, weight * 0.9);
            }
        }
        // "发布全新的A系列，包括A1、A2": what the next clause lists
        let next = view.clauses.get(view.groups[object].clause + 1);
        if rule.own == Some(true)
            && !view.latin
            && object > subject
            && next.is_some_and(|n| super::list::lists(view.between(n.start, n.end)))
            && let Some(first) = (object + 1..view.groups.len()).find(|&g| view.groups[g].span.start >= o.span.end)
            && view.groups[first].clause == view.groups[object].clause + 1
            && view.groups[first].kind == EntityKind::Product
        {
            let more = whole(view, first, true);
            self.emit(hit, &s, &more, status, weight * 0.9);
        }
        // "founded Acme with Jane Doe"
        if view.latin && self.extractor.traits(rule).lasts && s.kind == EntityKind::Person && !rule.swap {
            let with = view.groups.iter().find(|g| {
                g.span.start >= o.span.end
                    && g.clause == clause
                    && g.kind == EntityKind::Person
                    && g.marker == Marker::Companion
                    && view.between(o.span.end, g.span.start).chars().count() <= 24
            });
            if let Some(with) = with.cloned() {
                self.emit(hit, &with, &o, status, weight * 0.9);
            }
        }
        // "sued OpenAI and Sam Altman": coordinated objects of another kind
        if object > subject || !view.latin && view.groups[object].span.start >= hit.span.end {
            for next in self.coordinated(object, go) {
                self.emit(hit, &s, &view.groups[next].clone(), status, weight * 0.9);
            }
        }
    }
}
