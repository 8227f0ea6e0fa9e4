//! Whose a role is, and where it is held, when its own clause does not say: what the sentence told before, what
//! follows, and what the article is about; and whom a deed is only put to.

use super::extract::{Hit, Scene};
use super::role_words::quotes;
use super::sentence::{Group, Marker};
use super::status::last;
use crate::dictionary::relations::Construction;
use crate::find::{self, rfind};
use crate::schema::{EntityKind, KindSet, Status};
use crate::span::Span;

/// Whether English words between a house and a role say something else than what the role is: `Acme met President`.
pub(super) fn states(between: &str) -> bool {
    let t = between.trim();
    if t.starts_with("'s") || t.starts_with("’s") {
        return false;
    }
    if ["is led by", "was led by", "is run by", "is headed by", "was founded by"].contains(&t) {
        return false;
    }
    const DESCRIBING: [&str; 54] = [
        "scientific",
        "original",
        "fellow",
        "two",
        "three",
        "four",
        "senior",
        "former",
        "then",
        "interim",
        "acting",
        "new",
        "longtime",
        "long-time",
        "current",
        "outgoing",
        "incoming",
        "global",
        "deputy",
        "associate",
        "assistant",
        "lead",
        "principal",
        "founding",
        "managing",
        "executive",
        "chief",
        "general",
        "vice",
        "research",
        "engineering",
        "product",
        "software",
        "security",
        "marketing",
        "sales",
        "policy",
        "design",
        "data",
        "machine",
        "learning",
        "robotics",
        "hardware",
        "early",
        "seasoned",
        "veteran",
        "board",
        "advisory",
        "technical",
        "tech",
        "group",
        "co",
        "top",
        "safety",
    ];
    matches!(t.split(' ').next(), Some("and" | "or" | "but"))
        || t.split([' ', '-']).any(|w| {
            w.len() > 1
                && w.bytes().all(|b| b.is_ascii_lowercase())
                && !DESCRIBING.contains(&w)
                && w != "ex"
                && w != "and"
        })
}

/// Whether English words begin another statement: `of Acme and previously worked at`.
pub(super) fn tells(between: &str) -> bool {
    const WORDS: [&str; 16] = [
        "who",
        "led",
        "worked",
        "served",
        "previously",
        "formerly",
        "joined",
        "held",
        "was",
        "is",
        "has",
        "where",
        "while",
        "spent",
        "ran",
        "co-founded",
    ];
    between.split(' ').any(|w| WORDS.contains(&w))
}

impl Scene<'_, '_> {
    /// `吴宇怀，本科满绩点毕业，多伦多大学博士`: the one person of the sentence, told of by a clause that is but a
    /// house and a role.
    pub(super) fn tells_of(&self, house: &Group, role: Span) -> Option<usize> {
        let view = self.view;
        let clause = view.clauses[house.clause];
        let lead = view.between(clause.start, house.span.start).trim();
        let rest = view.between(role.end, clause.end);
        let plain = [
            "",
            "前",
            "现任",
            "曾任",
            "曾是",
            "此前是",
            "原",
            "也是",
            "如今是",
            "目前是",
            "现在是",
            "同时也是",
            "现为",
            "曾为",
            "时任",
            "现是",
            "同时是",
            "如今还是",
            "还是",
            "现在还是",
            "目前还是",
            "同时还是",
            "也曾是",
            "还曾是",
            "兼",
            "后任",
            "历任",
            "并任",
            "后担任",
            "曾担任",
            "现担任",
            "先后任",
            "先后担任",
            "后来担任",
            "随后担任",
            "此前担任",
            "此前任",
            "后成为",
            "后来成为",
        ];
        if view.latin || !plain.contains(&lead) || rest.chars().count() > 2 || house.span.end > role.start {
            return None;
        }
        let mut persons = (0..view.groups.len()).filter(|&g| view.groups[g].kind == EntityKind::Person);
        let first = persons.next().filter(|&g| {
            let group = &view.groups[g];
            group.clause < house.clause
                && group.marker == Marker::Bare
                && view.between(view.span.start, group.span.start).chars().count() <= 12
        })?;
        let other = persons.any(|g| view.groups[g].span.end <= house.span.start);
        (!other).then_some(first)
    }

