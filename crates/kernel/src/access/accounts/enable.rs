use axum::{extract::Path, http::StatusCode};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::Value;

use super::{AccountRefusal, get_whole, record};
use crate::{
    Caller, Id, Problem,
    access::{account, permissions::ManageAccounts, sessions},
};

/// Takes an account out of use; who is logged in with it is out with his next request.
///
/// # Errors
/// 404; [`AccountRefusal`].
pub async fn disable(caller: &Caller<ManageAccounts>, id: Id) -> Result<(), Problem> {
    set(caller, id, false).await
}

/// Puts an account into use again, and ends a lock.
///
/// # Errors
/// 404; [`AccountRefusal`].
pub async fn enable(caller: &Caller<ManageAccounts>, id: Id) -> Result<(), Problem> {
    set(caller, id, true).await
}

async fn set(caller: &Caller<ManageAccounts>, id: Id, enabled: bool) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let (account, held) = get_whole(&unit, caller, id).await?;
            let mut row = account::ActiveModel { id: Set(account.id), enabled: Set(enabled), ..Default::default() };
            if enabled {
                row.failures = Set(0);
                row.first_failure_at = Set(None);
                row.locked_until = Set(None);
            } else {
                sessions::close_all(&unit, id, None).await?;
            }
            account::Entity::update(row).exec(&unit).await?;
            let action = if enabled { "accounts.enable" } else { "accounts.disable" };
            let place = held.first().map(|grant| grant.organisation_id);
            record(&unit, caller, action, id, place, Value::Null).await
        })
        .await
}

/// 停用账号
#[utoipa::path(post, path = "/accounts/{id}/disable", tag = "access", operation_id = "disable_account",
    extensions(("x-permission" = json!("access.accounts"))), params(("id" = Id, Path)),
    responses((status = 204, description = "已停用"), AccountRefusal))]
pub(super) async fn disable_account(caller: Caller<ManageAccounts>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    disable(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 启用账号
#[utoipa::path(post, path = "/accounts/{id}/enable", tag = "access", operation_id = "enable_account",
    extensions(("x-permission" = json!("access.accounts"))), params(("id" = Id, Path)),
    responses((status = 204, description = "已启用"), AccountRefusal))]
pub(super) async fn enable_account(caller: Caller<ManageAccounts>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    enable(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
