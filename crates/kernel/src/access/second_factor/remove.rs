use axum::{extract::Path, http::StatusCode};
use serde_json::Value;

use super::{SecondFactorRefusal, Standing, own, standing};
use crate::{
    Caller, Id, Problem,
    access::{accounts, accounts::AccountRefusal, permissions::ManageAccounts, sessions},
};

/// Takes the authenticator of somebody who lost it away, and ends his log-ins. Who does so is half way into the account,
/// so he must be able to hand out all that it holds, as for resetting a password.
///
/// # Errors
/// 404; [`AccountRefusal`], those of handing out, and [`SecondFactorRefusal`].
pub async fn take_away(caller: &Caller<ManageAccounts>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let held = accounts::get_mine_to_reset(&unit, caller, id).await?;
            if standing(&unit, caller, id).await? != Standing::Set {
                return Err(SecondFactorRefusal::NotSet.into());
            }
            own::clear(&unit, id).await?;
            sessions::close_all(&unit, id, None).await?;
            let place = held.1.first().map(|grant| grant.organisation_id);
            accounts::record(&unit, caller, "second_factor.take_away", id, place, Value::Null).await
        })
        .await
}

/// 移除他人的动态口令
#[utoipa::path(delete, path = "/accounts/{id}/second-factor", tag = "access",
    operation_id = "remove_account_second_factor",
    extensions(("x-permission" = json!("access.accounts"))), params(("id" = Id, Path)),
    responses((status = 204, description = "已移除，其登录已退出"), AccountRefusal, SecondFactorRefusal))]
pub(super) async fn delete_account_second_factor(
    caller: Caller<ManageAccounts>,
    Path(id): Path<Id>,
) -> Result<StatusCode, Problem> {
    take_away(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
