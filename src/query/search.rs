//! Finding entities of the store by what people type: keys, names in any spelling, beginnings and parts of names,
//! pinyin, slips of the finger.

use super::answer::{Brief, How, Match};
use super::base::{Base, Named};
use crate::diagnostic::{Diagnostic, Error};
use crate::dictionary::fold;
use crate::graph::typed_pinyin;
use crate::schema::KindSet;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::rc::Rc;

/// The entity that a name means.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its id in the store.
    pub id: i64,
    /// The entity.
    pub entity: Rc<Brief>,
    /// The others that the name may mean.
    pub others: Vec<Rc<Brief>>,
}

/// The entity that `name` most likely means: by key, by its own name, by another name; of several, the one in the most
/// articles.
///
/// # Errors
/// When there is none: the message names the nearest names.
pub fn resolve(base: &Base, name: &str) -> Result<Found, Error> {
    match find(base, name)? {
        Some(found) => Ok(found),
        None => Err(unknown(base, name)?),
    }
}

/// The same; `None` if nobody is called so.
///
/// # Errors
/// When the store cannot be read.
pub fn find(base: &Base, name: &str) -> Result<Option<Found>, Error> {
    if let Some(id) = base.by_key(name)? {
        return Ok(Some(Found { id, entity: base.brief(id)?, others: Vec::new() }));
    }
    let mut all = base.named(&fold(name))?;
    all.sort_by_key(|n| (!n.own, Reverse(n.articles), n.entity));
    let mut ids: Vec<i64> = Vec::new();
    all.iter().for_each(|n| {
        if !ids.contains(&n.entity) {
            ids.push(n.entity);
        }
    });
    let Some((&id, others)) = ids.split_first() else { return Ok(None) };
    Ok(Some(Found { id, entity: base.brief(id)?, others: super::near::briefs(base, others)? }))
}

/// What to say of a name that nobody has: the nearest ones.
///
/// # Errors
/// When the store cannot be read.
pub fn unknown(base: &Base, name: &str) -> Result<Error, Error> {
    let near: Vec<String> = search(base, name, KindSet::ANY, 5)?.0.into_iter().map(|m| m.entity.name.clone()).collect();
    let d = Diagnostic::error("", format!("no entity is called `{name}`"));
    Ok(Error::new(match near.as_slice() {
        [] => d.hint("`guanxi search` finds entities of the built graph; `guanxi build` makes it anew"),
        [one] => d.hint(format!("did you mean {one}?")),
        many => d.hint(format!("did you mean one of {}?", many.join(", "))),
    }))
}

/// The best fit of each entity.
#[derive(Default)]
struct Best(FxHashMap<i64, (How, usize, Named)>);

impl Best {
    fn offer(&mut self, how: How, distance: usize, named: Named) {
        let slot = self.0.entry(named.entity).or_insert_with(|| (how, distance, named.clone()));
        if (how, distance, !named.own, &named.name) < (slot.0, slot.1, !slot.2.own, &slot.2.name) {
            *slot = (how, distance, named);
        }
    }
}

/// The entities of these kinds that `text` may mean, the best fit first, then the one in the most articles; `limit` at
/// most (0 for all), and whether there may be more.
///
/// # Errors
/// When the store cannot be read.
pub fn search(base: &Base, text: &str, kinds: KindSet, limit: usize) -> Result<(Vec<Match>, bool), Error> {
    let room = if limit == 0 { usize::MAX } else { limit };
    let folded = fold(text);
    let mut best = Best::default();
    if let Some(id) = base.by_key(text)? {
        let (brief, articles) = (base.brief(id)?, base.articles_of(id)?);
        best.offer(How::Key, 0, Named { entity: id, name: brief.id.clone(), own: true, articles });
    }
    if !folded.is_empty() {
        for (own_name, named) in base.beginning(&folded)? {
            let how = match (own_name, named.own) {
                (true, true) => How::Name,
                (true, false) => How::Alias,
                (false, _) => How::Prefix,
            };
            best.offer(how, fold(&named.name).chars().count() - folded.chars().count(), named);
        }
        if let Some(sounds) = typed_pinyin(text) {
            for (how, rest, named) in base.sounding(&sounds)? {
                best.offer(how, rest, named);
            }
        }
        if best.0.len() < room {
            let asked = Asked::new(&folded);
            for ((how, distance), named) in base.fitting(|known| asked.near(known))? {
                best.offer(how, distance, named);
            }
        }
    }
    let mut found: Vec<(How, Reverse<u32>, usize, i64, Named)> = Vec::new();
    #[allow(clippy::iter_over_hash_type, reason = "sorted below")]
    for (id, (how, distance, named)) in best.0 {
        // what only nearly fits is ordered by how nearly, what fits by importance
        let distance = if how >= How::Contains { distance } else { 0 };
        found.push((how, Reverse(named.articles), distance, id, named));
    }
    found.sort_by_key(|f| (f.0, f.2, f.1, f.3));
    let mut out = Vec::new();
    for (how, _, _, id, named) in found {
        let entity = base.brief(id)?;
        if kinds.has(entity.kind) {
            if out.len() == room {
                return Ok((out, true));
            }
            out.push(Match {
                entity,
                matched: named.name,
                how,
                articles: named.articles,
                pagerank: base.pagerank(id)?,
            });
        }
    }
    Ok((out, false))
}

/// What was asked for, ready to be compared with many names.
struct Asked<'t> {
    folded: &'t str,
    letters: Vec<char>,
    finder: memchr::memmem::Finder<'t>,
}

impl<'t> Asked<'t> {
    fn new(folded: &'t str) -> Asked<'t> {
        Asked { folded, letters: folded.chars().collect(), finder: memchr::memmem::Finder::new(folded) }
    }

    /// How a known name is near what was asked for, if it is: one holds the other, or few letters differ (a third of the
    /// longer one at most).
    fn near(&self, known: &str) -> Option<(How, usize)> {
        let length = self.letters.len();
        if length < 2 {
            return None;
        }
        if known.len() >= self.folded.len() && self.finder.find(known.as_bytes()).is_some() {
            return Some((How::Contains, known.chars().count() - length));
        }
        // a character has four bytes at most, and at least one
        if 4 * known.len() < length || known.len() > 6 * length {
            return None;
        }
        let size = known.chars().count();
        if size >= 2 && size < length && 2 * size >= length && self.folded.contains(known) {
            return Some((How::Contains, length - size));
        }
        let allowed = (length.max(size) / 3).max(1);
        if length.abs_diff(size) > allowed {
            return None;
        }
        // letters that the other lacks cost at least one each
        let strange = known.chars().filter(|c| !self.letters.contains(c)).count();
        if strange > allowed {
            return None;
        }
        let distance = strsim::osa_distance(self.folded, known);
        (distance <= allowed && distance < length.max(size)).then_some((How::Fuzzy, distance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness() {
        let near = |asked: &str, known: &str| Asked::new(asked).near(known);
        assert_eq!(near("阵量", "上海阵量"), Some((How::Contains, 2)));
        assert_eq!(near("上海阵量智能", "上海阵量"), Some((How::Contains, 2)));
        assert_eq!(near("opneai", "openai"), Some((How::Fuzzy, 1)));
        assert_eq!(near("商湯", "商汤"), Some((How::Fuzzy, 1)));
        assert_eq!(near("深度求锁", "深度求索"), Some((How::Fuzzy, 1)));
        assert_eq!(near("openai", "nvidia"), None);
        assert_eq!(near("a", "b"), None);
        assert_eq!(near("百度", "华为"), None);
    }
}
