//! What this programme's tables are called in the copy that a person takes of what is kept of him.

use kernel::{coded, person::Copied};

use crate::rules::{
    standing::Standing,
    transfer::{Progress, Side},
};

/// What is said of them, but for those that the copy tells by themselves.
pub const ALL: &[Copied] = &[
    Copied { table: "membership_join", heading: "参加入会活动", words: &[] },
    Copied {
        table: "membership_transfer",
        heading: "会籍转接",
        words: &[
            ("asked_by", |code| coded(code, Side::label)),
            ("state_before", |code| coded(code, Standing::label)),
            ("state", |code| coded(code, Progress::label)),
        ],
    },
];
