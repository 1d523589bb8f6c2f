//! What this programme's tables are called in the copy that a person takes of what is kept of him.

use kernel::{coded, person::Copied};

use crate::tables::{claim::ClaimState, entry::EntryState, nomination::NominationState};

/// What is said of them.
pub const ALL: &[Copied] = &[
    Copied {
        table: "benefit_claim",
        heading: "普惠服务凭证",
        words: &[("state", |code| coded(code, ClaimState::label))],
    },
    Copied {
        table: "benefit_entry",
        heading: "普惠服务抽签报名",
        words: &[("state", |code| coded(code, EntryState::label))],
    },
    Copied { table: "benefit_joined", heading: "在入会活动中入会（用于普惠服务）", words: &[] },
    Copied {
        table: "benefit_nomination",
        heading: "工会推荐本人享受普惠服务",
        words: &[("state", |code| coded(code, NominationState::label))],
    },
    Copied { table: "benefit_objection", heading: "本人对公示提出的异议", words: &[] },
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
