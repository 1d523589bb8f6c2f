//! What a call says, in short: an `Idempotency-Key` is kept with it, so that something else under the same key is not answered
//! as if it had been done.

use secret::digest;

/// SM3 of a call's query and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent(String);

impl Sent {
    /// Of what was sent. The body is in memory anyway; a form with files is not, and each time it is sent has other edges.
    #[must_use]
    pub fn of(query: &str, body: &[u8]) -> Self {
        Self(digest::sm3_hex(&[query.as_bytes(), b"\n", body].concat()))
    }

    /// As it is kept.
    pub(super) fn as_text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Sent;

    #[test]
    fn query_and_body_both_tell() {
        let one = Sent::of("a=1", b"{}");
        assert_eq!(one, Sent::of("a=1", b"{}"));
        assert_ne!(one, Sent::of("a=2", b"{}"));
        assert_ne!(one, Sent::of("a=1", b"[]"));
        assert_ne!(one, Sent::of("", b"a=1\n{}"));
    }
}
