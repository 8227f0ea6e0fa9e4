//! Hides from the Markdown parser what no reader sees: HTML tags, comments, scripts, Hugo shortcodes. They
//! are overwritten by as many filler bytes, so offsets stay, and the Markdown inside HTML blocks is read.

use memchr::{memchr2, memmem};
use std::borrow::Cow;

/// Stands for something inside a line; dropped later.
pub(super) const INLINE: u8 = 0x01;
/// Stands for a tag that ends a block (`<p>`, `<br>`, `<td>`); the block is cut there.
pub(super) const BLOCK: u8 = 0x02;

/// The body with everything hidden, and where a code fence opens that never closes (it is hidden too).
pub(super) fn mask(body: &str) -> (Cow<'_, str>, Option<usize>) {
    let bytes = body.as_bytes();
    let has = |needle: &str| memmem::find(bytes, needle.as_bytes()).is_some();
    if memchr2(b'<', 0, bytes).is_none() && !has("{{%") && !has("```") && !has("~~~") {
        return (Cow::Borrowed(body), None);
    }
    let mut mask =
        Mask { bytes, out: bytes.to_vec(), never: Vec::new(), unclosed: [usize::MAX; 2], first_unclosed: None };
    mask.run();
    // Filler replaces whole characters only, so this never fails; if it did, nothing would be hidden.
    match String::from_utf8(mask.out) {
        Ok(text) => (Cow::Owned(text), mask.first_unclosed),
        Err(_) => (Cow::Borrowed(body), None),
    }
}

struct Mask<'a> {
    bytes: &'a [u8],
    out: Vec<u8>,
    /// Closing marks known not to come any more; looked for once, so that the time stays linear.
    never: Vec<&'static str>,
    /// For fences of backquotes and of tildes, the shortest that is known not to be closed.
    unclosed: [usize; 2],
    first_unclosed: Option<usize>,
}

impl Mask<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.bytes.len() {
            at = match fence(&self.bytes[at..]) {
                Some(open) => self.code(at, open),
                None => self.line(at),
            };
        }
    }

    /// Hides what begins in the line at `at`; returns where to go on, at a line start.
    fn line(&mut self, mut at: usize) -> usize {
        loop {
            let rest = &self.bytes[at..];
            let Some(step) = rest.iter().position(|b| matches!(b, b'\n' | b'<' | b'{' | b'\\' | 0)) else {
                return self.bytes.len();
            };
            at += step;
            match self.bytes[at] {
                b'\n' => return at + 1,
                b'\\' => at += 1 + usize::from(matches!(self.bytes.get(at + 1), Some(b'<' | b'{'))),
                0 => {
                    self.fill(at, at + 1, INLINE);
                    at += 1;
                }
                _ => match self.hidden(at) {
                    Some((end, filler)) => {
                        self.fill(at, end, filler);
                        at = end;
                    }
                    None => at += 1,
                },
            }
        }
    }

    /// Where the hidden thing at `at` ends, if there is one, and what stands for it.
    fn hidden(&mut self, at: usize) -> Option<(usize, u8)> {
        let rest = &self.bytes[at..];
        let shortcode =
            [("{{<", ">}}"), ("{{%", "%}}")].into_iter().find(|(open, _)| rest.starts_with(open.as_bytes()));
        if let Some((open, close)) = shortcode {
            return Some((self.past(at + open.len(), close).unwrap_or(at + open.len()), INLINE));
        }
        if rest.starts_with(b"<!--") {
            return Some((self.past(at + 4, "-->").unwrap_or(at + 4), INLINE));
        }
        let name_at = 1 + usize::from(rest.get(1) == Some(&b'/'));
        let first = *rest.get(name_at)?;
        if rest[0] != b'<' || !(first.is_ascii_alphabetic() || name_at == 1 && matches!(first, b'!' | b'?')) {
            return None;
        }
        let length = 1 + memchr2(b'<', b'>', &rest[1..])?;
        if rest[length] == b'<' || memmem::find(&rest[..length], b"\n\n").is_some() {
            return None;
        }
        let end = at + length + 1;
        let name = &rest[name_at..length];
        let name = &name[..name.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len())];
        for (element, close) in [("script", "</script>"), ("style", "</style>")] {
            if name_at == 1 && name.eq_ignore_ascii_case(element.as_bytes()) {
                return Some((self.past(end, close).unwrap_or(end), BLOCK));
            }
        }
        Some((end, if is_block(name) { BLOCK } else { INLINE }))
    }

    /// Past the next `close` from `at` on.
    fn past(&mut self, at: usize, close: &'static str) -> Option<usize> {
        if self.never.contains(&close) {
            return None;
        }
        let found = memmem::find(&self.bytes[at..], close.as_bytes());
        if found.is_none() {
            self.never.push(close);
        }
        Some(at + found? + close.len())
    }

    fn fill(&mut self, start: usize, end: usize, filler: u8) {
        for byte in &mut self.out[start..end] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = filler;
            }
        }
    }

    /// Passes over the code that the fence at `at` opens; hides the fence if nothing closes it.
    fn code(&mut self, at: usize, open: Fence) -> usize {
        let first_line_end = line_end(self.bytes, at);
        let known = &mut self.unclosed[usize::from(open.mark == b'~')];
        if open.length < *known {
            let mut next = first_line_end;
            while next < self.bytes.len() {
                let end = line_end(self.bytes, next);
                let closes = |f: Fence| f.mark == open.mark && f.length >= open.length && f.bare;
                if fence(&self.bytes[next..]).is_some_and(closes) {
                    return end;
                }
                next = end;
            }
            *known = open.length;
        }
        self.first_unclosed.get_or_insert(at);
        self.fill(at, first_line_end, INLINE);
        first_line_end
    }
}

