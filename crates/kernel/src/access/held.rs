//! What somebody may do by another permission than the one by which he calls, or while he does not call himself.

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::entity::prelude::*;

use super::{identify, token};
use crate::Problem;

/// Where somebody, named by [`Actor::word`](crate::Actor::word), holds the permission of this code today; nothing for the program
/// itself, which may everywhere. A token holds what its role gives, as an account does.
///
/// # Errors
/// A fault of the database.
pub async fn places_held(
    conn: &Connection,
    today: NaiveDate,
    actor: &str,
    code: &str,
) -> Result<Option<Vec<Id>>, Problem> {
    let Some((kind, key)) = actor.split_once(':') else { return Ok(Some(Vec::new())) };
    let held = match (kind, key.parse::<Id>()) {
        ("system", _) => return Ok(None),
        ("officer", Ok(account)) => identify::of_account(conn, account).await?.unwrap_or_default(),
        ("token", Ok(token)) => {
            let query = token::Entity::find_by_id(token).filter(token::Column::RevokedAt.is_null());
            match query.filter(token::Column::ExpiresOn.gte(today)).one(conn).await? {
                Some(token) => identify::of_token(conn, &token).await?,
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    Ok(Some(held.into_iter().filter(|(held, _)| held == code).map(|(_, place)| place).collect()))
}
