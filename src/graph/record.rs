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
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Two entities of one sentence or paragraph are a pair when at most this many other entities come between
/// their first mentions. Longer lists (a ranking of 500 firms) tie nobody to everybody, and the work stays
/// linear in the length of the article.
pub const REACH: usize = 32;

/// Longest quote in bytes. Of a longer sentence (a table without marks, a text without stops) the part around what
/// is quoted is kept.
pub const LONGEST_QUOTE: u32 = 2000;

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
    /// Line and column (both from 1, the column in characters) in the file of its first mention.
    pub first: (u32, u32),
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
    pub rule: Cow<'static, str>,
    /// Event date or empty.
    pub when: String,
    /// Attributes, sorted by name.
    pub attributes: Vec<(Cow<'static, str>, String)>,
    /// Confidence, 0 to 1.
    pub confidence: f32,
}

/// A pair of entities mentioned together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordPair {
    /// Lower index into the record's entities.
    pub a: u32,
    /// Higher index.
    pub b: u32,
    /// Sentences with both.
    pub sentences: u32,
    /// Paragraphs with both.
    pub paragraphs: u32,
    /// The first sentence with both, if any (and if one quote can show both).
    pub quote: Option<PairQuote>,
}

/// Where a pair stands in one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The [`fingerprint`] of the sentence; 0 where no claim quotes it.
    pub fingerprint: u64,
}

/// Fewest letters of a sentence that is compared by its parts; shorter ones are reprints only if equal.
const COMPARED: usize = 24;

