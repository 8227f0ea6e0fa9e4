//! Stage 3, recognise: the spans of a text that refer to entities.

mod bodies;
mod coreference;
mod cues;
mod epithet;
mod legal;
mod lengths;
mod listed;
mod nearby;
mod outlet;
mod siblings;
mod spoken;
mod unlisted;
mod version;

use crate::article::Article;
use crate::dictionary::{Dictionary, EntityId, Folded, NameIndex, NewName, fold};
use crate::schema::EntityKind;
use crate::span::Span;
use cues::Cues;
use listed::{Hit, What};
pub(crate) use outlet::is_outlet;
use rustc_hash::FxHashMap;

/// Where an article's entity comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// An entry of the dictionary.
    Listed(EntityId),
    /// A version of a listed family (`GPT-4o` of GPT).
    Version(EntityId),
    /// Given with the article (NDJSON).
    Own,
    /// Recognised by how the text presents it.
    Unlisted,
}

/// An entity of one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalEntity {
    /// Where it comes from.
    pub source: Source,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name (the dictionary's, or for others the fullest form in the article).
    pub name: String,
}

/// How a mention was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// By a name, listed or own.
    Name,
    /// By a family's version grammar.
    Version,
    /// By the named cue for unlisted names.
    Unlisted(&'static str),
    /// A later, shorter form of a name introduced in full.
    Short,
    /// By the named coreference rule (`该公司`, `他`).
    Coreference(&'static str),
}

/// A span that refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// Index into [`Recognised::entities`].
    pub entity: u32,
    /// Index into the text's sentences.
    pub sentence: u32,
    /// Why.
    pub how: How,
}

/// A name found and not taken as a mention, for `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where.
    pub span: Span,
    /// The entity's canonical name, or what was suspected.
    pub name: String,
    /// Why not.
    pub reason: String,
}

/// What the stage hands on for one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    /// The article's entities, each mentioned at least once.
    pub entities: Vec<LocalEntity>,
    /// Mentions by position, not overlapping.
    pub mentions: Vec<Mention>,
    /// Filled only when asked for.
    pub refusals: Vec<Refusal>,
    /// The folded text, for those who look for words in it; empty in one made by hand.
    pub folded: Folded,
}

/// What the stage is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Leave out names that the dictionary does not list.
    pub listed_only: bool,
    /// Resolve `该公司`, `他`, surnames and the like.
    pub coreference: bool,
    /// Collect refusals.
    pub explain: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { listed_only: false, coreference: true, explain: false }
    }
}

/// Recognises mentions; made once, used for every article, from any thread.
#[derive(Debug)]
pub struct Recogniser<'d> {
    dictionary: &'d Dictionary,
    options: Options,
    cues: Cues,
    unlisted: unlisted::Finder,
}

impl<'d> Recogniser<'d> {
    /// A recogniser over `dictionary`.
    pub fn new(dictionary: &'d Dictionary, options: Options) -> Recogniser<'d> {
        Recogniser {
            dictionary,
            options,
            cues: Cues::new(&dictionary.lexicon),
            unlisted: unlisted::Finder::new(&dictionary.lexicon),
        }
    }

    /// The mentions of one article.
    pub fn recognise(&self, article: &Article) -> Recognised {
        let text = article.text.as_str();
        let own = own_index(article);
        let mut refusals = Vec::new();
        let mut folded = Folded::default();
        let hits =
            listed::find(self.dictionary, &self.cues, text, own.as_ref(), &mut folded, &self.options, &mut refusals);
        let mut out = Assembly::new(article);
        let mut found = self.unlisted.find(self.dictionary, &self.cues, article, &hits);
        if self.options.listed_only {
            found.forget_unlisted(&hits);
        }
        for (i, hit) in hits.iter().enumerate() {
            if !found.absorbed.get(i).is_some_and(|&a| a) {
                out.add_hit(self.dictionary, article, hit);
            }
        }
        for name in apart(found.mentions) {
            out.add_unlisted(name);
        }
        let mut recognised = out.finish();
        part(text, &mut recognised);
        if self.options.coreference {
            epithet::resolve(self.dictionary, &article.text, &mut recognised);
            coreference::resolve(&article.text, &recognised.entities, &mut recognised.mentions);
        }
        recognised.refusals = refusals;
        recognised.folded = folded;
        recognised
    }
}

/// `Facebook母公司Meta`: where two names of one entity are told to be a part and its whole, the part's name is an entity
/// of its own in this article.
fn part(text: &str, found: &mut Recognised) {
    let is_part = |w: &[Mention]| {
        let gap = text.get(w[0].span.end as usize..w[1].span.start as usize).unwrap_or_default();
        w[0].entity == w[1].entity
            && text[w[0].span.range()] != text[w[1].span.range()]
            && matches!(
                gap.trim(),
                "母公司"
                    | "的母公司"
                    | "'s parent"
                    | "’s parent"
                    | "'s parent company"
                    | "’s parent company"
                    | "parent"
            )
    };
    let Some(at) = found.mentions.windows(2).position(is_part) else { return };
    let whole = found.mentions[at].entity;
    let name = text[found.mentions[at].span.range()].to_string();
    let kind = found.entities[whole as usize].kind;
    for m in found.mentions.iter_mut().filter(|m| m.entity == whole && text[m.span.range()] == name) {
        m.entity = found.entities.len() as u32;
    }
    found.entities.push(LocalEntity { source: Source::Unlisted, kind, name });
}

/// The names without those that begin inside another: what two makes of names find in one text must not overlap.
fn apart(names: Vec<NewMention>) -> impl Iterator<Item = NewMention> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&i| (names[i].span.start, std::cmp::Reverse(names[i].span.end)));
    let mut free = vec![true; names.len()];
    let mut end = 0;
    for i in order {
        free[i] = names[i].span.start >= end;
        end = end.max(names[i].span.end);
    }
    names.into_iter().zip(free).filter_map(|(name, free)| free.then_some(name))
}

