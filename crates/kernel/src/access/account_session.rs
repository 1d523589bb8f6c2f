use axum::Json;
use database::Id;
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    account, accounts, change_password, log_in, own_log_ins, roles, second_factor, single_sign_on, token, tokens,
    worker,
};
use crate::{Actor, Caller, House, Problem, organisation, permission::LoggedIn, person};

/// Who is logged in, and what he may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// `officer`, `worker` or `token`.
    pub kind: &'static str,
    /// An officer's account: what he leaves on a device is his alone.
    pub account: Option<Id>,
    /// The name: an officer's own, a worker's masked.
    pub name: String,
    /// The organisations below which he holds a role.
    pub organisations: Vec<Place>,
    /// The permissions he holds anywhere, for the menu; each request is checked anew.
    pub permissions: Vec<String>,
    /// Whether this is the demo.
    pub demo: bool,
}

/// An organisation at which a role is held.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    /// The key.
    pub id: Id,
    /// The code.
    pub code: String,
    /// The name.
    pub name: String,
    /// Where it stands.
    pub level: organisation::Level,
}

/// 当前登录
#[utoipa::path(
    get, path = "/session", tag = "access",
    extensions(("x-permission" = json!("logged_in"))),
    responses((status = 200, body = Session)),
)]
pub async fn get_session(caller: Caller<LoggedIn>) -> Result<Json<Session>, Problem> {
    let (kind, name) = match caller.actor() {
        Actor::Officer { account } => {
            let found = account::Entity::find_by_id(*account).one(caller.read()).await?;
            ("officer", found.map(|account| account.name).unwrap_or_default())
        }
        Actor::Worker { person } => ("worker", person::masked(caller.read(), &caller, [*person]).await?.name(*person)),
        Actor::Token { token } => {
            let found = token::Entity::find_by_id(*token).one(caller.read()).await?;
            ("token", found.map(|token| token.name).unwrap_or_default())
        }
        Actor::Nobody | Actor::System { .. } => return Err(Problem::unauthenticated()),
    };
    let roots = caller.scope().roots().unwrap_or_default().to_vec();
    let query = organisation::Entity::find().filter(organisation::Column::Id.is_in(roots));
    let places = query.all(caller.read()).await?;
    let organisations =
        places.into_iter().map(|one| Place { id: one.id, code: one.code, name: one.name, level: one.level }).collect();
    Ok(Json(Session {
        kind,
        account: caller.account().ok(),
        name,
        organisations,
        permissions: caller.permissions().to_vec(),
        demo: caller.house().settings().demo,
    }))
}

/// The use cases of access over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(get_session, log_in::post_session, log_in::delete_session))
        .routes(routes!(own_log_ins::get_log_ins))
        .routes(routes!(own_log_ins::post_end))
        .routes(routes!(change_password::post_password))
        .routes(routes!(change_password::post_expired_password))
        .routes(routes!(worker::post_code))
        .routes(routes!(worker::post_session))
        .merge(second_factor::routes())
        .merge(single_sign_on::routes())
        .merge(roles::routes())
        .merge(accounts::routes())
        .merge(tokens::routes())
}
