//! English quotations: who speaks in them acts where nobody is named: `“I am excited to join Acme,” said Jane Doe`;
//! `“Working with Orbis helps us,” said Jane Doe, CEO of Acme`.

use super::extract::{Hit, Scene};
use super::phrase::QUOTES;
use crate::find;
use crate::schema::{EntityKind, KindSet};

/// What is said of who speaks, right behind the quotation.
const SAID: &[&str] = &["said", "says", "added", "adds", "stated", "commented", "noted", "explained", "remarked"];

/// How a quotation may begin before a deed of the speaker's house.
const OPENS: &[&str] = &["", "By", "This", "The", "Through", "After", "Since", "With this", "In"];

impl<'d> Scene<'_, 'd> {
    /// The subject of a verb in a quotation that names none: the person who speaks, for `I`, else the speaker's house.
    pub(super) fn speaker_of(&self, kinds: KindSet, hit: &Hit<'d>) -> Option<usize> {
        let view = self.view;
        let lead = view.between(view.span.start, hit.span.start);
        let (_, said) = lead.rsplit_once('“').filter(|(_, said)| view.latin && !said.contains('”'))?;
        let opened = hit.span.start - said.len() as u32;
        let rest = view.between(hit.span.end, view.span.end);
        let close = rest.find('”')?;
        let after = rest[close..].trim_start_matches(QUOTES);
        let tells = SAID.iter().any(|s| after.strip_prefix(s).is_some_and(|t| t.starts_with(' ')))
            || SAID.iter().any(|s| after.trim_end_matches('.').ends_with(s));
        let close = hit.span.end + close as u32;
        let named = view.groups.iter().any(|g| g.span.start >= opened && g.span.end <= hit.span.start);
        if !tells || named {
            return None;
        }
        let first = |fits: &dyn Fn(EntityKind) -> bool| {
            view.groups.iter().position(|g| g.span.start >= close && fits(g.kind) && kinds.has(g.kind))
        };
        let own = ["I ", "I’m ", "I'm ", "I’ve ", "I've "].iter().any(|i| find::starts(said, i));
        if own && said.len() <= 40 {
            return first(&|k| k == EntityKind::Person);
        }
        let opens = OPENS.contains(&said.trim()) || ["Since we ", "When we ", "Once we "].contains(&said);
        first(&|k| k != EntityKind::Person && k != EntityKind::Product).filter(|_| opens)
    }
}
