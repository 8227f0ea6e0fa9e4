//! RDF 1.1 in Turtle and in N-Triples; what is said is `rdf.rs`'s.
//! Sources: <https://www.w3.org/TR/turtle/>, <https://www.w3.org/TR/n-triples/>.

use super::rdf::{Object, PREFIXES, Predicate, expanded, literal, resources};
use super::{Format, Part};
use crate::graph::View;
use std::io::{self, Write};

/// For people and stores.
pub(super) struct Turtle;

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
        for (prefix, iri) in PREFIXES {
            writeln!(out, "@prefix {prefix}: <{iri}> .")?;
        }
        resources(view, &mut |r| {
            write!(out, "\n<{}>", r.iri)?;
            for (i, (predicate, object)) in r.says.iter().enumerate() {
                write!(out, "{} ", if i > 0 { " ;\n " } else { "" })?;
                match predicate {
                    Predicate::Word("rdf:type") => write!(out, "a ")?,
                    Predicate::Word(word) => write!(out, "{word} ")?,
                    Predicate::Iri(iri) => write!(out, "<{iri}> ")?,
                }
                write_object(out, object, false)?;
            }
            writeln!(out, " .")
        })
    }
}

/// A triple a line, for stores that load in bulk, `sort` and `diff`.
pub(super) struct NTriples;

impl Format for NTriples {
    fn name(&self) -> &'static str {
        "ntriples"
    }

    fn about(&self) -> &'static str {
        "the same triples as turtle, one a line, for loading in bulk"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.nt", media_type: "application/n-triples" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        resources(view, &mut |r| {
            for (predicate, object) in &r.says {
                match predicate {
                    Predicate::Word(word) => write!(out, "<{}> <{}> ", r.iri, expanded(word))?,
                    Predicate::Iri(iri) => write!(out, "<{}> <{iri}> ", r.iri)?,
                }
                write_object(out, object, true)?;
                writeln!(out, " .")?;
            }
            Ok(())
        })
    }
}

fn write_object(out: &mut dyn Write, object: &Object, full: bool) -> io::Result<()> {
    let mut typed = |text: &str, word: &str| match full {
        true => write!(out, "\"{text}\"^^<{}>", expanded(word)),
        false => write!(out, "\"{text}\"^^{word}"),
    };
    match object {
        Object::Date(day) => typed(&day.to_string(), "xsd:date"),
        Object::Int(n) if full => typed(&n.to_string(), "xsd:integer"),
        Object::Real(n) if full => typed(&format!("{n:e}"), "xsd:double"),
        Object::Flag(is) if full => typed(&is.to_string(), "xsd:boolean"),
        Object::Int(n) => write!(out, "{n}"),
        Object::Real(n) => write!(out, "{n:e}"),
        Object::Flag(is) => write!(out, "{is}"),
        Object::Iri(iri) => write!(out, "<{iri}>"),
        Object::Word(word) if full => write!(out, "<{}>", expanded(word)),
        Object::Word(word) => write!(out, "{word}"),
        Object::Text(text) => write!(out, "{}", literal(text)),
        Object::Tagged(text, language) => write!(out, "{}@{language}", literal(text)),
    }
}
