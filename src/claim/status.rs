//! How a claim stands: each cue counts in its own scope, not in the whole sentence.

use super::sentence::{Marker, View};
use crate::dictionary::Lexicon;
use crate::find::{self, has, rfind};
use crate::schema::Status;
use crate::span::Span;
use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// The cue lists, taken from the lexicon once.
#[derive(Debug, Default)]
pub(super) struct StatusCues {
    negated_before: CueList,
    negated_after: CueList,
    denies: CueList,
    planned_before: CueList,
    rumored: CueList,
    hypothetical: CueList,
    ended_before: CueList,
    ended_event: CueList,
    ended_after: CueList,
    planned_after: CueList,
    negation_ends: CueList,
    left_after: CueList,
    possible: CueList,
    ended_late: CueList,
}

/// Words that end as 前 does without saying that something is over.
const NOT_FORMER: [&str; 12] =
    ["目前", "之前", "此前", "日前", "当前", "提前", "空前", "面前", "眼前", "年前", "月前", "先前"];

/// Words that end as "should" does without saying it.
const ADVICE: [&str; 9] = ["响应", "供应", "适应", "反应", "对应", "相应", "回应", "效应", "顺应"];

/// Most characters between who acts in a relative clause and its verb.
const NEAR: usize = 14;

/// A status and the cue that gives it.
pub(super) type Verdict<'a> = (Status, Option<&'a str>);

impl StatusCues {
    pub(super) fn new(lexicon: &Lexicon) -> StatusCues {
        let no_cue = lexicon.list("no_cue");
        let list = |name: &str| CueList::new(lexicon.list(name), no_cue);
        StatusCues {
            negated_before: list("negated_before"),
            negated_after: list("negated_after"),
            denies: list("denies"),
            planned_before: list("planned_before"),
            rumored: list("rumored"),
            hypothetical: list("hypothetical"),
            ended_before: list("ended_before"),
            ended_event: list("ended_event"),
            ended_after: list("ended_after"),
            planned_after: list("planned_after"),
            negation_ends: list("negation_ends"),
            left_after: list("left_after"),
            possible: list("possible"),
            ended_late: list("ended_late"),
        }
    }

