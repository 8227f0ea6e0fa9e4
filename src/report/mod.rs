//! Stage 9, show: a report on what changed since a date, with the sentences behind each statement, as Markdown or
//! HTML that can be handed on.

mod html;
mod markdown;

pub use html::html;
pub use markdown::markdown;

use crate::graph::{Bond, Day, Evidence, Graph, Tie, View};
use crate::query::Filter;
use crate::render::Lang;
use crate::render::chart::Value;
use crate::schema::Status;
use petgraph::graph::{EdgeIndex, NodeIndex};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What became of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// First seen in the period.
    New,
    /// Ended or denied in the period.
    Ended,
    /// Planned or rumored before, stated as a fact in the period.
    Confirmed,
    /// Seen before, stated again in the period.
    Stronger,
    /// Stated and denied (or held after it had ended), at least one of the two in the period.
    Contradictory,
}

impl Change {
    /// In the order of the report.
    pub const ALL: [Change; 5] =
        [Change::New, Change::Ended, Change::Confirmed, Change::Stronger, Change::Contradictory];

    /// A heading for it.
    pub fn heading(self, lang: Lang) -> &'static str {
        match self {
            Change::New => lang.pick("新出现", "New"),
            Change::Ended => lang.pick("结束或被否认", "Ended or denied"),
            Change::Confirmed => lang.pick("得到确认", "Confirmed"),
            Change::Stronger => lang.pick("再次提到", "Stronger"),
            Change::Contradictory => lang.pick("说法矛盾", "Contradictory"),
        }
    }

    /// What the heading means.
    pub fn about(self, lang: Lang) -> &'static str {
        match self {
            Change::New => lang.pick("此前的文章没有提到的关系。", "Ties that no earlier article states."),
            Change::Ended => lang.pick("在此期间结束、被否认或落空的关系。", "Ties that ended, were denied or failed."),
            Change::Confirmed => {
                lang.pick("此前只是计划或传闻，现在成为事实。", "Planned or rumored before, stated as facts now.")
            }
            Change::Stronger => {
                lang.pick("此前已知，又有新的句子说到。", "Known before, with new sentences that say so.")
            }
            Change::Contradictory => lang.pick(
                "有的句子肯定，有的句子否认；请自行判断。",
                "One sentence says so, another denies it: judge for yourself.",
            ),
        }
    }
}

/// A tie that changed, with its sentences.
#[derive(Clone, Debug)]
pub struct Statement<'g> {
    /// The tie.
    pub edge: EdgeIndex,
    /// Sentences before the period.
    pub before: usize,
    /// Sentences in the period.
    pub within: usize,
    /// The sentences to show.
    pub evidence: Vec<&'g Evidence>,
}

/// What to report.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Only ties of these; all if empty.
    pub entities: Vec<NodeIndex>,
    /// Which ties count; its `since` and `until` are the period.
    pub filter: Filter,
    /// Statements in each part.
    pub limit: usize,
    /// Sentences for each statement.
    pub sentences: usize,
}

/// A report.
#[derive(Debug)]
pub struct Report<'g> {
    /// The graph.
    pub graph: &'g Graph,
    /// Whom it is about.
    pub entities: Vec<NodeIndex>,
    /// First day of the period.
    pub since: Day,
    /// Last day.
    pub until: Day,
    /// By kind of change: the statements shown, and how many there are.
    pub parts: Vec<(Change, Vec<Statement<'g>>, usize)>,
    /// Sentences by day or month, over all time up to the end of the period.
    pub activity: Vec<(String, usize, bool)>,
    /// Ties that changed, by relation.
    pub relations: Vec<(Bond, usize)>,
    /// Articles with a sentence in the period.
    pub articles: usize,
}

fn status(e: &Evidence) -> Option<Status> {
    e.claim.as_ref().map(|c| c.status)
}

fn day(e: &Evidence) -> Day {
    e.passage.article.date
}

/// Whether sentences contradict each other: one affirms what another denies, or affirms after another has said that
/// it ended.
fn contradictory(all: &[&Evidence]) -> bool {
    let affirms = |e: &&&Evidence| matches!(status(e), Some(Status::Asserted));
    let denied = all.iter().any(|e| status(e) == Some(Status::Negated));
    let ended = all.iter().filter(|e| status(e) == Some(Status::Ended)).map(|e| day(e)).filter(|d| !d.is_none()).min();
    all.iter().filter(affirms).any(|e| denied || ended.is_some_and(|d| day(e) > d))
}

