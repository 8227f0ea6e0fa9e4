//! English lists of examples: who fills a noun (`its client roster, which includes companies like Acme and Orbis`), and
//! whom a verb's plural object stands for (`serves more than 300 banks, including Acme and Orbis`).

use super::extract::{Hit, Scene};
use super::phrase::{QUOTES, acts, whole};
use super::sentence::Marker;
use crate::find;
use crate::mention::{How, Mention};
use crate::schema::KindSet;

/// What holds those that a noun names: a client *roster*.
const WHOLES: &[&str] = &["roster", "rosters", "base", "list", "lists", "portfolio", "lineup", "ranks"];

/// What links a plural noun to its examples.
const LINKS: &[&str] = &[
    "including",
    "included",
    "includes",
    "include",
    "such as",
    "like",
    "among them",
    "range from",
    "ranging from",
    "ranges from",
    "is called",
    "is named",
    "are",
    "is",
];

const ADVERBS: &[&str] =
    &["now", "already", "currently", "also", "today", "recently", "then", "that", "which", "who", "and", "have", "has"];

/// Without one of these words at its head.
fn strip<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|w| {
        let rest = text.strip_prefix(w)?;
        (rest.is_empty() || rest.starts_with([' ', ','])).then(|| rest.trim_start())
    })
}

/// Whether words before a list only say what its members are: `companies like`, `the likes of`, `household names such as`.
fn kind_of(words: &str) -> bool {
    let words = words.trim_matches(QUOTES);
    let ends = ["like", "such as", "including", "the likes of", "from"].iter().any(|l| find::ends(words, l));
    matches!(words, "" | "the" | "both")
        || ends
            && words.split(' ').count() <= 6
            && words.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b'-'))
}

/// Whether the words between an English noun and a name lead into a list of who fills it: `roster, which includes companies
/// like`, `in the space include`.
pub(super) fn leads_into(words: &str) -> bool {
    let marks = [',', '(', '—', '–', ' '];
    let mut t = words.trim_matches(QUOTES).trim_start_matches(marks);
    if let Some(rest) = strip(t, WHOLES) {
        t = rest.trim_start_matches(marks);
    }
    // in the space, on the market
    if let Some(rest) = ["in the ", "on the ", "in this ", "in that "].iter().find_map(|p| t.strip_prefix(p)) {
        let place = rest.split(' ').position(|w| {
            ["space", "market", "field", "industry", "sector", "category", "arena"].contains(&w.trim_end_matches(','))
        });
        if let Some(at) = place.filter(|&at| at <= 3) {
            t = rest.splitn(at + 2, ' ').nth(at + 1).unwrap_or_default();
        }
    }
    while let Some(rest) = strip(t.trim_start_matches(marks), ADVERBS) {
        t = rest;
    }
    strip(t.trim_start_matches(marks), LINKS).is_some_and(|rest| {
        let rest = strip(rest, &["now", "already", "also"]).unwrap_or(rest);
        kind_of(rest)
    })
}

/// Whether a word for a house or person has what follows, and so goes on with no list: `its chief`, `the company's backer`.
pub(super) fn is_own(m: &Mention, content: &str) -> bool {
    let has = || ["'s ", "’s "].iter().any(|s| find::starts(&content[m.span.end as usize..], s));
    match m.how {
        How::Coreference("its" | "our" | "his" | "her") => true,
        How::Coreference("the company") => has(),
        _ => false,
    }
}

/// Whether a list goes on behind a name: `, Orbis and`, but not `, is` of `The maker of Lumen, Acme, is`.
pub(super) fn goes_on(rest: &str) -> bool {
    let more = |t: &str| {
        let t = t.trim_start_matches([' ', '“', '"']);
        t.is_empty()
            || t.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || ["and ", "or ", "as well", "the ", "plus ", "along", "a ", "an ", "&"].iter().any(|l| find::starts(t, l))
    };
    rest.strip_prefix(',').is_some_and(more)
        || rest.starts_with('&')
        || ["and ", "or ", "as well as "].iter().any(|l| find::starts(rest, l))
}

/// Without an aside in brackets at the beginning: ` (CEO) and John Roe`.
pub(super) fn beyond_aside(rest: &str) -> &str {
    match rest.strip_prefix('(').and_then(|t| t.split_once(')')) {
        Some((aside, after)) if aside.len() <= 48 && !aside.contains('\n') => after.trim_start_matches(' '),
        _ => rest,
    }
}

