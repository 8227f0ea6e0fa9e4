//! The extractor: for each sentence with mentions, its view and triggers, then every construction in turn;
//! at last one claim for each subject, relation and object of the article.

use super::brand::BrandWords;
use super::detail;
use super::lineup::Lineup;
use super::merge::merge;
use super::named::Houses;
use super::sentence::{Group, View};
use super::status::StatusCues;
use super::topic::{Section, main_house, next_topic};
use super::{Attributes, Claim};
use crate::article::Article;
use crate::dictionary::relations::{Construction, Rule, Traits};
use crate::dictionary::{Dictionary, Folded, Openers};
use crate::find;
use crate::mention::{How, Recognised, Source};
use crate::schema::{EntityKind, KindSet, Status};
use crate::span::Span;
use rustc_hash::FxHashSet;

/// Extracts claims; made once, used for every article, from any thread.
#[derive(Debug)]
pub struct Extractor<'d> {
    pub(super) dictionary: &'d Dictionary,
    pub(super) status: StatusCues,
    pub(super) noun_tails: Openers,
    /// What stands beside a product that is a firm as well.
    pub(super) brand_words: BrandWords,
    role_leads: Vec<String>,
    /// English nouns for what a firm, and what a product, is.
    pub(super) firm_nouns: Vec<String>,
    pub(super) product_nouns: Vec<String>,
}

/// A trigger that gave no claim, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The trigger.
    pub span: Span,
    /// Name of the rule.
    pub rule: &'static str,
    /// What stopped it.
    pub reason: String,
}

/// Claims with what was nearly claimed.
#[derive(Clone, Debug, Default)]
pub struct Explained {
    /// Every claim, before those with the same ends are merged.
    pub claims: Vec<Claim>,
    /// Triggers without a claim.
    pub misses: Vec<NearMiss>,
}

/// A trigger in a sentence, with one of the rules it may serve.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit<'r> {
    pub span: Span,
    pub rule: &'r Rule,
}

/// A claim in the making.
#[derive(Clone, Debug)]
pub(super) struct Found<'r> {
    pub rule: &'r Rule,
    /// Indices of mentions.
    pub subject: usize,
    pub object: usize,
    pub trigger: Span,
    pub status: Status,
    /// Where a person's role is written.
    pub role: Option<Span>,
    pub confidence: f32,
}

/// What the sentences before hand on to one that lacks a subject.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Topic {
    /// Mention of the last sentence's first company or organization.
    pub house: Option<usize>,
    /// Of its first person.
    pub person: Option<usize>,
    /// Of its first product.
    pub product: Option<usize>,
    /// The first and the last mention of the list that the last sentence opens with.
    pub several: Option<(usize, usize)>,
    /// A mention of the article's main company or organization.
    pub main: Option<usize>,
    /// Whether the paragraph has named it by now.
    pub main_seen: bool,
    /// The paragraph's first mention.
    pub opens: usize,
    /// The house whose products the paragraph's list lists.
    pub lineup: Option<usize>,
}

/// Everything the constructions need for one sentence.
pub(super) struct Scene<'a, 'd> {
    pub extractor: &'a Extractor<'d>,
    pub view: &'a View<'a>,
    pub hits: &'a [Hit<'d>],
    pub found: &'a Recognised,
    pub topic: Topic,
    pub brands: &'a FxHashSet<u32>,
    pub houses: &'a Houses,
    pub out: Vec<Found<'d>>,
    /// Collected only when asked for.
    pub misses: Option<Vec<NearMiss>>,
}

/// A sentence made ready.
struct Ready<'a, 'd> {
    sentence: u32,
    view: View<'a>,
    hits: Vec<Hit<'d>>,
    /// The topic with which its paragraph opens, if it is the first one of it.
    opens: Option<Topic>,
}

impl Topic {
    /// The house that a sentence without one goes on about: the article's, once the paragraph has named it,
    /// else that of the sentence before.
    pub(super) fn goes_on(&self) -> Option<usize> {
        if self.main_seen { self.main } else { self.house.or(self.main) }
    }
}

