//! English roles: where they are held when the words name a house that is no name we know, and how a person is linked to them.

use super::Claim;
use super::extract::Scene;
use super::sentence::{Group, View};
use super::told::tells;
use crate::dictionary::relations::Rule;
use crate::find::{self, rfind};
use crate::mention::Recognised;
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// Words that say when a role is or was held.
const TIMES: [&str; 14] = [
    "once",
    "until now",
    "until recently",
    "until last year",
    "until this year",
    "hitherto",
    "formerly",
    "previously",
    "briefly",
    "long",
    "for years",
    "currently",
    "now",
    "today",
];

/// Without what says when, at the beginning: `, the` of `, once the`.
pub(super) fn untimed(between: &str) -> &str {
    let (comma, t) = between.strip_prefix(", ").map_or((false, between), |t| (true, t));
    let t = t.strip_prefix("who ").unwrap_or(t);
    let rest = TIMES.iter().find_map(|w| t.strip_prefix(w)).filter(|r| r.is_empty() || r.starts_with([' ', ',']));
    match rest {
        Some(rest) if between.is_ascii() => {
            let rest = rest.trim_start_matches([' ', ',']);
            if rest.is_empty() && comma { "," } else { rest }
        }
        _ => between,
    }
}

/// Whether the words between a person and a role say that it is over: `, once the`, `, who used to be`.
pub(super) fn over(link: &str) -> bool {
    const OVER: [&str; 10] = [
        "most recently",
        "once",
        "until now",
        "until recently",
        "until last",
        "until this",
        "hitherto",
        "used to be",
        "had been",
        "had served",
    ];
    let t = link.trim_start_matches([',', ' ']);
    let t = t.strip_prefix("who ").unwrap_or(t);
    OVER.iter().any(|w| find::starts(t, w))
}

/// Whether the words behind a person with a role say that they go, and from no other house: ` departs after three months`.
pub(super) fn leaves(rest: &str) -> bool {
    const VERBS: [&str; 25] = [
        "who left",
        "who departed",
        "who resigned",
        "departs",
        "steps down",
        "resigns",
        "quits",
        "exits",
        "leaves",
        "retires",
        "is out",
        "is leaving",
        "is departing",
        "is stepping down",
        "is retiring",
        "has left",
        "has resigned",
        "has departed",
        "has stepped down",
        "has quit",
        "stepped down",
        "resigned",
        "was fired",
        "was ousted",
        "was dismissed",
    ];
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let Some(after) = rest.strip_prefix(' ').and_then(|t| VERBS.iter().find_map(|v| t.strip_prefix(v))) else {
        return false;
    };
    let next = after.trim_start();
    // "leaves Orbis to join"
    let house = next.starts_with(|c: char| c.is_ascii_uppercase())
        || ["from ", "as ", "at "]
            .iter()
            .any(|p| next.strip_prefix(p).is_some_and(|n| n.starts_with(char::is_uppercase)));
    (after.is_empty() || after.starts_with([' ', '.', ',', ';', '\n'])) && !house
}

/// Whether a claim's role is one that people hold beside a post of theirs: `board director`.
pub(super) fn beside(claim: &Claim) -> bool {
    let role = claim.attributes.role.as_deref().unwrap_or_default();
    ["board", "Board"].iter().any(|b| role.contains(b))
}

/// Whether the words between a person and a role say that it is to come: ` will become Acme's`.
pub(super) fn planned(link: &str) -> bool {
    ["will become ", "will be ", "will serve as ", "will take over as ", "is set to become ", "is expected to become "]
        .iter()
        .any(|p| find::starts(link, p))
        || link.contains("is leaving to become ")
        || link.ends_with("'s incoming")
        || link.ends_with("’s incoming")
}

/// Whether words at a role say that it was held once: `former`, `onetime`.
pub(super) fn former(words: &str) -> bool {
    ["former", "onetime", "one-time", "erstwhile", "sometime ", "then-"].iter().any(|w| words.contains(w))
}

/// Whether words from a role to its house name but a field: `in computer science at`.
pub(super) fn is_field(words: &str) -> bool {
    let plain = |w: &str| w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let told = ["after", "before", "since", "following", "when", "while", "until", "years", "year", "and"];
    words.split(' ').count() <= 6 && words.split(' ').all(|w| plain(w) && !told.contains(&w))
}

