//! Benefits for those whom unions nominate: each within its share, approved by the union that offers, publicly shown, and
//! given to whom nobody objects with reason.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a round of nominations stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NominationPhase {
    /// 未开始
    Soon,
    /// 推荐中
    Nominating,
    /// 待审批、公示
    Deciding,
    /// 公示中
    Public,
    /// 公示期满，待发放
    Waiting,
    /// 已发放
    Given,
    /// 服务已结束，没有公示
    Ended,
}

impl NominationPhase {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Soon => "未开始",
            Self::Nominating => "推荐中",
            Self::Deciding => "待审批、公示",
            Self::Public => "公示中",
            Self::Waiting => "公示期满",
            Self::Given => "已发放",
            Self::Ended => "服务已结束",
        }
    }
}

/// What is known of a public showing: its last day, and whether it is done with.
pub type Shown = (NaiveDate, bool);

/// Where a round stands on a day: `window` is where its time of nominations stands, nowhere once the offer is ended.
#[must_use]
pub fn phase(window: Option<super::window::Phase>, shown: Option<Shown>, today: NaiveDate) -> NominationPhase {
    use super::window::Phase;
    match (shown, window) {
        (Some((_, true)), _) => NominationPhase::Given,
        (Some((until, _)), _) if today <= until => NominationPhase::Public,
        (Some(_), _) => NominationPhase::Waiting,
        (None, None) => NominationPhase::Ended,
        (None, Some(Phase::Soon)) => NominationPhase::Soon,
        (None, Some(Phase::Open)) => NominationPhase::Nominating,
        (None, Some(Phase::Over)) => NominationPhase::Deciding,
    }
}

/// Whether a union may nominate one more: as many as its share holds, of those neither withdrawn nor refused.
#[must_use]
pub fn has_room(quota: i64, nominated: u64) -> bool {
    u64::try_from(quota).is_ok_and(|quota| nominated < quota)
}

/// What becomes of somebody who was approved when the public showing is over: given, unless an objection still waits for
/// its answer. One that was upheld has taken the approval away.
#[must_use]
pub fn is_given(shown: Shown, today: NaiveDate, waiting_objections: u64) -> bool {
    today > shown.0 && !shown.1 && waiting_objections == 0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::window::Phase;

    proptest! {
        /// Nothing is given before the last day of the public showing is over, nor while an objection waits, and a share never
        /// nominates more than it holds.
        #[test]
        fn what_is_shown_is_given_only_afterwards(length in 0_i64..30, at in 0_i64..60, objections in 0_u64..3, quota in -2_i64..20) {
            let first = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
            let (until, today) = (first + chrono::TimeDelta::days(length), first + chrono::TimeDelta::days(at));
            let given = is_given((until, false), today, objections);
            prop_assert_eq!(given, at > length && objections == 0);
            let now = phase(Some(Phase::Over), Some((until, false)), today);
            prop_assert_eq!(now == NominationPhase::Public, at <= length);
            prop_assert!(!given || now == NominationPhase::Waiting);
            prop_assert!(!is_given((until, true), today, 0));
            let mut nominated = 0;
            while has_room(quota, nominated) {
                nominated += 1;
            }
            prop_assert_eq!(i64::try_from(nominated).unwrap(), quota.max(0));
        }
    }
}
