//! `guanxi explain`: an article with its mentions and claims, and why.

use super::Outcome;
use super::options::Knowing;
use super::pipeline::{self, Engine, Input};
use super::table::visible;
use crate::article::Article;
use crate::claim::{Claim, Explained, NearMiss};
use crate::dictionary::Dictionary;
use crate::export::document::how_word;
use crate::mention::{LocalEntity, Mention, Recognised, Refusal, Source};
use crate::schema::{EntityKind, Status};
use crate::span::Span;
use clap::ValueHint;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::iter::Peekable;
use std::path::PathBuf;

/// An article with each mention and claim marked, and why: which alias, which rule, what was refused
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  guanxi explain content/2025-06-24-sensetime-xu-bing.md

Mentions stand in [brackets]; on a terminal they are coloured by kind (company blue, person yellow, product
green, organization magenta). Under each sentence: `=` a mention and how it was recognised, `→` a claim and the
rule that made it, `×` a name or a rule's trigger that was refused and why. NO_COLOR=1 turns colours off.")]
pub(super) struct Args {
    /// The article
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// Show sentences without mentions too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    knowing: Knowing,
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let dictionary = args.knowing.load()?;
    let input = Input::list(std::slice::from_ref(&args.file), true)?;
    let engine = Engine::new(&dictionary, args.knowing.recognise(true));
    let color = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    let mut pages = [Vec::new()];
    let each = |pages: &mut Vec<String>, read: pipeline::Read<'_>| {
        let (found, said) = engine.explain(read.article);
        let page = Page { article: read.article, found: &found, said: &said, dictionary: &dictionary, color };
        pages.push(page.text(args.all));
    };
    let tally = pipeline::run(&input, &mut pages, each, |pages| {
        let taken = std::mem::take(&mut pages[0]);
        taken.iter().try_for_each(|page| out.write_all(page.as_bytes())).map_err(Into::into)
    })?;
    super::report(&tally.diagnostics);
    Ok((tally.articles == 0) as u8)
}

/// One article to show.
struct Page<'a> {
    article: &'a Article,
    found: &'a Recognised,
    said: &'a Explained,
    dictionary: &'a Dictionary,
    color: bool,
}

const DIM: &str = "2";

fn kind_color(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "1;34",
        EntityKind::Person => "1;33",
        EntityKind::Product => "1;32",
        EntityKind::Organization => "1;35",
    }
}

fn status_color(status: Status) -> &'static str {
    match status {
        Status::Asserted => "32",
        Status::Planned | Status::Rumored => "33",
        Status::Negated => "31",
        Status::Ended => "2",
    }
}

/// The next items for which `of` holds.
fn take<'a, T>(items: &mut Peekable<impl Iterator<Item = &'a T>>, of: impl Fn(&T) -> bool) -> Vec<&'a T> {
    std::iter::from_fn(|| items.next_if(|item| of(item))).collect()
}

