//! Periods as addresses write them and as people read them.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

use super::{Period, PeriodKind, PeriodProblem};

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first;
        match self.kind {
            PeriodKind::Day => write!(f, "{first}"),
            PeriodKind::Month => write!(f, "{:04}-{:02}", first.year(), first.month()),
            PeriodKind::Quarter => write!(f, "{:04}Q{}", first.year(), first.month().div_ceil(3)),
            PeriodKind::Year => write!(f, "{:04}", first.year()),
            PeriodKind::Range => write!(f, "{first}..{}", self.last),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodProblem;

    fn from_str(text: &str) -> Result<Self, PeriodProblem> {
        let text = text.trim();
        if let Some((first, last)) = text.split_once("..") {
            return Self::range(day(first)?, day(last)?);
        }
        if let Some((year, quarter)) = text.split_once(['Q', 'q']) {
            return Self::quarter(number(year, 4)?, number(quarter, 1)?);
        }
        match text.split('-').collect::<Vec<_>>().as_slice() {
            [year] => Self::year(number(year, 4)?),
            [year, month] => Self::month(number(year, 4)?, number(month, 2)?),
            _ => Ok(Self::day(day(text)?)),
        }
    }
}

fn day(text: &str) -> Result<NaiveDate, PeriodProblem> {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else {
        return Err(PeriodProblem::Shape);
    };
    NaiveDate::from_ymd_opt(number(year, 4)?, number(month, 2)?, number(day, 2)?).ok_or(PeriodProblem::NoSuchDay)
}

/// A number of exactly so many digits; signs and blanks, which `parse` would take, are none.
fn number<N: FromStr>(text: &str, digits: usize) -> Result<N, PeriodProblem> {
    let plain = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| plain).ok_or(PeriodProblem::Shape)
}

impl TryFrom<String> for Period {
    type Error = PeriodProblem;

    fn try_from(text: String) -> Result<Self, PeriodProblem> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl Period {
    /// What people read.
    pub fn label(self) -> String {
        let year = self.first.year();
        match self.kind {
            PeriodKind::Day => spoken(self.first),
            PeriodKind::Month => format!("{year}年{}月", self.first.month()),
            PeriodKind::Quarter => format!("{year}年第{}季度", quarter_word(self.first.month().div_ceil(3))),
            PeriodKind::Year => format!("{year}年"),
            PeriodKind::Range if self.first == self.last => spoken(self.first),
            PeriodKind::Range if self.last.year() == year => {
                format!("{}至{}月{}日", spoken(self.first), self.last.month(), self.last.day())
            }
            PeriodKind::Range => format!("{}至{}", spoken(self.first), spoken(self.last)),
        }
    }
}

fn spoken(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

fn quarter_word(quarter: u32) -> &'static str {
    match quarter {
        1 => "一",
        2 => "二",
        3 => "三",
        _ => "四",
    }
}
