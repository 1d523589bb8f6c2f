use axum::http::{Method, request::Parts};
use database::{Id, Reader};
use sea_orm::entity::prelude::*;

use super::{Identity, account, grant, role, sessions};
use crate::{Actor, House, Problem};

/// Finds out who is calling, from the session cookie. Nothing is cached: a changed right holds from the next request.
///
/// # Errors
/// 403 for a request that another site may have forged: one that changes something, by cookie, without the header that
/// only this program's pages send.
pub async fn identify(house: &House, parts: &Parts) -> Result<Identity, Problem> {
    let nobody = Identity { actor: Actor::Nobody, grants: Vec::new() };
    let Some(secret) = sessions::sent(&parts.headers) else { return Ok(nobody) };
    let reader = house.database().reader();
    let Some(session) = sessions::current(house, reader, &secret).await? else { return Ok(nobody) };
    let harmless = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    if !harmless && !parts.headers.contains_key("x-niangjia") {
        return Err(Problem::new(403, "forged", "请求来源不明，请从娘家的页面重新操作。"));
    }
    match (session.account_id, session.person_id) {
        (Some(account), _) => officer(reader, account).await.map(|found| found.unwrap_or(nobody)),
        (None, Some(person)) => Ok(Identity { actor: Actor::Worker { person }, grants: Vec::new() }),
        (None, None) => Ok(nobody),
    }
}

async fn officer(reader: &Reader, account: Id) -> Result<Option<Identity>, Problem> {
    let enabled = account::Entity::find_by_id(account).one(reader).await?.is_some_and(|account| account.enabled);
    if !enabled {
        return Ok(None);
    }
    let held = grant::Entity::find()
        .filter(grant::Column::AccountId.eq(account))
        .find_also_related(role::Entity)
        .all(reader)
        .await?;
    let grants = held.into_iter().flat_map(|(grant, role)| {
        let permissions = role.map(|role| role.permissions).unwrap_or_default();
        let codes: Vec<_> =
            permissions.split_whitespace().map(|code| (code.to_owned(), grant.organisation_id)).collect();
        codes
    });
    Ok(Some(Identity { actor: Actor::Officer { account }, grants: grants.collect() }))
}
