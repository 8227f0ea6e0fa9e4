//! Entities by importance, and communities.

use super::answer::{CommunityBrief, Members, Ranked};
use super::base::Base;
use crate::diagnostic::Error;
use crate::graph::community_name;
use crate::schema::KindSet;

/// What entities are ranked by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Mentions in all articles.
    Mentions,
    /// Articles that mention it.
    Articles,
    /// Number of entities it has a tie with.
    Degree,
    /// PageRank.
    #[default]
    PageRank,
    /// Betweenness.
    Betweenness,
}

impl Measure {
    /// The measure's column in the store.
    pub(super) fn column(self) -> &'static str {
        match self {
            Measure::Mentions => "mentions",
            Measure::Articles => "articles",
            Measure::Degree => "degree",
            Measure::PageRank => "pagerank",
            Measure::Betweenness => "betweenness",
        }
    }
}

/// The `limit` first entities of these kinds by a measure (0 for all).
///
/// # Errors
/// When the store cannot be read.
pub fn top(base: &Base, by: Measure, kinds: KindSet, limit: usize) -> Result<Vec<Ranked>, Error> {
    base.ranked(by, kinds, limit)
}

/// The communities of `smallest` entities or more, the largest first, `limit` at most (0 for all), and how many there
/// are of that size.
///
/// # Errors
/// When the store cannot be read.
pub fn communities(base: &Base, smallest: u64, limit: usize) -> Result<(Vec<CommunityBrief>, usize), Error> {
    let sizes = base.community_sizes(smallest)?;
    let all = sizes.len();
    let room = if limit == 0 { usize::MAX } else { limit };
    let brief = |(number, size)| {
        let name = community_name(base.central(number, 3)?.iter().map(|r| r.entity.name.as_str()));
        Ok(CommunityBrief { number, name, size })
    };
    Ok((sizes.into_iter().take(room).map(brief).collect::<Result<_, Error>>()?, all))
}

/// A community's name and size.
pub(super) fn community_brief(base: &Base, number: u32) -> Result<CommunityBrief, Error> {
    let name = community_name(base.central(number, 3)?.iter().map(|r| r.entity.name.as_str()));
    Ok(CommunityBrief { number, name, size: base.community_size(number)? })
}

/// A community with its `limit` most central entities (0 for all); `None` if there is no such community.
///
/// # Errors
/// When the store cannot be read.
pub fn members(base: &Base, number: u32, limit: usize) -> Result<Option<Members>, Error> {
    let community = community_brief(base, number)?;
    let room = if limit == 0 { usize::MAX } else { limit };
    Ok(match community.size {
        0 => None,
        _ => Some(Members { members: base.central(number, room)?, community }),
    })
}
