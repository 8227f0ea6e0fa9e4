//! Stage 9, show: a report on what changed in a period, with the sentences behind each statement, as Markdown or HTML
//! that can be handed on. It asks the store what `guanxi diff` and `guanxi conflicts` ask.

mod html;
mod markdown;

pub use html::html;
pub use markdown::markdown;

use crate::diagnostic::Error;
use crate::graph::{Day, Graph, View};
use crate::query::{self, Base, Brief, Change, Changed, Conflict, Contradiction, Filter, Said, TieAnswer};
use crate::render::Lang;
use crate::render::chart::Value;
use crate::schema::{RelationId, Status};
use petgraph::graph::NodeIndex;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A part of a report: ties of which the same became.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// First stated in the period.
    New,
    /// Ended or denied in the period.
    Ended,
    /// Planned or rumored before, stated as a fact in the period.
    Confirmed,
    /// Denied or ended before, stated again in the period.
    Reversed,
    /// Stated before, and by more sentences in the period.
    Stronger,
    /// A fact before, only planned or rumored in the period.
    Weaker,
}

impl Part {
    /// All, in the order of the report.
    pub const ALL: [Part; 6] = [Part::New, Part::Ended, Part::Confirmed, Part::Reversed, Part::Stronger, Part::Weaker];

    /// Where a change belongs: what is first heard of when it is over has ended, and is nothing new.
    fn of(changed: &Changed) -> Part {
        let over = changed.after.as_ref().is_some_and(|s| matches!(s.status, Status::Ended | Status::Negated));
        match changed.change {
            Change::New | Change::Reversed if over => Part::Ended,
            Change::New => Part::New,
            Change::Ended | Change::Gone => Part::Ended,
            Change::Confirmed => Part::Confirmed,
            Change::Reversed => Part::Reversed,
            Change::Stronger => Part::Stronger,
            Change::Weaker => Part::Weaker,
        }
    }

    /// A heading for it.
    pub fn heading(self, lang: Lang) -> &'static str {
        match self {
            Part::New => lang.pick("新出现", "New"),
            Part::Ended => lang.pick("结束或被否认", "Ended or denied"),
            Part::Confirmed => lang.pick("得到确认", "Confirmed"),
            Part::Reversed => lang.pick("重新成立", "Stated again"),
            Part::Stronger => lang.pick("再次提到", "Stronger"),
            Part::Weaker => lang.pick("转为不确定", "Less certain"),
        }
    }

    /// What the heading means.
    pub fn about(self, lang: Lang) -> &'static str {
        match self {
            Part::New => lang.pick("此前的文章没有提到的关系。", "Ties that no earlier article states."),
            Part::Ended => lang.pick("在此期间结束、被否认或落空的关系。", "Ties that ended, were denied or failed."),
            Part::Confirmed => {
                lang.pick("此前只是计划或传闻，现在成为事实。", "Planned or rumored before, stated as facts now.")
            }
            Part::Reversed => {
                lang.pick("此前被否认或已结束，现在又有文章说到。", "Denied or ended before, stated by later articles.")
            }
            Part::Stronger => {
                lang.pick("此前已知，又有新的句子说到。", "Known before, with new sentences that say so.")
            }
            Part::Weaker => lang
                .pick("此前是事实，新的文章只说是计划或传闻。", "A fact before, planned or rumored in later articles."),
        }
    }
}

/// A heading for what contradicts itself.
fn contradictory(lang: Lang) -> &'static str {
    lang.pick("说法矛盾", "Contradictory")
}

/// What that means.
fn about_contradictory(lang: Lang) -> &'static str {
    lang.pick(
        "两种说法不能同时成立，至少一方出自本期；请自行判断。",
        "Two statements that cannot both hold, one of them at least from the period: judge for yourself.",
    )
}

/// How statements contradict each other.
fn how(kind: Contradiction, lang: Lang) -> &'static str {
    match kind {
        Contradiction::Denied => lang.pick("有的肯定，有的否认", "stated here, denied there"),
        Contradiction::Ended => lang.pick("已说结束，后又说成立", "stated after it had ended"),
        Contradiction::TwoBuyers => lang.pick("两个收购方", "two buyers"),
        Contradiction::TwoLeaders => lang.pick("同一职位两个人", "two persons in one role"),
    }
}

/// A tie that changed, with the sentences of the period.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What became of it, and how it stood and stands.
    pub changed: Changed,
    /// The tie; its evidence is what the period says.
    pub tie: TieAnswer,
}

/// What to report.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Only ties of these; all if empty.
    pub entities: Vec<i64>,
    /// Which ties count; its `since` and `until` are the period.
    pub filter: Filter,
    /// Statements in each part; 0 for all.
    pub limit: usize,
    /// Sentences for each statement.
    pub sentences: usize,
}

