//! `schema/graph.schema.json` and what is written agree. A small validator for the keywords that the schema uses;
//! `tests/ci/graph.py` runs a full one.

use crate::support::{graph, record, root};
use guanxi::graph::{AssembleOptions, View, node_link};
use guanxi::schema::{EntityKind, Status};
use serde_json::Value;

const KNOWN: [&str; 20] = [
    "oneOf",
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "required",
    "properties",
    "additionalProperties",
    "propertyNames",
    "items",
    "enum",
    "const",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "pattern",
    "format",
];

pub fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    let rules = schema.as_object().ok_or("a schema is an object")?;
    for (key, rule) in rules {
        let ok = match key.as_str() {
            "$ref" => {
                let target = root.pointer(&rule.as_str().unwrap()[1..]).ok_or("a reference leads nowhere")?;
                check(root, target, value, at)?;
                true
            }
            "oneOf" => {
                let fits = |schema: &&Value| check(root, schema, value, at).is_ok();
                rule.as_array().unwrap().iter().filter(fits).count() == 1
            }
            "type" => {
                let is = |name: &Value| match name.as_str().unwrap() {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "integer" => value.is_u64() || value.is_i64(),
                    "number" => value.is_number(),
                    "boolean" => value.is_boolean(),
                    "null" => value.is_null(),
                    other => panic!("unknown type {other}"),
                };
                rule.as_array().map_or_else(|| is(rule), |names| names.iter().any(is))
            }
            "required" => rule.as_array().unwrap().iter().all(|k| value.get(k.as_str().unwrap()).is_some()),
            "properties" | "additionalProperties" | "propertyNames" => {
                for (name, inner) in value.as_object().into_iter().flatten() {
                    let at = format!("{at}.{name}");
                    match (key.as_str(), rules.get("properties").and_then(|p| p.get(name))) {
                        ("properties", Some(own)) => check(root, own, inner, &at)?,
                        ("additionalProperties", None) if rule == &Value::Bool(false) => return Err(at),
                        ("additionalProperties", None) => check(root, rule, inner, &at)?,
                        ("propertyNames", _) => check(root, rule, &Value::from(name.as_str()), &at)?,
                        _ => {}
                    }
                }
                true
            }
            "items" => {
                for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
                    check(root, rule, inner, &format!("{at}[{i}]"))?;
                }
                true
            }
            "enum" => rule.as_array().unwrap().contains(value),
            "const" => rule == value,
            "minimum" => value.as_f64() >= rule.as_f64(),
            "maximum" => value.as_f64() <= rule.as_f64(),
            "minItems" => value.as_array().is_none_or(|a| a.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|a| a.len() as u64 <= rule.as_u64().unwrap()),
            "pattern" => value.as_str().is_none_or(|s| s.len() == 10),
            other => KNOWN.contains(&other),
        };
        if !ok {
            return Err(format!("{at}: {key} {rule} does not hold for {value}"));
        }
    }
    Ok(())
}

fn schema() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("schema/graph.schema.json")).unwrap()).unwrap()
}

#[test]
fn what_is_written_fits_the_schema() {
    let people = [(EntityKind::Company, "商汤科技"), (EntityKind::Person, "徐冰"), (EntityKind::Product, "日日新")];
    let records =
        [record("a.md", "2025-06-24", &people, Status::Ended, 0), record("b.md", "", &people[..2], Status::Rumored, 1)];
    let graph = graph(&records, AssembleOptions { evidence_limit: 3, min_support: 1 });
    let mut out = Vec::new();
    node_link::write(&View::all(&graph), &mut out).unwrap();
    let schema = schema();
    let mut value: Value = serde_json::from_slice(&out).unwrap();
    check(&schema, &schema, &value, "graph").unwrap();
    value["nodes"][0]["surprise"] = Value::Bool(true);
    assert!(check(&schema, &schema, &value, "graph").is_err(), "the validator sees what is too much");
}

#[test]
fn the_kept_output_fits_the_schema() {
    let text = std::fs::read_to_string(root().join("output/graph.json")).expect("run `cargo run --release -- build`");
    let schema = schema();
    check(&schema, &schema, &serde_json::from_str(&text).unwrap(), "graph").unwrap();
}
