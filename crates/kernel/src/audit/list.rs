//! Reading the audit chain.

use axum::{Json, extract::Query};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Column,
    permissions::View,
    query::{self, AuditFilter},
    view::{self, AuditRow},
};
use crate::{
    Caller, Context, House, Problem,
    listing::{Counted, Page, Paging},
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
/// A fault of the database.
pub async fn list(context: &Context, filter: &AuditFilter, paging: &Paging) -> Result<Page<AuditRow>, Problem> {
    let query = query::entries(context, filter).await?;
    let total = query.clone().counted(context.read()).await?;
    let query = match paging.after() {
        Some(after) => query.filter(Column::Position.lt(after.0)),
        None => query,
    };
    let entries = query.order_by_desc(Column::Position).limit(paging.limit() + 1).all(context.read()).await?;
    let page = Page::cut(entries, paging.limit(), total, |entry| entry.position.to_string());
    Ok(Page { items: view::rows(context, page.items).await?, next: page.next, total })
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
