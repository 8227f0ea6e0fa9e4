//! Names that no list has, recognised by how the text presents them. Each file here gathers candidates of
//! one make-up (Latin runs, persons, firms by suffix, quoted names, English text); this one sums what
//! speaks for and against each over the whole article, decides once per name, and marks its occurrences.

mod alias;
mod english;
mod english_again;
mod english_frame;
mod english_glue;
mod english_kind;
mod english_lead;
mod english_lines;
mod english_people;
mod english_place;
mod english_row;
mod firm;
mod frame;
mod han;
mod han_code;
mod han_product;
mod latin;
mod latin_acts;
mod latin_tail;
mod list;
mod pair;
mod people;
mod person;
mod quoted;
mod quoted_row;
mod shape;
mod short;
mod spread;
mod words;

use super::cues::{Cues, Votes};
use super::listed::{Hit, What};
use super::{How, NewMention};
use crate::article::Article;
use crate::dictionary::{Dictionary, Lexicon};
use crate::find;
use crate::schema::EntityKind;
use crate::span::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use words::{Place, Words};

/// Finds unlisted names; made once from the lexicon.
#[derive(Debug, Default)]
pub(super) struct Finder {
    words: Words,
}

/// What the finder hands on.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The unlisted names, none overlapping another or a hit that stays.
    pub mentions: Vec<NewMention>,
    /// Whether each hit is part of a longer unlisted name, in the order of the hits.
    pub absorbed: Vec<bool>,
}

impl Found {
    /// Leaves the unlisted names out. A listed name inside a longer unlisted one (浙江大学 in a hospital's name) is
    /// still no mention, unless the longer one is another form of the same entity's name.
    pub fn forget_unlisted(&mut self, hits: &[Hit]) {
        for name in std::mem::take(&mut self.mentions) {
            let Some(same) = name.same_as.filter(|s| name.span.contains(*s)) else { continue };
            let at = hits.partition_point(|h| h.span.start < same.start);
            if hits.get(at).is_some_and(|h| h.span == same) {
                self.absorbed[at] = false;
            }
        }
    }
}

/// All that the rules look at.
struct Scene<'a> {
    text: &'a str,
    dictionary: &'a Dictionary,
    lexicon: &'a Lexicon,
    cues: &'a Cues,
    words: &'a Words,
    hits: &'a [Hit],
}

/// A span that may be a name.
#[derive(Clone, Debug)]
struct Candidate {
    span: Span,
    /// How much its form alone speaks for a name; a name needs [`ENOUGH`] in all.
    points: i32,
    /// The kind that its form speaks for, and how much.
    hint: Option<(EntityKind, i32)>,
    /// The rule, for [`How::Unlisted`].
    cue: &'static str,
    /// Every other occurrence of the string is a mention too.
    spreads: bool,
}

/// What coordinates two names.
const JOINTS: [&str; 7] = ["、", "和", "与", "及", "以及", "或", "/"];

/// The points that make a name.
const ENOUGH: i32 = 3;

/// What is known of one string over the article.
#[derive(Debug, Default)]
struct Sum {
    points: i32,
    votes: Votes,
    against: i32,
    count: i32,
    cue: &'static str,
    spreads: bool,
    /// A noun for what it names stands beside it, so that a plain word may be a name.
    told: bool,
    /// It stands in quotation marks of its own.
    quoted: bool,
    spans: Vec<Span>,
}

/// A name that was decided for.
#[derive(Clone, Copy, Debug)]
struct Decided<'a> {
    name: &'a str,
    kind: EntityKind,
    cue: &'static str,
}

