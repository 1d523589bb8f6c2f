//! The audit chain as a file. No second officer is asked: who is audited must not be able to hold it back.

use axum::{Json, http::StatusCode};
use database::Fault;
use documents::Value;
use sea_orm::{QueryOrder, QuerySelect, Select, entity::prelude::*};

use super::{
    Column, Entity, label,
    permissions::Export,
    query::{self, AuditFilter},
    told,
    view::{self, AuditRow},
};
use crate::{
    Caller, Context, Problem,
    access::account,
    export::{Asked, ExportForm, ExportKind, ExportRefusal, ExportView, RowPage, ask, words::Says},
};

/// Entries of the audit chain, to take away.
pub const ENTRIES: ExportKind = ExportKind {
    code: "audit",
    label: "审计记录",
    permission: "audit.export",
    personal: false,
    headings: &["序号", "时间", "操作人", "网络地址", "操作", "对象", "对象编号", "组织", "说明", "校验值"],
    words: crate::filter_words! { AuditFilter {
        q, organisation, account: "人员" in account.name, from, to,
        action: "操作" = Says::Name(|context, code| {
            Box::pin(async move { Ok(Some(label(context.house(), code).to_owned())) })
        }),
    } },
    count: |context, filter| Box::pin(count(context, filter)),
    next: |context, filter, after| Box::pin(next(context, filter, after)),
};

/// Rows read at a time, so that memory stays flat.
const STEP: u64 = 1000;

async fn wanted(context: &Context, filter: &str) -> Result<Select<Entity>, Problem> {
    let filter: AuditFilter = serde_json::from_str(filter).map_err(|err| Fault::Stored(err.to_string()))?;
    query::entries(context, &filter).await
}

async fn count(context: &Context, filter: &str) -> Result<u64, Problem> {
    Ok(wanted(context, filter).await?.count(context.read()).await?)
}

/// The next entries that the caller may read, the oldest first.
async fn next(context: &Context, filter: &str, after: Option<&str>) -> Result<RowPage, Problem> {
    let position: i64 = after.and_then(|after| after.parse().ok()).unwrap_or(0);
    let query = wanted(context, filter).await?.filter(Column::Position.gt(position));
    let entries = query.order_by_asc(Column::Position).limit(STEP).all(context.read()).await?;
    let next = entries.last().map(|entry| entry.position.to_string());
    let hashes: Vec<String> = entries.iter().map(|entry| entry.hash.clone()).collect();
    let rows = view::rows(context, entries).await?;
    Ok(RowPage { rows: rows.into_iter().zip(hashes).map(|(row, hash)| cells(row, hash)).collect(), next })
}

fn cells(row: AuditRow, hash: String) -> Vec<Value<'static>> {
    vec![
        row.id.to_string().into(),
        row.at.to_string().into(),
        row.actor_label.into(),
        row.address.into(),
        row.action_label.into(),
        // Whose log-in it was stands nowhere else: until it opens he is nobody.
        row.object_label.unwrap_or(row.object_kind).into(),
        row.object_id.map(|id| id.to_string()).into(),
        row.organisation_name.into(),
        told::line(&row.told).into(),
        hash.into(),
    ]
}

#[utoipa::path(post, path = "/audit/exports", tag = "audit", operation_id = "export_audit",
    extensions(("x-permission" = json!("audit.export"))), request_body = ExportForm<AuditFilter>,
    responses((status = 201, body = ExportView), ExportRefusal))]
pub(super) async fn export_audit(
    caller: Caller<Export>,
    Json(form): Json<ExportForm<AuditFilter>>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    let asked = Asked::new(ENTRIES.label, &form)?;
    Ok((StatusCode::CREATED, Json(ask(&caller, &ENTRIES, &asked).await?)))
}
