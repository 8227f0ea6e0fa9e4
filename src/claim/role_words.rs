//! The words between a role, its house and its person, and what they say of the three.

use super::sentence::Group;
use crate::find;
use crate::schema::EntityKind;

/// Marks around names and titles.
pub(super) fn quotes(c: char) -> bool {
    matches!(c, ' ' | '“' | '”' | '"' | '「' | '」' | '*' | '‘' | '’')
}

/// Whether the words between a house and a role say that somebody has it there: `在阿里担任过董事`.
pub(super) fn serves(between: &str) -> bool {
    let t = between.trim_matches(quotes);
    let t = t.trim_start_matches(['曾', '并', '也', '还', '先', '后']);
    matches!(t, "担任过" | "担任" | "出任" | "任" | "当过" | "做过" | "任职")
}

/// Whether the words between a role and a person lead from the one to the other: `联合创始人还包括`, `担任CEO三十余年的`.
pub(super) fn leads_to(between: &str) -> bool {
    let n = between.chars().count();
    let held = ["年的", "月的", "一职的", "职务的", "之职的", "年之久的", "已久的", "至今的"];
    n <= 10
        && !between.contains(['，', '、', '。', '（'])
        && (n >= 2 && super::series::introduces(between) || n <= 8 && held.iter().any(|h| find::ends(between, h)))
}

/// Whether the words between a house and a role take a post in a unit of it: `在阿里担任云智能`.
pub(super) fn serves_in(between: &str) -> bool {
    let t = between.trim_start_matches(['曾', '并', '也', '还', '先', '后']);
    let unit = ["担任", "出任", "就任", "升任"].iter().find_map(|w| t.strip_prefix(w));
    unit.is_some_and(|u| u.chars().count() <= 12 && !u.contains(['的', '对', '在', '向', '和']))
}

/// Whether the words between two roles are but the mark of a list.
pub(super) fn before_listed(between: &str) -> bool {
    matches!(between.trim(), "、" | "和" | "及" | "以及" | "与")
}

pub(super) fn person_between<'g>(groups: &'g [Group], house: &Group, chain: u32) -> Option<&'g Group> {
    groups.iter().find(|g| g.kind == EntityKind::Person && g.span.start >= house.span.end && g.span.end <= chain)
}
