//! Stations of which only the keys are known; each question is asked once for all.

use std::collections::{BTreeSet, HashMap};

use database::Connection;
use kernel::{Id, Problem, organisation::tree};
use sea_orm::{
    Condition, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, IntoColumnRef, SelectStatement},
};

use crate::tables::station::{Column, Entity, Model, StationState};

/// Stations by their keys.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn stations(
    conn: &Connection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Model>, Problem> {
    let ids: Vec<Id> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let mut stations = HashMap::with_capacity(ids.len());
    for some in ids.chunks(database::KEYS_AT_ONCE) {
        let found = Entity::find().filter(Column::Id.is_in(some.iter().copied())).all(conn).await?;
        stations.extend(found.into_iter().map(|station| (station.id, station)));
    }
    Ok(stations)
}

/// A station, and the name of the union that answers for it.
pub(crate) struct Placed {
    pub(crate) station: Model,
    pub(crate) union: String,
}

/// Stations by their keys, with their unions.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn placed(
    conn: &Connection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Placed>, Problem> {
    let stations = stations(conn, ids).await?;
    let unions = tree::names(conn, stations.values().map(|station| station.organisation_id)).await?;
    let placed = |(id, station): (Id, Model)| {
        let union = unions.get(&station.organisation_id).cloned().unwrap_or_default();
        (id, Placed { station, union })
    };
    Ok(stations.into_iter().map(placed).collect())
}

/// A station that serves or pauses, as anybody may know it.
///
/// # Errors
/// 404 if there is none.
pub(crate) async fn serving(conn: &Connection, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(Column::State.is_in([StationState::Open, StationState::Paused]));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The names of stations by their keys.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn names(
    conn: &Connection,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, String>, Problem> {
    let names = Entity::find().select_only().columns([Column::Id, Column::Name]).filter(Column::Id.is_in(ids));
    Ok(names.into_tuple().all(conn).await?.into_iter().collect())
}

/// The filter for a column that holds a station's key: it was not closed.
pub(crate) fn stands<C: IntoColumnRef>(column: C) -> Expr {
    let its = Expr::col(column).equals((Entity, Column::Id));
    let standing = Entity::find().select_only().column(Column::Id).filter(its);
    Expr::exists(standing.filter(Column::State.ne(StationState::Closed)).into_query())
}

/// The keys of the stations whose name or number holds a text.
pub(crate) fn sought(text: &str) -> SelectStatement {
    let named = Condition::any().add(Column::Name.contains(text)).add(Column::Code.contains(text));
    Entity::find().select_only().column(Column::Id).filter(named).into_query()
}
