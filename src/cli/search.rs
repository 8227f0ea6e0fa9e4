//! `guanxi search`: entities by what one remembers of their names.

use super::Outcome;
use super::answer::{self, Asking, Form};
use super::options::kinds;
use super::table::Rows;
use crate::diagnostic::{Diagnostic, Error};
use crate::query::{Match, search};
use crate::schema::{EntityKind, KindSet};
use std::io::Write;

/// Entities by name: any spelling, the beginning or a part of it, pinyin or its initials, with slips of the finger
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi search 商湯
  guanxi search shangtang
  guanxi search stkj
  guanxi search Opneai --kind company")]
pub(super) struct Args {
    /// What the name is like
    text: String,
    /// Only entities of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kinds())]
    kind: Vec<String>,
    /// At most this many entities; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Form,
    #[command(flatten)]
    asking: Asking,
}

/// The kinds that the words name; all for no words.
pub(super) fn kind_set(words: &[String]) -> KindSet {
    match words.is_empty() {
        true => KindSet::ANY,
        false => words.iter().filter_map(|k| EntityKind::parse(k)).collect(),
    }
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let base = args.asking.open()?;
    let (found, more) = search(&base, &args.text, kind_set(&args.kind), args.limit)?;
    let rest = if more { format!("… the first {}; --limit 0 shows all", found.len()) } else { String::new() };
    if !found.is_empty() || args.format != Form::Table {
        answer::give(args.format, &args.asking, out, &found, &found, |_| rows(&found), ("", &rest))?;
    }
    if found.is_empty() {
        let d = Diagnostic::error("", format!("no entity has a name like `{}`", args.text));
        return Err(
            Error::new(d.hint("the built graph knows what articles mention; `guanxi build` makes it anew")).into()
        );
    }
    Ok(0)
}

fn rows(found: &[Match]) -> Rows {
    let mut rows = Rows::new(&["entity", "kind", "matched", "how", "articles", "key"]);
    for m in found {
        rows.rows.push(vec![
            m.entity.name.clone(),
            m.entity.kind.to_string(),
            m.matched.clone(),
            m.how.as_str().to_string(),
            m.articles.to_string(),
            m.entity.id.clone(),
        ]);
    }
    rows
}
