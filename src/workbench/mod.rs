//! The workbench: what a corpus says about the dictionary. A [`Survey`] gathers the mentions of many articles;
//! [`Survey::coverage`] says how much of them the dictionary explains, [`suggest`] which names to add.

mod suggest;

pub use suggest::{Suggestion, suggest};

use crate::article::Article;
use crate::dictionary::{EntityId, fold};
use crate::mention::{How, LocalEntity, Mention, Recognised, Source};
use crate::schema::EntityKind;
use crate::span::Place;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// Contexts kept of each name.
const CONTEXTS: usize = 3;

/// What many articles mention. Two surveys of parts of a corpus add up to the survey of the whole, in any order.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Articles seen.
    pub articles: u64,
    /// Mentions of each listed entity; versions of a family count for the family.
    pub listed: FxHashMap<EntityId, u64>,
    /// Mentions of listed entities by kind, in the order of [`EntityKind::ALL`].
    listed_mentions: [u64; 4],
    /// Names that no entry has, by folded form.
    pub unlisted: BTreeMap<String, Unlisted>,
}

/// A name that no entry has, over the corpus.
#[derive(Clone, Debug, Default)]
pub struct Unlisted {
    /// How often it is written how.
    pub forms: BTreeMap<String, u64>,
    /// Mentions.
    pub mentions: u64,
    /// Articles with one.
    pub articles: u64,
    /// Mentions by the kind that their article decided for.
    pub votes: [u64; 4],
    /// The first sentences that name it, each of another article.
    pub contexts: Vec<Context>,
    /// Listed entities in its articles, and in how many of them.
    pub near: FxHashMap<EntityId, u64>,
    /// Listed entities of which it is written as another name: `商汤（SenseTime）`.
    pub beside: FxHashMap<EntityId, u64>,
}

/// A sentence with a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Context {
    /// The article's place in the input.
    pub order: u64,
    /// The article's path.
    pub article: String,
    /// Where the name stands.
    pub place: Place,
    /// The sentence.
    pub sentence: String,
    /// The name's bytes in it.
    pub focus: (usize, usize),
}

/// Mentions and names of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// Mentions of listed entities.
    pub listed_mentions: u64,
    /// Listed entities mentioned.
    pub listed_names: u64,
    /// Mentions of names without entry.
    pub unlisted_mentions: u64,
    /// Names without entry.
    pub unlisted_names: u64,
}

impl Covered {
    /// Share of the mentions that the dictionary explains, 0 to 1; 1 when there are none.
    pub fn share(&self) -> f64 {
        match self.listed_mentions + self.unlisted_mentions {
            0 => 1.0,
            all => self.listed_mentions as f64 / all as f64,
        }
    }
}

impl std::ops::Add for Covered {
    type Output = Covered;
    fn add(self, other: Covered) -> Covered {
        Covered {
            listed_mentions: self.listed_mentions + other.listed_mentions,
            listed_names: self.listed_names + other.listed_names,
            unlisted_mentions: self.unlisted_mentions + other.unlisted_mentions,
            unlisted_names: self.unlisted_names + other.unlisted_names,
        }
    }
}

impl Unlisted {
    /// The kind that most mentions speak for, and how surely, 0 to 1: a name met once is half sure.
    pub fn kind(&self) -> (EntityKind, f64) {
        let votes = EntityKind::ALL.map(|k| (k, self.votes[k as usize]));
        let (kind, most) = votes.into_iter().fold(votes[0], |best, v| if v.1 > best.1 { v } else { best });
        (kind, most as f64 / (self.mentions + 1) as f64)
    }

    /// The form written most often, the first by code points among equals.
    pub fn name(&self) -> &str {
        let best = self.forms.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        best.map_or("", |(form, _)| form)
    }

    fn add(&mut self, other: Unlisted) {
        for (form, n) in other.forms {
            *self.forms.entry(form).or_default() += n;
        }
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.votes.iter_mut().zip(other.votes).for_each(|(a, b)| *a += b);
        self.contexts.extend(other.contexts);
        self.contexts.sort();
        self.contexts.truncate(CONTEXTS);
        for (into, from) in [(&mut self.near, other.near), (&mut self.beside, other.beside)] {
            #[allow(clippy::iter_over_hash_type, reason = "sums")]
            for (id, n) in from {
                *into.entry(id).or_default() += n;
            }
        }
    }
}