    /// The status of an event whose verb stands at `trigger`. `None` when the sentence only asks or supposes.
    /// `plans` says whether intentions make the relation planned (a plan to rival is rivalry already).
    pub(super) fn of_event(&self, view: &View, trigger: Span, plans: bool) -> Option<Verdict<'_>> {
        let clause_index = view.clause_at(trigger.start);
        let clause = view.clauses[clause_index];
        // "由此前Meta收购的A领衔", "试图挖角B创立的C": a relative clause takes what it tells for granted
        let told = view.between(trigger.end, view.span.end).starts_with('的') && !view.latin;
        let actor = view.groups.iter().rev().find(|g| g.span.end <= trigger.start).filter(|_| told);
        let own = actor.filter(|a| {
            a.span.start >= clause.start && view.between(a.span.end, trigger.start).chars().count() <= NEAR
        });
        let before = view.between(own.map_or(clause.start, |a| a.span.end), trigger.start);
        let after = view.between(trigger.end, clause.end);
        if self.hypothetical.find(before).is_some() || asks(view) && !told_before_asking(view, trigger.start) {
            return None;
        }
        if let Some((cue, gap)) = self.ended_event.near(before)
            && gap <= 16
        {
            return Some((Status::Ended, Some(cue)));
        }
        if let Some(cue) = self.ended_event.find(first(after, 4)) {
            return Some((Status::Ended, Some(cue)));
        }
        // "苹果应收购A": what somebody advises
        let advised = before.ends_with('应') && !ADVICE.iter().any(|w| find::ends(before, w));
        if advised && !view.latin {
            return None;
        }
        if before.ends_with('不') {
            return Some((Status::Negated, Some("不")));
        }
        if let Some((cue, gap)) = self.negated_before.near(before)
            // "叫停了英伟达对Arm的收购"
            && gap <= if view.latin { 24 } else if before.ends_with('的') { 20 } else { 8 }
            // "没有公布收购GitHub的细节": it is not the takeover that is denied
            && self.negation_ends.find(last(before, gap)).is_none()
        {
            return Some((Status::Negated, Some(cue)));
        }
        // "否认盘古Pro MoE基于Qwen2.5": whoever the denied sentence is about, the names count for nothing
        if let Some((cue, gap)) = self.denies.near(before)
            && gap.saturating_sub(named(view, trigger.start - last(before, gap).len() as u32, trigger.start)) <= 8
        {
            return Some((Status::Negated, Some(cue)));
        }
        // "A在投资B之前，曾洽购C未果": what came of it is C's
        let earlier = !view.latin && (has(after, "之前") || after.trim_end().ends_with('前'));
        let next = view.clauses.get(clause_index + 1).filter(|_| !earlier);
        let next = next.map_or("", |c| view.between(c.start, c.end));
        let fell = self.negated_after.find(after).or_else(|| self.negated_after.find(first(next, 14)));
        if let Some(cue) = fell.filter(|_| !told) {
            return Some((Status::Negated, Some(cue)));
        }
        if let Some(cue) = refused(next).filter(|_| !view.latin) {
            return Some((Status::Negated, Some(cue)));
        }
        if let Some(cue) = self.ended_late.find(after) {
            return Some((Status::Ended, Some(cue)));
        }
        if let Some(cue) = self.ended_after.find(first(next, 12)) {
            return Some((Status::Ended, Some(cue)));
        }
        // "很可能是此前由商汤分拆出去的上海阵量"
        let whole = view.between(view.span.start, trigger.start);
        let whole = match actor {
            Some(actor) => view.between(actor.span.end, trigger.start),
            None => whole,
        };
        // what may be said of one clause says nothing of the others
        let own = if view.latin || told { whole } else { before };
        if let Some(cue) = self.possible.find(own) {
            return Some((Status::Rumored, Some(cue)));
        }
        // "A也传出上市的消息，两家都获得了B的投资": the rumour is told, and over
        let whole = if view.latin { whole } else { beyond_rumour(whole) };
        if let Some(cue) = self.rumored.find(whole) {
            return Some((Status::Rumored, Some(cue)));
        }
        // "回应与华为合作传闻": what the event is a rumour of
        if let Some(cue) = ["传闻", "传言", "谣言", "的传闻", "的传言"].into_iter().find(|c| find::starts(after, c))
        {
            return Some((Status::Rumored, Some(cue)));
        }
        // "传腾讯拟入股智谱", also behind the number of an item
        let lead = view.groups.first().map_or("", |g| view.between(view.span.start, g.span.start));
        if lead.trim_start_matches(|c: char| !matches!(c, '\u{4E00}'..='\u{9FFF}')) == "传" {
            return Some((Status::Rumored, Some("传")));
        }
        if plans {
            if let Some(cue) = self.planned_after.find(after) {
                return Some((Status::Planned, Some(cue)));
            }
            // "宣布将A开源": what is acted on
            let patient = |cue: &str, gap: usize| {
                cue.ends_with('将') && {
                    let at = trigger.start - last(before, gap).len() as u32 * u32::from(gap > 0);
                    view.groups.iter().any(|g| {
                        g.marker == Marker::Patient
                            && g.span.start >= at
                            && g.span.end <= trigger.start
                            && view.between(at, g.span.start).chars().count() <= 2
                    })
                }
            };
            if let Some((cue, gap)) = self.planned_before.near(before)
                && gap <= 24
                && !patient(cue, gap)
            {
                return Some((Status::Planned, Some(cue)));
            }
            if let Some(at) = before.rfind('将')
                && before[at + '将'.len_utf8()..].chars().count() <= 3
                // "将B诉至法院": what is acted on, not when
                && !view.groups.iter().any(|g| {
                    let start = trigger.start as usize - before.len();
                    g.marker == Marker::Patient && g.span.start as usize == start + at + '将'.len_utf8()
                })
            {
                return Some((Status::Planned, Some("将")));
            }
        }
        Some((Status::Asserted, None))
    }

    /// Whether the whole sentence is a question or opens with a supposition.
    pub(super) fn asks_or_supposes(&self, view: &View) -> bool {
        asks(view) || self.hypothetical.find(view.clause(0)).is_some()
    }

    /// Whether the words before a verb say that what it tells is over (`曾效力于`).
    pub(super) fn once(&self, before: &str) -> bool {
        let near = last(before, 12);
        near.char_indices().any(|(at, c)| c == '曾' && !near[..at].ends_with(['未', '不', '何']))
            // "曾在A和B实习": over the names
            || ["曾在", "曾于", "曾先后在", "曾分别在"].iter().any(|w| before.contains(w))
    }

    /// Whether the words before what somebody did in a house tell of an earlier time: `此前担任`, `创办A之前在`.
    pub(super) fn earlier(&self, before: &str) -> bool {
        EARLIER.iter().any(|w| before.contains(w))
    }

    /// Whether those whom the words follow have left (`等七位高管先后离职`).
    pub(super) fn left(&self, after: &str) -> bool {
        let near = first(after, 16);
        let open = ["将", "拟", "考虑", "计划", "否认", "未", "或", "可能", "不会", "没有", "有意", "打算"];
        self.left_after.near(near).is_some_and(|(cue, gap)| {
            let lead = near.len() - near.chars().rev().take(gap).map(char::len_utf8).sum::<usize>() - cue.len();
            !open.iter().any(|w| near[..lead].contains(w))
        })
    }

    /// The status of a role or a possession: only what stands right at it counts.
    pub(super) fn of_role(&self, before_house: &str, between: &str, clause: &str) -> Verdict<'_> {
        let last = last(before_house, if before_house.is_ascii() { 14 } else { 6 });
        let ends = |c: &str| {
            let last = last.trim_end();
            last.ends_with(c)
                || c.is_ascii()
                    && last.len() >= c.len()
                    && last.as_bytes()[last.len() - c.len()..].eq_ignore_ascii_case(c.as_bytes())
        };
        // "此前腾讯董事会主席": when it was, not that it is over
        let when = NOT_FORMER.iter().any(|w| find::ends(last.trim_end(), w));
        if let Some(cue) = self.ended_before.iter().find(|c| ends(c.as_str()) && !(when && c.as_str() == "前")) {
            return (Status::Ended, Some(cue));
        }
        if let Some(cue) = self.ended_before.iter().find(|c| {
            has(between, c)
                && between.match_indices(c.as_str()).any(|(at, _)| {
                    let rest = &between[at + c.len()..];
                    // 前 and 原 are words of one character: only at the start of the role
                    c.chars().count() > 1
                        || (at == 0 || between[..at].ends_with('的')) && !rest.starts_with(['沿', '端', '台'])
                })
        }) {
            return (Status::Ended, Some(cue));
        }
        // "阿里云智能事业部前负责人"
        if between.ends_with(['前', '原']) && !NOT_FORMER.iter().any(|w| find::ends(between, w)) {
            return (Status::Ended, Some("前"));
        }
        if let Some(cue) = ["卸任", "辞去", "辞任", "离任", "不再担任", "stepped down", "resigned", "stepping down"]
            .into_iter()
            .find(|c| clause.contains(c))
        {
            return (Status::Ended, Some(cue));
        }
        (Status::Asserted, None)
    }
}

