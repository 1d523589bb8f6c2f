//! One organisation with its path and the history of its places.

use axum::{Json, extract::Path, response::IntoResponse};
use database::Id;

use super::{
    get,
    permissions::View,
    view::{self, OrganisationDetail},
};
use crate::{Caller, Problem, etag};

/// All about one organisation.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn show(caller: &Caller<View>, id: Id) -> Result<OrganisationDetail, Problem> {
    let model = get(caller.read(), caller.scope(), id).await?;
    Ok(view::detail(caller.read(), model).await?)
}

#[utoipa::path(get, path = "/organisations/{id}", tag = "organisation", operation_id = "show_organisation",
    extensions(("x-permission" = json!("organisations.view"))), params(("id" = Id, Path)),
    responses((status = 200, body = OrganisationDetail, headers(("etag" = String)))))]
pub(super) async fn show_organisation(caller: Caller<View>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let detail = show(&caller, id).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}
