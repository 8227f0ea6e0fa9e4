//! Where a tie is stated. A tie keeps the best items only; which are best does not depend on the order in
//! which they come.

use crate::schema::Status;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

use super::Day;

/// The article that a passage stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Path under the content root.
    pub path: String,
    /// Title.
    pub title: String,
    /// Date.
    pub date: Day,
}

/// The row that a store has for something, or will have once it is written, if that is known: the row of its article
/// times 2^32 plus its number there; for an article that has no row yet its place in the input stands. It tells nothing about the thing: any two are equal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Row(pub Option<i64>);

/// Bits of a row below its article's.
pub(crate) const ROW_BITS: i64 = 32;

impl Row {
    /// The row of an article's quote or claim with this number; of the article its row, or what [`at_place`] gives.
    pub(super) fn of(article: Option<i64>, number: u32) -> Row {
        Row(article.map(|article| (article << ROW_BITS) + i64::from(number)))
    }

    /// The article and the number.
    pub(crate) fn parts(self) -> Option<(i64, u32)> {
        self.0.map(|row| (row >> ROW_BITS, row as u32))
    }
}

/// What stands for the row of the article that came in at this place of the input: `-place - 1`.
pub(super) fn at_place(place: u64) -> i64 {
    -1 - place.cast_signed()
}

/// The place, if something stands for the row of an article.
pub(crate) fn place_of(article: i64) -> Option<u64> {
    u64::try_from(-1 - article).ok()
}

impl PartialEq for Row {
    fn eq(&self, _: &Row) -> bool {
        true
    }
}

impl Eq for Row {}

impl PartialOrd for Row {
    fn partial_cmp(&self, other: &Row) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Row {
    fn cmp(&self, _: &Row) -> Ordering {
        Ordering::Equal
    }
}

/// A sentence in its article. Ties share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// The article.
    pub article: Arc<Origin>,
    /// Byte offset of the sentence in the article's text.
    pub start: u32,
    /// Line in the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The sentence.
    pub text: Box<str>,
    /// Its row in the table `quote`.
    pub row: Row,
}

/// One end of a tie in a passage.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A byte span of the sentence.
    Here(u32, u32),
    /// These words, in another sentence.
    Elsewhere(Box<str>),
}

/// What a claim says beyond its ends.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimFacts {
    /// How it stands.
    pub status: Status,
    /// Name of the rule.
    pub rule: Cow<'static, str>,
    /// Event date or empty.
    pub when: Box<str>,
    /// Role, round, amount, share.
    pub attributes: Vec<(Cow<'static, str>, String)>,
    /// 0 to 1.
    pub confidence: f32,
    /// Byte span of the sentence: the words that state it.
    pub stated: (u32, u32),
    /// Its row in the table `claim`.
    pub row: Row,
}

impl ClaimFacts {
    /// The confidence with the digits that it is printed with: 0.9, where a plain conversion gives 0.8999999761.
    pub fn exact_confidence(&self) -> f64 {
        self.confidence.to_string().parse().unwrap_or(f64::from(self.confidence))
    }
}

/// One piece of evidence for a tie.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The sentence.
    pub passage: Arc<Passage>,
    /// The words for the source and for the target.
    pub ends: [End; 2],
    /// `None` for a co-mention.
    pub claim: Option<ClaimFacts>,
}

impl Evidence {
    /// The words for the source (0) or the target (1).
    pub fn surface(&self, end: usize) -> &str {
        match &self.ends[end] {
            End::Here(start, stop) => self.passage.text.get(*start as usize..*stop as usize).unwrap_or(""),
            End::Elsewhere(words) => words,
        }
    }

    /// The same with source and target exchanged.
    pub(super) fn reversed(mut self) -> Evidence {
        self.ends.swap(0, 1);
        self
    }

    fn confidence(&self) -> f32 {
        self.claim.as_ref().map_or(0.0, |c| c.confidence)
    }

