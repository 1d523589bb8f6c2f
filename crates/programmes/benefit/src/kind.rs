//! The editable list of kinds of benefits, each with the kind of fact that it counts as.

pub mod keep;

use axum::Json;
use database::Connection;
use kernel::{Caller, Problem};
use sea_orm::{QueryOrder, entity::prelude::*};

use crate::{
    permissions::SeeOffers,
    tables::kind::{Column, Entity, Model},
};

/// The kind with this code.
///
/// # Errors
/// 404 if there is none.
pub async fn get(conn: &Connection, code: &str) -> Result<Model, Problem> {
    Entity::find_by_id(code.to_owned()).one(conn).await?.ok_or_else(Problem::not_found)
}

/// All kinds, in their order.
///
/// # Errors
/// A fault of the database.
pub async fn all(conn: &Connection) -> Result<Vec<Model>, Problem> {
    Ok(Entity::find().order_by_asc(Column::Sort).order_by_asc(Column::Code).all(conn).await?)
}

/// 普惠服务种类
#[utoipa::path(
    get, path = "/benefit-kinds", tag = "benefit", operation_id = "list_benefit_kinds",
    extensions(("x-permission" = json!("benefit.view"))), responses((status = 200, body = Vec<Model>)),
)]
pub async fn get_kinds(caller: Caller<SeeOffers>) -> Result<Json<Vec<Model>>, Problem> {
    all(caller.read()).await.map(Json)
}
