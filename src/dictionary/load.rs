//! Finding and reading the dictionary's files: YAML by hand, CSV and plain lists for bulk.

use super::entry::{CaseWord, RawEntry, parse};
use super::index::{Case, NameIndex, NewName, Prepared};
use super::lexicon::{self, Words};
use super::relations::RawRelation;
use super::shipped::{FILES, SHIPPED};
use super::{Condition, Dictionary, Entity, EntityId, Facts};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::schema::EntityKind;
use rustc_hash::{FxHashMap, FxHasher};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

/// Where a dictionary is read from.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Folders (laid out like `dictionaries/`) and files (YAML, CSV, TXT), read in this order;
    /// [`SHIPPED`](super::shipped::SHIPPED) is the dictionary inside the program.
    pub paths: Vec<PathBuf>,
}

/// One file before it is understood.
#[derive(Debug)]
struct RawFile {
    name: String,
    path: PathBuf,
    role: Role,
    source: Cow<'static, str>,
}

impl RawFile {
    fn stem(&self) -> &str {
        self.path.file_stem().and_then(|s| s.to_str()).unwrap_or_default()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Entries(Option<EntityKind>),
    Bulk(Option<EntityKind>),
    Names(Option<EntityKind>),
    Blocks,
    Lexicon,
    Relations,
}

/// A YAML file of entries: a list, or a map with `include` and `entries`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WithIncludes {
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    entries: Vec<RawEntry>,
}

enum Parsed {
    Entries(Vec<RawEntry>),
    Blocks(Vec<String>),
    Bulk(Vec<BulkRow>),
    Words(Words),
    Relation(Box<RawRelation>),
}

struct BulkRow {
    name: String,
    kind: EntityKind,
    aliases: Vec<String>,
    ticker: Option<String>,
    line: u32,
}

fn kind_of_folder(folder: &str) -> Option<EntityKind> {
    match folder {
        "companies" => Some(EntityKind::Company),
        "people" => Some(EntityKind::Person),
        "products" => Some(EntityKind::Product),
        "organizations" => Some(EntityKind::Organization),
        _ => None,
    }
}

fn role_of(path: &Path) -> Option<Role> {
    let extension = path.extension()?.to_str()?;
    let stem = path.file_stem()?.to_str()?;
    let folders: Vec<&str> = path.parent().into_iter().flatten().filter_map(|c| c.to_str()).collect();
    let kind = folders.iter().rev().find_map(|f| kind_of_folder(f));
    let inside = folders.last().copied().unwrap_or_default();
    Some(match (inside, extension) {
        ("lexicon", "txt" | "yaml" | "yml") => Role::Lexicon,
        ("relations", "yaml" | "yml") => Role::Relations,
        (_, "yaml" | "yml") if stem == "blocks" => Role::Blocks,
        (_, "yaml" | "yml") => Role::Entries(kind),
        (_, "csv") => Role::Bulk(kind),
        (_, "txt") => Role::Names(kind),
        _ => return None,
    })
}

fn hint_for(e: &std::io::Error) -> &'static str {
    match e.kind() {
        std::io::ErrorKind::NotFound => "check the path; `guanxi dict check` lists what is read",
        std::io::ErrorKind::PermissionDenied => "make the file readable",
        _ => "the file must be UTF-8 text",
    }
}

