use database::{Id, Moment};
use documents::table_out::TableFormat;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Excel 工作簿
    #[default]
    Xlsx,
    /// CSV 文本，行数不限
    Csv,
    /// PDF，供打印
    Pdf,
}

impl ExportFormat {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Xlsx => "Excel",
            Self::Csv => "CSV",
            Self::Pdf => "PDF",
        }
    }

    /// The file's ending.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Pdf => "pdf",
        }
    }
}

impl From<ExportFormat> for TableFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Xlsx => Self::Xlsx,
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Pdf => Self::Pdf,
        }
    }
}

/// Where an export stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// 待批准
    Waiting,
    /// 排队中
    Queued,
    /// 正在生成
    Running,
    /// 可下载
    Done,
    /// 未批准
    Refused,
    /// 已取消
    Cancelled,
    /// 没有做成
    Failed,
    /// 已到期
    Expired,
}

impl ExportState {
    /// States in which there is still something to do.
    pub(super) const OPEN: [Self; 3] = [Self::Waiting, Self::Queued, Self::Running];
}

/// An export: what was asked for, and what became of it. The row stays when the file goes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize)]
#[sea_orm(table_name = "export_request")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// The kind's code.
    pub kind: String,
    /// What kind of file.
    pub format: ExportFormat,
    /// The file's title.
    pub title: String,
    /// Whose data; approvals go by it.
    pub organisation_id: Id,
    /// The filter as JSON, sealed: a name or a number may be sought. Empty once the file is gone.
    pub filter_sealed: String,
    /// The filter as people read it, without what was sought.
    pub filter: String,
    /// The scope in which it was asked, as JSON; null for the program itself.
    pub scope: String,
    /// Who asked, as [`crate::Actor::word`].
    pub actor: String,
    /// What for, as he said.
    pub reason: Option<String>,
    /// When.
    pub asked_at: Moment,
    /// Rows that there were when it was asked for; when it is done, rows of the file.
    pub rows: i64,
    /// Rows written so far.
    pub done: i64,
    /// Where it stands.
    pub state: ExportState,
    /// How often it was begun; what an earlier beginning still writes is not taken.
    pub attempt: i32,
    /// The second officer, as one word.
    pub decided_by: Option<String>,
    /// When he decided.
    pub decided_at: Option<Moment>,
    /// Why he refused.
    pub answer: Option<String>,
    /// When the file was there.
    pub finished_at: Option<Moment>,
    /// Bytes of the file.
    pub size: Option<i64>,
    /// SM3 of the file, in hexadecimal digits.
    pub hash: Option<String>,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: Option<String>,
    /// Until when it can be fetched.
    pub expires_at: Option<Moment>,
    /// How often it was fetched.
    pub downloads: i32,
    /// Why it was not made, in a sentence.
    pub failure: Option<String>,
}

database::plain_table!();

/// The files' pieces.
pub mod chunk {
    use super::Id;
    use sea_orm::entity::prelude::*;

    /// A piece of a file.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "export_chunk")]
    pub struct Model {
        /// Of which export.
        #[sea_orm(primary_key, auto_increment = false)]
        pub export_id: Id,
        /// The place in the file, from 0.
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i32,
        /// The piece, sealed for its place.
        pub bytes: Vec<u8>,
    }

    database::plain_table!();
}