/// A report.
#[derive(Debug)]
pub struct Report {
    /// Whom it is about.
    pub entities: Vec<Rc<Brief>>,
    /// First day of the period.
    pub since: Day,
    /// Last day.
    pub until: Day,
    /// The statements shown, and how many there are.
    pub parts: Vec<(Part, Vec<Statement>, usize)>,
    /// What contradicts itself, and how much of it there is.
    pub conflicts: (Vec<Conflict>, usize),
    /// Sentences by day or month, over all time up to the end of the period; whether it lies in the period.
    pub activity: Vec<(String, usize, bool)>,
    /// Ties that changed, by relation.
    pub relations: Vec<(RelationId, usize)>,
    /// Articles that state something in the period.
    pub articles: usize,
    /// The first ties of each part, for a picture.
    picture: Graph,
}

/// The most ties that the picture shows.
const DRAWN: usize = 40;

/// What changed.
///
/// # Errors
/// When the store cannot be read.
pub fn report(base: &Base, subject: &Subject) -> Result<Report, Error> {
    let Subject { entities, filter, .. } = subject;
    let since = filter.since;
    let until = if filter.until.is_none() { base.last_day()? } else { filter.until };
    let limit = if subject.limit == 0 { usize::MAX } else { subject.limit };
    let whose: Vec<Option<i64>> = match entities.as_slice() {
        [] => vec![None],
        some => some.iter().copied().map(Some).collect(),
    };

    let mut found: BTreeMap<Part, Vec<Changed>> = BTreeMap::new();
    let mut relations: BTreeMap<RelationId, usize> = BTreeMap::new();
    let mut known = FxHashSet::default();
    for &entity in &whose {
        for changed in query::changes(base, (since.before(), until), entity, filter, &[], 0)?.0 {
            if known.insert((changed.source.id.clone(), changed.relation.clone(), changed.target.id.clone())) {
                if let Some(id) = base.schema().find(&changed.relation) {
                    *relations.entry(id).or_default() += 1;
                }
                found.entry(Part::of(&changed)).or_default().push(changed);
            }
        }
    }
    let mut parts = Vec::new();
    for (part, mut list) in found {
        let all = list.len();
        foremost_first(base, &mut list)?;
        list.truncate(limit);
        let mut statements = Vec::new();
        for changed in list {
            let tie = query::behind(base, &changed, since.before(), until, subject.sentences.max(1))?;
            statements.extend(tie.map(|tie| Statement { changed, tie }));
        }
        parts.push((part, statements, all));
    }

    // a side may be older than the period
    let ever = Filter { since: Day::NONE, until: Day::NONE, ..filter.clone() };
    let mut conflicts: Vec<Conflict> = Vec::new();
    let mut known = FxHashSet::default();
    for &entity in &whose {
        for conflict in query::conflicts(base, entity, &ever, 0)?.0 {
            let days = conflict.sides.each_ref().map(|s| s.days);
            let told = days.iter().all(|d| d.0 <= until) && days.iter().any(|d| d.1 >= since);
            let ends = |i: usize| (conflict.sides[i].source.id.clone(), conflict.sides[i].target.id.clone());
            if told && known.insert((conflict.kind, conflict.relation.clone(), ends(0), ends(1))) {
                conflicts.push(conflict);
            }
        }
    }
    let contradictions = conflicts.len();
    conflicts.truncate(limit);

    let said = query::activity(base, entities, until, filter)?;
    let mut relations: Vec<(RelationId, usize)> = relations.into_iter().collect();
    relations.sort_by_key(|r| std::cmp::Reverse(r.1));
    let most = parts.iter().map(|p| p.1.len()).max().unwrap_or(0);
    let by_rank = (0..most).flat_map(|rank| parts.iter().filter_map(move |p| p.1.get(rank)));
    let drawn: Vec<&TieAnswer> = by_rank.take(DRAWN).map(|s| &s.tie).collect();
    let picture = query::subgraph(base, &drawn, if drawn.is_empty() { &[] } else { entities })?;
    Ok(Report {
        entities: entities.iter().map(|id| base.brief(*id)).collect::<Result<_, _>>()?,
        since,
        until,
        parts,
        conflicts: (conflicts, contradictions),
        articles: said.iter().filter(|s| s.day >= since).map(|s| s.articles).sum(),
        activity: by_time(&said, since),
        relations,
        picture,
    })
}

