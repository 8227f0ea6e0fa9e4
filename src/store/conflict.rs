//! Claims that contradict each other, found when the store is written: which ties, and the best claim of each side.

use super::course::Articles;
use super::derive::relation_id;
use super::stated::{Detail, Stated, stated};
use crate::dictionary::fold;
use crate::graph::{Bond, Day, Graph};
use crate::schema::Status;
use petgraph::graph::EdgeIndex;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What two claims contradict each other in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// One sentence asserts the tie, another denies it.
    Denied,
    /// A sentence asserts the tie in an article younger than one which says that it has ended.
    Ended,
    /// Two entities acquire the same one.
    TwoBuyers,
    /// Two persons have the same role, of which there is one, in the same at the same time.
    TwoLeaders,
}

impl Contradiction {
    /// All, in their order.
    pub const ALL: [Contradiction; 4] =
        [Contradiction::Denied, Contradiction::Ended, Contradiction::TwoBuyers, Contradiction::TwoLeaders];

    /// The word for it in JSON and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Contradiction::Denied => "denied",
            Contradiction::Ended => "ended",
            Contradiction::TwoBuyers => "two_buyers",
            Contradiction::TwoLeaders => "two_leaders",
        }
    }

    /// The one with this word.
    pub fn parse(word: &str) -> Option<Contradiction> {
        Contradiction::ALL.into_iter().find(|c| c.as_str() == word)
    }
}

/// Roles of which an institution has one at a time, with the ways to write them (folded).
const SINGLE: [(&str, &[&str]); 6] = [
    ("ceo", &["ceo", "首席执行官", "chiefexecutive", "chiefexecutiveofficer", "行政总裁"]),
    ("chair", &["董事长", "董事会主席", "chairman", "chairwoman", "chair", "chairperson"]),
    ("cto", &["cto", "首席技术官", "chieftechnologyofficer"]),
    ("cfo", &["cfo", "首席财务官", "chieffinancialofficer"]),
    ("coo", &["coo", "首席运营官", "chiefoperatingofficer"]),
    ("president", &["总裁", "president"]),
];

/// The single roles that a role's words name, a bit for each: `创始人兼CEO` names the CEO, `前CEO` none, nor `副总裁` or
/// `中国区总裁`.
fn roles(words: &str) -> u8 {
    let parts = words.split(['兼', '、', '/', '和', '及', ',', '，', '&']).flat_map(|p| p.split(" and "));
    let folded: Vec<String> = parts.map(fold).collect();
    let named = |(_, forms): &(&str, &[&str])| folded.iter().any(|p| forms.contains(&p.as_str()));
    SINGLE.iter().enumerate().fold(0, |bits, (i, role)| bits | u8::from(named(role)) << i)
}

/// Two ties, or one with itself, that may contradict each other; of how many claims.
struct Suspicion {
    claims: u32,
    kind: Contradiction,
    ties: [EdgeIndex; 2],
}

/// Ties of which one denies another, or which there can be only one of, by their counts.
fn suspicions(graph: &Graph) -> Vec<Suspicion> {
    let mut out = Vec::new();
    let mut rivals: BTreeMap<(Contradiction, usize), Vec<(EdgeIndex, u32)>> = BTreeMap::new();
    let single = [("acquires", Contradiction::TwoBuyers), ("leads", Contradiction::TwoLeaders)]
        .map(|(relation, kind)| (graph.schema.find(relation).map(Bond::Relation), kind));
    for edge in graph.graph.edge_indices() {
        let (_, target, tie) = graph.tie(edge);
        let Some(counts) = tie.claims.as_ref().map(|c| c.by_status) else { continue };
        let asserted = counts[Status::Asserted as usize];
        if asserted == 0 {
            continue;
        }
        for (kind, other) in [(Contradiction::Denied, Status::Negated), (Contradiction::Ended, Status::Ended)] {
            let claims = asserted + counts[other as usize];
            if claims > asserted {
                out.push(Suspicion { claims, kind, ties: [edge, edge] });
            }
        }
        for (_, kind) in single.iter().filter(|(relation, _)| *relation == Some(tie.bond)) {
            rivals.entry((*kind, target.index())).or_default().push((edge, asserted));
        }
    }
    for ((kind, _), ties) in rivals {
        for (i, a) in ties.iter().enumerate() {
            let pair = |b: &(EdgeIndex, u32)| Suspicion { claims: a.1 + b.1, kind, ties: [a.0, b.0] };
            out.extend(ties[i + 1..].iter().map(pair));
        }
    }
    out.sort_by_key(|s| (Reverse(s.claims), s.kind, s.ties));
    out
}

