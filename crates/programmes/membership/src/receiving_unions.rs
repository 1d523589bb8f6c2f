//! Finding the union that a member moves on to: it may be any, also one that his officer sees nothing else of.

use axum::{Json, extract::Query};
use kernel::{
    Caller, Id, Problem,
    listing::by_name_or_code,
    organisation::{self, tree},
};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::permissions::TransferMembers;

/// Unions that are shown.
const MOST: u64 = 20;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UnionSought {
    /// Part of the name, or the beginning of the code; at least two characters.
    pub q: String,
}

/// A union that may take a member in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReceivingUnion {
    /// The key.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// The name of the one above it.
    pub upper: Option<String>,
}

/// Unions that exist, by name or code.
///
/// # Errors
/// A fault of the database.
pub async fn find(caller: &Caller<TransferMembers>, sought: &UnionSought) -> Result<Vec<ReceivingUnion>, Problem> {
    let (conn, text) = (caller.read(), sought.q.trim());
    if text.chars().count() < 2 {
        return Ok(Vec::new());
    }
    let found = organisation::Entity::find()
        .filter(by_name_or_code(organisation::Column::Name, organisation::Column::Code, text))
        .filter(organisation::Column::ClosedOn.is_null())
        .order_by_asc(organisation::Column::Code)
        .limit(MOST)
        .all(conn)
        .await?;
    let keys: Vec<Id> = found.iter().map(|union| union.id).collect();
    let above = tree::parents(conn, &keys).await?;
    let names = tree::names(conn, above.values().copied()).await?;
    let row = |union: organisation::Model| ReceivingUnion {
        upper: above.get(&union.id).and_then(|upper| names.get(upper).cloned()),
        id: union.id,
        name: union.name,
    };
    Ok(found.into_iter().map(row).collect())
}

/// 查找转入工会（不限管辖范围）
#[utoipa::path(
    get, path = "/transfers/receiving-unions", tag = "membership", operation_id = "find_receiving_unions",
    extensions(("x-permission" = json!("membership.transfer"))), params(UnionSought),
    responses((status = 200, body = Vec<ReceivingUnion>)),
)]
pub async fn get_unions(
    caller: Caller<TransferMembers>,
    Query(sought): Query<UnionSought>,
) -> Result<Json<Vec<ReceivingUnion>>, Problem> {
    Ok(Json(find(&caller, &sought).await?))
}
