//! The caller's network address. Pure.

use std::net::IpAddr;

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The address that a call came from. Proxies in `trusted` are believed when they name, in `X-Forwarded-For`, whom they
/// speak for; the list is read from its end, and the first address in it that is no such proxy is the caller's. What
/// stands further left was written by the caller himself, who could name anybody.
#[must_use]
pub fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let believed = |address: &IpAddr| trusted.iter().any(|net| net.contains(address));
    let mut caller = peer.to_canonical();
    for named in headers.get_all("x-forwarded-for").iter().rev() {
        for text in named.to_str().unwrap_or_default().rsplit(',') {
            if !believed(&caller) {
                return caller;
            }
            match text.trim().parse::<IpAddr>() {
                Ok(address) => caller = address.to_canonical(),
                Err(_) => return caller,
            }
        }
    }
    caller
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn caller(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
        }
        let trusted = ["10.0.0.0/8".parse().unwrap(), "::1/128".parse().unwrap()];
        behind(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(caller("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(caller("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(caller("::1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(caller("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn what_the_caller_wrote_himself_is_not_believed() {
        assert_eq!(caller("10.0.0.1", &["1.1.1.1, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(caller("10.0.0.1", &["1.1.1.1", "198.51.100.1, 10.2.3.4"]), "198.51.100.1");
        assert_eq!(caller("10.0.0.1", &["nonsense, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(caller("10.0.0.1", &["198.51.100.1, nonsense"]), "10.0.0.1");
    }

    #[test]
    fn an_address_has_one_spelling() {
        assert_eq!(caller("::ffff:10.0.0.1", &["::ffff:198.51.100.1"]), "198.51.100.1");
    }
}
