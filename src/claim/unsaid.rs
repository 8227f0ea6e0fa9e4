//! Ends that a sentence does not name: who goes without saying where it opens with its verb, and the house that the article
//! is about.

use super::extract::{Hit, Scene};
use super::phrase::QUOTES;
use super::sentence::{Group, Marker};
use super::shared::goes_without;
use crate::dictionary::relations::Construction;
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, KindSet, Status};

impl<'d> Scene<'_, 'd> {
    /// A subject that only the sentence before has: claimed with less confidence, and only by a clause that
    /// opens with the verb.
    pub(super) fn implied(&mut self, hit: &Hit<'d>, object: usize, kinds: KindSet) {
        let view = self.view;
        let lead = view.between(view.span.start, hit.span.start);
        if self.they(hit, object, kinds) {
            return;
        }
        // rivals are of one kind, if it can be had
        let alike = self.extractor.traits(hit.rule).compared && view.groups[object].kind == EntityKind::Product;
        let thing =
            self.topic.product.filter(|_| (hit.rule.thing || alike) && !view.latin && kinds.has(EntityKind::Product));
        let topic = thing.or([
            (EntityKind::Company, self.topic.house),
            (EntityKind::Person, self.topic.person),
            (EntityKind::Product, self.topic.product),
        ]
        .into_iter()
        .find_map(|(k, m)| if kinds.has(k) { m } else { None }));
        // "今年4月推出了A，随后又上线了B": all that the sentence has named was done by who goes without saying
        let clause = view.clause_at(hit.span.start);
        let goes_on = || {
            !view.latin
                && clause > 0
                && (hit.rule.own == Some(true) || hit.rule.thing)
                && view.between(view.clauses[clause].start, hit.span.start).chars().count() <= 6
                && view
                    .groups
                    .iter()
                    .filter(|g| g.span.end <= hit.span.start)
                    .all(|g| g.makes_next || self.is_object(g))
        };
        // "学历：1998年毕业于A": what the item tells of stands before it
        let label = || {
            let [head, here, ..] = view.clauses[..] else { return false };
            let item = view.between(head.end, here.start).trim();
            let own = view.between(here.start, hit.span.start).chars().count();
            !view.latin && clause == 1 && item == "：" && head.len() <= 24 && own <= 8
        };
        let fits = view.groups.iter().all(|g| g.span.start >= hit.span.start)
            && (lead.chars().count() <= 10 && clause == 0 || label())
            || goes_on();
        // "他们发布了A": somebody whom the text does not name
        let others = ["他们", "她们", "人们", "大家"].iter().any(|w| lead.contains(w));
        let fits = fits && (view.latin || !others && !self.part_of_name(hit, object));
        match topic {
            Some(m) if fits => {
                let listed = hit.rule.own == Some(true) && !view.latin;
                let o = match listed {
                    true => super::phrase::whole(view, object, true),
                    false => view.groups[object].clone(),
                };
                if self.head_after(&o, &hit.rule.unless_head).is_some() || !hit.rule.if_head.is_empty() {
                    return;
                }
                let Some(status) = self.status_of(hit) else { return };
                for &object in &o.members {
                    let (s, o) = if hit.rule.swap { (object, m) } else { (m, object) };
                    // "这种模式结合了CUDA生态": nobody is told to use what is their own
                    let own = !view.latin
                        && self.extractor.dictionary.rules.known_makers().is_some_and(|known| {
                            self.extractor.traits(known).over.contains(&hit.rule.relation)
                                && self.extractor.makes(self.found, s, o) == Some(true)
                        });
                    if !own {
                        self.pair(hit.rule, s, o, hit.span, status, None, hit.rule.precision * 0.6);
                    }
                }
            }
            _ => self.miss(hit, || "no subject of a fitting kind".into()),
        }
    }

    /// `配备工具的A更是…`, `研究中使用的A`, `客户在适配A时`: whether the verb only tells what a name is, or is said of
    /// somebody without a name.
    fn part_of_name(&self, hit: &Hit, object: usize) -> bool {
        let view = self.view;
        let o = &view.groups[object];
        let clause = view.clauses[view.clause_at(hit.span.start)];
        let lead = view.between(clause.start, hit.span.start);
        if o.span.start < hit.span.end {
            return false;
        }
        const STRANGERS: [&str; 8] = ["用户", "客户", "开发者", "家长", "学生", "患者", "玩家", "企业"];
        let gap = view.between(hit.span.end, o.span.start).trim_end_matches(QUOTES);
        let rest = view.between(o.span.end, clause.end).trim_start_matches(QUOTES);
        let acts = rest.starts_with(|c| "便更则已也还将在就却成是凭能又仅".contains(c));
        // "发布融合理解与生成的模型A"
        let done = view.between(hit.span.start, o.span.start).contains('了');
        let behind = !done && self.hits.iter().any(|h| h.rule.is(Construction::Verb) && h.span.end == hit.span.start);
        let clause_of = gap.contains('的') && (behind || acts || lead.ends_with(['从', '像', '如']));
        let used = gap.starts_with('的') && self.extractor.traits(hit.rule).possessed && !lead.contains('其');
        // "带来了“A”的解放"
        let of_it = hit.rule.own == Some(true) && rest.starts_with('的');
        clause_of || used || of_it || STRANGERS.iter().any(|w| lead.contains(w))
    }

    /// Whether a sentence without an end tells of somebody else than the article's house: `北斗与A联手打造的B`, `有三家获得了
    /// A的投资`, `Tolan再获A领投`.
    fn of_another(&self, hit: &Hit<'d>, group: &Group, as_object: bool) -> bool {
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let traits = self.extractor.traits(hit.rule);
        let lead = view.between(view.clauses[group.clause].start.min(group.span.start), group.span.start);
        let before = |g: &&Group| g.clause == group.clause && g.span.end <= group.span.start;
        if hit.rule.is(Construction::Pair) {
            // "与A直接竞争的项目"
            let modifies = traits.compared && view.between(hit.span.end, view.span.end).starts_with('的');
            let own = ["与", "和", "跟", "同"].iter().filter_map(|w| lead.rfind(w)).max().map_or("", |at| &lead[..at]);
            // "张三与A的合作", "其优势在于与A的协同"
            let other = view.groups.iter().filter(before).any(|g| match g.kind {
                EntityKind::Person => {
                    let named = !matches!(self.found.mentions[g.members[0]].how, How::Coreference(_));
                    named && g.marker == Marker::Bare
                }
                kind => kind == EntityKind::Product && self.pronoun(g),
            });
            return modifies || other || own.chars().count() >= 2 && !goes_without(own);
        }
        if traits.compared {
            // "面对A的竞争，这些公司…"
            let next = view.clauses.get(clause + 1).map_or("", |c| view.between(c.start, c.end));
            let many = ["这些", "众多", "不少", "许多", "各家", "创业公司"].iter().any(|w| find::starts(next, w));
            // "对原作者构成压力"
            let words = view.between(group.span.end.min(hit.span.start), hit.span.start);
            let at = ["对", "给", "向"].iter().filter_map(|w| words.rfind(w).map(|at| at + w.len())).max();
            let to_stranger = hit.rule.with.iter().any(|w| w == "对") && at.is_some_and(|at| at < words.len());
            return if as_object { many } else { to_stranger };
        }
        if !traits.deal || as_object {
            return false;
        }
        // a name that we do not know, and a product of another house
        let told = |g: &Group| view.between(g.span.end, hit.span.start.max(g.span.end));
        let unknown = lead.split(|c: char| !c.is_ascii_alphanumeric()).any(|w| {
            let name = w.len() >= 4 && w.starts_with(|c: char| c.is_ascii_uppercase()) && w != "Series";
            name && w.bytes().any(|b| b.is_ascii_lowercase())
                && !view.groups.iter().filter(before).any(|g| view.between(g.span.start, g.span.end).contains(w))
        });
        let thing = view.groups.iter().any(|g| {
            g.kind == EntityKind::Product
                && g.span.end <= group.span.start
                && g.marker == Marker::Bare
                && !g.brand
                && !g.possessor
                && self
                    .topic
                    .goes_on()
                    .is_some_and(|m| self.extractor.makes(self.found, m, g.members[0]) == Some(false))
        });
        // "他是A的第四轮融资领投人": A's round, whatever A is
        let round = |g: &Group| {
            let words = told(g);
            g.possessor && words.starts_with('的') && words.ends_with("融资") && words.chars().count() <= 10
        };
        let some = ["两家", "三家", "四家", "五家", "几家"].iter().any(|w| lead.contains(w));
        unknown && lead.contains('获') || thing || some || view.groups.iter().any(|g| g.clause == clause && round(g))
    }

    /// An object that the sentence does not name: the house that the article is about.
    pub(super) fn on_topic(&mut self, hit: &Hit<'d>, given: usize, as_object: bool) {
        let mut group = self.listed(&self.view.groups[given]);
        // "with participation from Acme Ventures and angel investor Jane Doe"
        if self.view.latin && as_object && group.span.start >= hit.span.end {
            let kinds = if hit.rule.swap { hit.rule.subject } else { hit.rule.object };
            let more = self.coordinated(given, kinds);
            group.members.extend(more.into_iter().flat_map(|g| self.view.groups[g].members.clone()));
        }
        if !self.view.latin && self.of_another(hit, &group, as_object) {
            self.miss(hit, || "it is told of somebody else".into());
            return;
        }
        // "A以及老股东B、C跟投"
        if !self.view.latin
            && !as_object
            && self.extractor.traits(hit.rule).deal
            && group.kind == EntityKind::Company
            && group.span.end <= hit.span.start
        {
            group.members.extend(self.series_before(given, hit.rule.subject));
        }
        // "特斯拉Optimus项目负责人科瓦奇宣布离职": the title tells what was left
        let titled = |f: &super::extract::Found| f.role.is_some() && group.members.contains(&f.subject);
        if hit.rule.status == Some(Status::Ended) && group.kind == EntityKind::Person && self.out.iter().any(titled) {
            return;
        }
        let group_of = |m: usize| self.found.mentions[m].entity;
        let mut others: Vec<u32> = group.members.iter().map(|&m| group_of(m)).collect();
        // "A领投，B跟投": who takes part in a deal is not whom it is made in
        others.extend(self.dealers(hit));
        // "Jane Doe, a partner at Acme, led the round": not in her own house
        if self.view.latin && self.extractor.traits(hit.rule).deal {
            others.extend(self.out.iter().filter(|f| titled(f)).map(|f| group_of(f.object)));
        }
        let fits = |m: &usize| !others.contains(&group_of(*m));
        // "Led by Orbis. Halden also joined the round": what the article is about, not who led it
        let lead = self.view.between(self.view.span.start, hit.span.start);
        let also = lead.ends_with(" also ") || self.view.between(hit.span.start, hit.span.end).starts_with("also ");
        let also = also && self.view.latin && self.extractor.traits(hit.rule).deal;
        let about = self.topic.main.filter(|_| also).filter(fits);
        // "美团两度投资。C轮则由…领投": who put money in before is not whom it is put into
        let deal = self.extractor.traits(hit.rule).deal && !self.view.latin && hit.rule.status.is_none();
        let paid = |m: &usize| fits(m) && !(deal && Some(*m) != self.topic.main && self.invests(*m));
        let topic = about
            .or(self.topic.goes_on().filter(paid))
            .or(self.topic.main.filter(fits))
            .or(self.topic.house.filter(fits));
        // "宇树科技C轮融资落定，吸引了腾讯、阿里的共同领投": a house that the sentence has named before
        let wanted = if hit.rule.swap != as_object { hit.rule.subject } else { hit.rule.object };
        // "百川智能也有洪涛等高管离职"
        let within = |g: &Group| {
            g.clause == group.clause
                && hit.rule.status == Some(Status::Ended)
                && group.kind == EntityKind::Person
                && self.view.between(g.span.end, group.span.start).ends_with('有')
        };
        let told = self.view.groups.iter().find(|g| {
            g.span.end <= group.span.start
                && (g.clause < group.clause || within(g))
                && g.fits(wanted)
                && g.kind != EntityKind::Person
                && g.members.len() == 1
                && !g.apposed
                && !self.is_object(g)
                && g.marker == Marker::Bare
                && fits(&g.members[0])
                && self.view.between(self.view.clauses[g.clause].start, g.span.start).chars().count() <= 8
        });
        // "MiniMax业务负责人魏伟被爆离职": the house that stands before the person
        // "面对来自谷歌和Meta的竞争，OpenAI加快了步伐"
        let clause = self.view.clause_at(hit.span.start);
        let told = told.or_else(|| {
            let faces = self.view.between(self.view.clauses[clause].start, group.span.start);
            let next = self.view.clauses.get(clause + 1)?;
            let opens = |g: &&Group| {
                let lead = self.view.between(next.start, g.span.start).chars().count();
                g.clause == clause + 1
                    && lead <= 3
                    && g.fits(wanted)
                    && g.marker == Marker::Bare
                    && g.members.len() == 1
            };
            let faced = ["面对", "面临", "遭遇", "随着", "在"].iter().any(|w| find::starts(faces, w));
            self.view.groups.iter().find(opens).filter(|g| faced && fits(&g.members[0]))
        });
        // "A也参与了本轮融资，B累计融资达…": the house that a later clause counts the money of
        let told = told.or_else(|| {
            const COUNTS: [&str; 8] =
                ["累计融资", "总融资", "估值", "融资总额", "融资额", "投后估值", "累计获", "融资规模"];
            let counted = self.extractor.traits(hit.rule).deal && !as_object;
            self.view.groups.iter().find(|g| {
                let next = self.view.clauses[g.clause];
                counted
                    && g.clause > clause
                    && g.clause <= clause + 3
                    && g.fits(wanted)
                    && g.kind != EntityKind::Person
                    && g.marker == Marker::Bare
                    && g.members.len() == 1
                    && fits(&g.members[0])
                    && self.view.between(next.start, g.span.start).chars().count() <= 3
                    && {
                        let rest =
                            self.view.between(g.span.end, next.end).trim_start_matches(['的', '目', '前', '最', '新']);
                        COUNTS.iter().any(|w| find::starts(rest, w))
                    }
            })
        });
        let own = given.checked_sub(1).map(|h| &self.view.groups[h]).filter(|h| h.apposed && h.fits(wanted));
        let own = own.filter(|_| !(self.view.latin && self.extractor.traits(hit.rule).deal));
        let topic = own.or(told.filter(|_| !self.view.latin)).map(|g| g.members[0]).or(topic);
        let Some(main) = topic else { return };
        // "Lumen is used by": the product is, not its maker
        if self.view.latin && as_object && !wanted.has(EntityKind::Product) {
            let clause = self.view.clause_at(hit.span.start);
            let thing = self
                .view
                .groups
                .iter()
                .any(|g| g.kind == EntityKind::Product && g.clause == clause && g.span.end <= hit.span.start);
            // "The chip will be used by"
            let lead = self.view.between(self.view.clauses[clause].start, hit.span.start).trim();
            // but "The platform is already trusted by" says it of the house that runs it
            let runs = ["The platform", "The company", "The service", "The startup", "Its platform", "Our platform"]
                .iter()
                .any(|w| find::starts(lead, w) && lead.split(' ').count() <= 5);
            let told = lead.contains(' ') && !runs && hit.rule.subject.has(EntityKind::Company) && !hit.rule.swap;
            if (thing || told) && self.view.between(hit.span.start, hit.span.end).ends_with(" by") {
                return;
            }
        }
        if group.marker == Marker::Dative && !self.view.latin && !as_object {
            return;
        }
        let Some(status) = self.status_of(hit) else { return };
        for &m in &group.members {
            let (a, b) = if hit.rule.swap != as_object { (main, m) } else { (m, main) };
            self.pair(hit.rule, a, b, hit.span, status, None, hit.rule.precision * 0.75);
        }
    }
}