impl Survey {
    /// Takes in the mentions of one article, the `order`th of the input.
    pub fn add(&mut self, order: u64, article: &Article, found: &Recognised) {
        self.articles += 1;
        let entity = |m: &Mention| -> &LocalEntity { &found.entities[m.entity as usize] };
        let id = |e: &LocalEntity| match e.source {
            Source::Listed(id) | Source::Version(id) => Some(id),
            Source::Own | Source::Unlisted => None,
        };
        let named: Vec<&Mention> = found.mentions.iter().filter(|m| !matches!(m.how, How::Coreference(_))).collect();
        let present: FxHashSet<EntityId> = found.entities.iter().filter_map(id).collect();
        let mut here: BTreeMap<String, Unlisted> = BTreeMap::new();
        for (i, m) in named.iter().enumerate() {
            let e = entity(m);
            if let Some(id) = id(e) {
                *self.listed.entry(id).or_default() += 1;
                self.listed_mentions[e.kind as usize] += 1;
            }
            if e.source != Source::Unlisted {
                continue;
            }
            let form = if m.how == How::Short { &*e.name } else { article.slice(m.span) };
            let name = here.entry(fold(&e.name)).or_default();
            *name.forms.entry(form.to_string()).or_default() += 1;
            name.mentions += 1;
            name.votes[e.kind as usize] += 1;
            if name.contexts.is_empty() {
                let sentence = article.text.sentences()[m.sentence as usize].span;
                let at = (m.span.start - sentence.start) as usize;
                name.contexts.push(Context {
                    order,
                    article: article.path.clone(),
                    place: article.place(m.span.start),
                    sentence: article.slice(sentence).to_string(),
                    focus: (at, at + m.span.len()),
                });
            }
            // 商汤（SenseTime）, either way round
            let between = |a: &Mention, b: &Mention| {
                let gap = article.text.as_str().get(a.span.end as usize..b.span.start as usize).unwrap_or_default();
                let after = article.text.as_str()[b.span.end as usize..].trim_start();
                matches!(gap.trim(), "（" | "(") && after.starts_with(['）', ')', '，', ','])
            };
            let before = i.checked_sub(1).map(|i| named[i]).filter(|a| between(a, m));
            let after = named.get(i + 1).copied().filter(|b| between(m, b));
            for other in before.into_iter().chain(after) {
                if let Some(id) = id(entity(other)) {
                    *name.beside.entry(id).or_default() += 1;
                }
            }
        }
        for (key, mut name) in here {
            name.articles = 1;
            name.near = present.iter().map(|id| (*id, 1)).collect();
            self.unlisted.entry(key).or_default().add(name);
        }
    }

    /// Takes in another survey.
    pub fn merge(&mut self, other: Survey) {
        self.articles += other.articles;
        #[allow(clippy::iter_over_hash_type, reason = "sums")]
        for (id, n) in other.listed {
            *self.listed.entry(id).or_default() += n;
        }
        self.listed_mentions.iter_mut().zip(other.listed_mentions).for_each(|(a, b)| *a += b);
        for (key, name) in other.unlisted {
            self.unlisted.entry(key).or_default().add(name);
        }
    }

    /// How much the dictionary explains, by kind in the order of [`EntityKind::ALL`].
    pub fn coverage(&self, dictionary: &crate::dictionary::Dictionary) -> [Covered; 4] {
        let mut rows = [Covered::default(); 4];
        for kind in EntityKind::ALL {
            rows[kind as usize].listed_mentions = self.listed_mentions[kind as usize];
        }
        #[allow(clippy::iter_over_hash_type, reason = "sums")]
        for id in self.listed.keys() {
            rows[dictionary.entity(*id).kind as usize].listed_names += 1;
        }
        for name in self.unlisted.values() {
            let row = &mut rows[name.kind().0 as usize];
            row.unlisted_names += 1;
            row.unlisted_mentions += name.mentions;
        }
        rows
    }

    /// The names without entry, most often mentioned first.
    pub fn unexplained(&self) -> Vec<&Unlisted> {
        let mut names: Vec<&Unlisted> = self.unlisted.values().collect();
        names.sort_by_key(|n| std::cmp::Reverse((n.mentions, n.articles)));
        names
    }
}