impl Page<'_> {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.color { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_string() }
    }

    fn text(&self, all: bool) -> String {
        let a = self.article;
        let date = a.date.map(|d| format!("  {d}")).unwrap_or_default();
        let mut out = format!("{}{date}  {}\n", visible(&a.path), visible(&a.title));
        let at = |span: Span| a.text.sentence_at(span.start);
        let mut mentions = self.found.mentions.iter().peekable();
        let mut refusals: Vec<&Refusal> = self.found.refusals.iter().collect();
        refusals.sort_by_key(|r| r.span);
        let mut refusals = refusals.into_iter().peekable();
        let mut claims: Vec<&Claim> = self.said.claims.iter().collect();
        claims.sort_by_key(|c| c.sentence);
        let mut claims = claims.into_iter().peekable();
        let mut misses: Vec<&NearMiss> = self.said.misses.iter().collect();
        misses.sort_by_key(|m| m.span);
        let mut misses = misses.into_iter().peekable();
        for i in 0..a.text.sentences().len() {
            let found = take(&mut mentions, |m| m.sentence as usize <= i);
            let refused = take(&mut refusals, |r| at(r.span) <= i);
            let claimed = take(&mut claims, |c| c.sentence as usize <= i);
            let missed = take(&mut misses, |m| at(m.span) <= i);
            if found.is_empty() && refused.is_empty() && claimed.is_empty() && missed.is_empty() && !all {
                continue;
            }
            self.sentence(i, &found, &mut out);
            let mut shown: Vec<(u32, &str)> = Vec::new();
            for m in found {
                let words = a.slice(m.span);
                if !shown.contains(&(m.entity, words)) {
                    shown.push((m.entity, words));
                    self.mention(m, &mut out);
                }
            }
            claimed.iter().for_each(|c| self.claim(c, &mut out));
            for r in refused {
                let words = visible(a.slice(r.span));
                let _ =
                    writeln!(out, "      {} {words}: not {}, {}", self.paint("31", "×"), r.name, visible(&r.reason));
            }
            for m in missed {
                let words = visible(a.slice(m.span));
                let _ =
                    writeln!(out, "      {} {words}: rule {}, {}", self.paint("31", "×"), m.rule, visible(&m.reason));
            }
        }
        let (entities, mentions) = (self.found.entities.len(), self.found.mentions.len());
        let refused = self.found.refusals.len() + self.said.misses.len();
        let claims = self.said.claims.len();
        let _ = writeln!(out, "\n{mentions} mentions of {entities} entities, {claims} claims, {refused} refusals");
        out
    }

    fn sentence(&self, i: usize, mentions: &[&Mention], out: &mut String) {
        let a = self.article;
        let span = a.text.sentences()[i].span;
        let place = a.place(span.start);
        let _ = write!(out, "\n{} ", self.paint(DIM, &format!("{:>4}:{:<3}", place.line, place.column)));
        let mut at = span.start as usize;
        for m in mentions {
            let marked = format!("[{}]", visible(a.slice(m.span)));
            let kind = self.found.entities[m.entity as usize].kind;
            out.push_str(&visible(&a.text.as_str()[at..m.span.start as usize]));
            out.push_str(&self.paint(kind_color(kind), &marked));
            at = m.span.end as usize;
        }
        out.push_str(&visible(&a.text.as_str()[at.min(span.end as usize)..span.end as usize]));
        out.push('\n');
    }

    fn entity(&self, e: &LocalEntity) -> String {
        self.paint(kind_color(e.kind), &e.name)
    }

    fn mention(&self, m: &Mention, out: &mut String) {
        let e = &self.found.entities[m.entity as usize];
        let from = match e.source {
            Source::Listed(id) | Source::Version(id) => {
                let (file, place) = self.dictionary.place(id);
                format!(", {file}:{}", place.line)
            }
            Source::Own => ", given with the article".to_string(),
            Source::Unlisted => ", in no dictionary".to_string(),
        };
        let words = visible(self.article.slice(m.span));
        let why = self.paint(DIM, &format!("{}{from}", how_word(m.how)));
        let _ = writeln!(out, "      = {words}: {} {}  {why}", self.entity(e), e.kind);
    }

    fn claim(&self, c: &Claim, out: &mut String) {
        let end = |e: u32| self.entity(&self.found.entities[e as usize]);
        let relation = &self.dictionary.schema.get(c.relation).name;
        let status = self.paint(status_color(c.status), c.status.as_str());
        let _ = write!(out, "      → {} {relation} {}  {status}", end(c.subject), end(c.object));
        if let Some(when) = &c.when {
            let _ = write!(out, "  {}", when.0);
        }
        for (name, value) in c.attributes.entries() {
            let _ = write!(out, "  {name} {}", visible(value));
        }
        let why = format!("rule {}, confidence {:.2}: «{}»", c.rule, c.confidence, self.article.slice(c.evidence));
        let _ = writeln!(out, "  {}", self.paint(DIM, &visible(&why)));
    }
}
