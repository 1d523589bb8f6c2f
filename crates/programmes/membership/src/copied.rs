//! What this programme's tables and their columns are called in the copy that a person takes of what is kept of him.

use kernel::{
    coded,
    person::{Copied, Told},
};

use crate::rules::{
    standing::Standing,
    transfer::{Progress, Side},
};

/// What is said of them, but for those that the copy tells by themselves.
pub const ALL: &[Copied] = &[
    Copied {
        table: "membership_join",
        heading: "参加入会活动",
        columns: &[
            Told::plainly("member", "会籍"),
            Told::plainly("joined_at", "现场入会时间"),
            Told::plainly("approved_at", "批准时间"),
            Told::plainly("gate", "领取礼包的发放台"),
            Told::plainly("already_member", "此前已是会员"),
        ],
    },
    Copied {
        table: "membership_transfer",
        heading: "会籍转接",
        columns: &[
            Told::plainly("member", "会籍"),
            Told::plainly("from_organisation", "转出工会"),
            Told::plainly("to_organisation", "转入工会"),
            Told::in_words("asked_by", "提出方", |code| coded(code, Side::label)),
            Told::in_words("state_before", "转接前的会籍状态", |code| coded(code, Standing::label)),
            Told::in_words("state", "状态", |code| coded(code, Progress::label)),
            Told::plainly("asked_on", "提出日期"),
            Told::plainly("due_on", "答复期限"),
            Told::plainly("answered_at", "答复时间"),
            // What one union writes to the other.
            Told::never("reason"),
            Told::never("answer"),
            // The membership once more, so that one transfer waits at a time.
            Told::never("waiting_member_id"),
        ],
    },
];
