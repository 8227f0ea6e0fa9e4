//! What every request passes: who may ask at all, how much, how long, how often; and the headers that every answer has.
//!
//! A page elsewhere can have a browser ask this server. It gets nowhere: a name that it has made point here (DNS
//! rebinding) is no name of this server, its own origin is not this server's, and browsers say so.

use super::api::{page_policy, problem};
use super::{Options, SLOWEST};
use axum::response::Response;
use hyper::body::{Body, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::service::Service;
use hyper::{Request, StatusCode, Uri};
use hyper_util::service::TowerToHyperService;
use rustc_hash::FxHashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The longest address, in bytes.
const LONGEST_ADDRESS: usize = 8 << 10;

/// The largest body, in bytes.
pub(super) const LARGEST_BODY: u64 = 1 << 20;

/// See the module.
#[derive(Debug)]
pub(super) struct Gate {
    listens_on: IpAddr,
    hosts: Vec<String>,
    patience: Duration,
    rate: f64,
    /// For each address that asks: how many requests it may make yet, and when that was so.
    allowed: Mutex<FxHashMap<IpAddr, (f64, Instant)>>,
}

impl Gate {
    pub(super) fn new(listens_on: IpAddr, options: &Options) -> Gate {
        Gate {
            listens_on,
            hosts: options.hosts.iter().map(|h| h.trim_end_matches('.').to_ascii_lowercase()).collect(),
            // the desk gives up before
            patience: options.patience * 2 + Duration::from_secs(1),
            rate: f64::from(options.rate),
            allowed: Mutex::default(),
        }
    }

    /// Lets a request in, or says why not.
    pub(super) async fn pass(
        &self,
        request: Request<Incoming>,
        peer: IpAddr,
        service: TowerToHyperService<axum::Router>,
    ) -> Response {
        let mut answer = match self.refuse(&request, peer) {
            Some(refused) => refused,
            None => match whole(request).await {
                Ok(request) => match tokio::time::timeout(self.patience, service.call(request)).await {
                    Ok(Ok(answer)) => answer,
                    Ok(Err(never)) => match never {},
                    Err(_) => problem(StatusCode::SERVICE_UNAVAILABLE, "the request takes too long", None),
                },
                Err(refused) => *refused,
            },
        };
        dress(answer.headers_mut());
        answer
    }

    fn refuse<B: Body>(&self, request: &Request<B>, peer: IpAddr) -> Option<Response> {
        let say = |status, what: &str, hint: &str| Some(problem(status, what, Some(hint)));
        if !self.within_rate(peer) {
            let mut answer = problem(
                StatusCode::TOO_MANY_REQUESTS,
                "too many requests",
                Some("wait a second; --rate sets the limit"),
            );
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            return Some(answer);
        }
        let (headers, uri) = (request.headers(), request.uri());
        let Some(host) = host(headers, uri) else {
            return say(StatusCode::BAD_REQUEST, "the request names no host, or several", "send one Host header");
        };
        if !self.is_own(&host) {
            let what = "the server is not asked for under this name";
            return say(StatusCode::FORBIDDEN, what, "use its address, or allow the name with --allow-host");
        }
        if !same_origin(headers, &host) || comes_from_elsewhere(headers, uri) {
            let what = "the request comes from another site's page";
            return say(StatusCode::FORBIDDEN, what, "only the server's own pages, and programs, may ask");
        }
        if uri.path_and_query().is_some_and(|p| p.as_str().len() > LONGEST_ADDRESS) {
            return say(StatusCode::URI_TOO_LONG, "the address is too long", "8 KiB is the most");
        }
        if request.body().size_hint().lower() > LARGEST_BODY {
            return Some(too_large());
        }
        None
    }

    /// A bucket that fills with the rate and holds two seconds of it.
    fn within_rate(&self, peer: IpAddr) -> bool {
        if self.rate == 0.0 {
            return true;
        }
        let now = Instant::now();
        let full = 2.0 * self.rate;
        let mut allowed = self.allowed.lock().unwrap_or_else(PoisonError::into_inner);
        if allowed.len() > 4096 {
            // those who have not asked for two seconds have full buckets, as those who never did
            allowed.retain(|_, (_, at)| now.duration_since(*at) < Duration::from_secs(2));
        }
        let (left, at) = allowed.entry(peer).or_insert((full, now));
        *left = (*left + now.duration_since(*at).as_secs_f64() * self.rate).min(full);
        *at = now;
        if *left < 1.0 {
            return false;
        }
        *left -= 1.0;
        true
    }

    /// Whether a host is this server: its address, a name of loopback if it listens there, or a name that was allowed.
    /// The port says nothing: it may be forwarded.
    fn is_own(&self, host: &Host) -> bool {
        let name = host.name.trim_end_matches('.').to_ascii_lowercase();
        if self.hosts.contains(&name) {
            return true;
        }
        let bare = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(&name);
        match bare.parse::<IpAddr>() {
            // no name, so nothing that was made to point here
            Ok(ip) if self.listens_on.is_unspecified() => ip.is_loopback() || !ip.is_unspecified(),
            Ok(ip) => ip == self.listens_on || (ip.is_loopback() && self.listens_on.is_loopback()),
            Err(_) => name == "localhost" && (self.listens_on.is_loopback() || self.listens_on.is_unspecified()),
        }
    }
}

/// The request with all of its body, which must not come in drops: what waits for it holds a connection.
async fn whole(request: Request<Incoming>) -> Result<Request<axum::body::Body>, Box<Response>> {
    let (head, body) = request.into_parts();
    let read = axum::body::to_bytes(axum::body::Body::new(body), LARGEST_BODY as usize);
    match tokio::time::timeout(SLOWEST, read).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(head, axum::body::Body::from(bytes))),
        Ok(Err(_)) => Err(Box::new(too_large())),
        Err(_) => {
            let mut answer = problem(StatusCode::REQUEST_TIMEOUT, "the body takes too long", None);
            answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            Err(Box::new(answer))
        }
    }
}

