//! Where a station stands, and what may become of it. Pure.

use chrono::NaiveDate;

use crate::tables::station::StationState;

/// Where a station stands on a day: a pause with a last day is over by itself.
#[must_use]
pub fn standing(kept: StationState, paused_until: Option<NaiveDate>, today: NaiveDate) -> StationState {
    match (kept, paused_until) {
        (StationState::Paused, Some(last)) if last < today => StationState::Open,
        (kept, _) => kept,
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
    matches!((from, to), (Planned | Paused, Open) | (Open | Paused, Paused) | (Planned | Open | Paused, Closed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_ends_by_itself_and_a_closed_station_stays_closed() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 7, n).unwrap();
        assert_eq!(standing(StationState::Paused, Some(day(5)), day(5)), StationState::Paused);
        assert_eq!(standing(StationState::Paused, Some(day(5)), day(6)), StationState::Open);
        assert_eq!(standing(StationState::Paused, None, day(6)), StationState::Paused);
        assert_eq!(standing(StationState::Closed, Some(day(1)), day(6)), StationState::Closed);
        for to in [StationState::Planned, StationState::Open, StationState::Paused, StationState::Closed] {
            assert!(!may_become(StationState::Closed, to));
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let ready = Readiness { has_master: true, has_position: false, has_hours: false };
        assert_eq!(ready.missing(), ["地图位置", "开放时间"]);
        assert!(Readiness { has_position: true, has_hours: true, ..ready }.missing().is_empty());
    }
}
