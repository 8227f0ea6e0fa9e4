//! `dict add` and `dict alias`: edits of a YAML file of entries that leave every other byte as it is. It owns
//! how entries are written; whether an edit is sound is the check's to say.

use super::check::{self, Finding};
use super::load::{Opened, Sources, open};
use super::{EntityId, fold};
use crate::diagnostic::{Diagnostic, Error, Severity};
use crate::schema::EntityKind;
use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A name with its conditions.
#[derive(Clone, Debug, Default)]
pub struct NewAlias {
    /// The name.
    pub text: String,
    /// See [`Condition`](super::Condition).
    pub not_in: Vec<String>,
    /// See [`Condition`](super::Condition).
    pub needs: Vec<String>,
    /// See [`Condition`](super::Condition).
    pub weak: bool,
    /// See [`Condition`](super::Condition).
    pub rare: bool,
    /// `exact` or `any`.
    pub case: Option<String>,
}

/// An entry to add.
#[derive(Clone, Debug, Default)]
pub struct NewEntry {
    /// Canonical name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<NewAlias>,
    /// Further fields, such as `parent`, in the order in which they are written.
    pub fields: Vec<(&'static str, String)>,
}

/// A change of one file, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file; it may not be there yet.
    pub path: PathBuf,
    /// Its text now.
    pub before: String,
    /// Its text then.
    pub after: String,
}

/// The folder of a kind's entries.
pub fn folder(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Company => "companies",
        EntityKind::Person => "people",
        EntityKind::Product => "products",
        EntityKind::Organization => "organizations",
    }
}

/// Adds an entry of a kind to the dictionary folder `root`, at its place by code points. `file` is a path, or the
/// name of a file in the kind's folder with or without `.yaml`; without it, entries gather in `added.yaml`.
///
/// # Errors
/// When the file cannot be read, or lies in the folder of another kind.
pub fn add(root: &Path, kind: EntityKind, entry: &NewEntry, file: Option<&str>) -> Result<Edit, Error> {
    let path = match file {
        None => root.join(folder(kind)).join("added.yaml"),
        Some(file) => {
            let named =
                if file.ends_with(".yaml") || file.ends_with(".yml") { file.into() } else { format!("{file}.yaml") };
            let places = [PathBuf::from(&named), root.join(&named), root.join(folder(kind)).join(&named)];
            let there = places.iter().find(|p| p.is_file()).cloned();
            there
                .unwrap_or_else(|| if named.contains('/') { named.into() } else { root.join(folder(kind)).join(named) })
        }
    };
    let shown = path.to_string_lossy().replace('\\', "/");
    let other =
        EntityKind::ALL.into_iter().filter(|k| *k != kind).find(|k| shown.contains(&format!("/{}/", folder(*k))));
    if let Some(other) = other {
        let d = Diagnostic::error(&*shown, format!("the file holds entries of kind {other}, not {kind}"));
        return Err(Error::usage(d.hint(format!("choose a file in {}/", folder(kind)))));
    }
    let before = read(&path)?;
    let (lines, newline) = split(&before);
    let entries = entries(&lines);
    let at = match entries.iter().find(|e| e.name.as_str() > entry.name.as_str()) {
        Some(next) => next.lines.start,
        None => entries.last().map_or(lines.len(), |last| last.lines.end),
    };
    let indent = entries.first().map_or(0, |e| e.indent);
    let mut out: Vec<String> = lines.iter().map(|l| l.to_string()).collect();
    let mut new: Vec<String> = yaml(entry, indent).lines().map(str::to_string).collect();
    if at > 0 && at < lines.len() && lines[at - 1].trim().is_empty() {
        new.push(String::new());
    }
    out.splice(at..at, new);
    Ok(Edit { path, after: join(&out, newline), before })
}

