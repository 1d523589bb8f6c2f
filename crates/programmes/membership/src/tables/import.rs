use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an import stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// 已读取，待检查
    Mapped,
    /// 正在检查
    Checking,
    /// 已检查，待导入
    Checked,
    /// 正在导入
    Running,
    /// 已完成
    Done,
    /// 已停止
    Cancelled,
    /// 正在撤销
    Undoing,
    /// 已撤销
    Undone,
    /// 原文已清除
    Emptied,
}

/// A roster on its way in.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_import")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The union whose members they are to be.
    pub organisation_id: Id,
    /// The file's name.
    pub file_name: String,
    /// Where it stands.
    pub state: ImportState,
    /// The columns, as JSON: heading and field.
    pub columns: String,
    /// Rows below the headings.
    pub total: i64,
    /// Rows that the present work has dealt with.
    pub done: i64,
    /// Who brought it, as one word.
    pub actor: String,
    /// When it was read.
    pub made_at: Moment,
    /// When it last changed.
    pub changed_at: Moment,
}

database::plain_table!();
