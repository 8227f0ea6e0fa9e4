//! What a sentence may leave unsaid: the house that the article is about, the one that the heading names, and what the
//! sentences before told of.

use super::extract::Topic;
use super::sentence::{Marker, View};
use crate::article::{Article, BlockKind};
use crate::mention::{How, Recognised, is_outlet};
use crate::schema::EntityKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// The heading that a block stands under.
#[derive(Default)]
pub(super) struct Section {
    /// Blocks looked at.
    seen: usize,
    /// The one house and the one person that the heading names.
    named: (Option<usize>, Option<usize>),
}

impl Section {
    /// The house and the person that the heading over a block names, where it names one; the mentions are those of the
    /// block's first sentence.
    pub(super) fn named(
        &mut self,
        article: &Article,
        found: &Recognised,
        block: usize,
        mentions: std::ops::Range<usize>,
    ) -> (Option<usize>, Option<usize>) {
        let heads = |b: usize| article.text.blocks()[b].kind == BlockKind::Heading;
        let line = stands_alone(article, found, block, &mentions);
        if line || (self.seen..=block).any(heads) {
            self.named = (None, None);
        }
        self.seen = block + 1;
        if !line && !heads(block) {
            return self.named;
        }
        let one = |kinds: &[EntityKind]| {
            let kind = |m: usize| found.entities[found.mentions[m].entity as usize].kind;
            let mut of = mentions.clone().filter(|&m| kinds.contains(&kind(m)));
            let first = of.next();
            first.filter(|&f| of.all(|m| found.mentions[m].entity == found.mentions[f].entity))
        };
        self.named = (one(&[EntityKind::Company, EntityKind::Organization]), one(&[EntityKind::Person]));
        (None, None)
    }
}

/// `Slate (Booth #1921)`: whether a paragraph is but a name, with little beside it, so that it heads what follows.
fn stands_alone(article: &Article, found: &Recognised, block: usize, mentions: &std::ops::Range<usize>) -> bool {
    let block = article.text.blocks()[block];
    let words = article.slice(block.span).trim_end();
    let name = found.mentions[mentions.start].span;
    block.kind == BlockKind::Paragraph
        && name.start == block.span.start
        && words.len() <= name.len() + 20
        && !words.ends_with(['.', '。', '!', '！', '?', '？', ':', '：', ',', '，', '…'])
        && !words[name.len()..].contains([',', '，', '、', ':', '：'])
}

/// A mention of the company or organization that the article is about: the most mentioned one, a mention in
/// the title counting five times.
pub(super) fn main_house(article: &Article, found: &Recognised, brands: &FxHashSet<u32>) -> Option<usize> {
    let mut count: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
    let title = article
        .text
        .blocks()
        .first()
        .filter(|b| matches!(b.kind, BlockKind::Title | BlockKind::Heading))
        .map(|b| b.span);
    let text = article.text.as_str();
    for (i, m) in found.mentions.iter().enumerate().filter(|(_, m)| !is_outlet(text, m.span)) {
        let kind = found.entities[m.entity as usize].kind;
        let house = matches!(kind, EntityKind::Company | EntityKind::Organization) || brands.contains(&m.entity);
        if house && !matches!(m.how, How::Coreference(_)) {
            let in_title = title.is_some_and(|t| t.contains(m.span));
            count.entry(m.entity).or_insert((0, i)).0 += if in_title { 5 } else { 1 };
        }
    }
    let latin = text.chars().take(2000).filter(|c| !c.is_ascii()).nth(99).is_none();
    // of those named as often, an English article is about the one that it names first
    let rank = |e: u32, (n, first): (usize, usize)| {
        (n, std::cmp::Reverse(if latin { first } else { 0 }), std::cmp::Reverse(e))
    };
    let (_, (count, first)) = count.into_iter().max_by_key(|&(e, c)| rank(e, c))?;
    // nor about who is named once, far behind: the regulator of its last lines
    let late = found.mentions[first].span.start as usize > text.len() / 4;
    let english = text.len() > 400 && latin;
    (!(english && late && count < 3)).then_some(first)
}

/// The topic that a sentence leaves behind.
pub(super) fn next_topic(view: &View, found: &Recognised, before: Topic) -> Topic {
    let mut topic = Topic::default();
    for g in &view.groups {
        let kind = found.entities[found.mentions[g.members[0]].entity as usize].kind;
        let slot = match kind {
            EntityKind::Company | EntityKind::Organization => &mut topic.house,
            EntityKind::Person => &mut topic.person,
            EntityKind::Product if g.brand && topic.house.is_none() => &mut topic.house,
            EntityKind::Product => &mut topic.product,
        };
        // who reports it is not what it is about
        if slot.is_none() && g.members.len() == 1 && g.marker != Marker::Reporter {
            *slot = Some(g.members[0]);
        }
    }
    // the house that the article is about, if the sentence has it
    let about = before.main.map(|m| found.mentions[m].entity);
    let main_here =
        view.groups.iter().flat_map(|g| &g.members).copied().find(|&m| Some(found.mentions[m].entity) == about);
    // "Acme and Orbis have gone to court. They …"
    let bare = |g: &&super::sentence::Group| g.marker == Marker::Bare && !g.possessor;
    let opens = view.groups.first().filter(bare).map(|g| (g.members[0], g.members[g.members.len() - 1]));
    let next = view.groups.get(1).filter(bare).filter(|n| {
        let between = view.between(view.groups[0].span.end, n.span.start);
        view.latin && matches!(between, " and " | ", and ")
    });
    let opens = opens.map(|(first, last)| (first, next.map_or(last, |n| n.members[n.members.len() - 1])));
    Topic {
        several: opens.filter(|(first, last)| first < last),
        house: main_here.or(topic.house).or(before.house),
        person: topic.person.or(before.person),
        product: topic.product.or(before.product),
        main: before.main,
        main_seen: before.main_seen || main_here.is_some(),
        opens: before.opens,
        lineup: before.lineup,
    }
}