/// Adds an alias to an entity, named by its key, its canonical name or any name that only it has.
///
/// # Errors
/// When no entity or several are called so, or its entry cannot be edited.
pub fn alias(opened: &Opened, entity: &str, alias: &NewAlias) -> Result<Edit, Error> {
    let id = find(opened, entity)?;
    let e = opened.dictionary.entity(id);
    let file = &opened.dictionary.files[e.file as usize];
    if !opened.by_hand[e.file as usize] {
        let d = Diagnostic::error(&**file, format!("`{}` stands in a list, not in a YAML file", e.name));
        return Err(Error::usage(d.hint("add an entry of its own with `guanxi dict add`")));
    }
    let path = PathBuf::from(file);
    let before = read(&path)?;
    let (lines, newline) = split(&before);
    let mut out: Vec<String> = lines.iter().map(|l| l.to_string()).collect();
    let entry = entries(&lines).into_iter().find(|x| x.lines.contains(&(e.line as usize - 1)));
    let Some(entry) = entry else {
        let d = Diagnostic::error(&**file, "the entry is not written as a list item with `name:`").at(e.line, 1);
        return Err(Error::usage(d.hint("add the alias by hand")));
    };
    insert(&mut out, &entry, alias);
    Ok(Edit { path, after: join(&out, newline), before })
}

/// What an edit would newly bring about that [`check`](super::check::check) finds wrong or doubtful.
pub fn consequences(sources: &Sources, opened: &Opened, edit: &Edit) -> Vec<Finding> {
    let then = open(sources, Some((&edit.path, &edit.after)));
    let known = check::check(opened);
    let alike = |a: &Finding, b: &Finding| {
        (a.check, &a.diagnostic.file, &a.diagnostic.message) == (b.check, &b.diagnostic.file, &b.diagnostic.message)
    };
    let mut new = check::check(&then);
    // places move; a message that names another's line may be an old one
    let undated = |f: &Finding| {
        let mut f = f.clone();
        f.diagnostic.message = f.diagnostic.message.trim_end_matches(|c: char| c.is_ascii_digit()).to_string();
        f
    };
    let known: Vec<Finding> = known.iter().map(undated).collect();
    new.retain(|f| f.diagnostic.severity != Severity::Note && !known.iter().any(|k| alike(k, &undated(f))));
    new
}

/// The entity that a key or name means.
fn find(opened: &Opened, asked: &str) -> Result<EntityId, Error> {
    let d = &opened.dictionary;
    let ids = || (0..d.entities.len() as u32).map(EntityId);
    let mut found: Vec<EntityId> = ids().filter(|id| d.entity(*id).key() == asked).collect();
    if found.is_empty() {
        found = ids().filter(|id| *d.entity(*id).name == *asked).collect();
    }
    if found.is_empty() {
        found = d.index.find(asked).iter().filter_map(|n| d.index.name(*n).entity).collect();
        found.sort();
        found.dedup();
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let folded = fold(asked);
            let near = ids().filter(|id| {
                let name = fold(&d.entity(*id).name);
                name.contains(&folded) || folded.contains(&name) || strsim::osa_distance(&name, &folded) <= 1
            });
            let near: Vec<String> = near.take(5).map(|id| d.entity(id).name.to_string()).collect();
            let diagnostic = Diagnostic::error("", format!("no entry is called `{asked}`"));
            Err(Error::usage(match near.is_empty() {
                true => diagnostic.hint(format!("`guanxi dict add {asked} --kind KIND` makes one")),
                false => diagnostic.hint(format!("did you mean {}?", near.join(", "))),
            }))
        }
        many => {
            let keys: Vec<String> = many.iter().map(|id| d.entity(*id).key()).collect();
            let diagnostic = Diagnostic::error("", format!("`{asked}` names {} entries", many.len()));
            Err(Error::usage(diagnostic.hint(format!("give the key: {}", keys.join(", ")))))
        }
    }
}

fn read(path: &Path) -> Result<String, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => {
            let shown = path.to_string_lossy().replace('\\', "/");
            Err(Error::usage(Diagnostic::error(shown, format!("cannot read: {e}")).hint("check its permissions")))
        }
    }
}

/// The lines of a text and the line end that it uses.
fn split(text: &str) -> (Vec<&str>, &'static str) {
    (text.lines().collect(), if text.contains("\r\n") { "\r\n" } else { "\n" })
}

fn join(lines: &[String], newline: &str) -> String {
    lines.iter().flat_map(|l| [l.as_str(), newline]).collect()
}

