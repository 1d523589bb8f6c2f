//! Stretches of whole Beijing days that figures are asked for: a day, a month, a quarter, a year, or from one day to another.

mod text;

use chrono::{Datelike, Days, Months, NaiveDate};

/// What kind of stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// 日
    Day,
    /// 月
    Month,
    /// 季度
    Quarter,
    /// 年
    Year,
    /// 起止日期
    Range,
}

/// A stretch of whole days. As text: `2026`, `2026Q2`, `2026-05`, `2026-05-17`, `2026-05-01..2026-06-30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
    kind: PeriodKind,
}

/// Why a period is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodProblem {
    /// Not in one of the forms.
    #[error("期间应写成2026、2026Q2、2026-05、2026-05-17或2026-05-01..2026-06-30这样的形式，请修改。")]
    Shape,
    /// No such year, quarter, month or day.
    #[error("没有这样的日期，请核对年、季度、月、日。")]
    NoSuchDay,
    /// Ends before it begins.
    #[error("结束日期早于开始日期，请对调后重试。")]
    Backwards,
}

impl PeriodProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "period_shape",
            Self::NoSuchDay => "period_no_such_day",
            Self::Backwards => "period_backwards",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

impl Period {
    /// One day.
    pub fn day(day: NaiveDate) -> Self {
        Self { first: day, last: day, kind: PeriodKind::Day }
    }

    /// A calendar month.
    pub fn month(year: i32, month: u32) -> Result<Self, PeriodProblem> {
        Self::of_months(year, month, 1, PeriodKind::Month)
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i32, quarter: u32) -> Result<Self, PeriodProblem> {
        if !(1..=4).contains(&quarter) {
            return Err(PeriodProblem::NoSuchDay);
        }
        Self::of_months(year, quarter * 3 - 2, 3, PeriodKind::Quarter)
    }

    /// The quarter in which a day lies.
    pub fn quarter_of(day: NaiveDate) -> Result<Self, PeriodProblem> {
        Self::quarter(day.year(), day.month0() / 3 + 1)
    }

    /// A calendar year.
    pub fn year(year: i32) -> Result<Self, PeriodProblem> {
        Self::of_months(year, 1, 12, PeriodKind::Year)
    }

    /// From one day to another, both included.
    pub fn range(first: NaiveDate, last: NaiveDate) -> Result<Self, PeriodProblem> {
        if last < first {
            return Err(PeriodProblem::Backwards);
        }
        Ok(Self { first, last, kind: PeriodKind::Range })
    }

    fn of_months(year: i32, month: u32, count: u32, kind: PeriodKind) -> Result<Self, PeriodProblem> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or(PeriodProblem::NoSuchDay)?;
        let last = first
            .checked_add_months(Months::new(count))
            .and_then(|next| next.pred_opt())
            .ok_or(PeriodProblem::NoSuchDay)?;
        Ok(Self { first, last, kind })
    }

    /// First day.
    pub fn first(self) -> NaiveDate {
        self.first
    }

    /// Last day, included.
    pub fn last(self) -> NaiveDate {
        self.last
    }

    /// What kind of stretch.
    pub fn kind(self) -> PeriodKind {
        self.kind
    }

    /// Number of days.
    pub fn days(self) -> i64 {
        (self.last - self.first).num_days() + 1
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// Share that has passed when a day ends, in basis points to the nearest: 0 before it begins, 10000 from its last day on.
    pub fn elapsed_bp(self, day: NaiveDate) -> i64 {
        let passed = ((day - self.first).num_days() + 1).clamp(0, self.days());
        (passed * 20_000 + self.days()) / (self.days() * 2)
    }

    /// The calendar months that it touches, each whole, in order.
    pub fn months(self) -> Vec<Self> {
        let starts = std::iter::successors(Some(crate::month_start(self.first)), |start| {
            start.checked_add_months(Months::new(1))
        });
        starts
            .take_while(|start| *start <= self.last)
            .filter_map(|start| Self::month(start.year(), start.month()).ok())
            .collect()
    }

    /// The period of the same kind just before (环比); a range moves by its own length.
    pub fn previous(self) -> Option<Self> {
        let last = self.first.pred_opt()?;
        match self.kind {
            PeriodKind::Day => Some(Self::day(last)),
            PeriodKind::Month => Self::month(last.year(), last.month()).ok(),
            PeriodKind::Quarter => Self::quarter(last.year(), last.month().div_ceil(3)).ok(),
            PeriodKind::Year => Self::year(last.year()).ok(),
            PeriodKind::Range => {
                let back = Days::new(u64::try_from(self.days() - 1).ok()?);
                Self::range(last.checked_sub_days(back)?, last).ok()
            }
        }
    }

    /// The same period a year earlier (同比); 29 February becomes 28 February.
    pub fn year_before(self) -> Option<Self> {
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(12));
        match self.kind {
            PeriodKind::Month => Self::month(self.first.year() - 1, self.first.month()).ok(),
            _ => Some(Self { first: back(self.first)?, last: back(self.last)?, kind: self.kind }),
        }
    }
}

#[cfg(test)]
mod tests;
