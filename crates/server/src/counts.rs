//! Several lists counted by one call. A home page asks how many rows a score of lists have; each call of its own would cost more
//! in headers than it answers, and a far-off officer a way to and fro for every six of them.

use std::net::SocketAddr;

use axum::{
    Extension, Json, Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, Query, Request},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt, stream};
use kernel::{Asker, Caller, House, Problem, permission::LoggedIn, problem::ProblemDocument};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Lists in one call.
const MOST: usize = 50;
/// Lists that are counted at the same moment: half of those who read the database.
const AT_ONCE: usize = 4;
/// The longest answer that is read: most are a total without rows.
const LONGEST: usize = 1 << 20;

/// The interface, by which each list is asked as if it were called alone: with its permission, scope and bounds.
#[derive(Clone)]
pub(crate) struct Interface(pub Router);

/// Which lists are counted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CountsQuery {
    /// The lists with their filters, as they are called alone, one a line, 50 at most: `/stations?attention=no_master`.
    #[param(min_length = 2, max_length = 8000)]
    pub of: String,
}

/// How many rows lists have.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    /// One number a list, in their order; 100001 stands for any number above 100000.
    pub totals: Vec<u64>,
}

pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(get_counts))
}

/// 一次查询多个列表的总数
#[utoipa::path(
    get, path = "/counts", tag = "session", operation_id = "count_lists",
    extensions(("x-permission" = json!("logged_in"))), params(CountsQuery),
    responses(
        (status = 200, body = Counts),
        (
            status = 403, description = "`forbidden`: 没有查看其中某个列表的权限。",
            body = ProblemDocument, content_type = "application/problem+json",
        ),
    ),
)]
async fn get_counts(
    _caller: Caller<LoggedIn>,
    Extension(Interface(interface)): Extension<Interface>,
    Extension(asker): Extension<Asker>,
    at: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Query(CountsQuery { of }): Query<CountsQuery>,
) -> Response {
    let asked: Option<Vec<Request>> = of.lines().map(|list| asking(list, &headers)).collect();
    let Some(asked) = asked.filter(|asked| asked.len() <= MOST) else { return not_lists().into_response() };
    let answers = asked.into_iter().map(|mut request| {
        request.extensions_mut().insert(asker.clone());
        if let Some(Extension(at)) = at {
            request.extensions_mut().insert(at);
        }
        interface.clone().oneshot(request)
    });
    let mut answers = stream::iter(answers).buffered(AT_ONCE);
    let mut totals = Vec::new();
    while let Some(Ok(answer)) = answers.next().await {
        // Who may not ask for one of them is told so: a page that showed no number there would lie.
        if answer.status() == StatusCode::FORBIDDEN || answer.status().is_server_error() {
            return answer;
        }
        match total(answer).await {
            Some(total) => totals.push(total),
            None => return not_lists().into_response(),
        }
    }
    Json(Counts { totals }).into_response()
}

/// The call of a list for nothing but its total, by whoever calls.
fn asking(list: &str, headers: &HeaderMap) -> Option<Request> {
    let sign = if list.contains('?') { '&' } else { '?' };
    let uri: Uri = format!("/api/v1{list}{sign}limit=0").parse().ok()?;
    // A call for counts would count itself without end.
    if !list.starts_with('/') || uri.path().starts_with("/api/v1/counts") {
        return None;
    }
    let mut request = Request::get(uri).body(Body::empty()).ok()?;
    for name in [header::COOKIE, header::AUTHORIZATION] {
        if let Some(value) = headers.get(&name) {
            request.headers_mut().insert(name, value.clone());
        }
    }
    Some(request)
}

async fn total(answer: Response) -> Option<u64> {
    let is_json = answer.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !is_json || !answer.status().is_success() {
        return None;
    }
    let bytes = to_bytes(answer.into_body(), LONGEST).await.ok()?;
    serde_json::from_slice::<Value>(&bytes).ok()?.get("total")?.as_u64()
}

fn not_lists() -> Problem {
    Problem::field("of", "not_lists", "请每行写一个列表的地址，最多50个，如 /stations?attention=no_master。")
}
