//! One person, masked. A record that was merged tells where it went.

use axum::{Json, extract::Path, response::IntoResponse};
use database::Id;

use super::{
    get,
    permissions::View,
    view::{self, PersonDetail},
};
use crate::{Caller, Problem, etag};

/// All that is kept of one person, masked.
///
/// # Errors
/// 404 if he is absent or foreign.
pub async fn show(caller: &Caller<View>, id: Id) -> Result<PersonDetail, Problem> {
    let person = get(caller.read(), caller.scope(), id).await?;
    view::detail(caller.read(), caller, person).await
}

#[utoipa::path(get, path = "/people/{id}", tag = "person", operation_id = "show_person",
    extensions(("x-permission" = json!("people.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = PersonDetail, headers(("etag" = String)))))]
pub(super) async fn show_person(caller: Caller<View>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let detail = show(&caller, id).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}
