//! What the framework refuses before a use case sees it (unreadable JSON, a missing parameter, a wrong method) leaves as a
//! problem document too. The framework's own sentences are English and may repeat what was sent, so they are only read for
//! the field's name.

use axum::{
    body::to_bytes,
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::{Problem, problem::FieldProblem};

/// A rejection is a sentence; a longer text is none.
const LONGEST: usize = 64 * 1024;

/// Turns a refusal that is no problem document into one.
pub(crate) async fn as_problems(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if !response.status().is_client_error() || !is_bare(response.headers()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let text = to_bytes(body, LONGEST).await.unwrap_or_default();
    let mut answer = problem(parts.status, &String::from_utf8_lossy(&text)).into_response();
    // Which methods there are, for 405.
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    answer
}

fn is_bare(headers: &HeaderMap) -> bool {
    let text = |kind: &HeaderValue| kind.to_str().is_ok_and(|kind| kind.starts_with("text/plain"));
    headers.get(header::CONTENT_TYPE).is_none_or(text)
}

/// The problem that a rejection's sentence stands for.
fn problem(status: StatusCode, text: &str) -> Problem {
    match status {
        // A path whose key is no key names nothing.
        _ if text.starts_with("Invalid URL") => Problem::not_found(),
        StatusCode::NOT_FOUND => Problem::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => Problem::new(405, "method_not_allowed", "这个地址不支持这种操作。"),
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(413, "too_large", "上传的内容太大，请缩小或分次上传。"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Problem::new(415, "media_type", "请求的格式不对，请以 JSON 提交（Content-Type: application/json）。")
        }
        StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => match field(text) {
            Some(field) => Problem { status: status.as_u16(), ..Problem::invalid(vec![field]) },
            None => Problem::new(status.as_u16(), "unreadable", "提交的内容无法读取，请检查格式后再试。"),
        },
        other => Problem::new(other.as_u16(), "refused", "请求没有被接受，请检查后再试。"),
    }
}

/// What is wrong with which field: `person.name: missing field …`, as serde tells it behind the framework's opening words.
fn field(text: &str) -> Option<FieldProblem> {
    let openings =
        ["Failed to deserialize the JSON body into the target type: ", "Failed to deserialize query string: "];
    let told = openings.iter().find_map(|opening| text.strip_prefix(opening))?;
    let path = told.split_once(": ").map(|(path, _)| path).filter(|path| is_path(path));
    let path = path.unwrap_or_default();
    let beside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let (field, code, message) = if let Some(name) = quoted(told, "missing field `") {
        let field = beside(name);
        let message = format!("缺少“{field}”，请补上后再提交。");
        (field, "missing", message)
    } else if let Some(name) = quoted(told, "unknown field `") {
        let field = beside(name);
        let message = format!("不认识“{field}”这一项，请去掉后再提交。");
        (field, "unknown", message)
    } else if path.is_empty() {
        return None;
    } else {
        (path.to_owned(), "wrong_form", format!("“{path}”填写的格式不对，请改正后再提交。"))
    };
    Some(FieldProblem { field, code: code.into(), message })
}

/// `items[0].name` is where something is; a sentence is not.
fn is_path(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|sign| sign.is_ascii_alphanumeric() || "_.-[]?".contains(sign))
}

/// The name behind `before`, up to the closing quote.
fn quoted<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once('`').map(|(name, _)| name).filter(|name| is_path(name))
}
