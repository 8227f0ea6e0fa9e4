//! The raw words of one block, collected piece by piece, then cleaned as a whole and handed to the
//! [`TextBuilder`]: literal emphasis marks, footnote marks, URLs and invisible characters go, line ends become
//! a blank or nothing.

use super::chars::{is_cjk, is_cjk_punctuation, is_cjk_text, is_invisible, needs_blank};
use super::mask::BLOCK;
use super::script::scripts;
use super::text::{BlockKind, Segment, TextBuilder};

/// One block in the making.
#[derive(Debug, Default)]
pub(super) struct Run {
    text: String,
    map: Vec<Segment>,
    /// Ranges of inline code, where only invisible characters go.
    code: Vec<(usize, usize)>,
    cuts: Vec<Cut>,
}

/// A part of the run that does not reach the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cut {
    start: usize,
    end: usize,
    kind: CutKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CutKind {
    /// Just goes.
    Drop,
    /// A line end: becomes a blank if the words around need one.
    Line,
    /// A new block begins.
    Block,
    /// A lone `*` or `_` that goes if it has a partner.
    Lone,
}

/// Bytes at which something may have to go.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut i = 0;
    while i < 0x20 {
        table[i] = i as u8 != b'\t';
        i += 1;
    }
    let more = b"*_~[:wW\x7F\xC2\xE2\xEF";
    let mut i = 0;
    while i < more.len() {
        table[more[i] as usize] = true;
        i += 1;
    }
    table
};

impl Run {
    /// Appends words that stand at `file` (see [`TextBuilder::push`]).
    pub(super) fn push(&mut self, words: &str, file: usize, fixed: bool) {
        let (text, file) = (self.text.len() as u32, file as u32);
        let in_step = |s: &Segment| !s.fixed && !fixed && s.file + (text - s.text) == file;
        if !self.map.last().is_some_and(in_step) {
            self.map.push(Segment { text, file, fixed });
        }
        self.text.push_str(words);
    }

    /// Appends inline code.
    pub(super) fn push_code(&mut self, words: &str, file: usize, fixed: bool) {
        let start = self.text.len();
        self.push(words, file, fixed);
        self.code.push((start, self.text.len()));
    }

    /// The words so far, uncleaned.
    pub(super) fn raw(&self) -> &str {
        &self.text
    }

