//! Cookies of the house, which no script reads. Over TLS their names carry the prefix that makes a browser take them from this
//! host over TLS alone (RFC 6265bis 4.1.3; OWASP ASVS 5.0, 3.3.1 and 3.3.3); bare HTTP inside a LAN knows no such names.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;
use chrono::TimeDelta;

use crate::{Fault, House};

/// A cookie by its name.
pub(super) struct Cookie(pub(super) &'static str);

impl Cookie {
    fn name(&self, house: &House) -> String {
        let prefix = if house.settings().secure_cookies { "__Host-" } else { "" };
        format!("{prefix}{}", self.0)
    }

    /// The header's value that sets it for so long.
    ///
    /// # Errors
    /// A fault if the value can't stand in a header.
    pub(super) fn set(&self, house: &House, value: &str, life: TimeDelta) -> Result<HeaderValue, Fault> {
        let secure = if house.settings().secure_cookies { "; Secure" } else { "" };
        let (name, life) = (self.name(house), life.num_seconds());
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={life}{secure}");
        HeaderValue::from_str(&text).map_err(|err| Fault::Stored(err.to_string()))
    }

    /// The header's value that takes it away.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub(super) fn gone(&self, house: &House) -> Result<HeaderValue, Fault> {
        self.set(house, "", TimeDelta::zero())
    }

    /// What a request carries of it.
    pub(super) fn sent(&self, house: &House, headers: &HeaderMap) -> Option<String> {
        CookieJar::from_headers(headers).get(&self.name(house)).map(|cookie| cookie.value().to_owned())
    }
}
