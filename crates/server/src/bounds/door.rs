use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Problem, caller::Sent, problem::FieldProblem};
use serde_json::Value;

use super::{
    Table,
    clean::clean,
    limits::Operation,
    shape::{NOTHING, unreadable},
};

/// Bytes of a body in JSON. Files come as forms, which their handlers bound.
pub(crate) const LARGEST_JSON: usize = 1 << 20;
/// Bytes behind the question mark.
const LONGEST_QUERY: usize = 8 << 10;
/// Parameters behind the question mark.
const MOST_PARAMETERS: usize = 64;
/// Characters of an idempotency key. A longer one, or one that can't be read, would be no key, and the request done twice; one
/// of blanks would be the key of whatever else is sent with such a one.
const LONGEST_KEY: usize = 100;

/// Lets in what is not too large, and holds no sign that a database keeps in no text; without those that hide in a text.
pub(crate) async fn door(State(table): State<Arc<Table>>, request: Request, next: Next) -> Response {
    match admitted(&table, request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn admitted(table: &Table, mut request: Request) -> Result<Request, Problem> {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let bounds = table.get(request.method().as_str(), path);
    if request.uri().path().contains("%00") {
        return Err(Problem::not_found());
    }
    asked(bounds, request.uri().query().unwrap_or_default())?;
    if request.headers().get("idempotency-key").is_some_and(|key| !is_key(key)) {
        return Err(bad(FieldProblem {
            field: "idempotency-key".into(),
            code: "wrong_form".into(),
            message: format!("“idempotency-key”应是 1 至 {LONGEST_KEY} 个英文字符，请改正后再试。"),
        }));
    }
    if !is_json(request.headers()) {
        if request.headers().contains_key("idempotency-key") {
            // What a form with files says is known when its handler has read it.
            request.extensions_mut().insert(Sent::default());
        }
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let mut bytes = to_bytes(body, LARGEST_JSON).await.map_err(|_| too_large())?;
    if parts.headers.contains_key("idempotency-key") {
        parts.extensions.insert(Sent::of(parts.uri.query().unwrap_or_default(), &bytes));
    }
    // What is no JSON is told by the handler, in its own words.
    if let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) {
        let shape = bounds.and_then(|bounds| bounds.body.as_ref());
        if let Some(field) = shape.and_then(|shape| shape.refuses(&value)) {
            return Err(Problem::invalid(vec![field]));
        }
        if clean(&mut value) {
            bytes = value.to_string().into();
            parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
        }
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn asked(bounds: Option<&Operation>, query: &str) -> Result<(), Problem> {
    if query.len() > LONGEST_QUERY {
        return Err(Problem::new(414, "address_too_long", "查询条件太长，请减少后再试。"));
    }
    for (count, (name, value)) in url::form_urlencoded::parse(query.as_bytes()).enumerate() {
        if count >= MOST_PARAMETERS {
            return Err(Problem::new(414, "address_too_long", "查询条件太多，请减少后再试。"));
        }
        if name.contains(NOTHING) || value.contains(NOTHING) {
            return Err(bad(unreadable(&name)));
        }
        if let Some(shape) = bounds.and_then(|bounds| bounds.query.get(&*name)) {
            shape.check_text(&name, &value).map_err(bad)?;
        }
    }
    Ok(())
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn is_key(key: &HeaderValue) -> bool {
    key.len() <= LONGEST_KEY && key.to_str().is_ok_and(|key| !key.trim().is_empty())
}

/// What stands beside the body is no body that can't be processed.
fn bad(field: FieldProblem) -> Problem {
    Problem { status: 400, ..Problem::invalid(vec![field]) }
}

fn too_large() -> Problem {
    Problem::new(413, "too_large", "提交的内容太大，请缩小或分次提交。")
}
