use std::collections::BTreeSet;

use axum::{Json, extract::Path, response::IntoResponse};
use database::Unit;
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{RoleForm, RoleView, codes, create::record, get, own, rules};
use crate::{
    Caller, Id, Problem,
    access::{
        offices,
        permissions::ManageRoles,
        power::{self, Power},
        role,
    },
    etag::{self, IfMatch},
    organisation,
};

crate::refusals! {
    /// Why a role is not changed.
    pub enum UpdateRoleRefusal {
        /// Of an organisation above, or of the whole house.
        Above = 403 "role_above" "这是上级工会或全系统的角色，请由上级修改；也可以在本级新建一个角色。",
        /// Officers know it by this name.
        Named = 409 "built_in_name" "内置角色不能改名，可以调整它的权限。",
        /// One's own: he would raise himself, or lose for good what nobody else can give back.
        Own = 409 "own_role" "不能改您自己担任的角色的权限。请另建一个角色，或由不担任这个角色的安全管理员办理。",
        /// Other systems hold it.
        Tokens = 409 "held_by_tokens" "有接口令牌在用这个角色，不能加入系统、安全、审计管理权限。",
    }
}

/// Changes a role. Whoever holds it has the changed rights from his next request.
///
/// # Errors
/// 404, 412 naming what changed, 422; [`UpdateRoleRefusal`], [`crate::access::HandOutRefusal`].
pub async fn update(
    caller: &Caller<ManageRoles>,
    id: Id,
    seen: &IfMatch,
    input: &RoleForm,
) -> Result<RoleView, Problem> {
    let form = &rules::normal(caller, input)?;
    caller
        .unit(|unit| async move {
            let before = get(&unit, caller.scope(), id).await?;
            let places = own_places(&unit, caller, &before).await?;
            etag::check(&unit, id, before.version, seen).await?;
            if before.built_in && before.name != form.name {
                return Err(UpdateRoleRefusal::Named.into());
            }
            rules::free(&unit, &form.name, id).await?;
            let was = RoleForm {
                name: before.name.clone(),
                permissions: codes(&before),
                second_factor: before.second_factor,
            };
            let touched = touched(&was, form);
            let own = own(&unit, caller).await?;
            // Nobody raises himself, nor takes from himself what he then can't give back.
            if !touched.is_empty() && own.contains(&id) {
                return Err(UpdateRoleRefusal::Own.into());
            }
            may_touch(&unit, caller, &places, &touched).await?;
            let after = role::Model {
                name: form.name.clone(),
                permissions: form.permissions.join(" "),
                second_factor: form.second_factor,
                version: before.version + 1,
                ..before
            };
            after.clone().into_active_model().reset_all().update(&unit).await?;
            fits_holders(&unit, id, form).await?;
            etag::note(&unit, id, after.version, &etag::changed(&was, form)).await?;
            record(&unit, caller, "roles.update", &after, Some(&was)).await?;
            Ok(RoleView::of(after, &own))
        })
        .await
}

/// Where the role may be given, if all of that is the caller's.
async fn own_places(unit: &Unit, caller: &Caller<ManageRoles>, role: &role::Model) -> Result<Vec<Id>, Problem> {
    let places = match role.organisation_id {
        Some(place) => vec![place],
        None => power::tops(unit).await?,
    };
    for place in &places {
        // The role itself is seen, so being told apart from an absent one gives nothing away.
        let its = organisation::get(unit, caller.scope(), *place).await;
        its.map_err(|absent| absent.absent_as(UpdateRoleRefusal::Above))?;
    }
    Ok(places)
}

/// What is given or taken away.
fn touched<'a>(was: &'a RoleForm, form: &'a RoleForm) -> Vec<&'a str> {
    let (was, wanted): (BTreeSet<&String>, BTreeSet<&String>) =
        (was.permissions.iter().collect(), form.permissions.iter().collect());
    was.symmetric_difference(&wanted).map(|code| code.as_str()).collect()
}

/// Taking away is a power like giving, or a security administrator could silence the audit.
async fn may_touch(unit: &Unit, caller: &Caller<ManageRoles>, places: &[Id], touched: &[&str]) -> Result<(), Problem> {
    let power = Power::of(unit, caller).await?;
    for place in places {
        power.check(unit, caller, *place, touched.iter().copied()).await?;
    }
    Ok(())
}

/// Nobody gets a second office through a role that he holds already, and no other system gets any.
async fn fits_holders(unit: &Unit, id: Id, form: &RoleForm) -> Result<(), Problem> {
    if offices::offices(form.permissions.iter().map(String::as_str)).is_empty() {
        return Ok(());
    }
    let (accounts, tokens) = rules::holders(unit, id).await?;
    if tokens > 0 {
        return Err(UpdateRoleRefusal::Tokens.into());
    }
    rules::one_office(unit, &accounts).await
}

/// 修改角色
#[utoipa::path(put, path = "/roles/{id}", tag = "access", operation_id = "update_role",
    extensions(("x-permission" = json!("access.roles"))),
    params(("id" = Id, Path), ("if-match" = String, Header, description = "`version` of what was seen")),
    request_body = RoleForm,
    responses((status = 200, body = RoleView, headers(("etag" = String))), UpdateRoleRefusal))]
pub(super) async fn update_role(
    caller: Caller<ManageRoles>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(input): Json<RoleForm>,
) -> Result<impl IntoResponse, Problem> {
    let role = update(&caller, id, &seen, &input).await?;
    Ok((etag::etag(role.version), Json(role)))
}
