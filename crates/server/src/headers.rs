//! What every answer tells the browser to forbid.

use std::collections::BTreeSet;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};
use kernel::House;
use url::Url;

/// Nothing but what lies here, and nothing written into a page but what the page's own scripts make. The console has a
/// policy of its own (see [`console_policy`]).
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of what pages bring in or ask for, which opens nothing: what a script may do is said by the page that it runs in.
/// A home page brings seventy things, many of them of fewer bytes than a page's own policy has.
const PART_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What only a page is asked about: what it may use of its device, and which windows it shares a process with.
const PAGES: &[(&str, &str)] = &[
    ("permissions-policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"),
    ("cross-origin-opener-policy", "same-origin"),
];

const ALL: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    // For browsers that don't know frame-ancestors.
    ("x-frame-options", "DENY"),
    // Addresses carry keys and tokens of cards; no other site hears of them.
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// A year. Not for subdomains, which may not be ours.
const ONLY_TLS: &str = "max-age=31536000";

/// The console's policy: it has maps, and its component library writes styles at run time, which the page's nonce lets it do.
/// A style written into the page's text has no nonce, so it stays forbidden.
pub(crate) fn console_policy(house: &House, nonce: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&styled(&mapped(house), nonce)).ok()
}

fn styled(policy: &str, nonce: &str) -> String {
    policy.replace("style-src 'self'", &format!("style-src 'self' 'nonce-{nonce}'"))
}

/// The policy of pages with maps: a map works in a worker out of a file of the house, and where the house shows a licensed map
/// the page fetches its tiles from where the map lies.
fn mapped(house: &House) -> String {
    let origins = house.settings().map.tiles.iter().filter_map(|address| Url::parse(address).ok());
    let origins: BTreeSet<String> = origins.map(|address| address.origin().ascii_serialization()).collect();
    let allowed: Vec<&str> = std::iter::once("'self'").chain(origins.iter().map(String::as_str)).collect();
    let connect = format!("connect-src {}; worker-src 'self'", allowed.join(" "));
    CONTENT_POLICY.replace("connect-src 'self'", &connect)
}

/// What the house was told, as far as headers follow from it.
#[derive(Clone)]
pub(crate) struct Told {
    tls: bool,
    phones_policy: Option<HeaderValue>,
}

pub(crate) fn told(house: &House) -> Told {
    Told { tls: house.settings().secure_cookies, phones_policy: HeaderValue::from_str(&mapped(house)).ok() }
}

/// Sets the headers of every answer that has none of its own.
pub(crate) async fn set(State(told): State<Told>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_phones = path == "/w" || path.starts_with("/w/");
    let is_part = path.starts_with("/api/v1/") || path.starts_with("/assets/");
    // A page's hashed files may be kept; what the interface says of people may not, by browsers or by what lies between.
    let is_interface = path.starts_with("/api/") || path == "/metrics";
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = HeaderValue::from_static(if is_part { PART_POLICY } else { CONTENT_POLICY });
    let policy = told.phones_policy.filter(|_| is_phones).unwrap_or(policy);
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        put_all(headers, PAGES);
    }
    put_all(headers, ALL);
    if told.tls {
        put(headers, header::STRICT_TRANSPORT_SECURITY, ONLY_TLS);
    }
    if is_interface {
        put(headers, header::CACHE_CONTROL, "no-store");
    }
    response
}

fn put_all(headers: &mut HeaderMap, own: &[(&'static str, &'static str)]) {
    for (name, value) in own {
        put(headers, HeaderName::from_static(name), value);
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_consoles_styles_pass_by_their_nonce_and_nothing_else_does() {
        let policy = styled(CONTENT_POLICY, "abc");
        let of = |name: &str| policy.split("; ").find_map(|part| part.strip_prefix(name)).map(str::trim);
        assert_eq!((of("style-src "), of("script-src ")), (Some("'self' 'nonce-abc'"), Some("'self'")));
        assert!(!policy.contains("unsafe") && policy.matches("nonce").count() == 1, "{policy}");
    }
}
