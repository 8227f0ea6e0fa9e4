//! What one article contributes to the graph, free of borrowed text and process-local ids: the unit that
//! is merged, stored and compared. The graph is a pure function of the set of records.
//!
//! A paragraph is a block of the text (title and summary too); all tags together make one. A sentence is a
//! sentence of the text; tags make no sentence pairs, for nobody wrote them as one thought.

use crate::article::{Article, BlockKind};
use crate::claim::Claim;
use crate::dictionary::Dictionary;
use crate::mention::{How, Recognised, Source};
use crate::schema::{EntityKind, RelationId, Status};
use crate::span::Span;

/// Two entities of one sentence or paragraph are a pair when at most this many other entities come between
/// their first mentions. Longer lists (a ranking of 500 firms) tie nobody to everybody, and the work stays
/// linear in the length of the article.
pub const REACH: usize = 32;

/// One article's contribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The article's path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its date, ISO 8601, or empty.
    pub date: String,
    /// Its entities, by key, each key once.
    pub entities: Vec<RecordEntity>,
    /// Its claims.
    pub claims: Vec<RecordClaim>,
    /// Co-mentioned pairs, `a < b` as indices into `entities`, sorted.
    pub pairs: Vec<RecordPair>,
    /// Sentences that claims or pairs quote, in text order.
    pub quotes: Vec<Quote>,
    /// Number of sentences (tags apart) and of paragraphs that mention at least one entity.
    pub units: [u32; 2],
}

/// An entity of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEntity {
    /// Its key.
    pub key: String,
    /// What it is.
    pub kind: EntityKind,
    /// Canonical name.
    pub name: String,
    /// From the dictionary.
    pub listed: bool,
    /// For a version, the key of its family.
    pub family: Option<String>,
    /// Mentions in the article.
    pub mentions: u32,
    /// Sentences (tags apart) and paragraphs of the article that mention it.
    pub units: [u32; 2],
    /// The names that the article uses for it, sorted, each once; pronouns and the like are no names.
    pub surfaces: Vec<String>,
}

/// A claim with what is needed to show it.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordClaim {
    /// Index into the record's entities.
    pub subject: u32,
    /// The relation (its name goes to files).
    pub relation: RelationId,
    /// Index into the record's entities.
    pub object: u32,
    /// How it stands.
    pub status: Status,
    /// Index into the record's quotes.
    pub quote: u32,
    /// Surface of the subject and of the object where the claim takes them from.
    pub surfaces: [String; 2],
    /// Byte spans, relative to the quote's sentence, of subject and object; `None` when it stands elsewhere.
    pub spans: [Option<(u32, u32)>; 2],
    /// Byte span, relative to the quote's sentence, of the words that state it.
    pub stated: (u32, u32),
    /// Rule's name.
    pub rule: &'static str,
    /// Event date or empty.
    pub when: String,
    /// Attributes, sorted by name.
    pub attributes: Vec<(&'static str, String)>,
    /// Confidence, 0 to 1.
    pub confidence: f32,
}

/// A pair of entities mentioned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordPair {
    /// Lower index into the record's entities.
    pub a: u32,
    /// Higher index.
    pub b: u32,
    /// Sentences with both.
    pub sentences: u32,
    /// Paragraphs with both.
    pub paragraphs: u32,
    /// The first sentence with both, if any.
    pub quote: Option<PairQuote>,
}

/// Where a pair stands in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairQuote {
    /// Index into the record's quotes.
    pub quote: u32,
    /// Byte spans of the first mentions of `a` and of `b`, relative to the sentence.
    pub spans: [(u32, u32); 2],
}

/// A quoted sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The sentence.
    pub text: String,
    /// Byte offset of its start in the article's text.
    pub start: u32,
    /// Line in the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A number for a sentence's characters, ASCII blanks left out, by which a reprint is known (FNV-1a, 64 bits:
