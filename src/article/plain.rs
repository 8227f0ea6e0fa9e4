//! Plain text: paragraphs between blank lines, lines joined as their script wants it.

use super::run::Run;
use super::text::{BlockKind, TextBuilder};

/// A first line up to this many characters, with a blank line after it, is the title.
const LONGEST_TITLE: usize = 80;

/// The title of a plain text and where the rest begins.
pub(super) fn title(body: &str) -> Option<(&str, usize)> {
    let mut at = 0;
    let mut lines = body.split_inclusive('\n');
    let line = lines.by_ref().find(|line| {
        at += line.len();
        !is_blank(line)
    })?;
    let next_is_blank = lines.next().is_none_or(is_blank);
    let title = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    (next_is_blank && at < body.len() && title.chars().count() <= LONGEST_TITLE).then_some((title, at))
}

fn is_blank(line: &str) -> bool {
    line.chars().all(|c| c.is_whitespace() || c == '\u{FEFF}')
}

/// Reads `body`, which stands at `base` in the source: a block per paragraph.
pub(super) fn read(body: &str, base: usize, builder: &mut TextBuilder) {
    let mut run = Run::default();
    let mut at = base;
    for line in body.split_inclusive(['\n', '\r']) {
        let words = line.trim_end_matches(['\n', '\r']);
        if line == "\n" && at > base && body.as_bytes()[at - base - 1] == b'\r' {
            // The second half of `\r\n`.
        } else if is_blank(words) {
            run.flush(BlockKind::Paragraph, builder);
        } else {
            push_line(&mut run, words, at);
        }
        at += line.len();
    }
    run.flush(BlockKind::Paragraph, builder);
}

/// Reads `body` with a block per line.
pub(super) fn read_lines(body: &str, base: usize, builder: &mut TextBuilder) {
    let mut run = Run::default();
    let mut at = base;
    for line in body.split_inclusive(['\n', '\r']) {
        push_line(&mut run, line.trim_end_matches(['\n', '\r']), at);
        run.flush(BlockKind::Paragraph, builder);
        at += line.len();
    }
}

fn push_line(run: &mut Run, line: &str, at: usize) {
    let words = line.trim_start();
    let indent = line.len() - words.len();
    let words = words.trim_end();
    if words.is_empty() {
        return;
    }
    if !run.raw().is_empty() {
        run.push("\n", at + indent, true);
    }
    run.push(words, at + indent, false);
}
