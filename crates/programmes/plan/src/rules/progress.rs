//! How far a target is reached, against itself and against the calendar.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::half_up;

/// How a target is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// 不少于
    #[default]
    AtLeast,
    /// 左右
    About,
}

/// Where an indicator stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = IndicatorStatus)]
pub enum Status {
    /// 已完成
    Reached,
    /// 进展正常
    OnCourse,
    /// 进度偏慢
    Behind,
    /// 严重滞后
    FarBehind,
    /// 尚未启动
    NotStarted,
    /// 未完成
    Missed,
    /// 暂无数据
    Unknown,
}

impl Status {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Reached => "已完成",
            Self::OnCourse => "进展正常",
            Self::Behind => "进度偏慢",
            Self::FarBehind => "严重滞后",
            Self::NotStarted => "尚未启动",
            Self::Missed => "未完成",
            Self::Unknown => "暂无数据",
        }
    }

    /// Whether a reminder makes sense.
    #[must_use]
    pub fn is_behind(self) -> bool {
        matches!(self, Self::Behind | Self::FarBehind | Self::NotStarted | Self::Missed)
    }

    /// The same when its time is over: nothing is on its way any more.
    #[must_use]
    pub fn in_the_end(self) -> Self {
        match self {
            Self::Reached | Self::Unknown => self,
            Self::OnCourse | Self::Behind | Self::FarBehind | Self::NotStarted | Self::Missed => Self::Missed,
        }
    }
}

/// Where the lines between states lie, in basis points; from the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// On course from this part of the pace that the calendar asks for.
    pub on_course_bp: i64,
    /// Far behind below this part.
    pub far_behind_bp: i64,
    /// An 'about' target counts as reached from this part of it.
    pub about_bp: i64,
}

/// Actual ÷ target in basis points, half up; absent for a target of zero. Over 100 % shows as it is.
#[must_use]
pub fn share_bp(actual: i64, target: i64) -> Option<i64> {
    (target > 0).then(|| half_up(i128::from(actual) * 10_000, i128::from(target)))
}

/// Whether a target is reached.
#[must_use]
pub fn is_reached(actual: i64, target: i64, goal: Goal, thresholds: Thresholds) -> bool {
    let needed = match goal {
        Goal::AtLeast => 10_000,
        Goal::About => thresholds.about_bp,
    };
    i128::from(actual) * 10_000 >= i128::from(target) * i128::from(needed)
}

/// The state of what adds up over the year: its share of the target against the elapsed share of the time.
#[must_use]
pub fn cumulative(actual: i64, target: i64, goal: Goal, elapsed_bp: i64, thresholds: Thresholds) -> Status {
    if is_reached(actual, target, goal, thresholds) {
        return Status::Reached;
    }
    // Expected by now: target × elapsed; compared without division, so that no rounding moves a line.
    let expected = i128::from(target) * i128::from(elapsed_bp);
    graded(i128::from(actual) * 10_000, expected, actual, thresholds)
}

/// The state of what stands, such as a share: the calendar says nothing about it, so its trend does.
#[must_use]
pub fn standing(actual: i64, target: i64, goal: Goal, forecast: Option<i64>, thresholds: Thresholds) -> Status {
    if is_reached(actual, target, goal, thresholds) {
        return Status::Reached;
    }
    let forecast = forecast.unwrap_or(actual);
    if actual > 0 && is_reached(forecast, target, goal, thresholds) {
        return Status::OnCourse;
    }
    graded(i128::from(forecast), i128::from(target), actual, thresholds)
}

fn graded(reached: i128, expected: i128, actual: i64, thresholds: Thresholds) -> Status {
    if actual <= 0 {
        Status::NotStarted
    } else if reached * 10_000 >= expected * i128::from(thresholds.on_course_bp) {
        Status::OnCourse
    } else if reached * 10_000 >= expected * i128::from(thresholds.far_behind_bp) {
        Status::Behind
    } else {
        Status::FarBehind
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINES: Thresholds = Thresholds { on_course_bp: 9500, far_behind_bp: 7000, about_bp: 9500 };

    #[test]
    fn half_a_year_against_thirty_thousand_visits() {
        let state = |actual| cumulative(actual, 30_000, Goal::AtLeast, 5000, LINES);
        assert_eq!(state(0), Status::NotStarted);
        assert_eq!(state(10_499), Status::FarBehind);
        assert_eq!(state(10_500), Status::Behind);
        assert_eq!(state(14_249), Status::Behind);
        assert_eq!(state(14_250), Status::OnCourse);
        assert_eq!(state(29_999), Status::OnCourse);
        assert_eq!(state(30_000), Status::Reached);
    }

    #[test]
    fn about_sixty_percent_is_reached_a_little_below() {
        let state = |goal| standing(5700, 6000, goal, None, LINES);
        assert_eq!(state(Goal::About), Status::Reached);
        assert_eq!(state(Goal::AtLeast), Status::OnCourse);
        assert_eq!(standing(4000, 6000, Goal::AtLeast, Some(6100), LINES), Status::OnCourse);
        assert_eq!(standing(4000, 6000, Goal::AtLeast, Some(4600), LINES), Status::Behind);
        assert_eq!(standing(2000, 6000, Goal::AtLeast, Some(2100), LINES), Status::FarBehind);
        assert_eq!(standing(0, 6000, Goal::AtLeast, None, LINES), Status::NotStarted);
    }

    #[test]
    fn shares_round_half_up_and_go_over_one() {
        assert_eq!(share_bp(1, 3), Some(3333));
        assert_eq!(share_bp(2, 3), Some(6667));
        assert_eq!(share_bp(1, 20_000), Some(1));
        assert_eq!(share_bp(150, 100), Some(15_000));
        assert_eq!(share_bp(5, 0), None);
    }

    proptest! {
        #[test]
        fn more_done_is_never_a_worse_state(
            a in 0_i64..1_000_000, more in 0_i64..1_000_000, target in 1_i64..1_000_000, elapsed in 0_i64..=10_000,
            about: bool,
        ) {
            let goal = if about { Goal::About } else { Goal::AtLeast };
            let state = |actual| cumulative(actual, target, goal, elapsed, LINES);
            prop_assert!(state(a + more) <= state(a));
        }

        #[test]
        fn later_in_the_year_the_same_is_never_a_better_state(
            actual in 0_i64..1_000_000, target in 1_i64..1_000_000, elapsed in 0_i64..=10_000, later in 0_i64..=10_000,
        ) {
            let state = |elapsed| cumulative(actual, target, Goal::AtLeast, elapsed, LINES);
            prop_assert!(state(elapsed) <= state((elapsed + later).min(10_000)));
        }

        #[test]
        fn a_share_is_within_half_a_point_of_the_truth(actual in 0_i64..i64::MAX / 20_000, target in 1_i64..i64::MAX / 20_000) {
            let share = i128::from(share_bp(actual, target).unwrap());
            let twice_off = (share * i128::from(target) - i128::from(actual) * 10_000) * 2;
            prop_assert!(-i128::from(target) < twice_off && twice_off <= i128::from(target));
        }
    }
}
