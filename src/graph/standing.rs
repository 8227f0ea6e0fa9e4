//! How a relation stands: its status, weight and belief by the claims of some articles, and how that went on from day to
//! day.

use super::Day;
use super::assemble::{COMPARED, independent};
use super::measure::noisy_or;
use super::record::is_reprint;
use crate::schema::Status;
use serde::Serialize;

/// How a tie stands at a date or in a store.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// Independent sentences.
    pub weight: u64,
    /// Belief.
    pub belief: f64,
    /// Articles.
    pub articles: u64,
}

/// As much of a claim as tells how its tie stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Voice<A> {
    pub(crate) day: Day,
    pub(crate) status: Status,
    pub(crate) confidence: f32,
    /// The fingerprint of its sentence.
    pub(crate) sentence: u64,
    pub(crate) article: A,
}

impl<A> Voice<A> {
    /// The same with its article called something else.
    pub(crate) fn of<B>(&self, article: B) -> Voice<B> {
        let Voice { day, status, confidence, sentence, .. } = *self;
        Voice { day, status, confidence, sentence, article }
    }
}

/// What most claims say, by their number for each status; of several the first in order.
fn most(counts: [u32; 5]) -> Status {
    Status::ALL.into_iter().rev().max_by_key(|s| counts[*s as usize]).unwrap_or(Status::Asserted)
}

/// That one of the sentences was understood rightly, by the confidences of each, ascending.
fn belief(sure: Vec<f32>) -> f64 {
    let belief = noisy_or(sure.into_iter().map(|c| (f64::from(c) * 1e6).round() / 1e6));
    (belief * 1e6).round() / 1e6
}

/// How many articles there are among these.
fn distinct<A: Ord>(mut articles: Vec<A>) -> u64 {
    articles.sort_unstable();
    articles.dedup();
    articles.len() as u64
}

/// How claims of one tie stand together, as the graph has it: the status of the latest dated article (of several there
/// the most frequent, then the first in order), the independent sentences, and the belief that one with that status
/// was understood rightly. `None` for no claims.
pub(crate) fn standing<A: Ord + Copy>(claims: &[Voice<A>]) -> Option<Standing> {
    let latest = claims.iter().map(|c| c.day).max()?;
    let mut counts = [0u32; 5];
    claims.iter().filter(|c| c.day == latest).for_each(|c| counts[c.status as usize] += 1);
    let now = most(counts);
    let sure = |c: &Voice<A>| (c.status == now).then_some(c.confidence);
    let mut sentences: Vec<(u64, Option<f32>)> = claims.iter().map(|c| (c.sentence, sure(c))).collect();
    sentences.sort_unstable_by_key(|s| s.0);
    let (weight, sure) = independent(sentences.into_iter());
    let articles = distinct(claims.iter().map(|c| c.article).collect());
    Some(Standing { status: now, weight: weight as u64, belief: belief(sure), articles })
}

/// How the claims of one tie, in the order of their days, stand at the end of each day that has some: what [`standing`]
/// says of all claims up to then. Articles have one day each.
pub(crate) fn course<A: Ord + Copy>(claims: &[Voice<A>]) -> Vec<Standing> {
    let mut sentences = Sentences::of(claims.iter().map(|c| c.sentence).collect());
    let mut out: Vec<Standing> = Vec::new();
    for day in claims.chunk_by(|a, b| a.day == b.day) {
        let mut counts = [0u32; 5];
        let mut changed = false;
        for claim in day {
            counts[claim.status as usize] += 1;
            changed |= sentences.add(claim.sentence, claim.status, claim.confidence);
        }
        let (status, articles) = (most(counts), distinct(day.iter().map(|c| c.article).collect()));
        let next = match out.last() {
            Some(last) if !changed && last.status == status => *last,
            last => {
                let (weight, sure) = sentences.independent(status);
                let articles = last.map_or(0, |l| l.articles);
                Standing { status, weight, belief: belief(sure), articles }
            }
        };
        out.push(Standing { articles: next.articles + articles, ..next });
    }
    out
}

/// So many sentences that may be the original are listed for each of a tie's, on average.
const MOST_NEAR: usize = 64;

/// The sentences of a tie's claims so far, of all that there will be.
struct Sentences {
    /// The fingerprints of all, ascending.
    numbers: Vec<u64>,
    /// For each the earlier ones that it may be a reprint of; none where nearly all are, and one is soon found.
    near: Option<Vec<Vec<u32>>>,
    /// Of the sentences so far, the surest claim of each status.
    sure: Vec<Option<[Option<f32>; 5]>>,
}

