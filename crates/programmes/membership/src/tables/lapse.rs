use database::Connection;
use kernel::{Id, Moment, Problem};
use sea_orm::{DeriveActiveEnum, EnumIter, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How a lapse ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum LapseEnd {
    /// 已恢复缴费或参加活动
    Resumed,
    /// 有正当理由
    Excused,
    /// 按自动退会办结
    Left,
    /// 会籍已另行变动
    Otherwise,
}

/// A member who neither paid dues nor took part for months, from the day it was noticed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_lapse")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Whose membership.
    pub member_id: Id,
    /// The last day on which he paid or took part, or joined.
    pub last_on: Date,
    /// The day it was noticed.
    pub noticed_on: Date,
    /// The day the union talked to him.
    pub talked_on: Option<Date>,
    /// What came of the talk.
    pub talk: Option<String>,
    /// Who talked to him, as one word.
    pub talked_by: Option<String>,
    /// How it ended.
    pub ended: Option<LapseEnd>,
    /// On which day.
    pub ended_on: Option<Date>,
    /// When it was written down.
    pub at: Moment,
    /// The member again while it lasts: one at a time. Unique.
    pub open_member_id: Option<Id>,
}

database::plain_table!();

/// The lapse of a membership that lasts, if there is one.
pub async fn open_of(conn: &Connection, member: Id) -> Result<Option<Model>, Problem> {
    Ok(Entity::find().filter(Column::OpenMemberId.eq(member)).one(conn).await?)
}
