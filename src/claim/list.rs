//! Lists that coordination alone does not show: persons one after another with their roles, lists that end in
//! the subject of another verb; and houses in apposition to the person after them.

use super::extract::{Extractor, Hit, Scene};
use super::phrase::{acts, acts_next, makes};
use super::role_words::quotes;
use super::sentence::{Group, Marker, View};
use super::shared::beyond_gloss;
use crate::dictionary::relations::Construction;
use crate::find;
use crate::mention::Recognised;
use crate::schema::{EntityKind, KindSet};

/// Whether words between houses and persons of one list are but what the persons are: `and angel investors including`.
fn angels(between: &str) -> bool {
    let t = between.trim_start_matches(',').trim_start();
    let Some(t) = ["and ", "as well as ", "along with ", "alongside "].iter().find_map(|l| t.strip_prefix(l)) else {
        return false;
    };
    let t = [" including", " such as", " like"].iter().find_map(|l| t.strip_suffix(l)).unwrap_or(t);
    matches!(
        t,
        "angel investor"
            | "angel investors"
            | "angels"
            | "investor"
            | "investors"
            | "entrepreneur"
            | "individual investors"
    )
}

impl Scene<'_, '_> {
    /// Whether a name only tells which firm the next one is: `Lumen maker Acme`.
    pub(super) fn only_names(&self, group: &Group) -> bool {
        self.view.latin
            && group.apposed
            && self
                .view
                .groups
                .iter()
                .find(|g| g.span.start >= group.span.end)
                .is_some_and(|n| n.kind == EntityKind::Company)
    }

    /// The group with the persons that are coordinated with it over their roles.
    pub(super) fn listed(&self, group: &Group) -> Group {
        let mut all = group.clone();
        if group.kind != EntityKind::Person {
            return all;
        }
        let Some(mut at) = self.view.groups.iter().position(|g| g.span == group.span) else { return all };
        let here = at;
        while let Some(before) = self.view.groups[at].goes_on {
            at = before;
            all.members.extend(&self.view.groups[at].members);
        }
        at = here;
        while let Some(next) = self.view.groups.iter().position(|g| g.goes_on == Some(at)) {
            at = next;
            all.members.extend(&self.view.groups[at].members);
        }
        all
    }

    /// The groups of another kind that a list goes on with: `Acme and Jane Doe`, `Acme, Jane Doe, and John Roe`.
    pub(super) fn coordinated(&self, first: usize, kinds: KindSet) -> Vec<usize> {
        let view = self.view;
        let mut out = Vec::new();
        let mut at = first;
        while let Some(next) = view.groups.get(at + 1) {
            let between = view.between(view.groups[at].span.end, next.span.start);
            // "Jane Doe and Acme veteran John Roe": the person is of the list
            if view.latin && next.apposed && view.groups.get(at + 2).is_some_and(|p| p.fits(kinds)) {
                if matches!(between.trim(), "and" | ", and" | ",") {
                    out.push(at + 2);
                    at += 2;
                    continue;
                }
                break;
            }
            let joint = matches!(between.trim(), "和" | "与" | "及" | "以及" | "、" | "and" | ", and");
            // "from Acme Ventures, Orbis VC and angel investor Jane Doe"
            let joint = joint || view.latin && next.kind == EntityKind::Person && angels(between.trim());
            // "起诉A及其CEO李明"
            let own = !view.latin
                && next.kind == EntityKind::Person
                && next.fits(kinds)
                && ["及其", "和其", "与其"].iter().any(|l| find::starts(between, l))
                && self.hits.iter().any(|h| {
                    h.rule.is(Construction::Role)
                        && h.span.end <= next.span.start
                        && h.span.start > view.groups[at].span.end
                });
            if own {
                out.push(at + 1);
                break;
            }
            // a comma may also begin what is said of the last: only a list that goes on
            let rest = view.between(next.span.end, view.span.end).trim_start();
            let comma = view.latin
                && between.trim() == ","
                && (next.members.len() > 1 || rest.starts_with([',']) || rest.starts_with("and "));
            if !(joint || comma) || next.kind == view.groups[at].kind || !next.fits(kinds) {
                break;
            }
            at += 1;
            out.push(at);
            if joint {
                break;
            }
        }
        out
    }

    /// Where the last of the persons coordinated with a group ends.
    pub(super) fn list_end(&self, group: &Group) -> u32 {
        let mut end = group.span.end;
        while let Some(next) =
            self.view.groups.iter().find(|g| g.goes_on.is_some_and(|b| self.view.groups[b].span.end == end))
        {
            end = next.span.end;
        }
        end
    }
}

