//! One's own binding to the unit's sign-in. Binding opens another way in, so it takes the same proof as a new phone.

use axum::{Json, http::StatusCode, response::Response};
use database::Moment;
use sea_orm::EntityTrait;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Entity, ProviderRefusal, depart};
use crate::{
    Caller, Context, Problem,
    access::{
        accounts,
        second_factor::{ProofForm, prove},
    },
    permission::LoggedIn,
};

/// How one's own account stands to the unit's sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct BindingView {
    /// Since when it is bound; absent if it is not.
    pub bound_at: Option<Moment>,
}

async fn show(caller: &Context) -> Result<BindingView, Problem> {
    let account = caller.account()?;
    let found = Entity::find_by_id(account).one(caller.read()).await?;
    Ok(BindingView { bound_at: found.and_then(|bound| bound.bound_at) })
}

async fn loosen(caller: &Context) -> Result<(), Problem> {
    let account = caller.account()?;
    caller
        .unit(|unit| async move {
            if Entity::delete_by_id(account).exec(&unit).await?.rows_affected > 0 {
                accounts::record(&unit, caller, "single_sign_on.loosen", account, None, Value::Null).await?;
            }
            Ok(())
        })
        .await
}

/// 自己与统一登录的绑定
#[utoipa::path(get, path = "/session/provider/binding", tag = "access", operation_id = "show_binding",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 200, body = BindingView)))]
pub(super) async fn get_binding(caller: Caller<LoggedIn>) -> Result<Json<BindingView>, Problem> {
    Ok(Json(show(&caller).await?))
}

/// 把自己的账号绑定到统一登录
#[utoipa::path(post, path = "/session/provider/binding", tag = "access", operation_id = "bind_provider",
    extensions(("x-permission" = json!("logged_in"))), request_body = ProofForm,
    responses((status = 200, body = depart::Departure), ProviderRefusal))]
pub(super) async fn post_binding(caller: Caller<LoggedIn>, Json(input): Json<ProofForm>) -> Result<Response, Problem> {
    caller.house().limits().log_ins.by_address(&caller)?;
    let account = prove(&caller, &input).await?;
    depart::depart(&caller, Some(account)).await
}

/// 解除自己与统一登录的绑定
#[utoipa::path(delete, path = "/session/provider/binding", tag = "access", operation_id = "loosen_provider",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 204, description = "已解除")))]
pub(super) async fn delete_binding(caller: Caller<LoggedIn>) -> Result<StatusCode, Problem> {
    loosen(&caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
