//! The description of the interface (OpenAPI 3.1): the queries with what they take, from their list; the forms of the
//! answers, from `answers.json` and the schema of `graph.json`.

use super::api::API;
use crate::serve::{Described, QUERIES, Query};
use serde_json::{Map, Value, json};

/// The forms of the answers; a test holds real answers against them.
const ANSWERS: &str = include_str!("answers.json");

/// The forms of nodes, ties and evidence.
const GRAPH: &str = include_str!("../../../schema/graph.schema.json");

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for query in QUERIES {
        paths.insert(format!("{API}/{}", query.name), path(query));
    }
    let own = json!({"get": {
        "operationId": "openapi",
        "summary": "This description",
        "responses": {"200": content("the document", json!({"type": "object"}))},
    }});
    paths.insert(format!("{API}/openapi.json"), own);
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "guanxi",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The queries of guanxi over a store. An answer is the document that the command line gives with \
                --format json; entities are asked for by any of their names, or by key.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas(), "responses": responses()},
    })
}

fn path(query: &Query) -> Value {
    let item = json!({"$ref": format!("#/components/schemas/{}", query.schema)});
    // of communities, one or the list
    let schema = if query.array.is_some() && query.schema != "Communities" {
        json!({"type": "array", "items": item})
    } else {
        item
    };
    let same = match query.command {
        Some("export") => " The same as `guanxi export json`.".to_string(),
        Some(command) => format!(" The same as `guanxi {command} --format json`."),
        None => String::new(),
    };
    let mut answers = json!({"200": content("the answer", schema)});
    for (status, name) in [("400", "Wrong"), ("404", "Missing"), ("429", "TooMany"), ("503", "NotNow")] {
        answers[status] = json!({"$ref": format!("#/components/responses/{name}")});
    }
    json!({"get": {
        "operationId": query.name,
        "summary": query.about.split_once(". ").map_or(query.about, |(first, _)| first).trim_end_matches('.'),
        "description": format!("{}{same}", query.about),
        "parameters": query.parameters().iter().map(parameter).collect::<Vec<_>>(),
        "responses": answers,
    }})
}

fn parameter(p: &Described) -> Value {
    let mut schema = p.schema.clone();
    if let Some(object) = schema.as_object_mut() {
        object.remove("description");
    }
    let mut out =
        json!({"name": p.name, "in": "query", "required": p.required, "description": p.about, "schema": schema});
    if p.several {
        out["style"] = "form".into();
        out["explode"] = (!p.commas).into();
    }
    out
}

fn content(what: &str, schema: Value) -> Value {
    json!({"description": what, "content": {"application/json": {"schema": schema}}})
}

fn responses() -> Value {
    let one = |what: &str| {
        let schema = json!({"$ref": "#/components/schemas/Problem"});
        json!({"description": what, "content": {"application/problem+json": {"schema": schema}}})
    };
    json!({
        "Wrong": one("A parameter is missing, unknown or of the wrong form."),
        "Missing": one("There is no such entity or community; the nearest names are told."),
        "TooMany": one("Too many requests a second."),
        "NotNow": one("No store, too many questions at once, or an answer that takes too long."),
    })
}

/// The schemas of this interface, and those of `graph.json` with their references turned to here.
fn schemas() -> Value {
    let mut own: Map<String, Value> = serde_json::from_str(ANSWERS).expect("checked by a test");
    let mut graph: Value = serde_json::from_str(GRAPH).expect("checked by a test");
    let parts = graph["$defs"].take();
    let whole = json!({
        "description": graph["description"], "type": "object", "required": graph["required"],
        "additionalProperties": false, "properties": graph["properties"],
    });
    own.insert("Graph".into(), turned(whole));
    if let Value::Object(parts) = parts {
        own.extend(parts.into_iter().map(|(name, schema)| (title(&name), turned(schema))));
    }
    own.into()
}

/// `node` is `Node` here.
fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn turned(schema: Value) -> Value {
    match schema {
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(key, value)| match value.as_str().and_then(|v| v.strip_prefix("#/$defs/")) {
                    Some(name) if key == "$ref" => (key, format!("#/components/schemas/{}", title(name)).into()),
                    _ => (key, turned(value)),
                })
                .collect(),
        ),
        Value::Array(items) => items.into_iter().map(turned).collect(),
        other => other,
    }
}