impl<'a> Scene<'a> {
    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.range()]
    }

    fn before(&self, span: Span) -> &'a str {
        &self.text[..span.start as usize]
    }

    fn after(&self, span: Span) -> &'a str {
        &self.text[span.end as usize..]
    }

    /// The first hit that ends after `at`.
    fn hit_from(&self, at: usize) -> usize {
        self.hits.partition_point(|h| h.span.end as usize <= at)
    }

    /// Whether no hit overlaps.
    fn is_free(&self, span: Span) -> bool {
        self.hits.get(self.hit_from(span.start as usize)).is_none_or(|h| h.span.start >= span.end)
    }

    /// The hit that ends right at `at`.
    fn hit_ending(&self, at: usize) -> Option<&'a Hit> {
        let i = self.hits.partition_point(|h| (h.span.end as usize) < at);
        self.hits.get(i).filter(|h| h.span.end as usize == at)
    }

    /// The hit that starts right at `at`.
    fn hit_starting(&self, at: usize) -> Option<&'a Hit> {
        let i = self.hits.partition_point(|h| (h.span.start as usize) < at);
        self.hits.get(i).filter(|h| h.span.start as usize == at)
    }

    /// Whether no Latin word goes on over an end of `span`.
    fn is_whole(&self, span: Span) -> bool {
        let bytes = self.text.as_bytes();
        let (start, end) = (span.start as usize, span.end as usize);
        let goes_on = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let before = start > 0
            && bytes[start].is_ascii_alphanumeric()
            && (goes_on(bytes[start - 1]) || bytes[start - 1] == b'.');
        let after = bytes[end - 1].is_ascii_alphanumeric() && bytes.get(end).is_some_and(|b| goes_on(*b));
        !before && !after
    }

    fn kind_of(&self, hit: &Hit) -> Option<EntityKind> {
        match &hit.what {
            What::Listed(id) | What::Version(id, _) => Some(self.dictionary.entity(*id).kind),
            What::Own(_) | What::Blocked => None,
        }
    }

    /// Whether the words are a place's Latin name.
    fn is_place(&self, words: &str) -> bool {
        self.lexicon.places.contains(&words.to_lowercase())
    }

    /// Whether a firm's name stands right before, as its maker's: 谷歌Veo, 微软的Aurora, Meta的Aurora.
    fn made_by(&self, span: Span) -> bool {
        let before = self.before(span).trim_end_matches(['“', '《', '「', ' ']);
        let whose = before.strip_suffix('的').filter(|_| !self.slice(span).contains(' '));
        let before = before.strip_suffix('的').unwrap_or(before).trim_end_matches(' ');
        self.slice(span).starts_with(|c: char| c.is_ascii_alphanumeric())
            && (before.ends_with(words::is_han) || whose.is_some())
            && self.hit_ending(before.len()).is_some_and(|h| self.kind_of(h) == Some(EntityKind::Company))
    }

    /// Whether a listed house brings out what stands right behind: `特斯拉研发Autopilot`, `谷歌还推出了Lens`.
    fn brought_by(&self, span: Span) -> bool {
        const BRINGS: [&str; 18] = [
            "推出",
            "推出了",
            "推出的",
            "发布",
            "发布了",
            "发布的",
            "上线",
            "上线了",
            "开源",
            "开源了",
            "开源的",
            "研发",
            "研发了",
            "研发的",
            "开发了",
            "开发的",
            "打造的",
            "自研的",
        ];
        let name = self.slice(span);
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) || name.len() < 4 {
            return false;
        }
        let before = self.before(span).trim_end_matches(['“', '「', ' ']);
        let Some(lead) = BRINGS.iter().filter_map(|b| before.strip_suffix(b)).min_by_key(|l| l.len()) else {
            return false;
        };
        let lead = ["还", "也", "又", "正", "已", "正式", "近日", "刚刚", "最近", "率先", "首次", "同步", "今年"]
            .iter()
            .fold(lead, |l, w| l.strip_suffix(w).unwrap_or(l));
        let house = self.hit_ending(lead.trim_end_matches(['”', ' ']).len()).and_then(|h| self.kind_of(h));
        house == Some(EntityKind::Company)
    }

    /// The kind of a listed name that `span` is coordinated with: `A、SPAN`, `SPAN和B`.
    fn neighbour(&self, span: Span) -> Votes {
        let mut votes = Votes::default();
        let before = self.before(span);
        let open = before.trim_end_matches(['“', '《', '「', ' ']);
        for joint in JOINTS {
            if let Some(rest) = open.strip_suffix(joint) {
                let at = rest.trim_end_matches(['”', '》', '」', ' ']).len();
                if let Some(kind) = self.hit_ending(at).and_then(|h| self.kind_of(h)) {
                    votes[kind as usize] += 2;
                    break;
                }
            }
        }
        let after = self.after(span);
        let shut = after.trim_start_matches(['”', '》', '」', ' ']);
        for joint in JOINTS {
            if let Some(rest) = shut.strip_prefix(joint) {
                let at = self.text.len() - rest.trim_start_matches(['“', '《', '「', ' ']).len();
                if let Some(kind) = self.hit_starting(at).and_then(|h| self.kind_of(h)) {
                    votes[kind as usize] += 2;
                    break;
                }
            }
        }
        votes
    }
}