impl Sentences {
    fn of(mut numbers: Vec<u64>) -> Sentences {
        numbers.sort_unstable();
        numbers.dedup();
        let (mut near, mut pairs) = (Some(Vec::with_capacity(numbers.len())), 0);
        for (i, &number) in numbers.iter().enumerate() {
            let Some(lists) = &mut near else { break };
            let own: Vec<u32> =
                (0u32..).zip(&numbers[..i]).filter(|(_, n)| is_reprint(**n, number)).map(|p| p.0).collect();
            pairs += own.len();
            lists.push(own);
            if pairs > MOST_NEAR * numbers.len() {
                near = None;
            }
        }
        Sentences { near, sure: vec![None; numbers.len()], numbers }
    }

    /// Whether the claim tells anything that was not known.
    fn add(&mut self, sentence: u64, status: Status, confidence: f32) -> bool {
        let Ok(at) = self.numbers.binary_search(&sentence) else { return false };
        let sure = &mut self.sure[at].get_or_insert_default()[status as usize];
        let more = sure.is_none_or(|known| confidence.total_cmp(&known).is_gt());
        if more {
            *sure = Some(confidence);
        }
        more
    }

    /// What [`independent`] says of the sentences so far.
    fn independent(&self, status: Status) -> (u64, Vec<f32>) {
        const NONE: u32 = u32::MAX;
        // the place of each sentence among the originals, and those that others are compared with
        let mut places = vec![NONE; self.numbers.len()];
        let mut first: Vec<u64> = Vec::new();
        let mut originals: Vec<Option<f32>> = Vec::new();
        for (i, sure) in self.sure.iter().enumerate() {
            let Some(sure) = sure else { continue };
            let confidence = sure[status as usize];
            let number = self.numbers[i];
            let known = match &self.near {
                Some(near) => near[i].iter().map(|&j| places[j as usize] as usize).find(|place| *place < COMPARED),
                None => first.iter().position(|n| is_reprint(*n, number)),
            };
            match known {
                Some(of) => {
                    let known = &mut originals[of];
                    *known = (*known).into_iter().chain(confidence).max_by(f32::total_cmp);
                }
                None => {
                    places[i] = originals.len() as u32;
                    if first.len() < COMPARED {
                        first.push(number);
                    }
                    originals.push(confidence);
                }
            }
        }
        let mut sure: Vec<f32> = originals.iter().flatten().copied().collect();
        sure.sort_unstable_by(f32::total_cmp);
        (originals.len() as u64, sure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_course_is_how_the_claims_so_far_stand(
            said in proptest::collection::vec((0u32..9, 0usize..5, 1u8..4, 0u64..300, 0u32..3), 1..300),
            spread in 0u8..3,
        ) {
            let mut claims: Vec<Voice<u32>> = said
                .into_iter()
                .map(|(day, status, confidence, sentence, article)| Voice {
                    day: if day == 0 { Day::NONE } else { Day::parse(&format!("2025-01-{day:02}")) },
                    status: Status::ALL[status],
                    confidence: f32::from(confidence) / 4.0,
                    // all far apart; each near the two beside it; all near
                    sentence: match spread {
                        0 => sentence.wrapping_mul(0x9E37_79B9_7F4A_7C15),
                        1 => (1 << (5 * (sentence % 12))) - 1,
                        _ => sentence,
                    },
                    article: day * 10 + article,
                })
                .collect();
            claims.sort_by_key(|c| c.day);
            let course = course(&claims);
            let mut days: Vec<Day> = claims.iter().map(|c| c.day).collect();
            days.dedup();
            prop_assert_eq!(course.len(), days.len());
            for (day, stands) in days.into_iter().zip(course) {
                let so_far: Vec<Voice<u32>> = claims.iter().filter(|c| c.day <= day).copied().collect();
                prop_assert_eq!(Some(stands), standing(&so_far));
            }
        }
    }

    #[test]
    fn of_many_sentences_the_first_are_compared() {
        let spread = |i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let claims: Vec<Voice<u64>> = (0..900)
            .map(|i| Voice {
                day: Day::parse(if i < 600 { "2025-01-01" } else { "2025-01-02" }),
                status: Status::Asserted,
                confidence: 0.001,
                sentence: if i % 3 == 0 { spread(i + 1) ^ 7 } else { spread(i) },
                article: i,
            })
            .collect();
        let course = course(&claims);
        assert_eq!(course.len(), 2);
        assert_eq!([Some(course[0]), Some(course[1])], [standing(&claims[..600]), standing(&claims)]);
        assert!(course[1].weight > 512 && course[1].weight < 900);
    }
}
