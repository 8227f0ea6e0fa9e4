//! How relations went on, day by day: for each day the relations that its articles state something of, how each stood
//! before and after, and where the best of what was said stands. In compact form, one value a day, so that what changed in
//! a period is told without a look at the claims.

use super::derive::{entity_id, relation_id, tie_id};
use super::rows::wrong;
use crate::graph::{Bond, Day, Graph, Settled, Standing, Tie, Voice, course};
use crate::schema::{RelationId, Status};
use rayon::prelude::*;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What a day's articles say of a relation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn<'b> {
    /// Its row in the table `tie`, and the rows of its ends.
    pub(crate) tie: i64,
    pub(crate) source: i64,
    pub(crate) target: i64,
    pub(crate) relation: RelationId,
    /// How it stood before; `None` if nobody had spoken of it.
    pub(crate) before: Option<Standing>,
    /// How it stands at the end of the day.
    pub(crate) after: Standing,
    best: &'b [[u8; BEST]],
}

/// Where the best of a day's claims of one tie and status stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spoken {
    pub(crate) status: Status,
    pub(crate) confidence: f32,
    /// The place of the article's path among all.
    pub(crate) path: u32,
    /// The article's row; of several with this path the first.
    pub(crate) article: i64,
}

impl Spoken {
    /// Whether it comes before another of its status: the surer one, then that of the smaller path.
    pub(crate) fn before(&self, other: &Spoken) -> bool {
        let order = other.confidence.total_cmp(&self.confidence).then(self.path.cmp(&other.path));
        order.then(self.article.cmp(&other.article)).is_lt()
    }
}

impl Turn<'_> {
    /// The best of what was said, one a status.
    pub(crate) fn best(&self) -> impl Iterator<Item = Spoken> + '_ {
        self.best.iter().filter_map(|bytes| {
            Some(Spoken {
                status: *Status::ALL.get(usize::from(bytes[0]))?,
                confidence: f32::from_bits(four(&bytes[1..])),
                path: four(&bytes[5..]),
                article: four(&bytes[9..]).into(),
            })
        })
    }
}

/// Bytes of a turn without its best claims: tie, source, target (4 each), relation as in the table (2), the standing before
/// and after, number of best claims (1). All little-endian.
const HEAD: usize = 14 + 2 * STANDING + 1;

/// Bytes of a standing: status by its place or 255 for none (1), sentences (4), millionths of belief (4), articles (4).
const STANDING: usize = 13;

/// Bytes of a best claim: status by its place (1), confidence (4), place of the path (4), article (4).
const BEST: usize = 13;

fn four(bytes: &[u8]) -> u32 {
    bytes.first_chunk().map_or(0, |b| u32::from_le_bytes(*b))
}

fn put_standing(standing: Option<&Standing>, out: &mut Vec<u8>) {
    out.push(standing.map_or(u8::MAX, |s| s.status as u8));
    let (weight, belief, articles) = standing.map_or((0, 0.0, 0), |s| (s.weight, s.belief, s.articles));
    for number in [weight as u32, (belief * 1e6).round() as u32, articles as u32] {
        out.extend(number.to_le_bytes());
    }
}

fn standing(bytes: &[u8]) -> Option<Standing> {
    Some(Standing {
        status: *Status::ALL.get(usize::from(*bytes.first()?))?,
        weight: four(&bytes[1..]).into(),
        belief: f64::from(four(&bytes[5..])) / 1e6,
        articles: four(&bytes[9..]).into(),
    })
}

/// Gives the turns that are in compact form in a column, in the order of their ties.
pub(crate) fn unpack<'b>(column: usize, mut bytes: &'b [u8], mut take: impl FnMut(Turn<'b>)) -> rusqlite::Result<()> {
    let damaged = || wrong(column, "a damaged list of changes");
    while !bytes.is_empty() {
        let (head, rest) = bytes.split_first_chunk::<HEAD>().ok_or_else(damaged)?;
        let best = usize::from(head[HEAD - 1]) * BEST;
        let (best, rest) = rest.split_at_checked(best).ok_or_else(damaged)?;
        bytes = rest;
        let relation = u16::from_le_bytes([head[12], head[13]]).checked_sub(1).ok_or_else(damaged)?;
        take(Turn {
            tie: four(head).into(),
            source: four(&head[4..]).into(),
            target: four(&head[8..]).into(),
            relation: RelationId(relation),
            before: standing(&head[14..]),
            after: standing(&head[14 + STANDING..]).ok_or_else(damaged)?,
            best: best.as_chunks().0,
        });
    }
    Ok(())
}

/// A tie as a turn tells it: its row, those of its ends, its relation's.
pub(crate) type Whose = [i64; 4];

/// A claim and the place of its article's path among all.
pub(crate) type Placed = (Voice<i64>, u32);

/// Adds the turns of a tie to the days, from all its claims.
pub(crate) fn add(days: &mut BTreeMap<Day, Vec<u8>>, whose: Whose, claims: &mut [Placed]) {
    claims.sort_unstable_by_key(|(c, path)| (c.day, *path, c.article));
    let voices: Vec<Voice<i64>> = claims.iter().map(|c| c.0).collect();
    let mut before = None;
    for (said, after) in claims.chunk_by(|a, b| a.0.day == b.0.day).zip(course(&voices)) {
        let mut best: [Option<Spoken>; 5] = [None; 5];
        for (claim, path) in said {
            let (confidence, article, status) = (claim.confidence, claim.article, claim.status);
            let spoken = Spoken { status, confidence, path: *path, article };
            let known = &mut best[status as usize];
            if known.is_none_or(|known| spoken.before(&known)) {
                *known = Some(spoken);
            }
        }
        let out = days.entry(said[0].0.day).or_default();
        let [tie, source, target, relation] = whose;
        [tie, source, target].iter().for_each(|id| out.extend((*id as u32).to_le_bytes()));
        out.extend((relation as u16).to_le_bytes());
        put_standing(before.as_ref(), out);
        put_standing(Some(&after), out);
        out.push(best.iter().flatten().count() as u8);
        for spoken in best.iter().flatten() {
            out.push(spoken.status as u8);
            out.extend(spoken.confidence.to_le_bytes());
            out.extend(spoken.path.to_le_bytes());
            out.extend((spoken.article as u32).to_le_bytes());
        }
        before = Some(after);
    }
}

