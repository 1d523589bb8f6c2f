use axum::{extract::Path, http::StatusCode};
use sea_orm::EntityTrait;

use super::{create::record, get, rules};
use crate::{
    Caller, Id, Problem,
    access::{permissions::ManageRoles, role},
    organisation,
};

crate::refusals! {
    /// Why a role is not deleted.
    pub enum DeleteRoleRefusal {
        /// It came with the house.
        BuiltIn = 409 "built_in" "这是内置角色，不能删除。",
        /// Somebody holds it.
        InUse { accounts: usize, tokens: u64 } = 409 "role_in_use" "还有 {accounts} 个账号、{tokens} 个接口令牌在用这个角色，请先给他们换成别的角色。",
        /// Of an organisation above.
        Above = 403 "role_above" "这是上级工会的角色，请由上级删除。",
    }
}

/// Deletes a role that nobody holds.
///
/// # Errors
/// 404; [`DeleteRoleRefusal`].
pub async fn delete(caller: &Caller<ManageRoles>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let role = get(&unit, caller.scope(), id).await?;
            let Some(place) = role.organisation_id.filter(|_| !role.built_in) else {
                return Err(DeleteRoleRefusal::BuiltIn.into());
            };
            let its = organisation::get(&unit, caller.scope(), place).await;
            its.map_err(|absent| absent.absent_as(DeleteRoleRefusal::Above))?;
            let (accounts, tokens) = rules::holders(&unit, id).await?;
            if !accounts.is_empty() || tokens > 0 {
                return Err(DeleteRoleRefusal::InUse { accounts: accounts.len(), tokens }.into());
            }
            role::Entity::delete_by_id(id).exec(&unit).await?;
            record(&unit, caller, "roles.delete", &role, None).await
        })
        .await
}

/// 删除角色
#[utoipa::path(delete, path = "/roles/{id}", tag = "access", operation_id = "delete_role",
    extensions(("x-permission" = json!("access.roles"))), params(("id" = Id, Path)),
    responses((status = 204, description = "已删除"), DeleteRoleRefusal))]
pub(super) async fn delete_role(caller: Caller<ManageRoles>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    delete(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
