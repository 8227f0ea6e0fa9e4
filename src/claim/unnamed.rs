//! Many of a kind in Chinese: the examples of those that act without a name (`采用A的手机（如B、C）`), all that a range or a
//! choice runs through (`从A到B`, `无论是A还是B`); and triggers that a clause without their marker cannot mean.

use super::extract::{Hit, Scene};
use super::phrase::QUOTES;
use super::sentence::{Group, Marker, View};
use crate::dictionary::relations::Construction;
use crate::find::{self, has};
use crate::schema::KindSet;

/// What leads from a plural noun to its examples.
const EXAMPLES: &[&str] = &[
    "（如",
    "（例如",
    "（比如",
    "（包括",
    "（像",
    "，如",
    "，例如",
    "，比如",
    "，包括",
    "，其中包括",
    "，像",
    "，譬如",
    "，诸如",
    "，其中有",
    "，既有",
    "（",
    "有",
    "包括",
    "包括了",
    "主要有",
    "就有",
    "还有",
];

/// Who a choice or range runs through is meant by the clause after it.
const ALL: &[&str] = &[
    "都",
    "均",
    "无不",
    "纷纷",
    "无一",
    "皆",
    "越来越多",
    "众多",
    "各家",
    "各大",
    "一众",
    "多家",
    "几乎",
    "所有",
    "巨头",
    "大厂",
    "厂商",
    "企业",
    "公司",
    "机构",
    "竞争",
    "一旦",
];

impl<'d> Scene<'_, 'd> {
    /// The group that a clause is about, from its first one, and where the clause opens: over the maker of a product, and over
    /// who says so (`百度强调A…`).
    pub(super) fn told_of(&self, first: usize, kinds: KindSet) -> (usize, usize) {
        let view = self.view;
        let group = &view.groups[first];
        let after = view.between(group.span.end, view.span.end);
        let says =
            ["强调", "表示", "称", "指出", "认为", "声称", "宣称", "透露"].iter().any(|v| find::starts(after, v));
        let next = view.groups.get(first + 1).filter(|n| n.clause == group.clause && n.fits(kinds));
        match next {
            Some(next) if !group.fits(kinds) && (group.makes_next || says && next.span.start <= group.span.end + 9) => {
                (first + 1, first)
            }
            _ => (first, first),
        }
    }

    /// Whether a house in apposition to a person stands right behind a verb, which then takes the person.
    pub(super) fn hired(&self, group: &Group) -> bool {
        self.hits.iter().any(|h| h.rule.is(Construction::Verb) && h.span.end == group.span.start)
    }

    /// Who a plural noun behind a verb's object stands for: `采用A的手机（如B、C）表现更好`, `采用A的还有B`.
    pub(super) fn examples_of(&self, hit: &Hit<'d>, object: usize, kinds: KindSet) -> Option<usize> {
        let view = self.view;
        let last =
            (object..view.groups.len()).take_while(|&g| g == object || view.groups[g].listed.is_some()).last()?;
        let (o, next) = (&view.groups[last], view.groups.get(last + 1)?);
        if view.latin || view.groups[object].span.start < hit.span.end || !next.fits(kinds) {
            return None;
        }
        let words = view.between(o.span.end, next.span.start).trim_matches(QUOTES);
        let noun = words.strip_prefix('等').unwrap_or(words);
        let (_, noun) = noun.split_once('的').filter(|(kind, _)| kind.chars().count() <= 8 && !kind.contains('，'))?;
        let lead = EXAMPLES.iter().filter(|e| find::ends(noun, e)).max_by_key(|e| e.len())?;
        let noun = &noun[..noun.len() - lead.len()];
        let plain = noun.chars().count() <= 12 && !noun.contains(['，', '、', '。', '；', '（', '的']);
        (plain && !noun.is_empty() || !lead.starts_with(['（', '，']) && noun.is_empty()).then_some(last + 1)
    }
}

/// Joins all that a range or a choice runs through, where the clause after it says something of them:
/// `从A到B再到C，各家都…`, `无论是A，还是B，都…`.
pub(super) fn ranges(view: &mut View) {
    if view.latin || view.groups.len() < 2 {
        return;
    }
    let mut i = 0;
    while i + 1 < view.groups.len() {
        let first = &view.groups[i];
        let from = i.checked_sub(1).map_or(view.span.start, |p| view.groups[p].span.end);
        let lead = view.between(from, first.span.start).trim_end_matches(QUOTES);
        let range = lead.ends_with('从');
        let choice = ["无论是", "不论是", "不管是", "无论", "不论", "不管", "不仅是", "不只是"]
            .iter()
            .any(|w| find::ends(lead, w));
        let (kind, start) = (first.kind, i);
        let mut last = i;
        while (range || choice)
            && let Some(next) = view.groups.get(last + 1)
        {
            let gap = view.between(view.groups[last].span.end, next.span.start);
            // "微软的Copilot到Cursor", "Apollo人形机器人，还是": what it is, or whose the next one is
            let word = ["再到", "到", "，还是", "还是", "，或是", "或是", "，亦或是", "抑或", "，也是", "、"]
                .iter()
                .find(|w| gap.trim_matches(QUOTES).contains(**w) && gap.chars().count() <= w.chars().count() + 8);
            let Some(word) = word else { break };
            if next.kind != kind && !next.makes_next || range != word.ends_with('到') && *word != "、" {
                break;
            }
            last += 1;
        }
        let end = view.groups[last].clause;
        let told = || {
            view.clauses.get(end + 1).is_some_and(|next| {
                let words = view.between(next.start, next.end);
                ALL.iter().any(|w| has(words, w))
            })
        };
        let rest = view.between(view.groups[last].span.end, view.clauses[end].end);
        if last > start && rest.chars().count() <= 8 && told() {
            for g in start..=last {
                view.groups[g].marker = Marker::Bare;
                if g > start && view.groups[g].listed.is_none() {
                    view.groups[g].listed = Some((g - 1, true));
                    view.groups[g - 1].list_next = Some(g);
                }
            }
        }
        i = last + 1;
    }
}

/// Leaves out triggers that their clause cannot mean: those that take an end only behind 用 or 由, where no name stands
/// behind one. So plain words (`训练`, `生成`) may be such triggers, and hide nothing elsewhere.
pub(super) fn marked_only(view: &View, hits: &mut Vec<Hit>) {
    if view.latin || !hits.iter().any(|h| h.rule.means || h.rule.agent) {
        return;
    }
    hits.retain(|h| {
        // a deal may be told by what comes after: "获A的青睐，B…"
        if !h.rule.is(Construction::Verb) || !(h.rule.means || h.rule.agent && h.rule.with.is_empty()) {
            return true;
        }
        let asked = if h.rule.means { Marker::Means } else { Marker::Agent };
        let start = view.clauses[view.clause_at(h.span.start)].start;
        view.groups.iter().any(|g| g.marker == asked && g.span.start >= start && g.span.end <= h.span.start)
    });
}
