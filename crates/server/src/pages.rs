//! The built web pages, inside the program. What has a hash in its name is kept by browsers for good; a page's address
//! that names no file gets the page of its entry, whose script finds its way. Files lie there compressed, as small as can be.

use std::fmt::Write as _;

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{House, Problem};
use rust_embed::RustEmbed;

use crate::headers;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
struct Pages;

/// How files were compressed when the pages were built, the best first: what browsers call it, and the end of the name.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// Where the files lie that have a hash in their names.
const HASHED: &str = "assets/";

/// Stands in the console's page where each answer gets a nonce of its own.
const NONCE: &str = "NONCE-OF-THIS-ANSWER";

pub(crate) async fn page(State(house): State<House>, uri: Uri, asked: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return Problem::not_found().into_response();
    }
    if let Some(found) = file(&house, path, &asked) {
        return found;
    }
    if path.starts_with(HASHED) {
        return StatusCode::NOT_FOUND.into_response();
    }
    file(&house, entry(path), &asked)
        .unwrap_or_else(|| (StatusCode::NOT_FOUND, "the web pages were not built: run `make build`").into_response())
}

/// The page whose script knows an address: workers' phones, the hall's wall, or the console.
fn entry(path: &str) -> &'static str {
    match path.split('/').next() {
        // Says to everybody what joining means before its script has come.
        Some("w") if path.starts_with("w/e/") => "w/e/index.html",
        Some("w") => "w/index.html",
        Some("screen") => "screen/index.html",
        _ => "index.html",
    }
}

fn file(house: &House, path: &str, asked: &HeaderMap) -> Option<Response> {
    if path == "index.html" {
        return console(house, &Pages::get(path)?.data);
    }
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|text| text.to_str().ok()).unwrap_or("");
    let packed = ENCODINGS
        .into_iter()
        .filter(|(encoding, _)| accepts(accepted, encoding))
        .find_map(|(encoding, end)| Some((Pages::get(&format!("{path}{end}"))?, Some(encoding))));
    let (file, encoding) = match packed {
        Some(found) => found,
        None => (Pages::get(path)?, None),
    };
    let tag = tag(&file.metadata.sha256_hash());
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { file.data.into_owned().into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind(path)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::ETAG, HeaderValue::from_str(&tag).ok()?);
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// What a file says that it is. A text also says how its signs are written: whoever guesses may be led to read others.
fn kind(path: &str) -> Option<HeaderValue> {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let charset = if kind.type_() == "text" { "; charset=utf-8" } else { "" };
    HeaderValue::from_str(&format!("{kind}{charset}")).ok()
}

/// How long a browser may keep a file unasked. What keeps its name is asked for each time: phones would go on with an old worker,
/// and its old pages, for as long as they were told.
fn keep(path: &str) -> &'static str {
    if path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether an `Accept-Encoding` names an encoding, and not to refuse it.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case(encoding) && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

/// The tag by which a browser asks whether what it keeps still holds.
fn tag(hash: &[u8]) -> String {
    let mut text = String::from("\"");
    for byte in hash.iter().take(12) {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('"');
    text
}

/// The console's page, with a nonce that its scripts hand to the styles they write.
fn console(house: &House, page: &[u8]) -> Option<Response> {
    let nonce = URL_SAFE_NO_PAD.encode(house.ambient().bytes::<16>());
    let page = std::str::from_utf8(page).ok()?.replace(NONCE, &nonce);
    let own = [
        (header::CONTENT_TYPE, kind("index.html")?),
        // A page kept would have an old nonce.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, headers::console_policy(house, &nonce)?),
    ];
    Some((own, page).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_page_that_knows_it() {
        for path in ["w", "w/", "w/e", "w/card/token.with.dots", "w/login"] {
            assert_eq!(entry(path), "w/index.html", "{path}");
        }
        assert_eq!(entry("w/e/k7Qp"), "w/e/index.html");
        assert_eq!(entry("screen/events/12"), "screen/index.html");
        for path in ["", "wages", "screens", "ledger", "members/12"] {
            assert_eq!(entry(path), "index.html", "{path}");
        }
    }

    #[test]
    fn what_keeps_its_name_is_asked_for_each_time() {
        assert!(keep("assets/worker-25atTxPz.js").contains("immutable"));
        for path in ["w/sw.js", "w/index.html", "w/e/index.html", "w/manifest.webmanifest", "icon.svg"] {
            assert_eq!(keep(path), "no-cache", "{path}");
        }
    }

    #[test]
    fn a_file_names_its_type_and_a_text_its_charset() {
        for (path, named) in [
            ("index.html", "text/html; charset=utf-8"),
            ("w/e/index.html", "text/html; charset=utf-8"),
            ("assets/worker-25atTxPz.css", "text/css; charset=utf-8"),
            // A browser runs a worker only as a script, and reads a manifest only as one.
            ("w/sw.js", "text/javascript; charset=utf-8"),
            ("w/manifest.webmanifest", "application/manifest+json"),
            ("icon.svg", "image/svg+xml"),
            ("odd", "application/octet-stream"),
        ] {
            assert_eq!(kind(path).unwrap(), named, "{path}");
        }
    }

    #[test]
    fn what_a_browser_does_not_name_or_refuses_is_not_sent() {
        assert!(accepts("gzip, deflate, br", "br") && accepts("GZIP;q=0.5", "gzip"));
        for without in ["", "gzip, deflate", "br;q=0", "brotli", "br; q=0.000, gzip"] {
            assert!(!accepts(without, "br"), "{without}");
        }
    }

    #[test]
    fn a_tag_is_quoted_and_differs_with_the_file() {
        assert_eq!(tag(&[0xab; 32]), "\"abababababababababababab\"");
    }
}
