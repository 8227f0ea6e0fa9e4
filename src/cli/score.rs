//! `guanxi score`: precision and recall against annotated articles.

use super::Outcome;
use super::options::{Knowing, Reading};
use super::pipeline::{self, Engine, Input};
use crate::export::document::{Document, document};
use crate::score::{self, Score, Tally};
use clap::ValueHint;
use serde_json::json;
use std::cmp::Reverse;
use std::io::{self, Write};
use std::path::PathBuf;

/// Precision and recall against annotated articles
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  guanxi score gold/ articles/ --per-relation --misses 20")]
pub(super) struct Args {
    /// Annotated articles, one JSON file each, `doc` naming the article
    #[arg(value_name = "GOLD_DIR", value_hint = ValueHint::DirPath)]
    gold: PathBuf,
    /// The articles themselves
    #[arg(value_name = "ARTICLES", required = true, value_hint = ValueHint::AnyPath)]
    articles: Vec<PathBuf>,
    /// Figures for each relation too
    #[arg(long)]
    per_relation: bool,
    /// List so many of the relations missed or wrong
    #[arg(long, value_name = "N", default_value_t = 0)]
    misses: usize,
    /// Print one JSON line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    knowing: Knowing,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let gold = score::read(&args.gold)?;
    let dictionary = args.knowing.load()?;
    let input = Input::list(&args.articles, args.reading.drafts)?;
    let engine = Engine::new(&dictionary, args.knowing.recognise(false));
    let wanted: std::collections::HashSet<&str> = gold.iter().map(|d| base(&d.doc)).collect();
    let mut documents: Vec<Vec<(u64, Document)>> = (0..args.reading.threads()).map(|_| Vec::new()).collect();
    let each = |documents: &mut Vec<(u64, Document)>, read: pipeline::Read<'_>| {
        if wanted.contains(base(&read.article.path)) {
            let (found, claims) = engine.understand(read.article);
            documents.push((read.place, document(read.article, &found, &claims, &dictionary)));
        }
    };
    let tally = pipeline::run(&input, &mut documents, each, |_| Ok(()))?;
    super::report(&tally.diagnostics);
    let mut documents: Vec<(u64, Document)> = documents.into_iter().flatten().collect();
    documents.sort_by_key(|(place, _)| *place);
    let documents: Vec<Document> = documents.into_iter().map(|(_, d)| d).collect();
    let score = score::score(&gold, &documents, &dictionary.schema);
    if args.json {
        line(&score, out)?
    } else {
        text(&args, &score, out)?
    }
    Ok(0)
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn ratio((part, whole): (usize, usize)) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn line(s: &Score, out: &mut dyn Write) -> io::Result<()> {
    let round = |x: f64| (x * 10_000.0).round() / 10_000.0;
    let figures = json!({
        "docs": s.documents,
        "entity_p": round(s.entities.precision()), "entity_r": round(s.entities.recall()),
        "entity_f1": round(s.entities.f1()), "type_accuracy": round(ratio(s.kinds)),
        "relation_p": round(s.relations.precision()), "relation_r": round(s.relations.recall()),
        "relation_f1": round(s.relations.f1()), "relation_r_of_linked": round(ratio((s.relations.hits, s.linked))),
        "status_accuracy": round(ratio(s.statuses)),
        "gold_entities": s.entities.gold, "gold_relations": s.relations.gold,
    });
    writeln!(out, "{figures}")
}

fn text(args: &Args, s: &Score, out: &mut dyn Write) -> io::Result<()> {
    let prf = |t: &Tally| format!("P {:.3}  R {:.3}  F1 {:.3}", t.precision(), t.recall(), t.f1());
    writeln!(out, "{} articles, {} entities, {} relations in gold", s.documents, s.entities.gold, s.relations.gold)?;
    let mut kinds: Vec<_> = s.by_kind.iter().collect();
    kinds.sort_by_key(|(kind, _)| kind.as_str());
    let kinds: Vec<String> = kinds.iter().map(|(kind, t)| format!("{kind} R {:.2}", t.recall())).collect();
    writeln!(out, "entities   {}   type right {:.3}   {}", prf(&s.entities), ratio(s.kinds), kinds.join("  "))?;
    write!(out, "relations  {}   status right {:.3}", prf(&s.relations), ratio(s.statuses))?;
    writeln!(out, "   R where both ends were found {:.3}", ratio((s.relations.hits, s.linked)))?;
    if args.per_relation {
        let mut relations: Vec<_> = s.by_relation.iter().collect();
        relations.sort_by_key(|(_, t)| Reverse(t.gold));
        for (name, t) in relations {
            write!(out, "  {name:14} gold {:4} pred {:4}  P {:.2}", t.gold, t.predicted, t.precision())?;
            writeln!(out, " R {:.2} F1 {:.2}", t.recall(), t.f1())?;
        }
    }
    for m in s.misses.iter().take(args.misses) {
        let (s, r, o) = &m.relation;
        writeln!(out, "{}\t{}\t{s}\t{r}\t{o}\t{}", if m.missed { "missed" } else { "wrong" }, m.doc, m.evidence)?;
    }
    Ok(())
}
