//! A laboratory whose name begins with its house's: `字节AI Lab`, `华为诺亚方舟实验室`, in an article that names the house by
//! itself.

use super::extract::Scene;
use crate::dictionary::relations::Construction;
use crate::find;
use crate::mention::How;
use crate::schema::{EntityKind, Status};

impl Scene<'_, '_> {
    /// Claims whose laboratories the sentence's are.
    pub(super) fn labs(&mut self) {
        if self.view.latin {
            return;
        }
        let text = self.view.text;
        let is_lab = |&m: &usize| {
            let mention = &self.found.mentions[m];
            let name = &text[mention.span.range()];
            ["实验室", "Lab", "Labs"].iter().any(|l| find::ends(name, l))
                && house(self.kind(m))
                && !matches!(mention.how, How::Coreference(_))
        };
        let labs: Vec<usize> = self.view.groups.iter().flat_map(|g| g.members.iter().copied()).filter(is_lab).collect();
        if labs.is_empty() {
            return;
        }
        let mut rules = self.extractor.dictionary.rules.with_construction(Construction::Of);
        let Some(rule) = rules.find(|r| !r.swap && !r.maker && r.words.iter().any(|w| w == "旗下子公司")) else {
            return;
        };
        for lab in labs {
            let mention = &self.found.mentions[lab];
            let name = &text[mention.span.range()];
            let owner = (0..self.found.mentions.len()).find(|&m| {
                let other = &self.found.mentions[m];
                let rest = name.strip_prefix(&text[other.span.range()]);
                other.entity != mention.entity
                    && house(self.kind(m))
                    && matches!(other.how, How::Name | How::Unlisted(_) | How::Short)
                    && rest.is_some_and(|r| {
                        let own = r.trim_start_matches(' ').chars().count() >= 3;
                        own && !(r.starts_with(|c: char| c.is_ascii_lowercase()))
                    })
            });
            if let Some(owner) = owner {
                self.pair(rule, owner, lab, mention.span, Status::Asserted, None, rule.precision * 0.95);
            }
        }
    }
}

fn house(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Company | EntityKind::Organization)
}