/// An entry in its file.
#[derive(Debug, PartialEq, Eq)]
struct Written {
    name: String,
    /// Its lines, from the comments right above it on.
    lines: Range<usize>,
    /// Column of its dash.
    indent: usize,
}

/// The entries of a file: list items with a `name:`, nothing nested.
fn entries(lines: &[&str]) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let Some(name) = body.strip_prefix("- ").and_then(|b| b.trim_start().strip_prefix("name:")) else { continue };
        if found.first().is_some_and(|f| f.indent != indent) {
            continue;
        }
        let mut start = i;
        while start > 0 && lines[start - 1].trim_start().starts_with('#') {
            start -= 1;
        }
        if found.is_empty() && start == 0 {
            // the comment at the head of the file is the file's, unless there is only the one block
            start = i;
        }
        if let Some(last) = found.last_mut() {
            last.lines.end = start;
        }
        found.push(Written { name: unquoted(name), lines: start..lines.len(), indent });
    }
    if let Some(last) = found.last_mut() {
        while lines[last.lines.end - 1].trim().is_empty() && last.lines.end > last.lines.start + 1 {
            last.lines.end -= 1;
        }
    }
    found
}

/// A plain or quoted scalar's text.
fn unquoted(raw: &str) -> String {
    let raw = raw.trim();
    let cut = raw.find(" #").map_or(raw, |at| raw[..at].trim_end());
    match cut.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = cut.strip_prefix(quote).and_then(|c| c.strip_suffix(quote)).unwrap_or(cut);
            if quote == '"' { inner.replace("\\\"", "\"").replace("\\\\", "\\") } else { inner.replace("''", "'") }
        }
        _ => cut.to_string(),
    }
}

/// Puts an alias behind those that the entry has, written as they are.
fn insert(lines: &mut Vec<String>, entry: &Written, alias: &NewAlias) {
    let range = entry.lines.clone();
    let field = " ".repeat(entry.indent + 2);
    let head = range.clone().find(|&i| lines[i].trim_start_matches(['-', ' ']).starts_with("aliases:"));
    let Some(head) = head else {
        let name = range.clone().find(|&i| lines[i].contains("name:")).unwrap_or(range.start);
        lines.insert(name + 1, format!("{field}aliases: [{}]", flow(alias)));
        return;
    };
    let value = lines[head].find("aliases:").map_or(0, |at| at + "aliases:".len());
    if lines[head][value..].trim_start().starts_with('[') {
        // the bracket that closes the list, perhaps on a later line
        let (mut depth, mut quote) = (0, None);
        for (i, line) in lines.iter_mut().enumerate().take(range.end).skip(head) {
            let from = if i == head { value } else { 0 };
            for (at, c) in line.clone()[from..].char_indices() {
                match (quote, c) {
                    (Some(q), c) if q == c => quote = None,
                    (Some(_), _) => {}
                    (None, '"' | '\'') if line[..from + at].trim_end().ends_with([',', '[', ':', '{']) => {
                        quote = Some(c)
                    }
                    (None, '[' | '{') => depth += 1,
                    (None, ']' | '}') => {
                        depth -= 1;
                        if depth == 0 {
                            let body = line[..from + at].trim_end().len();
                            let empty = line[..body].ends_with('[');
                            let comma = if empty || line[..body].ends_with(',') { "" } else { ", " };
                            line.insert_str(body, &format!("{comma}{}", flow(alias)));
                            return;
                        }
                    }
                    _ => {}
                }
            }
        }
        return;
    }
    let mut last = head;
    let mut indent = None;
    for (i, line) in lines.iter().enumerate().take(range.end).skip(head + 1) {
        let body = line.trim_start();
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        let deep = line.len() - body.len();
        if body.starts_with("- ") && indent.is_none_or(|d| d == deep) && deep >= entry.indent + 2 {
            indent = Some(deep);
            last = i;
        } else if indent.is_some_and(|d| deep > d) {
            last = i;
        } else {
            break;
        }
    }
    let pad = " ".repeat(indent.unwrap_or(entry.indent + 4));
    let new: Vec<String> = block(alias).iter().map(|l| format!("{pad}{l}")).collect();
    lines.splice(last + 1..last + 1, new);
}

