//! The civil date that an article gives for itself, in the ways that people write it.

use jiff::civil::Date;

/// The date at the start of `words`: `2025-07-31T18:21:04+08:00`, `2025-07-31 18:21:04 `, `2025/7/3`,
/// `2025.7.3`, `2025年7月3日`, `20250703`. The date is taken as written, whatever the offset says.
pub(super) fn parse(words: &str) -> Option<Date> {
    let words = words.trim();
    let (year, rest) = number(words, 4, 4)?;
    let (month, rest, separator) = match rest.chars().next()? {
        c if c.is_ascii_digit() => {
            let (month, rest) = number(rest, 2, 2)?;
            (month, rest, None)
        }
        c @ ('-' | '/' | '.' | '年') => {
            let (month, rest) = number(rest[c.len_utf8()..].trim_start(), 1, 2)?;
            (month, rest, Some(c))
        }
        _ => return None,
    };
    let (day, rest) = match separator {
        None => number(rest, 2, 2)?,
        Some('年') => number(rest.strip_prefix('月')?.trim_start(), 1, 2)?,
        Some(c) => number(rest.strip_prefix(c)?, 1, 2)?,
    };
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// A date that a file name begins with, or holds as eight digits or with dashes.
pub(super) fn in_file_name(name: &str) -> Option<Date> {
    let stem = name.rsplit('/').next()?;
    let bytes = stem.as_bytes();
    let starts = (0..bytes.len()).filter(|&i| {
        matches!(&bytes[i..], [b'1', b'9', ..] | [b'2', b'0', ..]) && (i == 0 || !bytes[i - 1].is_ascii_alphanumeric())
    });
    starts.filter_map(|i| stem.get(i..)).find_map(|tail| {
        let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
        match digits {
            4 => parse(tail),
            8.. => parse(&tail[..8]),
            _ => None,
        }
    })
}

/// A number of `least` to `most` digits at the start of `words`, and what follows.
fn number(words: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let digits = words.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (digits >= least).then(|| Some((words[..digits].parse().ok()?, &words[digits..])))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        for (words, expected) in [
            ("2025-07-31T18:21:04Z", Some("2025-07-31")),
            ("2025-06-09T00:15:49.885+08:00", Some("2025-06-09")),
            ("2025-07-31 18:21:04 ", Some("2025-07-31")),
            ("2025/7/3", Some("2025-07-03")),
            ("2025年7月3日", Some("2025-07-03")),
            ("2025 年", None),
            ("2025.07.03", Some("2025-07-03")),
            ("20250703", Some("2025-07-03")),
            ("2025-02-30", None),
            ("2025-7-311", None),
            ("昨天", None),
            ("", None),
        ] {
            assert_eq!(parse(words).map(|d| d.to_string()).as_deref(), expected, "{words:?}");
        }
    }

    #[test]
    fn dates_in_file_names() {
        for (name, expected) in [
            ("news/2025-08-13-openai.md", Some("2025-08-13")),
            ("pr-citybiz-20250605-nea.md", Some("2025-06-05")),
            ("article-20250619102004644-4.md", Some("2025-06-19")),
            ("waic-2025.md", None),
            ("商汤2025-08-13.md", Some("2025-08-13")),
        ] {
            assert_eq!(in_file_name(name).map(|d| d.to_string()).as_deref(), expected, "{name}");
        }
    }
}