/// A claim as far as it can contradict another.
struct Said {
    id: i64,
    status: Status,
    confidence: f64,
    day: Day,
    /// The place of its article's path among all.
    path: u32,
    /// The single roles that it names.
    roles: u8,
}

/// A tie's claims, and all the single roles that those which assert it name.
struct Claimed {
    claims: Vec<Said>,
    roles: u8,
}

impl Claimed {
    /// `roles_of` knows words that came before.
    fn of(claims: Vec<Stated>, articles: &Articles, roles_of: &mut FxHashMap<String, u8>) -> Claimed {
        let mut all = 0;
        let claims = claims.into_iter().map(|claim| {
            let bits = match &claim.role {
                None => 0,
                Some(words) => match roles_of.get(words) {
                    Some(known) => *known,
                    None => *roles_of.entry(words.clone()).or_insert(roles(words)),
                },
            };
            if claim.status == Status::Asserted {
                all |= bits;
            }
            let (day, path) = articles.get(&claim.article).copied().unwrap_or_default();
            let Stated { id, status, confidence, .. } = claim;
            Said { id, status, confidence, day, path, roles: bits }
        });
        Claimed { claims: claims.collect(), roles: all }
    }

    /// Those of a status, and of the roles if some are asked for.
    fn only(&self, status: Status, roles: u8) -> Vec<&Said> {
        let wanted = |claim: &&Said| claim.status == status && (roles == 0 || claim.roles & roles > 0);
        self.claims.iter().filter(wanted).collect()
    }
}

/// The claims on both sides, if they do contradict each other.
fn sides<'c>(kind: Contradiction, a: &'c Claimed, b: &'c Claimed) -> Option<[Vec<&'c Said>; 2]> {
    match kind {
        Contradiction::Denied => Some([a.only(Status::Asserted, 0), b.only(Status::Negated, 0)]),
        Contradiction::Ended => {
            let ended = b.only(Status::Ended, 0);
            let end = ended.iter().map(|c| c.day).filter(|d| !d.is_none()).min()?;
            let mut later = a.only(Status::Asserted, 0);
            later.retain(|c| c.day > end);
            (!later.is_empty()).then_some([later, ended])
        }
        Contradiction::TwoBuyers => Some([a, b].map(|side| side.only(Status::Asserted, 0))),
        Contradiction::TwoLeaders => {
            let both = (0..SINGLE.len()).map(|i| 1 << i).filter(|role| a.roles & b.roles & role > 0);
            both.map(|role| [a, b].map(|side| side.only(Status::Asserted, role))).find(|[a, b]| overlap(a, b))
        }
    }
}

/// Whether one claim of each is older than one of the other: who was named first is named again after the other was.
/// One after the other is a succession.
fn overlap(a: &[&Said], b: &[&Said]) -> bool {
    let span = |list: &[&Said]| -> Option<(Day, Day)> {
        let days = list.iter().map(|c| c.day).filter(|d| !d.is_none());
        Some((days.clone().min()?, days.max()?))
    };
    match (span(a), span(b)) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => false,
    }
}