/// An entry as YAML, its dash at column `indent`.
pub fn yaml(entry: &NewEntry, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut out = format!("{pad}- name: {}\n", scalar(&entry.name, false));
    if !entry.aliases.is_empty() {
        let inline: Vec<String> = entry.aliases.iter().map(flow).collect();
        let inline = format!("{pad}  aliases: [{}]\n", inline.join(", "));
        if entry.aliases.iter().all(NewAlias::is_plain) && inline.chars().count() <= 100 {
            out.push_str(&inline);
        } else {
            let _ = writeln!(out, "{pad}  aliases:");
            for line in entry.aliases.iter().flat_map(block) {
                let _ = writeln!(out, "{pad}    {line}");
            }
        }
    }
    for (field, value) in &entry.fields {
        let value = if *field == "affiliation" { format!("[{}]", scalar(value, true)) } else { scalar(value, false) };
        let _ = writeln!(out, "{pad}  {field}: {value}");
    }
    out
}

impl NewAlias {
    /// A name without conditions.
    pub fn plain(text: impl Into<String>) -> NewAlias {
        NewAlias { text: text.into(), ..NewAlias::default() }
    }

    fn is_plain(&self) -> bool {
        !self.weak && !self.rare && self.case.is_none() && self.needs.is_empty() && self.not_in.is_empty()
    }