/// Those with the most sentences first, of several those between the most important.
fn foremost_first(base: &Base, list: &mut Vec<Changed>) -> Result<(), Error> {
    let mut ranked = Vec::with_capacity(list.len());
    for changed in list.drain(..) {
        let mut rank = 0.0;
        for end in [&changed.source, &changed.target] {
            rank += base.by_key(&end.id)?.map_or(Ok(0.0), |id| base.pagerank(id))?;
        }
        ranked.push((changed.after.as_ref().map_or(0, |s| s.weight), rank, changed));
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
    list.extend(ranked.into_iter().map(|(.., changed)| changed));
    Ok(())
}

/// Sentences by day, or by month when the days are many; whether each lies in the period.
fn by_time(days: &[Said], since: Day) -> Vec<(String, usize, bool)> {
    let mut by_month: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for said in days {
        let month = by_month.entry(said.day.to_string()[..7].to_string()).or_default();
        *month = (month.0 + said.sentences, month.1 || said.day >= since);
    }
    if by_month.len() > 3 {
        return by_month.into_iter().map(|(m, (n, inside))| (m, n, inside)).collect();
    }
    days.iter().map(|said| (said.day.to_string(), said.sentences, said.day >= since)).collect()
}

/// A relation in words.
fn relation(name: &str, label: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => label.to_string(),
        Lang::En => name.replace('_', " "),
    }
}

/// What stands between the ends of a tie.
fn arrow(symmetric: bool) -> &'static str {
    if symmetric { "–" } else { "→" }
}

impl Report {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.conflicts.0.is_empty()
    }

    /// The title.
    pub fn title(&self, lang: Lang) -> String {
        let names: Vec<&str> = self.entities.iter().map(|e| e.name.as_str()).collect();
        match (names.is_empty(), lang) {
            (true, Lang::Zh) => "行业关系变化".to_string(),
            (true, Lang::En) => "What changed in the industry".to_string(),
            (false, Lang::Zh) => format!("{}：关系变化", names.join("、")),
            (false, Lang::En) => format!("What changed for {}", names.join(", ")),
        }
    }

    /// One sentence on all of it.
    pub fn summary(&self, lang: Lang) -> String {
        let parts = self.parts.iter().map(|(part, _, all)| (part.heading(lang), *all));
        let all: Vec<String> = parts
            .chain([(contradictory(lang), self.conflicts.1)])
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

    /// The values of the chart of relations.
    fn relation_values(&self, lang: Lang) -> Vec<Value> {
        let value = |&(id, count): &(RelationId, usize)| {
            let r = self.picture.schema.get(id);
            Value { label: relation(&r.name, &r.label, lang), count, color: r.color.clone() }
        };
        self.relations.iter().map(value).collect()
    }

    /// A conflict in words: what it is about, and how the two sides differ.
    fn conflict(&self, conflict: &Conflict, lang: Lang) -> (String, String) {
        let schema = &self.picture.schema;
        let symmetric = schema.find(&conflict.relation).is_some_and(|id| schema.get(id).symmetric);
        let [a, b] = &conflict.sides;
        let tie = |s: &query::Side| format!("{} {} {}", s.source.name, arrow(symmetric), s.target.name);
        let what = match a.source == b.source && a.target == b.target {
            true => tie(a),
            false => format!("{}{}{}", tie(a), lang.pick("；", "; "), tie(b)),
        };
        let relation = relation(&conflict.relation, &conflict.label, lang);
        (format!("{what} · {relation}"), how(conflict.kind, lang).to_string())
    }

    /// The values of the chart of activity: the period dark, what was before pale.
    fn activity_values(&self) -> Vec<Value> {
        let color = |inside: bool| if inside { "#2563eb" } else { "#bfd3fb" }.to_string();
        let value = |(label, count, inside): &(String, usize, bool)| Value {
            label: label.clone(),
            count: *count,
            color: color(*inside),
        };
        self.activity.iter().map(value).collect()
    }

    /// The ties for a picture, and in it whom the report is about.
    fn view(&self) -> (View<'_>, Vec<NodeIndex>) {
        let ours = |n: &NodeIndex| self.entities.iter().any(|e| e.id == self.picture.node(*n).key);
        (View::all(&self.picture), self.picture.graph.node_indices().filter(ours).collect())
    }
}

impl Statement {
    /// In words: subject, arrow, object, relation.
    fn words(&self, lang: Lang) -> [String; 4] {
        let c = &self.changed;
        [c.source.name.clone(), arrow(c.symmetric).into(), c.target.name.clone(), relation(&c.relation, &c.label, lang)]
    }

    /// How the tie stood and stands, and how many independent sentences say so.
    fn standing(&self, lang: Lang) -> String {
        let (Some(after), before) = (&self.changed.after, &self.changed.before) else { return String::new() };
        let count = |n: u64| lang.count(n as usize, "句", "sentence", "sentences");
        let now = lang.status(after.status);
        let status = match before {
            Some(b) if b.status != after.status => format!("{} → {now}", lang.status(b.status)),
            _ => now.to_string(),
        };
        let all = count(after.weight);
        match (lang, before.as_ref().map(|b| b.weight)) {
            (Lang::Zh, None) => format!("{status}，{all}"),
            (Lang::En, None) => format!("{status}, {all}"),
            (Lang::Zh, Some(n)) => format!("{status}，共 {all}，此前 {n} 句"),
            (Lang::En, Some(n)) => format!("{status}, {all}, {n} of them before"),
        }
    }
}
