//! The clock that runs only while an office is open: not at night, not over lunch, not on days off.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{UnloadedYear, WorkingCalendar, beijing, beijing_day};

/// One stretch of a working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// First minute.
    pub opens: NaiveTime,
    /// Minute at which it is over.
    pub closes: NaiveTime,
}

/// When an office is open on a working day. Comes from a rule pack: places differ, and so do winter and summer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Session>", into = "Vec<Session>")]
pub struct BusinessHours(Vec<Session>);

/// Why hours are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursProblem {
    /// None at all.
    #[error("请至少填写一段办公时间。")]
    Empty,
    /// Closes before it opens.
    #[error("办公时间的结束应晚于开始，请核对。")]
    Backwards,
    /// Begins before the one ahead has ended.
    #[error("各段办公时间应按先后填写，且不能重叠，请核对。")]
    Overlap,
}

impl HoursProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "hours_empty",
            Self::Backwards => "hours_backwards",
            Self::Overlap => "hours_overlap",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

impl BusinessHours {
    /// Hours made of stretches in the order of the day.
    pub fn new(sessions: Vec<Session>) -> Result<Self, HoursProblem> {
        if sessions.is_empty() {
            return Err(HoursProblem::Empty);
        }
        if sessions.iter().any(|session| session.opens >= session.closes) {
            return Err(HoursProblem::Backwards);
        }
        if sessions.iter().zip(sessions.iter().skip(1)).any(|(earlier, later)| later.opens < earlier.closes) {
            return Err(HoursProblem::Overlap);
        }
        Ok(Self(sessions))
    }

    /// The stretches, in the order of the day.
    pub fn sessions(&self) -> &[Session] {
        &self.0
    }
}

impl TryFrom<Vec<Session>> for BusinessHours {
    type Error = HoursProblem;

    fn try_from(sessions: Vec<Session>) -> Result<Self, HoursProblem> {
        Self::new(sessions)
    }
}

impl From<BusinessHours> for Vec<Session> {
    fn from(hours: BusinessHours) -> Self {
        hours.0
    }
}

impl WorkingCalendar {
    /// Full minutes between two instants while the office was open; 0 when the second is not later.
    pub fn working_minutes_between(
        &self,
        hours: &BusinessHours,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<i64, UnloadedYear> {
        let last = beijing_day(to);
        let mut open = TimeDelta::zero();
        for day in beijing_day(from).iter_days().take_while(|day| *day <= last) {
            if !self.is_working_day(day)? {
                continue;
            }
            for session in hours.sessions() {
                let begin = from.max(beijing::at(day, session.opens));
                let end = to.min(beijing::at(day, session.closes));
                open += (end - begin).max(TimeDelta::zero());
            }
        }
        Ok(open.num_minutes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn session(opens: &str, closes: &str) -> Session {
        Session { opens: opens.parse().unwrap(), closes: closes.parse().unwrap() }
    }

    fn hours() -> BusinessHours {
        BusinessHours::new(vec![session("08:30:00", "12:00:00"), session("14:30:00", "17:30:00")]).unwrap()
    }

    fn minutes(from: &str, to: &str) -> i64 {
        let instant = |text: &str| format!("{text}:00+08:00").parse().unwrap();
        WorkingCalendar::builtin().unwrap().working_minutes_between(&hours(), instant(from), instant(to)).unwrap()
    }

    #[test]
    fn the_clock_stands_still_when_the_office_is_closed() {
        assert_eq!(minutes("2026-11-23T09:00", "2026-11-23T10:15"), 75);
        assert_eq!(minutes("2026-11-23T11:30", "2026-11-23T15:00"), 60);
        assert_eq!(minutes("2026-11-23T12:00", "2026-11-23T14:30"), 0);
        assert_eq!(minutes("2026-11-23T17:00", "2026-11-24T09:00"), 60);
        // Over the National Day holiday: the evening before to the morning after.
        assert_eq!(minutes("2026-09-30T17:30", "2026-10-08T08:30"), 0);
        // A make-up Saturday runs in full.
        assert_eq!(minutes("2026-10-10T00:00", "2026-10-11T00:00"), 390);
        assert_eq!(minutes("2026-11-24T09:00", "2026-11-23T09:00"), 0);
    }

    #[test]
    fn senseless_hours_are_refused() {
        assert_eq!(BusinessHours::new(vec![]), Err(HoursProblem::Empty));
        assert_eq!(BusinessHours::new(vec![session("12:00:00", "08:00:00")]), Err(HoursProblem::Backwards));
        let overlap = vec![session("08:00:00", "12:00:00"), session("11:00:00", "17:00:00")];
        assert_eq!(BusinessHours::new(overlap), Err(HoursProblem::Overlap));
        assert!(serde_json::from_str::<BusinessHours>("[]").is_err());
        let written = serde_json::to_string(&hours()).unwrap();
        assert_eq!(serde_json::from_str::<BusinessHours>(&written).unwrap(), hours());
    }

    proptest! {
        #[test]
        fn stretches_add_up(start in 0i64..1_400_000, first in 0i64..20_000, second in 0i64..20_000) {
            let calendar = WorkingCalendar::builtin().unwrap();
            let from = crate::day_start("2024-01-01".parse().unwrap()) + TimeDelta::minutes(start);
            let (middle, to) = (from + TimeDelta::minutes(first), from + TimeDelta::minutes(first + second));
            let between = |from, to| calendar.working_minutes_between(&hours(), from, to).unwrap();
            prop_assert_eq!(between(from, middle) + between(middle, to), between(from, to));
            prop_assert!(between(from, to) <= first + second);
        }
    }
}
