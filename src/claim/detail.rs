//! What a sentence says beyond the two ends: the event's date, the amount, the round, the share.

use super::{Attributes, EventDate};
use crate::find;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

static FULL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:([0-9]{4})年|(今年|去年|前年|明年|本年)(?:的)?|((?:19|20)[0-9]{2})[-/.])(?:([0-9]{1,2})(?:月|[-/.]([0-9]{1,2}))(?:([0-9]{1,2})[日号])?|(一|二|三|四|首|上|下)(季度|半年)|第?(一|二|三|四)季度|(初|底|末|年初|年底|年末|中))?").expect("valid")
});
static MONTH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([0-9]{1,2})月([0-9]{1,2})[日号]|(本月|上个?月|下个?月)([0-9]{1,2})?|(昨日|昨天|今日|今天|明天)|(?:^|[^0-9年])([0-9]{1,2})月").expect("valid")
});
static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.? (?:([0-9]{1,2})(?:st|nd|rd|th)?,? )?([0-9]{4})(?-u:\b)|(?-u:\b)(?:in|since|by|from|during|of) ((?:19|20)[0-9]{2})(?-u:\b)|(?-u:\b)Q([1-4]) ([0-9]{4})(?-u:\b)").expect("valid")
});
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:近|超|约|逾)?[0-9][0-9,.]*\s*(?:余|多)?(?:百万|千万|万|亿|百亿|千亿|万亿)?(?:余|多)?(?:美元|美金|人民币|港元|港币|欧元|英镑|日元|韩元|元)|(?:US)?[$€£]\s?[0-9][0-9,.]*\s?(?:billion|million|trillion|bn|[BMK](?-u:\b))?|[0-9][0-9,.]* (?:billion|million) (?:dollars|euros|yuan)|数(?:十|百|千)?(?:万|亿)美?元").expect("valid")
});
static ROUND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:种子|天使|Pre-?[A-F]|[A-H][0-9]?\+*|战略)\+?轮(?:融资)?|(?i:series [a-h]\+?)(?: round| funding)?|seed (?:round|funding)").expect("valid")
});
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9][0-9.]*\s?[%％](?:的?(?:股权|股份|持股|份额)| (?:stake|ownership|of the shares))?")
        .expect("valid")
});

fn relative(word: &str, article: Option<Date>) -> Option<i16> {
    let year = article?.year();
    Some(match word {
        "今年" | "本年" => year,
        "去年" => year - 1,
        "前年" => year - 2,
        "明年" => year + 1,
        _ => return None,
    })
}

