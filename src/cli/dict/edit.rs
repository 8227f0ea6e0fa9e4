//! `guanxi dict add` and `guanxi dict alias`: quick edits that keep comments, order and style.

use crate::cli::options::{DICTIONARIES, Knowing, kinds};
use crate::cli::{Outcome, Stop};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::dictionary::edit::{self, Edit, NewAlias, NewEntry};
use crate::dictionary::{Opened, Sources, open};
use crate::schema::EntityKind;
use clap::ValueHint;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Add an entry, at its place in its file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi dict add 无问芯穹 --kind company --alias Infinigence --file cn-ai
  guanxi dict add 夏立雪 --kind person --affiliation 无问芯穹 --dry-run")]
pub(super) struct AddArgs {
    /// Canonical name, as news writes it
    name: String,
    /// What it is
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    kind: String,
    /// Another name (may be repeated)
    #[arg(long, value_name = "NAME")]
    alias: Vec<String>,
    /// The file to add it to, such as cn-ai or companies/cn-ai.yaml; added.yaml in the kind's folder if left out
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<String>,
    /// Owner of a company or organization
    #[arg(long, value_name = "NAME")]
    parent: Option<String>,
    /// House of a person
    #[arg(long, value_name = "NAME")]
    affiliation: Option<String>,
    /// Company behind a product
    #[arg(long, value_name = "NAME")]
    maker: Option<String>,
    /// EXCHANGE:CODE
    #[arg(long, value_name = "TICKER")]
    ticker: Option<String>,
    #[command(flatten)]
    how: How,
}

/// Add a name to an entity
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi dict alias 商汤科技 SenseTime集团
  guanxi dict alias 小米集团 小米 --not-in 小米粥,小米辣
  guanxi dict alias person/黄仁勋 老黄 --weak --dry-run")]
pub(super) struct AliasArgs {
    /// The entity: any name that only it has, or its key
    entity: String,
    /// The name to add
    alias: String,
    /// Longer phrases in which it is something else
    #[arg(long, value_name = "PHRASE", value_delimiter = ',')]
    not_in: Vec<String>,
    /// Count it only in articles with one of these words
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    needs: Vec<String>,
    /// Count it only beside a sure name of the entity
    #[arg(long)]
    weak: bool,
    /// Another entity has the name too and is usually meant
    #[arg(long)]
    rare: bool,
    /// Whether capitals matter
    #[arg(long, value_name = "RULE", value_parser = ["exact", "any"])]
    case: Option<String>,
    #[command(flatten)]
    how: How,
}

#[derive(Debug, clap::Args)]
struct How {
    /// Show the change and do not make it
    #[arg(long)]
    dry_run: bool,
    /// Make it in spite of warnings
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    knowing: Knowing,
}

pub(super) fn add(args: AddArgs, out: &mut dyn Write) -> Outcome {
    let sources = args.how.knowing.sources_to_edit()?;
    let kind = EntityKind::parse(&args.kind).expect("clap lets only kinds through");
    let fields =
        [("ticker", args.ticker), ("parent", args.parent), ("affiliation", args.affiliation), ("maker", args.maker)];
    let entry = NewEntry {
        name: args.name.trim().to_string(),
        aliases: args.alias.iter().map(|a| NewAlias::plain(a.trim())).collect(),
        fields: fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect(),
    };
    let root = sources.paths.iter().find(|p| p.is_dir()).cloned().unwrap_or_else(|| PathBuf::from(DICTIONARIES));
    let edit = edit::add(&root, kind, &entry, args.file.as_deref())?;
    let sources = with(sources, &edit.path);
    let opened = open(&sources, None);
    finish(&sources, &opened, &edit, &args.how, out)
}

pub(super) fn alias(args: AliasArgs, out: &mut dyn Write) -> Outcome {
    let sources = args.how.knowing.sources_to_edit()?;
    let opened = open(&sources, None);
    let alias = NewAlias {
        text: args.alias.trim().to_string(),
        not_in: args.not_in,
        needs: args.needs,
        weak: args.weak,
        rare: args.rare,
        case: args.case,
    };
    let edit = edit::alias(&opened, &args.entity, &alias)?;
    finish(&sources, &opened, &edit, &args.how, out)
}

/// The sources, with a file that is to be edited and not among them.
fn with(mut sources: Sources, path: &Path) -> Sources {
    if path.is_file() && !sources.paths.iter().any(|p| path.starts_with(p)) {
        sources.paths.push(path.to_path_buf());
    }
    sources
}

/// Refuses what `dict check` would find fault with, shows or makes the rest.
fn finish(sources: &Sources, opened: &Opened, edit: &Edit, how: &How, out: &mut dyn Write) -> Outcome {
    let found = edit::consequences(sources, opened, edit);
    let refused = found.iter().any(|f| f.diagnostic.severity == Severity::Error || !how.force);
    if how.dry_run {
        write!(out, "{}", edit.diff())?;
    }
    if refused && !found.is_empty() {
        let mut diagnostics: Vec<Diagnostic> = found.into_iter().map(|f| f.diagnostic).collect();
        let worst = diagnostics.iter().any(|d| d.severity == Severity::Error);
        let file = edit.path.to_string_lossy().replace('\\', "/");
        let last = Diagnostic::error(file, "not changed, for the reasons above");
        diagnostics.push(if worst { last } else { last.hint("--force makes the change in spite of warnings") });
        return Err(Stop::Fault(Error { diagnostics, exit_code: 1 }));
    }
    if !how.dry_run {
        edit.write().map_err(|e| {
            let file = edit.path.to_string_lossy().replace('\\', "/");
            Error::new(Diagnostic::error(file, format!("cannot write: {e}")).hint("check its permissions"))
        })?;
        write!(out, "{}", edit.diff())?;
    }
    Ok(0)
}
