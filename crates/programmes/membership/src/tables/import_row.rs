use kernel::Id;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 将入会
    Join,
    /// 将提出转接
    Transfer,
    /// 已是本工会会员
    Already,
    /// 重复行
    Repeated,
    /// 有误
    Bad,
}

/// A row of a roster.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_import_row")]
pub struct Model {
    /// The import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: Id,
    /// The row in the file, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub row: i64,
    /// The cells as JSON, sealed under the import's key.
    pub cells: String,
    /// What becomes of it; absent before the check.
    pub verdict: Option<Verdict>,
    /// In words.
    pub message: String,
    /// The membership that it made or named.
    pub member_id: Option<Id>,
    /// Whether it went in.
    pub done: bool,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
