//! The visible text of an article: one `String`, cut into blocks and sentences, with a map from its byte
//! offsets to line and column of the file. Built with a [`TextBuilder`] by the readers.

use crate::find::count;
use crate::span::{Place, Span};
use std::sync::OnceLock;

/// What a block was in the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// Front matter's title.
    Title,
    /// Front matter's summary.
    Summary,
    /// One tag of the front matter.
    Tag,
    /// A heading of the body.
    Heading,
    /// A paragraph (also inside a quotation).
    Paragraph,
    /// A list item's paragraph.
    ListItem,
    /// A table cell.
    Cell,
}

/// A run of text that no sentence crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it was.
    pub kind: BlockKind,
}

/// One sentence, with its end mark, without surrounding blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Index of its block in [`Text::blocks`].
    pub block: u32,
}

/// The visible text. Blocks are separated by one `\n`; inside a block there is none.
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    map: Vec<Segment>,
    /// The file's content (for NDJSON, the article's line).
    source: String,
    /// How many lines of the file stand before `source`.
    lines_before: u32,
    /// Byte offsets in `source` at which lines start, found when first asked for.
    lines: OnceLock<Lines>,
}

/// From `text` on, up to the next segment, text and file run in step; if `fixed`, the whole run comes from
/// that one file position (an entity, an escape).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub text: u32,
    pub file: u32,
    pub fixed: bool,
}

/// The position that a map gives for `offset`.
fn look_up(map: &[Segment], offset: u32) -> u32 {
    match map.partition_point(|s| s.text <= offset).checked_sub(1).map(|i| map[i]) {
        Some(s) if s.fixed => s.file,
        Some(s) => s.file + (offset - s.text),
        None => map.first().map_or(0, |s| s.file),
    }
}

impl Text {
    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Its blocks, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Its sentences, in order; every non-blank character of the text is in exactly one.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Index of the sentence that holds the byte at `offset`, or the next one after it.
    pub fn sentence_at(&self, offset: u32) -> usize {
        self.sentences.partition_point(|s| s.span.end <= offset).min(self.sentences.len().saturating_sub(1))
    }

    /// Byte offset in the file (after decoding to UTF-8; in NDJSON, in the article's line) of a byte
    /// offset in the text.
    pub fn file_offset(&self, offset: u32) -> u32 {
        look_up(&self.map, offset)
    }

    /// Line and column in the file of a byte offset in the text.
    pub fn place(&self, offset: u32) -> Place {
        let place = self.lines.get_or_init(|| Lines::of(&self.source)).place(&self.source, self.file_offset(offset));
        Place { line: place.line + self.lines_before, ..place }
    }
}

/// Line and column of a byte offset in `source`, whose lines start at `lines`. A byte order mark takes no
/// column.
/// Where lines start, and how many characters stand before every [`Lines::STEP`] bytes: a line may be the whole
/// of a 50 MB file, and thousands of places may be asked for in it.
#[derive(Clone, Debug)]
struct Lines {
    starts: Vec<u32>,
    marks: Vec<u32>,
}

impl Lines {
    const STEP: usize = 256;

    fn of(source: &str) -> Lines {
        let mut before = 0;
        let marks = source.as_bytes().chunks(Lines::STEP).map(|chunk| {
            let mark = before;
            before += characters(chunk);
            mark
        });
        Lines { marks: marks.collect(), starts: line_starts(source) }
    }

    /// Characters that start before `offset`.
    fn before(&self, source: &[u8], offset: usize) -> u32 {
        let at = (offset / Lines::STEP).min(self.marks.len().saturating_sub(1));
        let mark = self.marks.get(at).copied().unwrap_or(0);
        mark + characters(source.get(at * Lines::STEP..offset).unwrap_or_default())
    }

    fn place(&self, source: &str, offset: u32) -> Place {
        let line = self.starts.partition_point(|&l| l <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0) as usize;
        let bytes = source.as_bytes();
        let mark = bytes.get(start..offset as usize).is_some_and(|b| b.starts_with("\u{FEFF}".as_bytes())) as u32;
        let column = self.before(bytes, offset as usize) - self.before(bytes, start) - mark;
        Place { line: line as u32, column: column + 1 }
    }
}

/// Characters that start in these bytes.
fn characters(bytes: &[u8]) -> u32 {
    count(bytes, |b| b & 0xC0 != 0x80) as u32
}

/// Line and column of one byte offset.
pub(super) fn place_of(source: &str, offset: usize) -> Place {
    Lines::of(source).place(source, offset as u32)
}

/// Byte offsets at which lines start; `\n`, `\r\n` and a lone `\r` end one.
fn line_starts(source: &str) -> Vec<u32> {
    let bytes = source.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let ends = ends.filter(|&i| bytes[i] == b'\n' || bytes.get(i + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|i| i as u32 + 1)).collect()
}