/// A name that no list has, as the finder hands it on.
#[derive(Clone, Debug)]
struct NewMention {
    span: Span,
    /// Canonical name within the article: mentions with one canonical name and kind are one entity.
    name: String,
    kind: EntityKind,
    how: How,
    /// The mention is another name of the listed entity hit at this span.
    same_as: Option<Span>,
}

/// The index over an article's own entities, and the owner of each of its names.
fn own_index(article: &Article) -> Option<(NameIndex, Vec<usize>)> {
    if article.own_entities.is_empty() {
        return None;
    }
    let mut index = NameIndex::with_capacity(article.own_entities.len() * 2);
    let mut owners = Vec::new();
    for (i, entity) in article.own_entities.iter().enumerate() {
        for text in std::iter::once(&entity.name).chain(&entity.aliases) {
            let new = NewName {
                text,
                entity: Some(EntityId(i as u32)),
                case: None,
                condition: 0,
                family: false,
                not_bare: false,
            };
            if index.add(new, true).is_some() {
                owners.push(i);
            }
        }
    }
    Some((index, owners))
}

/// Gathers mentions into entities.
struct Assembly<'a> {
    article: &'a Article,
    entities: Vec<LocalEntity>,
    by_source: FxHashMap<(Source, usize, String), u32>,
    mentions: Vec<Mention>,
    by_span: FxHashMap<Span, u32>,
}

impl<'a> Assembly<'a> {
    fn new(article: &'a Article) -> Assembly<'a> {
        Assembly {
            article,
            entities: Vec::new(),
            by_source: FxHashMap::default(),
            mentions: Vec::new(),
            by_span: FxHashMap::default(),
        }
    }

    fn entity(&mut self, source: Source, own: usize, key: String, make: impl FnOnce() -> LocalEntity) -> u32 {
        let entities = &mut self.entities;
        *self.by_source.entry((source, own, key)).or_insert_with(|| {
            entities.push(make());
            entities.len() as u32 - 1
        })
    }

    fn mention(&mut self, span: Span, entity: u32, how: How) {
        let sentence = self.article.text.sentence_at(span.start) as u32;
        self.by_span.insert(span, entity);
        self.mentions.push(Mention { span, entity, sentence, how });
    }

    fn add_hit(&mut self, dictionary: &Dictionary, article: &Article, hit: &Hit) {
        let (entity, how) = match &hit.what {
            What::Blocked => return,
            What::Listed(id) => {
                let e = dictionary.entity(*id);
                let make = || LocalEntity { source: Source::Listed(*id), kind: e.kind, name: e.name.to_string() };
                let known = self.entities.len();
                let entity = self.entity(Source::Listed(*id), 0, String::new(), make);
                if self.entities.len() > known {
                    // "PotentialSterling Anderson": the same name where only its shape shows it
                    let key = format!("{}/{}", e.kind, fold(&e.name));
                    self.by_source.entry((Source::Unlisted, 0, key)).or_insert(entity);
                }
                (entity, How::Name)
            }
            What::Version(family, name) => {
                let source = Source::Version(*family);
                let kind = dictionary.entity(*family).kind;
                let make = || LocalEntity { source, kind, name: name.clone() };
                (self.entity(source, 0, fold(name), make), How::Version)
            }
            What::Own(i) => {
                let e = &article.own_entities[*i];
                let make = || LocalEntity { source: Source::Own, kind: e.kind, name: e.name.clone() };
                (self.entity(Source::Own, *i, String::new(), make), How::Name)
            }
        };
        self.mention(hit.span, entity, how);
    }

    fn add_unlisted(&mut self, new: NewMention) {
        // a guess that runs over a sentence's end is a wrong one
        let sentences = self.article.text.sentences();
        if sentences.get(self.article.text.sentence_at(new.span.start)).is_none_or(|s| !s.span.contains(new.span)) {
            return;
        }
        let entity = match new.same_as.and_then(|s| self.by_span.get(&s).copied()) {
            Some(e) => e,
            None => {
                let key = format!("{}/{}", new.kind, fold(&new.name));
                let make = || LocalEntity { source: Source::Unlisted, kind: new.kind, name: new.name.clone() };
                self.entity(Source::Unlisted, 0, key, make)
            }
        };
        self.mention(new.span, entity, new.how);
    }

    fn finish(mut self) -> Recognised {
        self.mentions.sort_by_key(|m| m.span);
        debug_assert!(self.mentions.windows(2).all(|w| w[0].span.end <= w[1].span.start), "mentions do not overlap");
        // a fault in one name must not cost the article
        self.mentions.dedup_by(|later, earlier| later.span.start < earlier.span.end);
        Recognised { entities: self.entities, mentions: self.mentions, refusals: Vec::new(), folded: Folded::default() }
    }
}
