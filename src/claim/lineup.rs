//! Products told of as a house's own where it goes unnamed: in the items of a list that its lead-in calls its products
//! (`其应用矩阵覆盖多个领域：`), and behind words of one's own (`自研游戏引擎“X”将上线`).

use super::extract::Scene;
use super::sentence::Group;
use crate::article::{Article, BlockKind};
use crate::dictionary::relations::{Construction, Rule};
use crate::find::find;
use crate::mention::{Recognised, is_outlet};
use crate::schema::{EntityKind, Status};
use crate::span::Span;

/// What a lead-in calls the items of its list, if they are a house's own.
const LINES: [&str; 22] = [
    "产品线",
    "产品矩阵",
    "应用矩阵",
    "模型矩阵",
    "产品家族",
    "产品布局",
    "产品组合",
    "核心产品",
    "旗下产品",
    "技术平台",
    "三大平台",
    "两大平台",
    "四大平台",
    "大产品",
    "核心工具",
    "主要产品",
    "代表产品",
    "明星产品",
    "产品体系",
    "款产品",
    "款新品",
    "款新产品",
];

/// Whose products a lead-in lists that has one of these: others' too.
const OTHERS: [&str; 10] = ["竞品", "竞争", "对手", "主流", "同类", "市场上", "市面", "国内外", "测试", "各家"];

/// The list that the last block looked at stood in.
#[derive(Debug, Default)]
pub(super) struct Lineup {
    /// Its lead-in, and the last block looked at.
    at: Option<(usize, usize)>,
    /// The house whose products its items are.
    house: Option<usize>,
}

impl Lineup {
    /// The house whose products a block's list lists.
    pub(super) fn of(
        &mut self,
        article: &Article,
        found: &Recognised,
        block: usize,
        main: Option<usize>,
    ) -> Option<usize> {
        let blocks = article.text.blocks();
        if blocks[block].kind != BlockKind::ListItem {
            self.at = None;
            return None;
        }
        let from = self.at.map_or(0, |a| a.1);
        let lead = (from..block).rev().find(|&b| blocks[b].kind != BlockKind::ListItem);
        match (lead, self.at) {
            (None, Some(at)) => self.at = Some((at.0, block)),
            (None, None) => return None,
            (Some(lead), _) => {
                self.at = Some((lead, block));
                self.house = lead_in(article, found, blocks[lead].span, main);
            }
        }
        self.house
    }
}

/// The house whose products the lead-in of a list announces.
fn lead_in(article: &Article, found: &Recognised, block: Span, main: Option<usize>) -> Option<usize> {
    let text = article.text.as_str();
    let words = &text[block.range()];
    let last = words.trim_end().strip_suffix(['：', ':'])?;
    let start =
        last.rfind(['。', '！', '？', '\n']).map_or(0, |at| at + last[at..].chars().next().map_or(1, char::len_utf8));
    let last = &last[start..];
    if !LINES.iter().any(|w| last.contains(w)) || OTHERS.iter().any(|w| last.contains(w)) {
        return None;
    }
    let from = block.start + start as u32;
    let mut named = (0..found.mentions.len()).filter(|&m| {
        let mention = &found.mentions[m];
        let kind = found.entities[mention.entity as usize].kind;
        mention.span.start >= from
            && mention.span.end <= block.end
            && matches!(kind, EntityKind::Company | EntityKind::Organization)
            && !is_outlet(text, mention.span)
    });
    match (named.next(), named.next()) {
        (None, _) => main,
        (Some(house), None) => Some(house),
        _ => None,
    }
}

/// Words of one's own before what a product is.
const OWN: [&str; 8] = ["自研", "自研的", "自主研发的", "自家的", "旗下的", "旗下", "自主开发的", "自建的"];

impl<'d> Scene<'_, 'd> {
    /// The rule by which a house has a product.
    fn having(&self) -> Option<&'d Rule> {
        self.extractor
            .dictionary
            .rules
            .with_construction(Construction::Of)
            .find(|r| !r.maker && !r.swap && r.object.has(EntityKind::Product) && r.subject.has(EntityKind::Company))
    }

    /// Claims from what is told to be one's own.
    pub(super) fn own_products(&mut self) {
        let houses = |g: &Group| matches!(g.kind, EntityKind::Company | EntityKind::Organization);
        // what stands behind a house is told by it
        let free = self.view.groups.iter().take_while(|g| !houses(g)).any(|g| g.kind == EntityKind::Product);
        if self.view.latin || !free || self.extractor.status.asks_or_supposes(self.view) {
            return;
        }
        let Some(rule) = self.having() else { return };
        for i in 0..self.view.groups.len() {
            if houses(&self.view.groups[i]) {
                break;
            }
            if self.view.groups[i].kind != EntityKind::Product {
                continue;
            }
            let group = self.view.groups[i].clone();
            let first = group.members[0];
            let lead = self.view.between(self.view.span.start, group.span.start);
            // the item's own head: "AI社交应用Linky：…", "Blindsight（盲视）：…"
            let label =
                lead.chars().count() <= 12 && i == 0 && !lead.contains(['，', '。', '、', '在', '与', '对', '基']);
            let item = self.topic.lineup.filter(|_| label && self.topic.opens == first);
            let own = || {
                let near = &lead[lead.rfind(['，', '、', '；', '：']).map_or(0, |at| at + '，'.len_utf8())..];
                let at = OWN.iter().filter_map(|w| find(near, w)).min()?;
                let noun = near[at..].trim_end_matches(['“', '「', '《', ' ']);
                let fits = self.headed(noun, group.span.start - (near.len() - at) as u32, group.span.start, false)
                    || OWN.contains(&noun);
                self.topic.goes_on().filter(|_| fits)
            };
            let Some(house) = item.or_else(own) else { continue };
            for &m in &group.members {
                let known = self.extractor.makes(self.found, house, m);
                if known != Some(false) && self.kind(house) != EntityKind::Product {
                    self.pair(rule, house, m, group.span, Status::Asserted, None, rule.precision * 0.8);
                }
            }
        }
    }
}
