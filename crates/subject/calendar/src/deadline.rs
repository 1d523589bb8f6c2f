//! Terms: when one runs out, and when to warn.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{UnloadedYear, WorkingCalendar, beijing_day, day_start};

/// What a term is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 工作日: the starting day is not counted, the last ends at 24:00.
    WorkingDays,
    /// 日: calendar days; an end on a day off moves to the next working day.
    Days,
    /// 小时: run through nights and holidays.
    Hours,
}

impl Unit {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::WorkingDays => "个工作日",
            Self::Days => "日",
            Self::Hours => "小时",
        }
    }
}

/// A term that has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The event that sets it running.
    pub start: DateTime<Utc>,
    /// What it is counted in.
    pub unit: Unit,
    /// How many.
    pub n: u32,
}

/// Instants at which whoever is responsible is warned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warnings {
    /// Half of the term has passed.
    pub half: DateTime<Utc>,
    /// Four fifths of the term have passed.
    pub four_fifths: DateTime<Utc>,
}

/// How far a term has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 正常
    Running,
    /// 过半
    HalfGone,
    /// 临期
    NearlyDue,
    /// 超期
    Overdue,
}

impl Standing {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Running => "正常",
            Self::HalfGone => "过半",
            Self::NearlyDue => "临期",
            Self::Overdue => "超期",
        }
    }
}

impl Deadline {
    /// The instant at which the term has run out: for days the midnight that ends the last day.
    pub fn due(&self, calendar: &WorkingCalendar) -> Result<DateTime<Utc>, UnloadedYear> {
        match self.unit {
            Unit::WorkingDays => Ok(day_end(calendar.add_working_days(self.start_day(), self.n)?)),
            Unit::Days => Ok(day_end(calendar.add_days_rolled(self.start_day(), self.n)?)),
            Unit::Hours => Ok(later(self.start, TimeDelta::hours(self.n.into()))),
        }
    }

    /// The last Beijing day on which one is in time.
    pub fn due_day(&self, calendar: &WorkingCalendar) -> Result<NaiveDate, UnloadedYear> {
        match self.unit {
            Unit::WorkingDays => calendar.add_working_days(self.start_day(), self.n),
            Unit::Days => calendar.add_days_rolled(self.start_day(), self.n),
            Unit::Hours => Ok(beijing_day(self.due(calendar)?)),
        }
    }

    /// When to warn. Half of 15 working days is noon of the eighth.
    pub fn warnings(&self, calendar: &WorkingCalendar) -> Result<Warnings, UnloadedYear> {
        Ok(Warnings { half: self.passed(calendar, 1, 2)?, four_fifths: self.passed(calendar, 4, 5)? })
    }

    /// How far the term has run at an instant.
    pub fn standing(&self, now: DateTime<Utc>, calendar: &WorkingCalendar) -> Result<Standing, UnloadedYear> {
        if now >= self.due(calendar)? {
            return Ok(Standing::Overdue);
        }
        let warnings = self.warnings(calendar)?;
        Ok(match now {
            now if now >= warnings.four_fifths => Standing::NearlyDue,
            now if now >= warnings.half => Standing::HalfGone,
            _ => Standing::Running,
        })
    }

    /// The instant at which a share of the term has passed.
    fn passed(
        &self,
        calendar: &WorkingCalendar,
        numerator: i32,
        denominator: i32,
    ) -> Result<DateTime<Utc>, UnloadedYear> {
        let due = self.due(calendar)?;
        let share = |span: TimeDelta| {
            span.checked_mul(numerator).and_then(|span| span.checked_div(denominator)).unwrap_or(span)
        };
        match self.unit {
            Unit::Hours => Ok(later(self.start, share(due - self.start))),
            Unit::Days => {
                let begin = day_end(self.start_day());
                Ok(later(begin, share(due - begin)))
            }
            Unit::WorkingDays => {
                let hours = share(TimeDelta::days(self.n.into()));
                let whole = u32::try_from(hours.num_days()).unwrap_or(self.n);
                let rest = hours - TimeDelta::days(whole.into());
                if rest.is_zero() {
                    return Ok(day_end(calendar.add_working_days(self.start_day(), whole)?));
                }
                Ok(later(day_start(calendar.add_working_days(self.start_day(), whole + 1)?), rest))
            }
        }
    }