/// Words that put what follows before something else.
const EARLIER: [&str; 22] = [
    "最初由",
    "起初由",
    "最早由",
    "早期由",
    "一开始由",
    "此前",
    "之前",
    "早前",
    "先前",
    "早年",
    "早期曾",
    "以前",
    "最早在",
    "最初在",
    "更早",
    "原先",
    "一度",
    "先后",
    "当年",
    "前半生",
    "过去曾",
    "辞职前",
];

/// The words behind the last clause that ends with what was rumoured.
fn beyond_rumour(words: &str) -> &str {
    const ENDS: [&str; 5] = ["的消息，", "的传闻，", "的传言，", "的说法，", "的爆料，"];
    if !words.contains('，') {
        return words;
    }
    let at = ENDS.iter().filter_map(|e| rfind(words, e).map(|at| at + e.len())).max();
    at.map_or(words, |at| &words[at..])
}

/// `但遭到董事会拒绝`, `被监管部门叫停`: what the head of a clause says to have come of the deed before.
fn refused(clause: &str) -> Option<&'static str> {
    const VERBS: [&str; 10] = ["拒绝", "否决", "叫停", "阻止", "驳回", "回绝", "婉拒", "反对", "阻挠", "谢绝"];
    let lead = ["但", "却", "不过", "然而", "最终", "后", "随后", "并", "结果", "而", "均", "都"];
    let mut head = clause.trim_start();
    while let Some(rest) = lead.iter().find_map(|w| head.strip_prefix(w)) {
        head = rest;
    }
    let rest = ["被", "遭到", "遭", "受到"].iter().find_map(|w| head.strip_prefix(w))?;
    let near = first(rest, 12);
    VERBS.into_iter().find(|v| near.find(v).is_some_and(|at| !near[..at].contains(['的', '用', '，'])))
}

/// How many of the characters between two places belong to names.
fn named(view: &View, from: u32, to: u32) -> usize {
    let inside = view.groups.iter().filter(|g| g.span.start >= from && g.span.end <= to);
    inside.map(|g| view.between(g.span.start, g.span.end).chars().count()).sum()
}

