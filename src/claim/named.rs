//! Products told to be a house's by their names, or by the dictionary: `小米AI眼镜`, `OpenAI o1`; the maker beside its product in one
//! clause.

use super::extract::{Extractor, Scene};
use crate::dictionary::relations::Construction;
use crate::find::{self, find};
use crate::mention::{How, Recognised, Source};
use crate::schema::{EntityKind, Status};
use crate::span::Span;
use rustc_hash::FxHashSet;

/// The article's companies by surface, to find makers at the head of product names.
#[derive(Debug, Default)]
pub(super) struct Houses(Vec<(String, usize)>);

impl Houses {
    /// `brands` are the products that the article treats as houses.
    pub(super) fn new(text: &str, found: &Recognised, brands: &FxHashSet<u32>) -> Houses {
        let mut houses: Vec<(String, usize)> = Vec::new();
        for (i, m) in found.mentions.iter().enumerate() {
            let kind = found.entities[m.entity as usize].kind;
            let house = kind == EntityKind::Company || brands.contains(&m.entity) && !text[m.span.range()].is_ascii();
            if house && matches!(m.how, How::Name | How::Unlisted(_) | How::Short) {
                let surface = &text[m.span.range()];
                if !houses.iter().any(|(s, _)| s == surface) {
                    houses.push((surface.to_string(), i));
                }
            }
        }
        houses.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.1.cmp(&b.1)));
        Houses(houses)
    }

    pub(super) fn prefix_of(&self, product: &str) -> Option<usize> {
        self.0.iter().find_map(|(s, i)| {
            let rest = product.strip_prefix(s.as_str())?;
            let boundary =
                !s.is_ascii() || rest.starts_with([' ', '-', '·']) || rest.starts_with(|c: char| !c.is_ascii());
            (boundary && !rest.trim().is_empty()).then_some(*i)
        })
    }
}