/// Whether a clause only lists what the one before told of.
pub(super) fn lists(clause: &str) -> bool {
    let clause = clause.trim_start();
    let example = ["例如", "比如", "譬如", "诸如"].iter().find_map(|l| clause.strip_prefix(l));
    // "例如对A的收购": of something else
    example.is_some_and(|t| !t.starts_with(['对', '在', '向', '与', '和', '将', '通', '从', '用', '为']))
        || ["包括", "其中包括", "分别是", "分别为", "他们是", "其中有", "其中不乏"]
            .iter()
            .any(|l| find::starts(clause, l))
}

/// Links a person to the one listed before over a role: `联合创始人A、谷歌前副总裁B和C`.
fn list_persons(view: &mut View, hits: &[Hit]) {
    for i in 1..view.groups.len() {
        if view.groups[i].kind != EntityKind::Person {
            continue;
        }
        let house = (i >= 2 && view.groups[i - 1].kind != EntityKind::Person).then(|| i - 1);
        let before = house.unwrap_or(i) - 1;
        if view.groups[before].kind != EntityKind::Person {
            continue;
        }
        let (from, to) = (view.groups[before].span.end, view.groups[i].span.start);
        let between = view.between(from, to);
        let link = ["、", "和", "与", "及", "以及", "，以及", "and ", ", and ", ", ", "& "]
            .iter()
            .any(|l| find::starts(between.trim_start(), l));
        // "Jane Doe, CEO of Acme, and John Roe also invested"
        let aside = between.starts_with(", ") && (between.ends_with(", and ") || between.ends_with(", "));
        if view.latin
            && house.is_some()
            && aside
            && between.len() <= 80
            && !acts(hits, from, to)
            && hits.iter().any(|h| h.rule.is(Construction::Role) && h.span.start >= from && h.span.end <= to)
        {
            view.groups[i].goes_on = Some(before);
            continue;
        }
        let role =
            hits.iter().rev().find(|h| h.rule.is(Construction::Role) && h.span.start >= from && h.span.end <= to);
        let told = match role {
            Some(role) => view.between(role.span.end, to).trim_matches(quotes).is_empty(),
            // "包括负责大模型的A和负责商业化的B"
            None => between.ends_with('的') && lists(view.clause(view.groups[before].clause)),
        };
        if told
            && link
            && between.chars().count() <= 30
            && !between.trim_start().trim_start_matches('，').contains(['，', '。', '；', '：'])
        {
            view.groups[i].goes_on = Some(before);
        }
    }
}

impl Extractor<'_> {
    /// Cuts `A与B` before a product that only B makes, and that A does something with: `Rokid与阿里的通义深度适配`.
    pub(super) fn part_makers(&self, view: &mut View, found: &Recognised, hits: &[Hit]) {
        let mut i = 0;
        while i + 1 < view.groups.len() && !view.latin {
            let (group, product) = (&view.groups[i], &view.groups[i + 1]);
            i += 1;
            let [first, last] = group.members[..] else { continue };
            let (end, start) = (found.mentions[first].span.end, found.mentions[last].span.start);
            let maker = self.maker(found, product.members[0]);
            let whose = |m: usize| maker.is_some_and(|maker| self.is_maker_itself(found, m, maker));
            let pair = |h: &Hit| h.rule.is(Construction::Pair) && h.span.start >= product.span.end;
            if product.kind == EntityKind::Product
                && matches!(view.between(end, start).trim(), "与" | "跟" | "同")
                && makes(view.between(group.span.end, product.span.start))
                && whose(last)
                && !whose(first)
                && hits.iter().any(|h| pair(h) && view.clause_at(h.span.start) == product.clause)
            {
                let mut next = group.clone();
                next.members = vec![last];
                next.span.start = start;
                next.marker = Marker::Companion;
                view.groups[i - 1].members.pop();
                view.groups[i - 1].span.end = end;
                view.groups.insert(i, next);
            }
        }
    }
}

/// Cuts a list whose last member is the subject of a verb of its own: `起诉A，以及B指控C`,
/// `A收购B、C以十亿美元买下D`.
fn cut_lists(view: &mut View, found: &Recognised, hits: &[Hit]) {
    let mut i = 0;
    while i < view.groups.len() {
        let group = &view.groups[i];
        i += 1;
        let [.., before, last] = group.members[..] else { continue };
        let (end, start) = (found.mentions[before].span.end, found.mentions[last].span.start);
        let link = view.between(end, start);
        let comma = link.contains(['，', ',']) && acts_next(hits, group.span.end) && acts(hits, 0, group.span.start);
        // "backed Acme, Orbis (acquired by Halden)": that is told of it aside
        let comma = comma && !view.between(group.span.end, view.span.end).starts_with(" (");
        if comma || link.trim() == "、" && states_next(view, i - 1, hits) {
            let mut next = group.clone();
            view.groups[i - 1].members.pop();
            view.groups[i - 1].span.end = end;
            next.members = vec![last];
            next.span.start = start;
            next.marker = Marker::Bare;
            view.groups.insert(i, next);
            view.split_clause(start);
        }
    }
}