/// Lists the files of the sources, folders' files in byte order of their paths. A folder's `bulk/` is opt-in.
fn list(sources: &Sources, errors: &mut Vec<Diagnostic>) -> Vec<RawFile> {
    let mut found = Vec::new();
    let mut shipped = Vec::new();
    for root in &sources.paths {
        if root == Path::new(SHIPPED) {
            shipped = FILES
                .iter()
                .filter_map(|&(name, text)| {
                    let (name, path) = (name.to_string(), PathBuf::from(name));
                    role_of(&path).map(|role| RawFile { name, path, role, source: Cow::Borrowed(text) })
                })
                .collect();
            continue;
        }
        let shown = root.to_string_lossy().replace('\\', "/");
        let meta = match std::fs::metadata(root) {
            Ok(m) => m,
            Err(e) => {
                errors.push(Diagnostic::error(shown, format!("cannot read the dictionary: {e}")).hint(hint_for(&e)));
                continue;
            }
        };
        if meta.is_file() {
            match role_of(root) {
                Some(role) => found.push((shown, root.clone(), role)),
                None => errors.push(
                    Diagnostic::error(shown, "not a dictionary file")
                        .hint("dictionaries are .yaml, .csv or .txt files"),
                ),
            }
            continue;
        }
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(root).follow_links(true) {
            match entry {
                Ok(e) if e.file_type().is_file() => {
                    let relative = e.path().strip_prefix(root).unwrap_or(e.path());
                    if !relative.starts_with("bulk")
                        && let Some(role) = role_of(e.path())
                    {
                        files.push((e.path().to_string_lossy().replace('\\', "/"), e.path().to_path_buf(), role));
                    }
                }
                Ok(_) => {}
                Err(e) => errors.push(
                    Diagnostic::error(shown.clone(), format!("cannot read the dictionary folder: {e}"))
                        .hint("check its permissions and links"),
                ),
            }
        }
        files.sort_by(|a, b| a.0.cmp(&b.0));
        found.extend(files);
    }
    let mut out = shipped;
    for (name, path, role) in found {
        match read_text(&path) {
            Ok(source) => out.push(RawFile { name, path, role, source: Cow::Owned(source) }),
            Err(e) => errors.push(Diagnostic::error(name, format!("cannot read: {e}")).hint(hint_for(&e))),
        }
    }
    out
}

/// A file's text without a byte order mark.
fn read_text(path: &Path) -> std::io::Result<String> {
    let bytes = std::fs::read(path)?;
    let bytes = if bytes.starts_with("\u{feff}".as_bytes()) { bytes["\u{feff}".len()..].to_vec() } else { bytes };
    match simdutf8::basic::from_utf8(&bytes) {
        // checked a moment ago, but there is no safe way to say so that costs nothing
        Ok(text) => Ok(text.to_owned()),
        Err(_) => std::fs::read_to_string(path),
    }
}

fn parse_file(file: &RawFile) -> Result<Parsed, Vec<Diagnostic>> {
    match file.role {
        Role::Entries(_) => {
            if file.source.trim().is_empty() {
                return Ok(Parsed::Entries(Vec::new()));
            }
            let mapped = file
                .source
                .lines()
                .find(|l| !l.trim().is_empty() && !l.starts_with('#') && !l.starts_with("---"))
                .is_some_and(|l| l.starts_with("include:") || l.starts_with("entries:"));
            let entries = if mapped {
                parse::<WithIncludes>(&file.name, &file.source).map(|w| w.entries)
            } else {
                parse::<Vec<RawEntry>>(&file.name, &file.source)
            };
            entries.map(Parsed::Entries).map_err(|d| vec![d])
        }
        Role::Blocks => parse::<Vec<String>>(&file.name, &file.source).map(Parsed::Blocks).map_err(|d| vec![d]),
        Role::Bulk(kind) => bulk_csv(file, kind),
        Role::Names(kind) => Ok(Parsed::Bulk(
            file.source
                .lines()
                .enumerate()
                .map(|(i, l)| (i, l.trim()))
                .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
                .map(|(i, l)| BulkRow {
                    name: l.to_string(),
                    kind: kind.unwrap_or(EntityKind::Company),
                    aliases: Vec::new(),
                    ticker: None,
                    line: i as u32 + 1,
                })
                .collect(),
        )),
        Role::Lexicon => lexicon::read(&file.name, file.stem(), &file.source).map(Parsed::Words).map_err(|d| vec![d]),
        Role::Relations => parse(&file.name, &file.source).map(|r| Parsed::Relation(Box::new(r))).map_err(|d| vec![d]),
    }
}

