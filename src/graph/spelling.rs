//! How a name is read: in pinyin, and by the initials of its pinyin.

use crate::dictionary::fold;
use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

/// Readings of one name that are kept, where characters have several.
const READINGS: usize = 6;

/// The pinyin of a name and its initials.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// Without tones and blanks, ü as `v`; what is not Chinese stays as folded: `xiaomisu7`.
    pub full: String,
    /// The first letter of each character, what is not Chinese whole: `xmsu7`.
    pub initials: String,
}

/// How a character may be read, without tone and ü as `v`, the commonest first; none if it is not Chinese.
pub(crate) fn sounds(c: char) -> Vec<String> {
    let common = c.to_pinyin().map(|p| p.plain());
    let all = c.to_pinyin_multi().into_iter().flatten().map(|p| p.plain());
    let mut out: Vec<String> = Vec::new();
    for sound in common.into_iter().chain(all).map(|s| s.replace('ü', "v")) {
        if !out.contains(&sound) {
            out.push(sound);
        }
    }
    out
}

/// How a name is read, the commonest reading first, a few more where characters have several; none for a name
/// without Chinese characters.
///
/// ```
/// use guanxi::graph::readings;
/// let of = |name| readings(name).into_iter().map(|r| (r.full, r.initials)).collect::<Vec<_>>();
/// assert_eq!(of("商汤科技")[0], ("shangtangkeji".into(), "stkj".into()));
/// assert!(of("长城汽车").iter().any(|r| r.0 == "changchengqiche"));
/// assert!(of("OpenAI").is_empty());
/// ```
pub fn readings(name: &str) -> Vec<Reading> {
    let folded = fold(name);
    let mut out = vec![Reading { full: String::new(), initials: String::new() }];
    let mut chinese = false;
    for c in folded.chars() {
        let mut sounds = sounds(c);
        sounds.truncate(2);
        chinese |= !sounds.is_empty();
        if sounds.is_empty() {
            for reading in &mut out {
                reading.full.push(c);
                reading.initials.push(c);
            }
            continue;
        }
        let room = (READINGS / out.len()).max(1);
        let before = std::mem::take(&mut out);
        for sound in sounds.into_iter().take(room) {
            out.extend(before.iter().map(|r| Reading {
                full: r.full.clone() + &sound,
                initials: r.initials.clone() + sound.get(..1).unwrap_or_default(),
            }));
        }
    }
    if !chinese {
        return Vec::new();
    }
    let mut seen = std::collections::BTreeSet::new();
    out.retain(|r| seen.insert(r.clone()));
    out
}

/// What a person typed as pinyin: tone marks and tone numbers, blanks and apostrophes gone, ü as `v`; `None` if it
/// holds what pinyin has not.
pub fn typed_pinyin(text: &str) -> Option<String> {
    let decomposed: String = fold(text).nfd().collect();
    // ü is u with U+0308, whatever tone mark follows
    let letters = decomposed.replace("u\u{308}", "v");
    let mark = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{304}' | '\u{30c}' | '\'' | '’');
    let out: String = letters.chars().filter(|c| !mark(c)).collect();
    (!out.is_empty() && out.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_as_people_type_it() {
        assert_eq!(typed_pinyin("shāng tāng").as_deref(), Some("shangtang"));
        assert_eq!(typed_pinyin("Xi'an").as_deref(), Some("xian"));
        assert_eq!(typed_pinyin("lǜ").as_deref(), Some("lv"));
        assert_eq!(typed_pinyin("商汤"), None);
        assert_eq!(typed_pinyin(" "), None);
    }

    #[test]
    fn readings_are_few_and_begin_with_the_common_one() {
        assert_eq!(readings("小米SU7")[0], Reading { full: "xiaomisu7".into(), initials: "xmsu7".into() });
        assert_eq!(readings("吕布")[0].full, "lvbu");
        let many = readings("重庆长安行乐单曾朝都会");
        assert!(many.len() <= READINGS && many.len() > 1, "{many:?}");
        assert_eq!(readings("").len(), 0);
    }
}