/// Whether a list is the object of one verb and its last member the subject of the next, which has an object too.
pub(super) fn states_next(view: &View, list: usize, hits: &[Hit]) -> bool {
    let span = view.groups[list].span;
    is_told(view, list, hits) && acts_on(view, span.end, list + 1, hits)
}

/// Whether a group is the object of a verb right before it.
pub(super) fn is_told(view: &View, group: usize, hits: &[Hit]) -> bool {
    let Group { span, marker, .. } = view.groups[group];
    // "联合A、B发布了C": B is another partner
    marker != Marker::Companion
        && hits.iter().any(|h| h.span.end <= span.start && near(view, h, h.span.end, span.start, 8))
}

/// Whether a name that ends at `end` is the subject of a verb, whose object is the group `object`.
pub(super) fn acts_on(view: &View, end: u32, object: usize, hits: &[Hit]) -> bool {
    let Some(next) = view.groups.get(object) else { return false };
    hits.iter().any(|h| {
        let gap = || view.between(end, h.span.start);
        h.span.end <= next.span.start
            && near(view, h, end, h.span.start, 16)
            && near(view, h, h.span.end, next.span.start, 16)
            && !gap().starts_with('等')
            && !gap().contains(['并', '且'])
    })
}

/// Whether a verb has its argument near, within one phrase.
fn near(view: &View, verb: &Hit, from: u32, to: u32, most: usize) -> bool {
    let words = view.between(from, to);
    verb.rule.is(Construction::Verb)
        && from <= to
        && words.chars().count() <= most
        && !words.contains(['，', '。', '、', '；', '的', '（'])
}

/// Marks houses that stand in apposition to the person after them, who takes over their marker: in
/// `由 OpenAI 前首席科学家 Ilya 创立` it is Ilya who acts.
pub(super) fn appose(view: &mut View, found: &Recognised, hits: &[Hit]) {
    cut_lists(view, found, hits);
    list_persons(view, hits);
    for i in 1..view.groups.len() {
        let (house, person) = (&view.groups[i - 1], &view.groups[i]);
        // "sued by Lumen maker Acme": Acme acts
        let between = view.between(house.span.end, person.span.start).trim();
        const NAMES: [&str; 9] =
            ["maker", "parent", "owner", "developer", "creator", "operator", "publisher", "parent company", "rival"];
        if view.latin
            && person.kind == EntityKind::Company
            && house.kind != EntityKind::Person
            && NAMES.contains(&between)
        {
            let marker = view.groups[i - 1].marker;
            view.groups[i - 1].apposed = true;
            view.groups[i].marker = marker;
            continue;
        }
        if person.kind != EntityKind::Person || house.kind == EntityKind::Person {
            continue;
        }
        let between = view.between(house.span.end, person.span.start);
        let role = hits.iter().rev().find(|h| {
            h.rule.is(Construction::Role) && h.span.start >= house.span.end && h.span.end <= person.span.start
        });
        // "从OpenAI挖走了研究员张三": it is done there
        // "Acme sues former engineer Jane Doe", but "Acme founding engineer"
        let finite = hits.iter().any(|h| {
            h.rule.is(Construction::Verb)
                && h.span.start == house.span.end + 1
                && view.between(h.span.start, h.span.end).ends_with(['s', 'd'])
        });
        let apart = |r: &&Hit| if view.latin { !finite } else { !acts(hits, house.span.end, r.span.start) };
        let Some(role) = role.filter(apart) else { continue };
        let gap = beyond_gloss(view.between(role.span.end, person.span.start)).trim_matches(quotes);
        // "首席技术官（CTO）张三"
        let gap = gap.trim_start_matches(['）', ')']).trim_matches(quotes);
        // "起诉A及其CEO李明": the house too
        let both = !view.latin && ["及其", "和其", "与其"].iter().any(|l| find::starts(between, l));
        if gap.is_empty() && !both && between.chars().count() <= 24 && !between.contains(['，', '。', '；', ',']) {
            let marker = view.groups[i - 1].marker;
            view.groups[i - 1].apposed = true;
            view.groups[i].marker = marker;
        }
    }
}