fn bulk_csv(file: &RawFile, default: Option<EntityKind>) -> Result<Parsed, Vec<Diagnostic>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file.source.as_bytes());
    let located = |e: csv::Error| {
        let line = e.position().map_or(1, |p| p.line() as u32);
        vec![
            Diagnostic::error(&*file.name, format!("not readable as CSV: {e}"))
                .at(line, 1)
                .hint("quote fields that hold commas, quotes or line ends; double a quote inside quotes"),
        ]
    };
    let header = reader.headers().map_err(located)?.clone();
    let column = |name: &str| header.iter().position(|h| h.trim() == name);
    let known = ["name", "kind", "aliases", "ticker"];
    let Some(name) = column("name") else {
        return Err(vec![
            Diagnostic::error(&*file.name, "the header has no column `name`")
                .at(1, 1)
                .snippet(file.source.lines().next().unwrap_or_default())
                .hint("the first line must name the columns: name, and any of kind, aliases, ticker"),
        ]);
    };
    let mut errors = Vec::new();
    for h in header.iter().map(str::trim).filter(|h| !known.contains(h)) {
        errors.push(
            Diagnostic::error(&*file.name, format!("unknown column `{h}`"))
                .at(1, 1)
                .hint("columns are name, kind, aliases (separated by |), ticker"),
        );
    }
    let (kind, aliases, ticker) = (column("kind"), column("aliases"), column("ticker"));
    // most lines are a row: a list that grew would be copied again and again
    let mut rows = Vec::with_capacity(memchr::memchr_iter(b'\n', file.source.as_bytes()).count());
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let line = record.position().map_or(0, |p| p.line() as u32);
                let get = |c: Option<usize>| c.and_then(|c| record.get(c)).map(str::trim).filter(|v| !v.is_empty());
                let row_kind = match get(kind) {
                    None => default.unwrap_or(EntityKind::Company),
                    Some(word) => match EntityKind::parse(word) {
                        Some(k) => k,
                        None => {
                            errors.push(
                                Diagnostic::error(&*file.name, format!("unknown kind `{word}`"))
                                    .at(line, 1)
                                    .hint("kinds are company, person, product, organization"),
                            );
                            continue;
                        }
                    },
                };
                match get(Some(name)) {
                    None => errors.push(
                        Diagnostic::error(&*file.name, "the name is empty")
                            .at(line, 1)
                            .hint("give a name or remove the line"),
                    ),
                    Some(n) => rows.push(BulkRow {
                        name: n.to_string(),
                        kind: row_kind,
                        aliases: get(aliases)
                            .map(|a| a.split('|').map(|a| a.trim().to_string()).filter(|a| !a.is_empty()).collect())
                            .unwrap_or_default(),
                        ticker: get(ticker).map(str::to_string),
                        line,
                    }),
                }
            }
            Err(e) => {
                errors.extend(located(e));
                break;
            }
        }
    }
    if errors.is_empty() { Ok(Parsed::Bulk(rows)) } else { Err(errors) }
}

fn has_includes(source: &str) -> bool {
    source.starts_with("include:") || memchr::memmem::find(source.as_bytes(), b"\ninclude:").is_some()
}

/// Follows the `include` lists of entry files.
fn includes(files: &mut Vec<RawFile>, errors: &mut Vec<Diagnostic>) {
    let mut at = 0;
    let mut parents: FxHashMap<PathBuf, Vec<PathBuf>> = FxHashMap::default();
    let mut seen: BTreeSet<PathBuf> = files.iter().map(|f| f.path.clone()).collect();
    while at < files.len() {
        let file = &files[at];
        at += 1;
        if !matches!(file.role, Role::Entries(_)) || !has_includes(&file.source) {
            continue;
        }
        let Ok(with) = parse::<WithIncludes>(&file.name, &file.source) else { continue };
        let line = file.source.lines().position(|l| l.starts_with("include:")).unwrap_or(0) as u32 + 1;
        let (name, path) = (file.name.clone(), file.path.clone());
        let chain: Vec<PathBuf> =
            parents.get(&path).cloned().unwrap_or_default().into_iter().chain([path.clone()]).collect();
        let role = file.role;
        for target in with.include {
            let to = path.parent().unwrap_or(Path::new("")).join(&target);
            let real = to.canonicalize().unwrap_or_else(|_| to.clone());
            if chain.iter().any(|p| p.canonicalize().is_ok_and(|p| p == real)) {
                errors.push(
                    Diagnostic::error(&*name, format!("`{target}` includes itself in a circle"))
                        .at(line, 1)
                        .hint("remove one of the includes"),
                );
                continue;
            }
            if seen.iter().any(|p| p.canonicalize().is_ok_and(|p| p == real)) {
                continue;
            }
            match std::fs::read_to_string(&to) {
                Ok(source) => {
                    seen.insert(to.clone());
                    parents.insert(to.clone(), chain.clone());
                    let role = match role_of(&to) {
                        Some(Role::Entries(None)) => role,
                        Some(r) => r,
                        None => {
                            errors.push(
                                Diagnostic::error(&*name, format!("`{target}` is not a dictionary file"))
                                    .at(line, 1)
                                    .hint("dictionaries are .yaml, .csv or .txt files"),
                            );
                            continue;
                        }
                    };
                    let name = to.to_string_lossy().replace('\\', "/");
                    files.push(RawFile { name, path: to, role, source: Cow::Owned(source) });
                }
                Err(e) => errors.push(
                    Diagnostic::error(&*name, format!("cannot include `{target}`: {e}"))
                        .at(line, 1)
                        .hint("the path is relative to this file"),
                ),
            }
        }
    }
}

