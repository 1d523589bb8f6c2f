//! How far the rotation of the key is, and what can't be opened, for the security administrator of the whole house.

use axum::{Json, extract::Query};
use database::{Connection, Id, Moment};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{damage, follow, tables};
use crate::{
    Caller, Page, Problem,
    access::{Actors, permissions::ManageKeys},
    listing::Paging,
    organisation::tree,
};

crate::refusals! {
    /// Why somebody who may look after keys may not here.
    pub enum KeyRefusal {
        /// The keys are the whole house's.
        Below = 403 "keys_above" "密钥是全库共用的，由最上级工会的安全管理员处理，请联系上级工会。",
    }
}

/// How far the rotation of the key is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyStanding {
    /// The newest version.
    pub version: u16,
    /// When it was announced.
    pub made_at: Option<Moment>,
    /// When all that was not set aside was sealed under it; absent while that is under way.
    pub done_at: Option<Moment>,
    /// How many values can't be opened and hold the end up.
    pub unopened: u64,
}

/// A sealed value that can't be opened, by its place; what it says nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnopenedValue {
    /// The key.
    pub id: Id,
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// The row's key; of two parts, with a stroke in between.
    pub row: String,
    /// The version of the key that its bytes name, if they name one still.
    pub sealed_under: Option<i32>,
    /// When it was found.
    pub found_at: Moment,
    /// When it was set aside.
    pub set_aside_at: Option<Moment>,
    /// By whom.
    pub set_aside_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Refuses whoever does not look after the whole house.
pub(super) async fn whole(conn: &Connection, caller: &Caller<ManageKeys>) -> Result<(), Problem> {
    if tree::is_whole(conn, caller.scope()).await? { Ok(()) } else { Err(KeyRefusal::Below.into()) }
}

/// How far the rotation is.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn standing(caller: &Caller<ManageKeys>) -> Result<KeyStanding, Problem> {
    let conn = caller.read();
    whole(conn, caller).await?;
    let newest = tables::Entity::find().order_by_desc(tables::Column::Version).one(conn).await?;
    Ok(KeyStanding {
        version: newest.as_ref().map_or_else(|| caller.house().keyring().current(), follow::number),
        made_at: newest.as_ref().map(|newest| newest.made_at),
        done_at: newest.and_then(|newest| newest.done_at),
        unopened: damage::unopened(conn).await?,
    })
}

/// What can't be opened, the first found first; with what was set aside.
///
/// # Errors
/// [`KeyRefusal`].
pub async fn list(caller: &Caller<ManageKeys>, paging: &Paging) -> Result<Page<UnopenedValue>, Problem> {
    let conn = caller.read();
    whole(conn, caller).await?;
    let page = paging.oldest_first(conn, damage::Entity::find(), damage::Column::Id, |row| row.id).await?;
    let actors = Actors::of(conn, page.items.iter().filter_map(|row| row.set_aside_by.as_deref())).await?;
    Ok(page.map(|row| UnopenedValue {
        row: row.row(),
        id: row.id,
        table: row.in_table,
        column: row.in_column,
        sealed_under: row.sealed_under,
        found_at: row.found_at,
        set_aside_at: row.set_aside_at,
        set_aside_by: row.set_aside_by.as_deref().map(|word| actors.label(word)),
        reason: row.reason,
    }))
}

/// 密钥轮换情况
#[utoipa::path(get, path = "/keys", tag = "access", operation_id = "show_keys",
    extensions(("x-permission" = json!("access.keys"))),
    responses((status = 200, body = KeyStanding), KeyRefusal))]
pub(super) async fn show_keys(caller: Caller<ManageKeys>) -> Result<Json<KeyStanding>, Problem> {
    Ok(Json(standing(&caller).await?))
}

/// 无法解密的数据
#[utoipa::path(get, path = "/keys/unopened", tag = "access", operation_id = "list_unopened_values",
    extensions(("x-permission" = json!("access.keys"))), params(Paging),
    responses((status = 200, body = Page<UnopenedValue>), KeyRefusal))]
pub(super) async fn list_unopened(
    caller: Caller<ManageKeys>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<UnopenedValue>>, Problem> {
    Ok(Json(list(&caller, &paging).await?))
}