    fn conditions(&self) -> Vec<String> {
        let list = |name: &str, words: &[String]| {
            let words: Vec<String> = words.iter().map(|w| scalar(w, true)).collect();
            (!words.is_empty()).then(|| format!("{name}: [{}]", words.join(", ")))
        };
        [
            list("not_in", &self.not_in),
            list("needs", &self.needs),
            self.weak.then(|| "weak: true".to_string()),
            self.rare.then(|| "rare: true".to_string()),
            self.case.as_ref().map(|c| format!("case: {c}")),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn flow(alias: &NewAlias) -> String {
    match alias.is_plain() {
        true => scalar(&alias.text, true),
        false => format!("{{text: {}, {}}}", scalar(&alias.text, true), alias.conditions().join(", ")),
    }
}

fn block(alias: &NewAlias) -> Vec<String> {
    if alias.is_plain() {
        return vec![format!("- {}", scalar(&alias.text, false))];
    }
    let text = format!("- text: {}", scalar(&alias.text, false));
    std::iter::once(text).chain(alias.conditions().into_iter().map(|c| format!("  {c}"))).collect()
}

/// A string as a YAML scalar, quoted only where it must be.
pub fn scalar(text: &str, in_flow: bool) -> String {
    let word = text.to_ascii_lowercase();
    let is_other =
        matches!(word.as_str(), "" | "~" | "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
            || text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | '_' | ':' | 'e' | 'E'))
                && text.bytes().any(|b| b.is_ascii_digit())
            || text.starts_with("0x")
            || text.starts_with("0o");
    let odd = text.starts_with(|c: char| "[]{}&*!|>%@`#'\",=".contains(c))
        || text.starts_with("- ")
        || text.starts_with("? ")
        || matches!(text, "-" | "?")
        || text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.trim() != text
        || text.chars().any(char::is_control)
        || in_flow && text.contains([',', '[', ']', '{', '}']);
    if is_other || odd { format!("{text:?}") } else { text.to_string() }
}

impl Edit {
    /// The change as a unified diff.
    pub fn diff(&self) -> String {
        let shown = self.path.to_string_lossy().replace('\\', "/");
        let (a, b): (Vec<&str>, Vec<&str>) = (self.before.lines().collect(), self.after.lines().collect());
        let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
        let tail = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(x, y)| x == y).count();
        let (from, to) = (same.saturating_sub(3), 3.min(tail));
        let (a_end, b_end) = (a.len() - tail, b.len() - tail);
        let mut out = format!(
            "--- {shown}\n+++ {shown}\n@@ -{},{} +{},{} @@\n",
            if a.is_empty() { 0 } else { from + 1 },
            a_end + to - from,
            from + 1,
            b_end + to - from
        );
        let mut put = |mark: char, lines: &[&str]| lines.iter().for_each(|l| _ = writeln!(out, "{mark}{l}"));
        put(' ', &a[from..same]);
        put('-', &a[same..a_end]);
        put('+', &b[same..b_end]);
        put(' ', &a[a_end..a_end + to]);
        out
    }

    /// Writes the file whole or not at all.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self) -> std::io::Result<()> {
        let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(self.after.as_bytes())?;
        if let Ok(meta) = std::fs::metadata(&self.path) {
            file.as_file().set_permissions(meta.permissions())?;
        } else {
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
            }
        }
        file.persist(&self.path).map(|_| ()).map_err(|e| e.error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# Robots
- name: 乐聚机器人
  aliases: [乐聚, 'Leju, Inc']  # listed since 2024

# the dog makers
- name: 宇树科技
  aliases:
    - 宇树
    - text: Unitree
      needs: [机器人]
  ticker: SSE:1
- name: 智元机器人
";

    fn lines(source: &str) -> Vec<&str> {
        source.lines().collect()
    }

    fn with_alias(name: &str, alias: &NewAlias) -> String {
        let mut out: Vec<String> = FILE.lines().map(str::to_string).collect();
        let entry = entries(&lines(FILE)).into_iter().find(|e| e.name == name).unwrap();
        insert(&mut out, &entry, alias);
        join(&out, "\n")
    }

    #[test]
    fn entries_take_the_comments_above_them_along() {
        let found = entries(&lines(FILE));
        let found: Vec<(&str, Range<usize>)> = found.iter().map(|e| (e.name.as_str(), e.lines.clone())).collect();
        assert_eq!(found, [("乐聚机器人", 1..4), ("宇树科技", 4..11), ("智元机器人", 11..12)]);
    }

    #[test]
    fn aliases_are_written_as_their_neighbours_are() {
        let one = with_alias("乐聚机器人", &NewAlias::plain("Leju"));
        assert!(one.contains("  aliases: [乐聚, 'Leju, Inc', Leju]  # listed since 2024\n"), "{one}");
        let many = with_alias("宇树科技", &NewAlias { weak: true, ..NewAlias::plain("宇树G") });
        assert!(
            many.contains("      needs: [机器人]\n    - text: 宇树G\n      weak: true\n  ticker: SSE:1\n"),
            "{many}"
        );
        let none = with_alias("智元机器人", &NewAlias::plain("智元, 上海"));
        assert!(none.ends_with("- name: 智元机器人\n  aliases: [\"智元, 上海\"]\n"), "{none}");
    }

    #[test]
    fn a_new_entry_goes_to_its_place_and_nothing_else_moves() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("companies/robots.yaml");
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, FILE).unwrap();
        let entry = NewEntry {
            name: "傅利叶".into(),
            aliases: vec![NewAlias::plain("Fourier"), NewAlias { weak: true, ..NewAlias::plain("傅里叶") }],
            fields: vec![("parent", "上海".into())],
        };
        let edit = add(dir.path(), EntityKind::Company, &entry, Some("robots")).unwrap();
        let root = dir.path().to_string_lossy().replace('\\', "/");
        let want = "\
--- ROOT/companies/robots.yaml
+++ ROOT/companies/robots.yaml
@@ -2,6 +2,13 @@
 - name: 乐聚机器人
   aliases: [乐聚, 'Leju, Inc']  # listed since 2024
 
+- name: 傅利叶
+  aliases:
+    - Fourier
+    - text: 傅里叶
+      weak: true
+  parent: 上海
+
 # the dog makers
 - name: 宇树科技
   aliases:
";
        assert_eq!(edit.diff().replace(&root, "ROOT"), want);
        edit.write().unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), edit.after);
    }

    #[test]
    fn scalars_are_quoted_where_yaml_would_misread_them() {
        for (text, want) in [
            ("商汤", "商汤"),
            ("4399", "\"4399\""),
            ("GPT-4o", "GPT-4o"),
            ("A: B", "\"A: B\""),
            ("@me", "\"@me\""),
            ("Yes", "\"Yes\""),
            ("Inc, Ltd", "\"Inc, Ltd\""),
        ] {
            assert_eq!(scalar(text, true), want);
        }
    }
}