/// Whether a list goes on behind an aside that names somebody: `Acme (acquired by Orbis), Halden`, `Jane Doe (Acme) and John Roe`;
/// by the words between the member and the aside's name, and those from there to the next member.
pub(super) fn over_aside(opens: &str, goes_on: &str) -> bool {
    let aside = opens.trim_start().strip_prefix('(');
    let rest = goes_on.split_once(')').filter(|(inner, _)| inner.len() <= 40 && !inner.contains(['.', ';', '(']));
    aside.is_some_and(|a| a.len() <= 40 && !a.contains(')'))
        && rest.is_some_and(|(_, rest)| matches!(rest.trim(), "," | "and" | ", and" | "&" | "or" | ", or"))
}

/// The words between two members of a list without names that were not recognised: `, Halden Capital, and `.
pub(super) fn over_strangers(between: &str) -> &str {
    let Some((inner, link)) = [", and ", ", "].iter().find_map(|l| {
        let inner = between.strip_prefix(", ")?.strip_suffix(l)?;
        Some((inner, &between[between.len() - l.len()..]))
    }) else {
        return between;
    };
    let word =
        |w: &str| w.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()) || matches!(w, "&" | "of");
    let name = |n: &str| n.len() >= 2 && !n.ends_with('.') && n.split(' ').count() <= 4 && n.split(' ').all(word);
    if inner.len() <= 60 && inner.split(", ").all(name) { link } else { between }
}

