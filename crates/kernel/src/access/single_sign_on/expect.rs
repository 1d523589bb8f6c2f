//! A security administrator writes down whom the provider must name for somebody's account. Who does so opens a way into
//! it, so he must be able to hand out all that the account holds.

use axum::{Json, extract::Path, http::StatusCode};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{ActiveModel, Column, Entity, ProviderRefusal};
use crate::{
    Caller, Id, Problem,
    access::{
        accounts::{self, AccountRefusal},
        permissions::ManageAccounts,
    },
};

/// Whom the provider must name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ExpectedForm {
    /// The e-mail address that the provider has checked; the first sign-in with it binds the subject for good.
    #[schema(min_length = 3, max_length = 200)]
    pub email: String,
}

/// Writes down the address that opens an account at the next sign-in; a binding that there was ends.
///
/// # Errors
/// 404; 422 for what is no address or another account's; those of resetting a password.
pub async fn expect(caller: &Caller<ManageAccounts>, id: Id, input: &ExpectedForm) -> Result<(), Problem> {
    let email = &codes::text::plain(&input.email).trim().to_lowercase();
    caller
        .unit(|unit| async move {
            let (_, held) = accounts::get_mine_to_reset(&unit, caller, id).await?;
            let parts = email.split_once('@').filter(|(name, host)| !name.is_empty() && host.contains('.'));
            if parts.is_none() || email.chars().count() > 200 || email.chars().any(char::is_whitespace) {
                return Err(Problem::field("email", "email", "请填写统一登录里登记的电子邮箱。"));
            }
            let other = Entity::find().filter(Column::Email.eq(email)).filter(Column::AccountId.ne(id));
            if other.one(&unit).await?.is_some() {
                return Err(Problem::field("email", "email_taken", "这个邮箱已登记给另一个账号。"));
            }
            let row = ActiveModel {
                account_id: Set(id),
                issuer: Set(None),
                subject: Set(None),
                email: Set(Some(email.clone())),
                bound_at: Set(None),
            };
            let again = OnConflict::column(Column::AccountId)
                .update_columns([Column::Issuer, Column::Subject, Column::Email, Column::BoundAt])
                .to_owned();
            Entity::insert(row).on_conflict(again).exec_without_returning(&unit).await?;
            let place = held.first().map(|grant| grant.organisation_id);
            accounts::record(&unit, caller, "single_sign_on.expect", id, place, Value::Null).await
        })
        .await
}

async fn loosen(caller: &Caller<ManageAccounts>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let (_, held) = accounts::get_mine_to_reset(&unit, caller, id).await?;
            if Entity::delete_by_id(id).exec(&unit).await?.rows_affected == 0 {
                return Err(ProviderRefusal::NotBound.into());
            }
            let place = held.first().map(|grant| grant.organisation_id);
            accounts::record(&unit, caller, "single_sign_on.loosen", id, place, Value::Null).await
        })
        .await
}

/// 登记账号的统一登录邮箱
#[utoipa::path(put, path = "/accounts/{id}/provider", tag = "access", operation_id = "expect_provider",
    extensions(("x-permission" = json!("access.accounts"))), params(("id" = Id, Path)), request_body = ExpectedForm,
    responses((status = 204, description = "已登记，首次统一登录时绑定"), AccountRefusal))]
pub(super) async fn put_account_provider(
    caller: Caller<ManageAccounts>,
    Path(id): Path<Id>,
    Json(input): Json<ExpectedForm>,
) -> Result<StatusCode, Problem> {
    expect(&caller, id, &input).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// 解除账号与统一登录的绑定
#[utoipa::path(delete, path = "/accounts/{id}/provider", tag = "access", operation_id = "loosen_account_provider",
    extensions(("x-permission" = json!("access.accounts"))), params(("id" = Id, Path)),
    responses((status = 204, description = "已解除"), AccountRefusal, ProviderRefusal))]
pub(super) async fn delete_account_provider(
    caller: Caller<ManageAccounts>,
    Path(id): Path<Id>,
) -> Result<StatusCode, Problem> {
    loosen(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