/// Whether the words between two persons say that the first takes a post from the second: `Jane Doe succeeds John Roe`.
pub(super) fn succeeds(between: &str) -> bool {
    const VERBS: [&str; 9] =
        ["succeed", "succeeds", "succeeding", "succeeded", "replace", "replaces", "replacing", "replaced", "over from"];
    between.chars().count() <= 16 && VERBS.iter().any(|v| find::ends(between, v))
}

/// Without a form of address right before a name: `, Dr.`.
pub(super) fn untitled(between: &str) -> &str {
    let forms = ["Dr.", "Mr.", "Ms.", "Mrs.", "Prof.", "Professor", "Dr", "Sir", "Dame"];
    forms.iter().find_map(|f| between.strip_suffix(f)).map_or(between, |t| t.trim_end_matches(' '))
}

/// Whether a role is of somebody who was there once: `alumni`, `veteran`.
pub(super) fn bygone(role: &str) -> bool {
    ["alum", "alums", "alumni", "alumnus", "alumna", "veteran", "veterans"].contains(&role)
}

/// Whether words between a person and a role are but another title of theirs: `, Entrepreneur and`, `, Investors and`.
pub(super) fn titled_too(between: &str) -> bool {
    let Some(title) = between.strip_prefix(", ").and_then(|t| t.strip_suffix(" and")) else { return false };
    let title = title.trim_end_matches(',');
    title.split(' ').count() <= 3
        && title.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'-'))
        && !tells(title)
        && !title.split(' ').any(|w| matches!(w, "and" | "of" | "the" | "with"))
}

/// Whether words before a role say that a person has it, whatever they begin with: `is active as a`.
pub(super) fn as_one(between: &str) -> bool {
    between.is_ascii()
        && between.len() <= 70
        && [" as a", " as an", " as the", " as"].iter().any(|a| find::ends(between, a))
        && !between.contains([',', ';'])
        && !["left", "leav", "resign", "retire", "depart"].iter().any(|w| between.contains(w))
        && ![" known", " such", " well", " far", " soon", " long", " much"]
            .iter()
            .any(|w| between.rfind(" as").is_some_and(|at| between[..at].ends_with(w)))
}

/// Whether a role is told to have been taken from somebody, by the words before it or between the person and it: `Acme ousted chief
/// executive Jane Doe`, `, ex-` before `CEO of Acme`.
pub(super) fn dismissed(lead: &str, link: &str) -> bool {
    const VERBS: [&str; 8] =
        ["ousted", "ousts", "fired", "fires", "dismissed", "sacked", "parted ways with", "replaced"];
    let lead = lead.trim_end();
    let lead = ["its", "the", "their"].iter().find_map(|d| lead.strip_suffix(d)).map_or(lead, str::trim_end);
    VERBS.iter().any(|v| find::ends(lead, v)) || link.ends_with("ex-")
}

/// Whether the words before a role say that it was held once: `Previously, she served as`, but not `formerly at Acme, she is now`.
pub(super) fn once(lead: &str) -> bool {
    const EARLIER: [&str; 21] = [
        "stint as",
        "tenure as",
        "her time as",
        "his time as",
        "years as",
        "was most recently",
        "Most recently,",
        "revious roles",
        "revious positions",
        "rior roles",
        "ast roles",
        "Previously",
        "previously",
        "Prior to",
        "prior to",
        "Before joining",
        "before joining",
        "formerly",
        "Formerly",
        "most recently served",
        "Having ",
    ];
    let Some(at) = EARLIER.iter().filter_map(|e| rfind(lead, e)).max() else { return false };
    // "Jane Doe, previously head of maps at Orbis, as its"
    let since = [", as its ", ", as the ", " to be its ", " to become its "];
    if since.iter().any(|s| lead[at..].find(s).is_some_and(|i| i > 20)) {
        return false;
    }
    ![" is now ", " now serves as ", " is currently ", " currently serves as ", " now "]
        .iter()
        .any(|n| lead[at..].contains(n))
}

/// Whether words in brackets stand between two members of a list of persons: `Jane Doe (CEO) and John Roe`.
pub(super) fn is_aside(view: &View, found: &Recognised, list: &Group, words: Span) -> bool {
    view.latin
        && list.kind == EntityKind::Person
        && view.text[..words.start as usize].ends_with('(')
        && list.members.iter().all(|&m| !found.mentions[m].span.overlaps(words))
}

