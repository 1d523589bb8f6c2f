//! The checkpoints as the audit administrator sees them and takes them elsewhere.

use axum::{Json, extract::Query, response::IntoResponse};
use database::{Id, Moment};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::tables::{Column, Entity, Model};
use crate::{
    Caller, Context, Problem,
    audit::{
        self,
        permissions::{Export, View},
    },
    download::attachment,
    listing::{Page, Paging},
};

/// A checkpoint in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CheckpointRow {
    /// The last entry's place in the chain.
    pub position: Id,
    /// When it was made.
    pub at: Moment,
    /// Entries since the checkpoint before.
    pub entries: i64,
    /// The last entry's hash.
    pub hash: String,
    /// When it was handed to where it is kept; absent if nobody takes it by himself.
    pub handed_out_at: Option<Moment>,
}

/// The checkpoints, and under which key outsiders check them.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CheckpointStanding {
    /// The public key of SM2, in hexadecimal digits.
    pub public_key: String,
    /// Whether somebody is told each day.
    pub is_handed_out: bool,
    /// The checkpoints, the newest first.
    pub checkpoints: Page<CheckpointRow>,
}

fn row(found: Model) -> CheckpointRow {
    CheckpointRow {
        position: Id(found.position),
        at: found.at,
        entries: found.entries,
        hash: found.hash,
        handed_out_at: found.handed_out_at,
    }
}

/// 审计链检查点
#[utoipa::path(get, path = "/audit/checkpoints", tag = "audit", operation_id = "list_audit_checkpoints",
    extensions(("x-permission" = json!("audit.view"))), params(Paging),
    responses((status = 200, body = CheckpointStanding)))]
pub(in crate::audit) async fn list_checkpoints(
    caller: Caller<View>,
    Query(paging): Query<Paging>,
) -> Result<Json<CheckpointStanding>, Problem> {
    let context: &Context = &caller;
    let page = paging.newest_first(context.read(), Entity::find(), Column::Position, |row| Id(row.position)).await?;
    Ok(Json(CheckpointStanding {
        public_key: context.house().keyring().public_key(),
        is_handed_out: !context.house().checkpoint_keepers().is_empty(),
        checkpoints: page.map(row),
    }))
}

/// All lines, the oldest first; that they were taken is an act.
async fn lines(context: &Context) -> Result<String, Problem> {
    let query = Entity::find().select_only().column(Column::Line).order_by_asc(Column::Position);
    let lines: Vec<String> = query.into_tuple().all(context.read()).await?;
    let count = lines.len();
    context
        .unit(|unit| async move {
            let detail = json!({ "lines": count });
            audit::record(&unit, context, ("audit.checkpoints", "kernel/audit", None), None, detail).await
        })
        .await?;
    Ok(lines.into_iter().map(|line| line + "\n").collect())
}

/// 取走审计链检查点
#[utoipa::path(get, path = "/audit/checkpoints/file", tag = "audit", operation_id = "download_audit_checkpoints",
    extensions(("x-permission" = json!("audit.export"))),
    responses((status = 200, body = String, content_type = "text/plain")))]
pub(in crate::audit) async fn download_checkpoints(caller: Caller<Export>) -> Result<impl IntoResponse, Problem> {
    let day = caller.today().format("%Y%m%d");
    let text = lines(&caller).await?;
    Ok((attachment("text/plain; charset=utf-8", &format!("审计链检查点-{day}.txt")), text))
}