/// Reads and checks a dictionary.
///
/// # Errors
/// Every fault of every file, with file, line and hint; exit code 2.
pub fn load(sources: &Sources) -> Result<(Dictionary, Vec<Diagnostic>), Error> {
    gather(sources).load()
}

/// The files of a dictionary with what they include, read and not yet understood.
#[derive(Debug)]
pub struct Gathered {
    files: Vec<RawFile>,
    /// What is wrong with finding them.
    errors: Vec<Diagnostic>,
}

/// Reads the files of the sources.
pub fn gather(sources: &Sources) -> Gathered {
    gather_with(sources, None)
}

impl Gathered {
    /// The [digest](Dictionary::digest) that the dictionary has; `None` when not all of its files could be read.
    pub fn digest(&self) -> Option<u64> {
        self.errors.is_empty().then(|| digest_of(&self.files))
    }

    /// Understands and checks the files.
    ///
    /// # Errors
    /// Those of [`load()`].
    pub fn load(self) -> Result<(Dictionary, Vec<Diagnostic>), Error> {
        let Opened { mut dictionary, faults, .. } = understand(self);
        let (errors, warnings): (Vec<_>, Vec<_>) = faults.into_iter().partition(|d| d.severity == Severity::Error);
        dictionary.warned = !warnings.is_empty();
        if errors.is_empty() { Ok((dictionary, warnings)) } else { Err(Error { diagnostics: errors, exit_code: 2 }) }
    }
}

/// A dictionary as far as it can be read, with its faults and sources: what the workbench looks at.
#[derive(Debug, Default)]
pub struct Opened {
    /// All that could be read.
    pub dictionary: Dictionary,
    /// The text of each of [`Dictionary::files`].
    pub sources: Vec<String>,
    /// Whether each of [`Dictionary::files`] holds entries written by hand.
    pub by_hand: Vec<bool>,
    /// Every fault.
    pub faults: Vec<Diagnostic>,
}

/// Reads a dictionary and keeps what is needed to check and edit it. `instead` is a file, there already or not,
/// and the text to take for it.
pub fn open(sources: &Sources, instead: Option<(&Path, &str)>) -> Opened {
    understand(gather_with(sources, instead))
}

fn understand(Gathered { files, mut errors }: Gathered) -> Opened {
    let digest = digest_of(&files);
    let parsed: Vec<Result<Parsed, Vec<Diagnostic>>> = {
        use rayon::prelude::*;
        files.par_iter().map(parse_file).collect()
    };
    let mut builder = Builder::new(parsed.iter().map(|p| match p {
        Ok(Parsed::Entries(e)) => e.len() * 4,
        Ok(Parsed::Bulk(b)) => b.len() + b.iter().map(|r| r.aliases.len()).sum::<usize>(),
        _ => 200,
    }));
    let mut relations = Vec::new();
    let mut bulk = Vec::new();
    for (i, (file, parsed)) in files.iter().zip(parsed).enumerate() {
        builder.dictionary.files.push(file.name.clone());
        match parsed {
            Ok(Parsed::Entries(entries)) => {
                let Role::Entries(kind) = file.role else { continue };
                for entry in entries {
                    builder.entry(file, i as u16, kind, entry);
                }
            }
            Ok(Parsed::Blocks(phrases)) => phrases.iter().for_each(|p| builder.block(p)),
            Ok(Parsed::Bulk(rows)) => bulk.push((i as u16, rows)),
            Ok(Parsed::Relation(raw)) => relations.push((file.name.as_str(), &*file.source, *raw)),
            Ok(Parsed::Words(words)) => builder.dictionary.lexicon.take(file.stem(), words),
            Err(ds) => match file.role {
                Role::Entries(kind) => {
                    let (entries, faults) = entry_by_entry(file, ds);
                    entries.into_iter().for_each(|e| builder.entry(file, i as u16, kind, e));
                    errors.extend(faults);
                }
                _ => errors.extend(ds),
            },
        }
    }
    for (i, rows) in bulk {
        builder.bulk(i, rows);
    }
    let (mut dictionary, mut more) = builder.finish();
    errors.append(&mut more);
    match super::relations::gather(relations) {
        Ok((schema, rules)) => {
            dictionary.schema = schema;
            dictionary.rules = rules;
        }
        Err(ds) => errors.extend(ds),
    }
    dictionary.digest = digest;
    let by_hand = files.iter().map(|f| matches!(f.role, Role::Entries(_))).collect();
    let sources = files.into_iter().map(|f| f.source.into_owned()).collect();
    Opened { dictionary, sources, by_hand, faults: errors }
}

