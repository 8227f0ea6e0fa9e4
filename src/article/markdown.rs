//! The body of a Markdown article: its visible words, block by block, up to the reference list.

use super::mask::mask;
use super::run::{Run, is_prose};
use super::text::{BlockKind, TextBuilder};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What [`read`] found besides the text.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The first heading of level one.
    pub title: Option<String>,
    /// Where (in the body) a code fence opens that never closes.
    pub unclosed_fence: Option<usize>,
    /// The body had too many brackets to be prose and was read as plain text.
    pub read_as_plain: bool,
}

/// Reads `body`, which stands at `base` in the source, into `builder`.
pub(super) fn read(body: &str, base: usize, builder: &mut TextBuilder) -> Found {
    if is_absurd(body) {
        super::plain::read(body, base, builder);
        return Found { read_as_plain: true, ..Found::default() };
    }
    let (masked, unclosed_fence) = mask(body);
    let mut walker = Walker {
        body: &masked,
        base,
        first_block: builder.block_count(),
        builder,
        run: Run::default(),
        heading: None,
        in_cell: false,
        items: 0,
        code: Code::None,
        hidden: Vec::new(),
        strong: 0,
        plain_words: false,
        definition: None,
        definitions_from: None,
        title: None,
    };
    let parser =
        Parser::new_ext(&masked, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS);
    for (event, range) in parser.into_offset_iter() {
        if walker.take(event, range) {
            break;
        }
    }
    Found { title: walker.finish(), unclosed_fence, read_as_plain: false }
}

/// Whether a long body has so many marks that parsing it could take gigabytes: a node is made for each.
fn is_absurd(body: &str) -> bool {
    const LONG: usize = 1 << 20;
    body.len() > LONG && {
        let marks =
            body.bytes().filter(|b| matches!(b, b'[' | b']' | b'(' | b'>' | b'*' | b'_' | b'`' | b'<' | b'!' | b'|'));
        marks.count() > body.len() / 8
    }
}

/// What a code block's words are good for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    None,
    Fenced,
    Indented,
}

struct Walker<'a, 'b> {
    body: &'a str,
    base: usize,
    builder: &'b mut TextBuilder,
    /// How many blocks came before the body.
    first_block: usize,
    run: Run,
    heading: Option<HeadingLevel>,
    in_cell: bool,
    items: usize,
    code: Code,
    /// For each open link and image, whether its words are hidden.
    hidden: Vec<bool>,
    strong: usize,
    /// The block has words that are not bold.
    plain_words: bool,
    /// In a footnote definition: how many blocks came before, and whether it has a link.
    definition: Option<(usize, bool)>,
    /// How many blocks came before the footnote definitions that nothing else has followed so far.
    definitions_from: Option<usize>,
    title: Option<String>,
}

