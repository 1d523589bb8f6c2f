//! Who may advise at a station's desk: accounts of the house that hold the right to, at the station's union or above it.

use std::collections::HashSet;

use axum::{Json, extract::Path};
use database::Connection;
use kernel::{
    Caller, Context, Id, Problem,
    access::{account, grant, role},
    organisation::{closure, tree},
    permission::Permission,
};
use sea_orm::{
    Condition, QueryOrder, QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::{Advise, KeepStations},
    register::view::in_scope,
    tables::{desk, station},
};

/// Somebody who may advise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeskAdviser)]
pub struct Adviser {
    /// The account's key.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// The roles that give the right to advise.
async fn roles(conn: &Connection) -> Result<Vec<Id>, Problem> {
    let advise = |role: &role::Model| role.permissions.split(' ').any(|code| code == Advise::CODE);
    Ok(role::Entity::find().all(conn).await?.into_iter().filter(advise).map(|role| role.id).collect())
}

/// The grants of that right by which somebody may advise: his account may be used.
async fn held(conn: &Connection) -> Result<Select<grant::Entity>, Problem> {
    let enabled = account::Entity::find().select_only().column(account::Column::Id);
    let enabled = enabled.filter(account::Column::Enabled.eq(true)).into_query();
    Ok(grant::Entity::find()
        .filter(grant::Column::RoleId.is_in(roles(conn).await?))
        .filter(grant::Column::AccountId.in_subquery(enabled)))
}

/// Of those who advise at some desks, each told with the union of a desk's station, whoever may do so there still: his account
/// may be used, and he holds the right at that union or above it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn seated(
    conn: &Connection,
    desks: impl IntoIterator<Item = (Id, Id)>,
) -> Result<HashSet<(Id, Id)>, Problem> {
    let desks: Vec<(Id, Id)> = desks.into_iter().collect();
    let held = held(conn).await?.filter(grant::Column::AccountId.is_in(desks.iter().map(|(adviser, _)| *adviser)));
    let held = held.all(conn).await?;
    let below = closure::Entity::find()
        .filter(closure::Column::Ancestor.is_in(held.iter().map(|grant| grant.organisation_id)))
        .filter(closure::Column::Descendant.is_in(desks.iter().map(|(_, union)| *union)))
        .all(conn)
        .await?;
    let below: HashSet<(Id, Id)> = below.into_iter().map(|pair| (pair.ancestor, pair.descendant)).collect();
    let may = |(adviser, union): &(Id, Id)| {
        held.iter().any(|grant| grant.account_id == *adviser && below.contains(&(grant.organisation_id, *union)))
    };
    Ok(desks.into_iter().filter(may).collect())
}

/// The filter for desks that are not closed and at which nobody advises: whoever did may do so there no more.
///
/// # Errors
/// A fault of the database.
pub(super) async fn vacant(conn: &Connection) -> Result<Condition, Problem> {
    let its = Expr::col((station::Entity, station::Column::Id)).equals((desk::Entity, desk::Column::StationId));
    let union = station::Entity::find().select_only().column(station::Column::OrganisationId).filter(its);
    let above = closure::Entity::find().select_only().column(closure::Column::Ancestor);
    let above = above.filter(closure::Column::Descendant.in_subquery(union.into_query()));
    let held = held(conn).await?.filter(grant::Column::OrganisationId.in_subquery(above.into_query()));
    let held = held.select_only().column(grant::Column::AccountId);
    let nobody = desk::Column::AdviserId.not_in_subquery(held.into_query());
    Ok(Condition::all().add(desk::Column::Closed.is_null()).add(nobody))
}

/// Those in the caller's scope who may advise at a station, by name.
///
/// # Errors
/// A fault of the database.
pub(super) async fn who_may(
    conn: &Connection,
    context: &Context,
    station: &station::Model,
) -> Result<Vec<Adviser>, Problem> {
    let roles = roles(conn).await?;
    let above: Vec<Id> = tree::path(conn, station.organisation_id).await?.iter().map(|place| place.id).collect();
    let held = grant::Entity::find()
        .select_only()
        .column(grant::Column::AccountId)
        .filter(grant::Column::RoleId.is_in(roles))
        .filter(grant::Column::OrganisationId.is_in(above))
        .filter(context.scope().within((grant::Entity, grant::Column::OrganisationId)));
    let found = account::Entity::find()
        .filter(account::Column::Enabled.eq(true))
        .filter(account::Column::Id.in_subquery(held.into_query()))
        .order_by_asc(account::Column::Name)
        .order_by_asc(account::Column::Id)
        .all(conn)
        .await?;
    Ok(found.into_iter().map(|one| Adviser { id: one.id, name: one.name }).collect())
}

/// 可在驿站担任咨询人员的账号
#[utoipa::path(
    get, path = "/stations/{id}/desk-advisers", tag = "station", operation_id = "list_station_desk_advisers",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), responses((status = 200, body = Vec<Adviser>)),
)]
pub async fn get_advisers(caller: Caller<KeepStations>, Path(id): Path<Id>) -> Result<Json<Vec<Adviser>>, Problem> {
    let station = in_scope(caller.read(), &caller, id).await?;
    who_may(caller.read(), &caller, &station).await.map(Json)
}
