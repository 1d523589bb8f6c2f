//! Who answers a transfer (会籍转接), and by when. One person has one membership, moved as the job moves: the side that
//! did not ask answers; what nobody answered in time, the higher union decides.

use chrono::{Days, NaiveDate};
use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A side of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 转出工会
    Home,
    /// 转入工会
    Receiving,
}

impl Side {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Home => "转出工会",
            Self::Receiving => "转入工会",
        }
    }

    /// Whether a caller who sees these sides speaks for this one.
    #[must_use]
    pub const fn is(self, sees_home: bool, sees_receiving: bool) -> bool {
        match self {
            Self::Home => sees_home,
            Self::Receiving => sees_receiving,
        }
    }
}

/// Where a transfer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// 待确认
    Waiting,
    /// 已接收
    Accepted,
    /// 未接收
    Declined,
    /// 已失效: the membership ended while it waited, or whoever asked took it back.
    Dropped,
}

impl Progress {
    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "待确认",
            Self::Accepted => "已接收",
            Self::Declined => "未接收",
            Self::Dropped => "已失效",
        }
    }
}

/// Who must answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answerer {
    /// 转出工会
    Home,
    /// 转入工会
    Receiving,
    /// 上级工会: the term has passed.
    Higher,
}

impl Answerer {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Home => Side::Home.label(),
            Self::Receiving => Side::Receiving.label(),
            Self::Higher => "上级工会",
        }
    }

    /// Whether a caller who sees these sides may answer. The higher union is whoever stands above both.
    #[must_use]
    pub fn is(self, sees_home: bool, sees_receiving: bool) -> bool {
        match self {
            Self::Home => Side::Home.is(sees_home, sees_receiving),
            Self::Receiving => Side::Receiving.is(sees_home, sees_receiving),
            Self::Higher => sees_home && sees_receiving,
        }
    }
}

/// The last day on which the asked side may answer, if people work on it.
#[must_use]
pub fn due(asked_on: NaiveDate, days: i64) -> NaiveDate {
    let days = u64::try_from(days).unwrap_or(0);
    asked_on.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Who answers on a day what `asked` asked; a term without a last day stands still.
#[must_use]
pub fn answerer(asked: Side, due_on: Option<NaiveDate>, today: NaiveDate) -> Answerer {
    match asked {
        _ if due_on.is_some_and(|due_on| today > due_on) => Answerer::Higher,
        Side::Home => Answerer::Receiving,
        Side::Receiving => Answerer::Home,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(number: i32) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(730_000 + number).unwrap()
    }

    proptest! {
        #[test]
        fn nobody_answers_himself_and_the_higher_union_answers_late(asked in 0..5000_i32, term in 0..90_i64, later in 0..200_i32) {
            let due_on = due(day(asked), term);
            prop_assert_eq!((due_on - day(asked)).num_days(), term);
            let today = day(asked + later);
            for side in [Side::Home, Side::Receiving] {
                prop_assert!(answerer(side, None, today) != Answerer::Higher);
                let answerer = answerer(side, Some(due_on), today);
                prop_assert_eq!(answerer == Answerer::Higher, i64::from(later) > term);
                prop_assert!(answerer.is(true, true));
                prop_assert!(!answerer.is(side == Side::Home, side == Side::Receiving));
            }
        }
    }
}
