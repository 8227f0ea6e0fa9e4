//! Products that do by themselves what somebody does with them: they come out where nobody is said to bring them out
//! (`今年3月，首款产品Vela上线`), or serve inside a house (`在商汤内部，Vela已用于测试`).

use super::extract::{Hit, Scene};
use super::sentence::{Group, Marker};
use crate::mention::is_outlet;
use crate::schema::EntityKind;

/// Characters between a product and the verb of its coming out.
const NEAR: usize = 14;

/// Characters of a clause before its product.
const LEAD: usize = 18;

impl<'d> Scene<'_, 'd> {
    /// `Vela正式上线`: the product is the subject, and the house that was told of last brought it out.
    pub(super) fn debut(&mut self, hit: &Hit<'d>) {
        let view = self.view;
        let clause = view.clause_at(hit.span.start);
        let Some(at) = view.groups.iter().rposition(|g| g.clause == clause && g.span.end <= hit.span.start) else {
            return;
        };
        let product = view.groups[at].clone();
        let gap = view.between(product.span.end, hit.span.start);
        let lead = view.between(view.clauses[clause].start, product.span.start);
        let alone = !view.groups.iter().enumerate().any(|(g, o)| {
            o.clause == clause && g != at && (o.span.start >= hit.span.end || o.kind != EntityKind::Product)
        });
        let comes = !view.latin
            && product.kind == EntityKind::Product
            && !product.brand
            && !product.possessor
            && product.marker == Marker::Bare
            && gap.chars().count() <= NEAR
            && !gap.contains(['的', '让', '使', '与', '对', '被', '自'])
            && lead.chars().count() <= LEAD
            // "在A和B平台上线": where something else comes out
            && !lead.ends_with(['在', '于'])
            && !self.is_object(&product);
        if !comes || !alone {
            self.miss(hit, || "no product comes out by itself".into());
            return;
        }
        let Some(house) = self.who_brings(&product) else {
            self.miss(hit, || "whose product it is goes without saying".into());
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        for &m in &product.members {
            if self.extractor.makes(self.found, house, m) != Some(false) {
                self.pair(hit.rule, house, m, hit.span, status, None, hit.rule.precision);
            }
        }
    }

    /// `在商汤内部，Vela已广泛用于测试`: the house uses the product.
    pub(super) fn inside(&mut self, hit: &Hit<'d>) {
        let view = self.view;
        let houses = [EntityKind::Company, EntityKind::Organization];
        let at = view.groups.iter().rposition(|g| g.kind == EntityKind::Product && g.span.end <= hit.span.start);
        let pair = at.and_then(|p| Some((view.groups.get(p.checked_sub(1)?)?, &view.groups[p])));
        let told = pair.filter(|(house, product)| {
            let before = view.between(view.span.start, house.span.start);
            let between = view.between(house.span.end, product.span.start);
            let gap = view.between(product.span.end, hit.span.start);
            let inner = ["公司内部", "集团内部", "内部"].iter().find_map(|w| between.strip_prefix(w));
            houses.contains(&house.kind)
                && before.ends_with('在')
                && inner.is_some_and(|rest| matches!(rest.trim_matches(['“', ' ']), "" | "，"))
                && gap.chars().count() <= NEAR
                && !gap.contains(['的', '，', '。', '、'])
        });
        let Some((house, product)) = told.map(|(h, p)| (h.clone(), p.clone())) else {
            self.miss(hit, || "no house has it inside".into());
            return;
        };
        let Some(status) = self.status_of(hit) else { return };
        self.claim(hit.rule, &house, &product, hit.span, status, hit.rule.precision);
    }

    /// The one house of the sentence before a product, else of the paragraph, else the one that the article is about.
    fn who_brings(&self, product: &Group) -> Option<usize> {
        let found = self.found;
        let start = self.view.span.start;
        let house = |&m: &usize| {
            matches!(self.kind(m), EntityKind::Company | EntityKind::Organization)
                && !is_outlet(self.view.text, found.mentions[m].span)
        };
        // one house, however often it is named
        let sole = |mut of: Box<dyn Iterator<Item = usize> + '_>| match of.next() {
            None => Some(None),
            Some(m) => of.all(|o| found.mentions[o].entity == found.mentions[m].entity).then_some(Some(m)),
        };
        let told = product.members[0];
        let here = (self.topic.opens..told).rev().take_while(|&m| found.mentions[m].span.start >= start).filter(house);
        let before = (self.topic.opens..told).rev().filter(house);
        let main = self.topic.house.or(self.topic.main).map(|m| found.mentions[m].entity);
        let first = (self.topic.opens..told).find(|&m| found.mentions[m].span.start >= start && house(&m));
        // "其首款机器人已进入A的工厂，第二代产品B即将发布": the sentence goes on about the same house
        let first = first.filter(|&m| Some(found.mentions[m].entity) == main);
        match sole(Box::new(here)).or(first.map(Some))? {
            Some(m) => Some(m),
            None => sole(Box::new(before))?.or(self.topic.house),
        }
    }
}
