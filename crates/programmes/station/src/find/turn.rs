//! Which stations changed, in what order. Units run one after another, so whoever reads all turns behind the last he knows
//! misses none.

use database::Connection;
use kernel::{Id, Problem, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict};

use crate::tables::turn::{ActiveModel, Column, Entity};

/// Rows in one statement.
const ROWS: usize = 1_000;

/// Says that these stations changed, or what they have and give, in the unit that changes them.
///
/// # Errors
/// A fault of the database.
pub async fn note(unit: &Unit, stations: &[Id]) -> Result<(), Problem> {
    let position = latest(unit).await? + 1;
    for some in stations.chunks(ROWS) {
        let rows = some.iter().map(|id| ActiveModel { station_id: Set(*id), position: Set(position) });
        let again = OnConflict::column(Column::StationId).update_column(Column::Position).to_owned();
        Entity::insert_many(rows).on_conflict(again).exec_without_returning(unit).await?;
    }
    Ok(())
}

/// The latest turn; 0 before the first.
///
/// # Errors
/// A fault of the database.
pub(super) async fn latest(conn: &Connection) -> Result<i64, Problem> {
    let query = Entity::find().select_only().column(Column::Position).order_by_desc(Column::Position).limit(1);
    Ok(query.into_tuple().one(conn).await?.unwrap_or(0))
}

/// The stations that changed behind one turn, up to another.
///
/// # Errors
/// A fault of the database.
pub(super) async fn between(conn: &Connection, after: i64, until: i64) -> Result<Vec<Id>, Problem> {
    let query = Entity::find().select_only().column(Column::StationId);
    let query = query.filter(Column::Position.gt(after)).filter(Column::Position.lte(until));
    Ok(query.into_tuple().all(conn).await?)
}