fn gather_with(sources: &Sources, instead: Option<(&Path, &str)>) -> Gathered {
    let mut errors = Vec::new();
    let mut files = list(sources, &mut errors);
    if let Some((path, source)) = instead {
        match files.iter_mut().find(|f| f.path == path) {
            Some(file) => file.source = Cow::Owned(source.to_string()),
            None => {
                let (name, role) = (path.to_string_lossy().replace('\\', "/"), role_of(path));
                let source = Cow::Owned(source.to_string());
                files.extend(role.map(|role| RawFile { name, path: path.to_path_buf(), role, source }));
            }
        }
    }
    includes(&mut files, &mut errors);
    Gathered { files, errors }
}

fn digest_of(files: &[RawFile]) -> u64 {
    let mut hasher = FxHasher::default();
    for f in files {
        hasher.write(f.name.as_bytes());
        hasher.write(f.source.as_bytes());
    }
    hasher.finish()
}

/// The entries of a faulty list that can be read, and the fault of each other one; the YAML reader stops at the
/// first fault, so each entry is read alone, at its own place.
fn entry_by_entry(file: &RawFile, faults: Vec<Diagnostic>) -> (Vec<RawEntry>, Vec<Diagnostic>) {
    let lines: Vec<&str> = file.source.lines().collect();
    let starts: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].starts_with("- ")).collect();
    let (mut entries, mut found) = (Vec::new(), Vec::new());
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(lines.len());
        let alone = format!("{}{}\n", "\n".repeat(start), lines[start..end].join("\n"));
        match parse::<Vec<RawEntry>>(&file.name, &alone) {
            Ok(read) => entries.extend(read),
            Err(fault) => found.push(fault),
        }
    }
    (entries, if found.is_empty() { faults } else { found })
}

struct Builder {
    dictionary: Dictionary,
    keys: FxHashMap<(EntityKind, String), EntityId>,
    errors: Vec<Diagnostic>,
}

impl Builder {
    fn new(sizes: impl Iterator<Item = usize>) -> Builder {
        let index = NameIndex::with_capacity(sizes.sum());
        let dictionary = Dictionary { index, ..Dictionary::default() };
        Builder { dictionary, keys: FxHashMap::default(), errors: Vec::new() }
    }

