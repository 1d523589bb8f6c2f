use axum::{Json, http::StatusCode, response::IntoResponse};
use database::Unit;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{RoleForm, RoleView, own, rules};
use crate::{
    Caller, Context, Id, Problem,
    access::{
        permissions::ManageRoles,
        power::{HandOutRefusal, Power},
        role,
    },
    audit, etag, organisation,
};

/// A new role.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewRole {
    /// What officers fill in.
    #[serde(flatten)]
    pub form: RoleForm,
    /// Whose role it shall be, to be given there and below; the caller's own organisation unless told.
    pub organisation_id: Option<Id>,
}

/// Makes a role out of what the caller may hand out himself.
///
/// # Errors
/// 422, 404 for a foreign organisation, [`HandOutRefusal`].
pub async fn create(caller: &Caller<ManageRoles>, input: &NewRole) -> Result<RoleView, Problem> {
    let form = rules::normal(caller, &input.form)?;
    let place = match (input.organisation_id, caller.scope().roots()) {
        (Some(place), _) => place,
        (None, Some([only])) => *only,
        _ => return Err(Problem::field("organisation_id", "place_missing", "请选择这个角色属于哪个工会。")),
    };
    let row = &role::Model {
        id: caller.id(),
        name: form.name,
        permissions: form.permissions.join(" "),
        organisation_id: Some(place),
        built_in: false,
        second_factor: form.second_factor,
        version: 1,
    };
    caller
        .unit(|unit| async move {
            organisation::get(&unit, caller.scope(), place).await?;
            rules::free(&unit, &row.name, row.id).await?;
            let power = Power::of(&unit, caller).await?;
            power.check(&unit, caller, place, row.permissions.split_whitespace()).await?;
            role::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            record(&unit, caller, "roles.create", row, None).await?;
            Ok(RoleView::of(row.clone(), &own(&unit, caller).await?))
        })
        .await
}

/// Writes into the audit chain what a role has become, and what it was before.
pub(super) async fn record(
    unit: &Unit,
    context: &Context,
    action: &str,
    role: &role::Model,
    before: Option<&RoleForm>,
) -> Result<(), Problem> {
    let act = (action, "kernel/role", role.id);
    let detail = serde_json::json!({
        "version": role.version, "permissions": role.permissions, "second_factor": role.second_factor, "before": before,
    });
    audit::record(unit, context, act, role.organisation_id, detail).await
}

/// 新建角色
#[utoipa::path(post, path = "/roles", tag = "access", operation_id = "create_role",
    extensions(("x-permission" = json!("access.roles"))), request_body = NewRole,
    responses((status = 201, body = RoleView), HandOutRefusal))]
pub(super) async fn create_role(
    caller: Caller<ManageRoles>,
    Json(input): Json<NewRole>,
) -> Result<impl IntoResponse, Problem> {
    let role = create(&caller, &input).await?;
    Ok((StatusCode::CREATED, etag::etag(role.version), Json(role)))
}
