//! Versions of a product family: `GPT-4o`, `Claude Opus 4.8`, `Qwen3-235B-A22B`, `昇腾910C`, `RTX 5090 Ti`.
//!
//! A version is the family's name, then tokens, each after an optional blank or hyphen: a number token
//! (`4o`, `3.5`, `910C`, `R1`, `235B`, `v2`), or a word (`Pro`, `mini`, `Opus`). The first token is a number
//! token or one of the family's own words; a general word may only follow.

use crate::dictionary::Facts;
use crate::find;

/// Words that may follow in any family.
const WORDS: &[&str] = &[
    "Pro",
    "Max",
    "Ultra",
    "Mini",
    "mini",
    "Nano",
    "nano",
    "Turbo",
    "turbo",
    "Flash",
    "Plus",
    "Lite",
    "Preview",
    "preview",
    "Instruct",
    "Coder",
    "Codex",
    "VL",
    "Omni",
    "Thinking",
    "High",
    "high",
    "low",
    "medium",
    "Experimental",
    "Exp",
    "exp",
    "Chat",
    "Base",
    "Vision",
    "Audio",
    "Realtime",
    "Large",
    "Medium",
    "Small",
    "Ti",
    "SUPER",
    "Super",
    "Air",
    "Elite",
    "Gen",
    "Distill",
    "Math",
    "Prover",
    "Image",
    "Video",
    "Next",
    "Heavy",
    "Fast",
    "fast",
    "pro",
    "Vibe",
    "Dev",
    "Zero",
    "Alpha",
    "Embedding",
    "Reranker",
    "Native",
    "Edge",
    "SE",
    "XL",
    "FE",
    "Master",
    "Live",
];

/// Those of them that make another product of a listed one behind its number: `GPT-4o mini`, `小米15 Ultra`.
const TIERS: &[&str] = &[
    "Pro", "Max", "Ultra", "Mini", "Nano", "Turbo", "Plus", "Lite", "Preview", "Air", "SE", "Ti", "SUPER", "XL",
    "Master", "Elite", "Flash", "Coder", "Instruct", "Distill",
];

/// Words after a number that make it a quantity, not a version.
const UNITS: &[&str] = &[
    "年", "月", "日", "天", "号", "%", "％", "亿", "万", "千", "百", "个", "款", "家", "美元", "元", "岁", "倍", "次",
    "名", "位", "人", "种", "小时", "分钟", "秒", "周", "篇", "张", "台", "套", "条", "层", "者", "大", "项", "成",
    "轮", "点", "强",
];

/// Whether a word may follow in any family's versions.
pub(super) fn is_word(word: &str) -> bool {
    WORDS.contains(&word)
}

/// Whether `after`, the text right behind a number, makes it a count of things.
pub(super) fn counts(after: &str) -> bool {
    let next = after.trim_start();
    UNITS.iter().any(|u| find::starts(next, u))
}

/// The byte length of the version that begins `after` (the text right behind a family's name), 0 if none.
pub(super) fn tail(after: &str, facts: &Facts) -> usize {
    let mut end = 0;
    let mut numbers = 0;
    let mut rest = after;
    // "文心大模型4.5"
    if let Some(r) = rest.strip_prefix("大模型")
        && r.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        rest = r;
    }
    for _ in 0..8 {
        let at = after.len() - rest.len();
        let separator = rest.starts_with([' ', '-', '‑', '–', '·']);
        let body = if separator { &rest[rest.chars().next().map_or(0, char::len_utf8)..] } else { rest };
        let word_len = body.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
        let mut word = &body[..word_len];
        while word.ends_with('.') {
            word = &word[..word.len() - 1];
        }
        if word.is_empty() {
            // a family's own word in Chinese ("至尊版")
            if let Some(w) = facts.version_words.iter().find(|w| !w.is_ascii() && body.starts_with(w.as_str())) {
                rest = &body[w.len()..];
                end = after.len() - rest.len();
                continue;
            }
            break;
        }
        // glued to the family's name or to the token before, letters need a digit first: "GPTs" is no version
        let glued = !separator && (at == 0 || rest.len() == after.len());
        let hyphen = rest.starts_with('-');
        let is = |w: &str| w == word || w.eq_ignore_ascii_case(word) && (hyphen || starts_upper(word));
        let own = facts.version_words.iter().any(|w| if separator { is(w) } else { w == word });
        let number = is_number_token(word);
        let fits = if number {
            let next = &body[word.len()..];
            let counted = word.bytes().all(|b| b.is_ascii_digit() || b == b'.') && counts(next);
            let percent = next.starts_with(['%', '％']);
            let year = numbers == 0
                && word.len() == 4
                && rest.starts_with(' ')
                && matches!(word.as_bytes(), [b'1', b'9', ..] | [b'2', b'0', ..])
                && facts.version_words.is_empty();
            !(counted || percent || year)
        } else {
            own && (!glued || !word.bytes().all(|b| b.is_ascii_lowercase()))
                || (numbers > 0 && WORDS.iter().any(|w| if hyphen { is(w) } else { *w == word }))
        };
        if !fits {
            break;
        }
        numbers += usize::from(number || own);
        rest = &body[word.len()..];
        end = after.len() - rest.len();
        // "Gen 3", "Opus 4"
    }
    end
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The byte length of what makes another product of the listed one called `name`, where `after` begins with
/// it: its next tier, or its date or size behind a hyphen (`-0528`, `-7B`). 0 where nothing does, or where the
/// name does not end with a number.
pub(super) fn further(name: &str, after: &str) -> usize {
    let last = name.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '.').next().unwrap_or_default();
    let counted = last.bytes().any(|b| b.is_ascii_digit()) && last.len() <= 8;
    let mut end = 0;
    while counted && after[end..].starts_with([' ', '-']) {
        let hyphen = after[end..].starts_with('-');
        let body = &after[end + 1..];
        let word = &body[..body.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count()];
        let word = word.trim_end_matches('.');
        let tier = TIERS.contains(&word)
            || TIERS.iter().any(|t| t.eq_ignore_ascii_case(word)) && (hyphen || matches!(word, "mini" | "pro"));
        let number = hyphen
            && word.len() >= 2
            && is_number_token(word)
            && word.starts_with(|c: char| c.is_ascii_digit() || c == 'A')
            && !counts(&body[word.len()..]);
        if !(tier || number) {
            break;
        }
        end += 1 + word.len();
        if after[end..].starts_with('+') && !after[end + 1..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            end += 1;
        }
    }
    end
}

