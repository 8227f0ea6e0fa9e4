//! `guanxi evidence`: the sentences behind ties.

use super::Outcome;
use super::answer::{self, Asking, DrawnForm};
use super::neighbors::focus;
use super::options::Filtering;
use super::table::{Rows, excerpt};
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{self, Behind, TieAnswer, subgraph};
use std::io::Write;
use std::rc::Rc;

/// The sentences that tie an entity to others, or two entities to each other
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi evidence 徐冰 商汤
  guanxi evidence 商汤 --relation invests_in
  guanxi evidence 微软 OpenAI --status ended,negated --format json")]
pub(super) struct Args {
    /// Any name of an entity, or its key
    entity: String,
    /// The other entity; all its neighbours if left out
    other: Option<String>,
    #[command(flatten)]
    filtering: Filtering,
    /// At most this many sentences; 0 for all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: DrawnForm,
    #[command(flatten)]
    asking: Asking,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let filter = args.filtering.filter(base.schema())?;
    let a = answer::entity(&base, &args.entity)?;
    let other = args.other.as_ref().map(|o| answer::entity(&base, o)).transpose()?;
    let (items, any) = query::evidence(&base, a.id, other.map(|o| o.id), &filter, args.limit)?;
    if !any && args.format == DrawnForm::Json {
        answer::json(out, &items)?;
    }
    if !any {
        let who = args.other.as_ref().map(|o| format!(" and {o}")).unwrap_or_default();
        let d = Diagnostic::error("", format!("no tie between {}{who} fits", args.entity));
        return Err(Error::new(d.hint(format!("`guanxi neighbors {}` lists its ties", args.entity))).into());
    }
    match args.format {
        DrawnForm::Table => args.asking.table(out, |out| sentences(&items, out))?,
        DrawnForm::Csv => rows(&items).csv(out)?,
        DrawnForm::Dot => {
            let mut ties: Vec<&TieAnswer> = items.iter().map(|i| &*i.tie).collect();
            ties.dedup_by(|a, b| std::ptr::eq(*a, *b));
            answer::draw(&subgraph(&base, &ties, &[a.id])?, out)?;
        }
        DrawnForm::Json => answer::json(out, &items)?,
        DrawnForm::Jsonl => answer::jsonl(out, &items)?,
    }
    Ok(0)
}

fn sentences(items: &[Behind], out: &mut dyn Write) -> Result<(), super::Stop> {
    let mut last: Option<&Rc<TieAnswer>> = None;
    for item in items {
        if !last.is_some_and(|l| Rc::ptr_eq(l, &item.tie)) {
            let of = &item.tie;
            let shown = items.iter().filter(|i| Rc::ptr_eq(&i.tie, of)).count();
            let (s, o, relation) = (&of.source.name, &of.target.name, &of.relation);
            let arrow = if of.symmetric { "–" } else { "→" };
            let status = of.tie.claims.as_ref().map(|c| format!(", {} (belief {:.2})", c.status, c.belief));
            if last.is_some() {
                writeln!(out)?;
            }
            write!(out, "{s} {arrow} {o}: {relation}{}, {} sentences", status.unwrap_or_default(), of.tie.weight)?;
            writeln!(out, " in {} articles; {shown} shown", of.tie.articles)?;
            last = Some(of);
        }
        sentence(&item.evidence, out)?;
    }
    Ok(())
}

/// A piece of evidence: where it stands, what was understood, the sentence.
pub(super) fn sentence(e: &crate::graph::Evidence, out: &mut dyn Write) -> Result<(), super::Stop> {
    let p = &e.passage;
    let title = excerpt(&p.article.title, (0, 0), 60);
    writeln!(out, "  {}:{}:{}  {}  {title}", p.article.path, p.line, p.column, p.article.date)?;
    if let Some(c) = &e.claim {
        write!(out, "    {} by rule {} (confidence {:.2})", c.status, c.rule, c.confidence)?;
        if !c.when.is_empty() {
            write!(out, ", happened {}", c.when)?;
        }
        for (name, value) in &c.attributes {
            write!(out, ", {name} {}", excerpt(value, (0, 0), 60))?;
        }
        writeln!(out, "; subject «{}», object «{}»", e.surface(0), e.surface(1))?;
    }
    Ok(writeln!(out, "    {}", excerpt(&p.text, focus(e), 400))?)
}

/// The heads of the columns that [`cited`] fills.
pub(super) const CITED: [&str; 11] =
    ["status", "rule", "confidence", "when", "article", "date", "line", "column", "subject", "object", "sentence"];

/// A piece of evidence in cells, nothing cut.
pub(super) fn cited(e: &crate::graph::Evidence) -> Vec<String> {
    let (p, c) = (&e.passage, e.claim.as_ref());
    vec![
        c.map(|c| c.status.to_string()).unwrap_or_default(),
        c.map(|c| c.rule.to_string()).unwrap_or_default(),
        c.map(|c| c.confidence.to_string()).unwrap_or_default(),
        c.map(|c| c.when.to_string()).unwrap_or_default(),
        p.article.path.clone(),
        p.article.date.to_string(),
        p.line.to_string(),
        p.column.to_string(),
        e.surface(0).to_string(),
        e.surface(1).to_string(),
        p.text.to_string(),
    ]
}

fn rows(items: &[Behind]) -> Rows {
    let heads: Vec<&'static str> = ["source", "relation", "target"].into_iter().chain(CITED).collect();
    let mut rows = Rows::new(&heads);
    for item in items {
        let mut row = vec![item.tie.source.id.clone(), item.tie.relation.clone(), item.tie.target.id.clone()];
        row.extend(cited(&item.evidence));
        rows.rows.push(row);
    }
    rows
}