/// What became of a tie, judged by its sentences before and in the period.
fn changes(tie: &Tie, before: &[&Evidence], within: &[&Evidence]) -> Vec<Change> {
    let mut out = Vec::new();
    if within.is_empty() {
        return out;
    }
    let is = |e: &&Evidence, s: &[Status]| status(e).is_some_and(|x| s.contains(&x));
    let over = |list: &[&Evidence]| list.iter().any(|e| is(e, &[Status::Ended, Status::Negated]));
    let now = tie.claims.as_ref().map(|c| c.status);
    if over(within) && matches!(now, Some(Status::Ended | Status::Negated)) {
        out.push(Change::Ended);
    } else if before.is_empty() {
        out.push(Change::New);
    } else if before.iter().all(|e| is(e, &[Status::Planned, Status::Rumored]))
        && within.iter().any(|e| is(e, &[Status::Asserted]))
    {
        out.push(Change::Confirmed);
    } else {
        out.push(Change::Stronger);
    }
    let all: Vec<&Evidence> = before.iter().chain(within).copied().collect();
    if contradictory(&all) {
        out.push(Change::Contradictory);
    }
    out
}

/// The sentences to show: from the period, of the tie's status, the surest first; for a contradiction each side's.
fn shown(change: Change, tie: &Tie, period: (Day, Day), most: usize) -> Vec<&Evidence> {
    let now = tie.claims.as_ref().map(|c| c.status);
    let within = |e: &Evidence| day(e) >= period.0 && day(e) <= period.1;
    let mut all: Vec<&Evidence> = tie.evidence.iter().collect();
    // evidence comes surest first, and stays so among equals
    all.sort_by_key(|e| (!within(e), status(e) != now));
    if change == Change::Contradictory {
        let against = |e: &&&Evidence| matches!(status(e), Some(Status::Negated | Status::Ended));
        let deny = all.iter().filter(against).take(most.div_ceil(2)).copied();
        let affirm = all.iter().filter(|e| status(e) == Some(Status::Asserted)).take(most.div_ceil(2)).copied();
        let mut both: Vec<&Evidence> = affirm.chain(deny).collect();
        both.sort_by_key(|e| day(e));
        return both;
    }
    all.retain(|e| within(e));
    all.truncate(most);
    all
}

/// What changed.
pub fn report<'g>(graph: &'g Graph, subject: &Subject) -> Report<'g> {
    let since = subject.filter.since;
    let until = if subject.filter.until.is_none() { graph.totals.last_seen } else { subject.filter.until };
    // a tie counts whenever it was seen; what happened in the period is judged by its sentences
    let filter = Filter { since: Day::NONE, until: Day::NONE, ..subject.filter.clone() };
    let about: FxHashSet<NodeIndex> = subject.entities.iter().copied().collect();
    let mut found: BTreeMap<Change, Vec<Statement<'g>>> = BTreeMap::new();
    let mut days: BTreeMap<Day, FxHashSet<(&str, u32)>> = BTreeMap::new();
    let mut relations: FxHashMap<Bond, usize> = FxHashMap::default();
    let mut articles: FxHashSet<&str> = FxHashSet::default();
    for edge in graph.graph.edge_indices() {
        let (a, b, tie) = graph.tie(edge);
        let ours = about.is_empty() || about.contains(&a) || about.contains(&b);
        let kinds = filter.node(graph.node(a)) || filter.node(graph.node(b));
        if !ours || !kinds || !filter.tie(tie) || tie.claims.is_none() {
            continue;
        }
        let dated = tie.evidence.iter().filter(|e| !day(e).is_none() && day(e) <= until);
        let (before, within): (Vec<&Evidence>, Vec<&Evidence>) = dated.partition(|e| day(e) < since);
        for e in before.iter().chain(&within) {
            days.entry(day(e)).or_default().insert((&e.passage.article.path, e.passage.start));
        }
        articles.extend(within.iter().map(|e| e.passage.article.path.as_str()));
        // a tie may be older than the sentences that it keeps
        let known = !before.is_empty() || (!tie.first_seen.is_none() && tie.first_seen < since);
        let mut what = changes(tie, &before, &within);
        if known {
            what.iter_mut().filter(|c| **c == Change::New).for_each(|c| *c = Change::Stronger);
        }
        if !what.is_empty() {
            *relations.entry(tie.bond).or_default() += 1;
        }
        for change in what {
            let evidence = shown(change, tie, (since, until), subject.sentences.max(1));
            let one = Statement { edge, before: before.len(), within: within.len(), evidence };
            found.entry(change).or_default().push(one);
        }
    }
    let rank = |s: &Statement| {
        let (a, b, _) = graph.tie(s.edge);
        graph.node(a).pagerank + graph.node(b).pagerank
    };
    let order = |x: &Statement, y: &Statement| {
        y.within.cmp(&x.within).then(rank(y).total_cmp(&rank(x))).then(x.edge.cmp(&y.edge))
    };
    let parts = Change::ALL.into_iter().filter_map(|change| {
        let mut all = found.remove(&change)?;
        all.sort_by(order);
        let count = all.len();
        all.truncate(if subject.limit == 0 { usize::MAX } else { subject.limit });
        Some((change, all, count))
    });
    let mut relations: Vec<(Bond, usize)> = relations.into_iter().collect();
    relations.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let counts = days.iter().map(|(d, s)| (*d, s.len())).collect();
    Report {
        graph,
        entities: subject.entities.clone(),
        since,
        until,
        parts: parts.collect(),
        activity: activity(counts, since),
        relations,
        articles: articles.len(),
    }
}