/// Gathers the candidates of one make-up in a Chinese block.
type Gather = fn(&Scene<'_>, Span, &[Place], &mut Vec<Candidate>);

/// The make-ups of names in Chinese text, in the order in which their candidates are weighed.
const HAN: [Gather; 9] = [
    |scene, block, _, out| latin::gather(scene, block, out),
    person::gather,
    |scene, block, _, out| people::gather(scene, block, out),
    firm::gather,
    frame::gather,
    |scene, block, _, out| quoted::gather(scene, block, out),
    |scene, block, _, out| list::gather(scene, block, out),
    |scene, block, _, out| han_product::gather(scene, block, out),
    han_code::gather,
];

/// Blocks that are looked through together.
const AT_ONCE: usize = 64;

impl Finder {
    pub(super) fn new(lexicon: &Lexicon) -> Finder {
        Finder { words: Words::new(lexicon) }
    }

    /// The unlisted names of an article.
    pub(super) fn find(&self, dictionary: &Dictionary, cues: &Cues, article: &Article, hits: &[Hit]) -> Found {
        let text = article.text.as_str();
        let scene = Scene { text, dictionary, lexicon: &dictionary.lexicon, cues, words: &self.words, hits };
        let all_english = english::is_english(text);
        let mut candidates = Vec::new();
        for blocks in article.text.blocks().chunks(AT_ONCE) {
            let english = |block: Span| all_english || english::is_english(scene.slice(block));
            let mut found: Vec<Vec<Candidate>> = blocks.iter().map(|_| Vec::new()).collect();
            let mut han: Vec<(Span, Vec<Place>, usize)> = Vec::new();
            for (i, block) in blocks.iter().enumerate() {
                if english(block.span) {
                    english::gather(&scene, block, &mut found[i]);
                } else {
                    let mut places = Vec::new();
                    self.words.places(scene.slice(block.span), &mut places);
                    han.push((block.span, places, i));
                }
            }
            // each make-up over all of them: its code stays at hand
            for gather in HAN {
                han.iter().for_each(|(span, places, i)| gather(&scene, *span, places, &mut found[*i]));
            }
            candidates.extend(found.into_iter().flatten());
        }
        if all_english {
            english_lines::products(&scene, article.text.blocks(), &mut candidates);
        }
        let decided = decide(&scene, &candidates);
        mark(&scene, &decided)
    }
}

/// Sums up what speaks for each string and decides which are names.
fn decide<'a>(scene: &Scene<'a>, candidates: &[Candidate]) -> Vec<(Decided<'a>, Sum)> {
    let mut sums: FxHashMap<&str, usize> = FxHashMap::default();
    let mut order: Vec<(&str, Sum)> = Vec::new();
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    for c in candidates {
        let name = scene.slice(c.span);
        let at = *sums.entry(name).or_insert_with(|| {
            order.push((name, Sum { points: i32::MIN, ..Sum::default() }));
            order.len() - 1
        });
        let sum = &mut order[at].1;
        if c.points > sum.points {
            sum.points = c.points;
            sum.cue = c.cue;
        }
        sum.spreads |= c.spreads;
        // two rules may find one span
        let repeated = !seen.insert(c.span);
        if let Some((kind, weight)) = c.hint
            && (!repeated || sum.count == 1)
        {
            sum.votes[kind as usize] += weight;
        }
        if repeated {
            continue;
        }
        sum.spans.push(c.span);
        sum.count += 1;
        let beside = scene.cues.votes(scene.text, c.span);
        let listed = scene.neighbour(c.span);
        let closes = list::closing(scene, scene.after(c.span));
        for i in 0..4 {
            sum.votes[i] += beside[i] + listed[i] + closes[i];
        }
        let defined = defined(scene.after(c.span));
        if let Some(kind) = defined {
            sum.votes[kind as usize] += 2;
        }
        let made = scene.made_by(c.span);
        if made {
            sum.votes[EntityKind::Product as usize] += 2;
        }
        // 微软的Symphony创意套件; 特斯拉研发Autopilot
        let headed = made && quoted::headed(scene, scene.after(c.span).trim_start_matches(['”', ' ']));
        let brought = !made && scene.brought_by(c.span);
        if headed || brought {
            sum.votes[EntityKind::Product as usize] += 1 + i32::from(brought);
            sum.told = true;
        }
        let things = [EntityKind::Company, EntityKind::Product].map(|k| k as usize);
        let before = scene.cues.before(scene.before(c.span));
        sum.told |= defined.is_some();
        sum.told |= things.iter().any(|&k| before[k].max(closes[k]).max(listed[k]) >= 2)
            || made && scene.before(c.span).ends_with('“');
        let quote = scene.before(c.span).ends_with('“').then(|| scene.after(c.span).strip_prefix('”')).flatten();
        // “Action Space”（动作空间） is a term and its gloss
        sum.quoted |= quote.is_some_and(|a| !a.starts_with(['（', '(']));
        let after = scene.after(c.span).trim_start_matches([' ', '”', '」']);
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let negative = scene.words.not_after.at_start(after).map_or(0, str::len);
        let positive = scene.cues.after(scene.after(c.span)).iter().sum::<i32>();
        if negative > 0 && positive == 0 {
            sum.against += 2;
        }
        if scene.words.not_before.at_end(scene.before(c.span).trim_end_matches([' ', '“', '「', '：'])).is_some() {
            sum.against += 1;
        }
    }
    for (name, sum) in &mut order {
        if sum.votes[EntityKind::Person as usize] > 0 && alias::is_registered(scene, name) {
            sum.votes[EntityKind::Company as usize] += sum.votes[EntityKind::Person as usize] + 2;
        }
    }
    coordinated(scene, &mut order);
    let mut decided = Vec::new();
    for (name, sum) in order {
        let (kind, best, total) = weigh(name, &sum);
        if total >= ENOUGH && sum.against < best + 3 {
            decided.push((Decided { name, kind, cue: sum.cue }, sum));
        }
    }
    // a name that is part of a person's is that person's short form
    let mut parts: FxHashSet<&str> = FxHashSet::default();
    let listed =
        scene.hits.iter().filter(|h| scene.kind_of(h) == Some(EntityKind::Person)).map(|h| scene.slice(h.span));
    let unlisted = decided.iter().filter(|d| d.0.kind == EntityKind::Person).map(|d| d.0.name);
    for full in listed.chain(unlisted).filter(|n| n.contains(' ') || n.contains(person::DOTS)) {
        parts.extend(full.split(|c| c == ' ' || person::DOTS.contains(&c)));
    }
    decided.retain(|d| !parts.contains(d.0.name));
    decided
}

