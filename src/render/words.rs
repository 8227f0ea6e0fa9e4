//! The words of pictures and reports, in Chinese and English.

use crate::graph::{Bond, Graph};
use crate::schema::{EntityKind, Status};

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language that a word names.
    pub fn parse(word: &str) -> Option<Lang> {
        match word {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// The one or the other.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        if self == Lang::Zh { zh } else { en }
    }

    /// The code for documents.
    pub fn code(self) -> &'static str {
        if self == Lang::Zh { "zh-CN" } else { "en" }
    }

    /// A kind.
    pub fn kind(self, kind: EntityKind) -> &'static str {
        match kind {
            EntityKind::Company => self.pick("公司", "company"),
            EntityKind::Person => self.pick("人物", "person"),
            EntityKind::Product => self.pick("产品", "product"),
            EntityKind::Organization => self.pick("机构", "organization"),
        }
    }

    /// A status.
    pub fn status(self, status: Status) -> &'static str {
        match status {
            Status::Asserted => self.pick("确认", "asserted"),
            Status::Planned => self.pick("计划", "planned"),
            Status::Rumored => self.pick("传闻", "rumored"),
            Status::Negated => self.pick("否认", "negated"),
            Status::Ended => self.pick("已结束", "ended"),
        }
    }

    /// What a sentence says besides: a role, a round.
    pub fn attribute(self, name: &str) -> &str {
        match (self, name) {
            (Lang::Zh, "role") => "职务",
            (Lang::Zh, "round") => "轮次",
            (Lang::Zh, "amount") => "金额",
            (Lang::Zh, "share") => "股比",
            _ => name,
        }
    }

    /// What a tie says.
    pub fn bond(self, graph: &Graph, bond: Bond) -> String {
        match (self, bond) {
            (Lang::Zh, _) => graph.bond_label(bond).to_string(),
            (Lang::En, Bond::CoMention) => "mentioned together".to_string(),
            (Lang::En, _) => graph.bond_name(bond).replace('_', " "),
        }
    }

    /// So many of something.
    pub fn count(self, n: usize, zh: &str, one: &str, many: &str) -> String {
        match self {
            Lang::Zh => format!("{n} {zh}"),
            Lang::En => format!("{n} {}", if n == 1 { one } else { many }),
        }
    }
}