/// Day of each article and the place of its path among all, by its row.
pub(super) type Articles = FxHashMap<i64, (Day, u32)>;

/// Those of all articles.
pub(super) fn articles(connection: &Connection) -> rusqlite::Result<Articles> {
    // each from an index that holds all of it: the rows are long
    let mut out = Articles::default();
    let mut find = connection.prepare("SELECT id, path FROM article INDEXED BY article_by_path ORDER BY path, id")?;
    let mut rows = find.query([])?;
    let (mut last, mut place) = (String::new(), 0);
    while let Some(row) = rows.next()? {
        let path = row.get_ref(1)?.as_str()?;
        if path != last {
            place += 1;
            path.clone_into(&mut last);
        }
        out.insert(row.get(0)?, (Day::NONE, place));
    }
    let sql = "SELECT id, date FROM article INDEXED BY article_by_date WHERE date IS NOT NULL";
    let mut find = connection.prepare(sql)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(article) = out.get_mut(&row.get(0)?) {
            article.0 = super::rows::day(row, 1)?;
        }
    }
    Ok(out)
}

/// Ties that one hand takes at once.
const PORTION: usize = 256;

/// Writes the table `course`. `row` gives the row of an article by what it is called.
pub(super) fn write(
    connection: &Connection,
    graph: &Graph,
    settled: &Settled,
    known: &Articles,
    row: impl Fn(i64) -> rusqlite::Result<i64>,
) -> rusqlite::Result<()> {
    let unknown = || rusqlite::Error::QueryReturnedNoRows;
    let article = |called: &Option<i64>| {
        let row = row(called.ok_or_else(unknown)?)?;
        Ok((row, known.get(&row).ok_or_else(unknown)?.1))
    };
    let articles: Vec<(i64, u32)> = settled.articles.iter().map(article).collect::<rusqlite::Result<_>>()?;
    let relations = graph.graph.edge_indices().filter_map(|edge| match graph.tie(edge) {
        (a, b, Tie { bond: Bond::Relation(r), .. }) => {
            Some([tie_id(edge), entity_id(a), entity_id(b), relation_id(*r)])
        }
        _ => None,
    });
    let ties: Vec<(Whose, &Vec<Voice<u32>>)> = relations.zip(&settled.claims).collect();
    let portion = |ties: &[(Whose, &Vec<Voice<u32>>)]| {
        let mut days = BTreeMap::new();
        for (whose, claims) in ties {
            let placed = |claim: &Voice<u32>| {
                let (article, path) = articles[claim.article as usize];
                (claim.of(article), path)
            };
            add(&mut days, *whose, &mut claims.iter().map(placed).collect::<Vec<_>>());
        }
        days
    };
    let mut days: BTreeMap<Day, Vec<u8>> = BTreeMap::new();
    for part in ties.par_chunks(PORTION).map(portion).collect::<Vec<_>>() {
        part.into_iter().for_each(|(day, turns)| days.entry(day).or_default().extend(turns));
    }
    let mut insert = connection.prepare("INSERT INTO course VALUES (?, ?)")?;
    for (day, turns) in days {
        insert.execute(params![day.number(), turns])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_comes_back_day_by_day() {
        let claim = |day: &str, status, confidence, path: u32, article| {
            (Voice { day: Day::parse(day), status, confidence, sentence: u64::from(path) << 40, article }, path)
        };
        let mut claims = [
            claim("2025-03-01", Status::Negated, 0.9, 4, 40),
            claim("", Status::Rumored, 0.5, 9, 90),
            claim("2025-03-01", Status::Asserted, 0.8, 3, 30),
            claim("2025-03-01", Status::Asserted, 0.8, 2, 20),
        ];
        let mut days = BTreeMap::new();
        add(&mut days, [7, 1, 2, 3], &mut claims);
        add(&mut days, [8, 2, 5, 1], &mut claims[..1]);
        let mut told = Vec::new();
        for (day, bytes) in &days {
            unpack(0, bytes, |turn| {
                assert_eq!(
                    (turn.source, turn.relation),
                    if turn.tie == 7 { (1, RelationId(2)) } else { (2, RelationId(0)) }
                );
                let best: Vec<(Status, i64)> = turn.best().map(|s| (s.status, s.article)).collect();
                told.push((day.to_string(), turn.tie, turn.before.map(|b| b.status), turn.after.articles, best));
            })
            .unwrap();
            assert!(unpack(0, &bytes[..bytes.len() - 1], drop).is_err());
        }
        assert_eq!(
            told,
            [
                (String::new(), 7, None, 1, vec![(Status::Rumored, 90)]),
                (String::new(), 8, None, 1, vec![(Status::Rumored, 90)]),
                ("2025-03-01".into(), 7, Some(Status::Rumored), 4, vec![(Status::Asserted, 20), (Status::Negated, 40)]),
            ]
        );
    }
}
