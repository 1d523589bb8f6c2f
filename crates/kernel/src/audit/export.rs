//! The audit chain as a file; taking it away is itself an act.

use axum::{extract::Query, response::IntoResponse};
use documents::Value;
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde_json::json;

use super::{
    Act, Column,
    permissions::Export,
    query::{self, AuditFilter},
    record,
    view::{self, AuditRow},
};
use crate::{
    Caller, Context, Problem,
    ledger::export::{ExportRefusal, MOST_ROWS, csv, download},
};

const HEADINGS: &[&str] = &["序号", "时间", "操作人", "网络地址", "操作", "对象", "对象编号", "组织", "说明", "校验值"];

/// The entries that the caller may read and asks for, the oldest first.
///
/// # Errors
/// [`ExportRefusal`].
pub async fn export(caller: &Caller<Export>, filter: &AuditFilter) -> Result<Vec<u8>, Problem> {
    let context: &Context = caller;
    let query = query::entries(context, filter).await?;
    if query.clone().count(context.read()).await? > MOST_ROWS {
        return Err(ExportRefusal::TooMany { most: MOST_ROWS }.into());
    }
    let entries = query.order_by_asc(Column::Position).limit(MOST_ROWS).all(context.read()).await?;
    let hashes: Vec<String> = entries.iter().map(|entry| entry.hash.clone()).collect();
    let rows = view::rows(context, entries).await?;
    let rows: Vec<_> = rows.into_iter().zip(hashes).map(|(row, hash)| cells(row, hash)).collect();
    let file = csv(HEADINGS, &rows)?;
    let act = &Act {
        action: "audit.export",
        object_kind: "kernel/audit",
        object_id: None,
        organisation_id: None,
        detail: json!({ "rows": rows.len(), "from": filter.from, "to": filter.to, "action": filter.action }),
    };
    context.unit(|unit| async move { record(&unit, context, act.clone()).await }).await?;
    Ok(file)
}

fn cells(row: AuditRow, hash: String) -> Vec<Value<'static>> {
    let detail = if row.detail.is_null() { String::new() } else { row.detail.to_string() };
    vec![
        row.id.to_string().into(),
        row.at.to_string().into(),
        row.actor_label.into(),
        row.address.into(),
        row.action_label.into(),
        row.object_kind.into(),
        row.object_id.map(|id| id.to_string()).into(),
        row.organisation_name.into(),
        detail.into(),
        hash.into(),
    ]
}

#[utoipa::path(get, path = "/audit/export.csv", tag = "audit", operation_id = "export_audit",
    extensions(("x-permission" = json!("audit.export"))), params(AuditFilter),
    responses((status = 200, body = Vec<u8>, content_type = "text/csv"), ExportRefusal))]
pub(super) async fn export_audit(
    caller: Caller<Export>,
    Query(filter): Query<AuditFilter>,
) -> Result<impl IntoResponse, Problem> {
    Ok(download(export(&caller, &filter).await?, "csv", "审计记录"))
}
