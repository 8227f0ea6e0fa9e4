//! The visible text of an article: one `String`, cut into blocks and sentences, with a map from its byte
//! offsets to line and column of the file. Built with a [`TextBuilder`] by the readers.

use crate::span::{Place, Span};

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
    /// (text offset, file byte offset): from here to the next entry the two run in step, unless the entry
    /// is `fixed`, then the whole run comes from that one file position (an entity, an escape).
    map: Vec<Segment>,
    /// File byte offsets at which lines start.
    lines: Vec<u32>,
    /// For each line, whether it is ASCII only (then columns are bytes), and the source to count in otherwise.
    source: String,
}

#[derive(Clone, Copy, Debug)]
struct Segment {
    text: u32,
    file: u32,
    fixed: bool,
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

    /// Byte offset in the file (after decoding to UTF-8) of a byte offset in the text.
    pub fn file_offset(&self, offset: u32) -> u32 {
        let at = self.map.partition_point(|s| s.text <= offset);
        match at.checked_sub(1).map(|i| self.map[i]) {
            Some(s) if s.fixed => s.file,
            Some(s) => s.file + (offset - s.text),
            None => 0,
        }
    }

    /// Line and column in the file of a byte offset in the text.
    pub fn place(&self, offset: u32) -> Place {
        let file = self.file_offset(offset) as usize;
        let line = self.lines.partition_point(|&l| l as usize <= file).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0) as usize;
        let column = self.source.get(start..file).map_or(0, |s| s.chars().count());
        Place { line: line as u32, column: column as u32 + 1 }
    }
}

/// Collects blocks and their map, then cuts sentences.
#[derive(Debug)]
pub struct TextBuilder {
    text: Text,
    open: Option<(u32, BlockKind)>,
}

impl TextBuilder {
    /// A builder for a file with this content (as decoded, before any other change).
    pub fn new(source: String) -> TextBuilder {
        let mut lines = vec![0];
        lines.extend(memchr_lines(&source));
        TextBuilder { text: Text { source, lines, ..Text::default() }, open: None }
    }

    /// The file's content.
    pub fn source(&self) -> &str {
        &self.text.source
    }

    /// Opens a block; closes the one before.
    pub fn block(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some((self.text.content.len() as u32, kind));
    }

    /// Appends `words`, which stand at `file` in the source, byte for byte (`fixed` false), or come from
    /// that one position as a whole (an entity, an unescaped string). Line ends become blanks.
    pub fn push(&mut self, words: &str, file: usize, fixed: bool) {
        if words.is_empty() || self.open.is_none() {
            return;
        }
        let text = self.text.content.len() as u32;
        self.text.map.push(Segment { text, file: file as u32, fixed });
        if words.contains(['\n', '\r']) {
            self.text.content.extend(words.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        } else {
            self.text.content.push_str(words);
        }
    }

    fn close(&mut self) {
        let Some((start, kind)) = self.open.take() else { return };
        let content = &mut self.text.content;
        if content[start as usize..].trim().is_empty() {
            content.truncate(start as usize);
            self.text.map.retain(|s| s.text < start);
            return;
        }
        let end = content.len();
        content.push('\n');
        self.text.blocks.push(Block { span: Span::new(start as usize, end), kind });
    }

    /// Closes the last block and cuts the sentences.
    pub fn finish(mut self) -> Text {
        self.close();
        self.text.sentences = super::sentence::cut(&self.text.content, &self.text.blocks);
        self.text
    }
}

fn memchr_lines(source: &str) -> impl Iterator<Item = u32> + '_ {
    source.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1)
}