/// The best of some claims: the surest, then that of the smallest path, then the first there.
fn best(connection: &Connection, claims: &[&Said]) -> rusqlite::Result<Option<i64>> {
    let order = |a: &Said, b: &Said| b.confidence.total_cmp(&a.confidence).then(a.path.cmp(&b.path));
    let Some(first) = claims.iter().min_by(|a, b| order(a, b)) else { return Ok(None) };
    let equal: Vec<String> =
        claims.iter().filter(|c| order(c, first).is_eq()).map(|claim| claim.id.to_string()).collect();
    if equal.len() == 1 {
        return Ok(Some(first.id));
    }
    // by what they say, for two articles may have one path
    let sql = format!(
        "SELECT c.id FROM claim c JOIN quote q ON q.id = c.quote JOIN article a ON a.id = c.article WHERE c.id IN ({})
         ORDER BY q.start, c.start, c.\"end\", c.rule, c.\"when\", c.subject_start, c.object_start, c.attributes,
         a.title, a.date, q.text, c.id LIMIT 1",
        equal.join(",")
    );
    connection.query_row(&sql, [], |r| r.get(0)).map(Some)
}

/// Writes what contradicts what: the tie asserted here and denied there; asserted in an article younger than one that
/// calls it ended; two buyers of one entity; two persons in a role of which there is one, at the same time. Those with
/// the most claims come first.
pub(super) fn write(connection: &Connection, graph: &Graph, articles: &Articles) -> rusqlite::Result<()> {
    let mut insert = connection.prepare("INSERT INTO conflict VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut known: FxHashMap<EdgeIndex, Rc<Claimed>> = FxHashMap::default();
    let mut roles_of: FxHashMap<String, u8> = FxHashMap::default();
    let mut number = 0;
    for Suspicion { kind, ties, .. } in suspicions(graph) {
        let mut claims = |edge: EdgeIndex| -> rusqlite::Result<Rc<Claimed>> {
            if let Some(known) = known.get(&edge) {
                return Ok(Rc::clone(known));
            }
            let (a, b, tie) = graph.tie(edge);
            let Bond::Relation(relation) = tie.bond else { return Err(rusqlite::Error::QueryReturnedNoRows) };
            let ends = [super::derive::entity_id(a), super::derive::entity_id(b), relation_id(relation)];
            let read = stated(connection, ends, graph.symmetric(tie.bond), Detail::Roles)?;
            let read = Rc::new(Claimed::of(read, articles, &mut roles_of));
            known.insert(edge, Rc::clone(&read));
            Ok(read)
        };
        let (a, b) = (claims(ties[0])?, claims(ties[1])?);
        let Some(sides) = sides(kind, &a, &b) else { continue };
        let [Some(first), Some(second)] = [best(connection, &sides[0])?, best(connection, &sides[1])?] else {
            continue;
        };
        number += 1;
        let [one, other] = ties.map(super::derive::tie_id);
        let counts = [0, 1].map(|i| sides[i].len() as i64);
        let [a, b] = sides.map(|side| {
            let days = || side.iter().map(|c| c.day);
            [days().min(), days().max()].map(|d| super::derive::day(d.unwrap_or(Day::NONE)))
        });
        insert.execute(params![
            number,
            kind.as_str(),
            one,
            other,
            counts[0],
            counts[1],
            a[0],
            a[1],
            b[0],
            b[1],
            first,
            second
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{SINGLE, roles};

    #[test]
    fn single_roles() {
        let named = |words: &str| -> Vec<&str> {
            SINGLE.iter().enumerate().filter(|(i, _)| roles(words) >> i & 1 == 1).map(|(_, (role, _))| *role).collect()
        };
        assert_eq!(named("联合创始人兼CEO"), ["ceo"]);
        assert_eq!(named("董事长兼首席执行官"), ["ceo", "chair"]);
        assert_eq!(named("chairman and CEO"), ["ceo", "chair"]);
        for none in ["前CEO", "副总裁", "中国区总裁", "创始人", "联席CEO", "副董事长", ""] {
            assert_eq!(roles(none), 0, "{none}");
        }
    }
}
