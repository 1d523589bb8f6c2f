//! My union: who it is, whom to call, and who stands above it.

use axum::Json;
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Problem, ledger,
    organisation::{self, tree},
    permission::Oneself,
};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use super::membership;
use crate::{event::view::NamedUnion, programme::MEMBERSHIP};

kernel::refusals! {
    /// Why there is no union to show.
    pub enum UnionRefusal {
        /// Not a member.
        None = 409 "no_union" "您还没有加入工会，可扫描入会活动的二维码，或联系所在地工会。",
    }
}

/// My union.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyUnion {
    /// The key.
    pub id: Id,
    /// The name.
    pub name: String,
    /// The chair.
    pub chair: Option<String>,
    /// The public contact number.
    pub contact: Option<String>,
    /// The day it was founded.
    pub founded_on: Option<NaiveDate>,
    /// The unions above it, the highest first.
    pub path: Vec<NamedUnion>,
    /// How many members it has today; for its members.
    pub members: Option<i64>,
}

/// Shows my union.
///
/// # Errors
/// [`UnionRefusal`].
pub async fn show(caller: &Caller<Oneself>) -> Result<MyUnion, Problem> {
    let conn = caller.read();
    let member = membership(conn, caller.person()?).await?.ok_or(UnionRefusal::None)?;
    let union = organisation::Entity::find_by_id(member.organisation_id).one(conn).await?;
    let union = union.ok_or_else(Problem::not_found)?;
    // A member may know how many his union has, and nothing beyond it. Whom to call may know whoever asked to join or left, too.
    let lent = caller.lent(vec![union.id]);
    let members = if member.state.is_member() {
        Some(ledger::balance(&lent, union.id, &[MEMBERSHIP], &[], caller.today()).await?)
    } else {
        None
    };
    let above = tree::path(conn, union.id).await?.into_iter().filter(|upper| upper.id != union.id);
    Ok(MyUnion {
        path: above.map(|upper| NamedUnion { id: upper.id, name: upper.name }).collect(),
        id: union.id,
        name: union.name,
        chair: union.chair,
        contact: union.contact,
        founded_on: union.founded_on,
        members,
    })
}

/// 我的工会
#[utoipa::path(
    get, path = "/me/union", tag = "me", operation_id = "my_union",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = MyUnion), UnionRefusal),
)]
pub async fn get_union(caller: Caller<Oneself>) -> Result<Json<MyUnion>, Problem> {
    show(&caller).await.map(Json)
}
