//! A calendar day in four bytes: millions of ties hold two of them each.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A day, or none. Days compare by time; no day is smaller than any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// No day.
    pub const NONE: Day = Day(0);

    /// Reads `YYYY-MM-DD`; for anything else, [`Day::NONE`].
    ///
    /// ```
    /// use guanxi::graph::Day;
    /// assert_eq!(Day::parse("2025-06-24").to_string(), "2025-06-24");
    /// assert!(Day::parse("去年").is_none());
    /// ```
    pub fn parse(text: &str) -> Day {
        let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse::<u32>().ok()).flatten();
        match (text.len(), text.get(..4), text.get(5..7), text.get(8..10)) {
            (10, Some(y), Some(m), Some(d)) if text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-' => {
                match (number(y), number(m), number(d)) {
                    (Some(y), Some(m @ 1..=12), Some(d @ 1..=31)) => Day(y * 10_000 + m * 100 + d),
                    _ => Day::NONE,
                }
            }
            _ => Day::NONE,
        }
    }

    /// The first and the last day that a date may mean: a day, a month (`2025-06`), a quarter (`2025-Q2`), a year.
    /// Anything else means none.
    ///
    /// ```
    /// use guanxi::graph::Day;
    /// let (first, last) = Day::span("2024-Q1");
    /// assert_eq!([first.to_string(), last.to_string()], ["2024-01-01", "2024-03-31"]);
    /// assert_eq!(Day::span("2024-02").1.to_string(), "2024-02-29");
    /// ```
    pub fn span(date: &str) -> (Day, Day) {
        let year = date.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0);
        let of = |first: i8, last: i8| {
            let month = |month: i8| jiff::civil::Date::new(year, month, 1).ok();
            let days = month(first).zip(month(last)).map(|(f, l)| [f, l.last_of_month()]);
            days.map_or((Day::NONE, Day::NONE), |[f, l]| (Day::parse(&f.to_string()), Day::parse(&l.to_string())))
        };
        match (date.len(), date.get(4..6), date.get(5..)) {
            (4, ..) => of(1, 12),
            (7, Some("-Q"), _) => {
                let quarter = date[6..].parse::<i8>().ok().filter(|q| (1..=4).contains(q)).unwrap_or(0);
                of(3 * quarter - 2, 3 * quarter)
            }
            (7, _, Some(month)) => month.parse().map_or((Day::NONE, Day::NONE), |m| of(m, m)),
            _ => (Day::parse(date), Day::parse(date)),
        }
    }

    /// `YYYY-MM-DD`.
    fn digits(self) -> [u8; 10] {
        let mut digits = *b"0000-00-00";
        let mut left = self.0;
        for at in [9, 8, 6, 5, 3, 2, 1, 0] {
            digits[at] = b'0' + (left % 10) as u8;
            left /= 10;
        }
        digits
    }

    /// Its digits as a number, 20250624; 0 for none.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// The day of such a number.
    pub(crate) fn of_number(number: u32) -> Day {
        Day(number)
    }

    /// The day before; of no day, none. Numbers that no calendar has (the 31st of June) count as the days they follow.
    pub fn before(self) -> Day {
        let (y, m, d) = (self.0 / 10_000, self.0 / 100 % 100, self.0 % 100);
        match (m, d) {
            _ if self.is_none() => Day::NONE,
            (_, 2..) => Day(self.0 - 1),
            (2.., _) => Day(y * 10_000 + (m - 1) * 100 + 31),
            _ => Day(y.saturating_sub(1) * 10_000 + 1231),
        }
    }

    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Day::NONE
    }

    /// The earlier of two, any day before none.
    pub fn earlier(self, other: Day) -> Day {
        if self.is_none() || (!other.is_none() && other < self) { other } else { self }
    }

    /// The later of two.
    pub fn later(self, other: Day) -> Day {
        self.max(other)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return f.pad("");
        }
        f.pad(str::from_utf8(&self.digits()).expect("ASCII"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_none() {
            return serializer.serialize_none();
        }
        serializer.serialize_str(str::from_utf8(&self.digits()).expect("ASCII"))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        Ok(Option::<std::borrow::Cow<'_, str>>::deserialize(deserializer)?.map_or(Day::NONE, |s| Day::parse(&s)))
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn the_day_before() {
        for (day, before) in [("2025-06-24", "2025-06-23"), ("2025-01-01", "2024-12-31"), ("2025-07-01", "2025-06-31")]
        {
            assert_eq!(Day::parse(day).before(), Day::parse(before));
        }
        assert!(Day::NONE.before().is_none());
    }

    #[test]
    fn none_is_neither_earlier_nor_later() {
        let day = Day::parse("2025-06-24");
        assert_eq!(day.earlier(Day::NONE), day);
        assert_eq!(Day::NONE.earlier(day), day);
        assert_eq!(Day::NONE.later(day), day);
        for text in ["", "2025-6-24", "2025-13-01", "二〇二五年六月", "2025/06/24", "+025-06-24"] {
            assert!(Day::parse(text).is_none(), "{text}");
        }
    }
}
