//! What follows a name and says that something else than the name is meant: the test that others are measured by, the head noun
//! of what is done to it (`收购谷歌的资产`).

use super::extract::{Hit, Scene};
use super::sentence::Group;
use crate::find::{find, has, starts};
use crate::schema::EntityKind;
use std::cell::LazyCell;

impl<'d> Scene<'_, 'd> {
    /// A test or list, where others are measured (`SWE-bench 基准上`), does not beat anybody.
    pub(super) fn measures(&self, group: &Group, hit: &Hit<'d>) -> bool {
        if group.kind != EntityKind::Product || !self.extractor.traits(hit.rule).compared {
            return false;
        }
        let after = self.view.between(group.span.end, self.view.span.end);
        let after = after.trim_start_matches(['”', '"', '」', '》', ' ', '）', ')']);
        // "《外交》（Diplomacy）中"
        let after = match after.strip_prefix(['（', '(']).and_then(|t| t.split_once(['）', ')'])) {
            Some((aside, rest)) if aside.chars().count() <= 24 => rest,
            _ => after,
        };
        let phrase = after.split(['，', '。', '、', '；', '：']).next().unwrap_or_default();
        let ranking = ["榜单", "排行榜", "基准测试"].iter().filter_map(|w| find(phrase, w)).min();
        let ranking = ranking.is_some_and(|at| phrase.starts_with('的') && phrase[..at].chars().count() <= 24);
        const TESTS: [&str; 25] = [
            "测试",
            "基准",
            "竞赛",
            "榜单",
            "评测",
            "考试",
            "数据集",
            "排行榜",
            " Lite",
            " Verified",
            "等评测",
            "等测试",
            "等基准",
            "评估",
            "编码基准",
            "中",
            "上，",
            "上达",
            "上的",
            "上取得",
            "上得分",
            "上以",
            "上仍",
            "任务",
            "benchmark",
        ];
        ranking || TESTS.iter().any(|w| starts(after, w))
    }

    /// The head noun after the object that makes the claim another one.
    pub(super) fn head_after<'r>(&self, object: &Group, heads: &'r [String]) -> Option<&'r str> {
        if heads.is_empty() {
            return None;
        }
        let after = self.view.between(object.span.end, self.view.span.end);
        let after = after.trim_start_matches(['”', '"', '」', '》', ' ']);
        let owns = after.strip_prefix("'s ").or_else(|| after.strip_prefix("’s "));
        let owned = owns.is_some();
        let after = owns.unwrap_or(after);
        // a share or a number of shares comes before its head; <N> is how anonymised corpora write numbers
        let mut after = after;
        loop {
            let short = after.trim_start_matches(|c: char| {
                c.is_ascii_digit() || matches!(c, '.' | '%' | '％' | ' ' | '约' | '近' | '逾' | '超' | '余')
            });
            let short = short.strip_prefix("<N>").unwrap_or(short);
            // "拿到A 2亿美元的合同"
            const UNITS: [&str; 9] = ["亿", "万", "美元", "人民币", "欧元", "港元", "日元", "英镑", "元"];
            let counted = short.len() < after.len();
            let short = UNITS.iter().fold(short, |t, u| if counted { t.strip_prefix(u).unwrap_or(t) } else { t });
            if short.len() == after.len() {
                break;
            }
            after = short;
        }
        // "来自OpenAI、谷歌等多家供应商的大语言模型"
        let after = match after.strip_prefix('等').and_then(|t| t.split_once('的')) {
            Some((kind, _)) if kind.chars().count() <= 10 && !kind.contains(['，', ',', '。', '、']) => {
                &after['等'.len_utf8() + kind.len()..]
            }
            _ => after,
        };
        // "收购A公司的部分业务"
        let after = after.strip_prefix("公司").filter(|t| t.starts_with('的')).unwrap_or(after);
        let plain = after.strip_prefix('的').unwrap_or(after);
        if plain.len() < after.len()
            && let Some(of) = heads.iter().find(|h| h.as_str() == "的")
        {
            return Some(of);
        }
        let cut = plain.char_indices().nth(8).map_or(plain, |(i, _)| &plain[..i]);
        // the noun phrase that goes on after the object: "佳兆业珠江新城项目"
        let phrase = LazyCell::new(|| {
            let ends = ['，', '。', '、', '；', ',', '的', '和', '与', '及', '）', '（'];
            let phrase = after.split(ends).next().unwrap_or_default();
            if phrase.chars().count() <= 12 { phrase } else { "" }
        });
        heads.iter().map(String::as_str).find(|h| {
            if h.is_ascii() && (self.view.latin || after.len() == plain.len()) {
                // Acme's diverse Board of Directors
                let phrase = after.split([',', '.', ';', ':']).next().unwrap_or_default();
                after.starts_with(*h) || owned && phrase.split(' ').take(3).any(|w| w == *h)
            } else if after.len() != plain.len() {
                has(cut, h)
            } else {
                starts(after, h) || (h.chars().count() >= 2 && phrase.ends_with(h))
            }
        })
    }
}
