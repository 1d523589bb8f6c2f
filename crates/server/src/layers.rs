//! What every answer goes through: a number for the request, a log line without anything personal, the trace number in
//! problem documents, security headers, bounds and compression.

use std::{any::Any, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use kernel::{Asker, Fault, House, Problem};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestId, RequestId, SetRequestIdLayer},
    timeout::TimeoutLayer,
};

use crate::headers;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The largest upload: a roster of a million rows.
const LARGEST_BODY: usize = 128 * 1024 * 1024;
/// The longest that an answer may take to begin.
const LONGEST: Duration = Duration::from_secs(120);
/// Problem documents are small; a larger one is not rewritten.
const LARGEST_PROBLEM: usize = 256 * 1024;

#[derive(Clone)]
struct Numbers(House);

impl MakeRequestId for Numbers {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&self.0.ambient().id().to_string()).ok().map(RequestId::new)
    }
}

/// All of it as one layer, the outermost first: on a router each layer of its own is one more copy of every route for every call.
pub(crate) fn wrap(router: Router, house: &House) -> Router {
    let panicked = |_: Box<dyn Any + Send>| {
        Problem::from(Fault::Stored("a handler panicked; the lines before tell where".into())).into_response()
    };
    router.layer((
        middleware::from_fn_with_state(headers::told(house), headers::set),
        middleware::from_fn_with_state(house.clone(), finish),
        SetRequestIdLayer::new(REQUEST_ID.clone(), Numbers(house.clone())),
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

/// Logs and measures a request, and writes its number into a problem document.
async fn account(State(house): State<House>, mut request: Request, next: Next) -> Response {
    let started = house.ambient().now();
    let number = request.headers().get(&REQUEST_ID).cloned();
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
    let text = number.as_ref().and_then(|number| number.to_str().ok()).unwrap_or("").to_owned();
    if let Some(fault) = response.extensions().get::<Fault>() {
        tracing::error!(request = text, %method, path, %fault, "a fault");
    }
    // Who asked is kept of what was refused alone: the log is no diary of what people do.
    let who = response.status().is_client_error().then(|| asker.word());
    tracing::info!(request = text, %method, path, status, micros, who, "answered");
    let labels = [("method", method.to_string()), ("path", path), ("status", status.to_string())];
    metrics::counter!("niangjia_requests_total", &labels).increment(1);
    metrics::histogram!("niangjia_request_seconds", &labels).record(Duration::from_micros(micros));
    if let Some(number) = number {
        response.headers_mut().insert(REQUEST_ID.clone(), number);
    }
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if is_problem { with_trace(response, text).await } else { response }
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
