//! What is filled in about a shift.

use chrono::{Days, NaiveDate};
use kernel::{Id, Moment, Problem, problem::Wrong};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{rules::roster::ShiftSpan, tables::shift::Model};

/// How far ahead a shift is planned.
const AHEAD: Days = Days::new(180);

/// What is filled in about a shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationShiftForm)]
pub struct ShiftForm {
    /// The day.
    pub day: NaiveDate,
    /// The hour at which it begins, 0 to 23.
    #[schema(minimum = 0, maximum = 23)]
    pub from_hour: i32,
    /// The hour at which it ends, 1 to 24.
    #[schema(minimum = 1, maximum = 24)]
    pub until_hour: i32,
    /// What is to be done, 2 to 40 characters.
    #[schema(min_length = 2, max_length = 40)]
    pub task: String,
    /// How many volunteers are wanted, 1 to 30; not asked where one of the station's own is on duty.
    #[serde(default)]
    #[schema(maximum = 30)]
    pub wanted: i64,
    /// Whether somebody of the station shows newcomers what to do; without, the last place is kept for one who has helped
    /// before.
    #[serde(default)]
    pub guided: bool,
    /// The post of who is on duty; absent where volunteers are wanted.
    #[serde(default)]
    pub post_id: Option<Id>,
}

impl ShiftForm {
    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self, today: NaiveDate) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let near = today.checked_add_days(AHEAD).is_none_or(|last| self.day <= last);
        wrong.want(self.day >= today && near, "day", "日期请选今天起 180 天之内。");
        wrong.want((0..24).contains(&self.from_hour), "from_hour", "开始时间请选 0 至 23 点。");
        let ends = self.until_hour > self.from_hour && self.until_hour <= 24;
        wrong.want(ends, "until_hour", "结束时间应晚于开始时间，不跨天。");
        let words = self.task.trim().chars().count();
        wrong.want((2..=40).contains(&words), "task", "请填写做什么，2 至 40 字。");
        wrong.want(self.post_id.is_some() || (1..=30).contains(&self.wanted), "wanted", "人数请填写 1 至 30。");
        wrong.refuse()
    }

    /// The form that a row would have been filled in by.
    #[must_use]
    pub fn of(row: &Model) -> Self {
        Self {
            day: row.day,
            from_hour: row.from_hour,
            until_hour: row.until_hour,
            task: row.task.clone(),
            wanted: row.wanted,
            guided: row.guided,
            post_id: row.post_id,
        }
    }

    /// The row of a new shift with these particulars.
    #[must_use]
    pub fn row(&self, id: Id, station_id: Id, made_at: Moment) -> Model {
        Model {
            id,
            station_id,
            day: self.day,
            from_hour: self.from_hour,
            until_hour: self.until_hour,
            task: self.task.trim().to_owned(),
            wanted: if self.post_id.is_some() { 0 } else { self.wanted },
            guided: self.guided,
            post_id: self.post_id,
            off: None,
            made_at,
            version: 1,
        }
    }
}

impl Model {
    /// When the shift is.
    #[must_use]
    pub fn span(&self) -> ShiftSpan {
        ShiftSpan { day: self.day, from: self.from_hour, until: self.until_hour }
    }
}