impl<'d> Scene<'_, 'd> {
    pub(super) fn kind(&self, mention: usize) -> EntityKind {
        self.found.entities[self.found.mentions[mention].entity as usize].kind
    }

    /// Whether a mention is of one of these kinds, or names a product whose firm has the same name.
    pub(super) fn fits(&self, mention: usize, kinds: KindSet) -> bool {
        kinds.has(self.kind(mention))
            || kinds.has(EntityKind::Company) && self.brands.contains(&self.found.mentions[mention].entity)
    }

    pub(super) fn miss(&mut self, hit: &Hit<'d>, reason: impl FnOnce() -> String) {
        if let Some(misses) = &mut self.misses {
            misses.push(NearMiss { span: hit.span, rule: hit.rule.name, reason: reason() });
        }
    }

    /// Adds the claims of every member of one group with every member of another, the first being the
    /// relation's subject.
    pub(super) fn claim(
        &mut self,
        rule: &'d Rule,
        subject: &Group,
        object: &Group,
        hit: Span,
        status: Status,
        confidence: f32,
    ) {
        let pairs = subject.members.len() * object.members.len();
        if pairs > 64 {
            return;
        }
        // "A和B都未能收购这家新公司": neither of them is meant
        let entity = |m: &usize| self.found.mentions[*m].entity;
        let referred = |m: &usize| matches!(self.found.mentions[*m].how, How::Coreference(_));
        let many = !self.view.latin && subject.members.len() > 1;
        let among = |o: &usize| many && subject.members.iter().any(|s| entity(s) == entity(o));
        // "A创始人李明投资了这家公司": nor the house of his title
        let titles = |o: &usize| {
            let house = |g: &Group| g.apposed && subject.span.start >= g.span.end && entity(&g.members[0]) == entity(o);
            self.view.groups.iter().any(house)
        };
        let traits = self.extractor.traits(rule);
        if traits.deal && object.members.iter().any(|o| referred(o) && (among(o) || titles(o))) {
            if !self.view.latin && object.members.iter().any(among) {
                self.of_main(rule, subject, hit, status, confidence);
            }
            return;
        }
        // "调用文心一言、通义千问、DeepSeek等": a house listed with products stands for its own
        // "宝马与阿里巴巴合作，搭载通义": who makes it is not who takes it up
        let takes = self.extractor.dictionary.rules.known_makers().is_some_and(|known| {
            subject.members.len() > 1 && self.extractor.traits(known).over.contains(&rule.relation)
        });
        let mixed = object.members.len() > 1 && self.fits(object.members[0], rule.object);
        for &s in &subject.members {
            for &o in &object.members {
                if takes && self.extractor.makes(self.found, s, o) == Some(true) {
                    continue;
                }
                if mixed && !self.fits(o, rule.object) && self.fits(o, self.dictionary_kinds(rule)) {
                    self.out.push(Found { rule, subject: s, object: o, trigger: hit, status, role: None, confidence });
                } else {
                    self.pair(rule, s, o, hit, status, None, confidence);
                }
            }
        }
    }

    /// The kinds that the rule's relation allows as an object.
    fn dictionary_kinds(&self, rule: &Rule) -> KindSet {
        self.extractor.dictionary.schema.get(rule.relation).object
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn pair(
        &mut self,
        rule: &'d Rule,
        s: usize,
        o: usize,
        hit: Span,
        status: Status,
        role: Option<Span>,
        confidence: f32,
    ) {
        let (s, o) = self.not_itself(s, o);
        let (se, oe) = (self.found.mentions[s].entity, self.found.mentions[o].entity);
        if se == oe || !self.fits(s, rule.subject) || !self.fits(o, rule.object) {
            return;
        }
        // "腾讯云上线了DeepSeek": whose product it is tells making from using; that it is not made stands
        if let Some(own) = rule.own.filter(|own| !(*own && status == Status::Negated)) {
            let owned = self.makes(s, o).map(|own| own || self.extractor.siblings(self.found, s, o));
            if owned.map_or(!own && !self.unowned_by(s, o), |owned| owned != own) {
                return;
            }
        }
        // "腾讯利用其生态（微信、QQ）": that it makes them says more
        let makes = self.extractor.dictionary.rules.known_makers();
        if makes.is_some_and(|known| self.extractor.traits(known).over.contains(&rule.relation))
            && self.extractor.makes(self.found, s, o) == Some(true)
            && ["其", "自家", "自身", "自有", "自研"]
                .iter()
                .any(|own| self.view.between(hit.end, self.found.mentions[o].span.start).contains(own))
        {
            return;
        }
        // a maker's products are no rivals of each other
        let rivals =
            self.extractor.dictionary.schema.get(rule.relation).symmetric && self.extractor.traits(rule).compared;
        // nor are they rivals of their maker
        let own = |s, o| {
            self.extractor.maker(self.found, o).is_some_and(|m| self.extractor.is_maker_itself(self.found, s, m))
        };
        let idle = || [s, o].iter().any(|&m| self.only_example(self.found.mentions[m].span));
        if rivals && (own(s, o) || own(o, s) || idle()) {
            return;
        }
        if rivals
            && let Some(maker) = self.extractor.maker(self.found, s)
            && self.extractor.maker(self.found, o) == Some(maker)
        {
            return;
        }
        self.out.push(Found { rule, subject: s, object: o, trigger: hit, status, role, confidence });
    }
}

