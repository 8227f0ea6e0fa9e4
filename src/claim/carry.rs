//! What other clauses and sentences hand on to a clause that lacks an argument: the subject of earlier clauses, what
//! they brought out, the clause after a fronted one, and the house that the article is about.

use super::extract::{Hit, Scene};
use super::phrase::QUOTES;
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::find::{self, has};
use crate::schema::{EntityKind, KindSet, RelationId};

impl<'d> Scene<'_, 'd> {
    /// The subject carried over from an earlier clause of the sentence.
    pub(super) fn carried(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>, weight: &mut f32) -> Option<usize> {
        // a clause with a subject of its own does not inherit one
        let own = self.view.between(self.view.clauses[clause].start, hit.span.start);
        if own.chars().count() > if self.view.latin { 100 } else { 32 } {
            return None;
        }
        if let Some(g) = self.together(clause, own, kinds) {
            *weight *= 0.9;
            return Some(g);
        }
        // "王璞表示，智在无界构建了…": the house acts, whatever rule asks for the person
        let relation = self.extractor.dictionary.schema.get(hit.rule.relation);
        let acting = if hit.rule.swap { relation.object } else { relation.subject };
        if !self.view.latin
            && self.view.groups.iter().enumerate().any(|(at, g)| {
                g.clause == clause
                    // "纷纷在A分享成果": where, not who
                    && !(hit.rule.marked && self.stands_in(at))
                    && g.span.end <= hit.span.start
                    && g.marker == Marker::Bare
                    && !g.possessor
                    && !g.apposed
                    && !g.fits(kinds)
                    && g.fits(acting)
                    && !self.is_object(g)
                    && !self.measures(g, hit)
            })
        {
            return None;
        }
        // "…, who leads FAIR": the nearest name, not the subject
        // "o3-pro的成功率达到80%，超过o1": what it has is what is compared
        let compared = self.extractor.traits(hit.rule).compared && !self.view.latin;
        let relative = ["who ", "which ", "whose "].iter().any(|w| find::starts(own.trim_start(), w));
        // "invested in Acme, a startup developing Lumen"
        let trigger = self.view.between(hit.span.start, hit.span.end);
        let relative = relative
            || self.view.latin
                && trigger.split(' ').next().is_some_and(|w| w.ends_with("ing"))
                && ["a ", "an "].iter().any(|w| find::starts(own.trim_start(), w));
        // "bought Acme, a threat intelligence firm founded by", "bought Acme, the maker of Lumen"
        let relative = relative
            || self.view.latin
                && [" by", " of", " behind"].iter().any(|p| find::ends(trigger, p))
                && ["a ", "an ", "the "].iter().any(|w| find::starts(own.trim_start(), w))
                && ![" is ", " was ", " are ", " were ", " has ", " been "].iter().any(|v| own.contains(v));
        // "Jane Doe and John Roe, both veterans of Acme"
        let relative = relative || self.view.latin && matches!(own.trim(), "both" | "all");
        let relative = relative
            || self.view.latin
                && ["both ", "all "].iter().any(|w| self.view.between(hit.span.start, hit.span.end).starts_with(w));
        let nominal = self.view.latin
            && [" in", " of", " with"].iter().any(|p| self.view.between(hit.span.start, hit.span.end).ends_with(p));
        if let Some(g) = self.released(clause, kinds, hit) {
            *weight *= 0.9;
            return Some(g);
        }
        if let Some(g) = self.told_by_entry(clause, kinds) {
            *weight *= 0.9;
            return Some(g);
        }
        // "Jane Doe founded Acme with her brother, John Roe, after leaving Orbis": she left
        let whoever = self.view.latin
            && ["after ", "before ", "since ", "upon "].iter().any(|w| find::starts(own.trim_start(), w))
            && self.view.clause(0).len() > 40;
        for c in (0..clause).rev().map(|c| if whoever { clause - 1 - c } else { c }) {
            // another statement, or the next item of a list of them
            if self.view.latin
                && self.view.between(self.view.clauses[c].end, self.view.clauses[c + 1].start).contains(';')
            {
                return None;
            }
            // "Acme, an affiliate of Orbis, has merged with": whose part it is does not act
            if self.view.latin && !relative && self.apposed_clause(c) {
                continue;
            }
            // "Jane Doe, former CEO of Acme, also invested": what the aside names does not act
            // but "partner at Acme, which led": Acme did
            let which = own.trim_start().starts_with("which ") && c + 1 == clause;
            if self.view.latin && kinds.has(EntityKind::Person) && self.aside(c) && !which {
                continue;
            }
            // "The company, which he founded after leaving Acme, was valued at …": an aside
            let aside = ["which ", "who ", "whose ", "where ", "whom "];
            if self.view.latin
                && !relative
                && c > 0
                && aside.iter().any(|w| self.view.clause(c).trim_start().starts_with(w))
            {
                continue;
            }
            let mut groups: Vec<(usize, &Group)> =
                self.view.groups.iter().enumerate().filter(|(_, g)| g.clause == c).collect();
            if relative {
                groups.reverse();
            }
            let first = groups.first().map_or(0, |g| g.0);
            for (g, group) in groups {
                // "A（前B副总裁）创办的C": what an aside names does not go on
                if !self.view.latin && self.enclosed(group.span.start) && !self.enclosed(hit.span.start) {
                    continue;
                }
                // "新版Siri的代码补全，都依赖着A": the clause is but what it has
                let rest = self.view.between(group.span.end, self.view.clauses[c].end);
                let held = self.extractor.traits(hit.rule).possessed
                    && !self.view.latin
                    && group.kind == EntityKind::Product
                    && rest.starts_with('的')
                    && (rest.chars().count() <= 9
                        // "A的核心在于…，并融合了B"
                        || ["的核心", "的关键", "的亮点", "的特点", "的优势"].iter().any(|w| find::starts(rest, w)));
                let speaks = nominal
                    || held
                    || self.stands_for(group)
                    || compared && g == first
                    || self.pronoun(group) && !kinds.has(EntityKind::Product);
                // "Acme, founded by Jane Doe, which has developed": no person is told of with which
                if self.view.latin && group.kind == EntityKind::Person && own.trim_start().starts_with("which ") {
                    continue;
                }
                // "Jane Doe, chief executive of Acme, who once founded": she did
                if self.view.latin
                    && own.trim_start().starts_with("who ")
                    && group.kind != EntityKind::Person
                    && kinds.has(EntityKind::Person)
                    && self.view.groups.iter().any(|p| p.kind == EntityKind::Person && p.span.end <= group.span.start)
                {
                    continue;
                }
                // "founded by Jane Doe, who earned": whatever she is in her own clause
                let told = relative
                    && self.view.latin
                    && c + 1 == clause
                    && self.view.between(group.span.end, self.view.clauses[c].end).trim().is_empty();
                if told && group.fits(kinds) && !self.measures(group, hit) {
                    *weight *= 0.9;
                    return Some(g);
                }
                // "Acme, an Orbis company, has been": whose it is
                let owner = self.view.latin
                    && ["a ", "an "].iter().any(|a| self.view.clause(c).trim_start().starts_with(a))
                    && [" company", " Company"]
                        .iter()
                        .any(|n| self.view.between(group.span.end, self.view.clauses[c].end) == *n);
                if group.marker != Marker::Bare
                    || owner
                    || self.took_part(group, hit)
                    || self.measures(group, hit)
                    || self.only_makes(group, hit)
                    || self.only_names(group)
                    || self.held_before(group, kinds)
                    || self.modifies(g, kinds)
                    || self.heads_on(g, kinds)
                    || self.while_of(group)
                    || group.possessor && !speaks
                    || self.is_object(group)
                    || (group.apposed && kinds.has(EntityKind::Person))
                    // "招募A联合创始人张三，启动…": whose house it is that was hired
                    || group.apposed && !self.view.latin && self.hired(group)
                    || !group.fits(kinds)
                {
                    continue;
                }
                *weight *= 0.85;
                return Some(g);
            }
        }
        // "公司的首款产品是A，后来又推出了B": whose the first was brings out the next
        let first = self.view.groups.first().filter(|g| {
            !self.view.latin
                && hit.rule.own == Some(true)
                && g.possessor
                && g.clause < clause
                && g.kind != EntityKind::Product
                && g.marker == Marker::Bare
                && g.members.len() == 1
                && g.fits(kinds)
                && self.view.between(self.view.span.start, g.span.start).chars().count() <= 4
        });
        first.map(|_| {
            *weight *= 0.75;
            0
        })
    }

    /// `在A失利后，…`: whether the clause only tells when or where it is.
    fn while_of(&self, group: &Group) -> bool {
        const ENDS: [&str; 8] = ["后", "时", "之际", "期间", "之前", "中", "之下", "背景下"];
        let clause = self.view.clauses[group.clause];
        let rest = self.view.between(group.span.end, clause.end);
        !self.view.latin
            && self.view.between(clause.start, group.span.start).trim_end_matches(QUOTES).ends_with('在')
            && ENDS.iter().any(|e| find::ends(rest, e))
    }

    /// `米哈游创始人蔡浩宇旗下的创业公司A，正在…`: whether the clause is but a name, and what stands before it, and ends with
    /// another name that fits.
    fn heads_on(&self, group: usize, kinds: KindSet) -> bool {
        let view = self.view;
        let here = &view.groups[group];
        let Some(last) = view.groups[group + 1..].iter().rfind(|g| g.clause == here.clause) else { return false };
        let words = view.between(here.span.end, last.span.start);
        let noun = words.rfind('的').map(|at| words[at + '的'.len_utf8()..].trim_matches(QUOTES));
        let predicate = |h: &Hit| {
            h.rule.is(Construction::Verb)
                && h.span.start >= here.span.end
                && h.span.end <= last.span.start
                && !view.between(h.span.end, last.span.start).starts_with('的')
        };
        !view.latin
            && last.fits(kinds)
            && last.members.len() == 1
            && view.between(last.span.end, view.clauses[here.clause].end).trim_matches(QUOTES).is_empty()
            && noun.is_some_and(|n| n.chars().count() <= 10 && (n.is_empty() || super::of::plain_noun(n)))
            && !words.contains(['了', '是', '，', '、', '在', '与', '和', '对'])
            && !self.hits.iter().any(predicate)
    }

    /// Whether a place of the sentence is inside brackets that say more than another name of what stands before them.
    pub(super) fn enclosed(&self, at: u32) -> bool {
        let view = self.view;
        let lead = view.between(view.span.start, at);
        if !lead.contains('(') && !has(lead, "（") {
            return false;
        }
        if lead.matches(['（', '(']).count() <= lead.matches(['）', ')']).count() {
            return false;
        }
        let Some(open) = lead.rfind(['（', '(']) else { return false };
        // "有限公司（以下简称A）": another name of it
        let inside = lead[open..].trim_start_matches(['（', '(']);
        let named = ["以下简称", "下称", "简称", "以下称", "又称", "即"].iter().any(|w| find::starts(inside, w));
        let rest = view.between(at, view.span.end);
        let close = at + rest.find(['）', ')']).unwrap_or(rest.len()) as u32;
        let start = view.span.start + open as u32;
        let mut from = start;
        let mut told = false;
        for g in view.groups.iter().filter(|g| g.span.start > start && g.span.end <= close) {
            told |= view.between(from, g.span.start).contains(|c: char| matches!(c, '\u{4E00}'..='\u{9FFF}'));
            from = from.max(g.span.end);
        }
        told |= view.between(from, close).contains(|c: char| matches!(c, '\u{4E00}'..='\u{9FFF}'));
        told && !named
    }

    /// `张三是北大毕业生，曾任搜狗CEO，后创立了B`: whether a house only tells where a person named before had a role.
    fn held_before(&self, group: &Group, kinds: KindSet) -> bool {
        let view = self.view;
        let role = self.hits.iter().any(|h| {
            h.rule.is(Construction::Role)
                && h.span.start >= group.span.end
                && view.between(group.span.end, h.span.start).chars().count() <= 8
                && view.clause_at(h.span.start) == group.clause
        });
        let person = |g: &Group| g.kind == EntityKind::Person;
        !view.latin
            && kinds.has(EntityKind::Person)
            && !person(group)
            && role
            && !view.groups.iter().any(|g| person(g) && g.clause == group.clause)
            && view.groups.iter().any(|g| person(g) && g.clause < group.clause && g.marker == Marker::Bare)
    }

    /// `基于 A 开发了 B`, `以 A 为基座，训练出 B`: what is made of the object, in this clause or one of the next two.
    pub(super) fn made_with(&self, object: usize, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let makes = self.extractor.dictionary.rules.known_makers()?.relation;
        if view.latin
            || hit.rule.swap
            || !hit.rule.thing && !hit.rule.marked
            || !hit.rule.subject.has(EntityKind::Product)
        {
            return None;
        }
        let from = view.groups[object].span.end.max(hit.span.end);
        let clause = view.clause_at(hit.span.start);
        // "基于A构建的运维助理B"
        if let Some(next) = view.groups.get(object + 1)
            && next.kind == EntityKind::Product
            && next.clause == view.groups[object].clause
            && view.groups[object].span.start >= hit.span.end
        {
            const MADE: [&str; 12] = [
                "构建的",
                "打造的",
                "开发的",
                "训练的",
                "研发的",
                "搭建的",
                "微调的",
                "设计的",
                "实现的",
                "推出的",
                "训练出的",
                "改造的",
            ];
            let words = view.between(view.groups[object].span.end, next.span.start);
            let noun = MADE.iter().find_map(|m| words.split_once(m)).filter(|(lead, noun)| {
                lead.chars().count() <= 6
                    && noun.chars().count() <= 12
                    && !words.contains(['，', '、', '。', '；', '（'])
                    && !noun.contains('的')
            });
            if noun.is_some() {
                return Some(object + 1);
            }
        }
        (object + 1..view.groups.len()).find(|&g| {
            let group = &view.groups[g];
            group.kind == EntityKind::Product
                && group.clause <= clause + 2
                && view.groups[object + 1..g].iter().all(|o| o.kind != EntityKind::Product)
                && self.brought_out(group, from, makes, &['、', '“', '的'])
        })
    }

    /// Whether a verb of the relation `makes`, at `from` or behind it, stands before the group in its clause, with none of
    /// the marks `apart` in between.
    fn brought_out(&self, group: &Group, from: u32, makes: RelationId, apart: &[char]) -> bool {
        self.hits.iter().any(|h| {
            let gap = self.view.between(h.span.end, group.span.start);
            h.rule.relation == makes
                && h.rule.is(Construction::Verb)
                && !h.rule.swap
                && h.span.start >= from
                && h.span.end <= group.span.start
                && self.view.clause_at(h.span.start) == group.clause
                && gap.chars().count() <= 16
                && !gap.contains(apart)
        })
    }

    /// `智谱发布GLM-4.5，性能超越GPT-4o`: what was brought out is what the clauses after it compare with a product.
    fn released(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let traits = self.extractor.traits(hit.rule);
        let makes = self.extractor.dictionary.rules.known_makers()?.relation;
        let with = self.view.groups.iter().find(|g| g.span.start >= hit.span.end && !g.makes_next);
        if self.view.latin
            || hit.rule.swap
            || !(traits.compared || hit.rule.thing)
            || !kinds.has(EntityKind::Product)
            || with.is_none_or(|g| g.kind != EntityKind::Product)
        {
            return None;
        }
        (0..self.view.groups.len()).rev().find(|&g| {
            let group = &self.view.groups[g];
            group.kind == EntityKind::Product
                && group.clause < clause
                && group.clause + 2 >= clause
                && group.members.len() == 1
                && !self.measures(group, hit)
                && self.brought_out(group, 0, makes, &['、', '“'])
        })
    }

    /// Whether an English clause only says what the name is that the clause before ends with: `an affiliate of Orbis`,
    /// `backed by Orbis`.
    fn apposed_clause(&self, clause: usize) -> bool {
        let Some(before) = clause.checked_sub(1) else { return false };
        let (here, told) = (self.view.clause(clause).trim_start(), self.view.clauses[before]);
        const OPENS: &[&str] = &[
            "a ",
            "an ",
            "the ",
            "one of ",
            "part of ",
            "formerly ",
            "backed by ",
            "led by ",
            "owned by ",
            "founded by ",
            "based in ",
            "a subsidiary of ",
            "now part of ",
            "along with ",
            "together with ",
            "acquired by ",
            "like ",
            "including ",
            "owner of ",
            "co-owner of ",
            "parent of ",
            "maker of ",
            "makers of ",
            "creator of ",
            "publisher of ",
            "developer of ",
            "operator of ",
            "known for ",
            "best known for ",
            "spun out of ",
            "run by ",
            "headed by ",
            "created by ",
            "controlled by ",
            "bought by ",
            "alongside ",
            "as well as ",
            "such as ",
            "unlike ",
            "rather than ",
        ];
        OPENS.iter().any(|o| find::starts(here, o))
            && self.view.groups.iter().any(|g| {
                g.clause == before && g.marker == Marker::Bare && {
                    let gap = self.view.between(g.span.end, told.end).trim();
                    gap.is_empty() || gap.starts_with('(') && gap.ends_with(')')
                }
            })
    }

    /// Whether a clause only tells the role of the person whom the clause before ends with.
    fn aside(&self, clause: usize) -> bool {
        let Some(before) = clause.checked_sub(1) else { return false };
        let (here, told) = (self.view.clauses[clause], self.view.clauses[before]);
        let named = self.view.groups.iter().any(|g| {
            g.kind == EntityKind::Person
                && g.clause == before
                && self.view.between(g.span.end, told.end).trim().is_empty()
        });
        named
            && self.hits.iter().any(|h| {
                h.rule.is(Construction::Role)
                    && here.contains(h.span)
                    && self.view.between(here.start, h.span.start).chars().count() <= 24
            })
    }

    /// For a passive clause that names only who acts: what the clause before told of last.
    pub(super) fn told_last(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>, agent: usize) -> Option<usize> {
        let view = self.view;
        // "由Acme前CEO张三领导"
        let titled = agent.checked_sub(1).map(|h| &view.groups[h]).filter(|h| h.apposed && h.clause == clause);
        let start = titled.map_or(view.groups[agent].span.start, |h| h.span.start);
        let lead = view.between(view.clauses[clause].start, start);
        let bare = lead.trim_start_matches(['后', '并', '随', '又', '已', '最', '终', '于', '是', '但', '而']);
        // "由联合创始人张三接任"
        let bare = match bare.strip_prefix('由') {
            Some(title) if !title.is_empty() && self.is_title(title, start) => "由",
            _ => bare,
        };
        if view.latin || clause == 0 || !matches!(bare, "被" | "由" | "遭") || !hit.rule.is(Construction::Verb) {
            return None;
        }
        (0..view.groups.len()).rev().find(|&g| {
            let group = &view.groups[g];
            group.clause + 1 == clause && group.fits(kinds) && group.members[0] != view.groups[agent].members[0]
        })
    }

    /// The subject of the clause after a fronted one that has none: `借助Cursor，美团…`, *Unlike X, Y …*.
    pub(super) fn fronted(
        &self,
        clause: usize,
        kinds: KindSet,
        object: usize,
        hit: &Hit<'d>,
        weight: &mut f32,
    ) -> Option<usize> {
        let view = self.view;
        // "Founded in 2020 by Jane Doe, who worked at Orbis, Acme is"
        let aside = |c: usize| {
            const ASIDES: [&str; 12] = [
                "who ",
                "which ",
                "whose ",
                "formerly ",
                "both ",
                "a ",
                "an ",
                "and a ",
                "and an ",
                "and many ",
                "and other ",
                "and more ",
            ];
            view.latin && ASIDES.iter().any(|a| view.clause(c).trim_start().starts_with(a))
        };
        let follows = (clause + 1..view.clauses.len()).take(3).find(|&c| !aside(c))?;
        let next = view.clauses.get(follows)?;
        // "在A的加持下，B…": what is marked stands before the trigger
        let marked = hit.rule.marked && view.groups[object].span.end <= hit.span.start && !view.latin;
        let start = if marked { view.groups[object].span.end } else { view.clauses[clause].start };
        let lead = view.between(start, hit.span.start).chars().count();
        let first = view.groups.iter().position(|g| g.clause == follows)?;
        let group = &view.groups[first];
        let lead_in = view.between(next.start, group.span.start);
        let opens = lead_in.chars().count() <= if view.latin { 6 } else { 3 }
            && !lead_in.ends_with(['让', '使'])
            && !super::phrase::acts(self.hits, next.start, group.span.start);
        // no list that goes on: "backed by A, B and C"
        let rest = view.between(group.span.end, next.end);
        let listed =
            view.latin && (group.members.len() > 1 || !rest.trim_start().starts_with(|c: char| c.is_ascii_lowercase()));
        // "在A期间，B…": where it was is no subject
        let placed = |g: usize| g == object && (marked || self.extractor.traits(hit.rule).place) && self.stands_in(g);
        let acts = |(at, g): (usize, &Group)| g.span.end <= hit.span.start && g.marker == Marker::Bare && !placed(at);
        // "The maker of Lumen, Acme, has": in apposition
        let apposed = view.latin
            && rest.trim().is_empty()
            && group.members.len() == 1
            && [" of", " behind"].iter().any(|w| view.between(hit.span.start, hit.span.end).ends_with(w))
            && view.between(view.clauses[clause].start, hit.span.start).trim() == "The";
        let listed = listed && !apposed;
        let only = !listed && !view.groups.iter().enumerate().any(acts);
        // "他的用户用A写代码，B…": somebody else does
        let before = view.between(view.clauses[clause].start, view.groups[object].span.start);
        let only = only && !(marked && before.contains('的'));
        let lends = |g: &Group| {
            const LENT: [&str; 12] =
                ["能力", "技术", "API", "接口", "模型", "支持", "力量", "平台", "服务", "优势", "算法", "算力"];
            let noun = view.between(g.span.end, view.clauses[g.clause].end);
            !view.latin && noun.chars().count() <= 12 && LENT.iter().any(|n| find::ends(noun, n))
        };
        // "With $40 million in funding from Acme, Orbis is"
        let with = view.latin
            && hit.rule.swap
            && view.text[view.clauses[clause].start as usize..].trim_start().starts_with("With ");
        // "作为最早投资A的机构，B…": what B is
        let told = view.clause(clause).trim_start();
        let told = !view.latin && ["作为", "身为"].iter().any(|w| find::starts(told, w));
        (lead
            <= if told {
                14
            } else if with {
                60
            } else if view.latin {
                26
            } else {
                6
            }
            && only
            && opens
            && first != object
            && (!view.groups[object].possessor
                || self.extractor.traits(hit.rule).compared && !view.latin
                || told
                // "在A的帮助下，B…": 的 is the trigger's own
                || marked && hit.span.start == view.groups[object].span.end
                // "随着对A的接入，B…"
                || marked
                    && self.extractor.traits(hit.rule).possessed
                    && view.between(view.groups[object].span.end, hit.span.start) == "的"
                || !hit.rule.if_head.is_empty() && !view.latin && self.head_after(&view.groups[object], &hit.rule.if_head).is_some()
                // "借助GPT-4的能力，B…"
                || self.extractor.traits(hit.rule).possessed && lends(&view.groups[object]))
            && group.marker == Marker::Bare
            && (!group.possessor
                || self.extractor.traits(hit.rule).compared
                || self.extractor.traits(hit.rule).possessed && !view.latin)
            && group.fits(kinds))
        .then(|| {
            *weight *= 0.85;
            first
        })
    }
}