/// The date of the event that the words tell, as precise as they are; relative ones counted from the
/// article's date.
pub(super) fn event_date(words: &str, article: Option<Date>) -> Option<EventDate> {
    // most sentences have no date: look for what every date has before matching
    let digits = words.bytes().any(|b| b.is_ascii_digit());
    let year = words.contains('年') || (digits && words.bytes().any(|b| matches!(b, b'-' | b'/' | b'.')));
    let month = ["月", "昨", "今", "明"].iter().any(|c| find::has(words, c));
    for c in if year { Some(FULL.captures_iter(words)) } else { None }.into_iter().flatten() {
        let year: i16 = match (c.get(1).or(c.get(3)), c.get(2)) {
            (Some(y), _) => y.as_str().parse().ok()?,
            (None, Some(w)) => match relative(w.as_str(), article) {
                Some(y) => y,
                None => continue,
            },
            _ => continue,
        };
        if !(1900..2100).contains(&year) {
            continue;
        }
        let month = c.get(4).and_then(|m| m.as_str().parse::<u8>().ok()).filter(|m| (1..=12).contains(m));
        let day = c.get(6).or(c.get(5)).and_then(|d| d.as_str().parse::<u8>().ok()).filter(|d| (1..=31).contains(d));
        let quarter = c.get(9).or(c.get(8).filter(|u| u.as_str() == "季度").and(c.get(7)));
        return Some(EventDate(match (month, day, quarter) {
            (Some(m), Some(d), _) => format!("{year:04}-{m:02}-{d:02}"),
            (Some(m), None, _) => format!("{year:04}-{m:02}"),
            (None, _, Some(q)) => {
                let n = match q.as_str() {
                    "一" | "首" => 1,
                    "二" => 2,
                    "三" => 3,
                    _ => 4,
                };
                format!("{year:04}-Q{n}")
            }
            _ => format!("{year:04}"),
        }));
    }
    if let Some(c) = if digits { ENGLISH.captures(words) } else { None } {
        if let (Some(m), Some(y)) = (c.get(1), c.get(3)) {
            let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let month = names.iter().position(|n| m.as_str().to_lowercase().starts_with(n)).unwrap_or(0) + 1;
            return Some(EventDate(match c.get(2) {
                Some(d) => format!("{}-{month:02}-{:0>2}", y.as_str(), d.as_str()),
                None => format!("{}-{month:02}", y.as_str()),
            }));
        }
        if let Some(y) = c.get(4) {
            return Some(EventDate(y.as_str().to_string()));
        }
        if let (Some(q), Some(y)) = (c.get(5), c.get(6)) {
            return Some(EventDate(format!("{}-Q{}", y.as_str(), q.as_str())));
        }
    }
    let date = article.filter(|_| month)?;
    let c = MONTH.captures(words)?;
    if let (Some(m), Some(d)) = (c.get(1), c.get(2)) {
        let (m, d): (i8, i8) = (m.as_str().parse().ok()?, d.as_str().parse().ok()?);
        let year = if m > date.month() + 1 { date.year() - 1 } else { date.year() };
        return Date::new(year, m, d).ok().map(|d| EventDate(d.to_string()));
    }
    if let Some(w) = c.get(3) {
        let shift = match w.as_str().chars().next() {
            Some('上') => -1,
            Some('下') => 1,
            _ => 0,
        };
        let months = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + shift;
        return Some(EventDate(format!("{:04}-{:02}", months / 12, months % 12 + 1)));
    }
    if let Some(w) = c.get(5) {
        let shift = if w.as_str().starts_with('昨') {
            -1
        } else if w.as_str().starts_with('明') {
            1
        } else {
            0
        };
        return date.checked_add(jiff::Span::new().days(shift)).ok().map(|d| EventDate(d.to_string()));
    }
    let m: i8 = c.get(6)?.as_str().parse().ok().filter(|m| (1..=12).contains(m))?;
    let year = if m > date.month() + 1 { date.year() - 1 } else { date.year() };
    Some(EventDate(format!("{year:04}-{m:02}")))
}

/// Amount, round and share that the words tell.
pub(super) fn deal(words: &str) -> Attributes {
    if !words.bytes().any(|b| b.is_ascii_digit()) && !words.contains(['轮', '数']) && !words.is_ascii() {
        return Attributes::default();
    }
    let found = |r: &Regex| r.find(words).map(|m| m.as_str().trim().to_string());
    Attributes { role: None, round: found(&ROUND), amount: found(&AMOUNT), share: found(&SHARE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_their_precision() {
        let article = Date::new(2025, 6, 24).ok();
        for (words, want) in [
            ("成立于2020年，", "2020"),
            ("截至今年6月，", "2025-06"),
            ("2024年4月10日发布", "2024-04-10"),
            ("去年底", "2024"),
            ("2025年第一季度", "2025-Q1"),
            ("6月12日宣布", "2025-06-12"),
            ("12月3日", "2024-12-03"),
            ("上月", "2025-05"),
            ("in March 2023 it", "2023-03"),
            ("on July 15, 2025", "2025-07-15"),
            ("since 2021", "2021"),
        ] {
            assert_eq!(event_date(words, article).map(|d| d.0).as_deref(), Some(want), "{words}");
        }
        assert_eq!(event_date("昨日的大模型", None), None);
    }

    #[test]
    fn deals_keep_words_as_written() {
        let a = deal("以143亿美元收购其49%的股份，完成A+轮融资");
        assert_eq!(a.amount.as_deref(), Some("143亿美元"));
        assert_eq!(a.share.as_deref(), Some("49%的股份"));
        assert_eq!(a.round.as_deref(), Some("A+轮融资"));
    }
}
