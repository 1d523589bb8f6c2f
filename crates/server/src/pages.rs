//! The built web pages, inside the program. What has a hash in its name is kept by browsers for good; a page's address
//! that names no file gets the page of its entry, whose script finds its way.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{House, Problem};
use rust_embed::RustEmbed;

use crate::headers;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
struct Pages;

/// Stands in the console's page where each answer gets a nonce of its own.
const NONCE: &str = "NONCE-OF-THIS-ANSWER";

pub(crate) async fn page(State(house): State<House>, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Problem::not_found().into_response();
    }
    if let Some(found) = file(&house, path) {
        return found;
    }
    if path.starts_with("assets/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    file(&house, entry(path))
        .unwrap_or_else(|| (StatusCode::NOT_FOUND, "the web pages were not built: run `make build`").into_response())
}

/// The page whose script knows an address: workers' phones, the hall's wall, or the console.
fn entry(path: &str) -> &'static str {
    match path.split('/').next() {
        Some("w") => "w/index.html",
        Some("screen") => "screen/index.html",
        _ => "index.html",
    }
}

fn file(house: &House, path: &str) -> Option<Response> {
    let file = Pages::get(path)?;
    if path == "index.html" {
        return console(house, &file.data);
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let keep = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = file.data.into_owned().into_response();
    let kind = HeaderValue::from_str(kind.as_ref()).ok()?;
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    Some(response)
}

/// The console's page, with a nonce that its scripts hand to the styles they write.
fn console(house: &House, page: &[u8]) -> Option<Response> {
    let nonce = URL_SAFE_NO_PAD.encode(house.ambient().bytes::<16>());
    let page = std::str::from_utf8(page).ok()?.replace(NONCE, &nonce);
    let own = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        // A page kept would have an old nonce.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, headers::console_policy(&nonce)?),
    ];
    Some((own, page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_page_that_knows_it() {
        for path in ["w", "w/", "w/e/k7Qp", "w/card/token.with.dots", "w/login"] {
            assert_eq!(entry(path), "w/index.html", "{path}");
        }
        assert_eq!(entry("screen/events/12"), "screen/index.html");
        for path in ["", "wages", "screens", "ledger", "members/12"] {
            assert_eq!(entry(path), "index.html", "{path}");
        }
    }
}
