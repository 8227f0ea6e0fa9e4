//! Epithets: a house named by what it makes or owns (`the ChatGPT maker`, `ChatGPT开发商`), where the dictionary tells whose it is
//! and the article names that house.

use super::{How, Mention, Recognised, Source};
use crate::article::Text;
use crate::dictionary::Dictionary;
use crate::find::starts;
use crate::span::Span;

/// Words behind a name that mean its maker or owner.
const NOUNS: &[&str] = &[
    "maker",
    "creator",
    "developer",
    "owner",
    "operator",
    "parent",
    "manufacturer",
    "开发商",
    "开发者",
    "制造商",
    "母公司",
    "缔造者",
    "发明者",
    "所有者",
    "运营商",
    "出品方",
    "研发商",
];

/// Adds the mentions.
pub(super) fn resolve(dictionary: &Dictionary, text: &Text, found: &mut Recognised) {
    let words = text.as_str();
    let mut more = Vec::new();
    for (i, m) in found.mentions.iter().enumerate() {
        let rest = &words[m.span.end as usize..];
        let gap = rest.len() - rest.trim_start_matches([' ', '-', '”', '"']).len();
        let Some(noun) = NOUNS.iter().find(|n| starts(&rest[gap..], n)) else { continue };
        let span = Span::new(m.span.end as usize + gap, m.span.end as usize + gap + noun.len());
        let after = &words[span.end as usize..];
        let latin = noun.is_ascii();
        // "ChatGPT maker OpenAI": its name follows
        let named = after.trim_start_matches([' ', ',', '，']).len();
        let named = found.mentions.get(i + 1).is_some_and(|n| words.len() - named == n.span.start as usize);
        let lead = words[..m.span.start as usize].trim_end_matches(['“', '"']);
        let told = !latin || lead.ends_with("the ") || lead.ends_with("The ") || lead.is_empty();
        let whole = !latin || !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        if named || !told || !whole || gap > 3 || latin != (gap > 0) {
            continue;
        }
        let facts = |entity: u32| match found.entities[entity as usize].source {
            Source::Listed(id) | Source::Version(id) => dictionary.entity(id).facts.as_deref(),
            _ => None,
        };
        let Some(whose) = facts(m.entity).and_then(|f| f.maker.as_deref().or(f.parent.as_deref())) else { continue };
        let house = found.entities.iter().position(|e| match e.source {
            Source::Listed(id) => dictionary.is_maker(id, whose),
            _ => false,
        });
        let Some(house) = house.map(|h| h as u32).filter(|&h| h != m.entity) else { continue };
        more.push(Mention { span, entity: house, sentence: m.sentence, how: How::Coreference(noun) });
    }
    if !more.is_empty() {
        found.mentions.extend(more);
        found.mentions.sort_by_key(|m| m.span);
    }
}