/// `4o`, `3.5`, `910C`, `R1`, `235B`, `A22B`, `v2.1`, `X1`: a digit, with few letters around.
fn is_number_token(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let lead = word.bytes().take_while(u8::is_ascii_alphabetic).count();
    digits > 0 && digits <= 5 && lead <= 3 && word.len() <= 8
}

/// The canonical name of a version: the family's name and its tail, with one way to join them.
pub(super) fn canonical(family: &str, tail: &str) -> String {
    let tail = tail.trim_start_matches([' ', '-', '‑', '–', '·']);
    let tail = tail.strip_prefix("大模型").map_or(tail, str::trim_start);
    let tail: String = tail.chars().map(|c| if matches!(c, '‑' | '–') { '-' } else { c }).collect();
    let last = family.chars().next_back().unwrap_or(' ');
    let first = tail.chars().next().unwrap_or(' ');
    let glue = if !last.is_ascii() {
        ""
    } else if first.is_ascii_digit() && family.chars().all(|c| c.is_ascii_uppercase()) && family.len() <= 4 {
        "-"
    } else {
        " "
    };
    format!("{family}{glue}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails() {
        let plain = Facts { versions: true, ..Facts::default() };
        let claude = Facts { version_words: vec!["Opus".into(), "Sonnet".into(), "Code".into()], ..plain.clone() };
        for (facts, after, want) in [
            (&plain, "-4o的能力", "-4o"),
            (&plain, " 5.5 Pro，", " 5.5 Pro"),
            (&plain, "4.1", "4.1"),
            (&plain, "-4.", "-4"),
            (&claude, " Opus 4.8发布", " Opus 4.8"),
            (&claude, " 4 Opus 和", " 4 Opus"),
            (&plain, "3-235B-A22B", "3-235B-A22B"),
            (&plain, "910C芯片", "910C"),
            (&plain, " 5090 Ti", " 5090 Ti"),
            (&plain, " 17 Pro Max", " 17 Pro Max"),
            (&plain, "8 Gen 3处理器", "8 Gen 3"),
            (&plain, "-R1-Distill-Qwen-7B", "-R1-Distill"),
            (&plain, "大模型4.5 Turbo", "大模型4.5 Turbo"),
            (&plain, " 2025年发布", ""),
            (&plain, "3月", ""),
            (&plain, " 30%的用户", ""),
            (&plain, "s", ""),
            (&plain, " 模型", ""),
            (&plain, " Pro", ""),
        ] {
            assert_eq!(&after[..tail(after, facts)], want, "{after}");
        }
    }

    #[test]
    fn further_products() {
        for (name, after, want) in [
            ("GPT-4o", " mini和", " mini"),
            ("R1", "-0528更新", "-0528"),
            ("小米15", " Ultra手机", " Ultra"),
            ("NOTE 50", " Pro+的", " Pro+"),
            ("Mistral 7B", "-instruct", "-instruct"),
            ("V3", " 2025年", ""),
            ("Photoshop", " Pro", ""),
            ("A18", " chip", ""),
        ] {
            assert_eq!(&after[..further(name, after)], want, "{name}{after}");
        }
    }

    #[test]
    fn canonical_names_join_one_way() {
        assert_eq!(canonical("GPT", " 4o"), "GPT-4o");
        assert_eq!(canonical("GPT", "4o"), "GPT-4o");
        assert_eq!(canonical("Claude", "-Opus 4"), "Claude Opus 4");
        assert_eq!(canonical("昇腾", " 910C"), "昇腾910C");
        assert_eq!(canonical("Qwen", "3"), "Qwen 3");
    }
}