/// Without an aside that only tells what somebody was before: `, previously head of maps at Orbis, as its` is ` as its`.
pub(super) fn beyond_career(between: &str) -> &str {
    let Some(aside) = between.strip_prefix(", ").filter(|a| a.is_ascii()) else { return between };
    let told = ["previously ", "formerly ", "most recently ", "former ", "a ", "an ", "the ", "who "];
    match aside.rsplit_once(", ") {
        Some((words, _)) if words.len() <= 120 && told.iter().any(|t| find::starts(words, t)) => {
            &between[between.len() - (aside.len() - words.len() - 1)..]
        }
        _ => between,
    }
}

/// Whether the words behind a role tell when it ended: ` until last May`, ` from 2015 to 2019`, ` (2010–2015)`.
pub(super) fn ended_after(rest: &str) -> bool {
    let Some(t) = rest.strip_prefix(' ') else { return false };
    let t = t.strip_prefix('(').unwrap_or(t);
    if t.starts_with("until ") || t.starts_with("till ") {
        return true;
    }
    let years = ["from ", "between ", ""].iter().find_map(|l| t.strip_prefix(l).map(|rest| (rest, l.is_empty())));
    let Some((span, bare)) = years else { return false };
    let year = |t: &str| {
        let digits = t.bytes().take_while(u8::is_ascii_digit).count();
        (digits == 4 && (t.starts_with("19") || t.starts_with("20"))).then_some(digits)
    };
    let Some(first) = year(span) else { return false };
    let rest = &span[first..];
    [" to ", " until ", " through ", " and ", "–", "-", " – ", " - "].iter().any(|l| {
        rest.strip_prefix(l).is_some_and(|to| year(to).is_some() && (!bare || l.trim().len() <= 3 && !l.contains('a')))
    })
}