/// Sentences by day, or by month when the days are many; whether each lies in the period.
fn activity(days: Vec<(Day, usize)>, since: Day) -> Vec<(String, usize, bool)> {
    let mut by_month: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for (d, n) in &days {
        let month = by_month.entry(d.to_string()[..7].to_string()).or_default();
        *month = (month.0 + n, month.1 || *d >= since);
    }
    if by_month.len() > 3 {
        return by_month.into_iter().map(|(m, (n, inside))| (m, n, inside)).collect();
    }
    days.into_iter().map(|(d, n)| (d.to_string(), n, d >= since)).collect()
}

impl Report<'_> {
    /// The title.
    pub fn title(&self, lang: Lang) -> String {
        let names: Vec<String> = self.entities.iter().map(|n| self.graph.node(*n).name.clone()).collect();
        match (names.is_empty(), lang) {
            (true, Lang::Zh) => "行业关系变化".to_string(),
            (true, Lang::En) => "What changed in the industry".to_string(),
            (false, Lang::Zh) => format!("{}：关系变化", names.join("、")),
            (false, Lang::En) => format!("What changed for {}", names.join(", ")),
        }
    }

    /// One sentence on all of it.
    pub fn summary(&self, lang: Lang) -> String {
        let count = |c: Change| self.parts.iter().find(|p| p.0 == c).map_or(0, |p| p.2);
        let all: Vec<String> = Change::ALL
            .iter()
            .map(|c| (c.heading(lang), count(*c)))
            .filter(|x| x.1 > 0)
            .map(|(h, n)| match lang {
                Lang::Zh => format!("{h} {n} 条"),
                Lang::En => format!("{n} {}", h.to_lowercase()),
            })
            .collect();
        let what = if all.is_empty() {
            lang.pick("没有变化", "nothing changed").to_string()
        } else {
            all.join(lang.pick("，", ", "))
        };
        let articles = lang.count(self.articles, "篇文章", "article", "articles");
        match lang {
            Lang::Zh => format!("{} 至 {}：{what}。依据 {articles}。", self.since, self.until),
            Lang::En => format!("{} to {}: {what}, from {articles}.", self.since, self.until),
        }
    }

    /// A statement in words: subject, relation, object.
    pub fn words(&self, s: &Statement<'_>, lang: Lang) -> [String; 3] {
        let (a, b, tie) = self.graph.tie(s.edge);
        [self.graph.node(a).name.clone(), lang.bond(self.graph, tie.bond), self.graph.node(b).name.clone()]
    }

    /// How the tie stands, and how many sentences say so.
    pub fn standing(&self, s: &Statement<'_>, lang: Lang) -> String {
        let tie = &self.graph.graph[s.edge];
        let status = tie.claims.as_ref().map_or("", |c| lang.status(c.status));
        let within = lang.count(s.within, "句", "sentence", "sentences");
        match (lang, s.before) {
            (Lang::Zh, 0) => format!("{status}，{within}"),
            (Lang::En, 0) => format!("{status}, {within}"),
            (Lang::Zh, n) => format!("{status}，{within}，此前 {n} 句"),
            (Lang::En, n) => format!("{status}, {within}, {n} before"),
        }
    }

    /// The values of the chart of relations.
    pub fn relation_values(&self, lang: Lang) -> Vec<Value> {
        let color = |b: Bond| self.graph.relation(b).map_or("#6b7280".to_string(), |r| r.color.clone());
        let value = |&(b, count): &(Bond, usize)| Value { label: lang.bond(self.graph, b), count, color: color(b) };
        self.relations.iter().map(value).collect()
    }

    /// The values of the chart of activity: the period dark, what was before pale.
    pub fn activity_values(&self) -> Vec<Value> {
        let color = |inside: bool| if inside { "#2563eb" } else { "#bfd3fb" }.to_string();
        let value = |(label, count, inside): &(String, usize, bool)| Value {
            label: label.clone(),
            count: *count,
            color: color(*inside),
        };
        self.activity.iter().map(value).collect()
    }

    /// The ties shown, for a picture.
    pub fn view(&self, most: usize) -> View<'_> {
        let mut edges: Vec<EdgeIndex> = Vec::new();
        for rank in 0..most {
            edges.extend(self.parts.iter().filter_map(|(_, list, _)| list.get(rank)).map(|s| s.edge));
        }
        let mut seen = FxHashSet::default();
        edges.retain(|e| seen.insert(*e));
        edges.truncate(most);
        View::of(self.graph, self.entities.clone(), edges)
    }
}
