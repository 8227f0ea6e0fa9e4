//! The Model Context Protocol over standard input and output: one JSON-RPC message a line. The tools are the queries;
//! every tie that they tell of cites its sentence, article and date.
//!
//! Source: <https://modelcontextprotocol.io/specification/2025-06-18>.

use super::{QUERIES, Query};
use crate::diagnostic::Error;
use crate::query::Base;
use serde_json::{Map, Value, json};
use std::io::{self, BufRead, Read, Write};

/// The protocol's versions that this server speaks, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// The longest message that is read, in bytes.
const LONGEST: u64 = 1 << 20;

const INSTRUCTIONS: &str = "Ties between companies, persons, products and organizations of the tech industry, read from \
    news articles. A relation has a status: asserted, planned, rumored, negated (denied) or ended; tell it with the \
    relation. Every piece of evidence names its article, date, line and sentence; cite them. What the articles do not say \
    is not known here.";

/// Answers messages until the input ends.
///
/// # Errors
/// Those of `input` and `out`.
pub fn serve(base: &Base, mut input: impl BufRead, out: &mut dyn Write) -> io::Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut input).take(LONGEST + 1).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let reply = if line.len() as u64 > LONGEST {
            skip_line(&mut input, &line)?;
            Some(failure(Value::Null, -32600, "the message is longer than 1 MiB"))
        } else if line.iter().all(u8::is_ascii_whitespace) {
            None
        } else {
            match serde_json::from_slice::<Value>(&line) {
                Ok(message) => reply(base, &message),
                Err(e) => Some(failure(Value::Null, -32700, &format!("this is no JSON: {e}"))),
            }
        };
        if let Some(reply) = reply {
            serde_json::to_writer(&mut *out, &reply)?;
            out.write_all(b"\n")?;
            out.flush()?;
        }
    }
}

/// Reads on to the end of a line of which the beginning has been read.
fn skip_line(input: &mut impl BufRead, read: &[u8]) -> io::Result<()> {
    let mut ended = read.last() == Some(&b'\n');
    while !ended {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|b| *b == b'\n');
        ended = end.is_some() || buffer.is_empty();
        let used = end.map_or(buffer.len(), |e| e + 1);
        input.consume(used);
    }
    Ok(())
}

fn failure(id: Value, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

/// The reply to a message; none to a notification.
fn reply(base: &Base, message: &Value) -> Option<Value> {
    let id = message.get("id").filter(|id| id.is_string() || id.is_number()).cloned();
    let Some(method) = message.get("method").and_then(Value::as_str) else {
        // what has a result or an error answers a question that was never asked
        let answer = message.get("result").is_some() || message.get("error").is_some();
        let fault = || failure(id.unwrap_or(Value::Null), -32600, "this is no request: it has no method");
        return (!answer).then(fault);
    };
    let id = id?;
    let none = Map::new();
    let parameters = message.get("params").and_then(Value::as_object).unwrap_or(&none);
    let result = match method {
        "initialize" => {
            let asked = parameters.get("protocolVersion").and_then(Value::as_str);
            let version = VERSIONS.into_iter().find(|v| Some(*v) == asked).unwrap_or(VERSIONS[0]);
            json!({
                "protocolVersion": version,
                "capabilities": {"tools": {}},
                "serverInfo": {"name": "guanxi", "title": "guanxi 关系", "version": env!("CARGO_PKG_VERSION")},
                "instructions": INSTRUCTIONS,
            })
        }
        "ping" => json!({}),
        "tools/list" => json!({"tools": QUERIES.iter().map(tool).collect::<Vec<_>>()}),
        "tools/call" => {
            let name = parameters.get("name").and_then(Value::as_str).unwrap_or_default();
            let Some(query) = Query::find(name) else {
                return Some(failure(id, -32602, &format!("there is no tool `{name}`")));
            };
            called(query.ask(base, parameters.get("arguments").and_then(Value::as_object).unwrap_or(&none)))
        }
        _ => return Some(failure(id, -32601, &format!("there is no method `{method}`"))),
    };
    Some(json!({"jsonrpc": "2.0", "id": id, "result": result}))
}

fn tool(query: &Query) -> Value {
    json!({
        "name": query.name,
        "description": query.about,
        "inputSchema": query.schema(),
        "annotations": {"readOnlyHint": true, "idempotentHint": true, "openWorldHint": false},
    })
}

/// A tool's result. That an entity is unknown, or an argument wrong, is for the model to read and to mend.
fn called(answer: Result<Value, Error>) -> Value {
    match answer {
        Ok(answer) => json!({
            "content": [{"type": "text", "text": answer.to_string()}],
            "structuredContent": answer,
            "isError": false,
        }),
        Err(error) => json!({"content": [{"type": "text", "text": error.to_string()}], "isError": true}),
    }
}