/// The kind of what a definition right behind says it is: `X是一款…`, `X：这家公司…`, `X（…）——一个…平台`.
fn defined(after: &str) -> Option<EntityKind> {
    let after = after.trim_start_matches(['”', '》', ' ']);
    let after = match after.strip_prefix(['（', '(']) {
        Some(inner) => {
            let end = inner.char_indices().take(40).find(|(_, c)| matches!(c, '）' | ')'))?;
            &inner[end.0 + end.1.len_utf8()..]
        }
        None => after,
    };
    let rest = ["是", "，", "：", "——", "作为", "，是"]
        .iter()
        .filter_map(|l| after.strip_prefix(l))
        .min_by_key(|r| r.len())?;
    let rest = ["全球", "国内", "首个", "首款"].iter().fold(rest, |r, w| r.strip_prefix(w).unwrap_or(r));
    let starts = |words: &[&str]| words.iter().any(|w| find::starts(rest, w));
    if starts(&["一款", "这款", "该款", "这项功能", "该功能", "该工具", "该应用", "该平台"]) {
        Some(EntityKind::Product)
    } else if starts(&["一家", "这家公司", "这家"]) {
        Some(EntityKind::Company)
    } else {
        None
    }
}

/// The kind that most speaks for, how much, and the points in all.
fn weigh(name: &str, sum: &Sum) -> (EntityKind, i32, i32) {
    // FloSports is no person, whatever it says
    let bare = |w: &str| shape::is_name_word(w.trim_matches(['"', '(', ')']));
    let person = !name.is_ascii() || name.split(' ').all(bare);
    let (kind, best) = EntityKind::ALL
        .into_iter()
        .filter(|k| person || *k != EntityKind::Person)
        .map(|k| (k, sum.votes[k as usize]))
        .fold((EntityKind::Product, sum.votes[EntityKind::Product as usize]), |a, b| if b.1 > a.1 { b } else { a });
    let told = shape::is_proper(name) && (sum.told && sum.points == 0 || sum.quoted && sum.points > 0);
    // more votes than count outweigh what is said against
    let against = (sum.against - (best - 3).max(0)).max(0);
    let total = sum.points + best.min(3) + i32::from(sum.count > 2) + i32::from(told) - against;
    (kind, best, total)
}

