//! RDF 1.1 as JSON-LD, its context within, so that nothing is fetched to read it; what is said is `rdf.rs`'s. One
//! resource a line. Source: <https://www.w3.org/TR/json-ld11/>.

use super::rdf::{Object, PREFIXES, Predicate, resources};
use super::{Format, Part};
use crate::graph::View;
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// See the module.
pub(super) struct JsonLd;

impl Format for JsonLd {
    fn name(&self) -> &'static str {
        "jsonld"
    }

    fn about(&self) -> &'static str {
        "the same triples as turtle, as JSON-LD with its context within"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.jsonld", media_type: "application/ld+json" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let prefixes: Map<String, Value> = PREFIXES.iter().map(|(p, iri)| (p.to_string(), json!(iri))).collect();
        write!(out, "{{\"@context\":{},\"@graph\":[", Value::Object(prefixes))?;
        let mut first = true;
        resources(view, &mut |r| {
            let mut object = Map::new();
            object.insert("@id".into(), json!(r.iri));
            for (predicate, value) in &r.says {
                let (key, value) = match (predicate, value) {
                    (Predicate::Word("rdf:type"), Object::Word(class)) => ("@type", json!(class)),
                    (Predicate::Word(word), value) => (*word, node(value)),
                    (Predicate::Iri(iri), value) => (&**iri, node(value)),
                };
                match object.get_mut(key) {
                    None => drop(object.insert(key.into(), value)),
                    Some(Value::Array(all)) => all.push(value),
                    Some(one) => *one = json!([one.take(), value]),
                }
            }
            write!(out, "{}\n{}", if std::mem::take(&mut first) { "" } else { "," }, Value::Object(object))
        })?;
        writeln!(out, "\n]}}")
    }
}

fn node(object: &Object) -> Value {
    match object {
        Object::Iri(iri) => json!({ "@id": iri }),
        Object::Word(word) => json!({ "@id": word }),
        Object::Text(text) => json!(text),
        Object::Tagged(text, language) => json!({ "@value": text, "@language": language }),
        Object::Date(day) => json!({ "@value": day, "@type": "xsd:date" }),
        Object::Int(n) => json!(n),
        // a plain JSON number without a fraction would be an integer
        Object::Real(n) => json!({ "@value": format!("{n:e}"), "@type": "xsd:double" }),
        Object::Flag(is) => json!(is),
    }
}
