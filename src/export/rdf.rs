//! The graph as RDF 1.1, resource by resource; Turtle, N-Triples and JSON-LD write the same triples.
//!
//! - An entity is a schema.org class with `rdfs:label`, other names, dates, counts, and `owl:sameAs` its Wikidata id.
//! - A relation that stands as asserted, and a co-mention, is a plain triple.
//! - Every tie, whatever its status, is an `rdf:Statement` with status, counts and dates, derived (PROV-O) from
//! - pieces of evidence, each the words of an article, at their place, with status, rule and event of the claim.
//! - An article is a `schema:NewsArticle`.
//!
//! No resource is a blank node, so that a store that loads a graph twice holds it once.
//! Sources: <https://www.w3.org/TR/rdf11-concepts/>, <https://www.w3.org/TR/prov-o/>, <https://schema.org/>.

use crate::graph::{Bond, Day, End, Evidence, Graph, Node, Tie, View};
use crate::schema::{EntityKind, Status};
use rustc_hash::FxHashSet;
use std::fmt::Write as _;
use std::io;

/// The prefixes, and what they stand for.
pub(super) const PREFIXES: [(&str, &str); 7] = [
    ("gx", "urn:guanxi:vocabulary:"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The IRI that a word with a prefix stands for.
pub(super) fn expanded(word: &str) -> String {
    let (prefix, name) = word.split_once(':').unwrap_or(("", word));
    match PREFIXES.iter().find(|p| p.0 == prefix) {
        Some((_, iri)) => format!("{iri}{name}"),
        None => word.to_string(),
    }
}

/// What a triple says of its subject.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    /// An IRI in full.
    Iri(String),
    /// A word with a prefix.
    Word(&'static str),
    Text(String),
    /// A text in a language.
    Tagged(String, &'static str),
    Date(Day),
    Int(u64),
    Real(f64),
    Flag(bool),
}

/// The predicate: a word with a prefix, or an IRI in full.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Predicate {
    Word(&'static str),
    Iri(String),
}

/// A subject with what is said of it.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    pub(super) iri: String,
    pub(super) says: Vec<(Predicate, Object)>,
}

impl Resource {
    fn new(iri: String, class: &'static str) -> Resource {
        Resource { iri, says: vec![(Predicate::Word("rdf:type"), Object::Word(class))] }
    }

    fn say(&mut self, word: &'static str, object: Object) {
        self.says.push((Predicate::Word(word), object));
    }

    fn text(&mut self, word: &'static str, text: &str) {
        if !text.is_empty() {
            self.say(word, Object::Text(text.into()));
        }
    }

    fn days(&mut self, first: Day, last: Day) {
        if !first.is_none() {
            self.say("gx:firstSeen", Object::Date(first));
            self.say("gx:lastSeen", Object::Date(last));
        }
    }
}

/// Gives all resources of a view, in the graph's order.
pub(super) fn resources(view: &View<'_>, give: &mut dyn FnMut(&Resource) -> io::Result<()>) -> io::Result<()> {
    let graph = view.graph;
    for r in &graph.schema.relations {
        give(&property(&r.name, &r.label, &r.description))?;
    }
    give(&property(graph.bond_name(Bond::CoMention), graph.bond_label(Bond::CoMention), ""))?;
    for &n in &view.nodes {
        give(&entity(graph.node(n)))?;
    }
    let mut articles = FxHashSet::default();
    for &e in &view.edges {
        let (a, b, tie) = graph.tie(e);
        let (a, b) = (&*graph.node(a).key, &*graph.node(b).key);
        plain(graph, a, b, tie).iter().try_for_each(&mut *give)?;
        let pieces: Vec<Resource> = tie.evidence.iter().map(|e| evidence(graph, a, b, tie, e)).collect();
        give(&statement(graph, a, b, tie, &pieces))?;
        for (piece, e) in pieces.iter().zip(&tie.evidence) {
            give(piece)?;
            if articles.insert(&*e.passage.article.path) {
                give(&article(e))?;
            }
        }
    }
    Ok(())
}

fn property(name: &str, label: &str, description: &str) -> Resource {
    let mut r = Resource::new(iri("vocabulary", name), "rdf:Property");
    r.say("rdfs:label", Object::Tagged(label.into(), "zh"));
    if !description.is_empty() {
        r.say("rdfs:comment", Object::Tagged(description.into(), "en"));
    }
    r
}

fn entity(node: &Node) -> Resource {
    let class = match node.kind {
        EntityKind::Company => "schema:Corporation",
        EntityKind::Person => "schema:Person",
        EntityKind::Product => "schema:Product",
        EntityKind::Organization => "schema:Organization",
    };
    let mut r = Resource::new(iri("entity", &node.key), class);
    r.say("rdfs:label", Object::Text(node.name.clone()));
    for name in node.names.iter().chain(&node.aliases).filter(|n| **n != node.name) {
        r.text("schema:alternateName", name);
    }
    for ticker in &node.tickers {
        r.text("schema:tickerSymbol", ticker);
    }
    let plain = |id: &&String| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
    if let Some(id) = node.wikidata.as_ref().filter(plain) {
        r.say("owl:sameAs", Object::Iri(format!("http://www.wikidata.org/entity/{id}")));
    }
    r.text("schema:url", node.site.as_deref().unwrap_or(""));
    if let Some(family) = &node.family {
        r.say("gx:family", Object::Iri(iri("entity", family)));
    }
    r.say("gx:listed", Object::Flag(node.listed));
    for (word, number) in [
        ("gx:mentions", node.mentions),
        ("gx:articles", node.articles.into()),
        ("gx:sentences", node.sentences.into()),
        ("gx:paragraphs", node.paragraphs.into()),
        ("gx:degree", node.degree.into()),
    ] {
        r.say(word, Object::Int(number));
    }
    r.days(node.first_seen, node.last_seen);
    r.say("gx:weightedDegree", Object::Real(node.weighted_degree));
    r.say("gx:pagerank", Object::Real(node.pagerank));
    r.say("gx:betweenness", Object::Real(node.betweenness));
    if let Some(community) = node.community {
        r.say("gx:community", Object::Int(community.into()));
    }
    r
}

/// The tie as plain triples, one each way if it has no direction; nothing if it is not asserted.
fn plain(graph: &Graph, a: &str, b: &str, tie: &Tie) -> Vec<Resource> {
    if tie.claims.as_ref().is_some_and(|c| c.status != Status::Asserted) {
        return Vec::new();
    }
    let predicate = Predicate::Iri(iri("vocabulary", graph.bond_name(tie.bond)));
    let one = |a: &str, b: &str| Resource {
        iri: iri("entity", a),
        says: vec![(predicate.clone(), Object::Iri(iri("entity", b)))],
    };
    if graph.symmetric(tie.bond) { vec![one(a, b), one(b, a)] } else { vec![one(a, b)] }
}

fn statement(graph: &Graph, a: &str, b: &str, tie: &Tie, evidence: &[Resource]) -> Resource {
    let relation = graph.bond_name(tie.bond);
    let mut r = Resource::new(iri("tie", &format!("{a} {relation} {b}")), "rdf:Statement");
    r.say("rdf:subject", Object::Iri(iri("entity", a)));
    r.say("rdf:predicate", Object::Iri(iri("vocabulary", relation)));
    r.say("rdf:object", Object::Iri(iri("entity", b)));
    r.say("gx:symmetric", Object::Flag(graph.symmetric(tie.bond)));
    r.say("gx:weight", Object::Real(tie.weight));
    r.say("gx:articles", Object::Int(tie.articles.into()));
    if let Some(c) = &tie.claims {
        r.text("gx:status", c.status.as_str());
        let words = ["gx:asserted", "gx:planned", "gx:rumored", "gx:negated", "gx:ended"];
        for (word, count) in words.into_iter().zip(c.by_status) {
            r.say(word, Object::Int(count.into()));
        }
        r.say("gx:belief", Object::Real(c.belief));
        r.text("gx:firstEvent", &c.first_event);
        r.text("gx:lastEvent", &c.last_event);
    }
    if let Some(c) = &tie.counts {
        r.say("gx:sentences", Object::Int(c.sentences.into()));
        r.say("gx:paragraphs", Object::Int(c.paragraphs.into()));
        for (word, number) in [("gx:npmi", c.npmi), ("gx:g2", c.g2)] {
            if let Some(number) = number {
                r.say(word, Object::Real(number));
            }
        }
    }
    r.days(tie.first_seen, tie.last_seen);
    for e in evidence {
        r.say("prov:wasDerivedFrom", Object::Iri(e.iri.clone()));
    }
    r
}

fn evidence(graph: &Graph, a: &str, b: &str, tie: &Tie, e: &Evidence) -> Resource {
    let p = &*e.passage;
    let path = &*p.article.path;
    // a tie has a sentence of an article once
    let name = format!("{path} {} {a} {} {b}", p.start, graph.bond_name(tie.bond));
    let mut r = Resource::new(iri("evidence", &name), "prov:Entity");
    r.say("prov:value", Object::Text(p.text.to_string()));
    r.say("prov:wasQuotedFrom", Object::Iri(iri("article", path)));
    r.say("gx:line", Object::Int(p.line.into()));
    r.say("gx:column", Object::Int(p.column.into()));
    for (end, words) in
        [["gx:subjectWords", "gx:subjectSpan"], ["gx:objectWords", "gx:objectSpan"]].into_iter().enumerate()
    {
        r.text(words[0], e.surface(end));
        if let End::Here(from, to) = e.ends[end] {
            r.text(words[1], &format!("{from}-{to}"));
        }
    }
    if let Some(c) = &e.claim {
        r.text("gx:status", c.status.as_str());
        r.text("gx:rule", &c.rule);
        r.say("gx:confidence", Object::Real(c.exact_confidence()));
        r.text("gx:event", &c.when);
        r.text("gx:statedSpan", &format!("{}-{}", c.stated.0, c.stated.1));
        for (name, value) in &c.attributes {
            r.says.push((Predicate::Iri(iri("vocabulary", &format!("attribute.{name}"))), Object::Text(value.clone())));
        }
    }
    r
}

fn article(e: &Evidence) -> Resource {
    let article = &*e.passage.article;
    let mut r = Resource::new(iri("article", &article.path), "schema:NewsArticle");
    r.text("schema:identifier", &article.path);
    r.text("schema:headline", &article.title);
    if !article.date.is_none() {
        r.say("schema:datePublished", Object::Date(article.date));
    }
    r
}

/// `urn:guanxi:KIND:NAME`; characters that IRIs may not hold are percent-encoded, Chinese ones stay.
fn iri(kind: &str, name: &str) -> String {
    let mut out = format!("urn:guanxi:{kind}:");
    let mut buffer = [0; 4];
    for c in name.chars() {
        let plain = c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '~');
        // the letters of RFC 3987's `ucschar`, without format and private characters
        if plain || (!c.is_ascii() && c.is_alphanumeric()) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A text between quotes, as Turtle and N-Triples have it.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::{iri, literal};

    #[test]
    fn iris_hold_only_what_they_may() {
        assert_eq!(iri("entity", "company/商汤科技"), "urn:guanxi:entity:company/商汤科技");
        assert_eq!(iri("entity", "a b>\"%\u{202e}"), "urn:guanxi:entity:a%20b%3E%22%25%E2%80%AE");
    }

    #[test]
    fn literals_end_where_they_should() {
        assert_eq!(literal("\"\\\n\u{1}好"), "\"\\\"\\\\\\n\\u0001好\"");
    }
}
