//! RDF 1.1 in Turtle. A relation that stands as asserted is a plain triple; every tie, whatever its status, is an
//! `rdf:Statement` with its status, counts and dates, derived (PROV-O) from the sentences that state it.
//! Sources: <https://www.w3.org/TR/turtle/>, <https://www.w3.org/TR/prov-o/>, <https://schema.org/>.

use super::{Format, Part};
use crate::graph::{Day, Evidence, View};
use crate::schema::{EntityKind, Status};
use std::fmt::Write as _;
use std::io::{self, Write};

/// See the module.
pub(super) struct Turtle;

const HEAD: &str = "\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix gx: <urn:guanxi:vocabulary:> .
";

impl Format for Turtle {
    fn name(&self) -> &'static str {
        "turtle"
    }

    fn about(&self) -> &'static str {
        "RDF 1.1 for triple stores: schema.org types, reified ties, PROV evidence"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.ttl", media_type: "text/turtle" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{HEAD}")?;
        for r in &view.graph.schema.relations {
            writeln!(out, "{} a rdf:Property ; rdfs:label {}@zh .", term("vocabulary", &r.name), literal(&r.label))?;
        }
        for &n in &view.nodes {
            let node = view.graph.node(n);
            let class = match node.kind {
                EntityKind::Company => "schema:Corporation",
                EntityKind::Person => "schema:Person",
                EntityKind::Product => "schema:Product",
                EntityKind::Organization => "schema:Organization",
            };
            let mut text = format!("{} a {class} ; rdfs:label {}", term("entity", &node.key), literal(&node.name));
            for name in node.names.iter().chain(&node.aliases).filter(|n| **n != node.name) {
                let _ = write!(text, " ; schema:alternateName {}", literal(name));
            }
            for ticker in &node.tickers {
                let _ = write!(text, " ; schema:tickerSymbol {}", literal(ticker));
            }
            if let Some(id) = node.wikidata.as_ref().filter(|id| id.bytes().all(|b| b.is_ascii_alphanumeric())) {
                let _ = write!(text, " ; owl:sameAs <http://www.wikidata.org/entity/{id}>");
            }
            let _ = write!(text, " ; gx:mentions {} ; gx:articles {}", node.mentions, node.articles);
            text += &days(node.first_seen, node.last_seen);
            let _ = write!(text, " ; gx:pagerank {:e} ; gx:betweenness {:e}", node.pagerank, node.betweenness);
            if let Some(community) = node.community {
                let _ = write!(text, " ; gx:community {community}");
            }
            writeln!(out, "{text} .")?;
        }
        for &e in &view.edges {
            let (a, b, tie) = view.graph.tie(e);
            let (a, b) = (term("entity", &view.graph.node(a).key), term("entity", &view.graph.node(b).key));
            let relation = term("vocabulary", view.graph.bond_name(tie.bond));
            let status = tie.claims.as_ref().map(|c| c.status);
            if matches!(status, None | Some(Status::Asserted)) {
                writeln!(out, "{a} {relation} {b} .")?;
                if view.graph.symmetric(tie.bond) {
                    writeln!(out, "{b} {relation} {a} .")?;
                }
            }
            let mut text = format!("[] a rdf:Statement ; rdf:subject {a} ; rdf:predicate {relation} ; rdf:object {b}");
            let _ = write!(text, " ; gx:weight {:e} ; gx:articles {}", tie.weight, tie.articles);
            if let Some(c) = &tie.claims {
                let _ = write!(text, " ; gx:status {} ; gx:belief {:e}", literal(c.status.as_str()), c.belief);
                for (name, when) in [("firstEvent", &c.first_event), ("lastEvent", &c.last_event)] {
                    if !when.is_empty() {
                        let _ = write!(text, " ; gx:{name} {}", literal(when));
                    }
                }
            }
            if let Some(c) = &tie.counts {
                let _ = write!(text, " ; gx:sentences {} ; gx:paragraphs {}", c.sentences, c.paragraphs);
                for (name, number) in [("npmi", c.npmi), ("g2", c.g2)] {
                    if let Some(number) = number {
                        let _ = write!(text, " ; gx:{name} {number:e}");
                    }
                }
            }
            text += &days(tie.first_seen, tie.last_seen);
            for e in &tie.evidence {
                let _ = write!(text, " ;\n  prov:wasDerivedFrom {}", evidence(e));
            }
            writeln!(out, "{text} .")?;
        }
        Ok(())
    }
}

fn days(first: Day, last: Day) -> String {
    if first.is_none() {
        return String::new();
    }
    format!(" ; gx:firstSeen \"{first}\"^^xsd:date ; gx:lastSeen \"{last}\"^^xsd:date")
}

fn evidence(e: &Evidence) -> String {
    let p = &e.passage;
    let mut text = format!(
        "[ a prov:Entity ; prov:value {} ; prov:atLocation {} ; schema:headline {}",
        literal(&p.text),
        literal(&format!("{}:{}:{}", p.article.path, p.line, p.column)),
        literal(&p.article.title)
    );
    if !p.article.date.is_none() {
        let _ = write!(text, " ; schema:datePublished \"{}\"^^xsd:date", p.article.date);
    }
    if let Some(c) = &e.claim {
        let _ = write!(text, " ; gx:status {} ; gx:rule {}", literal(c.status.as_str()), literal(&c.rule));
        let _ = write!(text, " ; gx:confidence {:e}", c.confidence);
    }
    text + " ]"
}

/// `urn:guanxi:KIND:NAME` as an IRI; characters that IRIs may not hold are percent-encoded, Chinese ones stay.
fn term(kind: &str, name: &str) -> String {
    let mut out = format!("<urn:guanxi:{kind}:");
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
    out + ">"
}

/// A quoted literal.
fn literal(text: &str) -> String {
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
