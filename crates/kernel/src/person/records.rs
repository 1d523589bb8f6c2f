//! Everything that was recorded for one person.

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Id;

use super::{get, permissions::View};
use crate::{
    Caller, Problem,
    ledger::{FactRow, life_line},
    listing::{Page, Paging},
};

/// The person's life line, newest first.
///
/// # Errors
/// 404 if he is absent or foreign.
pub async fn records(caller: &Caller<View>, id: Id, paging: &Paging) -> Result<Page<FactRow>, Problem> {
    get(caller.read(), caller.scope(), id).await?;
    life_line(caller, id, paging).await
}

#[utoipa::path(get, path = "/people/{id}/records", tag = "person", operation_id = "person_records",
    extensions(("x-permission" = json!("people.view"))), params(("id" = Id, Path), Paging),
    responses((status = 200, body = Page<FactRow>)))]
pub(super) async fn person_records(
    caller: Caller<View>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<FactRow>>, Problem> {
    Ok(Json(records(&caller, id, &paging).await?))
}