impl<'d> Scene<'_, 'd> {
    /// A product whose name begins with its maker's (`小米AI眼镜`, `OpenAI o1`), in an article that names the
    /// maker by itself; and a product beside the maker that the dictionary knows, in one clause.
    pub(super) fn named(&mut self) {
        let houses = self.houses;
        let Some(rule) = self.extractor.dictionary.rules.known_makers() else {
            return;
        };
        let asked = std::cell::OnceCell::new();
        let asks = |scene: &Self| *asked.get_or_init(|| scene.extractor.status.asks_or_supposes(scene.view));
        for g in 0..self.view.groups.len() {
            if self.view.groups[g].kind != EntityKind::Product {
                continue;
            }
            let group = self.view.groups[g].clone();
            for &m in &group.members {
                let span = self.found.mentions[m].span;
                let surface = &self.view.text[span.range()];
                if let Some(house) = houses.prefix_of(surface) {
                    self.pair(rule, house, m, span, Status::Asserted, None, 0.9);
                    continue;
                }
                if asks(self) {
                    continue;
                }
                let Some(maker) = self.extractor.maker(self.found, m) else { continue };
                if self.only_example(span) {
                    continue;
                }
                if let Some(house) = self.named_after(houses, surface, maker) {
                    self.pair(rule, house, m, span, Status::Asserted, None, 0.85);
                    continue;
                }
                // "以190亿美元收购WhatsApp": bought, not made
                let bought = self.hits.iter().any(|h| {
                    self.extractor.traits(h.rule).deal
                        && h.rule.object.has(EntityKind::Product)
                        && h.rule.is(Construction::Verb)
                        && self.view.between(h.span.end, span.start).chars().count() <= 2
                        && h.span.end <= span.start
                });
                if bought {
                    continue;
                }
                // "A工程总监、B联合创始人", "A和B的前员工": two houses of somebody's
                let beside = |gap: &str| {
                    matches!(gap.trim(), "和" | "与" | "及")
                        || gap.ends_with('、')
                            && self.hits.iter().any(|h| {
                                h.rule.is(Construction::Role) && h.span.end + '、'.len_utf8() as u32 == group.span.start
                            })
                };
                let last = self.view.groups.iter().rev().find(|o| {
                    o.span.end <= group.span.start && matches!(o.kind, EntityKind::Company | EntityKind::Organization)
                });
                if last.is_some_and(|o| beside(self.view.between(o.span.end, group.span.start))) {
                    continue;
                }
                let near = (0..self.view.groups.len()).rev().find(|&h| {
                    let other = &self.view.groups[h];
                    other.span.end <= group.span.start
                        && matches!(other.kind, EntityKind::Company | EntityKind::Organization)
                        && {
                            let gap = self.view.between(other.span.end, group.span.start).chars().count();
                            gap <= 14 || (gap <= 60 && other.clause == group.clause)
                        }
                        && other.members.iter().any(|&c| self.extractor.is_maker_itself(self.found, c, maker))
                });
                if near.is_none()
                    && let Some(owner) = self.maker_before(m, maker)
                {
                    self.pair(rule, owner, m, span, Status::Asserted, None, 0.63);
                    continue;
                }
                if let Some(h) = near {
                    let owner = *self.view.groups[h]
                        .members
                        .iter()
                        .find(|&&c| self.extractor.is_maker_itself(self.found, c, maker))
                        .expect("just found");
                    // "华为昇腾" is Huawei's, whatever is rumored of it
                    let gap = self.view.between(self.view.groups[h].span.end, span.start).chars().count();
                    let status = self.extractor.status.of_event(self.view, span, false);
                    let status = match status {
                        Some((Status::Rumored, _)) if gap > 2 => Status::Rumored,
                        _ => Status::Asserted,
                    };
                    self.pair(rule, owner, m, span, status, None, 0.7);
                }
            }
        }
    }

    /// The article's mention of a maker whose name, in whatever form, the product's begins with: Google Workspace in an
    /// article on 谷歌.
    pub(super) fn named_after(&self, houses: &Houses, product: &str, maker: &str) -> Option<usize> {
        let found = self.found;
        let house = houses.0.iter().map(|h| h.1).find(|&h| self.extractor.is_maker_itself(found, h, maker))?;
        let Source::Listed(id) = found.entities[found.mentions[house].entity as usize].source else { return None };
        let entity = self.extractor.dictionary.entity(id);
        let aliases = entity.facts.as_deref().map(|f| f.aliases.as_slice()).unwrap_or_default();
        let begins = |name: &str| {
            product.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '-', '·']) || !name.is_ascii())
                && product.len() > name.len()
        };
        (begins(&entity.name) || aliases.iter().any(|a| begins(a))).then_some(house)
    }

    /// Whether a product's name only serves to tell of something else: `“ChatGPT时刻”`, `再造一个ChatGPT`, `百度搜索部`.
    pub(super) fn only_example(&self, product: Span) -> bool {
        let view = self.view;
        let after = view.between(product.end, view.span.end);
        let lead = view.between(view.span.start, product.start);
        let told = ["时刻", "效应", "热潮", "浪潮", "式的", "级的", "级模型", "级别的", "部主任", "部总", "奖学金"];
        !view.latin
            && (told.iter().any(|t| find::starts(after, t))
                || ["再造一个", "下一个", "另一个", "打造一个", "又一个"].iter().any(|l| find::ends(lead, l)))
    }

    /// A product's maker that stands farther off: the last house of the sentence.
    pub(super) fn maker_before(&self, product: usize, maker: &str) -> Option<usize> {
        let mentions = &self.found.mentions;
        let house = |&m: &usize| matches!(self.kind(m), EntityKind::Company | EntityKind::Organization);
        let Some(last) = (self.topic.opens..product).rev().find(house) else {
            return self.maker_beside(product, maker);
        };
        // "…。Lumexa 4.1将…": a version that opens its clause is news of whoever was told of last
        let opens = || {
            self.view.clauses.iter().any(|c| {
                let lead = self.view.between(c.start, mentions[product].span.start);
                c.contains(mentions[product].span) && lead.trim_matches(['“', '"', '《', ' ']).is_empty()
            })
        };
        let version = matches!(mentions[product].how, How::Version);
        let here = mentions[last].span.start >= self.view.span.start;
        let near = here && self.by_name(last) && self.clauses_apart(last, product) < 2 || version && opens();
        if near && !self.quoted(last, product) && self.extractor.is_maker_itself(self.found, last, maker) {
            return Some(last);
        }
        self.maker_beside(product, maker)
    }

    /// A product's maker anywhere in its sentence: `从A到B，百度…`, `随着C的发布，OpenAI…`.
    pub(super) fn maker_beside(&self, product: usize, maker: &str) -> Option<usize> {
        let mentions = &self.found.mentions;
        let here = |&m: &usize| mentions[m].sentence == mentions[product].sentence;
        let is = |&m: &usize| {
            matches!(self.kind(m), EntityKind::Company | EntityKind::Organization)
                && self.extractor.is_maker_itself(self.found, m, maker)
                && self.by_name(m)
        };
        // "微软、埃森哲等公司的研究聚焦于A": what several do is about no product of one's own
        let several = |&m: &usize| !self.view.groups.iter().any(|g| g.members.len() > 1 && g.members.contains(&m));
        let clause = self.view.clauses[self.view.clause_at(mentions[product].span.start)];
        // "A问世，B…", "随着A的发布，B…"
        let after_it = self.view.between(mentions[product].span.end, self.view.span.end);
        let out =
            ["问世", "面世", "发布", "亮相", "推出", "上线", "开源", "走红", "爆红", "一同", "诞生", "登场", "的成功"];
        let comes = out.iter().any(|w| find(after_it, w).is_some_and(|at| after_it[..at].chars().count() <= 4));
        // "凭借A，B…", "除了A，B还…"
        let lead = self.view.between(clause.start, mentions[product].span.start);
        let fronts = ["凭借", "靠着", "有了", "除了", "继", "依托", "坐拥", "手握", "随着"];
        let comes = comes || lead.chars().count() <= 10 && fronts.iter().any(|f| find::starts(lead, f));
        let before = (0..product).rev().take_while(here).find(is).filter(several);
        let before = before.filter(|&m| !self.quoted(m, product) && self.clauses_apart(m, product) < 2);
        let after =
            || (product..mentions.len()).take_while(here).filter(|&m| !clause.contains(mentions[m].span)).find(is);
        before.or_else(|| after().filter(|_| comes)).filter(|_| !self.view.latin)
    }

    /// How many clauses begin between a house and a product after it: two on, the text no longer says whose it is
    /// (`A每月烧钱10亿，并通过融资，豪赌B`).
    fn clauses_apart(&self, house: usize, product: usize) -> usize {
        let mentions = &self.found.mentions;
        self.view.between(mentions[house].span.end, mentions[product].span.start).matches('，').count()
    }

    /// Whether a product of no known maker is still not the other's own: another product has none, and what the dictionary
    /// lists without a maker belongs to no house.
    pub(super) fn unowned_by(&self, s: usize, o: usize) -> bool {
        let listed =
            |m: usize| matches!(self.found.entities[self.found.mentions[m].entity as usize].source, Source::Listed(_));
        !self.view.latin && self.kind(o) == EntityKind::Product && (self.kind(s) == EntityKind::Product || listed(o))
    }

    /// Whether a mention is a name, not a word that stands for one.
    pub(super) fn by_name(&self, mention: usize) -> bool {
        !matches!(self.found.mentions[mention].how, How::Coreference(_))
    }

    /// Whether a product stands in somebody's words, which begin after the house: `A的掌门人坦言：“…B…”`.
    pub(super) fn quoted(&self, house: usize, product: usize) -> bool {
        let mentions = &self.found.mentions;
        let gap = self.view.between(mentions[house].span.end, mentions[product].span.start);
        gap.rfind('“').is_some_and(|at| !gap[at..].contains('”') && gap[at..].chars().count() > 1)
    }
}

impl<'d> Extractor<'d> {
    /// Whether two products are known to have one maker.
    pub(super) fn siblings(&self, found: &Recognised, a: usize, b: usize) -> bool {
        self.maker(found, a).is_some_and(|maker| self.maker(found, b) == Some(maker))
    }
}