fn asks(view: &View) -> bool {
    let s = view.text[view.span.range()].trim_end_matches(['”', '"', '」', ' ']);
    s.ends_with(['？', '?']) || s.ends_with("吗")
}

/// Words that ask for something, so that what stands before their clause is taken for granted.
const ASKING: [&str; 10] = ["什么", "谁", "为何", "为什么", "如何", "怎么", "怎样", "哪", "多少", "何"];

/// `谷歌收购了Wiz，这意味着什么？`: whether a place stands in a clause of its own before the one that asks, and is itself no part
/// of a question, plan or supposition.
fn told_before_asking(view: &View, at: u32) -> bool {
    const OPEN: [&str; 14] =
        ["吗", "呢", "是否", "能否", "会", "将", "能", "要", "可能", "还是", "难道", "究竟", "到底", "若"];
    let here = view.clause_at(at);
    let free = |clause: &str, words: &[&str]| words.iter().all(|w| !clause.contains(w));
    let last = view.clauses.len() - 1;
    !view.latin
        && here < last
        && !free(view.clause(last), &ASKING)
        && (0..=here).all(|c| free(view.clause(c), &ASKING) && free(view.clause(c), &OPEN))
}

/// Cue words, found in one pass: a Latin one at word boundaries and in any case of its first letter.
#[derive(Debug)]
struct CueList {
    cues: Vec<String>,
    automaton: AhoCorasick,
    /// For each cue, words that contain it without being one, with its offset in them.
    guards: Vec<Vec<(usize, String)>>,
}

impl Default for CueList {
    fn default() -> CueList {
        CueList::new(&[], &[])
    }
}

impl CueList {
    fn new(cues: &[String], not: &[String]) -> CueList {
        let guards = cues
            .iter()
            .map(|c| {
                not.iter().filter(|n| *n != c).filter_map(|n| find::find(n, c).map(|at| (at, n.clone()))).collect()
            })
            .collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            // made in half the time that the fastest kind takes, for a few thousand short looks-up
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(cues)
            .expect("a few hundred short words make a small automaton");
        CueList { cues: cues.to_vec(), automaton, guards }
    }

    /// The cues in `words`, as index, start and end, in order of their ends.
    fn matches<'a>(&'a self, words: &'a str) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
        self.automaton.find_overlapping_iter(words).filter_map(move |m| {
            let (i, at, end) = (m.pattern().as_usize(), m.start(), m.end());
            let cue = &self.cues[i];
            let same = words[at..end] == **cue
                // "May" is a month
                || (cue != "may" && cue.is_ascii() && words[at + 1..end] == cue[1..]);
            let guarded = || {
                self.guards[i].iter().any(|(offset, word)| {
                    at.checked_sub(*offset).is_some_and(|s| find::starts_bytes(&words.as_bytes()[s..], word.as_bytes()))
                })
            };
            (same && whole(words, at, cue) && !guarded()).then_some((i, at, end))
        })
    }

    /// The first cue of the list that is in `words`.
    fn find(&self, words: &str) -> Option<&str> {
        self.matches(words).map(|(i, ..)| i).min().map(|i| self.cues[i].as_str())
    }

    /// The cue that ends nearest to the end of `words`, and the characters in between.
    fn near(&self, words: &str) -> Option<(&str, usize)> {
        let (i, _, end) = self.matches(words).max_by_key(|&(i, _, end)| (end, std::cmp::Reverse(i)))?;
        Some((self.cues[i].as_str(), words[end..].chars().count()))
    }

    fn iter(&self) -> impl Iterator<Item = &String> {
        self.cues.iter()
    }
}

fn whole(words: &str, at: usize, cue: &str) -> bool {
    if !cue.is_ascii() {
        return true;
    }
    let b = words.as_bytes();
    !(at > 0 && b[at - 1].is_ascii_alphanumeric())
        && (cue.ends_with('-') || !b.get(at + cue.len()).is_some_and(u8::is_ascii_alphanumeric))
}

fn first(words: &str, chars: usize) -> &str {
    words.char_indices().nth(chars).map_or(words, |(i, _)| &words[..i])
}

/// The last characters of a text, at most so many.
pub(super) fn last(words: &str, chars: usize) -> &str {
    words.char_indices().rev().nth(chars.saturating_sub(1)).map_or(words, |(i, _)| &words[i..])
}