/// What is looked for in a sentence, in order.
fn steps<'a, 'd>() -> [fn(&mut Scene<'a, 'd>); 17] {
    [
        Scene::of,
        Scene::copular,
        Scene::theirs,
        Scene::named,
        Scene::labs,
        Scene::own_products,
        Scene::roles,
        Scene::verbs,
        Scene::relatives,
        Scene::served_before,
        Scene::bracketed,
        Scene::of_all,
        Scene::successions,
        Scene::newcomers,
        Scene::careers,
        Scene::awaited,
        Scene::joined_in,
    ]
}

/// Bytes of a sentence beyond which it is not read for claims.
const LONGEST_SENTENCE: usize = 8_000;
/// Sentences that are worked on together.
const AT_ONCE: usize = 64;
/// Mentions in a sentence beyond which it is not read for claims.
const MOST_MENTIONS: usize = 150;

impl<'d> Extractor<'d> {
    /// An extractor with the dictionary's rules.
    pub fn new(dictionary: &'d Dictionary) -> Extractor<'d> {
        Extractor {
            dictionary,
            status: StatusCues::new(&dictionary.lexicon),
            noun_tails: Openers::new(dictionary.lexicon.list("noun_tails")),
            brand_words: BrandWords::new(&dictionary.lexicon),
            role_leads: dictionary.lexicon.list("role_leads").to_vec(),
            firm_nouns: dictionary.lexicon.list("english_company_nouns").to_vec(),
            product_nouns: dictionary.lexicon.list("english_product_nouns").to_vec(),
        }
    }

    /// Whether a role without a house may be one in the house that the article is about: what stands before it
    /// in its clause is no name that we do not know (`头部创投机构合伙人`). `sure`: the person's house is
    /// known, or named in the sentence.
    pub(super) fn is_topical(&self, lead: &str, sure: bool) -> bool {
        let lead = lead.trim_end_matches([' ', '“', '*', '「', '《']);
        lead.ends_with(['、', '，', '；', '：', '。', '（', '—', '”', '》', '」'])
            || lead.is_empty()
            || sure && lead.ends_with('的')
            || self.role_leads.iter().any(|w| find::ends(lead, w))
    }

    /// What the claims of the rule's relation are like.
    pub(super) fn traits(&self, rule: &Rule) -> &'d Traits {
        &self.dictionary.rules.traits[rule.relation.0 as usize]
    }

    /// Whether a role of the first rule says more than one of the second.
    pub(super) fn outranks(&self, strong: &Rule, weak: &Rule) -> bool {
        self.traits(strong).outranks.contains(&weak.relation)
    }