/// Fowler, Noll and Vo, <https://www.rfc-editor.org/rfc/rfc9923>).
pub fn fingerprint(sentence: &str) -> u64 {
    let letters = sentence.bytes().filter(|b| !b.is_ascii_whitespace());
    letters.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Makes the record of an article.
pub fn record(article: &Article, found: &Recognised, claims: &[Claim], dictionary: &Dictionary) -> Record {
    let (mut entities, place_of) = entities(found, dictionary);
    let mut surfaces: Vec<(u32, &str)> = Vec::with_capacity(found.mentions.len());
    let mut units = Units::default();
    let tags = article.text.blocks().iter().position(|b| b.kind == BlockKind::Tag);
    for mention in &found.mentions {
        let entity = place_of[mention.entity as usize];
        entities[entity as usize].mentions += 1;
        if !matches!(mention.how, How::Coreference(_)) {
            surfaces.push((entity, article.slice(mention.span)));
        }
        let block = article.text.sentences()[mention.sentence as usize].block;
        match (article.text.blocks()[block as usize].kind, tags) {
            (BlockKind::Tag, Some(first)) => units.add(entity, mention.span, None, first as u32, &mut entities),
            _ => units.add(entity, mention.span, Some(mention.sentence), block, &mut entities),
        }
    }
    units.close_sentence(&mut entities);
    units.close_paragraph(&mut entities);
    surfaces.sort_unstable();
    surfaces.dedup();
    for (entity, surface) in surfaces {
        entities[entity as usize].surfaces.push(surface.to_string());
    }

    let (mut pairs, firsts) = pairs(units.pairs);
    let mut quoted: Vec<u32> = claims.iter().map(|c| c.sentence).chain(firsts.iter().map(|f| f.1.sentence)).collect();
    quoted.sort_unstable();
    quoted.dedup();
    let quote_of = |sentence: u32| quoted.partition_point(|&s| s < sentence) as u32;
    for (pair, first) in firsts {
        let start = article.text.sentences()[first.sentence as usize].span.start;
        let spans = first.spans.map(|s| (s.start - start, s.end - start));
        pairs[pair].quote = Some(PairQuote { quote: quote_of(first.sentence), spans });
    }
    Record {
        path: article.path.clone(),
        title: article.title.clone(),
        date: article.date.map(|d| d.to_string()).unwrap_or_default(),
        claims: claims.iter().map(|c| claim(article, found, c, &place_of, quote_of(c.sentence))).collect(),
        pairs,
        quotes: quoted.iter().map(|&s| quote(article, s)).collect(),
        entities,
        units: units.totals,
    }
}

/// The entities by key, and for each of the article's entities its index among them. Two local entities may
/// share a key (a listed one and one that came with the article); the record knows one.
fn entities(found: &Recognised, dictionary: &Dictionary) -> (Vec<RecordEntity>, Vec<u32>) {
    let mut local: Vec<(RecordEntity, usize)> = found
        .entities
        .iter()
        .enumerate()
        .map(|(i, e)| {
            let key = match e.source {
                Source::Listed(id) => dictionary.entity(id).key(),
                _ => format!("{}/{}", e.kind, e.name),
            };
            let family = match e.source {
                Source::Version(id) => Some(dictionary.entity(id).key()),
                _ => None,
            };
            let listed = matches!(e.source, Source::Listed(_));
            let name = e.name.clone();
            (RecordEntity { key, kind: e.kind, name, listed, family, mentions: 0, units: [0; 2], surfaces: vec![] }, i)
        })
        .collect();
    local.sort_by(|(a, i), (b, j)| a.key.cmp(&b.key).then(b.listed.cmp(&a.listed)).then(i.cmp(j)));
    let mut place_of = vec![0; local.len()];
    let mut out: Vec<RecordEntity> = Vec::with_capacity(local.len());
    for (entity, i) in local {
        if out.last().is_none_or(|last| last.key != entity.key) {
            out.push(entity);
        }
        place_of[i] = out.len() as u32 - 1;
    }
    (out, place_of)
}

/// One meeting of a pair: in a sentence (with its first mentions) or, `sentence` being `u32::MAX`, in a
/// paragraph.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meeting {
    a: u32,
    b: u32,
    sentence: u32,
    spans: [Span; 2],
}

/// The sentence and the paragraph that the walk over the mentions stands in.
#[derive(Default)]
struct Units {
    sentence: Option<u32>,
    paragraph: Option<u32>,
    in_sentence: Vec<(u32, Span)>,
    in_paragraph: Vec<u32>,
    /// For each entity, one more than the ordinal of the last sentence and paragraph that counted it.
    last: Vec<[u32; 2]>,
    totals: [u32; 2],
    pairs: Vec<Meeting>,
}

