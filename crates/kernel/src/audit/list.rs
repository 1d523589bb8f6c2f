//! Reading the audit chain.

use axum::{Json, extract::Query};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Column,
    permissions::View,
    query::{self, AuditFilter},
    view::{self, AuditRow},
};
use crate::{
    Caller, Context, House, Id, Problem,
    listing::{Page, Paging},
};

/// An act that can be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ActionLabel {
    /// The act's code.
    pub code: String,
    /// What people read.
    pub label: String,
}

/// The entries that the caller may read, the newest first. That he may read any is the caller's matter.
///
/// # Errors
/// 404 for a foreign organisation.
pub async fn list(context: &Context, filter: &AuditFilter, paging: &Paging) -> Result<Page<AuditRow>, Problem> {
    let query = query::entries(context, filter).await?;
    let page = paging.newest_first(context.read(), query, Column::Position, |entry| Id(entry.position)).await?;
    Ok(Page { items: view::rows(context, page.items).await?, next: page.next, total: page.total })
}

/// All acts that a programme declares, in their order.
fn actions(house: &House) -> Vec<ActionLabel> {
    let all = house.programmes().iter().flat_map(|programme| programme.acts);
    all.map(|label| ActionLabel { code: label.0.to_owned(), label: label.1.to_owned() }).collect()
}

#[utoipa::path(get, path = "/audit", tag = "audit", operation_id = "list_audit",
    extensions(("x-permission" = json!("audit.view"))), params(AuditFilter, Paging),
    responses((status = 200, body = Page<AuditRow>)))]
pub(super) async fn list_audit(
    caller: Caller<View>,
    Query(filter): Query<AuditFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<AuditRow>>, Problem> {
    Ok(Json(list(&caller, &filter, &paging).await?))
}

#[utoipa::path(get, path = "/audit/actions", tag = "audit", operation_id = "list_audit_actions",
    extensions(("x-permission" = json!("audit.view"))),
    responses((status = 200, body = Vec<ActionLabel>)))]
pub(super) async fn list_actions(caller: Caller<View>) -> Json<Vec<ActionLabel>> {
    Json(actions(caller.house()))
}
