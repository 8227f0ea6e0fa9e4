//! Nodes, ties and pieces of evidence as rows of typed cells, for formats that hold no nested values. One table
//! names the columns; every flat format has the same ones.

use crate::graph::{ClaimFacts, Day, End, Evidence, Graph, Node, Tie};
use crate::schema::Status;
use std::borrow::Cow;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// Texts in order.
    List,
    Int,
    Real,
    Flag,
    Date,
}

/// A value. What is not known is `Empty`, whatever the column's type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
    Int(u64),
    Real(f64),
    Flag(bool),
    Date(Day),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Cell<'a> {
        if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(text)) }
    }
}

impl<'a> From<&'a [String]> for Cell<'a> {
    fn from(list: &'a [String]) -> Cell<'a> {
        if list.is_empty() { Cell::Empty } else { Cell::List(list.iter().map(|s| Cow::Borrowed(&**s)).collect()) }
    }
}

impl From<Day> for Cell<'_> {
    fn from(day: Day) -> Self {
        if day.is_none() { Cell::Empty } else { Cell::Date(day) }
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Cell::Empty, Cell::Real)
    }
}

impl From<Option<u32>> for Cell<'_> {
    fn from(number: Option<u32>) -> Self {
        number.map_or(Cell::Empty, |n| Cell::Int(n.into()))
    }
}

impl Cell<'_> {
    /// As one text, the items of a list joined by `separator`; `None` if empty.
    pub(crate) fn text(&self, separator: &str) -> Option<Cow<'_, str>> {
        Some(match self {
            Cell::Empty => return None,
            Cell::Text(text) => Cow::Borrowed(text),
            // an item with a line break would be two
            Cell::List(items) if separator == "\n" => {
                Cow::Owned(items.iter().map(|i| i.replace(['\n', '\r'], " ")).collect::<Vec<_>>().join(separator))
            }
            Cell::List(items) => Cow::Owned(items.join(separator)),
            Cell::Int(n) => Cow::Owned(n.to_string()),
            Cell::Real(n) => Cow::Owned(n.to_string()),
            Cell::Flag(is) => Cow::Borrowed(if *is { "true" } else { "false" }),
            Cell::Date(day) => Cow::Owned(day.to_string()),
        })
    }
}

/// A node's columns after its key: name and type.
pub(crate) const NODE: [(&str, Kind); 20] = [
    ("label", Kind::Text),
    ("kind", Kind::Text),
    ("listed", Kind::Flag),
    ("family", Kind::Text),
    ("mentions", Kind::Int),
    ("articles", Kind::Int),
    ("sentences", Kind::Int),
    ("paragraphs", Kind::Int),
    ("first_seen", Kind::Date),
    ("last_seen", Kind::Date),
    ("degree", Kind::Int),
    ("weighted_degree", Kind::Real),
    ("pagerank", Kind::Real),
    ("betweenness", Kind::Real),
    ("community", Kind::Int),
    ("names", Kind::List),
    ("aliases", Kind::List),
    ("tickers", Kind::List),
    ("wikidata", Kind::Text),
    ("site", Kind::Text),
];

/// A node's cells, in the order of [`NODE`].
pub(crate) fn node(node: &Node) -> [Cell<'_>; 20] {
    [
        Cell::Text(Cow::Borrowed(&node.name)),
        node.kind.as_str().into(),
        Cell::Flag(node.listed),
        node.family.as_deref().unwrap_or("").into(),
        Cell::Int(node.mentions),
        Cell::Int(node.articles.into()),
        Cell::Int(node.sentences.into()),
        Cell::Int(node.paragraphs.into()),
        node.first_seen.into(),
        node.last_seen.into(),
        Cell::Int(node.degree.into()),
        Cell::Real(node.weighted_degree),
        Cell::Real(node.pagerank),
        Cell::Real(node.betweenness),
        node.community.into(),
        node.names.as_slice().into(),
        node.aliases.as_slice().into(),
        node.tickers.as_slice().into(),
        node.wikidata.as_deref().unwrap_or("").into(),
        node.site.as_deref().unwrap_or("").into(),
    ]
}

/// A tie's columns after its ends: name and type.
pub(crate) const TIE: [(&str, Kind); 20] = [
    ("relation", Kind::Text),
    ("weight", Kind::Real),
    ("status", Kind::Text),
    ("asserted", Kind::Int),
    ("planned", Kind::Int),
    ("rumored", Kind::Int),
    ("negated", Kind::Int),
    ("ended", Kind::Int),
    ("belief", Kind::Real),
    ("articles", Kind::Int),
    ("sentences", Kind::Int),
    ("paragraphs", Kind::Int),
    ("npmi", Kind::Real),
    ("g2", Kind::Real),
    ("first_seen", Kind::Date),
    ("last_seen", Kind::Date),
    ("first_event", Kind::Text),
    ("last_event", Kind::Text),
    ("symmetric", Kind::Flag),
    ("evidence", Kind::List),
];

