use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody is at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PostRole {
    /// 站长
    Master,
    /// 副站长
    Deputy,
}

impl PostRole {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Master => "站长",
            Self::Deputy => "副站长",
        }
    }
}

/// Who answers for a station, and when.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "station_post")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Who.
    pub person_id: Id,
    /// As what.
    pub role: PostRole,
    /// The first day.
    pub from_day: Date,
    /// The day on which it is over; absent while no end is known.
    pub until_day: Option<Date>,
    /// When it was written down.
    pub made_at: Moment,
    /// The day on which it ended because its holder has died; absent if it ended otherwise, or goes on.
    pub died_on: Option<Date>,
}

database::plain_table!();

impl Model {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from_day <= day && self.until_day.is_none_or(|until| day < until)
    }
}