    /// Forgets the words.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.map.clear();
        self.code.clear();
        self.cuts.clear();
    }

    /// Cleans the words and opens a block with them, if there are any; begins anew.
    pub(super) fn flush(&mut self, kind: BlockKind, builder: &mut TextBuilder) {
        if self.text.is_empty() {
            return;
        }
        builder.block(kind);
        self.find_cuts();
        self.emit(kind, builder);
        self.clear();
    }

    fn emit(&self, kind: BlockKind, builder: &mut TextBuilder) {
        let mut at = 0;
        let mut segment = 0;
        let mut last = None;
        for (i, cut) in self.cuts.iter().enumerate() {
            if cut.end <= at {
                continue;
            }
            let start = cut.start.max(at);
            self.copy(at, start, &mut segment, builder);
            last = self.text[at..start].chars().next_back().or(last);
            at = cut.end;
            match cut.kind {
                CutKind::Block => {
                    builder.block(kind);
                    last = None;
                }
                CutKind::Line => {
                    let next = self.next_visible(i + 1, at);
                    // "Flash-\nLite": a name wrapped at its hyphen
                    let mut ends = self.text[..cut.start].chars().rev();
                    let hyphen = ends.next() == Some('-')
                        && ends.next().is_some_and(char::is_alphanumeric)
                        && next.is_some_and(char::is_alphanumeric);
                    if !hyphen && last.zip(next).is_some_and(|(before, after)| needs_blank(before, after)) {
                        self.copy(cut.start, cut.end, &mut segment, builder);
                        last = Some(' ');
                    }
                }
                CutKind::Drop | CutKind::Lone => {}
            }
        }
        self.copy(at, self.text.len(), &mut segment, builder);
    }

    /// The first character from `at` on that reaches the text, given that cuts from `i` on lie behind.
    fn next_visible(&self, i: usize, mut at: usize) -> Option<char> {
        // Few cuts follow each other without a gap; if thousands do, the time must not grow with their square.
        for cut in self.cuts[i..].iter().take(64) {
            if cut.start > at {
                break;
            }
            at = at.max(cut.end);
        }
        self.text[at..].chars().next()
    }

    /// Hands on `start..end`; `segment` is a position in the map that only grows.
    fn copy(&self, start: usize, end: usize, segment: &mut usize, builder: &mut TextBuilder) {
        let mut from = start;
        while from < end {
            while self.map.get(*segment + 1).is_some_and(|s| s.text as usize <= from) {
                *segment += 1;
            }
            let s = self.map[*segment];
            let to = self.map.get(*segment + 1).map_or(end, |next| end.min(next.text as usize));
            let file = s.file as usize + if s.fixed { 0 } else { from - s.text as usize };
            builder.push(&self.text[from..to], file, s.fixed);
            from = to;
        }
    }

    fn find_cuts(&mut self) {
        let Run { text, code, cuts, .. } = self;
        let bytes = text.as_bytes();
        for script in scripts(text) {
            if code.iter().all(|c| c.1 <= script.start || c.0 >= script.end) {
                cuts.push(Cut { start: script.start, end: script.end, kind: CutKind::Drop });
            }
        }
        let mut at = 0;
        let mut lone = 0;
        let mut codes = code.iter().peekable();
        while let Some(step) = bytes[at..].iter().position(|&b| SPECIAL[b as usize]) {
            at += step;
            while codes.next_if(|c| c.1 <= at).is_some() {}
            let in_code = codes.peek().is_some_and(|c| c.0 <= at);
            let byte = bytes[at];
            let found = match byte {
                b'*' | b'_' | b'~' if !in_code => mark(text, at),
                b'[' if !in_code => footnote(text, at),
                b':' if !in_code => url(text, at, cuts),
                b'w' | b'W' if !in_code => bare_host(text, at),
                b'*' | b'_' | b'~' | b'[' | b':' | b'w' | b'W' => None,
                b'\n' | b'\r' => {
                    let ended = text[..at].ends_with(['。', '！', '？', '：', '；', '.', ':', ';', '!', '?']);
                    let parts = opens_item(&text[at + 1..], ended) || is_heading(&text[..at]);
                    let kind = if parts { CutKind::Block } else { CutKind::Line };
                    Some(Cut { start: at, end: at + 1, kind })
                }
                BLOCK => Some(Cut { start: at, end: at + 1, kind: CutKind::Block }),
                _ => {
                    let c = text[at..].chars().next().unwrap_or('\0');
                    is_invisible(c).then(|| Cut { start: at, end: at + c.len_utf8(), kind: CutKind::Drop })
                }
            };
            match found {
                Some(cut) => {
                    lone += usize::from(cut.kind == CutKind::Lone);
                    at = cut.end.max(at + 1);
                    cuts.push(cut);
                }
                // The next character; a run of marks that stays is passed over whole.
                None if matches!(byte, b'*' | b'_' | b'~') => at += run_length(bytes, at),
                None => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        if lone == 1 {
            cuts.retain(|c| c.kind != CutKind::Lone);
        }
        cuts.sort_unstable();
    }
}

/// Whether the last line of a text is a heading in capitals: `🏛️ GOVERNMENT`.
fn is_heading(text: &str) -> bool {
    let line = &text[text.rfind(['\n', '\r']).map_or(0, |i| i + 1)..];
    line.len() <= 60
        && line.bytes().filter(u8::is_ascii_uppercase).count() >= 4
        && !line.chars().any(|c| c.is_lowercase() || is_cjk(c) || matches!(c, '.' | ',' | ':' | ';'))
}

/// Whether a line opens as an item of a list does, whatever its mark: `▲ …`, `1️⃣ …`, `• …`, `3、…`, `【融资】…`.
/// `ended` says whether the line before ends as a sentence does.
fn opens_item(line: &str, ended: bool) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    match first {
        '*' | '-' | '+' | '·' => chars.next() == Some(' '),
        '•'
        | '‣'
        | '※'
        | '【'
        | '〖'
        | '\u{2190}'..='\u{21FF}'
        | '\u{2460}'..='\u{24FF}'
        | '\u{25A0}'..='\u{27BF}'
        | '\u{2B00}'..='\u{2BFF}' => true,
        '\u{1F000}'..='\u{1FAFF}' => true,
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let mut rest = line[digits..].chars();
            let (mark, next) = (rest.next(), rest.next());
            match mark {
                Some('\u{FE0F}' | '\u{20E3}') => true,
                Some('、' | '）') => digits <= 2,
                Some('.' | ')' | '．') => digits <= 2 && ended && next.is_some_and(|c| c == ' ' || is_cjk(c)),
                _ => false,
            }
        }
        _ => false,
    }
}

fn run_length(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take_while(|b| **b == bytes[at]).count()
}

