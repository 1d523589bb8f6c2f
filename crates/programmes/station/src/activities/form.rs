//! What officers fill in about an activity.

use chrono::TimeDelta;
use kernel::{Id, Moment, Problem, problem::Wrong};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ActivityKind;
use crate::tables::activity::Model;

/// What officers fill in about an activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationActivityForm)]
pub struct ActivityForm {
    /// What it is.
    pub kind: ActivityKind,
    /// What it is called, 2 to 60 characters.
    #[schema(min_length = 2, max_length = 60)]
    pub title: String,
    /// What happens, and what to bring, up to 500 characters.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub about: String,
    /// Who holds it, 2 to 60 characters.
    #[schema(min_length = 2, max_length = 60)]
    pub host: String,
    /// When it begins; until then one can sign up.
    pub starts_at: Moment,
    /// When it is over.
    pub ends_at: Moment,
    /// How many seats there are, 1 to 2,000.
    #[schema(minimum = 1, maximum = 2_000)]
    pub capacity: i64,
}

/// The longest activity.
pub(super) const LONGEST: TimeDelta = TimeDelta::days(14);

impl ActivityForm {
    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let short = |text: &str| (2..=60).contains(&text.trim().chars().count());
        wrong.want(short(&self.title), "title", "活动名称请填写 2 至 60 个字。");
        wrong.want(short(&self.host), "host", "主办单位请填写 2 至 60 个字。");
        wrong.want(self.about.chars().count() <= 500, "about", "活动介绍不超过 500 字。");
        wrong.want((1..=2_000).contains(&self.capacity), "capacity", "名额请填写 1 至 2000。");
        let long = self.ends_at.at() - self.starts_at.at();
        wrong.want(long > TimeDelta::zero() && long <= LONGEST, "ends_at", "结束时间应晚于开始时间，最长 14 天。");
        wrong.refuse()
    }

    /// The form that a row would have been filled in by.
    #[must_use]
    pub fn of(row: &Model) -> Self {
        Self {
            kind: row.kind,
            title: row.title.clone(),
            about: row.about.clone(),
            host: row.host.clone(),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            capacity: row.capacity,
        }
    }

    /// The row of a new activity with these particulars.
    #[must_use]
    pub fn row(&self, id: Id, station_id: Id, made_at: Moment) -> Model {
        Model {
            id,
            station_id,
            kind: self.kind,
            title: self.title.trim().to_owned(),
            about: self.about.trim().to_owned(),
            host: self.host.trim().to_owned(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            capacity: self.capacity,
            cancelled: None,
            made_at,
            version: 1,
        }
    }
}