impl<'a> Walker<'a, '_> {
    /// Takes one event in; true when the reference list begins.
    fn take(&mut self, event: Event<'a>, range: Range<usize>) -> bool {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => return self.end(tag),
            Event::Text(words) if self.code != Code::Fenced => self.words(&words, range),
            Event::Html(words) => self.words(&words, range),
            Event::Code(words) if !self.is_hidden() => {
                let (at, fixed) = code_place(&self.body[range.clone()], &words).map_or((0, true), |at| (at, false));
                self.run.push_code(&words, self.base + range.start + at, fixed);
                self.plain_words |= self.strong == 0;
            }
            Event::FootnoteReference(_) => self.run.push("[^]", self.base + range.start, true),
            Event::SoftBreak => self.run.push("\n", self.base + range.start, true),
            Event::HardBreak => self.run.push("\u{2}", self.base + range.start, true),
            Event::Rule => return self.flush(),
            _ => {}
        }
        false
    }

    fn is_hidden(&self) -> bool {
        self.hidden.contains(&true)
    }

    fn words(&mut self, words: &CowStr<'a>, range: Range<usize>) {
        if self.is_hidden() {
            return;
        }
        self.plain_words |= self.strong == 0 && !words.trim().is_empty();
        match words {
            // A slice of the body stands where its address says (the range may begin at a backslash before).
            CowStr::Borrowed(slice) => {
                let at = (slice.as_ptr() as usize).wrapping_sub(self.body.as_ptr() as usize);
                if self.body.get(at..at.wrapping_add(slice.len())).is_some_and(|same| same.as_ptr() == slice.as_ptr()) {
                    return self.run.push(slice, self.base + at, false);
                }
                self.run.push(slice, self.base + range.start, true);
            }
            _ => {
                let same = self.body[range.clone()] == **words;
                self.run.push(words, self.base + range.start, !same);
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Emphasis | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::Strong => self.strong += 1,
            Tag::Link { link_type, .. } => {
                self.hidden.push(matches!(link_type, LinkType::Autolink | LinkType::Email));
                if let Some((_, has_link)) = &mut self.definition {
                    *has_link = true;
                }
            }
            Tag::Image { .. } => self.hidden.push(true),
            block => {
                self.flush();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag<'a>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level),
            Tag::TableCell => self.in_cell = true,
            Tag::Item => self.items += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.code = Code::Fenced,
            Tag::CodeBlock(CodeBlockKind::Indented) => self.code = Code::Indented,
            Tag::FootnoteDefinition(_) => {
                let blocks = self.builder.block_count();
                self.definition = Some((blocks, false));
                self.definitions_from.get_or_insert(blocks);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> bool {
        match tag {
            TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => return false,
            TagEnd::Strong => {
                self.strong = self.strong.saturating_sub(1);
                return false;
            }
            TagEnd::Link | TagEnd::Image => {
                self.hidden.pop();
                return false;
            }
            TagEnd::CodeBlock => {
                if self.code == Code::Indented && !is_prose(self.run.raw()) {
                    self.run.clear();
                }
                self.code = Code::None;
            }
            _ => {}
        }
        let stop = self.flush();
        match tag {
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::TableCell => self.in_cell = false,
            TagEnd::Item => self.items = self.items.saturating_sub(1),
            TagEnd::FootnoteDefinition => {
                if let Some((blocks, true)) = self.definition.take() {
                    self.builder.keep_blocks(blocks);
                }
            }
            _ => {}
        }
        stop
    }

    /// Hands the block on; true when it was the heading of the reference list.
    fn flush(&mut self) -> bool {
        let is_bold = !std::mem::take(&mut self.plain_words);
        if self.run.raw().is_empty() {
            return false;
        }
        let kind = match () {
            () if self.heading.is_some() => BlockKind::Heading,
            () if self.in_cell => BlockKind::Cell,
            () if self.items > 0 => BlockKind::ListItem,
            () => BlockKind::Paragraph,
        };
        self.run.flush(kind, self.builder);
        let words = self.builder.open_words().trim();
        if words.is_empty() {
            return false;
        }
        let may_head =
            self.heading.is_some() || kind == BlockKind::Paragraph && (is_bold || words.ends_with([':', '：']));
        if may_head && is_reference_heading(words) && self.builder.open_index() > self.first_block {
            self.builder.abandon();
            return true;
        }
        if self.heading == Some(HeadingLevel::H1) && self.title.is_none() {
            self.title = Some(words.to_owned());
        }
        if self.definition.is_none() {
            self.definitions_from = None;
        }
        false
    }

    /// Closes the body; its title, if it has one.
    fn finish(mut self) -> Option<String> {
        self.flush();
        if let Some(blocks) = self.definitions_from {
            self.builder.keep_blocks(blocks);
        }
        self.title
    }
}

/// Where the words of inline code begin in its source; a line end there is a blank in the words.
fn code_place(source: &str, words: &str) -> Option<usize> {
    let ticks = source.bytes().take_while(|b| *b == b'`').count();
    let same = |(&a, &b): (&u8, &u8)| a == b || b == b' ' && matches!(a, b'\n' | b'\r');
    let begins = |at: &usize| {
        let inside = source.as_bytes().get(*at..*at + words.len());
        inside.is_some_and(|inside| inside.iter().zip(words.as_bytes()).all(same))
    };
    [ticks, ticks + 1].into_iter().find(begins)
}

/// Whether a heading says that references follow.
fn is_reference_heading(words: &str) -> bool {
    let is_mark = |c: char| !c.is_alphanumeric();
    let words = words.trim_matches(is_mark);
    const CHINESE: [&str; 10] =
        ["引用", "引文", "参考", "参考文献", "参考资料", "参考来源", "引用来源", "参考链接", "引用文献", "参考信息"];
    const ENGLISH: [&str; 5] = ["references", "reference", "sources", "bibliography", "citations"];
    CHINESE.contains(&words) || ENGLISH.iter().any(|known| words.eq_ignore_ascii_case(known))
}