#[derive(Clone, Copy)]
struct Fence {
    mark: u8,
    length: usize,
    /// Nothing follows the marks.
    bare: bool,
}

/// The code fence that begins this line.
fn fence(line: &[u8]) -> Option<Fence> {
    let indent = line.iter().take_while(|b| **b == b' ').count();
    let mark = *line.get(indent)?;
    if mark != b'`' && mark != b'~' {
        return None;
    }
    let length = line[indent..].iter().take_while(|b| **b == mark).count();
    let info = &line[indent + length..];
    let info = info[..memchr2(b'\n', b'\r', info).unwrap_or(info.len())].trim_ascii();
    (length >= 3 && (mark == b'~' || !info.contains(&b'`'))).then_some(Fence { mark, length, bare: info.is_empty() })
}

/// Past the end of the line at `at`.
fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i + 1)
}

/// Whether an element starts a line of its own in a browser.
fn is_block(name: &[u8]) -> bool {
    const NAMES: &str = " address article aside blockquote br button caption center dd details div dl dt fieldset \
        figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe legend li main nav ol option p pre \
        section select summary table tbody td tfoot th thead title tr ul video ";
    let name = std::str::from_utf8(name).unwrap_or_default().to_ascii_lowercase();
    !name.is_empty() && NAMES.contains(&format!(" {name} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(body: &str) -> String {
        let (text, _) = mask(body);
        assert_eq!(text.len(), body.len());
        text.replace('\u{1}', "").replace('\u{2}', "|")
    }

    #[test]
    fn hides_what_no_reader_sees() {
        for (body, expected) in [
            ("商汤<b>科技</b>", "商汤科技"),
            ("a <br/> b", "a ||||| b"),
            ("a < b > c", "a < b > c"),
            (r"\<b>", r"\<b>"),
            ("见<https://example.com/a?b=c>。", "见。"),
            ("甲<!-- 乙 -->丙", "甲丙"),
            ("甲<!-- 乙", "甲 乙"),
            ("甲{{< figure src=\"a\" >}}乙{{% x %}}丙", "甲乙丙"),
            ("甲{{< 乙", "甲 乙"),
            ("```\n<b>\n```\n<b>x", "```\n<b>\n```\nx"),
            ("```\n正文", "\n正文"),
            ("<style>p{}</style>x", "||||||||||||||||||x"),
        ] {
            assert_eq!(shown(body), expected, "{body:?}");
        }
    }

    #[test]
    fn an_unclosed_fence_is_told_of() {
        assert_eq!(mask("正文\n\n```rust\n正文").1, Some(8));
        assert_eq!(mask("```rust\n正文\n```\n").1, None);
    }
}