impl Units {
    fn add(&mut self, entity: u32, span: Span, sentence: Option<u32>, block: u32, entities: &mut [RecordEntity]) {
        if self.paragraph != Some(block) {
            self.close_paragraph(entities);
            self.paragraph = Some(block);
        }
        if self.sentence != sentence {
            self.close_sentence(entities);
            self.sentence = sentence;
        }
        if self.last.is_empty() {
            self.last = vec![[0; 2]; entities.len()];
        }
        let last = &mut self.last[entity as usize];
        if sentence.is_some() && last[0] != self.totals[0] + 1 {
            last[0] = self.totals[0] + 1;
            self.in_sentence.push((entity, span));
        }
        if last[1] != self.totals[1] + 1 {
            last[1] = self.totals[1] + 1;
            self.in_paragraph.push(entity);
        }
    }

    fn close_sentence(&mut self, entities: &mut [RecordEntity]) {
        self.totals[0] += !self.in_sentence.is_empty() as u32;
        for (i, &(x, span_x)) in self.in_sentence.iter().enumerate() {
            entities[x as usize].units[0] += 1;
            for &(y, span_y) in self.in_sentence[i + 1..].iter().take(REACH) {
                let sentence = self.sentence.unwrap_or(u32::MAX);
                let (a, b, spans) = if x < y { (x, y, [span_x, span_y]) } else { (y, x, [span_y, span_x]) };
                self.pairs.push(Meeting { a, b, sentence, spans });
            }
        }
        self.in_sentence.clear();
    }

    fn close_paragraph(&mut self, entities: &mut [RecordEntity]) {
        self.totals[1] += !self.in_paragraph.is_empty() as u32;
        for (i, &x) in self.in_paragraph.iter().enumerate() {
            entities[x as usize].units[1] += 1;
            for &y in self.in_paragraph[i + 1..].iter().take(REACH) {
                self.pairs.push(Meeting { a: x.min(y), b: x.max(y), sentence: u32::MAX, spans: [Span::new(0, 0); 2] });
            }
        }
        self.in_paragraph.clear();
    }
}

/// Meetings counted by pair, and the first sentence of each pair that has one (index of the pair, meeting).
fn pairs(mut meetings: Vec<Meeting>) -> (Vec<RecordPair>, Vec<(usize, Meeting)>) {
    meetings.sort_unstable();
    let mut out: Vec<RecordPair> = Vec::new();
    let mut firsts = Vec::new();
    for m in meetings {
        if out.last().is_none_or(|p| (p.a, p.b) != (m.a, m.b)) {
            out.push(RecordPair { a: m.a, b: m.b, sentences: 0, paragraphs: 0, quote: None });
        }
        let at = out.len() - 1;
        let pair = &mut out[at];
        if m.sentence == u32::MAX {
            pair.paragraphs += 1;
        } else {
            if pair.sentences == 0 {
                firsts.push((at, m));
            }
            pair.sentences += 1;
        }
    }
    (out, firsts)
}

fn claim(article: &Article, found: &Recognised, claim: &Claim, place_of: &[u32], quote: u32) -> RecordClaim {
    let sentence = article.text.sentences()[claim.sentence as usize].span;
    let ends = [claim.subject_mention, claim.object_mention].map(|m| found.mentions[m as usize].span);
    let within = |s: Span| sentence.contains(s).then(|| (s.start - sentence.start, s.end - sentence.start));
    let (start, end) = (claim.evidence.start.max(sentence.start), claim.evidence.end.min(sentence.end));
    let mut attributes: Vec<_> = claim.attributes.entries().map(|(k, v)| (k, v.to_string())).collect();
    attributes.sort_unstable();
    RecordClaim {
        subject: place_of[claim.subject as usize],
        relation: claim.relation,
        object: place_of[claim.object as usize],
        status: claim.status,
        quote,
        surfaces: ends.map(|s| article.slice(s).to_string()),
        spans: ends.map(within),
        stated: (start.saturating_sub(sentence.start), end.saturating_sub(sentence.start)),
        rule: claim.rule,
        when: claim.when.as_ref().map(|d| d.0.clone()).unwrap_or_default(),
        attributes,
        confidence: claim.confidence,
    }
}

fn quote(article: &Article, sentence: u32) -> Quote {
    let span = article.text.sentences()[sentence as usize].span;
    let place = article.place(span.start);
    Quote { text: article.slice(span).to_string(), start: span.start, line: place.line, column: place.column }
}