fn too_large() -> Response {
    problem(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large", Some("1 MiB is the most"))
}

/// A host with its port as the request has it.
#[derive(Debug, PartialEq, Eq)]
struct Host {
    name: String,
    authority: String,
}

/// The one host that a request names; an address with a host must name the same.
fn host(headers: &HeaderMap, uri: &Uri) -> Option<Host> {
    let mut named = headers.get_all(header::HOST).iter();
    let authority = named.next()?.to_str().ok()?.to_ascii_lowercase();
    if named.next().is_some() || uri.authority().is_some_and(|a| !a.as_str().eq_ignore_ascii_case(&authority)) {
        return None;
    }
    let parsed: hyper::http::uri::Authority = authority.parse().ok()?;
    (!parsed.host().is_empty() && !authority.contains('@')).then(|| Host { name: parsed.host().to_string(), authority })
}

/// Whether the origin that a browser gives, if it gives one, is the host that is asked.
fn same_origin(headers: &HeaderMap, host: &Host) -> bool {
    headers.get_all(header::ORIGIN).iter().all(|origin| {
        let origin = origin.to_str().unwrap_or_default().to_ascii_lowercase();
        ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(&*host.authority))
    })
}

/// Whether a browser says that another site's page asks. A link to the start page is fine.
fn comes_from_elsewhere(headers: &HeaderMap, uri: &Uri) -> bool {
    let says = |name: &str, word: &str| headers.get(name).is_some_and(|v| v == word);
    let elsewhere = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    elsewhere && !(uri.path() == "/" && says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document"))
}

/// The headers that keep an answer what it is, whoever reads it.
fn dress(headers: &mut HeaderMap) {
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, page_policy(false));
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::CACHE_CONTROL, "no-store");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(address: &str, hosts: &[&str], rate: u32) -> Gate {
        let options = Options {
            folder: "output".into(),
            address: address.parse().unwrap(),
            hosts: hosts.iter().map(|h| h.to_string()).collect(),
            rate,
            patience: Duration::from_secs(1),
        };
        Gate::new(options.address.ip(), &options)
    }

    fn status(gate: &Gate, uri: &str, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        gate.refuse(&request, "127.0.0.1".parse().unwrap()).map_or(200, |r| r.status().as_u16())
    }

    #[test]
    fn only_the_servers_own_names_are_let_in() {
        let local = gate("127.0.0.1:80", &["Graph.Example"], 0);
        for own in ["localhost", "localhost:7878", "LOCALHOST.", "127.0.0.1:9", "[::1]:80", "graph.example:1"] {
            assert_eq!(status(&local, "/", &[("host", own)]), 200, "{own}");
        }
        for other in ["evil.example", "localhost.evil.example", "10.0.0.1", "user@localhost", "0.0.0.0"] {
            assert_ne!(status(&local, "/", &[("host", other)]), 200, "{other}");
        }
        assert_eq!(status(&local, "/", &[]), 400);
        assert_eq!(status(&local, "/", &[("host", "localhost"), ("host", "evil.example")]), 400);
        assert_eq!(status(&local, "http://evil.example/", &[("host", "localhost")]), 400);
        let open = gate("0.0.0.0:80", &[], 0);
        assert_eq!(status(&open, "/", &[("host", "192.168.0.7:80")]), 200);
        assert_eq!(status(&open, "/", &[("host", "evil.example")]), 403);
    }

    #[test]
    fn other_sites_pages_are_not() {
        let gate = gate("127.0.0.1:80", &[], 0);
        let host = ("host", "localhost:7878");
        let from = |origin| status(&gate, "/api/v1/top", &[host, ("origin", origin)]);
        assert_eq!(from("http://localhost:7878"), 200);
        for other in ["http://localhost:3000", "http://evil.example", "null", "http://localhost:7878.evil.example", ""]
        {
            assert_eq!(from(other), 403, "{other}");
        }
        let fetch = |uri, mode, dest| {
            let headers = [host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            status(&gate, uri, &headers)
        };
        assert_eq!(fetch("/", "navigate", "document"), 200, "a link may lead here");
        assert_eq!(fetch("/", "navigate", "iframe"), 403);
        assert_eq!(fetch("/api/v1/top", "navigate", "document"), 403);
        assert_eq!(fetch("/api/v1/top", "no-cors", "script"), 403);
    }

    #[test]
    fn what_is_too_long_or_too_much_is_refused() {
        let long = format!("/api/v1/search?text={}", "x".repeat(9000));
        assert_eq!(status(&gate("127.0.0.1:80", &[], 0), &long, &[("host", "localhost")]), 414);
        let slow = gate("127.0.0.1:80", &[], 3);
        let got: Vec<u16> = (0..8).map(|_| status(&slow, "/", &[("host", "localhost")])).collect();
        assert_eq!(got, [200, 200, 200, 200, 200, 200, 429, 429]);
    }
}
