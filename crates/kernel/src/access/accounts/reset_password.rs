use axum::{Json, extract::Path, http::StatusCode};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{AccountRefusal, get_mine_to_reset, get_whole, record};
use crate::{
    Caller, Id, Problem,
    access::{change_password, numbers, password, permissions::ManageAccounts, sessions},
};

/// A password for somebody who forgot his.
#[derive(Deserialize, ToSchema)]
pub struct GivenPassword {
    /// What opens once; at that log-in it must be changed.
    pub password: String,
}

/// Gives an account another password, to be changed at the next log-in, and ends its log-ins and a lock. Who sets a
/// password could log in with it, so the caller must be able to hand out all that the account holds.
///
/// # Errors
/// 404, 422 for a weak password; [`AccountRefusal`] and those of handing out.
pub async fn reset_password(caller: &Caller<ManageAccounts>, id: Id, input: &GivenPassword) -> Result<(), Problem> {
    let (account, _) = get_whole(caller.read(), caller, id).await?;
    let numbers = numbers::of(caller.read(), caller, id).await?;
    password::check("password", &input.password, numbers.length, [&account.username, &account.name])?;
    let hash = &password::hash(input.password.clone(), caller.house().ambient().bytes()).await?;
    caller
        .unit(|unit| async move {
            let (account, held) = get_mine_to_reset(&unit, caller, id).await?;
            change_password::set(&unit, caller, &account, hash, true).await?;
            sessions::close_all(&unit, id, None).await?;
            let place = held.first().map(|grant| grant.organisation_id);
            record(&unit, caller, "accounts.reset_password", id, place, Value::Null).await
        })
        .await
}

/// 重置密码
#[utoipa::path(post, path = "/accounts/{id}/password", tag = "access", operation_id = "reset_account_password",
    extensions(("x-permission" = json!("access.accounts"))), params(("id" = Id, Path)),
    request_body = GivenPassword,
    responses((status = 204, description = "已重置，下次登录时须更换"), AccountRefusal))]
pub(super) async fn reset_account_password(
    caller: Caller<ManageAccounts>,
    Path(id): Path<Id>,
    Json(input): Json<GivenPassword>,
) -> Result<StatusCode, Problem> {
    reset_password(&caller, id, &input).await?;
    Ok(StatusCode::NO_CONTENT)
}