impl<'d> Scene<'_, 'd> {
    /// Whether the words between a verb and a name are a plural noun and what leads into its examples; where the noun ends.
    fn exemplifies(&self, hit: &Hit<'d>, words: &str, objects: KindSet) -> bool {
        let link = ["including", "such as", "like", "among them", "ranging from"].iter().filter_map(|l| {
            let at = words.match_indices(l).map(|m| m.0).find(|&at| words[..at].ends_with(' '))?;
            Some((at, &words[at + l.len()..]))
        });
        let Some((at, rest)) = link.min_by_key(|l| l.0) else { return false };
        let noun = words[..at].trim_end_matches([',', '(', '—', '–', ' ']);
        let last = noun.rsplit([' ', '-']).next().unwrap_or_default();
        let plural = last.len() >= 4 && last.ends_with('s') && last.bytes().all(|b| b.is_ascii_lowercase());
        let end = hit.span.end + noun.len() as u32;
        // "helps firms avoid vendors like": another statement
        let words: Vec<&str> = noun.split(' ').filter(|w| !w.is_empty()).collect();
        let breaks = words.iter().enumerate().any(|(i, w)| {
            let joins = ["and", "or", "of", "in", "across", "from", "&", "to", "with", "for"];
            w.len() >= 5
                && w.ends_with('s')
                && !w.ends_with("ss")
                && i + 2 < words.len()
                && !joins.contains(&words[i + 1])
        });
        // "works with rivals such as": what another relation is told by
        let other = self
            .hits
            .iter()
            .any(|h| h.rule.relation != hit.rule.relation && h.rule.around.is_empty() && h.span.end == end);
        // "supports platforms like": no customers
        let things = crate::schema::EntityKind::Product;
        let thing = self.extractor.product_nouns.iter().any(|n| last.strip_suffix('s') == Some(n.as_str()));
        plural
            && !breaks
            && !other
            && (!thing || objects.has(things))
            && noun.len() <= 80
            && noun.matches(',').count() <= 1
            && !noun.contains(['.', ';', ':', '"', '“', '”'])
            && kind_of(rest)
            && !acts(self.hits, hit.span.end, end)
    }

    /// `founded by former Acme executives, including siblings Jane and John Doe`: who exemplifies those that a verb names by what
    /// they are.
    pub(super) fn among_them(&self, hit: &Hit<'d>, kinds: KindSet) -> Option<usize> {
        let view = self.view;
        let by = view.between(hit.span.start, hit.span.end).ends_with(" by");
        // "poached researchers from Acme, including Jane Doe"
        if !view.latin || !(by || hit.rule.titled && hit.rule.swap) {
            return None;
        }
        let at = view.groups.iter().position(|g| g.span.start >= hit.span.end && g.fits(kinds))?;
        let words = view.between(hit.span.end, view.groups[at].span.start).trim_end();
        let words = ["siblings", "brothers", "sisters", "friends", "twins"]
            .iter()
            .find_map(|w| words.strip_suffix(w))
            .unwrap_or(words);
        let lead =
            ["including", "among them", "such as", "like"].iter().find_map(|l| words.trim_end().strip_suffix(l))?;
        let noun = lead.split(" from ").next().unwrap_or_default();
        let plural = noun.trim_end_matches([' ', ',']).ends_with('s');
        (plural && words.len() <= 90 && !acts(self.hits, hit.span.end, view.groups[at].span.start)).then_some(at)
    }

    /// Whether the sentence, or one of the two before in its paragraph, has a word that the rule asks for.
    pub(super) fn told_around(&self, hit: &Hit<'d>) -> bool {
        if hit.rule.around.is_empty() {
            return true;
        }
        let text = self.view.text;
        let before = &text[..self.view.span.start as usize];
        let mut before = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        let from = before.len();
        // two sentences back
        for _ in 0..2 {
            let ends = before.trim_end().trim_end_matches(['.', '!', '?', '”', '"']);
            before = &ends[..ends.rfind(['.', '!', '?']).map_or(0, |at| at + 1)];
        }
        let last = self.view.span.start as usize - from + before.len();
        let told = |words: &str| hit.rule.around.iter().any(|w| words.contains(w.as_str()));
        told(&text[last..self.view.span.end as usize])
    }

    /// `serves more than 300 banks, including Acme and Orbis`; `helps companies like Acme`.
    pub(super) fn by_example(&mut self, hit: &Hit<'d>) {
        let (rule, view) = (hit.rule, self.view);
        let (gs, go) = if rule.swap { (rule.object, rule.subject) } else { (rule.subject, rule.object) };
        let first = view.groups.iter().position(|g| g.span.start >= hit.span.end).filter(|&g| {
            let group = &view.groups[g];
            view.latin && group.fits(go) && self.exemplifies(hit, view.between(hit.span.end, group.span.start), go)
        });
        let Some(first) = first else {
            self.miss(hit, || "no examples follow".into());
            return;
        };
        let clause = view.clause_at(hit.span.start);
        let before: Vec<usize> = (0..view.groups.len())
            .rev()
            .filter(|&g| view.groups[g].clause == clause && view.groups[g].span.end <= hit.span.start)
            .collect();
        let mut weight = rule.precision;
        // "Acme's software helps firms like Orbis"
        let whose = before.first().copied().filter(|&g| {
            let group = &view.groups[g];
            let gap = view.between(group.span.end, hit.span.start);
            group.possessor && group.fits(gs) && group.marker == Marker::Bare && gap.split(' ').count() <= 6
        });
        let subject =
            self.subject_before(&before, gs, hit).or(whose).or_else(|| self.carried(clause, gs, hit, &mut weight));
        let Some(subject) = subject.filter(|&s| s != first) else {
            self.miss(hit, || "no subject of a fitting kind".into());
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        let s = view.groups[subject].clone();
        let mut o = whole(view, first, true);
        o.members.extend(self.coordinated(first, go).into_iter().flat_map(|g| view.groups[g].members.clone()));
        self.emit(hit, &s, &o, status, weight);
    }

    /// `Acme and Orbis went to court. They recently sued Halden`: several that the sentence before opened with; whether they
    /// are spoken of.
    pub(super) fn they(&mut self, hit: &Hit<'d>, object: usize, kinds: KindSet) -> bool {
        let view = self.view;
        let Some((first, last)) = self.topic.several.filter(|_| view.latin) else { return false };
        let lead = view.between(view.span.start, hit.span.start).trim_start_matches(QUOTES);
        let open = lead.strip_prefix("They ").is_some_and(|t| t.len() <= 40 && !t.contains([',', ';']));
        let several: Vec<usize> = (first..=last).filter(|&m| self.fits(m, kinds)).collect();
        if !open || several.len() < 2 || hit.rule.swap {
            return false;
        }
        let o = whole(view, object, true);
        if self.head_after(&o, &hit.rule.unless_head).is_some() || !hit.rule.if_head.is_empty() {
            return true;
        }
        let Some(status) = self.status_of(hit) else { return true };
        for (&s, &o) in several.iter().flat_map(|s| o.members.iter().map(move |o| (s, o))) {
            self.pair(hit.rule, s, o, hit.span, status, None, hit.rule.precision * 0.7);
        }
        true
    }
}
