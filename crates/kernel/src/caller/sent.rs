//! What a call says, in short: an `Idempotency-Key` is kept with it, so that something else under the same key is not answered
//! as if it had been done.

use std::{
    mem,
    sync::{Arc, OnceLock},
};

use axum::extract::Request;
use secret::digest::{self, RunningSm3};

/// SM3 of a call's query and body; of a form with files, which comes piece by piece, it is known once that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent(Arc<OnceLock<String>>);

impl Sent {
    /// Of what was sent in one piece, which is in memory anyway.
    #[must_use]
    pub fn of(query: &str, body: &[u8]) -> Self {
        let (sent, mut said) = (Self::default(), RunningSm3::default());
        for piece in [query.as_bytes(), b"\n", body] {
            said.update(piece);
        }
        sent.tell(said.finish());
        sent
    }

    fn tell(&self, digest: String) {
        self.0.get_or_init(|| digest);
    }

    /// As it is kept; nothing where it is not known.
    pub(super) fn as_text(&self) -> &str {
        self.0.get().map_or("", String::as_str)
    }
}

/// What a form says while it is read: its parts one after the other, not the edges between them, which are others each time it
/// is sent. Nothing is counted where nobody asks.
pub(crate) struct Said {
    sent: Option<Sent>,
    /// What the part that is being read holds so far.
    part: RunningSm3,
    /// The parts before it.
    parts: String,
}

impl Said {
    pub(crate) fn of(request: &Request) -> Self {
        let sent = request.extensions().get::<Sent>().cloned();
        Self { sent, part: RunningSm3::default(), parts: request.uri().query().unwrap_or_default().to_owned() }
    }

    /// The next piece of what a part holds.
    pub(crate) fn piece(&mut self, bytes: &[u8]) {
        if self.sent.is_some() {
            self.part.update(bytes);
        }
    }

    /// The part was read; its name, and the file's.
    pub(crate) fn end_part(&mut self, name: &str, file_name: &str) {
        if self.sent.is_some() {
            let held = mem::take(&mut self.part).finish();
            self.parts = digest::chain(&self.parts, &[name, file_name, &held]);
        }
    }

    /// The form was read.
    pub(crate) fn end(self) {
        if let Some(sent) = self.sent {
            sent.tell(self.parts);
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::Request};

    use super::*;

    #[test]
    fn query_and_body_both_tell() {
        let one = Sent::of("a=1", b"{}");
        assert_eq!(one, Sent::of("a=1", b"{}"));
        assert_ne!(one, Sent::of("a=2", b"{}"));
        assert_ne!(one, Sent::of("a=1", b"[]"));
        assert_ne!(one, Sent::of("", b"a=1\n{}"));
    }

    /// What is kept of a form with these parts: the name, the file's, and what it holds in the pieces in which it comes.
    fn form(query: &str, parts: &[(&str, &str, &[&str])]) -> Sent {
        let sent = Sent::default();
        let request = Request::builder().uri(format!("/forms{query}")).extension(sent.clone());
        let mut said = Said::of(&request.body(Body::empty()).unwrap());
        for (name, file_name, pieces) in parts {
            pieces.iter().for_each(|piece| said.piece(piece.as_bytes()));
            said.end_part(name, file_name);
        }
        assert_eq!(sent.as_text(), "", "it was not read yet");
        said.end();
        assert_ne!(sent.as_text(), "");
        sent
    }

    #[test]
    fn all_parts_of_a_form_tell_and_not_in_which_pieces_they_come() {
        let one = form("", &[("year", "", &["2026"]), ("file", "甲.csv", &["ab", "c"])]);
        assert_eq!(one, form("", &[("year", "", &["20", "26"]), ("file", "甲.csv", &["abc"])]));
        for other in [
            form("?a=1", &[("year", "", &["2026"]), ("file", "甲.csv", &["abc"])]),
            form("", &[("year", "", &["2027"]), ("file", "甲.csv", &["abc"])]),
            form("", &[("year", "", &["2026"]), ("file", "乙.csv", &["abc"])]),
            form("", &[("year", "", &["2026"]), ("file", "甲.csv", &["abd"])]),
            form("", &[("year", "", &["2026a"]), ("file", "甲.csv", &["bc"])]),
            form("", &[("file", "甲.csv", &["abc"])]),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn nothing_is_counted_where_nobody_asks() {
        let mut said = Said::of(&Request::new(Body::empty()));
        said.piece(b"abc");
        said.end_part("file", "");
        assert_eq!(said.parts, "");
        said.end();
    }
}