/// Emphasis marks that CommonMark leaves literal, because next to Chinese punctuation they neither open nor
/// close: `**【AI内参】**图灵`.
fn mark(text: &str, at: usize) -> Option<Cut> {
    let bytes = text.as_bytes();
    let end = at + run_length(bytes, at);
    let before = text[..at].chars().next_back();
    let after = text[end..].chars().next();
    let is_alnum = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if end - at >= 2 {
        let kept = is_alnum(before) && is_alnum(after);
        return (!kept).then_some(Cut { start: at, end, kind: CutKind::Drop });
    }
    let touches = |c: Option<char>, is: fn(char) -> bool| c.is_some_and(is);
    let beside_punctuation = touches(before, is_cjk_punctuation) || touches(after, is_cjk_punctuation);
    let beside_letter = touches(before, is_cjk) && !is_alnum(after) || touches(after, is_cjk) && !is_alnum(before);
    let glued = match bytes[at] {
        // `_` never joins Chinese words; `*` may belong to a name (`Q*项目`).
        b'_' => touches(before, is_cjk_text) || touches(after, is_cjk_text),
        b'*' => beside_punctuation || beside_letter,
        _ => false,
    };
    glued.then_some(Cut { start: at, end, kind: CutKind::Lone })
}

/// `[^1]`, `[^3, ^4]`, with the blanks before it.
fn footnote(text: &str, at: usize) -> Option<Cut> {
    let inside = text[at..].strip_prefix("[^")?;
    let length = inside.bytes().take(400).position(|b| matches!(b, b']' | b'[' | b'\n'))?;
    if inside.as_bytes()[length] != b']' {
        return None;
    }
    let start = text[..at].trim_end_matches([' ', '\u{A0}', '\u{3000}']).len();
    Some(Cut { start, end: at + 2 + length + 1, kind: CutKind::Drop })
}

/// `https://…` around the colon at `at`, with brackets that hold nothing else; of a broken Markdown link
/// also the square bracket that opens it.
fn url(text: &str, at: usize, cuts: &mut Vec<Cut>) -> Option<Cut> {
    let bytes = text.as_bytes();
    if !text[at..].starts_with("://") {
        return None;
    }
    let scheme = bytes[..at].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
    let mut start = at - scheme;
    if scheme < 2 {
        return None;
    }
    let mut end = url_end(bytes, at + 3);
    let opens = text[..start].chars().next_back();
    let closes = text[end..].chars().next();
    if let (Some(open @ ('(' | '（' | '[' | '【' | '<')), Some(close @ (')' | '）' | ']' | '】' | '>'))) =
        (opens, closes)
    {
        start -= open.len_utf8();
        end += close.len_utf8();
        if open == '(' && bytes[..start].last() == Some(&b']') {
            start -= 1;
            let from = start.saturating_sub(600);
            if let Some(back) = memchr::memrchr(b'[', &bytes[from..start]) {
                cuts.push(Cut { start: from + back, end: from + back + 1, kind: CutKind::Drop });
            }
        }
    }
    Some(Cut { start, end, kind: CutKind::Drop })
}

/// `www.example.com/…`.
fn bare_host(text: &str, at: usize) -> Option<Cut> {
    let bytes = text.as_bytes();
    let starts = bytes.get(at..at + 5)?;
    let fits = starts[..4].eq_ignore_ascii_case(b"www.") && starts[4].is_ascii_alphanumeric();
    if !fits || at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    Some(Cut { start: at, end: url_end(bytes, at), kind: CutKind::Drop })
}

/// Where the URL whose tail begins at `at` ends; a closing mark at the end belongs to the sentence.
fn url_end(bytes: &[u8], at: usize) -> usize {
    let is_part =
        |b: &&u8| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b'`' | b'|' | b'\\' | b'{' | b'}');
    let tail = &bytes[at..];
    let mut tail = &tail[..tail.iter().take_while(is_part).count()];
    let mut depth = 0usize;
    let open_end = tail.iter().position(|b| match b {
        b'(' => {
            depth += 1;
            false
        }
        b')' if depth == 0 => true,
        b')' => {
            depth -= 1;
            false
        }
        b'[' | b']' => true,
        _ => false,
    });
    tail = &tail[..open_end.unwrap_or(tail.len())];
    while let [rest @ .., b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'('] = tail {
        tail = rest;
    }
    at + tail.len()
}

/// Whether words in an indented block are prose, indented by mistake, rather than code.
pub(super) fn is_prose(words: &str) -> bool {
    if words.contains(['{', '}', ';', '=']) && !words.contains(['。', '，']) {
        return false;
    }
    let chinese = words.chars().filter(|c| is_cjk_text(*c)).take(4).count();
    let english = words.split_whitespace().filter(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_alphabetic()));
    chinese >= 4 || english.take(6).count() >= 6
}
