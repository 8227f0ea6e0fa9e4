//! The addresses: the explorer's page, `/api/v1/…` with the queries, `/mcp`.

use super::gate::LARGEST_BODY;
use super::openapi;
use crate::serve::mcp::Tools;
use crate::serve::{Desk, QUERIES, Query, Refused, explore};
use axum::Router;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;
use hyper::StatusCode;
use hyper::header::{self, HeaderValue};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::json;
use std::sync::{Arc, LazyLock};

/// Where the interface begins.
pub(super) const API: &str = "/api/v1";

/// Everything that is answered.
pub(super) fn router(desk: Arc<Desk>) -> Router {
    let mut router = Router::new()
        .route("/", get(page))
        .route(&format!("{API}/openapi.json"), get(description))
        .route_service("/mcp", mcp(Arc::clone(&desk)));
    for query in QUERIES {
        let answer = move |State(desk): State<Arc<Desk>>, RawQuery(text): RawQuery| async move {
            answer(&desk, query, text.unwrap_or_default()).await
        };
        router = router.route(&format!("{API}/{}", query.name), get(answer));
    }
    router
        .fallback(|| async {
            problem(StatusCode::NOT_FOUND, "there is nothing here", Some("/api/v1/openapi.json lists what there is"))
        })
        .method_not_allowed_fallback(|| async {
            problem(StatusCode::METHOD_NOT_ALLOWED, "this can only be read", Some("use GET"))
        })
        .with_state(desk)
}

/// The protocol without sessions: a request has one reply, and nothing is kept in between.
fn mcp(desk: Arc<Desk>) -> StreamableHttpService<Tools, NeverSessionManager> {
    let config = StreamableHttpServerConfig::default()
        // the gate has looked already
        .disable_allowed_hosts()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .with_max_request_body_bytes(LARGEST_BODY as usize);
    StreamableHttpService::new(move || Ok(Tools::new(Arc::clone(&desk))), Arc::default(), config)
}

async fn answer(desk: &Desk, query: &'static Query, text: String) -> Response {
    let asked = desk.ask(move |base| Ok(query.ask(base, &query.of_address(&text)?)?.document)).await;
    match asked {
        Ok(document) => reply(StatusCode::OK, "application/json", String::from(Box::<str>::from(document))),
        Err(refused) => refusal(&refused),
    }
}

async fn description() -> Response {
    static TEXT: LazyLock<String> = LazyLock::new(|| openapi::document().to_string());
    reply(StatusCode::OK, "application/json", TEXT.as_str())
}

static PAGE: LazyLock<(String, String)> = LazyLock::new(explore::shell);

async fn page() -> Response {
    let mut answer = reply(StatusCode::OK, "text/html; charset=utf-8", PAGE.0.as_str());
    if let Ok(policy) = HeaderValue::from_str(page_policy(true)) {
        answer.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}

/// The content security policy of the page; of anything else, which is no page.
pub(super) fn page_policy(page: bool) -> &'static str {
    if page { &PAGE.1 } else { "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" }
}

fn reply(status: StatusCode, media_type: &'static str, body: impl Into<Body>) -> Response {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    answer
}

/// Says what is wrong, after RFC 9457.
pub(super) fn problem(status: StatusCode, what: &str, hint: Option<&str>) -> Response {
    let mut body = json!({"status": status.as_u16(), "title": status.canonical_reason(), "detail": what});
    if let Some(hint) = hint {
        body["hint"] = hint.into();
    }
    reply(status, "application/problem+json", body.to_string())
}

fn refusal(refused: &Refused) -> Response {
    let status = match refused {
        Refused::Wrong(_) => StatusCode::BAD_REQUEST,
        Refused::Missing(_) => StatusCode::NOT_FOUND,
        Refused::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        Refused::NoStore(_) | Refused::Busy | Refused::Late => StatusCode::SERVICE_UNAVAILABLE,
    };
    let (what, hint) = refused.words();
    let mut answer = problem(status, &what, hint.as_deref());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    answer
}
