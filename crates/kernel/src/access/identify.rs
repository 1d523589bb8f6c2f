use axum::http::{HeaderMap, Method, header, request::Parts};
use database::{Connection, Id};
use sea_orm::entity::prelude::*;

use super::{Identity, account, grant, role, sessions, token, tokens};
use crate::{Actor, House, Problem, caller::Asker};

/// Finds out who is calling, from the bearer token or the session cookie. Nothing is cached: a changed right holds from
/// the next request.
///
/// # Errors
/// 403 for a request that another site may have forged: one that changes something, by cookie, without the header that
/// only this program's pages send. No browser sends a bearer token by itself, so with one the header is not asked for.
pub async fn identify(house: &House, parts: &Parts) -> Result<Identity, Problem> {
    let nobody = Identity { actor: Actor::Nobody, grants: Vec::new() };
    let reader = house.database().reader();
    if let Some(secret) = bearer(&parts.headers) {
        return Ok(other_system(house, reader, secret).await?.unwrap_or(nobody));
    }
    let Some(secret) = sessions::sent(house, &parts.headers) else { return Ok(nobody) };
    let Some(session) = sessions::current(house, &secret, is_use(&parts.headers)).await? else { return Ok(nobody) };
    let actor = match (session.account_id, session.person_id) {
        (Some(account), _) => Actor::Officer { account },
        (None, Some(person)) => Actor::Worker { person },
        (None, None) => return Ok(nobody),
    };
    Asker::note(parts, &actor);
    let harmless = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if !harmless && !parts.headers.contains_key("x-niangjia") {
        return Err(Problem::new(403, "forged", "请求来源不明，请从娘家的页面重新操作。"));
    }
    match actor {
        Actor::Officer { account } => {
            let grants = of_account(reader, account).await?;
            Ok(grants.map_or(nobody, |grants| Identity { actor, grants }))
        }
        actor => Ok(Identity { actor, grants: Vec::new() }),
    }
}

/// Whether somebody is there who asks: a page says so when nobody touches it, and a live page's stream opens itself again.
fn is_use(headers: &HeaderMap) -> bool {
    let is_stream = headers.get(header::ACCEPT).is_some_and(|kind| kind == "text/event-stream");
    !is_stream && !headers.contains_key("x-niangjia-idle")
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(secret.trim())
}

async fn other_system(house: &House, reader: &Connection, secret: &str) -> Result<Option<Identity>, Problem> {
    let Some(token) = tokens::current(house, reader, secret).await? else { return Ok(None) };
    let grants = of_token(reader, &token).await?;
    Ok(Some(Identity { actor: Actor::Token { token: token.id }, grants }))
}

/// Permission code and place, one for each permission of a token's role.
///
/// # Errors
/// A fault of the database.
pub(super) async fn of_token(conn: &Connection, token: &token::Model) -> Result<Vec<(String, Id)>, Problem> {
    let role = role::Entity::find_by_id(token.role_id).one(conn).await?;
    Ok(role.iter().flat_map(|role| at(role, token.organisation_id)).collect())
}

/// The [`grants`] of an account that is in use.
///
/// # Errors
/// A fault of the database.
pub(super) async fn of_account(conn: &Connection, account: Id) -> Result<Option<Vec<(String, Id)>>, Problem> {
    let enabled = account::Entity::find_by_id(account).one(conn).await?.is_some_and(|account| account.enabled);
    if enabled { grants(conn, account).await.map(Some) } else { Ok(None) }
}

/// Permission code and place, one for each permission of each role that an account holds.
///
/// # Errors
/// A fault of the database.
pub(super) async fn grants(conn: &Connection, account: Id) -> Result<Vec<(String, Id)>, Problem> {
    let held = grant::Entity::find()
        .filter(grant::Column::AccountId.eq(account))
        .find_also_related(role::Entity)
        .all(conn)
        .await?;
    let grants = held.iter().filter_map(|(grant, role)| role.as_ref().map(|role| (grant, role)));
    Ok(grants.flat_map(|(grant, role)| at(role, grant.organisation_id)).collect())
}

fn at(role: &role::Model, place: Id) -> impl Iterator<Item = (String, Id)> {
    role.permissions.split_whitespace().map(move |code| (code.to_owned(), place))
}