/// A number by which a sentence and its reprints are known, whatever their punctuation, blanks and case. Of a
/// sentence that is long enough it is the simhash of its pairs of letters (Charikar, "Similarity estimation
/// techniques from rounding algorithms", STOC 2002), so that sentences which differ in a few words
/// have numbers that differ in a few bits; of a shorter one the hash of its letters.
pub fn fingerprint(sentence: &str) -> u64 {
    // FNV-1a (Fowler, Noll and Vo, https://www.rfc-editor.org/rfc/rfc9923), stirred so that all bits count
    let add = |h: u64, c: char| {
        (0..4).fold(h, |h, i| (h ^ u64::from(c as u32 >> (8 * i) & 0xff)).wrapping_mul(0x0100_0000_01b3))
    };
    let stir = |h: u64| {
        let h = (h ^ h >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^ h >> 33
    };
    let letters: Vec<char> = sentence.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    if letters.len() < COMPARED {
        return stir(letters.iter().fold(0xcbf2_9ce4_8422_2325, |h, &c| add(h, c)));
    }
    // how many pairs have each of the 64 bits, counted in binary: bit `i` of `count[k]` is bit `k` of the count
    let mut count = [0u64; usize::BITS as usize];
    for pair in letters.windows(2) {
        let mut carry = stir(add(add(0xcbf2_9ce4_8422_2325, pair[0]), pair[1]));
        for digit in &mut count {
            (*digit, carry) = (*digit ^ carry, *digit & carry);
            if carry == 0 {
                break;
            }
        }
    }
    let pairs = letters.len() - 1;
    let digits = (usize::BITS - pairs.leading_zeros()) as usize;
    let has = |bit: usize| (0..digits).fold(0, |n, k| n | ((count[k] >> bit & 1) as usize) << k);
    (0..64).fold(0, |n, bit| n | u64::from(2 * has(bit) > pairs) << bit)
}

/// Whether two sentences are one and its reprint, by their fingerprints: of 64 bits at most 12 differ, which
/// sentences do whose pairs of letters agree in five of six; unrelated ones differ in about 32.
pub fn is_reprint(a: u64, b: u64) -> bool {
    (a ^ b).count_ones() <= 12
}

/// Makes the record of an article.
pub fn record(article: &Article, found: &Recognised, claims: &[Claim], dictionary: &Dictionary) -> Record {
    let (mut entities, place_of) = entities(found, dictionary);
    let mut surfaces: Vec<(u32, &str)> = Vec::with_capacity(found.mentions.len());
    let mut units = Units::default();
    let tags = article.text.blocks().iter().position(|b| b.kind == BlockKind::Tag);
    for mention in &found.mentions {
        let entity = place_of[mention.entity as usize];
        if entities[entity as usize].mentions == 0 {
            let place = article.place(mention.span.start);
            entities[entity as usize].first = (place.line, place.column);
        }
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
    let of_claim = |c: &Claim| passage(article, c.sentence, c.evidence);
    let of_pair = |m: &Meeting| passage(article, m.sentence, m.spans[0].min(m.spans[1]));
    let mut quoted: Vec<Span> = claims.iter().map(of_claim).chain(firsts.iter().map(|f| of_pair(&f.1))).collect();
    quoted.sort_unstable();
    quoted.dedup();
    let quote_of = |span: Span| quoted.partition_point(|&s| s < span) as u32;
    for (pair, first) in firsts {
        let span = of_pair(&first);
        if let [Some(a), Some(b)] = first.spans.map(|s| within(span, s)) {
            pairs[pair].quote = Some(PairQuote { quote: quote_of(span), spans: [a, b] });
        }
    }
    Record {
        path: article.path.clone(),
        title: article.title.clone(),
        date: article.date.map(|d| d.to_string()).unwrap_or_default(),
        claims: claims
            .iter()
            .map(|c| claim(article, found, c, &place_of, of_claim(c), quote_of(of_claim(c))))
            .collect(),
        pairs,
        quotes: quotes(article, &quoted, claims.iter().map(of_claim)),
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
            let entity = RecordEntity {
                key,
                kind: e.kind,
                name: e.name.clone(),
                listed,
                family,
                mentions: 0,
                units: [0; 2],
                first: (1, 1),
                surfaces: Vec::new(),
            };
            (entity, i)
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

/// The part of a sentence that a quote of `focus` shows: all of it, unless it is too long.
fn passage(article: &Article, sentence: u32, focus: Span) -> Span {
    let whole = article.text.sentences()[sentence as usize].span;
    if whole.len() <= LONGEST_QUOTE as usize {
        return whole;
    }
    let text = article.text.as_str();
    let boundary = |at: u32| (0..=at).rev().find(|i| text.is_char_boundary(*i as usize)).unwrap_or(0);
    let start = boundary(focus.start.saturating_sub(LONGEST_QUOTE / 4).max(whole.start));
    Span { start, end: boundary((start + LONGEST_QUOTE).min(whole.end)) }
}

/// `span` relative to `whole`, if it lies in it.
fn within(whole: Span, span: Span) -> Option<(u32, u32)> {
    whole.contains(span).then(|| (span.start - whole.start, span.end - whole.start))
}

fn claim(
    article: &Article,
    found: &Recognised,
    claim: &Claim,
    place_of: &[u32],
    passage: Span,
    quote: u32,
) -> RecordClaim {
    let ends = [claim.subject_mention, claim.object_mention].map(|m| found.mentions[m as usize].span);
    let stated = |at: u32| at.clamp(passage.start, passage.end) - passage.start;
    let mut attributes: Vec<_> = claim.attributes.entries().map(|(k, v)| (Cow::Borrowed(k), v.to_string())).collect();
    attributes.sort_unstable();
    RecordClaim {
        subject: place_of[claim.subject as usize],
        relation: claim.relation,
        object: place_of[claim.object as usize],
        status: claim.status,
        quote,
        surfaces: ends.map(|s| article.slice(s).to_string()),
        spans: ends.map(|s| within(passage, s)),
        stated: (stated(claim.evidence.start), stated(claim.evidence.end)),
        rule: Cow::Borrowed(claim.rule),
        when: claim.when.as_ref().map(|d| d.0.clone()).unwrap_or_default(),
        attributes,
        confidence: claim.confidence,
    }
}

fn quotes(article: &Article, spans: &[Span], of_claims: impl Iterator<Item = Span>) -> Vec<Quote> {
    let quote = |span: &Span| {
        let place = article.place(span.start);
        let text = article.slice(*span).to_string();
        Quote { text, start: span.start, line: place.line, column: place.column, fingerprint: 0 }
    };
    let mut out: Vec<Quote> = spans.iter().map(quote).collect();
    for span in of_claims {
        let quote = &mut out[spans.partition_point(|&s| s < span)];
        if quote.fingerprint == 0 {
            quote.fingerprint = fingerprint(&quote.text);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::TextBuilder;
    use crate::mention::{LocalEntity, Mention};

    /// An article of these blocks, in which every name is mentioned wherever it stands.
    fn made(blocks: &[(BlockKind, &str)], names: &[&str]) -> Record {
        let source = blocks.iter().map(|b| b.1).collect::<Vec<_>>().join("\n");
        let mut builder = TextBuilder::new(source.clone());
        let mut at = 0;
        for (kind, words) in blocks {
            builder.block(*kind);
            builder.push(words, at, false);
            at += words.len() + 1;
        }
        let article = Article { path: "a.md".into(), text: builder.finish(), ..Article::default() };
        let text = article.text.as_str();
        let entity =
            |name: &&str| LocalEntity { source: Source::Unlisted, kind: EntityKind::Company, name: name.to_string() };
        let mut mentions: Vec<Mention> = Vec::new();
        for (i, name) in names.iter().enumerate() {
            mentions.extend(text.match_indices(name).map(|(at, _)| Mention {
                span: Span::new(at, at + name.len()),
                entity: i as u32,
                sentence: article.text.sentence_at(at as u32) as u32,
                how: How::Name,
            }));
        }
        mentions.sort_by_key(|m| m.span);
        let found = Recognised { entities: names.iter().map(entity).collect(), mentions, ..Recognised::default() };
        record(&article, &found, &[], &Dictionary::default())
    }

    #[test]
    fn pairs_meet_in_sentences_and_paragraphs() {
        let blocks = [
            (BlockKind::Tag, "商汤"),
            (BlockKind::Tag, "徐冰"),
            (BlockKind::Paragraph, "商汤分拆阵量。徐冰去了阵量。"),
            (BlockKind::Paragraph, "徐冰离开商汤，商汤不舍徐冰。"),
        ];
        let record = made(&blocks, &["徐冰", "商汤", "阵量"]);
        let name = |i: u32| record.entities[i as usize].name.as_str();
        let mut pairs: Vec<_> =
            record.pairs.iter().map(|p| (name(p.a), name(p.b), p.sentences, p.paragraphs)).collect();
        pairs.sort_unstable();
        assert_eq!(pairs, [("商汤", "徐冰", 1, 3), ("商汤", "阵量", 1, 1), ("徐冰", "阵量", 1, 1)]);
        assert_eq!(record.units, [3, 3]);
        let of = |n: &str| record.entities.iter().find(|e| e.name == n).map(|e| (e.mentions, e.units)).unwrap();
        assert_eq!(of("商汤"), (4, [2, 3]));
        for pair in &record.pairs {
            let quote = pair.quote.unwrap();
            let text = &record.quotes[quote.quote as usize].text;
            let words = quote.spans.map(|(start, end)| &text[start as usize..end as usize]);
            assert_eq!(words, [name(pair.a), name(pair.b)]);
        }
    }

    #[test]
    fn long_lists_tie_near_ones_only() {
        let names: Vec<String> = (100..400).map(|i| format!("公司{i}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let record = made(&[(BlockKind::Paragraph, &names.join("、"))], &names);
        assert!(record.pairs.len() <= names.len() * REACH);
        assert!(record.quotes.iter().all(|q| q.text.len() <= LONGEST_QUOTE as usize));
        assert!(record.pairs.iter().all(|p| p.quote.is_some()));
    }
}
