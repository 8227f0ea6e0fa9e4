//! English noun phrases that a name stands in: in apposition to a verb's object (`unveiled a chatbot, Lumen, for lawyers`), behind
//! what it is called (`its new model, dubbed Lumen`), behind what a house or person has (`Jane Doe's AI startup, Acme`; `Acme's robot
//! unit Orbis`; `Their platform, Lumen`).

use super::extract::{Hit, Scene};
use super::phrase::{QUOTES, acts};
use super::sentence::{Group, Marker};
use crate::dictionary::relations::Construction;
use crate::find;
use crate::schema::{EntityKind, KindSet, Status};

/// Words that say what something is called, or begin a list of such things, at the end of a phrase.
const NAMED: &[&str] =
    &["called", "dubbed", "named", "known as", "including", "such as", "like", "which include", "include", "includes"];

/// Without words that say what something is called: `'s latest model` of `'s latest model, called`.
pub(super) fn named(phrase: &str) -> &str {
    NAMED
        .iter()
        .find_map(|n| find::without_end(phrase, n))
        .filter(|rest| rest.ends_with(' '))
        .map_or(phrase, |rest| rest.trim_end_matches([',', ' ']))
}

/// Whether English words open an apposition: `, an early` before *backer of*.
pub(super) fn described(words: &str) -> bool {
    const OPENS: [&str; 14] = [
        ", a ",
        ", an ",
        ", the ",
        ", one of the ",
        ", now a ",
        ", now an ",
        ", now the ",
        "– a ",
        "– the ",
        "— a ",
        "— the ",
        "- the ",
        "(a ",
        "(the ",
    ];
    OPENS.iter().find_map(|o| words.strip_prefix(o)).is_some_and(|rest| {
        rest.split(' ').count() <= 4 && rest.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-'))
    })
}

/// What a part of a house is called behind the house.
const PARTS: &[&str] = &[
    "unit",
    "arm",
    "division",
    "subsidiary",
    "business",
    "lab",
    "brand",
    "fund",
    "affiliate",
    "company",
    "startup",
    "studio",
];

/// What such a noun may not be told to be: an ally, or one that is only held shares in.
const NOT_PARTS: &[&str] = &[
    "portfolio",
    "partner",
    "rival",
    "client",
    "parent",
    "holding",
    "sister",
    "former",
    "target",
    "competing",
    "first",
    "previous",
    "last",
    "earlier",
    "old",
    "second",
];

