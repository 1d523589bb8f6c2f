use axum::Json;
use database::Moment;
use sea_orm::{PaginatorTrait, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use super::{demand, factor, recovery};
use crate::{Caller, Context, Problem, permission::LoggedIn};

/// How one's own second factor stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorView {
    /// When the authenticator was set up; absent if there is none.
    pub set_at: Option<Moment>,
    /// Recovery codes that are left.
    pub recovery_left: u64,
    /// Whether the rulebook asks for it.
    pub required: bool,
}

/// How the caller's second factor stands.
async fn show(caller: &Context) -> Result<SecondFactorView, Problem> {
    let account = caller.account()?;
    let found = factor::Entity::find_by_id(account).one(caller.read()).await?;
    let left = recovery::Entity::find()
        .filter(recovery::Column::AccountId.eq(account))
        .filter(recovery::Column::UsedAt.is_null());
    Ok(SecondFactorView {
        set_at: found.filter(|one| one.secret.is_some()).and_then(|one| one.set_at),
        recovery_left: left.count(caller.read()).await?,
        required: demand::is_required(caller.read(), caller, account).await?,
    })
}

/// 自己的动态口令
#[utoipa::path(get, path = "/session/second-factor", tag = "access", operation_id = "show_second_factor",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 200, body = SecondFactorView)))]
pub(super) async fn get_second_factor(caller: Caller<LoggedIn>) -> Result<Json<SecondFactorView>, Problem> {
    Ok(Json(show(&caller).await?))
}