    /// The claims of one article, one for each subject, relation and object.
    pub fn extract(&self, article: &Article, found: &Recognised) -> Vec<Claim> {
        merge(self.all(article, found, false).claims, &self.dictionary.schema, &self.dictionary.rules)
    }

    /// Every claim and near miss, for `explain`.
    pub fn explain(&self, article: &Article, found: &Recognised) -> Explained {
        self.all(article, found, true)
    }

    fn all(&self, article: &Article, found: &Recognised, explains: bool) -> Explained {
        let mut all = Explained::default();
        let mentions = &found.mentions;
        let mut from = 0;
        let mut own = Folded::default();
        let folded = match found.folded.units.is_empty() {
            true => {
                own.fold(article.text.as_str());
                &own
            }
            false => &found.folded,
        };
        // cues and markers are written in Simplified script
        let simplified = crate::dictionary::simplified(article.text.as_str());
        let content = simplified.as_deref().unwrap_or(article.text.as_str());
        let brands = self.brands(article, found);
        let main = main_house(article, found, &brands);
        let houses = Houses::new(article.text.as_str(), found, &brands);
        let mut topic = Topic { main, ..Topic::default() };
        let mut opening = None;
        let mut block = u32::MAX;
        let mut section = Section::default();
        let mut lists = Lineup::default();
        while from < mentions.len() {
            let mut ready: Vec<Ready> = Vec::new();
            while from < mentions.len() && ready.len() < AT_ONCE {
                let sentence = mentions[from].sentence;
                let to = from + mentions[from..].iter().take_while(|m| m.sentence == sentence).count();
                let s = article.text.sentences()[sentence as usize];
                if s.block != block {
                    block = s.block;
                    let (house, person) = section.named(article, found, s.block as usize, from..to);
                    let lineup = lists.of(article, found, s.block as usize, main);
                    opening = Some(Topic { main, house, person, opens: from, lineup, ..Topic::default() });
                }
                // no sentence that says something is this long: a list without end, or text without marks
                if s.span.len() <= LONGEST_SENTENCE && to - from <= MOST_MENTIONS {
                    let view = View::new(&article.text, content, sentence as usize, found, from..to, &brands);
                    ready.push(Ready { sentence, view, hits: Vec::new(), opens: opening.take() });
                }
                from = to;
            }
            for Ready { view, hits, .. } in &mut ready {
                *hits = self.triggers(view, found, folded);
                super::deal::settle_markers(view, hits, &self.noun_tails);
                self.part_makers(view, found, hits);
                super::list::appose(view, found, hits);
                super::phrase::makers(view, hits);
                super::relative::pass_markers(view, hits);
                super::shared::parts(view);
                super::phrase::lists(view, hits);
                super::unnamed::ranges(view);
            }
            let mut scenes: Vec<Scene> = Vec::with_capacity(ready.len());
            for Ready { view, hits, opens, .. } in &ready {
                topic = opens.unwrap_or(topic);
                scenes.push(Scene {
                    extractor: self,
                    view,
                    hits,
                    found,
                    topic,
                    brands: &brands,
                    houses: &houses,
                    out: Vec::new(),
                    misses: explains.then(Vec::new),
                });
                topic = next_topic(view, found, topic);
            }
            // each step over all of them: its code stays at hand
            for step in steps() {
                scenes.iter_mut().for_each(step);
            }
            for (scene, r) in scenes.into_iter().zip(&ready) {
                all.claims.extend(scene.out.into_iter().map(|f| self.finish(article, found, &r.view, r.sentence, f)));
                all.misses.extend(scene.misses.into_iter().flatten());
            }
        }
        super::career::settle_years(&mut all.claims, self, found);
        all
    }

