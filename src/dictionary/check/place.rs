//! Where in its file a word of an entry stands.

use crate::dictionary::Entity;

/// The lines of every file.
pub(super) struct Pages<'a> {
    lines: Vec<Vec<&'a str>>,
}

impl<'a> Pages<'a> {
    pub fn new(sources: &'a [String]) -> Pages<'a> {
        Pages { lines: sources.iter().map(|s| s.lines().collect()).collect() }
    }

    /// A line of a file, from 1.
    pub fn line(&self, file: usize, line: u32) -> &'a str {
        self.lines[file].get(line.saturating_sub(1) as usize).copied().unwrap_or_default()
    }

    /// Line and column of the entry's name.
    pub fn entry(&self, e: &Entity) -> (u32, u32) {
        let line = self.line(e.file as usize, e.line);
        (e.line, line.find(&*e.name).map_or(1, |at| column(line, at)))
    }

    /// Line and column of a value in an entry, at or behind the words `anchor`; the entry's own place when it is
    /// written in some other way (escapes, folded lines).
    pub fn find(&self, e: &Entity, anchor: &str, value: &str) -> (u32, u32) {
        let lines = &self.lines[e.file as usize];
        let first = e.line.saturating_sub(1) as usize;
        let end = (first + 1..lines.len()).find(|&i| begins_entry(lines[i])).unwrap_or(lines.len());
        let from = (first..end).find(|&i| lines[i].contains(anchor)).unwrap_or(first);
        for (i, line) in lines.iter().enumerate().take(end).skip(from) {
            let start = if i == from { line.find(anchor).unwrap_or(0) } else { 0 };
            let stands = |at: &usize| is_value(&line[..*at], &line[at + value.len()..]);
            let mut places = line.match_indices(value).map(|(at, _)| at).filter(|at| *at >= start);
            if let Some(at) = places.find(stands) {
                return (i as u32 + 1, column(line, at));
            }
        }
        self.entry(e)
    }
}

fn begins_entry(line: &str) -> bool {
    let body = line.trim_start();
    body.starts_with("- ") && body[2..].trim_start().starts_with("name:")
}

fn column(line: &str, at: usize) -> u32 {
    line[..at].chars().count() as u32 + 1
}

/// Whether what stands between `before` and `after` on a line is a whole YAML value.
fn is_value(before: &str, after: &str) -> bool {
    let before = before.trim_end_matches(' ');
    let starts = before.is_empty() || before.ends_with([':', ',', '[', '{', '-', '"', '\'']);
    let rest = after.trim_start_matches(['"', '\'']);
    let rest = rest.trim_start_matches(' ');
    starts && (rest.is_empty() || rest.starts_with([',', ']', '}', '#', ':']))
}
