//! Products that an article treats as houses as well: it names their founder or who invested in them (`Mootion创始人`), or
//! has them bring products out as a house does (`夸克推出了“模拟志愿填报”`).

use super::extract::{Extractor, Scene};
use super::phrase::QUOTES;
use crate::article::Article;
use crate::dictionary::{Lexicon, Openers};
use crate::find;
use crate::mention::{How, Recognised, Source};
use crate::schema::EntityKind;
use rustc_hash::FxHashSet;

/// The words that tell it.
#[derive(Debug, Default)]
pub(super) struct BrandWords {
    /// Right after, and right before, a name that is a firm's, whatever else it names.
    after: Openers,
    before: Vec<String>,
    /// What a house does with its products, right after its name.
    acts: Openers,
    /// What may stand between the name and what it does.
    adverbs: Openers,
}

impl BrandWords {
    pub(super) fn new(lexicon: &Lexicon) -> BrandWords {
        let openers = |name: &str| Openers::new(lexicon.list(name));
        BrandWords {
            after: openers("brand_after"),
            before: lexicon.list("brand_before").to_vec(),
            acts: openers("brand_acts"),
            adverbs: openers("brand_adverbs"),
        }
    }

    /// Whether the words behind a product's name say that it brings something out: `夸克适时推出“…”`, no `夸克推出后`.
    fn acts(&self, after: &str) -> bool {
        let mut words = after;
        // 近日正式, 最近又
        for _ in 0..2 {
            match self.adverbs.behind(words) {
                Some(rest) => words = rest,
                None => break,
            }
        }
        let Some(rest) = self.acts.behind(words) else {
            return false;
        };
        // 推出后不久, 发布会, 上线。
        const ENDS: [&str; 14] =
            ["后", "以来", "之", "会", "时", "前", "的时", "至今", "至", "到", "于", "当", "仅", "不"];
        let object = rest.trim_start_matches(QUOTES);
        object.starts_with(|c: char| c.is_alphanumeric()) && !ENDS.iter().any(|e| find::starts(object, e))
    }
}

impl Extractor<'_> {
    /// The products that the article also treats as firms.
    pub(super) fn brands(&self, article: &Article, found: &Recognised) -> FxHashSet<u32> {
        let text = article.text.as_str();
        let mut brands = FxHashSet::default();
        for (i, m) in found.mentions.iter().enumerate() {
            let m_entity = m.entity as usize;
            if found.entities[m_entity].kind != EntityKind::Product
                || brands.contains(&m.entity)
                || !matches!(m.how, How::Name | How::Unlisted(_) | How::Short)
            {
                continue;
            }
            let before = text[..m.span.start as usize].trim_end_matches(QUOTES);
            let after = text[m.span.end as usize..].trim_start_matches(QUOTES);
            let words = &self.brand_words;
            let house = words.after.at_start(after) || words.before.iter().any(|w| find::ends(before, w));
            let maker = self.maker(found, i);
            let own = maker.is_some_and(|m| m.starts_with(found.entities[m_entity].name.as_str()));
            let family = || self.is_family(found, i);
            if own
                || house && (maker.is_none() || !family())
                || maker.is_some()
                    && !family()
                    && (words.acts(after) || !text[m.span.range()].is_ascii() && self.has_twin(found, i))
            {
                brands.insert(m.entity);
            }
        }
        brands
    }

    /// Whether a house that nobody lists is a maker's by its name: `Google AI Labs`, `腾讯智绘实验室`.
    pub(super) fn is_part_of(&self, name: &str, maker: &str) -> bool {
        const PARTS: [&str; 12] = [
            "Lab",
            "Labs",
            "Research",
            "AI",
            "实验室",
            "研究院",
            "研究所",
            "团队",
            "事业部",
            "事业群",
            "研究中心",
            "部门",
        ];
        if !PARTS.iter().any(|p| find::ends(name, p)) {
            return false;
        }
        let first = match name.split_once(' ') {
            Some((first, _)) => first.len()..=first.len(),
            None => 6..=12,
        };
        let index = &self.dictionary.index;
        first.filter(|&at| at < name.len() && name.is_char_boundary(at)).any(|at| {
            let names = index.find(&name[..at]);
            names
                .iter()
                .filter_map(|&n| index.name(n).entity)
                .any(|e| self.dictionary.entity(e).kind == EntityKind::Company && self.dictionary.is_maker(e, maker))
        })
    }

    /// Whether the dictionary has a firm of a product's name.
    fn has_twin(&self, found: &Recognised, product: usize) -> bool {
        let Source::Listed(id) = found.entities[found.mentions[product].entity as usize].source else { return false };
        let (index, name) = (&self.dictionary.index, &self.dictionary.entity(id).name);
        index.find(name).iter().filter_map(|&n| index.name(n).entity).any(|e| {
            let twin = self.dictionary.entity(e);
            twin.kind == EntityKind::Company && twin.name == *name
        })
    }
}

impl Scene<'_, '_> {
    /// Whether a house makes a product, as far as the dictionary knows; one that is a product itself has what its maker
    /// has (飞书, and its 飞书妙记).
    pub(super) fn makes(&self, house: usize, product: usize) -> Option<bool> {
        let known = self.extractor.makes(self.found, house, product)?;
        let brand = || self.brands.contains(&self.found.mentions[house].entity);
        let maker = |m: usize| self.extractor.maker(self.found, m);
        Some(known || brand() && maker(house) == maker(product))
    }
}
