//! English clauses told of a name: relative ones that lack an object (`Omnissa, the business that KKR bought`), and a role over
//! an aside (`Jane Doe, who had led Orbis, is the chief of Acme`).

use super::extract::{Hit, Scene};
use super::phrase::acts;
use super::sentence::Group;
use crate::find;
use crate::schema::{EntityKind, KindSet};
use crate::span::Span;

/// What links a noun to the clause that tells of it.
const LINKS: [&str; 6] = ["which", "that", "whom", "who", "of which", "in which"];

/// How a noun phrase in apposition begins.
const OPENS: [&str; 8] = ["the ", "a ", "an ", "its ", "another ", "one of the ", "their ", "his "];

/// What no noun phrase ends with: the words after it go on with it.
const BINDS: [&str; 22] = [
    "of", "in", "at", "by", "for", "with", "from", "to", "and", "or", "on", "as", "than", "where", "when", "while",
    "but", "because", "after", "before", "says", "said",
];

/// Words that may stand between a subject and its verb.
const ADVERBS: [&str; 22] = [
    "has",
    "had",
    "have",
    "also",
    "once",
    "later",
    "recently",
    "first",
    "originally",
    "quietly",
    "previously",
    "just",
    "now",
    "itself",
    "himself",
    "herself",
    "already",
    "still",
    "initially",
    "long",
    "both",
    "then",
];

/// What parts of a house are called that have a head of their own.
const DIVISIONS: [&str; 36] = [
    "group",
    "team",
    "teams",
    "division",
    "unit",
    "business",
    "department",
    "arm",
    "organization",
    "organisation",
    "operations",
    "lab",
    "practice",
    "segment",
    "efforts",
    "office",
    "program",
    "programme",
    "project",
    "franchise",
    "effort",
    "desk",
    "board",
    "research",
    "engineering",
    "safety",
    "policy",
    "hardware",
    "software",
    "infrastructure",
    "security",
    "strategy",
    "design",
    "marketing",
    "product",
    "labs",
];

/// How what follows a verb without an object begins.
const AFTER: [&str; 34] = [
    "in",
    "from",
    "for",
    "last",
    "this",
    "two",
    "three",
    "four",
    "five",
    "at",
    "as",
    "and",
    "but",
    "when",
    "while",
    "with",
    "earlier",
    "recently",
    "back",
    "years",
    "alongside",
    "after",
    "before",
    "on",
    "by",
    "until",
    "since",
    "out",
    "together",
    "over",
    "under",
    "inside",
    "nearly",
    "almost",
];

/// The length of an auxiliary that a trigger of more words begins with: a longer trigger may begin behind it.
pub(super) fn auxiliary(trigger: &str) -> Option<usize> {
    if !trigger.starts_with(['h', 'i', 'a', 'w', 'b', 't']) {
        return None;
    }
    ["has ", "have ", "had ", "is ", "are ", "was ", "were ", "will ", "be ", "been ", "being ", "to ", "also "]
        .iter()
        .find(|a| trigger.len() > a.len() && trigger.starts_with(**a))
        .map(|a| a.len())
}

/// Of two triggers that overlap behind an auxiliary keeps the one that reaches farther: of `has signed` and `signed deals with`
/// the second.
pub(super) fn past_auxiliaries(hits: &mut Vec<Hit>) {
    let mut outer: Option<Span> = None;
    let mut dropped: Vec<Span> = Vec::new();
    for span in hits.iter().map(|h| h.span) {
        match outer {
            Some(o) if span.start > o.start && span.start < o.end => {
                if span.end > o.end {
                    dropped.push(o);
                    outer = Some(span);
                } else {
                    dropped.push(span);
                }
            }
            _ => outer = Some(span),
        }
    }
    if !dropped.is_empty() {
        hits.retain(|h| !dropped.contains(&h.span));
    }
}

impl Scene<'_, '_> {
    /// `GitHub, which Microsoft bought in 2018`, `Lumen, the startup Jane Doe founded`: what the clause, whose verb has no object of
    /// its own, is about.
    pub(super) fn which(&self, subject: usize, kinds: KindSet, hit: &Hit<'_>) -> Option<usize> {
        let view = self.view;
        let acts = &view.groups[subject];
        if !view.latin || acts.span.end > hit.span.start {
            return None;
        }
        let gap = view.between(acts.span.end, hit.span.start);
        let gap = gap.strip_suffix(' ').unwrap_or(gap);
        let rest = view.between(hit.span.end, view.span.end);
        let next = rest.trim_start().split([' ', ',', '.', ';']).next().unwrap_or_default();
        let alone = !rest.starts_with(' ') || AFTER.contains(&next) || next.is_empty();
        let direct = gap.split(' ').all(|w| w.is_empty() || ADVERBS.contains(&w) || w.ends_with("ly"));
        (0..subject).rev().take(3).find(|&told| {
            let about = &view.groups[told];
            let between = view.between(about.span.end, acts.span.start).trim();
            let plain = matches!(between, ", which" | "which" | ", that" | "that" | ", whom" | ", who" | "whom");
            about.fits(kinds)
                && (plain && told + 1 == subject || direct && alone && self.apposed_to(about, acts, between))
        })
    }

