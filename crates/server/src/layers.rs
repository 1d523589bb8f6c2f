//! What every answer goes through: a number for the request, a log line without anything personal, the trace number in
//! problem documents, security headers, bounds and compression.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use kernel::{Asker, Fault, House, Problem};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer};

use crate::headers;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Characters of a number that the proxy in front gave.
const LONGEST_NUMBER: usize = 64;
/// What is measured by its name. Anybody may send any word as a method, and each name that is measured stays in memory.
static METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::OPTIONS, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
/// The largest upload: a roster of a million rows.
const LARGEST_BODY: usize = 128 * 1024 * 1024;
/// The longest that an answer may take to begin.
const LONGEST: Duration = Duration::from_secs(120);
/// Problem documents are small; a larger one is not rewritten.
const LARGEST_PROBLEM: usize = 256 * 1024;

/// All of it as one layer, the outermost first: on a router each layer of its own is one more copy of every route for every call.
pub(crate) fn wrap(router: Router, house: &House) -> Router {
    let panicked = |_: Box<dyn Any + Send>| {
        Problem::from(Fault::Stored("a handler panicked; the lines before tell where".into())).into_response()
    };
    router.layer((
        middleware::from_fn_with_state(headers::told(house), headers::set),
        middleware::from_fn_with_state(house.clone(), finish),
        // Outside of what reads problem documents, which could not read a compressed one.
        CompressionLayer::new(),
        middleware::from_fn_with_state(house.clone(), account),
        TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST),
        CatchPanicLayer::custom(panicked),
        DefaultBodyLimit::max(LARGEST_BODY),
    ))
}

/// Finishes what changes something, though its caller goes away meanwhile: a call sent again gets the first one's answer, so
/// all that the first one does beside writing, such as sending a text, must have been done.
async fn finish(State(house): State<House>, request: Request, next: Next) -> Response {
    if request.method().is_safe() { next.run(request).await } else { house.tasks().finish(next.run(request)).await }
}

/// The request's number: the one that the proxy in front gave it, so that its log and this one tell of the same, or a new one.
fn number(house: &House, headers: &mut HeaderMap) -> String {
    let given = headers.get(&REQUEST_ID).and_then(|number| number.to_str().ok());
    let given = given.filter(|number| (1..=LONGEST_NUMBER).contains(&number.len())).map(str::to_owned);
    let number = given.unwrap_or_else(|| house.ambient().id().to_string());
    put(headers, &number);
    number
}

fn put(headers: &mut HeaderMap, number: &str) {
    if let Ok(number) = HeaderValue::from_str(number) {
        headers.insert(REQUEST_ID.clone(), number);
    }
}

/// Logs and measures a request, and writes its number into a problem document.
async fn account(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let started = house.ambient().now();
    let number = number(&house, request.headers_mut());
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().map_or("page", MatchedPath::as_str).to_owned();
    let asker = Asker::default();
    request.extensions_mut().insert(asker.clone());
    let mut response = next.run(request).await;
    // The time limit's own answer says nothing.
    if response.status() == StatusCode::SERVICE_UNAVAILABLE && !response.headers().contains_key(header::CONTENT_TYPE) {
        response = Problem::from(Fault::TooSlow(LONGEST.as_secs())).into_response();
    }
    let micros = (house.ambient().now() - started).num_microseconds().unwrap_or(0).unsigned_abs();
    let status = response.status().as_u16();
    if let Some(fault) = response.extensions().get::<Fault>() {
        tracing::error!(request = number, %method, path, %fault, "a fault");
    }
    // Who asked is kept of what was refused alone: the log is no diary of what people do.
    let who = response.status().is_client_error().then(|| asker.word());
    tracing::info!(request = number, %method, path, status, micros, who, "answered");
    let method = METHODS.iter().find(|known| **known == method).map_or("other", Method::as_str).to_owned();
    let labels = [("method", method), ("path", path), ("status", status.to_string())];
    metrics::counter!("niangjia_requests_total", &labels).increment(1);
    metrics::histogram!("niangjia_request_seconds", &labels).record(Duration::from_micros(micros));
    put(response.headers_mut(), &number);
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if is_problem { with_trace(response, number).await } else { response }
}

async fn with_trace(response: Response, number: String) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_PROBLEM).await else {
        return Problem::from(Fault::Stored("a problem document could not be read".into())).into_response();
    };
    let Ok(serde_json::Value::Object(mut document)) = serde_json::from_slice(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    document.insert("trace_id".into(), number.into());
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(serde_json::Value::Object(document).to_string()))
}
