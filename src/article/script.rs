//! Scripts and style sheets that lost their tags and stand among a paragraph's words: found statement by
//! statement, so that the sentences before, between and behind them stay.

use crate::find::count;
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::LazyLock;

/// How a statement begins that no prose has.
const OPENS: &str = r#"
        (?-u:\b)(?:var|let|const)\s+[A-Za-z_$][\w$]*\s*(?:=[^=]|;)
        | [!(]?(?-u:\b)(?:async\s+)?function\s*[\w$]*\s*\([\w$,\s]*\)\s*\{
        | (?-u:\b)(?:if|for|while|switch)\s*\([^(){};]{0,80}(?:\([^(){};]{0,40}\)[^(){};]{0,40})*\)\s*\{
        | (?-u:\b)(?:window|document|googletag|dataLayer|location|navigator|jQuery)(?:\.[\w$]+)+\s*(?:=[^=]|\(|\|\|)
        | \(\s*[\w$]+\s*=\s*window\.[\w$]+
        | (?-u:\b)[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\s*(?:=[^=>]|\(\s*(?:[\{\['"]|function|\)\s*;|\([\w$,\s]*\)\s*=>))
        | (?:\$|(?-u:\b)jQuery)\s*\([^()]{0,40}\)\s*\.
        | (?:\$|(?-u:\b)(?:gtag|fbq|ga|googletag|jQuery))\s*\(\s*['"(]
        | [.\#@]?[A-Za-z][\w\-.\#:>\s]{0,60}\{\s*(?:[a-z\-]{3,30}\s*:\s*[^;{}:]{1,80};\s*)+(?:[a-z\-]{3,30}\s*:\s*[^;{}:]{1,80})?\}
        | \{\s*"@(?:context|type|graph)"\s*:
"#;

static START: LazyLock<Regex> = LazyLock::new(|| compiled(&format!("(?x)(?:{OPENS})")));

/// Over bytes: code is ASCII, and classes of all characters would take longer to compile than most texts to read.
fn compiled(pattern: &str) -> Regex {
    RegexBuilder::new(pattern).unicode(false).build().expect("valid")
}

/// How a statement goes on behind another one.
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(&format!(
        r#"(?x)^(?:{OPENS}
        | [}})\];,]
        | (?:var|let|const|return|new|delete|throw|typeof|function|try|else|catch|finally|if|for|while|switch|case)(?-u:\b)\s*[\w$({{'"]
        | [!(\[]?\s*[A-Za-z_$][\w$]*(?:\.[\w$]+|\[[^\]\s]*\])*\s*(?:=[^=]|\(|\+\+|--|\|\||\+=)
        | [.\#@][\w\-][^.{{}}]{{0,60}}\{{
        )"#
    ))
});

/// The parts of `words` that are script.
pub(super) fn scripts(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // nor in most text that has one of these
    if memchr::memchr2(b';', b'}', words.as_bytes()).is_none() || marks(words) < 3 {
        return found;
    }
    let mut at = 0;
    while let Some(start) = START.find_at(words.as_bytes(), at) {
        let start = start.start();
        let mut end = statement(words, start);
        while end < words.len() {
            let rest = &words[end..];
            let next = end + rest.len() - rest.trim_start().len();
            if !NEXT.is_match(&words.as_bytes()[next..]) {
                break;
            }
            let past = statement(words, next);
            if past == next {
                break;
            }
            end = past;
        }
        if is_code(&words[start..end]) {
            found.push(start..end);
            at = end;
        } else {
            at = start + words[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// Bytes that a statement may have; what never ends is not looked through again and again.
const LONGEST: usize = 20_000;

/// How many marks of code there are.
fn marks(words: &str) -> usize {
    count(words.as_bytes(), |b| matches!(b, b'{' | b'}' | b';' | b'(' | b'='))
}

/// Whether it has the marks of code, and ends as a statement does.
fn is_code(words: &str) -> bool {
    words.ends_with([';', '}']) && marks(words) >= 3
}

/// Where the statement that starts at `start` ends: past a semicolon, or the brace that closes its block. One
/// that never ends (a script cut short) goes up to the last such mark.
fn statement(words: &str, start: usize) -> usize {
    let bytes = words.as_bytes();
    let mut depth = 0i32;
    let mut last = start;
    let mut at = start;
    while at < bytes.len().min(start + LONGEST) {
        match bytes[at] {
            quote @ (b'"' | b'\'' | b'`') => {
                // a string ends in its line; an apostrophe without a partner is none
                let close = bytes[at + 1..].iter().position(|b| *b == quote || *b == b'\n');
                if let Some(close) = close.filter(|c| bytes[at + 1 + c] == quote) {
                    at += close + 1;
                }
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' => depth -= 1,
            b'}' => {
                depth -= 1;
                last = at + 1;
                if depth <= 0 {
                    return past_tail(bytes, at + 1);
                }
            }
            b';' => {
                last = at + 1;
                if depth <= 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    last
}

/// What closes a call around a block: `}());`, `});`.
fn past_tail(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|b| matches!(b, b')' | b'(' | b';' | b'}' | b']')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(words: &str) -> String {
        let mut out = words.to_string();
        for range in scripts(words).into_iter().rev() {
            out.replace_range(range, "");
        }
        out
    }

    #[test]
    fn scripts_go_and_sentences_stay() {
        for (words, left) in [
            (
                "Orbis raised money. if (!window.Ads){(function(){var s = document.createElement(\"script\"); \
                 s.async = true; s.src = 'https://ads.example/app.js'; n.parentNode.insertBefore(s, n);}());} var Ads = Ads \
                 || {}; Ads.list = Ads.list || []; Ads.list.push({handler: function(o){ Ads.go(1, [300,250], 'p_'+o.place, \
                 o); }, opt: { place: n++, domain: 'ads.example' }}); Orbis was founded by Ada Reed.",
                "Orbis raised money.  Orbis was founded by Ada Reed.",
            ),
            (
                "星河科技完成融资。window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);} \
                 gtag('js', new Date());公司由李明创立。",
                "星河科技完成融资。公司由李明创立。",
            ),
            ("(adsbygoogle = window.adsbygoogle || []).push({}); The firm said no.", " The firm said no."),
            (".ad-box { color: red; margin: 0 auto; } The firm said no.", " The firm said no."),
            (
                "$(document).ready(function(){ $('.x').hide(); }); It's Mary's idea; it works.",
                " It's Mary's idea; it works.",
            ),
            ("var cut = 'short'; if (cut) { cut = 2;", ""),
        ] {
            assert_eq!(without(words), left, "{words}");
        }
    }

    #[test]
    fn prose_with_braces_is_no_script() {
        for words in [
            "模型的输出写作{姓名}；函数 f(x) 有两个参数。",
            "The template {company} was filled in; it's Acme's.",
            "If (and only if) the deal closes, Acme pays; otherwise it does not.",
            "Let us say so; the const of living rises.",
            "Acme (NYSE: ACM) sells chips; Beta buys them.",
            "See Node.js (a runtime); it is fast.",
            "集合 {1, 2, 3}；其中 x = 2；y = 3。",
        ] {
            assert_eq!(without(words), words);
        }
    }
}
