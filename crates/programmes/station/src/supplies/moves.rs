//! What came to a station's cupboard and what went, thing by thing, the last written down first.

use std::collections::HashMap;

use axum::{
    Json,
    extract::{Path, Query},
};
use database::Connection;
use kernel::{Caller, Context, Id, Moment, Page, Problem, listing::Paging, permission::Oneself};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    duty::station as on_duty,
    permissions::SeeStations,
    register::view::in_scope,
    tables::{
        good, station,
        supply_move::{Column, Entity, Model, Way},
    },
};

/// Something came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationSupplyMove)]
pub struct MoveView {
    /// The key.
    pub id: Id,
    /// What it was, in words.
    pub label: String,
    /// By how much there is more since then; less than nought if it went.
    pub change: i64,
    /// When.
    pub happened_at: Moment,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
    /// Whether it can be taken back still.
    pub can_be_taken_back: bool,
}

/// Of which thing.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MoveFilter {
    /// The thing.
    pub good: Id,
}

/// A thing with its station, if that lies in the caller's scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn find(
    conn: &Connection,
    context: &Context,
    id: Id,
) -> Result<(good::Model, station::Model), Problem> {
    let row = good::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let station = in_scope(conn, context, row.station_id).await?;
    Ok((row, station))
}

/// What came of a thing and what went.
async fn list(conn: &Connection, good: Id, paging: &Paging) -> Result<Page<MoveView>, Problem> {
    let query = Entity::find().filter(Column::GoodId.eq(good));
    let page = paging.newest_first(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, page.items).await?, next: page.next, total: page.total })
}

async fn views(conn: &Connection, rows: Vec<Model>) -> Result<Vec<MoveView>, Problem> {
    let back = Entity::find().filter(Column::Reverses.is_in(rows.iter().map(|row| row.id)));
    let back: HashMap<Option<Id>, Option<String>> =
        back.all(conn).await?.into_iter().map(|row| (row.reverses, row.reason)).collect();
    let first = Entity::find().filter(Column::Id.is_in(rows.iter().filter_map(|row| row.reverses)));
    let first: HashMap<Id, Way> = first.all(conn).await?.into_iter().map(|row| (row.id, row.way)).collect();
    let view = |row: Model| MoveView {
        id: row.id,
        label: match row.reverses.and_then(|id| first.get(&id)) {
            Some(way) => format!("撤回{}", way.label()),
            None if row.is_of_incident() => "事件急救用去".to_owned(),
            None => row.way.label().to_owned(),
        },
        change: if row.way == Way::In { row.quantity } else { -row.quantity },
        happened_at: row.happened_at,
        taken_back: back.get(&Some(row.id)).cloned().flatten(),
        can_be_taken_back: row.reverses.is_none()
            && row.parts.is_some()
            && !row.is_of_incident()
            && !back.contains_key(&Some(row.id)),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// 驿站药品、物资的出入库记录
#[utoipa::path(
    get, path = "/station-supplies/{id}/moves", tag = "station", operation_id = "list_station_supply_moves",
    extensions(("x-permission" = json!("station.view"))),
    params(("id" = Id, Path), Paging), responses((status = 200, body = Page<MoveView>)),
)]
pub async fn get_moves(
    caller: Caller<SeeStations>,
    Path(id): Path<Id>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<MoveView>>, Problem> {
    let (good, _) = find(caller.read(), &caller, id).await?;
    list(caller.read(), good.id, &paging).await.map(Json)
}

/// 我的驿站药品、物资的出入库记录
#[utoipa::path(
    get, path = "/me/stations/{id}/supply-moves", tag = "me", operation_id = "list_supply_moves_at_my_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path), MoveFilter, Paging), responses((status = 200, body = Page<MoveView>)),
)]
pub async fn get_own_moves(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Query(filter): Query<MoveFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<MoveView>>, Problem> {
    let conn = caller.read();
    let station = on_duty(conn, &caller, id, caller.today()).await?;
    let good = good::Entity::find_by_id(filter.good).filter(good::Column::StationId.eq(station.id));
    let good = good.one(conn).await?.ok_or_else(Problem::not_found)?;
    list(conn, good.id, &paging).await.map(Json)
}
