//! What other programs get: HTTP and the Model Context Protocol answer as the command line does, the description fits,
//! and the server is safe to have running.

use crate::queries::industry;
use crate::schema::check;
use crate::support::{Folder, program, root};
use guanxi::serve::{QUERIES, http};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running server; it ends with the test.
struct Serving {
    child: Child,
    port: u16,
    /// Kept open: a closed one would be a fault of the test.
    _out: BufReader<ChildStdout>,
}

impl Serving {
    fn start(folder: &Folder, more: &[&str]) -> Serving {
        let mut child = Command::new(program())
            .args(["serve", "--addr", "127.0.0.1:0"])
            .args(more)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        out.read_line(&mut line).expect("its address");
        let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|p| p.parse().ok());
        Serving { child, port: port.unwrap_or_else(|| panic!("no address: {line:?}")), _out: out }
    }

    /// Sends bytes and reads until the server closes.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("connects");
        // the server may close before it has read all of what it refuses
        let _ = stream.write_all(request);
        let mut out = Vec::new();
        let _ = stream.read_to_end(&mut out);
        String::from_utf8(out).expect("UTF-8")
    }

    /// Asks; gives status, head and body.
    fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> (u16, String, String) {
        let mut request =
            format!("{method} {target} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|h| h.0 == "Host") {
            request += "Host: localhost\r\n";
        }
        headers.iter().for_each(|(name, value)| request += &format!("{name}: {value}\r\n"));
        let reply = self.raw((request + "\r\n" + body).as_bytes());
        let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        (status, head.to_ascii_lowercase(), body.to_string())
    }

    fn get(&self, target: &str) -> (u16, String, String) {
        self.ask("GET", target, &[], "")
    }

    /// Asks a query with arguments.
    fn query(&self, name: &str, arguments: &[(&str, &str)]) -> (u16, Value) {
        let mut target = format!("/api/v1/{name}?");
        for (name, value) in arguments {
            let value: String = value.bytes().map(|b| format!("%{b:02X}")).collect();
            target += &format!("{name}={value}&");
        }
        let (status, _, body) = self.get(target.trim_end_matches(['&', '?']));
        (status, serde_json::from_str(&body).unwrap_or_else(|e| panic!("{target}: {e}: {body}")))
    }

    /// Calls a tool over HTTP.
    fn call(&self, name: &str, arguments: &Value) -> Value {
        let request = call(name, arguments);
        let headers = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
        let (status, _, body) = self.ask("POST", "/mcp", &headers, &request);
        assert_eq!(status, 200, "{body}");
        serde_json::from_str::<Value>(&body).unwrap()["result"].clone()
    }

    /// Tells it to end, and waits; gives the exit code.
    fn end(mut self, signal: &str) -> Option<i32> {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill");
        assert!(told.success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn call(name: &str, arguments: &Value) -> String {
    let parameters = json!({"name": name, "arguments": arguments});
    json!({"jsonrpc": "2.0", "id": name, "method": "tools/call", "params": parameters}).to_string()
}

/// Questions: a query, and its arguments by name.
type Question = (&'static str, &'static [(&'static str, &'static str)]);

const QUESTIONS: &[Question] = &[
    ("neighbors", &[("entity", "上海阵量")]),
    ("neighbors", &[("entity", "sany"), ("depth", "2"), ("limit", "3")]),
    ("neighbors", &[("entity", "商汤"), ("relation", "acquires,invests_in"), ("status", "planned,negated,asserted")]),
    ("neighbors", &[("entity", "company/百度"), ("relation", "co_mention"), ("kind", "company"), ("min_weight", "1")]),
    ("neighbors", &[("entity", "无关公司")]),
    ("show", &[("entity", "ＳenseＴime")]),
    ("show", &[("entity", "无关公司")]),
    ("show", &[("entity", "三一"), ("limit", "1")]),
    ("evidence", &[("entity", "商汤"), ("other", "上海阵量"), ("status", "negated")]),
    ("evidence", &[("entity", "三一"), ("since", "2025-02"), ("until", "2025-12-31")]),
    ("evidence", &[("entity", "上海阵量"), ("limit", "2")]),
    ("evidence", &[("entity", "无关公司"), ("other", "百度")]),
    ("path", &[("from", "百度"), ("to", "长城汽车")]),
    ("path", &[("from", "百度"), ("to", "长城汽车"), ("by", "strength"), ("paths", "1")]),
    ("path", &[("from", "徐立"), ("to", "长城汽车"), ("avoid", "三一"), ("co_mentions", "true")]),
    ("path", &[("from", "百度"), ("to", "长城汽车"), ("max_hops", "1")]),
    ("search", &[("text", "shangtang")]),
    ("search", &[("text", "Sensetme"), ("kind", "company"), ("limit", "1")]),
    ("search", &[("text", "没有这样的名字")]),
    ("top", &[]),
    ("top", &[("by", "degree"), ("kind", "company,person"), ("limit", "3")]),
    ("communities", &[]),
    ("communities", &[("min_size", "1"), ("limit", "2")]),
    ("communities", &[("entity", "商汤")]),
    ("communities", &[("number", "1"), ("limit", "1")]),
    ("timeline", &[("entity", "上海阵量")]),
    ("timeline", &[("entity", "三一"), ("until", "2024"), ("limit", "5")]),
    ("diff", &[("from", "2025-03"), ("to", "2025-04")]),
    ("diff", &[("entity", "商汤"), ("from", "2025-05-01"), ("change", "reversed,new")]),
    ("diff", &[("from", "2025-02"), ("limit", "2"), ("relation", "acquires")]),
    ("conflicts", &[]),
    ("conflicts", &[("entity", "上海阵量"), ("limit", "1")]),
    ("graph", &[]),
    ("graph", &[("top", "4")]),
    ("graph", &[("top", "4"), ("status", "rumored,negated,ended"), ("community", "1")]),
    ("graph", &[("around", "百度"), ("depth", "2"), ("top", "5"), ("relation", "acquires")]),
];

/// What the command line answers.
fn command_line(folder: &Folder, (name, arguments): Question) -> Value {
    let mut args: Vec<String> = match name {
        "graph" => vec!["export".into(), "json".into()],
        name => vec![name.into(), "--format".into(), "json".into()],
    };
    for (key, value) in arguments {
        match (name, *key) {
            (_, "entity" | "other" | "text") | ("path", "from" | "to") => args.push((*value).into()),
            (_, "co_mentions") => args.push("--co-mentions".into()),
            _ => args.extend([format!("--{}", key.replace('_', "-")), (*value).into()]),
        }
    }
    if name == "graph" && !arguments.iter().any(|a| a.0 == "top") {
        args.extend(["--top".into(), "200".into()]);
    }
    let ran = folder.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("{args:?}: {e}: {}{}", ran.out, ran.err))
}

#[test]
fn http_and_tools_answer_as_the_command_line_does() {
    let folder = industry();
    let server = Serving::start(&folder, &["--rate", "0"]);
    let description = http::openapi();
    for &(name, arguments) in QUESTIONS {
        let expected = command_line(&folder, (name, arguments));
        let (status, answer) = server.query(name, arguments);
        assert_eq!(status, 200, "{name} {arguments:?}: {answer}");
        assert_eq!(answer, expected, "{name} {arguments:?}");
        let schema = &description["paths"][format!("/api/v1/{name}")]["get"]["responses"]["200"]["content"];
        check(&description, &schema["application/json"]["schema"], &answer, name).unwrap();
        let query = QUERIES.iter().find(|q| q.name == name).unwrap();
        if !query.is_tool() {
            continue;
        }
        // a tool tells less by itself
        let mut asked = json!({});
        for p in query.parameters() {
            let typed = |text: &str| match p.schema["type"].as_str() {
                Some("array") => text.split(',').collect(),
                Some("integer") => json!(text.parse::<u64>().unwrap()),
                Some("number") => json!(text.parse::<f64>().unwrap()),
                Some("boolean") => json!(text == "true"),
                _ => json!(text),
            };
            match (arguments.iter().find(|a| a.0 == p.name), p.name, p.default) {
                (Some((_, text)), ..) => asked[p.name] = typed(text),
                (None, "limit", Some(text)) => asked["limit"] = typed(text),
                (None, "evidence", _) => asked["evidence"] = 100.into(),
                _ => {}
            }
        }
        let result = server.call(name, &asked);
        assert_eq!(result["isError"], false, "{result}");
        let told = &result["structuredContent"];
        let told = query.array.and_then(|name| told.get(name)).unwrap_or(told);
        assert_eq!(told, &expected, "the tool {name} {asked}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
    }
    let asked: std::collections::BTreeSet<&str> = QUESTIONS.iter().map(|q| q.0).chain(["explorer"]).collect();
    assert_eq!(asked.len(), QUERIES.len(), "every query is asked");
}

#[test]
fn the_description_is_current() {
    let written = serde_json::to_string_pretty(&http::openapi()).unwrap() + "\n";
    let kept = root().join("schema/openapi.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&kept, &written).unwrap();
    }
    assert!(std::fs::read_to_string(&kept).unwrap_or_default() == written, "run with UPDATE_GOLDEN=1");
    let folder = industry();
    let server = Serving::start(&folder, &[]);
    let (status, _, served) = server.get("/api/v1/openapi.json");
    assert_eq!(status, 200);
    let served: Value = serde_json::from_str(&served).unwrap();
    assert_eq!(served, serde_json::from_str::<Value>(&written).unwrap());
    // what is described is there, and takes what is described
    for (path, operations) in served["paths"].as_object().unwrap() {
        let parameters = operations["get"]["parameters"].as_array();
        let required = parameters.is_some_and(|all| all.iter().any(|p| p["required"] == true));
        let (status, _, body) = server.get(path);
        assert_eq!(status, if required { 400 } else { 200 }, "{path}: {body}");
    }
}

#[test]
fn a_wrong_question_is_told_what_is_wrong() {
    let folder = industry();
    let server = Serving::start(&folder, &[]);
    for (name, arguments, status, part) in [
        ("show", &[("entity", "商汤科枝")][..], 404, "商汤科技"),
        ("show", &[], 400, "is missing"),
        ("show", &[("entity", "")], 400, "not empty"),
        ("show", &[("entity", "商汤"), ("limit", "0")], 400, "from 1 to 1000"),
        ("show", &[("entity", "商汤"), ("entity", "百度")], 400, "2 times"),
        ("show", &[("entity", "商汤"), ("surprise", "1")], 400, "parameters are entity, limit, evidence"),
        ("neighbors", &[("entity", "商汤"), ("status", "true")], 400, "none of asserted"),
        ("neighbors", &[("entity", "商汤"), ("relation", "aquires")], 400, "did you mean acquires?"),
        ("neighbors", &[("entity", "商汤"), ("since", "去年")], 400, "YYYY-MM"),
        ("neighbors", &[("entity", "商汤"), ("min_weight", "-1")], 400, "not negative"),
        ("neighbors", &[("entity", "商汤"), ("min_weight", "NaN")], 400, "must be a number"),
        ("graph", &[("min_weight", "1e999")], 400, "must be a number"),
        ("graph", &[("community", "0")], 400, "from 1 to"),
        ("explorer", &[("changed", "gestern")], 400, "is no date"),
        ("path", &[("from", "商汤"), ("to", "SenseTime")], 400, "the same entity"),
        ("path", &[("from", "商汤"), ("to", "百度"), ("avoid", "商汤")], 400, "an end of the path"),
        ("path", &[("from", "商汤"), ("to", "百度"), ("co_mentions", "maybe")], 400, "true or false"),
        ("diff", &[("from", "2025-08"), ("to", "2025-07")], 400, "not later"),
        ("communities", &[("number", "99")], 404, "no community 99"),
        ("communities", &[("entity", "无关公司")], 404, "in no community"),
        ("communities", &[("entity", "商汤"), ("number", "1")], 400, "exclude each other"),
        ("graph", &[("around", "没有这样的名字")], 404, "no entity"),
        ("graph", &[("top", "100000")], 400, "from 1 to 2000"),
        ("nothing", &[], 404, "nothing here"),
    ] {
        let (got, told) = server.query(name, arguments);
        assert_eq!(got, status, "{name} {arguments:?}: {told}");
        assert!(told.to_string().contains(part), "{told}");
        assert_eq!(told["status"], status);
        let description = http::openapi();
        check(&description, &description["components"]["schemas"]["Problem"], &told, name).unwrap();
    }
    let told = server.call("show", &json!({"entity": "商汤科枝"}));
    assert_eq!(told["isError"], true);
    assert!(told["content"][0]["text"].as_str().unwrap().contains("did you mean 商汤科技?"), "{told}");
}

#[test]
fn only_its_own_pages_and_programs_may_ask() {
    let folder = industry();
    let server = Serving::start(&folder, &["--allow-host", "graph.example"]);
    let own = format!("127.0.0.1:{}", server.port);
    let origin = format!("http://{own}");
    for (headers, status) in [
        (&[("Host", own.as_str())][..], 200),
        (&[("Host", "graph.example")], 200),
        (&[("Host", "rebound.example")], 403),
        (&[("Host", "localhost"), ("Host", "rebound.example")], 400),
        (&[("Host", own.as_str()), ("Origin", origin.as_str())], 200),
        (&[("Host", own.as_str()), ("Origin", "http://evil.example")], 403),
        (&[("Host", own.as_str()), ("Origin", "null")], 403),
        (&[("Host", own.as_str()), ("Sec-Fetch-Site", "cross-site")], 403),
    ] {
        for (method, target) in [("GET", "/api/v1/top"), ("HEAD", "/"), ("POST", "/mcp")] {
            let (got, head, _) = server.ask(method, target, headers, "");
            // what the protocol says to an empty message is its own affair
            assert!(
                if target == "/mcp" { (got == status) != (status == 200) } else { got == status },
                "{got} {headers:?}"
            );
            for header in [
                "content-security-policy: default-src 'none'",
                "frame-ancestors 'none'",
                "x-content-type-options: nosniff",
                "referrer-policy: no-referrer",
                "cross-origin-resource-policy: same-origin",
            ] {
                assert!(head.contains(header), "{header} is missing: {head}");
            }
            assert!(!head.contains("access-control-allow"), "{head}");
        }
    }
}

#[test]
fn who_dawdles_is_cut_off() {
    let folder = industry();
    let server = Serving::start(&folder, &["--rate", "0"]);
    // heads and bodies that never end, on as many connections as there may be
    let slow: Vec<TcpStream> = (0..512)
        .map(|i| {
            let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
            let end = if i % 2 == 0 { "" } else { "Content-Length: 1000\r\n\r\n{" };
            write!(
                stream,
                "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: application/json, text/event-stream\r\n{end}"
            )
            .unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get("/api/v1/top?limit=1").0, 200, "the others are answered all the same");
    for (i, mut stream) in slow.into_iter().enumerate() {
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(if i % 2 == 0 { reply.is_empty() } else { reply.starts_with("HTTP/1.1 408") }, "{reply}");
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let folder = industry();
    folder.write("secret.txt", "secret");
    let server = Serving::start(&folder, &["--rate", "50"]);
    let long = "x".repeat(9000);
    let large = "y".repeat(2 << 20);
    for (method, target, body, status) in [
        ("GET", &*format!("/api/v1/search?text={long}"), "", 414),
        ("POST", "/mcp", &*large, 413),
        ("POST", "/api/v1/top", "{}", 405),
        ("DELETE", "/", "", 405),
        ("GET", "/../secret.txt", "", 404),
        ("GET", "/%2e%2e/secret.txt", "", 404),
        ("GET", "/output/guanxi.db", "", 404),
        ("GET", "/api/v1/../../secret.txt", "", 404),
        ("GET", "/api/v1/diff?from=2025&with=/etc", "", 400),
        ("GET", "/api/v1/top?output=/etc", "", 400),
    ] {
        let (got, _, told) = server.ask(method, target, &[], body);
        assert_eq!(got, status, "{method} {}", target.get(..40).unwrap_or(target));
        assert!(!told.contains("secret") || told.contains("nothing"), "{told}");
    }
    // a body without a length is counted as it comes
    let chunk = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    let head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
        Accept: application/json, text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let reply = server.raw((head.to_string() + &chunk).as_bytes());
    assert!(reply.starts_with("HTTP/1.1 413") || reply.is_empty(), "{reply}");
    assert!(server.raw(b"\x16\x03\x01 nonsense\r\n\r\n").starts_with("HTTP/1.1 400"));
    // one request after another, more than two seconds' worth
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let request = b"GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);
    stream.write_all(&request).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut replies = String::new();
    stream.read_to_string(&mut replies).unwrap();
    assert!(replies.contains("HTTP/1.1 429") && replies.contains("retry-after: 1"), "{replies}");
}

/// Answers are those of the old or the new store, never of both; without one, the server says so and waits.
#[test]
fn the_store_may_be_built_anew_meanwhile() {
    let folder = industry();
    let extra = folder.path().join("content/z.md");
    let text = "---\ntitle: 新\ndate: 2025-08-01\n---\n\n百度投资星火科技。商汤科技CEO徐立出席。\n";
    let ask = |server: &Serving| {
        ["/api/v1/neighbors?entity=%E7%99%BE%E5%BA%A6", "/api/v1/graph?top=50"].map(|target| server.get(target))
    };
    let server = Serving::start(&folder, &["--rate", "0"]);
    let old = ask(&server).map(|a| a.2);
    std::fs::write(&extra, text).unwrap();
    assert_eq!(folder.run(&["build"]).code, 0);
    let new = ask(&server).map(|a| a.2);
    assert!(old[0] != new[0] && old[1] != new[1]);
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|threads| {
        let asking: Vec<_> = (0..4)
            .map(|_| {
                threads.spawn(|| {
                    let mut seen = [0, 0];
                    while !done.load(std::sync::atomic::Ordering::Relaxed) {
                        for (i, (status, _, body)) in ask(&server).into_iter().enumerate() {
                            assert_eq!(status, 200, "{body}");
                            assert!(body == old[i] || body == new[i], "a mixture: {body}");
                            seen[usize::from(body == new[i])] += 1;
                        }
                    }
                    seen
                })
            })
            .collect();
        for round in 0..8 {
            match round % 2 {
                0 => std::fs::remove_file(&extra).unwrap(),
                _ => std::fs::write(&extra, text).unwrap(),
            }
            assert_eq!(folder.run(if round % 4 < 2 { &["build"] } else { &["build", "--fresh"] }).code, 0);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
        let seen = asking.into_iter().map(|t| t.join().unwrap()).fold([0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
        assert!(seen[0] > 0 && seen[1] > 0, "both states were seen: {seen:?}");
    });
    std::fs::rename(folder.path().join("output/guanxi.db"), folder.path().join("away.db")).unwrap();
    let (status, head, told) = server.get("/api/v1/top");
    assert_eq!(status, 503, "{told}");
    assert!(head.contains("retry-after: 1") && told.contains("there is no store here"), "{told}");
    std::fs::rename(folder.path().join("away.db"), folder.path().join("output/guanxi.db")).unwrap();
    assert_eq!(server.get("/api/v1/top").0, 200);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    let folder = industry();
    for signal in ["-INT", "-TERM"] {
        let server = Serving::start(&folder, &[]);
        // an open connection does not keep it
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.write_all(b"GET /api/v1/top HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut byte = [0; 1];
        stream.read_exact(&mut byte).unwrap();
        let start = std::time::Instant::now();
        assert_eq!(server.end(signal), Some(0));
        assert!(start.elapsed().as_secs() < 4, "{:?}", start.elapsed());
    }
    let taken = Serving::start(&folder, &[]);
    let ran = folder.run(&["serve", "--addr", &format!("127.0.0.1:{}", taken.port)]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("cannot listen on 127.0.0.1") && ran.err.contains("--addr"), "{}", ran.err);
}

/// A session over standard input and output: what is asked, what comes back.
#[test]
fn a_model_can_ask() {
    let folder = industry();
    let session = |lines: &[String]| -> Vec<Value> {
        let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        }});
        let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        let lines: Vec<String> =
            [hello.to_string(), ready.to_string()].into_iter().chain(lines.iter().cloned()).collect();
        let ran = folder.run_with(&["mcp"], &(lines.join("\n") + "\n"));
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    };
    let of = |replies: &[Value], id: &str| replies.iter().find(|r| r["id"] == id).cloned().unwrap_or_default();
    let hello = session(&[
        r#"{"jsonrpc":"2.0","id":"tools","method":"tools/list"}"#.into(),
        r#"{"jsonrpc":"2.0","id":"ping","method":"ping"}"#.into(),
    ]);
    assert_eq!(hello.len(), 3, "a notification has no reply");
    assert_eq!(hello[0]["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(hello[0]["result"]["serverInfo"]["name"], "guanxi");
    let tools = of(&hello, "tools")["result"]["tools"].as_array().cloned().unwrap();
    assert_eq!(tools.len(), 10);
    for tool in &tools {
        assert!(tool["inputSchema"]["type"] == "object" && tool["description"].is_string());
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
    }
    // every tool answers, and what it says of a tie has a sentence, an article and a date
    let calls = [
        ("search", json!({"text": "shangtang"})),
        ("show", json!({"entity": "商湯"})),
        ("neighbors", json!({"entity": "上海阵量", "relation": ["acquires"], "limit": 1})),
        ("evidence", json!({"entity": "商汤", "other": "上海阵量"})),
        ("path", json!({"from": "百度", "to": "长城汽车", "by": "strength"})),
        ("top", json!({"by": "degree", "kind": "company"})),
        ("communities", json!({"entity": "商汤"})),
        ("timeline", json!({"entity": "上海阵量", "until": "2025-03"})),
        ("diff", json!({"from": "2025-05"})),
        ("conflicts", json!({})),
    ];
    let replies = session(&calls.iter().map(|(name, arguments)| call(name, arguments)).collect::<Vec<_>>());
    let server = Serving::start(&folder, &[]);
    for (name, arguments) in &calls {
        let reply = of(&replies, name);
        assert_eq!(reply["result"]["isError"], false, "{reply}");
        let answer = &reply["result"]["structuredContent"];
        if !["search", "top", "communities"].contains(name) {
            let text = answer.to_string();
            assert!(["sentence", "article", "date"].iter().all(|f| text.contains(&format!("\"{f}\":"))), "{text}");
        }
        assert_eq!(server.call(name, arguments), reply["result"], "the same over HTTP");
    }
    // what is wrong is said, and the session goes on
    let replies = session(&[
        "{nonsense".into(),
        r#"{"jsonrpc":"2.0","id":"unknown","method":"resources/list"}"#.into(),
        call("drop", &json!({})),
        r#"{"jsonrpc":"2.0","id":6,"result":{}}"#.into(),
        call("show", &json!({"entity": "商汤", "limit": 0})),
        call("graph", &json!({})),
        call("neighbors", &json!({"entity": "商汤", "status": ["true"], "since": "去年"})),
        r#"{"jsonrpc":"2.0","id":"ping","method":"ping"}"#.into(),
    ]);
    assert_eq!(of(&replies, "unknown")["error"]["code"], -32601);
    assert_eq!(of(&replies, "drop")["error"]["code"], -32602);
    assert_eq!(of(&replies, "graph")["error"]["code"], -32602, "what draws pictures is no tool");
    for (name, part) in [("show", "from 1 to 1000"), ("neighbors", "none of asserted")] {
        let told = of(&replies, name);
        assert_eq!(told["result"]["isError"], true, "{told}");
        assert!(told["result"]["content"][0]["text"].as_str().unwrap().contains(part), "{told}");
    }
    assert!(of(&replies, "ping")["result"].is_object());
}
