//! Rows for people (aligned, Chinese taking two columns) and for spreadsheets (CSV).

use super::Stop;
use crate::export;
use comfy_table::{ContentArrangement, Table, presets};
use std::borrow::Cow;
use std::io::{IsTerminal, Write};

/// A table: heads and rows of the same length.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Rows {
    pub(super) fn new(heads: &[&str]) -> Rows {
        Rows { heads: heads.iter().map(|h| (*h).to_owned()).collect(), rows: Vec::new() }
    }

    /// Aligned text; on a terminal, fitted to its width.
    pub(super) fn table(&self, out: &mut dyn Write) -> Result<(), Stop> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let fit = std::io::stdout().is_terminal();
        table.set_content_arrangement(if fit { ContentArrangement::Dynamic } else { ContentArrangement::Disabled });
        table.set_header(self.heads.clone());
        for row in &self.rows {
            table.add_row(row.iter().map(|cell| visible(cell)));
        }
        for line in table.lines() {
            writeln!(out, "{}", line.trim())?;
        }
        Ok(())
    }

    /// Comma-separated values.
    pub(super) fn csv(&self, out: &mut dyn Write) -> Result<(), Stop> {
        export::csv_row(out, &self.heads.iter().map(|h| Cow::Borrowed(h.as_str())).collect::<Vec<_>>())?;
        for row in &self.rows {
            export::csv_row(out, &row.iter().map(|c| Cow::Borrowed(c.as_str())).collect::<Vec<_>>())?;
        }
        Ok(())
    }
}

/// Text without characters that would move a terminal's cursor or change its colours.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// At most `columns` columns of a text around the byte range `focus`, `…` where it was cut.
pub(super) fn excerpt(text: &str, focus: (usize, usize), columns: usize) -> String {
    let width = |c: char| 1 + (c as u32 >= 0x1100) as usize;
    if text.chars().map(width).sum::<usize>() <= columns {
        return visible(text);
    }
    let clamp = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let (mut start, mut end) = (clamp(focus.0), clamp(focus.1.max(focus.0)));
    let mut room = columns.saturating_sub(text[start..end].chars().map(width).sum());
    // a third of the room before, the rest after, then what is left before
    let mut before = room / 3;
    for share in 0..2 {
        while let Some(c) = text[..start].chars().next_back().filter(|c| width(*c) <= before) {
            start -= c.len_utf8();
            before -= width(c);
            room -= width(c);
        }
        while let Some(c) = text[end..].chars().next().filter(|c| width(*c) <= room && share == 0) {
            end += c.len_utf8();
            room -= width(c);
        }
        before = room;
    }
    let mark = |cut: bool| if cut { "…" } else { "" };
    format!("{}{}{}", mark(start > 0), visible(&text[start..end]), mark(end < text.len()))
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn excerpts_keep_the_focus() {
        let text = "商汤科技联合创始人徐冰出任曦望董事长，三一集团、北京利尔参与融资。";
        assert_eq!(excerpt(text, (0, 12), 100), text);
        let at = text.find("北京利尔").unwrap();
        let short = excerpt(text, (at, at + 12), 20);
        assert!(short.contains("北京利尔") && short.starts_with('…') && short.ends_with('…'), "{short}");
        assert!(excerpt("一\u{1b}[31m二", (0, 0), 3).chars().all(|c| !c.is_control()));
    }
}
