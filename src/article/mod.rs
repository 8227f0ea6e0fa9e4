//! Stage 1, read: a file becomes an [`Article`], its visible words a [`Text`] with a map back to the file.
//!
//! [`list()`] finds the files under the content roots; [`read`] opens one and hands on what it holds, an
//! [`Outcome`] for each article.

mod chars;
mod date;
mod decode;
mod front_matter;
mod list;
mod markdown;
mod mask;
mod ndjson;
mod plain;
mod run;
mod scalar;
mod script;
mod sentence;
mod text;

pub(crate) use chars::is_dotted;
pub use list::{InputFile, list};
pub use ndjson::read_lines as read_ndjson;
pub use sentence::clauses;
pub use text::{Block, BlockKind, Sentence, Text, TextBuilder};

use crate::diagnostic::Diagnostic;
use crate::schema::EntityKind;
use crate::span::{Place, Span};
use jiff::civil::Date;
use list::Format;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read};

/// One input document.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// Path under the content root, `/`-separated; for NDJSON, `FILE#ID`.
    pub path: String,
    /// Title as the reader sees it, possibly empty.
    pub title: String,
    /// The article's own date, if it has a readable one.
    pub date: Option<Date>,
    /// Marked as a draft.
    pub draft: bool,
    /// Tags in order.
    pub tags: Vec<String>,
    /// Every other front-matter field, as JSON.
    pub extra: BTreeMap<String, serde_json::Value>,
    /// The visible text.
    pub text: Text,
    /// Entities that the article brings along (NDJSON `entities`), known in it only.
    pub own_entities: Vec<OwnEntity>,
}

/// An entity given with an NDJSON article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEntity {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

impl Article {
    /// Line and column in the file of a byte offset in the text.
    pub fn place(&self, offset: u32) -> Place {
        self.text.place(offset)
    }

    /// The words under a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.text.as_str()[span.range()]
    }
}

/// How to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Read drafts like other articles.
    pub drafts: bool,
}

/// What became of one article.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was read, perhaps with warnings.
    Article(Box<Article>, Vec<Diagnostic>),
    /// It is a draft, named by its path, and drafts are not wanted.
    Draft(String),
    /// It could not be read.
    Failed(Diagnostic),
}

/// Reads one file and hands each article in it to `sink`: one for Markdown and plain text, one per line for
/// NDJSON. A file whose extension is none of those that [`list()`] looks for is read as Markdown.
pub fn read(file: &InputFile, options: &Options, sink: &mut dyn FnMut(Outcome)) {
    read_through(file, options, &mut |_| {}, sink);
}

/// The same, and shows `seen` the file's bytes in their order, as they are read. Gives whether the file was read to its
/// end.
pub fn read_through(
    file: &InputFile,
    options: &Options,
    seen: &mut dyn FnMut(&[u8]),
    sink: &mut dyn FnMut(Outcome),
) -> bool {
    let failed = |error: std::io::Error| {
        let hint = "check that the file still exists and may be read";
        Outcome::Failed(Diagnostic::error(&file.name, format!("cannot be read: {error}")).hint(hint))
    };
    match Format::of(&file.name) {
        Some(Format::Ndjson) => match File::open(&file.path) {
            Ok(open) => {
                let mut shown = Shown { open, seen, whole: false };
                read_ndjson(&file.name, BufReader::with_capacity(1 << 16, &mut shown), options, sink);
                shown.whole
            }
            Err(error) => {
                sink(failed(error));
                false
            }
        },
        format => match std::fs::read(&file.path) {
            Ok(bytes) => {
                seen(&bytes);
                sink(match format {
                    Some(Format::Plain) => parse_text(&file.name, bytes),
                    _ => parse_markdown(&file.name, bytes, options),
                });
                true
            }
            Err(error) => {
                sink(failed(error));
                false
            }
        },
    }
}

/// A file whose bytes are shown as they are read.
struct Shown<'s> {
    open: File,
    seen: &'s mut dyn FnMut(&[u8]),
    /// Its end was reached.
    whole: bool,
}

impl Read for &mut Shown<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.open.read(buffer)?;
        (self.seen)(&buffer[..n]);
        self.whole |= n == 0;
        Ok(n)
    }
}

/// Offsets are 32 bits wide; longer input is refused rather than misplaced.
const LONGEST: usize = u32::MAX as usize / 2;

fn too_long(name: &str) -> Outcome {
    Outcome::Failed(Diagnostic::error(name, "is longer than 2 GB").hint("split it; NDJSON may be of any length"))
}

/// Reads the bytes of a Markdown article called `name`.
pub fn parse_markdown(name: &str, bytes: impl Into<Vec<u8>>, options: &Options) -> Outcome {
    let bytes = bytes.into();
    if bytes.len() > LONGEST {
        return too_long(name);
    }
    let (source, fault) = decode::decode(name, bytes);
    let mut warnings: Vec<Diagnostic> = fault.into_iter().collect();
    let fields = front_matter::read(name, &source, &mut warnings);
    if fields.draft && !options.drafts {
        return Outcome::Draft(name.to_owned());
    }
    let mut builder = TextBuilder::with_capacity(source.len());
    if let Some(title) = &fields.title {
        title.write(BlockKind::Title, &mut builder);
    }
    if let Some(summary) = &fields.summary {
        summary.write(BlockKind::Summary, &mut builder);
    }
    for tag in &fields.tags {
        tag.write(BlockKind::Tag, &mut builder);
    }
    let found = markdown::read(&source[fields.body..], fields.body, &mut builder);
    if let Some(at) = found.unclosed_fence {
        let place = text::place_of(&source, fields.body + at);
        let warning = Diagnostic::warning(name, "a code block opens here and never closes; it is read as text");
        warnings.push(warning.at(place.line, place.column).hint("close it with a line of the same marks"));
    }
    if found.read_as_plain {
        let warning = Diagnostic::warning(name, "has too many marks for Markdown; it is read as plain text");
        warnings.push(warning.hint("is it an article?"));
    }
    let article = Article {
        path: name.to_owned(),
        title: fields.title.map(|t| t.text.trim().to_owned()).or(found.title).unwrap_or_default(),
        date: fields.date.or_else(|| date::in_file_name(name)),
        draft: fields.draft,
        tags: fields.tags.into_iter().map(|tag| tag.text).collect(),
        extra: fields.extra,
        text: builder.finish_with(source, 0),
        own_entities: Vec::new(),
    };
    Outcome::Article(Box::new(article), warnings)
}

/// Reads the bytes of a plain-text article called `name`.
pub fn parse_text(name: &str, bytes: impl Into<Vec<u8>>) -> Outcome {
    let bytes = bytes.into();
    if bytes.len() > LONGEST {
        return too_long(name);
    }
    let (source, fault) = decode::decode(name, bytes);
    let mut builder = TextBuilder::with_capacity(source.len());
    let title = plain::title(&source).map(|(title, body)| {
        let at = title.as_ptr() as usize - source.as_ptr() as usize;
        scalar::Scalar::plain(title, at).write(BlockKind::Title, &mut builder);
        (title.to_owned(), body)
    });
    let (title, body) = title.unwrap_or_default();
    plain::read(&source[body..], body, &mut builder);
    let article = Article {
        path: name.to_owned(),
        title,
        date: date::in_file_name(name),
        text: builder.finish_with(source, 0),
        ..Article::default()
    };
    Outcome::Article(Box::new(article), fault.into_iter().collect())
}

#[cfg(test)]
mod tests;
