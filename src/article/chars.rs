//! Which characters count as Chinese (or Japanese, Korean), as punctuation, as blank, as nothing at all.

/// A letter of a script written without blanks between words: Han, kana, hangul.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c as u32,
        0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3031..=0x3035 | 0x3040..=0x30FA | 0x30FC..=0x318F
        | 0x31A0..=0x4DBF | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F | 0x20000..=0x3FFFF)
}

/// Punctuation of Chinese text: full-width forms, brackets, and the dashes, dots and quotes that Chinese
/// shares with English (`“”‘’…—·`).
pub(super) fn is_cjk_punctuation(c: char) -> bool {
    matches!(c as u32,
        0x3000..=0x3004 | 0x3008..=0x3030 | 0x30FB | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40
        | 0xFF5B..=0xFF65 | 0xFE10..=0xFE1F | 0xFE30..=0xFE4F
        | 0x2018..=0x201D | 0x2026 | 0x2014 | 0x2015 | 0x00B7)
}

/// Chinese text of either sort.
pub(super) fn is_cjk_text(c: char) -> bool {
    is_cjk(c) || is_cjk_punctuation(c)
}

/// Characters that print as nothing and only get in the way of matching: zero-width blanks and joiners,
/// soft hyphens, direction marks, byte order marks, control characters (not line ends and tabs).
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c as u32,
        0x00..=0x08 | 0x0E..=0x1F | 0x7F..=0x84 | 0x86..=0x9F | 0xAD | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x2064 | 0x2066..=0x206F | 0xFEFF)
}

/// How two lines of one paragraph join: with a blank, unless the break stands in Chinese text.
pub(super) fn needs_blank(before: char, after: char) -> bool {
    !(before.is_whitespace()
        || after.is_whitespace()
        || is_cjk_punctuation(before)
        || is_cjk_punctuation(after)
        || is_cjk(before) && is_cjk(after))
}

/// `U.S`, `A.J`: capitals with points between them.
pub(crate) fn is_dotted(word: &str) -> bool {
    word.len() >= 3 && word.split('.').all(|p| p.len() == 1 && p.bytes().all(|b| b.is_ascii_uppercase()))
}