    /// Best first: the surer claim, then the smaller path, then the earlier sentence; the rest makes the order
    /// total.
    pub(crate) fn order(&self, other: &Evidence) -> Ordering {
        let ends = |e: &Evidence| e.claim.as_ref().map(|c| (c.stated, c.status, c.rule.clone(), c.when.clone()));
        let rest = |e: &Evidence| e.claim.as_ref().map(|c| c.attributes.clone());
        other
            .confidence()
            .total_cmp(&self.confidence())
            .then_with(|| self.passage.article.path.cmp(&other.passage.article.path))
            .then_with(|| self.passage.start.cmp(&other.passage.start))
            .then_with(|| ends(self).cmp(&ends(other)))
            .then_with(|| self.ends.cmp(&other.ends))
            .then_with(|| rest(self).cmp(&rest(other)))
            .then_with(|| self.passage.cmp(&other.passage))
    }
}

/// The best of what was offered, one a sentence text, however many copies of it were printed.
#[derive(Clone, Debug, Default)]
pub(super) struct Best {
    /// With hashes of their sentences, so that few sentences must be compared.
    items: Vec<(u64, Evidence)>,
    last: Mark,
}

/// Where the last item stands in the order, at hand without following it: nearly all that is offered comes after it.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    path: [u64; 2],
    confidence: f32,
    start: u32,
}

/// The number by which sentences are compared before their words are.
pub(crate) fn hash(sentence: &str) -> u64 {
    xxh3_64(sentence.as_bytes())
}

/// The first bytes of a path, which compare as they do: if they are equal the paths must be looked at.
fn lead(path: &str) -> [u64; 2] {
    let mut bytes = [0; 16];
    let len = path.len().min(16);
    bytes[..len].copy_from_slice(&path.as_bytes()[..len]);
    let [a, b] = [0, 8].map(|at| <[u8; 8]>::try_from(&bytes[at..at + 8]).expect("eight bytes"));
    [u64::from_be_bytes(a), u64::from_be_bytes(b)]
}

impl Best {
    /// Whether an item like this, with this [`hash`] of its sentence, could be among the `limit` best: a cheap look
    /// before one is made.
    pub(super) fn wants(&self, (confidence, path, start): (f32, &str, u32), hash: u64, limit: usize) -> bool {
        if self.items.len() >= limit {
            let Some((_, worst)) = self.items.last() else { return false };
            let order = self.last.confidence.total_cmp(&confidence).then_with(|| lead(path).cmp(&self.last.path));
            if order.then_with(|| path.cmp(&worst.passage.article.path)).then(start.cmp(&self.last.start)).is_gt() {
                return false;
            }
        }
        // a copy of what is kept, which comes after it
        !self.items.iter().any(|(h, kept)| {
            let order = || kept.confidence().total_cmp(&confidence).then_with(|| path.cmp(&kept.passage.article.path));
            *h == hash && order().then(start.cmp(&kept.passage.start)).is_gt()
        })
    }

    /// Keeps `item` if it is among the `limit` best. Of two with the same sentence the better one stays, so the
    /// outcome is the `limit` best of the best of each sentence, in whatever order they are offered.
    pub(super) fn offer(&mut self, item: Evidence, limit: usize) {
        let items = &mut self.items;
        if items.len() >= limit && items.last().is_some_and(|(_, worst)| worst.order(&item) != Ordering::Greater) {
            return;
        }
        let hash = hash(&item.passage.text);
        if let Some(same) = items.iter().position(|(h, e)| *h == hash && e.passage.text == item.passage.text) {
            if items[same].1.order(&item) != Ordering::Greater {
                return;
            }
            items.remove(same);
        }
        let at = items.partition_point(|(_, e)| e.order(&item) == Ordering::Less);
        items.insert(at, (hash, item));
        items.truncate(limit);
        if let Some((_, last)) = items.last() {
            let (path, start) = (lead(&last.passage.article.path), last.passage.start);
            self.last = Mark { path, confidence: last.confidence(), start };
        }
    }

    /// The same with the ends of each item exchanged.
    pub(super) fn reversed(self, limit: usize) -> Best {
        let mut out = Best::default();
        self.into_items().for_each(|e| out.offer(e.reversed(), limit));
        out
    }

    /// The items, best first.
    pub(super) fn into_items(self) -> impl Iterator<Item = Evidence> {
        self.items.into_iter().map(|(_, item)| item)
    }
}
