//! Where a station stands, and what may become of it. Pure.

use chrono::NaiveDate;

use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a station stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum StationState {
    /// 筹建
    Planned,
    /// 开放
    Open,
    /// 暂停
    Paused,
    /// 撤销
    Closed,
}

impl StationState {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Planned => "筹建",
            Self::Open => "开放",
            Self::Paused => "暂停",
            Self::Closed => "已撤销",
        }
    }
}

/// What is said of a station that is shut because an inspection found it below standard and nobody mended it in time.
pub const BELOW_STANDARD: &str = "检查未达标，整改中";

/// What a station's row says of where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Where it stands in its life.
    pub state: StationState,
    /// The first day of a pause that was planned.
    pub paused_from: Option<NaiveDate>,
    /// The last day of a pause, where it is known.
    pub paused_until: Option<NaiveDate>,
    /// The first day on which it can't be shown as open, being below standard.
    pub shut_from: Option<NaiveDate>,
}

impl Kept {
    /// Where a station stands on a day: a pause with a last day is over by itself, and whoever is below standard beyond the
    /// grace pauses.
    #[must_use]
    pub fn standing(self, today: NaiveDate) -> StationState {
        match self.decided(today) {
            StationState::Open if self.is_shut(today) => StationState::Paused,
            own => own,
        }
    }

    /// Whether it is below standard beyond the grace.
    #[must_use]
    pub fn is_shut(self, today: NaiveDate) -> bool {
        self.shut_from.is_some_and(|from| from <= today)
    }

    /// Whether nothing but the standard keeps it from being open.
    #[must_use]
    pub fn is_shut_alone(self, today: NaiveDate) -> bool {
        self.is_shut(today) && self.decided(today) == StationState::Open
    }

    /// Where a station stands on a day by what was decided for it, whatever its standard: a pause that was planned begins, and
    /// one with a last day is over, by itself.
    #[must_use]
    pub fn decided(self, today: NaiveDate) -> StationState {
        let is_over = self.paused_until.is_some_and(|last| last < today);
        match self.state {
            StationState::Paused if is_over || self.will_pause(today).is_some() => StationState::Open,
            state => state,
        }
    }

    /// From which day on it will pause, if that lies ahead.
    #[must_use]
    pub fn will_pause(self, today: NaiveDate) -> Option<NaiveDate> {
        self.paused_from.filter(|from| self.state == StationState::Paused && *from > today)
    }

    /// From which day on it is below standard beyond the grace, if that lies ahead.
    #[must_use]
    pub fn will_be_shut(self, today: NaiveDate) -> Option<NaiveDate> {
        self.shut_from.filter(|from| self.state != StationState::Closed && *from > today)
    }

    /// The first day ahead on which it no longer serves by what is known today: it pauses, or is below standard beyond the
    /// grace.
    #[must_use]
    pub fn shuts_on(self, today: NaiveDate) -> Option<NaiveDate> {
        [self.will_pause(today), self.will_be_shut(today)].into_iter().flatten().min()
    }
}

/// What must be known before a station serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// Whether somebody answers for it today.
    pub has_master: bool,
    /// Whether it stands on the map.
    pub has_position: bool,
    /// Whether any hour of the week is open.
    pub has_hours: bool,
}

impl Readiness {
    /// What is missing still, in words.
    #[must_use]
    pub fn missing(self) -> Vec<&'static str> {
        let wanted = [(self.has_master, "站长"), (self.has_position, "地图位置"), (self.has_hours, "开放时间")];
        wanted.into_iter().filter(|(there, _)| !there).map(|(_, name)| name).collect()
    }
}

/// Whether a station may go from one state into another.
#[must_use]
pub fn may_become(from: StationState, to: StationState) -> bool {
    use StationState::{Closed, Open, Paused, Planned};
    let goes_on =
        matches!((from, to), (Planned | Paused, Open) | (Open | Paused, Paused) | (Planned | Open | Paused, Closed));
    // One that was closed by mistake is prepared anew; it opens only when it is ready again.
    goes_on || (from, to) == (Closed, Planned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_by_itself_and_a_closed_station_is_only_prepared_anew() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 7, n).unwrap();
        let kept = |state, paused_until| Kept { state, paused_from: None, paused_until, shut_from: None };
        assert_eq!(kept(StationState::Paused, Some(day(5))).standing(day(5)), StationState::Paused);
        assert_eq!(kept(StationState::Paused, Some(day(5))).standing(day(6)), StationState::Open);
        assert_eq!(kept(StationState::Paused, None).standing(day(6)), StationState::Paused);
        assert_eq!(kept(StationState::Closed, Some(day(1))).standing(day(6)), StationState::Closed);
        let planned = Kept { paused_from: Some(day(4)), ..kept(StationState::Paused, Some(day(5))) };
        let stands = [3, 4, 5, 6].map(|today| planned.standing(day(today)) == StationState::Paused);
        assert_eq!(stands, [false, true, true, false]);
        assert_eq!([3, 4].map(|today| planned.will_pause(day(today))), [Some(day(4)), None]);
        for to in [StationState::Open, StationState::Paused, StationState::Closed] {
            assert!(!may_become(StationState::Closed, to));
        }
        for from in [StationState::Planned, StationState::Open, StationState::Paused, StationState::Closed] {
            assert_eq!(may_become(from, StationState::Planned), from == StationState::Closed);
        }
    }

    #[test]
    fn whoever_is_below_standard_is_not_open_beyond_the_grace() {
        use StationState::{Closed, Open, Paused, Planned};
        let day = |n| NaiveDate::from_ymd_opt(2026, 7, n).unwrap();
        for state in [Open, Paused, Planned, Closed] {
            for paused_until in [None, Some(day(3)), Some(day(20))] {
                let kept = Kept { state, paused_from: None, paused_until, shut_from: Some(day(10)) };
                let free = Kept { shut_from: None, ..kept };
                for today in 1..28 {
                    let (shut, own) = (kept.standing(day(today)), free.standing(day(today)));
                    assert!(today < 10 || shut != Open);
                    assert!(shut == own || (own == Open && shut == Paused && kept.is_shut_alone(day(today))));
                }
            }
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let ready = Readiness { has_master: true, has_position: false, has_hours: false };
        assert_eq!(ready.missing(), ["地图位置", "开放时间"]);
        assert!(Readiness { has_position: true, has_hours: true, ..ready }.missing().is_empty());
    }
}
