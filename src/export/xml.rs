//! Text for XML 1.0, which cannot hold some characters at all.

use std::borrow::Cow;

/// Text as XML content or attribute value. Characters that XML 1.0 forbids become U+FFFD.
///
/// Source: <https://www.w3.org/TR/xml/#charsets>.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\n' | '\r' | '\t') || forbidden(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            c if forbidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn forbidden(c: char) -> bool {
    (c < ' ' && !matches!(c, '\n' | '\r' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn forbidden_characters_do_not_pass() {
        assert_eq!(super::escaped("商汤 <b> & \"x\"\0\u{ffff}"), "商汤 &lt;b&gt; &amp; &quot;x&quot;\u{fffd}\u{fffd}");
        assert!(matches!(super::escaped("徐冰"), std::borrow::Cow::Borrowed("徐冰")));
    }
}
