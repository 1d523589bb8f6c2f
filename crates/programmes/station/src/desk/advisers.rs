//! Who may advise at a station's desk: accounts of the house that hold the right to, at the station's union or above it.

use axum::{Json, extract::Path};
use database::Connection;
use kernel::{
    Caller, Context, Id, Problem,
    access::{account, grant, role},
    organisation::tree,
    permission::Permission,
};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    permissions::{Advise, KeepStations},
    register::view::in_scope,
    tables::station,
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

/// The accounts of those who may log in: nobody sits at the desk of anybody else.
pub(super) fn seated() -> Select<account::Entity> {
    account::Entity::find().select_only().column(account::Column::Id).filter(account::Column::Enabled.eq(true))
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
    let roles = role::Entity::find().all(conn).await?.into_iter();
    let advise = |role: &role::Model| role.permissions.split(' ').any(|code| code == Advise::CODE);
    let roles: Vec<Id> = roles.filter(advise).map(|role| role.id).collect();
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
