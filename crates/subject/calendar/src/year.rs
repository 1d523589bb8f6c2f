//! The State Council's arrangement of one year, as data in the shape that the public holiday-cn files have.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// One day that differs from the plain week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The holiday it belongs to.
    pub name: String,
    /// The day.
    pub date: NaiveDate,
    /// Off, or a weekend day on which people work (调休).
    #[serde(rename = "isOffDay")]
    pub is_off_day: bool,
}

/// What differs from the plain week in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// The year.
    pub year: i32,
    /// Notices that it is taken from.
    #[serde(default)]
    pub papers: Vec<String>,
    /// Days that differ. A notice may reach a few days into the years beside its own.
    pub days: Vec<Day>,
}

/// Why a year's data is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YearProblem {
    /// Not in the shape of a year.
    #[error("放假安排文件的格式不对（{reason}），请使用 holiday-cn 格式的 JSON 文件。")]
    Shape {
        /// What the reader stumbled over.
        reason: String,
    },
    /// No days at all, as in the file of a year that has not been announced.
    #[error("{year}年的放假安排里没有任何日期，请等国务院通知发布后再载入。")]
    Empty {
        /// The year.
        year: i32,
    },
    /// A day of quite another year.
    #[error("{year}年的放假安排里有不属于该年的日期{date}，请核对。")]
    ForeignDay {
        /// The year.
        year: i32,
        /// The day.
        date: NaiveDate,
    },
    /// A day twice.
    #[error("{date}在放假安排里出现了两次，请只保留一条。")]
    Twice {
        /// The day.
        date: NaiveDate,
    },
    /// A make-up working day that is no weekend.
    #[error("{date}本来就是工作日，不能再设为调休上班日，请核对。")]
    WorkingWeekday {
        /// The day.
        date: NaiveDate,
    },
}

impl YearProblem {
    /// Stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Shape { .. } => "year_shape",
            Self::Empty { .. } => "year_empty",
            Self::ForeignDay { .. } => "year_foreign_day",
            Self::Twice { .. } => "year_day_twice",
            Self::WorkingWeekday { .. } => "year_working_weekday",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(&self) -> String {
        self.to_string()
    }
}

impl Year {
    /// Reads and checks a year in the shape of holiday-cn.
    pub fn from_json(json: &str) -> Result<Self, YearProblem> {
        let year: Self =
            serde_json::from_str(json).map_err(|error| YearProblem::Shape { reason: error.to_string() })?;
        year.check()?;
        Ok(year)
    }

    /// Whether the days make sense.
    pub fn check(&self) -> Result<(), YearProblem> {
        if self.days.is_empty() {
            return Err(YearProblem::Empty { year: self.year });
        }
        let mut seen = BTreeSet::new();
        for &Day { date, is_off_day, .. } in &self.days {
            let neighbour = (date.year(), date.month());
            if date.year() != self.year && neighbour != (self.year - 1, 12) && neighbour != (self.year + 1, 1) {
                return Err(YearProblem::ForeignDay { year: self.year, date });
            }
            if !seen.insert(date) {
                return Err(YearProblem::Twice { date });
            }
            if !is_off_day && !is_weekend(date) {
                return Err(YearProblem::WorkingWeekday { date });
            }
        }
        Ok(())
    }
}

/// Saturday or Sunday.
pub(crate) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The years that come with the program. Later years are loaded when the State Council announces them, about November.
pub fn builtin_years() -> Result<Vec<Year>, YearProblem> {
    [include_str!("../data/2024.json"), include_str!("../data/2025.json"), include_str!("../data/2026.json")]
        .into_iter()
        .map(Year::from_json)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_public_shape() {
        let json = r#"{"$schema": "x", "$id": "y", "year": 2027, "papers": ["p"],
            "days": [{"name": "元旦", "date": "2026-12-31", "isOffDay": true}, {"name": "元旦", "date": "2027-01-02", "isOffDay": false}]}"#;
        let year = Year::from_json(json).unwrap();
        assert_eq!((year.year, year.days.len(), year.days[1].is_off_day), (2027, 2, false));
    }

    #[test]
    fn refuses_senseless_years() {
        let with = |days: &str| Year::from_json(&format!(r#"{{"year": 2027, "days": [{days}]}}"#)).unwrap_err();
        let off = |date: &str| format!(r#"{{"name": "x", "date": "{date}", "isOffDay": true}}"#);
        let work = r#"{"name": "x", "date": "2027-03-03", "isOffDay": false}"#;
        for (problem, code) in [
            (with("{"), "year_shape"),
            (with(""), "year_empty"),
            (with(&off("2026-05-01")), "year_foreign_day"),
            (with(&format!("{},{}", off("2027-05-01"), off("2027-05-01"))), "year_day_twice"),
            (with(work), "year_working_weekday"),
        ] {
            assert_eq!(problem.code(), code);
            assert!(problem.message().ends_with('。'));
        }
    }
}