impl<'d> Scene<'_, 'd> {
    /// `worked at Orbis before co-founding Acme`: the subject of the clause, which a participle goes on with.
    pub(super) fn participle(&self, before: &[usize], kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let trigger = view.between(hit.span.start, hit.span.end);
        let ing = trigger.split(' ').next().is_some_and(|w| w.ends_with("ing"));
        let lead = view.between(view.span.start, hit.span.start);
        let goes_on = [" before ", " after ", " while ", " since ", " before later ", " without "]
            .iter()
            .any(|w| find::ends(lead, w));
        let first = before.iter().rev().copied().find(|&g| view.groups[g].marker == Marker::Bare)?;
        let group = &view.groups[first];
        (view.latin && ing && goes_on && group.fits(kinds) && !group.possessor && !group.apposed).then_some(first)
    }

    /// `is suing its former engineer, Jane Doe, for`: the name in apposition to the object that a clause ends with.
    pub(super) fn in_apposition(&self, clause: usize, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let here = view.clauses[clause];
        if !view.latin || !view.between(here.end, view.span.end).starts_with([',', ':', '—', '–']) {
            return None;
        }
        let noun = view.between(hit.span.end, here.end).trim();
        let opens = ["a ", "an ", "the ", "its ", "their ", "our ", "his ", "her ", "another ", "two ", "three "];
        let first = view.groups.iter().position(|g| g.span.start >= here.end)?;
        let group = &view.groups[first];
        let lead = view.between(here.end, group.span.start).trim_matches([',', ' ', ':', '—', '–', '“', '"', '*']);
        let rest = view.between(group.span.end, view.span.end).trim_start_matches(['”', '"', '*', '®', '™']);
        (opens.iter().any(|o| find::starts(noun, o))
            && noun.split(' ').count() <= 9
            && noun.is_ascii()
            && !noun.contains(['.', '(', '"'])
            && !acts(self.hits, hit.span.end, here.end)
            // "Together with its parent, Acme"
            && !["parent", "parent company", "owner"].iter().any(|p| find::ends(noun, p))
            && matches!(lead, "" | "the" | "called" | "named" | "dubbed" | "known as")
            && (rest.is_empty() || rest.starts_with([',', '.', ';', ')', ':']))
            && group.fits(kinds))
        .then_some(first)
    }

    /// `a chatbot named Lumen`: whether a verb only says what a product is called.
    pub(super) fn only_calls(&self, verb: &Hit, group: &Group) -> bool {
        self.view.latin
            && group.kind == EntityKind::Product
            && self.view.between(verb.span.end, group.span.start).trim_matches(QUOTES).is_empty()
            && self.view.between(verb.span.start, verb.span.end) == "named"
    }

    /// `Jane Doe's AI startup, Acme`; `Acme's robot unit Orbis`: what words behind `'s` say that the next house is to the one before.
    pub(super) fn told_part(&self, left: &Group, right: &Group, bare: &str) -> bool {
        let Some(noun) = ["'s ", "’s "].iter().find_map(|s| bare.strip_prefix(s)) else { return false };
        let noun = named(noun.trim_end_matches([',', ' ']));
        let last = noun.rsplit(' ').next().unwrap_or_default();
        let firm = match left.kind {
            EntityKind::Person => matches!(last, "company" | "startup" | "start-up" | "firm"),
            _ => PARTS.contains(&last) && noun.contains(' '),
        };
        self.view.latin
            && right.kind == EntityKind::Company
            && firm
            && noun.split(' ').count() <= 5
            && noun.is_ascii()
            && !noun.contains([',', '.', '(', ';'])
            && !noun.split(' ').any(|w| NOT_PARTS.contains(&w))
    }

    /// `left Acme for Orbis`: the house that somebody went to.
    pub(super) fn left_for(&mut self, hit: &Hit<'d>, person: &Group, house: &Group, weight: f32) {
        let view = self.view;
        let place = self.extractor.traits(hit.rule).place && hit.rule.status == Some(Status::Ended);
        let next = view.groups.iter().find(|g| g.span.start >= house.span.end).filter(|g| {
            g.fits(hit.rule.object) && view.between(house.span.end, g.span.start).trim_end_matches("rival ") == " for "
        });
        if let Some(next) = next.filter(|_| view.latin && place && house.span.start >= hit.span.end).cloned() {
            self.emit(hit, person, &next, Status::Asserted, weight * 0.9);
        }
    }

    /// `Their platform, Lumen, answers`: the product of whoever the sentence before told of.
    pub(super) fn theirs(&mut self) {
        let view = self.view;
        let Some(group) = view.groups.first().filter(|g| view.latin && g.kind == EntityKind::Product) else { return };
        let lead = view.between(view.span.start, group.span.start).trim_matches(QUOTES);
        let Some(noun) = lead.strip_prefix("Their ") else { return };
        let noun = named(noun).trim_end_matches([',', ' ']);
        let last = noun.rsplit(' ').next().unwrap_or_default();
        let rule =
            self.extractor.dictionary.rules.with_construction(Construction::Of).find(|r| {
                !r.maker && !r.swap && r.object.has(EntityKind::Product) && r.subject.has(EntityKind::Company)
            });
        let (Some(rule), Some(house)) = (rule, self.topic.goes_on()) else { return };
        let told = noun.split(' ').count() <= 5 && self.extractor.product_nouns.iter().any(|n| n == last);
        let product = group.members[0];
        if told && self.extractor.makes(self.found, house, product) != Some(false) {
            self.pair(rule, house, product, group.span, Status::Asserted, None, rule.precision * 0.9);
        }
    }
}
