//! The ties of each entity in compact form, two values an entity: relations, co-mentions. A walk through the graph looks at
//! hundreds of thousands of ties and shows a few; a row for each would have to be found and read.

use super::derive::{entity_id, tie_id};
use super::rows::wrong;
use crate::graph::{Bond, Day, Graph, Tie};
use crate::schema::{EntityKind, RelationId, Status};
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::visit::EdgeRef;
use rusqlite::{Connection, params};

/// As much of a tie as a walk needs, seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The other end's row in the table `entity`, and its kind.
    pub(crate) other: i64,
    pub(crate) kind: EntityKind,
    /// Its row in the table `tie`.
    pub(crate) tie: i64,
    pub(crate) bond: Bond,
    /// How a relation stands.
    pub(crate) status: Option<Status>,
    pub(crate) weight: f64,
    /// A relation's belief, a co-mention's NPMI.
    pub(crate) sure: Option<f64>,
    pub(crate) articles: u32,
    pub(crate) first_seen: Day,
    pub(crate) last_seen: Day,
}

/// Bytes of a link: other (4), tie (4), relation as in the table (2), status by its place or 255 (1), kind by its place
/// (1), weight (8), belief or NPMI or NaN (8), articles (4), first and last day as numbers (4 each). All little-endian.
const LONG: usize = 40;

impl Link {
    /// A tie between `other`, of this kind, and the entity that the link is for.
    pub(crate) fn new(other: i64, kind: EntityKind, id: i64, tie: &Tie) -> Link {
        let sure = match (&tie.claims, &tie.counts) {
            (Some(claims), _) => Some(claims.belief),
            (None, counts) => counts.and_then(|c| c.npmi),
        };
        Link {
            other,
            kind,
            tie: id,
            bond: tie.bond,
            status: tie.claims.as_ref().map(|c| c.status),
            weight: tie.weight,
            sure,
            articles: tie.articles,
            first_seen: tie.first_seen,
            last_seen: tie.last_seen,
        }
    }

    fn put(&self, out: &mut Vec<u8>) {
        let relation = match self.bond {
            Bond::CoMention => 0,
            Bond::Relation(RelationId(id)) => id + 1,
        };
        out.extend((self.other as u32).to_le_bytes());
        out.extend((self.tie as u32).to_le_bytes());
        out.extend(relation.to_le_bytes());
        out.extend([self.status.map_or(u8::MAX, |s| s as u8), self.kind as u8]);
        out.extend(self.weight.to_le_bytes());
        out.extend(self.sure.unwrap_or(f64::NAN).to_le_bytes());
        out.extend(self.articles.to_le_bytes());
        out.extend(self.first_seen.number().to_le_bytes());
        out.extend(self.last_seen.number().to_le_bytes());
    }

    /// `None` if it is damaged.
    fn get(bytes: &[u8; LONG]) -> Option<Link> {
        let four = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap_or_default());
        let eight = |at: usize| f64::from_le_bytes(bytes[at..at + 8].try_into().unwrap_or_default());
        let sure = eight(20);
        Some(Link {
            other: four(0).into(),
            tie: four(4).into(),
            bond: match u16::from_le_bytes([bytes[8], bytes[9]]) {
                0 => Bond::CoMention,
                id => Bond::Relation(RelationId(id - 1)),
            },
            status: match bytes[10] {
                u8::MAX => None,
                place => Some(*Status::ALL.get(usize::from(place))?),
            },
            kind: *EntityKind::ALL.get(usize::from(bytes[11]))?,
            weight: eight(12),
            sure: (!sure.is_nan()).then_some(sure),
            articles: four(28),
            first_seen: Day::of_number(four(32)),
            last_seen: Day::of_number(four(36)),
        })
    }
}

/// The compact form of an entity's links of one sort.
pub(crate) fn pack(links: &[Link]) -> Vec<u8> {
    let mut out = Vec::with_capacity(links.len() * LONG);
    links.iter().for_each(|link| link.put(&mut out));
    out
}

/// Gives the links that are in compact form in a column.
pub(crate) fn unpack(column: usize, bytes: &[u8], mut take: impl FnMut(Link)) -> rusqlite::Result<()> {
    let damaged = || wrong(column, "a damaged list of ties");
    let (links, rest) = bytes.as_chunks::<LONG>();
    if !rest.is_empty() {
        return Err(damaged());
    }
    for link in links {
        take(Link::get(link).ok_or_else(damaged)?);
    }
    Ok(())
}

/// Writes the table `link`.
pub(super) fn write(connection: &Connection, graph: &Graph) -> rusqlite::Result<()> {
    let mut insert = connection.prepare("INSERT INTO link VALUES (?, ?, ?)")?;
    for node in graph.graph.node_indices() {
        let ends = [(Outgoing, true), (Incoming, false)].into_iter().flat_map(|(direction, out)| {
            graph
                .graph
                .edges_directed(node, direction)
                .map(move |e| (e.id(), if out { e.target() } else { e.source() }, e))
        });
        let mut links: [Vec<Link>; 2] = Default::default();
        for (id, other, edge) in ends {
            let tie = edge.weight();
            let of = usize::from(tie.bond == Bond::CoMention);
            links[of].push(Link::new(entity_id(other), graph.node(other).kind, tie_id(id), tie));
        }
        links.iter_mut().for_each(|list| list.sort_unstable_by_key(|link| (link.other, link.tie)));
        if links.iter().any(|list| !list.is_empty()) {
            insert.execute(params![entity_id(node), pack(&links[0]), pack(&links[1])])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_come_back_as_they_were() {
        let link = |other, bond, status, sure| Link {
            other,
            kind: EntityKind::Product,
            tie: 70_000,
            bond,
            status,
            weight: 2.5,
            sure,
            articles: 3,
            first_seen: Day::NONE,
            last_seen: Day::parse("2025-06-24"),
        };
        let links = [
            link(1, Bond::CoMention, None, None),
            link(2, Bond::CoMention, None, Some(-0.25)),
            link(3_000_000_000, Bond::Relation(RelationId(0)), Some(Status::Ended), Some(0.912_345)),
        ];
        let bytes = pack(&links);
        let mut back = Vec::new();
        unpack(0, &bytes, |link| back.push(link)).unwrap();
        assert_eq!(back, links);
        assert!(unpack(0, &bytes[1..], drop).is_err());
        let mut wrong = bytes.clone();
        wrong[10] = 9;
        assert!(unpack(0, &wrong, drop).is_err());
    }
}
