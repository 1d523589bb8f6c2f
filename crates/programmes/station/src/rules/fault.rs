//! What becomes of a fault that visitors report, and when those who keep the station hear of it. Pure.

use calendar::{beijing_day, day_start};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a reported fault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationFaultState)]
pub enum FaultState {
    /// 待站长核实
    Open,
    /// 已确认，正在处理
    Broken,
    /// 已恢复正常
    Mended,
    /// 核实后未发现问题
    Unfounded,
    /// 驿站已撤销，不再处理
    Dropped,
}

impl FaultState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Open => "待站长核实",
            Self::Broken => "已确认，正在处理",
            Self::Mended => "已恢复正常",
            Self::Unfounded => "核实后未发现问题",
            Self::Dropped => "驿站已撤销，不再处理",
        }
    }
}

/// What somebody still has to see to.
pub const LASTING: [FaultState; 2] = [FaultState::Open, FaultState::Broken];

/// Whether whoever keeps the station may say of a fault that it stands so now.
#[must_use]
pub fn may_answer(from: FaultState, to: FaultState) -> bool {
    use FaultState::{Broken, Mended, Open, Unfounded};
    matches!((from, to), (Open, Broken | Mended | Unfounded) | (Broken, Mended))
}

/// The first day on which a fault counts as left unanswered: so many days after it was reported, and never on that day itself.
#[must_use]
pub fn unanswered_from(reported: NaiveDate, days: i64) -> Option<NaiveDate> {
    reported.checked_add_days(Days::new(u64::try_from(days.max(1)).ok()?))
}

/// Whether what is known of an item counts as unconfirmed: somebody reported it, or it was last seen more than so many days ago.
#[must_use]
pub fn is_unconfirmed(reported: bool, since_seen: TimeDelta, days: i64) -> bool {
    reported || since_seen.num_days() > days
}

/// Nobody is woken because a microwave is cold.
const MORNING: TimeDelta = TimeDelta::hours(8);
const NIGHT: TimeDelta = TimeDelta::hours(21);

/// When those who keep the station are told of what was reported now.
#[must_use]
pub fn told_at(now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = day_start(beijing_day(now));
    if now >= midnight + NIGHT { midnight + TimeDelta::days(1) + MORNING } else { now.max(midnight + MORNING) }
}

#[cfg(test)]
mod tests {
    use calendar::beijing_time;
    use chrono::Timelike;
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    fn states() -> impl Strategy<Value = FaultState> {
        proptest::sample::select(FaultState::iter().collect::<Vec<_>>())
    }

    proptest! {
        /// However often it is answered, it is never open again, and what nobody has to see to stays as it is.
        #[test]
        fn an_answer_leads_on_and_ends(said in proptest::collection::vec(states(), 0..9)) {
            let mut stands = FaultState::Open;
            let mut steps = 0;
            for to in said {
                if may_answer(stands, to) {
                    prop_assert!(LASTING.contains(&stands) && to != FaultState::Open && to != FaultState::Dropped);
                    (stands, steps) = (to, steps + 1);
                }
            }
            prop_assert!(steps <= 2);
        }

        #[test]
        fn it_is_left_unanswered_later_the_longer_the_term(at in 0_u64..4_000, days in -3_i64..40) {
            let reported = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(at);
            let from = unanswered_from(reported, days).unwrap();
            prop_assert_eq!((from - reported).num_days(), days.max(1));
        }

        #[test]
        fn what_was_seen_in_time_is_in_doubt_only_if_reported(hours in 0_i64..2_400, days in 0_i64..60) {
            let since = TimeDelta::hours(hours);
            prop_assert!(is_unconfirmed(true, since, days));
            prop_assert_eq!(is_unconfirmed(false, since, days), hours >= (days + 1) * 24);
        }

        #[test]
        fn nobody_is_woken_and_nobody_waits_longer_than_a_night(seconds in 1_760_000_000_i64..1_860_000_000) {
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            let told = told_at(now);
            prop_assert!((8..21).contains(&beijing_time(told).hour()));
            prop_assert!(told >= now && told - now <= TimeDelta::hours(11));
            prop_assert_eq!(told_at(told), told);
        }
    }
}
