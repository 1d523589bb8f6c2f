//! Keeping an organisation's particulars. Its level stays, and its place changes by moving it.

use axum::{Json, extract::Path, response::IntoResponse};
use database::{Id, Unit};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{
    Model,
    form::OrganisationForm,
    get,
    permissions::Manage,
    view::{self, OrganisationDetail},
};
use crate::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
};

/// Saves the particulars, if nobody else did since the caller looked.
///
/// # Errors
/// 404, 412 naming what changed, or 422.
pub async fn update(
    caller: &Caller<Manage>,
    id: Id,
    seen: &IfMatch,
    input: &OrganisationForm,
) -> Result<OrganisationDetail, Problem> {
    let form = &input.normal(caller.today())?;
    caller
        .unit(|unit| async move {
            let model = get(&unit, caller.scope(), id).await?;
            etag::check(&unit, id, model.version, seen).await?;
            form.check(&unit, caller.scope(), Some(id)).await?;
            let after = Model { closed_on: model.closed_on, version: model.version, ..form.row(id, model.level) };
            let fields = etag::changed(&OrganisationForm::of(&model), form);
            let saved = save(&unit, caller, &after, "organisations.update", &fields).await?;
            Ok(view::detail(&unit, saved).await?)
        })
        .await
}

/// Writes the organisation's row as the next version and notes which fields changed.
pub(super) async fn save(
    unit: &Unit,
    context: &Context,
    after: &Model,
    action: &str,
    fields: &[String],
) -> Result<Model, Problem> {
    let after = Model { version: after.version + 1, ..after.clone() };
    after.clone().into_active_model().reset_all().update(unit).await?;
    etag::note(unit, after.id, after.version, fields).await?;
    let detail = serde_json::json!({ "version": after.version, "fields": fields });
    audit::record(unit, context, (action, "kernel/organisation", after.id), after.id, detail).await?;
    Ok(after)
}

#[utoipa::path(put, path = "/organisations/{id}", tag = "organisation", operation_id = "update_organisation",
    extensions(("x-permission" = json!("organisations.manage"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = OrganisationForm, responses((status = 200, body = OrganisationDetail, headers(("etag" = String)))))]
pub(super) async fn update_organisation(
    caller: Caller<Manage>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<OrganisationForm>,
) -> Result<impl IntoResponse, Problem> {
    let detail = update(&caller, id, &seen, &input).await?;
    Ok((etag::etag(detail.version), Json(detail)))
}