/// What is coordinated with a name is one too, where it may be: `Tableau和Data Cloud`, `千寻智能和维他动力`.
fn coordinated(scene: &Scene, order: &mut [(&str, Sum)]) {
    let mut starts: FxHashMap<u32, usize> = FxHashMap::default();
    for (i, (_, sum)) in order.iter().enumerate() {
        starts.extend(sum.spans.iter().map(|s| (s.start, i)));
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, (_, sum)) in order.iter().enumerate() {
        for span in &sum.spans {
            let after = scene.after(*span).trim_start_matches(['”', ' ']);
            let Some(rest) = JOINTS[..6].iter().find_map(|j| after.strip_prefix(j)) else { continue };
            let at = scene.text.len() - rest.trim_start_matches(['“', ' ']).len();
            if let Some(&j) = starts.get(&(at as u32)).filter(|&&j| j != i) {
                pairs.push((i, j));
            }
        }
    }
    let mut raised = vec![false; order.len()];
    // AIP Logic, where AIP is a name
    let sure: FxHashSet<&str> =
        order.iter().filter(|(name, sum)| weigh(name, sum).2 >= ENOUGH && !name.contains(' ')).map(|x| x.0).collect();
    for (name, sum) in order.iter_mut() {
        let head = name.split_once(' ').map(|x| x.0);
        if sum.cue == "latin name" && head.is_some_and(|h| sure.contains(h)) {
            sum.points += 1;
        }
    }
    for _ in 0..3 {
        for &(i, j) in &pairs {
            let ((a, left), (b, right)) = (&order[i], &order[j]);
            let (left, right) = (weigh(a, left), weigh(b, right));
            // one that is a name tells the other's kind; two of one make-up speak for each other
            let alike = left.2 == ENOUGH - 1
                && right.2 == ENOUGH - 1
                && left.0 == right.0
                && order[i].1.cue == "suffix"
                && order[j].1.cue == "suffix";
            for (from, to, other) in [(left, right, j), (right, left, i)] {
                let (name, sum) = &mut order[other];
                let plain = sum.cue == "latin name" && sum.points >= 0 && sum.against == 0 && shape::is_proper(name);
                let thing = matches!(from.0, EntityKind::Product | EntityKind::Company);
                // 绫青时装、赫远集团: a suffix alone, beside a firm
                let firms = sum.cue == "suffix" && sum.against == 0 && to.2 == ENOUGH - 1 && from.0 == to.0;
                if raised[other] || to.2 >= ENOUGH || !(alike || from.2 >= ENOUGH && (plain && thing || firms)) {
                    continue;
                }
                raised[other] = true;
                sum.votes[from.0 as usize] += 2;
                sum.points += 1;
            }
        }
    }
}

/// Marks the occurrences of the decided names, longest first where they overlap.
fn mark<'a>(scene: &Scene<'a>, decided: &[(Decided<'a>, Sum)]) -> Found {
    let mut taken: Vec<(Span, usize, &'static str)> = Vec::new();
    let mut seen: FxHashSet<Span> = FxHashSet::default();
    for (i, (name, sum)) in decided.iter().enumerate() {
        taken.extend(sum.spans.iter().map(|&s| (s, i, name.cue)));
        seen.extend(&sum.spans);
    }
    let spreading: Vec<usize> = (0..decided.len()).filter(|&i| decided[i].1.spreads).collect();
    let names: Vec<&str> = spreading.iter().map(|&i| decided[i].0.name).collect();
    for (which, at) in spread::occurrences(scene.text, &names) {
        let name = &decided[spreading[which]].0;
        let span = Span::new(at, at + name.name.len());
        if scene.is_free(span) && scene.is_whole(span) && !seen.contains(&span) {
            taken.push((span, spreading[which], name.cue));
        }
    }
    taken.sort_by_key(|(s, i, _)| (s.start, std::cmp::Reverse(s.end), *i));
    let mut found = Found { mentions: Vec::new(), absorbed: vec![false; scene.hits.len()] };
    let mut kept: Vec<(Span, usize)> = Vec::new();
    let mut end = 0;
    for (span, i, cue) in taken {
        if span.start < end {
            continue;
        }
        let mut h = scene.hit_from(span.start as usize);
        // a hit that reaches beyond the name keeps its place
        if (h..scene.hits.len())
            .take_while(|&h| scene.hits[h].span.start < span.end)
            .any(|h| !span.contains(scene.hits[h].span) || scene.hits[h].span == span)
        {
            continue;
        }
        while h < scene.hits.len() && scene.hits[h].span.start < span.end {
            found.absorbed[h] = true;
            h += 1;
        }
        end = span.end;
        let d = decided[i].0;
        kept.push((span, i));
        found.mentions.push(NewMention {
            span,
            name: d.name.to_string(),
            kind: d.kind,
            how: How::Unlisted(cue),
            same_as: None,
        });
    }
    pair::join(scene, &mut found);
    pair::without_suffix(scene, &mut found);
    pair::registered(scene, &mut found);
    pair::plural(scene, &mut found);
    pair::initials(scene, &mut found);
    alias::join(scene, &mut found);
    short::add(scene, &mut found);
    english_lines::with_form(scene, &mut found);
    found
}
