//! Which days are worked, and counting by them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};

use crate::{
    builtin_years,
    year::{Day, Year, YearProblem, is_weekend},
};

/// The arrangement of a year that a count reaches has not been loaded. Load it and count again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{year}年的放假安排尚未载入，无法推算工作日。请在日历中载入{year}年的放假安排后重新计算。")]
pub struct UnloadedYear {
    /// The year that is missing.
    pub year: i32,
}

impl UnloadedYear {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        "calendar_year_not_loaded"
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

/// Working days of a region: the nation's years, with local days laid over them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    loaded: BTreeSet<i32>,
    /// Days that differ from the plain week, and whether they are off.
    off: BTreeMap<NaiveDate, bool>,
}

impl WorkingCalendar {
    /// A calendar of the given years. Where notices of two years name the same day, the later notice holds.
    pub fn new(years: impl IntoIterator<Item = Year>) -> Result<Self, YearProblem> {
        let mut years: Vec<Year> = years.into_iter().collect();
        years.sort_by_key(|year| year.year);
        let mut calendar = Self::default();
        for year in years {
            year.check()?;
            calendar.loaded.insert(year.year);
            calendar.lay(year.days);
        }
        Ok(calendar)
    }

    /// A calendar of the years that come with the program.
    pub fn builtin() -> Result<Self, YearProblem> {
        Self::new(builtin_years()?)
    }

    /// The same calendar with days that a region has set for itself. They do not make a year count as loaded. For a county lay
    /// the province's days first, then its own.
    #[must_use]
    pub fn with_local(mut self, days: impl IntoIterator<Item = Day>) -> Self {
        self.lay(days);
        self
    }

    fn lay(&mut self, days: impl IntoIterator<Item = Day>) {
        self.off.extend(days.into_iter().map(|day| (day.date, day.is_off_day)));
    }

    /// Whether people work on a day.
    pub fn is_working_day(&self, day: NaiveDate) -> Result<bool, UnloadedYear> {
        if !self.loaded.contains(&day.year()) {
            return Err(UnloadedYear { year: day.year() });
        }
        Ok(!self.off.get(&day).copied().unwrap_or_else(|| is_weekend(day)))
    }

    /// Whether a day is named as off: a public holiday's days, those among them that fall on a weekend too, and a region's own.
    #[must_use]
    pub fn is_holiday(&self, day: NaiveDate) -> bool {
        self.off.get(&day) == Some(&true)
    }

    /// The n-th working day after a day, which itself is not counted; the term ends with that day, at 24:00.
    pub fn add_working_days(&self, start: NaiveDate, n: u32) -> Result<NaiveDate, UnloadedYear> {
        let mut day = start;
        for _ in 0..n {
            day = self.working_day_from(next(day)?)?;
        }
        Ok(day)
    }

    /// n calendar days later; if people don't work then, the next day on which they do.
    pub fn add_days_rolled(&self, start: NaiveDate, n: u32) -> Result<NaiveDate, UnloadedYear> {
        let day = start.checked_add_days(Days::new(n.into())).ok_or(UnloadedYear { year: start.year() })?;
        self.working_day_from(day)
    }

    /// The day itself if people work on it, or else the next on which they do.
    pub fn working_day_from(&self, day: NaiveDate) -> Result<NaiveDate, UnloadedYear> {
        let mut day = day;
        while !self.is_working_day(day)? {
            day = next(day)?;
        }
        Ok(day)
    }
}

/// The end of chrono's time lies in a year that nobody has loaded.
fn next(day: NaiveDate) -> Result<NaiveDate, UnloadedYear> {
    day.succ_opt().ok_or(UnloadedYear { year: day.year() })
}

#[cfg(test)]
mod tests;
