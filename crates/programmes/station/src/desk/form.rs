//! What officers fill in about a desk.

use kernel::{Id, Moment, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::DeskKind;
use crate::{
    register::form::{read, text},
    rules::hours::OpeningHours,
    tables::desk::Model,
};

/// What officers fill in about a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskForm)]
pub struct DeskForm {
    /// What it advises on.
    pub kind: DeskKind,
    /// The account of who advises.
    pub adviser_id: Id,
    /// When somebody sits there.
    pub hours: OpeningHours,
    /// How long one consultation takes, 10 to 240 minutes.
    #[schema(minimum = 10, maximum = 240)]
    pub minutes: i32,
    /// What to bring and where to find it, up to 200 characters.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub about: String,
}

impl DeskForm {
    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self) -> Result<(), Problem> {
        let mut wrong = self.hours.problems();
        wrong.want((10..=240).contains(&self.minutes), "minutes", "每次咨询时长请填写 10 至 240 分钟。");
        wrong.want(self.about.chars().count() <= 200, "about", "说明不超过 200 字。");
        wrong.want(!self.hours.self_service, "hours", "咨询窗口须有人值守，不能设为自助。");
        let some = self.hours.week.iter().any(|day| !day.is_empty()) || !self.hours.exceptions.is_empty();
        wrong.want(some, "hours", "请至少填写一天的值班时间。");
        wrong.refuse()
    }

    /// The form that a row would have been filled in by.
    ///
    /// # Errors
    /// A fault if its hours can't be read.
    pub fn of(row: &Model) -> Result<Self, Problem> {
        Ok(Self {
            kind: row.kind,
            adviser_id: row.adviser_id,
            hours: read(&row.hours)?,
            minutes: row.minutes,
            about: row.about.clone(),
        })
    }

    /// The row of a new desk with these particulars.
    ///
    /// # Errors
    /// A fault.
    pub fn row(&self, id: Id, station_id: Id, made_at: Moment) -> Result<Model, Problem> {
        Ok(Model {
            id,
            station_id,
            kind: self.kind,
            adviser_id: self.adviser_id,
            hours: text(&self.hours)?,
            minutes: self.minutes,
            about: self.about.trim().to_owned(),
            closed: None,
            made_at,
            version: 1,
        })
    }
}