    /// `某公司的负责人是前英伟达工程师李力耘`: the person who has a role, behind another role of theirs.
    pub(super) fn titled_next(&self, house: &Group, role: Span) -> Option<usize> {
        let view = self.view;
        let at = view.groups.iter().position(|g| g.span.start >= role.end && g.kind == EntityKind::Person)?;
        let person = &view.groups[at];
        let between = view.between(role.end, person.span.start);
        let is = ["是", "为", "则是", "正是", "就是", "由"].iter().any(|w| between.trim_matches(quotes).starts_with(w));
        let titled = self.hits.iter().any(|h| {
            h.rule.is(Construction::Role)
                && h.span.start >= role.end
                && h.span.end <= person.span.start
                && view.between(h.span.end, person.span.start).trim_matches(quotes).is_empty()
        });
        (!view.latin
            && house.span.end <= role.start
            && is
            && titled
            && between.chars().count() <= 24
            && !between.contains(['，', '。', '；', '、']))
        .then_some(at)
    }

    /// `这位港科大教授`: the person whom the sentence before, or an earlier clause, told of.
    pub(super) fn this_one(&self, house: &Group) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.clauses[house.clause].start, house.span.start).trim_matches(quotes);
        let lead = lead.trim_end_matches(['前', '原']);
        let points = ["这位", "这名", "那位", "作为这位", "而这位", "但这位", "这位曾经的"].contains(&lead);
        let here = view.groups.iter().rev().find(|g| g.kind == EntityKind::Person && g.clause < house.clause);
        if !points || view.latin {
            return None;
        }
        here.map(|g| g.members[0]).or(self.topic.person)
    }

    /// Whether the houses of a group are two or more joined by 和, not only listed.
    pub(super) fn joined(&self, group: &Group) -> bool {
        let [.., before, last] = group.members[..] else { return false };
        let ends = (self.found.mentions[before].span.end, self.found.mentions[last].span.start);
        !self.view.latin && matches!(self.view.between(ends.0, ends.1).trim(), "和" | "与" | "及" | "以及" | "兼")
    }

    /// `任命陈立武为CEO，接替帕特·基辛格`: whoever is taken over from had the role that the sentence gives to another.
    pub(super) fn successions(&mut self) {
        let view = self.view;
        for (i, group) in view.groups.iter().enumerate().filter(|(_, g)| g.kind == EntityKind::Person) {
            let before = i.checked_sub(1).map_or(view.span.start, |p| view.groups[p].span.end);
            let lead = view.between(before, group.span.start);
            let takes = [
                "接替",
                "接任",
                "接棒",
                "取代",
                "接班",
                "succeeding",
                "replacing",
                "taking over from",
                "took over from",
            ]
            .iter()
            .filter_map(|w| rfind(lead, w).map(|at| at + w.len()))
            .max();
            let Some(gap) = takes
                .map(|at| &lead[at..])
                .filter(|gap| gap.chars().count() <= 10 && !gap.contains(['，', '。', '；', '、']))
            else {
                continue;
            };
            let plain = gap.is_empty() || gap.ends_with('的') || gap.ends_with(['前', '原']) || gap == "了";
            if !(plain || view.latin && matches!(gap.trim(), "" | "founder" | "longtime CEO" | "former CEO")) {
                continue;
            }
            let entity = |m: usize| self.found.mentions[m].entity;
            let old = group.members[0];
            // the nearest role that the sentence gave before
            let given = self.out.iter().rev().find(|f| {
                f.role.is_some()
                    && self.kind(f.subject) == EntityKind::Person
                    && entity(f.subject) != entity(old)
                    && f.trigger.start < group.span.start
                    && matches!(f.status, Status::Asserted | Status::Planned)
                    && self.found.mentions[f.subject].span.start < group.span.start
            });
            let Some(given) = given.cloned() else { continue };
            let told = |f: &super::extract::Found| {
                entity(f.subject) == entity(old) && f.object == given.object && f.rule.relation == given.rule.relation
            };
            if !self.out.iter().any(told) {
                let status = if given.status == Status::Planned { Status::Asserted } else { Status::Ended };
                self.pair(given.rule, old, given.object, given.trigger, status, given.role, given.confidence * 0.9);
            }
        }
    }

    /// `谷歌看好 Scale AI，其创始人 Alexandr Wang…`: for 其 before a person's role, the house named before it that the
    /// person is known to belong to, if they do not belong to the one that it seems to mean.
    pub(super) fn whose(&self, house: &Group, person: &Group) -> Option<usize> {
        // "入股A，并请来其创始人B": whose he was is whom the clause before is done to
        let hires = |h: &Hit| h.rule.titled && h.span.end <= house.span.start && house.span.start - h.span.end <= 6;
        if self.pronoun(house) && !self.view.latin && self.hits.iter().any(hires) {
            let entity = |g: &Group| self.found.mentions[g.members[0]].entity;
            let near = self.view.groups.iter().rposition(|g| g.clause < house.clause && g.kind != EntityKind::Person);
            return near.filter(|&g| entity(&self.view.groups[g]) != entity(house));
        }
        // "A与B达成协议，其创始人C重返A": whose they were is not where they go
        let entity = |g: &Group| self.found.mentions[g.members[0]].entity;
        if self.pronoun(house) && !self.view.latin {
            let goes = self.hits.iter().find(|h| {
                h.rule.moves && !h.rule.swap && h.span.start >= person.span.end && h.span.start - person.span.end <= 24
            });
            let to = goes.and_then(|h| self.view.groups.iter().find(|g| g.span.start >= h.span.end));
            if to.is_some_and(|g| entity(g) == entity(house)) {
                let last = |g: &Group| self.found.mentions[g.members[g.members.len() - 1]].entity;
                return self.view.groups.iter().rposition(|g| {
                    g.span.end <= house.span.start && g.kind != EntityKind::Person && last(g) != entity(house)
                });
            }
        }
        let p = person.members[0];
        let belongs = |g: &Group| self.extractor.belongs(self.found, p, g.members[0]);
        if !self.pronoun(house) || belongs(house) != Some(false) {
            return None;
        }
        self.view
            .groups
            .iter()
            .rposition(|g| g.span.end <= house.span.start && g.kind != EntityKind::Person && belongs(g) == Some(true))
    }

    /// The persons that open the further items of a list parted by semicolons.
    pub(super) fn items_after(&self, first: &Group) -> Vec<usize> {
        let opens = |g: &&Group| {
            let lead = self.view.between(first.span.end, g.span.start).trim_end();
            let lead = ["Prof.", "Dr.", "and"].iter().fold(lead, |l, t| l.strip_suffix(t).unwrap_or(l).trim_end());
            g.kind == EntityKind::Person && g.span.start > first.span.end && lead.ends_with(';')
        };
        self.view.groups.iter().filter(opens).map(|g| g.members[0]).collect()
    }

    /// `As former Chief Marketing Officer at Acme and Orbis, she …`: the person of the clause behind the role.
    pub(super) fn fronted_role(&self, house: &Group, role: Span) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.span.start, role.start).trim_start_matches(quotes).trim_end();
        let fronts =
            ["As", "As a", "As the", "As former", "As a former", "As the former", "A former", "Former", "The former"];
        // "As the current chief of Acme and former head of Orbis, she …": each of the roles that open the sentence
        let opens = ["As ", "Having ", "A former ", "Formerly ", "Previously "].iter().any(|o| find::starts(lead, o))
            && lead.len() <= 100
            && !lead.contains([',', ';'])
            && ![" is ", " was ", " has ", " are ", " will "].iter().any(|v| lead.contains(v));
        let end = house.span.end.max(role.end);
        let at_once = view.groups.iter().position(|g| g.span.start >= end)?;
        let later = view.groups.iter().position(|g| g.span.start >= end && g.kind == EntityKind::Person);
        let (person, between) = match later.filter(|&p| opens && p > at_once) {
            Some(person) => {
                let gap = view.between(end, view.groups[person].span.start);
                let plain = gap.starts_with(" and ") && gap.len() <= 90 && gap.matches(',').count() == 1;
                (person, if plain && gap.ends_with(", ") { "," } else { gap })
            }
            None => (at_once, view.between(end, view.groups[at_once].span.start)),
        };
        let group = &view.groups[person];
        (view.latin
            // "Most recently, as the Head of Sales at Acme, she …"
            && (fronts.contains(&lead)
                // "The founders of Acme, Jane Doe and John Roe, met"
                || lead == "The"
                || opens
                || lead.ends_with(", the") || lead.is_empty() || lead.len() <= 40 && super::english_role::as_one(&lead.replace(',', "")))
            && house.span.start >= role.end
            && group.kind == EntityKind::Person
            && between.trim() == ",")
            .then_some(person)
    }

    /// `…, having previously served as Head of Sales at Acme`: the person that the sentence tells of.
    pub(super) fn served(&self, at: u32) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.span.start, at).trim_end();
        let lead = ["the", "a", "an", "its", "as"]
            .iter()
            .fold(lead, |l, w| l.strip_suffix(w).filter(|r| r.ends_with(' ')).map_or(l, str::trim_end));
        const LINKS: [&str; 17] = [
            "roles include",
            "roles included",
            "positions include",
            "experience includes",
            "career includes",
            "served",
            "and serves",
            "and currently serves",
            "and also serves",
            "serving",
            "worked",
            "working",
            "previously",
            "most recently",
            "formerly",
            "roles including",
            "roles such as",
        ];
        let tells = view.latin && LINKS.iter().any(|l| find::ends(lead, l));
        let person = view.groups.iter().rposition(|g| g.kind == EntityKind::Person && g.span.end <= at)?;
        let sole = view.groups[person].members.len() == 1;
        (tells && sole && !last(lead, 40).contains('”')).then_some(person)
    }

    /// Whether a capitalised word that is no name we know stands where the role's house would: `CEO of RMS`.
    pub(super) fn names_stranger(&self, end: u32) -> bool {
        let rest = self.view.between(end, self.view.span.end);
        let Some(rest) = [" of ", " at ", " for "].iter().find_map(|p| rest.strip_prefix(p)) else { return false };
        // "general counsel at Rover": where it is held, whatever the word
        let held = self.view.between(end, self.view.span.end).starts_with(" at ");
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        let at = self.view.span.end - rest.len() as u32;
        // "president of the Americas"
        const REGIONS: [&str; 10] =
            ["Americas", "EMEA", "APAC", "Europe", "Asia", "North America", "Latin America", "China", "India", "Japan"];
        let region = REGIONS.iter().find_map(|r| rest.strip_prefix(r));
        if region.is_some_and(|t| t.is_empty() || t.starts_with([',', '.', ';']) || t.starts_with(" and ")) {
            return false;
        }
        // "Vice President of Operations": a field
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
        rest.starts_with(|c: char| c.is_ascii_uppercase())
            && (held || !self.extractor.dictionary.lexicon.is_common(word))
            && !self.view.groups.iter().any(|g| g.span.start == at && g.kind != EntityKind::Person)
    }

    /// Whether words name the field of a role before its bearer: `VP of Product Jane Doe`; `had`: the house that has the role
    /// stands right before it, as in `Acme's head of data science, Jane Doe`.
    pub(super) fn names_field(&self, between: &str, had: bool) -> bool {
        let Some(rest) = ["of ", "for "].iter().find_map(|p| between.strip_prefix(p)) else { return false };
        let field = |w: &str| {
            let w = w.trim_end_matches(',');
            matches!(w, "and" | "&" | "AI" | "HR" | "IT" | "R&D")
                || self.extractor.dictionary.lexicon.is_common(w)
                    && !matches!(w, "the" | "a" | "an" | "its" | "that" | "who" | "at")
        };
        self.view.latin
            && (had || rest.starts_with(|c: char| c.is_ascii_uppercase()))
            && !rest.trim_end_matches(',').contains(',')
            && rest.split(' ').count() <= if had { 5 } else { 4 }
            && rest.split(' ').all(field)
    }

    /// Whether a house has the role that follows it, with at most two words of the role's before: `Acme's former`.
    pub(super) fn has_role(&self, house: &Group, role: u32) -> bool {
        let words = self.view.between(house.span.end, role).trim();
        let words = ["'s", "’s", "'", "’"].iter().find_map(|m| words.strip_prefix(m)).unwrap_or(words);
        words.split(' ').count() <= 3
            && !words.contains([',', ';', '(', '.'])
            && !words
                .split(' ')
                .any(|w| matches!(w, "is" | "was" | "are" | "as" | "a" | "an" | "the" | "has" | "to" | "and"))
    }

    /// `of the AI app builder`: a preposition, and what the house that follows is.
    pub(super) fn names_house(&self, between: &str) -> bool {
        let Some(rest) = ["of ", "at ", "for ", "with "].iter().find_map(|p| between.strip_prefix(p)) else {
            return false;
        };
        let noun = rest.rsplit(' ').next().unwrap_or_default();
        let noun = noun.strip_suffix(',').unwrap_or(noun);
        let is = |n: &String| noun == n;
        rest.split(' ').count() <= 7
            && !rest.trim_end_matches(',').contains([',', '(', ';'])
            && (self.extractor.firm_nouns.iter().any(is) || self.extractor.product_nouns.iter().any(is))
    }

    /// For a person whose houses the dictionary knows: the one that the paragraph named last, else the first of them
    /// in the article, if any.
    pub(super) fn known_house(&self, person: usize) -> Option<Option<usize>> {
        self.extractor.belongs(self.found, person, person)?;
        let house = |m: &usize| matches!(self.kind(*m), EntityKind::Company | EntityKind::Organization);
        let mentions = || (0..self.found.mentions.len()).filter(house);
        // the house itself before its subsidiaries
        let own = |m: &usize| self.extractor.belongs_itself(self.found, person, *m);
        // "CEO张鹏毕业于清华大学，首席科学家唐杰": where somebody studied is no house of the next one's
        let studied = |m: &usize| {
            let lead = self.view.text.get(..self.found.mentions[*m].span.start as usize).unwrap_or_default();
            ["毕业于", "就读于", "求学于", "任教于", "考入", "毕业自"].iter().any(|w| find::ends(lead, w))
        };
        let near = (self.topic.opens..person).rev().filter(house).find(|m| own(m) && !studied(m));
        // "A由B孵化，创始人为C": what the sentence tells of, before the house that it names last
        let told = self.told_house(self.found.mentions[person].span.start).filter(|m| !self.view.latin && own(m));
        let own = told.or(near).or_else(|| mentions().find(own));
        Some(own.or_else(|| mentions().find(|&m| self.extractor.belongs(self.found, person, m) == Some(true))))
    }

    /// The house that a role without one belongs to: the sentence's subject so far, if it has one, else the
    /// house that the article is about.
    pub(super) fn topic_house(&self, before: u32) -> Option<usize> {
        let house = |k: EntityKind| matches!(k, EntityKind::Company | EntityKind::Organization);
        // "Stan, founded by Jane Doe (CEO)": the nearest house before
        if self.view.latin && self.view.between(self.view.span.start, before).ends_with('(') {
            let near = self.view.groups.iter().rev().find(|g| g.span.end <= before && house(g.kind));
            let cut = |g: &&Group| self.view.between(g.span.end, before).contains(';');
            return near.filter(|g| !cut(g)).map(|g| g.members[0]);
        }
        // "a startup whose founders, Jane Doe and": the house that the clause before ends with, or tells of
        let lead = self.view.between(self.view.span.start, before);
        if self.view.latin && lead.trim_end().ends_with(" whose") {
            let near = self.view.groups.iter().rev().find(|g| g.span.end <= before && house(g.kind));
            if let Some(g) = near {
                return Some(g.members[0]);
            }
        }
        // "Orbis cut its forecast. Chief executive Jane Doe said": the house that the paragraph is about
        let lately = if self.view.latin { self.topic.goes_on() } else { self.topic.main };
        self.told_house(before).or(lately)
    }

    /// The house that the sentence opens with, before a place in it.
    pub(super) fn told_house(&self, before: u32) -> Option<usize> {
        let lead = self.view.groups.first().filter(|g| {
            g.span.end <= before
                && matches!(g.kind, EntityKind::Company | EntityKind::Organization)
                && g.members.len() == 1
                && g.marker == Marker::Bare
                && !g.apposed
                && self.view.between(self.view.span.start, g.span.start).chars().count() <= 8
        });
        lead.map(|g| g.members[0])
    }

    /// Whether the group is only whom the deed is put to, its object following at once (`向谷歌提出收购Chrome`), or whose
    /// it is when one is asked about it (`对苹果的收购意向并不知情`).
    pub(super) fn is_asked(&self, asked: usize, after: &[usize], kinds: KindSet, hit: &Hit) -> bool {
        const PUT: [&str; 9] = ["提出", "发出", "提议", "建议", "请求", "申请", "要求", "承诺", "开价"];
        let put = self.view.between(self.view.groups[asked].span.end, hit.span.start);
        const REACTS: [&str; 7] = ["不知情", "知情", "置评", "回应", "评论", "表态", "不清楚"];
        let rest = self.view.between(hit.span.end, self.view.clauses[self.view.clause_at(hit.span.start)].end);
        if put == "的" && REACTS.iter().any(|w| rest.contains(w)) {
            return true;
        }
        PUT.iter().any(|w| find::starts(put.trim_start(), w))
            && after.first().is_some_and(|&g| {
                let gap = self.view.between(hit.span.end, self.view.groups[g].span.start);
                self.view.groups[g].fits(kinds) && gap.trim_start_matches('了').trim_matches(['“', ' ']).is_empty()
            })
    }

    /// Whether a role follows a house at once, and the person after it: `Acme co-founder Jane Doe`.
    pub(super) fn titles(&self, house: &Group) -> bool {
        self.hits.iter().any(|h| h.rule.is(Construction::Role) && h.span.start == house.span.end + 1)
    }
}
