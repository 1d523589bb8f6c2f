//! One's own log-ins: on which devices one is logged in, and ending what was left open elsewhere (ASVS 5.0, 7.4.5 and 7.5.2).

use axum::{Json, http::HeaderMap};
use database::{Connection, Moment, Unit};
use sea_orm::{QueryOrder, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    accounts,
    session::{Column, Entity, Model},
    sessions,
};
use crate::{Actor, Caller, Context, Problem, permission::LoggedIn};

/// Signs of a key's hash that name a log-in to its owner.
const NAMED_BY: usize = 16;

/// A log-in of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnLogIn {
    /// Names it; opens nothing.
    pub id: String,
    /// The device, in words.
    pub device: String,
    /// When it began.
    pub begun_at: Moment,
    /// When it was last used, to the minute.
    pub used_at: Moment,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Which log-ins end.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct EndLogIns {
    /// This one; without it all but the one that asks.
    #[schema(max_length = 16)]
    pub id: Option<String>,
}

fn named(hash: &str) -> &str {
    hash.get(..NAMED_BY).unwrap_or(hash)
}

fn own(context: &Context) -> Result<Select<Entity>, Problem> {
    match context.actor() {
        Actor::Officer { account } => Ok(Entity::find().filter(Column::AccountId.eq(*account))),
        Actor::Worker { person } => Ok(Entity::find().filter(Column::PersonId.eq(*person))),
        _ => Err(Problem::forbidden()),
    }
}

async fn lasting(conn: &Connection, context: &Context) -> Result<Vec<Model>, Problem> {
    let found = own(context)?.order_by_desc(Column::UsedAt).all(conn).await?;
    Ok(found.into_iter().filter(|session| sessions::holds(session, context.now())).collect())
}

fn views(lasting: Vec<Model>, secret: Option<&str>) -> Vec<OwnLogIn> {
    let current = secret.map(sessions::hash);
    let view = |one: Model| OwnLogIn {
        id: named(&one.hash).to_owned(),
        device: one.device.unwrap_or_else(|| "未知设备".to_owned()),
        begun_at: one.begun_at,
        used_at: one.used_at,
        current: current.as_ref() == Some(&one.hash),
    };
    lasting.into_iter().map(view).collect()
}

/// The caller's log-ins that hold, the last used first; `secret` is the one that asks.
///
/// # Errors
/// 403 for another system.
pub async fn list(caller: &Caller<LoggedIn>, secret: Option<&str>) -> Result<Vec<OwnLogIn>, Problem> {
    Ok(views(lasting(caller.read(), caller).await?, secret))
}

/// Ends log-ins of the caller, but never the one that asks; answers those that are left.
///
/// # Errors
/// 403 for another system.
pub async fn end(caller: &Caller<LoggedIn>, input: &EndLogIns, secret: Option<&str>) -> Result<Vec<OwnLogIn>, Problem> {
    let left = caller.unit(|unit| async move {
        let current = secret.map(sessions::hash);
        let ended = |one: &&Model| {
            Some(&one.hash) != current.as_ref() && input.id.as_ref().is_none_or(|id| named(&one.hash) == id)
        };
        let lasting = lasting(&unit, caller).await?;
        let hashes: Vec<String> = lasting.iter().filter(ended).map(|one| one.hash.clone()).collect();
        close(&unit, caller, hashes).await?;
        Ok(views(self::lasting(&unit, caller).await?, secret))
    });
    left.await
}

async fn close(unit: &Unit, caller: &Context, hashes: Vec<String>) -> Result<(), Problem> {
    let number = hashes.len();
    Entity::delete_many().filter(Column::Hash.is_in(hashes)).exec(unit).await?;
    if let (Actor::Officer { account }, 1..) = (caller.actor(), number) {
        let detail = serde_json::json!({ "log_ins": number });
        accounts::record(unit, caller, "session.end_others", *account, None, detail).await?;
    }
    Ok(())
}

/// 我的登录设备
#[utoipa::path(get, path = "/session/log-ins", tag = "access", operation_id = "list_own_log_ins",
    extensions(("x-permission" = json!("logged_in"))), responses((status = 200, body = Vec<OwnLogIn>)))]
pub(super) async fn get_log_ins(caller: Caller<LoggedIn>, headers: HeaderMap) -> Result<Json<Vec<OwnLogIn>>, Problem> {
    list(&caller, sessions::sent(caller.house(), &headers).as_deref()).await.map(Json)
}

/// 退出其他设备上的登录
#[utoipa::path(post, path = "/session/log-ins/end", tag = "access", operation_id = "end_own_log_ins",
    extensions(("x-permission" = json!("logged_in"))), request_body = EndLogIns,
    responses((status = 200, body = Vec<OwnLogIn>)))]
pub(super) async fn post_end(
    caller: Caller<LoggedIn>,
    headers: HeaderMap,
    Json(input): Json<EndLogIns>,
) -> Result<Json<Vec<OwnLogIn>>, Problem> {
    end(&caller, &input, sessions::sent(caller.house(), &headers).as_deref()).await.map(Json)
}
