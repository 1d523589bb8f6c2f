use axum::{Json, http::StatusCode, response::IntoResponse};
use database::Unit;
use sea_orm::{EntityTrait, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AccountForm, AccountView, GrantRefusal, grants, record, user_name, view};
use crate::{
    Caller, Id, Problem,
    access::{account, numbers, password, permissions::ManageAccounts},
    etag, problem,
};

/// A new account.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct NewAccount {
    /// What is typed to log in: small letters, digits, `.`, `_` and `-`.
    #[schema(min_length = 3, max_length = 60)]
    pub username: String,
    /// The password for the first log-in, at which it must be changed.
    pub password: String,
    /// The officer and his roles.
    #[serde(flatten)]
    pub form: AccountForm,
}

/// Makes an account with roles that the caller may hand out.
///
/// # Errors
/// 422; [`GrantRefusal`] and those of handing out.
pub async fn create(caller: &Caller<ManageAccounts>, input: &NewAccount) -> Result<AccountView, Problem> {
    let (username, form) = (username(&input.username)?, &normal(&input.form)?);
    if form.grants.is_empty() {
        return Err(GrantRefusal::NoRole.into());
    }
    let places: Vec<Id> = form.grants.iter().map(|grant| grant.organisation_id).collect();
    let numbers = numbers::at(caller.read(), caller, &places).await?;
    password::check("password", &input.password, numbers.length, [&username, &form.name])?;
    let row = &account::Model {
        id: caller.id(),
        username,
        name: form.name.clone(),
        password: password::hash(input.password.clone(), caller.house().ambient().bytes()).await?,
        password_set_at: caller.now().into(),
        failures: 0,
        first_failure_at: None,
        locked_until: None,
        enabled: true,
        must_change: true,
        version: 1,
        last_log_in_at: None,
    };
    caller
        .unit(|unit| async move {
            free(&unit, &row.username).await?;
            account::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            grants::replace(&unit, caller, row.id, &[], &form.grants).await?;
            let place = form.grants.first().map(|grant| grant.organisation_id);
            let detail = serde_json::json!({ "grants": form.grants });
            record(&unit, caller, "accounts.create", row.id, place, detail).await?;
            view::view(&unit, caller, row.clone()).await
        })
        .await
}

/// The form with a tidy name.
pub(super) fn normal(form: &AccountForm) -> Result<AccountForm, Problem> {
    let name = problem::name("name", &form.name, 2..=50, "姓名请填写 2 至 50 个字。")?;
    Ok(AccountForm { name, grants: form.grants.clone() })
}

fn username(typed: &str) -> Result<String, Problem> {
    let username = user_name(typed);
    let plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "._-".contains(sign);
    if (3..=60).contains(&username.len()) && username.chars().all(plain) {
        return Ok(username);
    }
    let message = "用户名请用 3 至 60 个小写字母、数字或 . _ - 组成。".to_owned();
    Err(Problem::field("username", "username", message))
}

async fn free(unit: &Unit, username: &str) -> Result<(), Problem> {
    match account::Entity::find().filter(account::Column::Username.eq(username)).one(unit).await? {
        None => Ok(()),
        Some(_) => Err(Problem::field("username", "username_taken", "这个用户名已被使用，请换一个。")),
    }
}

/// 新建账号
#[utoipa::path(post, path = "/accounts", tag = "access", operation_id = "create_account",
    extensions(("x-permission" = json!("access.accounts"))), request_body = NewAccount,
    responses((status = 201, body = AccountView), GrantRefusal))]
pub(super) async fn create_account(
    caller: Caller<ManageAccounts>,
    Json(input): Json<NewAccount>,
) -> Result<impl IntoResponse, Problem> {
    let account = create(&caller, &input).await?;
    Ok((StatusCode::CREATED, etag::etag(account.version), Json(account)))
}