    fn start_day(&self) -> NaiveDate {
        beijing_day(self.start)
    }
}

fn day_end(day: NaiveDate) -> DateTime<Utc> {
    later(day_start(day), TimeDelta::days(1))
}

fn later(instant: DateTime<Utc>, span: TimeDelta) -> DateTime<Utc> {
    instant.checked_add_signed(span).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn instant(beijing: &str) -> DateTime<Utc> {
        format!("{beijing}:00+08:00").parse().unwrap()
    }

    fn calendar() -> WorkingCalendar {
        WorkingCalendar::builtin().unwrap()
    }

    #[test]
    fn working_days_end_at_midnight() {
        let term = Deadline { start: instant("2026-09-29T16:30"), unit: Unit::WorkingDays, n: 5 };
        assert_eq!(term.due_day(&calendar()), Ok("2026-10-12".parse().unwrap()));
        assert_eq!(term.due(&calendar()), Ok(instant("2026-10-13T00:00")));
        let warnings = term.warnings(&calendar()).unwrap();
        assert_eq!(warnings.half, instant("2026-10-09T12:00"));
        assert_eq!(warnings.four_fifths, instant("2026-10-11T00:00"));
        for (now, standing) in [
            ("2026-10-09T11:59", Standing::Running),
            ("2026-10-09T12:00", Standing::HalfGone),
            ("2026-10-11T00:00", Standing::NearlyDue),
            ("2026-10-12T23:59", Standing::NearlyDue),
            ("2026-10-13T00:00", Standing::Overdue),
        ] {
            assert_eq!(term.standing(instant(now), &calendar()), Ok(standing), "{now}");
        }
    }

    #[test]
    fn days_roll_and_hours_run() {
        let days = Deadline { start: instant("2026-09-24T09:00"), unit: Unit::Days, n: 10 };
        assert_eq!(days.due(&calendar()), Ok(instant("2026-10-09T00:00")));
        let hours = Deadline { start: instant("2026-10-01T20:00"), unit: Unit::Hours, n: 24 };
        assert_eq!(hours.due(&calendar()), Ok(instant("2026-10-02T20:00")));
        assert_eq!(hours.due_day(&calendar()), Ok("2026-10-02".parse().unwrap()));
        assert_eq!(hours.warnings(&calendar()).unwrap().half, instant("2026-10-02T08:00"));
    }

    #[test]
    fn an_unloaded_year_stops_the_count() {
        let term = Deadline { start: instant("2026-12-28T09:00"), unit: Unit::WorkingDays, n: 15 };
        assert_eq!(term.due(&calendar()), Err(UnloadedYear { year: 2027 }));
        let hours = Deadline { unit: Unit::Hours, ..term };
        assert!(hours.due(&calendar()).is_ok());
    }

    proptest! {
        #[test]
        fn warnings_stand_in_order(minutes in 0i64..1_200_000, n in 0u32..60, unit in 0usize..3) {
            let start = instant("2024-01-01T00:00") + TimeDelta::minutes(minutes);
            let term = Deadline { start, unit: [Unit::WorkingDays, Unit::Days, Unit::Hours][unit], n };
            let (due, warnings) = (term.due(&calendar()).unwrap(), term.warnings(&calendar()).unwrap());
            prop_assert!(start <= warnings.half && warnings.half <= warnings.four_fifths && warnings.four_fifths <= due);
            let last = term.due_day(&calendar()).unwrap();
            prop_assert!(day_start(last) <= due && due <= day_end(last));
        }
    }
}
