//! English roles: where they are held when the words name a house that is no name we know, and how a person is linked to them.

use super::extract::Scene;
use super::sentence::Group;
use super::told::tells;
use crate::dictionary::relations::Rule;
use crate::schema::EntityKind;
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
    const OVER: [&str; 9] = [
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
    OVER.iter().any(|w| t.starts_with(w))
}

/// Whether words at a role say that it was held once: `former`, `onetime`.
pub(super) fn former(words: &str) -> bool {
    ["former", "onetime", "one-time", "erstwhile", "sometime ", "then-"].iter().any(|w| words.contains(w))
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
        && [" as a", " as an", " as the", " as"].iter().any(|a| between.ends_with(a))
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
    VERBS.iter().any(|v| lead.ends_with(v)) || link.ends_with("ex-")
}

/// Whether the words before a role say that it was held once: `Previously, she served as`, but not `formerly at Acme, she is now`.
pub(super) fn once(lead: &str) -> bool {
    const EARLIER: [&str; 14] = [
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
    ];
    let Some(at) = EARLIER.iter().filter_map(|e| lead.rfind(e)).max() else { return false };
    ![" is now ", " now serves as ", " is currently ", " currently serves as ", " now "]
        .iter()
        .any(|n| lead[at..].contains(n))
}

impl<'d> Scene<'_, 'd> {
    /// `Researchers at Acme, including Jane Doe`: the persons who exemplify a role.
    pub(super) fn exemplified(&self, house: &Group, role: Span) -> Option<usize> {
        let view = self.view;
        let at = view.groups.iter().position(|g| g.span.start >= house.span.end)?;
        let next = &view.groups[at];
        let between = view.between(house.span.end, next.span.start).trim_start_matches(',').trim();
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
        if ["These", "Those", "these", "those"].iter().any(|d| lead.ends_with(d)) {
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