/// A tie's cells, in the order of [`TIE`].
pub(crate) fn tie<'a>(graph: &'a Graph, tie: &'a Tie) -> [Cell<'a>; 20] {
    let (claims, counts) = (tie.claims.as_ref(), tie.counts);
    let count = |s: Status| Cell::from(claims.map(|c| c.by_status[s as usize]));
    let evidence: Vec<Cow<'a, str>> = tie.evidence.iter().map(|e| Cow::Owned(quoted(e))).collect();
    [
        graph.bond_name(tie.bond).into(),
        Cell::Real(tie.weight),
        claims.map_or("", |c| c.status.as_str()).into(),
        count(Status::Asserted),
        count(Status::Planned),
        count(Status::Rumored),
        count(Status::Negated),
        count(Status::Ended),
        claims.map(|c| c.belief).into(),
        Cell::Int(tie.articles.into()),
        counts.map(|c| c.sentences).into(),
        counts.map(|c| c.paragraphs).into(),
        counts.and_then(|c| c.npmi).into(),
        counts.and_then(|c| c.g2).into(),
        tie.first_seen.into(),
        tie.last_seen.into(),
        claims.map_or("", |c| &c.first_event).into(),
        claims.map_or("", |c| &c.last_event).into(),
        Cell::Flag(graph.symmetric(tie.bond)),
        if evidence.is_empty() { Cell::Empty } else { Cell::List(evidence) },
    ]
}

/// A piece of evidence in one line: `PATH:LINE:COLUMN [STATUS, RULE] SENTENCE`.
fn quoted(e: &Evidence) -> String {
    let p = &e.passage;
    let claim = e.claim.as_ref().map(|c| format!(" [{}, {}]", c.status, c.rule)).unwrap_or_default();
    format!("{}:{}:{}{claim} {}", p.article.path, p.line, p.column, p.text.replace(['\n', '\r'], " "))
}

/// The columns of a piece of evidence: the tie's ends and relation, its rank within the tie (from 1, best first), the
/// sentence and its place, the words for the ends and the words that state the relation with their byte spans in the
/// sentence (half-open), and what the claim says. For a co-mention the claim's columns are empty.
pub(crate) const EVIDENCE: [(&str, Kind); 24] = [
    ("source", Kind::Text),
    ("relation", Kind::Text),
    ("target", Kind::Text),
    ("rank", Kind::Int),
    ("article", Kind::Text),
    ("title", Kind::Text),
    ("date", Kind::Date),
    ("line", Kind::Int),
    ("col", Kind::Int),
    ("byte", Kind::Int),
    ("sentence", Kind::Text),
    ("subject", Kind::Text),
    ("subject_from", Kind::Int),
    ("subject_to", Kind::Int),
    ("object", Kind::Text),
    ("object_from", Kind::Int),
    ("object_to", Kind::Int),
    ("status", Kind::Text),
    ("rule", Kind::Text),
    ("stated_from", Kind::Int),
    ("stated_to", Kind::Int),
    ("event", Kind::Text),
    ("confidence", Kind::Real),
    ("attributes", Kind::List),
];

/// The cells of a piece of evidence, in the order of [`EVIDENCE`]; `ends` are the keys of the tie's source and target.
pub(crate) fn evidence<'a>(ends: [&'a str; 2], relation: &'a str, rank: usize, e: &'a Evidence) -> [Cell<'a>; 24] {
    let (p, claim) = (&*e.passage, e.claim.as_ref());
    let span = |end: &End| match end {
        End::Here(from, to) => (Some(*from), Some(*to)),
        End::Elsewhere(_) => (None, None),
    };
    let (subject, object) = (span(&e.ends[0]), span(&e.ends[1]));
    let attributes =
        claim.map(|c| c.attributes.iter().map(|(k, v)| Cow::Owned(format!("{k}={v}"))).collect::<Vec<_>>());
    [
        ends[0].into(),
        relation.into(),
        ends[1].into(),
        Cell::Int(rank as u64),
        (&*p.article.path).into(),
        (&*p.article.title).into(),
        p.article.date.into(),
        Cell::Int(p.line.into()),
        Cell::Int(p.column.into()),
        Cell::Int(p.start.into()),
        (&*p.text).into(),
        e.surface(0).into(),
        subject.0.into(),
        subject.1.into(),
        e.surface(1).into(),
        object.0.into(),
        object.1.into(),
        claim.map_or("", |c| c.status.as_str()).into(),
        claim.map_or("", |c| &c.rule).into(),
        claim.map(|c| c.stated.0).into(),
        claim.map(|c| c.stated.1).into(),
        claim.map_or("", |c| &c.when).into(),
        claim.map(ClaimFacts::exact_confidence).into(),
        attributes.filter(|a| !a.is_empty()).map_or(Cell::Empty, Cell::List),
    ]
}

#[cfg(test)]
mod tests {
    use super::Cell;

    #[test]
    fn lists_that_are_joined_by_lines_have_none_inside() {
        let list = Cell::List(vec!["两\n行".into(), "b".into()]);
        assert_eq!(list.text("\n").unwrap(), "两 行\nb");
        assert_eq!(list.text("|").unwrap(), "两\n行|b");
    }
}