impl<'d> Scene<'_, 'd> {
    /// `Acme's chief people officer, Jane Doe, has left the company`: the role that the sentence gave somebody is over; whether it gave
    /// one that says more than the verb's.
    pub(super) fn ends_role(&mut self, rule: &'d Rule, person: &Group, house: &Group) -> bool {
        let entity = |m: usize| self.found.mentions[m].entity;
        let among = |list: &Group, m: usize| list.members.iter().any(|&o| entity(o) == entity(m));
        let mut ended = false;
        for f in &mut self.out {
            if f.role.is_some()
                && self.extractor.outranks(f.rule, rule)
                && among(person, f.subject)
                && among(house, f.object)
                && matches!(f.status, Status::Asserted | Status::Ended)
            {
                f.status = Status::Ended;
                ended = true;
            }
        }
        ended
    }

    /// `founded by Jane Doe, John Roe (CEO) and Max Moe`: a role in brackets inside a list of persons is of the one before it, in
    /// the house that the list is told of; whether there is such a list.
    pub(super) fn role_in_list(&mut self, role: Span, rules: &[&'d Rule]) -> bool {
        let view = self.view;
        let among = |g: &&Group| g.span.start < role.start && g.span.end > role.end && g.kind == EntityKind::Person;
        let Some(list) = view.groups.iter().find(among).filter(|_| view.latin) else { return false };
        let who = list.members.iter().copied().find(|&m| {
            let end = self.found.mentions[m].span.end;
            end <= role.start && view.between(end, role.start).trim_start() == "("
        });
        let houses = [EntityKind::Company, EntityKind::Organization];
        let told = view.groups.iter().rev().find(|g| g.span.end <= list.span.start && houses.contains(&g.kind));
        let house = told.map(|g| g.members[0]).or(self.topic.goes_on());
        if let (Some(who), Some(house)) = (who, house)
            && view.between(role.end, view.span.end).starts_with(')')
        {
            for rule in rules.iter().filter(|r| !rules.iter().any(|o| self.extractor.outranks(o, r))) {
                self.pair(rule, who, house, role, Status::Asserted, Some(role), rule.precision * 0.9);
            }
        }
        true
    }

    /// `Researchers at Acme, including Jane Doe`: the persons who exemplify a role.
    pub(super) fn exemplified(&self, house: &Group, role: Span) -> Option<usize> {
        let view = self.view;
        let at = view.groups.iter().position(|g| g.span.start >= house.span.end)?;
        let next = &view.groups[at];
        let between = view.between(house.span.end, next.span.start).trim_start_matches(',').trim();
        // "former Acme executives, including siblings Jane and John Doe": the house stands before
        let behind = view.groups.iter().position(|g| g.span.start >= role.end && house.span.end <= role.start);
        if let Some(at) = behind.filter(|_| view.latin && view.between(role.start, role.end).ends_with('s')) {
            let words = view.between(role.end, view.groups[at].span.start).trim_start_matches(',').trim();
            let words = ["siblings", "brothers", "sisters", "twins"]
                .iter()
                .find_map(|w| words.strip_suffix(w))
                .unwrap_or(words);
            let told = matches!(words.trim(), "including" | "such as" | "like" | "among them");
            return (told && view.groups[at].kind == EntityKind::Person).then_some(at);
        }
        (view.latin
            && house.span.start >= role.end
            && view.between(role.start, role.end).ends_with('s')
            && next.kind == EntityKind::Person
            && matches!(between, "including" | "such as" | "like" | "among them"))
        .then_some(at)
    }

    /// `head of Acme's robot unit Orbis`: the part, not whose it is.
    pub(super) fn its_part(&self, house: &Group) -> Option<usize> {
        let at = self.view.groups.iter().position(|g| g.span.start >= house.span.end)?;
        let next = &self.view.groups[at];
        let between = self.view.between(house.span.end, next.span.start);
        (house.possessor && self.told_part(house, next, between.trim_end())).then_some(at)
    }

    /// `Acme adviser and founder of Orbis`: whether the second of two roles names a house of its own, the first one's standing
    /// before it.
    pub(super) fn held_apart(&self, first: Span, second: Span) -> bool {
        let view = self.view;
        let rest = view.between(second.end, view.span.end);
        let named = [" of ", " at "].iter().find_map(|at| rest.strip_prefix(at));
        let before = view.groups.iter().rev().find(|g| g.span.end <= first.start);
        view.latin
            && named.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
            && before.is_some_and(|g| {
                let gap = view.between(g.span.end, first.start);
                g.kind != EntityKind::Person && gap.chars().count() <= 14 && !gap.contains([',', ';', '.'])
            })
    }

    /// `was at Acme, a maker of lamps where she was vice president`: the house that a clause of place is about.
    pub(super) fn where_held(&self, role: u32) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.span.start, role);
        let at = lead.rfind(" where ").filter(|at| view.latin && lead.len() - at <= 60)?;
        let at = view.span.start + at as u32;
        let houses = [EntityKind::Company, EntityKind::Organization];
        view.groups.iter().rev().find(|g| g.span.end <= at && houses.contains(&g.kind)).map(|g| g.members[0])
    }

    /// Whether a role without a house that we know is not held in the house that the article is about: its words name another
    /// (`CEO of lumen.co`), or point back to whoever was told of (`These executives`).
    pub(super) fn held_elsewhere(&self, role: Span, rules: &[&'d Rule]) -> bool {
        let view = self.view;
        let lead = view.between(view.span.start, role.start).trim_end();
        if ["These", "Those", "these", "those"].iter().any(|d| find::ends(lead, d)) {
            return true;
        }
        // "is a great leader"
        if matches!(view.between(role.start, role.end), "leader" | "leaders" | "lead") {
            return true;
        }
        // only one house has a chief or founder, so that "of" is followed by it
        let written = view.between(role.start, role.end);
        let whole = rules.iter().any(|r| r.sole || self.extractor.traits(r).lasts)
            || written.to_ascii_lowercase().contains("chief executive");
        let named = whole.then(|| view.between(role.end, view.span.end).strip_prefix(" of ")).flatten();
        let another = named.is_some_and(|rest| {
            let rest = rest.strip_prefix("the ").unwrap_or(rest);
            let word = rest.split([' ', ',', ';', '”', '"']).next().unwrap_or_default();
            let domain = word.trim_end_matches('.').contains('.');
            domain || rest.starts_with(|c: char| c.is_ascii_uppercase())
        });
        another || self.names_stranger(role.end)
    }
}