    fn entry(&mut self, file: &RawFile, file_id: u16, kind: Option<EntityKind>, raw: RawEntry) {
        let (line, column) = (raw.name.referenced.line() as u32, raw.name.referenced.column() as u32);
        let snippet = |n: u32| file.source.lines().nth(n.saturating_sub(1) as usize).unwrap_or_default().trim_end();
        let fault = |message: String, hint: &str| {
            Diagnostic::error(&*file.name, message).at(line, column).snippet(snippet(line)).hint(hint)
        };
        let name = raw.name.value.trim().to_string();
        if name.is_empty() {
            self.errors.push(fault("the name is empty".into(), "give the entry a name"));
            return;
        }
        let kind = match (kind, raw.kind.as_deref().map(|k| (k, EntityKind::parse(k)))) {
            (_, Some((_, Some(k)))) => k,
            (_, Some((word, None))) => {
                self.errors
                    .push(fault(format!("unknown kind `{word}`"), "kinds are company, person, product, organization"));
                return;
            }
            (Some(k), None) => k,
            (None, None) => {
                self.errors.push(fault(
                    format!("`{name}` has no kind"),
                    "add `kind: company` (person, product, organization), or put the file into companies/, people/, products/ or organizations/",
                ));
                return;
            }
        };
        if let Some(&first) = self.keys.get(&(kind, name.clone())) {
            let (f, p) = self.dictionary.place(first);
            let message = format!("`{name}` is listed twice: first in {f}:{}", p.line);
            self.errors.push(fault(
                message,
                "merge the two entries; for namesakes add a distinction to one name, such as `李飞飞（阿里云）`",
            ));
            return;
        }
        let id = EntityId(self.dictionary.entities.len() as u32);
        self.keys.insert((kind, name.clone()), id);
        let facts = Facts {
            id: raw.id,
            aliases: raw.aliases.iter().map(|a| a.text.trim().to_string()).collect(),
            tickers: raw.ticker.0,
            wikidata: raw.wikidata,
            site: raw.site,
            note: raw.note,
            parent: raw.parent,
            affiliation: raw.affiliation.0,
            maker: raw.maker,
            versions: raw.versions.on,
            version_words: raw.versions.words,
            not_bare: raw.bare == Some(false),
        };
        let family = facts.versions;
        let not_bare = facts.not_bare;
        let mut own_condition = false;
        for alias in &raw.aliases {
            let text = alias.text.trim();
            if super::fold::is_blank(text) {
                self.errors.push(fault(
                    format!("`{name}` has an alias that is empty or only blanks"),
                    "remove the alias or write it out",
                ));
                continue;
            }
            own_condition |= text == name;
            let conditional = alias.weak
                || alias.rare
                || !alias.needs.is_empty()
                || !alias.not_in.is_empty()
                || alias.former.is_some();
            let condition = if conditional {
                self.dictionary.conditions.push(Condition {
                    not_in: alias.not_in.clone(),
                    needs: alias.needs.clone(),
                    weak: alias.weak,
                    rare: alias.rare,
                    former: alias.former.clone(),
                });
                self.dictionary.conditions.len() as u32
            } else {
                0
            };
            let case = alias.case.map(|c| match c {
                CaseWord::Exact => Case::Exact,
                CaseWord::Any => Case::Any,
            });
            let new = NewName { text, entity: Some(id), case, condition, family, not_bare };
            if self.dictionary.index.add(new, false).is_none() {
                self.errors.push(fault(
                    format!("the alias `{text}` of `{name}` is a single character"),
                    "a name has two characters at least, or is a Latin letter",
                ));
            }
        }
        if !own_condition {
            let new = NewName { text: &name, entity: Some(id), case: None, condition: 0, family, not_bare };
            if self.dictionary.index.add(new, false).is_none() {
                self.errors.push(fault(
                    format!("the name `{name}` is a single character"),
                    "a name has two characters at least, or is a Latin letter",
                ));
            }
        }
        let facts = (facts != Facts::default()).then(|| Box::new(facts));
        self.dictionary.entities.push(Entity { kind, name: name.into(), facts, file: file_id, line });
    }

    fn block(&mut self, phrase: &str) {
        let new = NewName { text: phrase, entity: None, case: None, condition: 0, family: false, not_bare: false };
        self.dictionary.index.add(new, false);
    }

    /// The rows of a list: one is left out when a hand-written entry or an earlier row has its name, or when that is a
    /// common word.
    fn bulk(&mut self, file: u16, rows: Vec<BulkRow>) {
        use rayon::prelude::*;
        const AT_ONCE: usize = 2048;
        let lexicon = &self.dictionary.lexicon;
        let prepare = |rows: &[BulkRow]| -> (Prepared, Vec<bool>) {
            let names = || rows.iter().map(|r| &*r.name);
            (Prepared::of(names()), names().map(|name| lexicon.is_common(name)).collect())
        };
        let prepared: Vec<(Prepared, Vec<bool>)> = rows.par_chunks(AT_ONCE).map(prepare).collect();
        let Dictionary { index, entities, lexicon, left_out, .. } = &mut self.dictionary;
        entities.reserve(rows.len());
        let mut rows = rows.into_iter();
        for (names, common) in prepared {
            for (number, row) in rows.by_ref().take(common.len()).enumerate() {
                let entity = Some(EntityId(entities.len() as u32));
                let text = &*row.name;
                let new = NewName { text, entity, case: None, condition: 0, family: false, not_bare: false };
                if common[number] || index.add_prepared(&new, &names, number, true).is_none() {
                    *left_out += 1;
                    continue;
                }
                for alias in row.aliases.iter().filter(|alias| !lexicon.is_common(alias)) {
                    index.add(NewName { text: alias, ..new }, true);
                }
                let facts = (!row.aliases.is_empty() || row.ticker.is_some()).then(|| {
                    Box::new(Facts {
                        aliases: row.aliases,
                        tickers: row.ticker.into_iter().collect(),
                        ..Facts::default()
                    })
                });
                entities.push(Entity { kind: row.kind, name: row.name.into(), facts, file, line: row.line });
            }
        }
    }

    fn finish(self) -> (Dictionary, Vec<Diagnostic>) {
        (self.dictionary, self.errors)
    }
}
