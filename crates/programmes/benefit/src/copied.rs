//! What this programme's tables and their columns are called in the copy that a person takes of what is kept of him.

use kernel::{
    coded,
    person::{Copied, Told},
};

use crate::tables::{claim::ClaimState, entry::EntryState, nomination::NominationState};

const OFFER: Told = Told::plainly("offer", "服务");
const ROUND: Told = Told::plainly("round", "领取场次");
const SHARE: Told = Told::plainly("share", "名额");

/// What is said of them.
pub const ALL: &[Copied] = &[
    Copied {
        table: "benefit_claim",
        heading: "普惠服务凭证",
        columns: &[
            OFFER,
            ROUND,
            SHARE,
            Told::in_words("state", "状态", |code| coded(code, ClaimState::label)),
            Told::plainly("claimed_at", "领取时间"),
            Told::plainly("use_until", "使用截止时间"),
            // The same once more, by which what is due is found.
            Told::never("due_at"),
            Told::plainly("ended_at", "核销、退回、作废或过期时间"),
            Told::plainly("voided_why", "作废原因"),
        ],
    },
    Copied {
        table: "benefit_entry",
        heading: "普惠服务抽签报名",
        columns: &[
            OFFER,
            ROUND,
            SHARE,
            Told::in_words("state", "结果", |code| coded(code, EntryState::label)),
            Told::plainly("entered_at", "报名时间"),
        ],
    },
    Copied {
        table: "benefit_joined",
        heading: "在入会活动中入会（用于普惠服务）",
        columns: &[Told::plainly("had_kit", "已在现场领取礼包")],
    },
    Copied {
        table: "benefit_nomination",
        heading: "工会推荐本人享受普惠服务",
        columns: &[
            OFFER,
            ROUND,
            SHARE,
            // It is about himself.
            Told::plainly("reason", "推荐理由"),
            Told::in_words("state", "状态", |code| coded(code, NominationState::label)),
            Told::plainly("nominated_at", "推荐时间"),
            Told::plainly("decided_at", "审核时间"),
        ],
    },
    Copied {
        table: "benefit_objection",
        heading: "本人对公示提出的异议",
        columns: &[
            Told::plainly("nomination", "所公示的推荐"),
            Told::plainly("reason", "异议理由"),
            Told::plainly("raised_at", "提出时间"),
            // What was found out is about whoever was nominated.
            Told::never("answer"),
            Told::plainly("upheld", "异议成立"),
            Told::plainly("answered_at", "答复时间"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveEnum, Iterable};

    use super::*;

    #[test]
    fn whatever_these_tables_keep_has_its_word() {
        for state in EntryState::iter() {
            assert_eq!(coded(&state.to_value(), EntryState::label), Some(state.label()));
        }
        for state in ClaimState::iter() {
            assert_eq!(coded(&state.to_value(), ClaimState::label), Some(state.label()));
        }
        for state in NominationState::iter() {
            assert_eq!(coded(&state.to_value(), NominationState::label), Some(state.label()));
        }
        assert_eq!(coded("nothing", EntryState::label), None);
    }
}
