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
    Tells::Code("kind", term),
    Tells::Code("sort", sort),
];

fn term(code: &str) -> Option<&'static str> {
    match code {
        pausing::APPLICATION => Some("入会申请"),
        pausing::TRANSFER => Some("会籍转接"),
        pausing::PRIVACY => Some("个人信息请求"),
        _ => None,
    }
}

fn sort(code: &str) -> Option<&'static str> {
    match code {
        "newest" => Some("新的在前"),
        "oldest" => Some("旧的在前"),
        _ => None,
    }
}