/// Collects blocks and their map, then cuts sentences.
#[derive(Debug)]
pub struct TextBuilder {
    text: Text,
    open: Option<(u32, BlockKind)>,
    /// When what is pushed stands in a decoded string: where that string's parts stand in the file.
    origin: Vec<Segment>,
}

impl TextBuilder {
    /// A builder for a file with this content (as decoded, before any other change).
    pub fn new(source: String) -> TextBuilder {
        TextBuilder { text: Text { source, ..Text::default() }, open: None, origin: Vec::new() }
    }

    /// A builder that gets its source at the end, by [`TextBuilder::finish_with`].
    pub(super) fn with_capacity(bytes: usize) -> TextBuilder {
        let mut builder = TextBuilder::new(String::new());
        builder.text.content.reserve(bytes);
        builder
    }

    /// The file's content.
    pub fn source(&self) -> &str {
        &self.text.source
    }

    /// Says that offsets pushed from now on count in a decoded string whose parts stand in the file as
    /// `origin` tells; empty: they count in the file itself.
    pub(super) fn set_origin(&mut self, origin: Vec<Segment>) {
        self.origin = origin;
    }

    /// Opens a block; closes the one before.
    pub fn block(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some((self.text.content.len() as u32, kind));
    }

    /// Appends `words`, which stand at `file` in the source, byte for byte (`fixed` false), or come from
    /// that one position as a whole (an entity, an unescaped string). Line ends become blanks. Without an
    /// open block nothing happens.
    pub fn push(&mut self, words: &str, file: usize, fixed: bool) {
        if words.is_empty() || self.open.is_none() {
            return;
        }
        if self.origin.is_empty() {
            self.append(words, file as u32, fixed);
        } else if fixed {
            self.append(words, look_up(&self.origin, file as u32), true);
        } else {
            self.push_decoded(words, file as u32);
        }
    }

    /// Appends words that stand at `at` in the decoded string, part by part.
    fn push_decoded(&mut self, words: &str, at: u32) {
        let end = at + words.len() as u32;
        let mut from = at;
        let mut next = self.origin.partition_point(|s| s.text <= at);
        while from < end {
            let to = self.origin.get(next).map_or(end, |s| s.text.min(end));
            let fixed = next.checked_sub(1).is_some_and(|i| self.origin[i].fixed);
            let file = look_up(&self.origin, from);
            self.append(&words[(from - at) as usize..(to - at) as usize], file, fixed);
            from = to;
            next += 1;
        }
    }

    fn append(&mut self, words: &str, file: u32, fixed: bool) {
        let text = self.text.content.len() as u32;
        let in_step = |s: &Segment| !s.fixed && !fixed && s.file + (text - s.text) == file;
        if !self.text.map.last().is_some_and(in_step) {
            self.text.map.push(Segment { text, file, fixed });
        }
        if memchr::memchr2(b'\n', b'\r', words.as_bytes()).is_some() {
            self.text.content.extend(words.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        } else {
            self.text.content.push_str(words);
        }
    }

    fn close(&mut self) {
        let Some((start, kind)) = self.open.take() else { return };
        let content = &mut self.text.content;
        if content[start as usize..].trim().is_empty() {
            self.truncate(start);
            return;
        }
        let end = content.len();
        content.push('\n');
        self.text.blocks.push(Block { span: Span::new(start as usize, end), kind });
    }

    /// The words of the open block.
    pub(super) fn open_words(&self) -> &str {
        self.open.map_or("", |(start, _)| &self.text.content[start as usize..])
    }

    /// Index that the open block will have.
    pub(super) fn open_index(&self) -> usize {
        self.text.blocks.len()
    }

    /// Forgets the open block.
    pub(super) fn abandon(&mut self) {
        if let Some((start, _)) = self.open.take() {
            self.truncate(start);
        }
    }

    /// Closes the open block; how many there are.
    pub(super) fn block_count(&mut self) -> usize {
        self.close();
        self.text.blocks.len()
    }

    /// Forgets all blocks from the `count`-th on.
    pub(super) fn keep_blocks(&mut self, count: usize) {
        self.close();
        if let Some(block) = self.text.blocks.get(count) {
            let start = block.span.start;
            self.text.blocks.truncate(count);
            self.truncate(start);
        }
    }

    fn truncate(&mut self, start: u32) {
        self.text.content.truncate(start as usize);
        let kept = self.text.map.partition_point(|s| s.text < start);
        self.text.map.truncate(kept);
    }

    /// Closes the last block and cuts the sentences.
    pub fn finish(mut self) -> Text {
        self.close();
        self.text.sentences = super::sentence::cut(&self.text.content, &self.text.blocks);
        self.text
    }

    /// Like [`TextBuilder::finish`], with the source, which stands after `lines_before` lines of the file.
    pub(super) fn finish_with(mut self, source: String, lines_before: u32) -> Text {
        self.text.source = source;
        self.text.lines_before = lines_before;
        self.finish()
    }
}
