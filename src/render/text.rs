//! How wide text is, and where it breaks. Fonts differ between machines; the widths here are those of common
//! sans-serif fonts, a little generous, so that text fits its place whatever font draws it.

/// Widths of the characters from U+0020 to U+007E, in thousandths of the font size (the wider of Arial and Noto Sans).
const LATIN: [u16; 95] = [
    280, 280, 410, 650, 575, 835, 735, 230, 335, 335, 555, 585, 280, 335, 280, 375, 575, 575, 575, 575, 575, 575, 575,
    575, 575, 575, 280, 280, 585, 585, 585, 560, 1015, 670, 670, 725, 735, 670, 615, 780, 745, 345, 505, 670, 560, 910,
    765, 785, 670, 785, 670, 670, 615, 735, 670, 945, 670, 670, 615, 335, 375, 335, 575, 560, 335, 565, 620, 505, 620,
    565, 345, 620, 622, 262, 262, 540, 262, 935, 622, 610, 620, 620, 415, 505, 365, 622, 510, 790, 530, 515, 505, 385,
    555, 385, 585,
];

/// The width of a character, in units of the font size.
fn advance(c: char) -> f32 {
    match c {
        ' '..='~' => f32::from(LATIN[c as usize - 0x20]) / 1000.0,
        // marks that combine with what is before
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{20d0}'..='\u{20ff}' => 0.0,
        // wide scripts, full-width forms and pictures
        '\u{1100}'..='\u{115f}' | '\u{2190}'..='\u{2bff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' => 1.0,
        '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' => 1.0,
        '\u{10000}'.. => 1.3,
        // the middle dot and quotes may be drawn full-width by a Chinese font
        '·' | '‘' | '’' | '“' | '”' | '…' | '—' | '–' | '•' => 1.0,
        _ => 0.72,
    }
}

/// The width of a text in units of the font size.
pub(super) fn width(text: &str) -> f32 {
    text.chars().map(advance).sum()
}

/// A text as one line that can be shown: runs of blanks as one, no control or formatting characters that would
/// turn or hide their surroundings.
pub fn shown(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
            || matches!(c, '\u{fff9}'..='\u{ffff}' | '\u{ad}' | '\u{61c}')
    };
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !hidden(*c)).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text cut to a width, with `…` where something is missing.
pub(super) fn cut(text: &str, most: f32) -> String {
    if width(text) <= most {
        return text.to_string();
    }
    let mut out = String::new();
    let mut used = advance('…');
    for c in text.chars() {
        used += advance(c);
        if used > most {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Whether a line may begin with this character after a break.
fn may_begin(c: char) -> bool {
    !"，。、；：！？）》」』】〉”’·,.;:!?)]}%…—-".contains(c)
}

/// A text in at most `most` lines of this width: broken at blanks, or beside Chinese characters; cut if it is longer.
pub(super) fn lines(text: &str, wide: f32, most: usize) -> Vec<String> {
    let wide_char = |c: char| ('\u{2e80}'..='\u{d7ff}').contains(&c) || ('\u{ff00}'..='\u{ff60}').contains(&c);
    let mut out: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if out.len() + 1 == most || width(rest) <= wide {
            out.push(cut(rest, wide));
            break;
        }
        let (mut used, mut at, mut last) = (0.0, 0, None);
        let mut before: Option<char> = None;
        for (i, c) in rest.char_indices() {
            let beside = before.is_some_and(|b| b == '-' || wide_char(b) || wide_char(c));
            if i > 0 && may_begin(c) && (c == ' ' || beside || before == Some(' ')) {
                last = Some(i);
            }
            used += advance(c);
            if used > wide && i > 0 {
                break;
            }
            at = i + c.len_utf8();
            before = Some(c);
        }
        // a word longer than the line breaks inside
        let end = last.unwrap_or(at).max(rest.chars().next().map_or(1, char::len_utf8));
        out.push(rest[..end].trim_end().to_string());
        rest = rest[end..].trim_start();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        let label = "Beijing 智源人工智能研究院（BAAI）Foundation for Open Models";
        let broken = lines(label, 9.0, 10);
        assert!(broken.iter().all(|l| width(l) <= 9.0), "{broken:?}");
        let plain = |s: &str| s.replace(' ', "");
        assert_eq!(plain(&broken.concat()), plain(label));
        assert_eq!(lines("OpenAI", 9.0, 2), ["OpenAI"]);
        assert_eq!(lines("人工智能人工智能人工智能", 4.0, 2), ["人工智能", "人工智…"]);
        assert!(lines("Donaudampfschifffahrtsgesellschaft", 6.0, 9).iter().all(|l| width(l) <= 6.0));
        assert!(lines("", 6.0, 2).is_empty());
    }

    #[test]
    fn nothing_hidden_is_shown() {
        assert_eq!(shown(" a\0b\u{202e}c\r\n\td\u{200b} "), "a bc d");
    }
}
