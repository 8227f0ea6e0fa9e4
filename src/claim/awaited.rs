//! Products that are still to come: whose they are is told by a 的 or known, and what stands right at the name says that
//! they are not out (`即将推出的A`, `A预计7月上线`); and how the claims of one tie are settled.

use super::Claim;
use super::extract::Scene;
use super::phrase::QUOTES;
use super::status::last;
use crate::dictionary::relations::{Construction, Rule, Rules};
use crate::find::{self, find};
use crate::schema::{EntityKind, Status};

/// What makes a release one to come.
const COMING: [&str; 13] =
    ["即将", "将要", "将于", "将在", "计划", "预计", "有望", "尚未", "还未", "仍未", "未来", "拟于", "准备"];

/// How something comes out.
const RELEASES: [&str; 18] = [
    "推出", "发布", "上线", "亮相", "面世", "到来", "问世", "登场", "开源", "公布", "上市", "交付", "开售", "发售",
    "量产", "见面", "落地", "揭晓",
];

/// What is said of something that everybody waits for.
const WAITS: [&str; 8] = ["遥遥无期", "迟迟未", "难产", "跳票", "千呼万唤", "呼之欲出", "传闻已久的", "传说中的"];

/// Most characters on each side of a name.
const NEAR: usize = 16;

impl<'d> Scene<'_, 'd> {
    /// Makes what is only owned or known to be made a plan, where the words at the name tell that it is still to come.
    pub(super) fn awaited(&mut self) {
        let Some(makes) = self.extractor.dictionary.rules.known_makers().map(|k| k.relation) else { return };
        if self.view.latin {
            return;
        }
        for i in 0..self.out.len() {
            let f = &self.out[i];
            if f.rule.relation == makes
                && f.status == Status::Asserted
                && is_weak(f.rule, &self.extractor.dictionary.rules)
                && self.kind(f.object) == EntityKind::Product
                && self.is_to_come(f.object)
            {
                self.out[i].status = Status::Planned;
            }
        }
    }

    fn is_to_come(&self, product: usize) -> bool {
        let view = self.view;
        let span = self.found.mentions[product].span;
        if !view.span.contains(span) {
            return false;
        }
        let clause = view.clauses[view.clause_at(span.start)];
        let before = last(view.between(clause.start, span.start), NEAR).trim_end_matches(QUOTES);
        if WAITS.iter().any(|w| find::ends(before, w)) {
            return true;
        }
        // "即将推出的新一代模型A"
        let led = before.rfind('的').is_some_and(|at| {
            let (told, noun) = (&before[..at], &before[at + '的'.len_utf8()..]);
            let release = RELEASES.iter().find(|r| find::ends(told, r));
            noun.chars().count() <= 8
                && !noun.contains(['、', '和', '与'])
                && release.is_some_and(|r| COMING.iter().any(|c| last(&told[..told.len() - r.len()], 8).contains(c)))
        });
        // "A预计7月上线", but not "A将发布的消息" and "A计划推出B"
        let after = view.between(span.end, clause.end).trim_start_matches(QUOTES);
        let cut = after.char_indices().nth(NEAR).map_or(after, |(at, _)| &after[..at]);
        let noun = |words: &str| words.chars().count() <= 5 && !words.contains(['的', '，', '、', '和', '与', '在']);
        let comes = COMING.iter().any(|c| find(cut, c).is_some_and(|at| noun(&cut[..at]))) && {
            let release = RELEASES.iter().filter_map(|r| find(cut, r).map(|at| at + r.len())).min();
            release.is_some_and(|end| {
                let rest = &after[end..];
                let object = view.groups.iter().any(|g| g.span.start >= span.end && g.span.end <= clause.end);
                !rest.starts_with('的') && !object && rest.chars().count() <= 4
            })
        };
        let waits = WAITS[..4].iter().any(|w| cut.contains(w));
        led || comes || waits
    }
}

/// Whether a rule only has what is owned, or known.
fn is_weak(rule: &Rule, rules: &Rules) -> bool {
    rule.is(Construction::Of)
        || rule.is(Construction::Noun)
        || rules.known_makers().is_some_and(|known| known.name == rule.name)
}

/// The surest of the claims of one tie, of equally sure ones the one that tells most of it (when, how much, in which round),
/// with the status that most of them give it, among equally frequent ones the one stated last. What a 的 or the dictionary
/// says of a product tells nothing of whether it is out, so it yields to verbs.
pub(super) fn settled(group: &[Claim], rules: &Rules) -> Claim {
    let makes = rules.known_makers().map(|k| k.relation);
    let weak = |c: &Claim| {
        Some(c.relation) == makes
            && c.status != Status::Planned
            && rules.named(c.rule).is_some_and(|r| is_weak(r, rules))
    };
    let strong = group.iter().any(|c| !weak(c));
    let told = |c: &&Claim| !(strong && weak(c));
    let count = |s: Status| group.iter().filter(told).filter(|c| c.status == s).count();
    let last = |s: Status| group.iter().rposition(|c| c.status == s && told(&c));
    let status = Status::ALL.into_iter().max_by_key(|&s| (count(s), last(s))).expect("there are statuses");
    let tells = |c: &Claim| usize::from(c.when.is_some()) + c.attributes.entries().count();
    let rank = |a: &Claim, b: &Claim| a.confidence.total_cmp(&b.confidence).then(tells(a).cmp(&tells(b)));
    group
        .iter()
        .filter(|c| c.status == status)
        .max_by(|a, b| rank(a, b).then(b.evidence.cmp(&a.evidence)))
        .expect("the status was taken from the group")
        .clone()
}