    /// Whether the words between a name and a subject are a noun phrase in apposition, which the subject's clause goes on with:
    /// `, the chip business that`.
    fn apposed_to(&self, about: &Group, acts_: &Group, between: &str) -> bool {
        let Some(phrase) = between.strip_prefix(", ").or_else(|| between.strip_prefix("— ")) else { return false };
        let linked = LINKS.iter().find_map(|l| phrase.strip_suffix(l).and_then(|p| p.strip_suffix(' ')));
        let noun = linked.unwrap_or(phrase).trim_end_matches(',');
        let last = noun.rsplit(' ').next().unwrap_or_default();
        OPENS.iter().any(|o| find::starts(noun, o))
            && (2..=9).contains(&noun.split(' ').count())
            && noun.is_ascii()
            && !noun.contains([',', ';', ':', '(', ')', '"'])
            && !noun.contains(". ")
            && last.starts_with(|c: char| c.is_ascii_lowercase())
            && !BINDS.contains(&last)
            && !last.ends_with("ing")
            && !last.ends_with("ed")
            && !acts(self.hits, about.span.end, acts_.span.start)
    }

    /// `created Lumen at Acme`: whether a name behind what a verb takes, which starts at `first`, is where it was done.
    pub(super) fn done_at(&self, hit: &Hit<'_>, first: u32, between: &str) -> bool {
        let own = self.view.between(hit.span.start, hit.span.end).rsplit(' ').next().unwrap_or_default();
        [" at ", " at the ", " for ", " inside ", " in "].iter().any(|p| find::ends(between, p))
            && !self.extractor.traits(hit.rule).place
            && !matches!(own, "of" | "in" | "at" | "by" | "for" | "with" | "from" | "to" | "on" | "as" | "into")
            && self.view.between(hit.span.end, first).trim().is_empty()
    }

    /// `Acme to buy Orbis`: whether a headline says that its subject is to do something.
    pub(super) fn is_to(&self, hit: &Hit<'_>, clause: &str) -> bool {
        let to = match self.view.between(hit.span.start, hit.span.end).starts_with("to ") {
            true => clause.trim_end(),
            false => clause.trim_end().strip_suffix(" to").unwrap_or(""),
        };
        let start = hit.span.start - (clause.len() - to.len()) as u32;
        !to.is_empty()
            && !self.extractor.traits(hit.rule).planless
            && self.view.groups.iter().any(|g| {
                let lead = self.view.clauses[g.clause].start;
                let words = self.view.between(lead, g.span.start);
                g.span.end == start && words.split(' ').count() <= 4 && !acts(self.hits, lead, g.span.start)
            })
            && !["help", "allow", "enabl", "forc", "led ", "let "].iter().any(|w| to.contains(w))
    }

    /// `Acme's customer service bot relies on`: whether words behind a possessor are a thing of its.
    pub(super) fn is_thing(&self, noun: &str) -> bool {
        let noun = noun.trim();
        let last = noun.rsplit(' ').next().unwrap_or_default();
        let single = last.strip_suffix('s').unwrap_or(last);
        noun.len() <= 44
            && noun.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-'))
            && self.extractor.product_nouns.iter().any(|n| n == last || n == single)
    }

    /// `led Orbis's data group`: whoever leads a part of a house leads there.
    pub(super) fn of_division(&self, house: &Group, hit: &Hit<'_>) -> bool {
        let after = self.view.between(house.span.end, self.view.span.end);
        let Some(noun) = ["'s ", "’s ", "' ", "’ "].iter().find_map(|s| after.strip_prefix(s)) else {
            return false;
        };
        let phrase = noun.split([',', '.', ';', ':']).next().unwrap_or_default();
        let leads = !self.extractor.traits(hit.rule).outranks.is_empty();
        leads && phrase.split(' ').take(6).any(|w| DIVISIONS.contains(&w))
    }

    /// `Jane Doe, who had led Orbis's data group, is`: the person whom a role behind the aside is said of.
    pub(super) fn over_aside(&self, role: u32) -> Option<usize> {
        let view = self.view;
        view.groups.iter().rposition(|g| {
            view.latin
                && g.kind == EntityKind::Person
                && g.span.end <= role
                && view.between(g.span.end, role).starts_with(", who ")
        })
    }
}
