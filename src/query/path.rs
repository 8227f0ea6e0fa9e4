//! Paths between two entities of the store, walked without loading it: adjacency is read as it is needed, from both
//! ends.

use super::answer::{Path, PathStep, Paths};
use super::around::{Filter, stronger};
use super::base::Base;
use super::near::{briefs, direction};
use super::walk::{Ground, Step, ways};
use crate::diagnostic::Error;
use crate::graph::{Bond, Tie};
use crate::schema::{KindSet, Status};
use crate::store::TieRow;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// What makes one path better than another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Fewer ties; of as many, the greater strength.
    #[default]
    Hops,
    /// The greater strength.
    Strength,
}

/// What is sought.
#[derive(Clone, Debug)]
pub struct PathOptions {
    /// Which path is better.
    pub by: By,
    /// At most so many paths.
    pub count: usize,
    /// At most so many ties, 20 at most.
    pub max_hops: usize,
    /// Entities that no path goes through.
    pub avoid: Vec<i64>,
    /// Which ties may be walked. Without a choice of relations, all but co-mentions; without a choice of statuses, all
    /// but denied ones.
    pub filter: Filter,
    /// Walk co-mentions too.
    pub co_mentions: bool,
}

impl Default for PathOptions {
    fn default() -> PathOptions {
        let (by, filter) = (By::Hops, Filter::default());
        PathOptions { by, count: 3, max_hops: 6, avoid: vec![], filter, co_mentions: false }
    }
}

/// How strong a tie is, 0.01 to 0.99: a relation's belief, half a co-mention's NPMI. A path's strength is the product
/// over its ties: were the ties independent, the probability that all of them are as stated.
pub fn strength(tie: &Tie) -> f64 {
    match (&tie.claims, tie.counts) {
        (Some(c), _) => strength_of(false, Some(c.belief)),
        (None, counts) => strength_of(true, counts.and_then(|c| c.npmi)),
    }
}

/// The same from a relation's belief or a co-mention's NPMI.
fn strength_of(co_mention: bool, sure: Option<f64>) -> f64 {
    let sure = sure.unwrap_or(0.0);
    if co_mention { sure / 2.0 } else { sure }.clamp(0.01, 0.99)
}

/// What a tie costs: a way of least cost is one of fewest hops (then of greatest strength), or of greatest strength.
fn cost(by: By, strength: f64) -> u64 {
    let weakness = -strength.ln();
    match by {
        By::Hops => 1_000_000_000 + (weakness * 1e6).round() as u64,
        By::Strength => (weakness * 1e9).round() as u64,
    }
}

struct Ties<'b> {
    base: &'b Base,
    options: &'b PathOptions,
    ends: [i64; 2],
    /// Which ties are walked, to entities of whatever kind.
    walked: Filter,
    known: FxHashMap<i64, Rc<Vec<Step>>>,
}

impl Ties<'_> {
    fn walkable(&self, bond: Bond, status: Option<Status>) -> bool {
        let denied = self.options.filter.statuses.is_empty() && status == Some(Status::Negated);
        !denied && (bond != Bond::CoMention || self.co_mentions())
    }

    /// Whether co-mentions may be walked.
    fn co_mentions(&self) -> bool {
        !self.options.filter.bonds.is_empty() || self.options.co_mentions
    }

    /// The strongest tie between two.
    fn best(&self, a: i64, b: i64) -> Result<Option<TieRow>, Error> {
        let mut ties = self.base.ties_between(a, b, &self.options.filter)?;
        ties.retain(|row| self.walkable(row.tie.bond, row.tie.claims.as_ref().map(|c| c.status)));
        let cost = |row: &TieRow| cost(self.options.by, strength(&row.tie));
        Ok(ties.into_iter().min_by(|x, y| cost(x).cmp(&cost(y)).then_with(|| stronger((x.id, &x.tie), (y.id, &y.tie)))))
    }
}

impl Ground for Ties<'_> {
    type Error = Error;

    fn dearest(&self) -> u64 {
        match self.options.by {
            By::Hops => 1_005_000_000,
            By::Strength => 4_700_000_000,
        }
    }

    fn steps(&mut self, node: i64) -> Result<Rc<Vec<Step>>, Error> {
        if let Some(known) = self.known.get(&node) {
            return Ok(Rc::clone(known));
        }
        let mut steps: Vec<Step> = Vec::new();
        let kinds = self.options.filter.kinds;
        self.base.each_link(node, &self.walked, self.co_mentions(), |link| {
            let leads = kinds.has(link.kind) || self.ends.contains(&link.other);
            if leads && self.walkable(link.bond, link.status) {
                let strength = strength_of(link.bond == Bond::CoMention, link.sure);
                steps.push(Step { to: link.other, cost: cost(self.options.by, strength) });
            }
        })?;
        steps.sort_unstable_by_key(|s| (s.to, s.cost));
        steps.dedup_by_key(|s| s.to);
        let steps = Rc::new(steps);
        self.known.insert(node, Rc::clone(&steps));
        Ok(steps)
    }
}

/// The best paths between two entities, whatever the direction of the ties.
///
/// # Errors
/// When the store cannot be read.
pub fn paths(base: &Base, from: i64, to: i64, options: &PathOptions) -> Result<Paths, Error> {
    let walked = Filter { kinds: KindSet::ANY, ..options.filter.clone() };
    let mut ties = Ties { base, options, ends: [from, to], walked, known: FxHashMap::default() };
    let hops = options.max_hops.min(20);
    let found = match from == to {
        true => Vec::new(),
        false => ways(&mut ties, (from, to), &options.avoid, hops, options.count)?,
    };
    let mut paths = Vec::new();
    for way in found {
        let entities = briefs(base, &way.nodes)?;
        let mut steps = Vec::new();
        for (ends, ids) in entities.windows(2).zip(way.nodes.windows(2)) {
            let Some(row) = ties.best(ids[0], ids[1])? else { continue };
            let (direction, strength) = (direction(base, &row, ids[0]), strength(&row.tie));
            let (from, to) = (Rc::clone(&ends[0]), Rc::clone(&ends[1]));
            steps.push(PathStep { from, to, direction, strength, tie: base.answer(row, 1)? });
        }
        let strength: f64 = steps.iter().map(|s| s.strength).product();
        paths.push(Path { hops: steps.len(), strength: (strength * 1e6).round() / 1e6, steps });
    }
    Ok(Paths { from: base.brief(from)?, to: base.brief(to)?, paths })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Claims, CoMention, Day};

    #[test]
    fn a_hop_always_costs_more_than_any_weakness() {
        let tie = |belief: f64| Tie {
            bond: Bond::CoMention,
            weight: 1.0,
            articles: 1,
            first_seen: Day::NONE,
            last_seen: Day::NONE,
            claims: Some(Claims {
                status: Status::Asserted,
                by_status: [1, 0, 0, 0, 0],
                belief,
                first_event: String::new(),
                last_event: String::new(),
            }),
            counts: None,
            evidence: vec![],
        };
        let (weak, strong) = (strength(&tie(0.0)), strength(&tie(1.0)));
        assert!(20 * cost(By::Hops, weak) < 21 * cost(By::Hops, strong));
        assert!(cost(By::Hops, weak) <= 1_005_000_000 && cost(By::Strength, weak) <= 4_700_000_000);
        assert!(cost(By::Strength, strong) >= 1);
        let met = CoMention { sentences: 1, paragraphs: 1, npmi: Some(0.5), g2: None };
        assert_eq!(strength(&Tie { claims: None, counts: Some(met), ..tie(0.0) }), 0.25);
    }
}
