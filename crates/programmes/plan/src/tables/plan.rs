use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether subordinates see a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    /// 草稿
    Draft,
    /// 已发布
    Published,
}

/// A year's work plan of an organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_plan")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The organisation whose plan it is.
    pub organisation_id: Id,
    /// The year.
    pub year: i32,
    /// The title.
    pub title: String,
    /// Draft or published.
    pub state: PlanState,
    /// When it was published.
    pub published_at: Option<Moment>,
    /// Grows with each change; the ETag.
    pub version: i64,
}

database::plain_table!();
