//! What the codes that the acts of this programme tell are called.

use kernel::{audit::Tells, coded};

use crate::{
    answer_privacy::Erased,
    apply::ApplicationOutcome,
    pausing,
    rules::standing::{Standing, Step},
    tables::privacy_request::Answered,
};

/// All of them.
pub const ALL: &[Tells] = &[
    Tells::Code("members.state", |code| coded(code, Standing::label)),
    Tells::Code("privacy.state", |code| coded(code, Answered::label)),
    Tells::Code("step", |code| coded(code, Step::label)),
    Tells::Code("outcome", |code| coded(code, ApplicationOutcome::label)),
    Tells::Code("erased", |code| coded(code, Erased::label)),
    Tells::Code("kind", pausing::called),
    Tells::Code("sort", sort),
];

fn sort(code: &str) -> Option<&'static str> {
    match code {
        "newest" => Some("新的在前"),
        "oldest" => Some("旧的在前"),
        _ => None,
    }
}
