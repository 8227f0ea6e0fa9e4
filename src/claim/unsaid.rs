//! Ends that a sentence does not name: who goes without saying where it opens with its verb, and the house that the article
//! is about.

use super::extract::{Hit, Scene};
use super::sentence::{Group, Marker};
use crate::find;
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
        let fits = fits && (view.latin || !others);
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
                    self.pair(hit.rule, s, o, hit.span, status, None, hit.rule.precision * 0.6);
                }
            }
            _ => self.miss(hit, || "no subject of a fitting kind".into()),
        }
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
        let told = self.view.groups.iter().find(|g| {
            g.span.end <= group.span.start
                && (g.clause < group.clause
                    // "A近半年也有多位高管离职": the house that opens the clause
                    || hit.rule.status == Some(Status::Ended)
                        && group.kind == EntityKind::Person
                        && g.clause == group.clause
                        && self.view.between(g.span.end, group.span.start).ends_with('有'))
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