    /// The triggers of a sentence by position, outside its mentions.
    fn triggers(&self, view: &View, found: &Recognised, folded: &Folded) -> Vec<Hit<'d>> {
        let rules = &self.dictionary.rules;
        let mut hits = Vec::new();
        rules.triggers.scan(view.text, folded.part(view.span.start, view.span.end), |range, names| {
            let mut span = Span::new(range.start, range.end);
            if let Some(group) = view.group_over(span) {
                // "智源研究院长": the head of the house, which shares a character with the role
                let rest = view.between(group.span.end, span.end);
                let shared = view.between(span.start.max(group.span.start), group.span.end);
                let head = rest == "长" && group.span.start < span.start && shared.chars().count() == 1;
                if !head && !super::english_role::is_aside(view, found, group, span) {
                    return None;
                }
                span.start = if head { group.span.end } else { span.start };
            }
            hits.extend(names.iter().map(|&n| Hit { span, rule: rules.of_trigger(n) }));
            Some(range.start + super::english_clause::auxiliary(&view.text[range.clone()]).unwrap_or(range.len()))
        });
        if view.latin {
            super::english_clause::past_auxiliaries(&mut hits);
        }
        let (words, base) = (&view.text[view.span.range()], view.span.start as usize);
        // triggers with a gap, the longest at a place; they hide what lies inside them
        let mut wide: Vec<Hit<'d>> = Vec::new();
        rules.gapped(words, |range, rule| {
            let span = Span::new(base + range.start, base + range.end);
            let taken = hits.iter().any(|h| h.span.start <= span.start && h.span.end >= span.end);
            // one whose clause lacks what the rule asks for hides nothing
            let words = view.clause(view.clause_at(span.start));
            let taken = taken || !rule.with.is_empty() && !rule.with.iter().any(|w| words.contains(w.as_str()));
            // "trains its models on": whose they are stands in the gap
            let owned = |g: &Group| {
                let word = view.between(g.span.start, g.span.end);
                span.contains(g.span) && matches!(word, "its" | "our" | "their" | "his" | "her")
            };
            if !taken && view.groups.iter().all(|g| !g.span.overlaps(span) || owned(g)) {
                wide.push(Hit { span, rule });
            }
        });
        if !wide.is_empty() {
            wide.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end)));
            let mut kept: Vec<Hit<'d>> = Vec::new();
            for hit in wide {
                if kept.iter().all(|k| k.span == hit.span || !k.span.overlaps(hit.span)) {
                    kept.push(hit);
                }
            }
            hits.retain(|h| kept.iter().all(|k| !k.span.overlaps(h.span)));
            hits.extend(kept);
            hits.sort_by_key(|h| h.span);
        }
        super::unnamed::marked_only(view, &mut hits);
        hits
    }

    fn finish(&self, article: &Article, found: &Recognised, view: &View, sentence: u32, f: Found) -> Claim {
        let (s, o) = (&found.mentions[f.subject], &found.mentions[f.object]);
        let mut span = f.trigger;
        for m in [s, o] {
            if m.sentence == sentence {
                span.start = span.start.min(m.span.start);
                span.end = span.end.max(m.span.end);
            }
        }
        let clauses = view.clause_at(span.start)..=view.clause_at(span.end.saturating_sub(1).max(span.start));
        let told = Span { start: view.clauses[*clauses.start()].start, end: view.clauses[*clauses.end()].end };
        let words = article.slice(told);
        let mut attributes = if self.traits(f.rule).deal { detail::deal(words) } else { Attributes::default() };
        attributes.role = f.role.map(|r| article.slice(r).to_string());
        let when = detail::event_date(words, article.date)
            .or_else(|| detail::event_date(article.slice(view.span), article.date));
        let far = [s, o].iter().any(|m| matches!(m.how, How::Coreference(_)) || m.sentence != sentence);
        Claim {
            subject: s.entity,
            relation: f.rule.relation,
            object: o.entity,
            status: f.status,
            sentence,
            subject_mention: f.subject as u32,
            object_mention: f.object as u32,
            evidence: span,
            rule: f.rule.name,
            when,
            attributes,
            confidence: (f.confidence * if far { 0.85 } else { 1.0 }).clamp(0.05, 0.99),
        }
    }

    /// The listed entity's maker, if the dictionary knows one.
    pub(super) fn maker(&self, found: &Recognised, mention: usize) -> Option<&'d str> {
        match found.entities[found.mentions[mention].entity as usize].source {
            Source::Listed(id) | Source::Version(id) => {
                self.dictionary.entity(id).facts.as_deref().and_then(|f| f.maker.as_deref())
            }
            _ => None,
        }
    }

    /// Whether a product comes in versions, as models and devices do.
    pub(super) fn is_family(&self, found: &Recognised, mention: usize) -> bool {
        match found.entities[found.mentions[mention].entity as usize].source {
            Source::Version(_) => true,
            Source::Listed(id) => self.dictionary.entity(id).facts.as_deref().is_some_and(|f| f.versions),
            _ => false,
        }
    }

    /// Whether a house is the maker of a product, its parent or its part; `None` when the dictionary knows no maker of it.
    pub(super) fn makes(&self, found: &Recognised, house: usize, product: usize) -> Option<bool> {
        self.maker(found, product).map(|maker| self.is_maker(found, house, maker))
    }

    /// Whether a person is known to belong to a house, now or once; `None` when the dictionary knows no house
    /// of theirs.
    pub(super) fn belongs(&self, found: &Recognised, person: usize, house: usize) -> Option<bool> {
        let entity = &found.entities[found.mentions[person].entity as usize];
        let Source::Listed(id) = entity.source else { return None };
        let houses = &self.dictionary.entity(id).facts.as_deref()?.affiliation;
        if houses.is_empty() {
            return None;
        }
        Some(houses.iter().any(|h| self.is_maker(found, house, h)))
    }

    /// Whether a person is known to belong to a product's maker.
    pub(super) fn serves(&self, found: &Recognised, person: usize, maker: &str) -> bool {
        let Source::Listed(id) = found.entities[found.mentions[person].entity as usize].source else { return false };
        let facts = self.dictionary.entity(id).facts.as_deref();
        facts.is_some_and(|f| f.affiliation.iter().any(|h| h == maker))
    }

    /// Whether the dictionary gives one house as the other's parent.
    pub(super) fn is_child(&self, found: &Recognised, child: usize, parent: usize) -> bool {
        let entity = &found.entities[found.mentions[child].entity as usize];
        let Source::Listed(id) = entity.source else { return false };
        let known = self.dictionary.entity(id).facts.as_deref().and_then(|f| f.parent.as_deref());
        known.is_some_and(|p| self.is_maker_itself(found, parent, p))
    }

    /// Whether a person is known to belong to this house, not only to its parent.
    pub(super) fn belongs_itself(&self, found: &Recognised, person: usize, house: usize) -> bool {
        let entity = &found.entities[found.mentions[person].entity as usize];
        let Source::Listed(id) = entity.source else { return false };
        let Some(facts) = self.dictionary.entity(id).facts.as_deref() else { return false };
        facts.affiliation.iter().any(|h| self.is_maker_itself(found, house, h))
    }

    /// Whether a company mention is this maker, or its parent or child.
    pub(super) fn is_maker(&self, found: &Recognised, mention: usize, maker: &str) -> bool {
        let child = || match found.entities[found.mentions[mention].entity as usize].source {
            Source::Listed(id) => self.dictionary.entity(id).facts.as_deref().and_then(|f| f.parent.as_deref()),
            _ => None,
        };
        self.is_maker_itself(found, mention, maker) || child() == Some(maker)
    }

    /// Whether a company mention is this maker, or its parent.
    pub(super) fn is_maker_itself(&self, found: &Recognised, mention: usize, maker: &str) -> bool {
        let entity = &found.entities[found.mentions[mention].entity as usize];
        match entity.source {
            Source::Listed(id) => self.dictionary.is_maker(id, maker),
            _ => entity.name == maker || entity.kind != EntityKind::Product && self.is_part_of(&entity.name, maker),
        }
    }
}

impl Rule {
    /// Whether the rule has this construction.
    pub(super) fn is(&self, construction: Construction) -> bool {
        self.construction == construction
    }
}
