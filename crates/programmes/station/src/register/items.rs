//! What a station has and gives. The set is chosen by officers; whether each thing works is told by whoever looks.

use std::collections::HashMap;

use database::Connection;
use kernel::{Context, Id, Problem, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};

use crate::tables::item;

/// The codes of a station's equipment and services, in their order.
///
/// # Errors
/// A fault of the database.
pub async fn codes(conn: &Connection, station: Id) -> Result<Vec<String>, Problem> {
    let query = item::Entity::find().filter(item::Column::StationId.eq(station)).order_by_asc(item::Column::Code);
    Ok(query.all(conn).await?.into_iter().map(|item| item.code).collect())
}

/// The same of many stations, by station; one without any is absent.
///
/// # Errors
/// A fault of the database.
pub async fn codes_of(conn: &Connection, stations: &[Id]) -> Result<HashMap<Id, Vec<String>>, Problem> {
    let mut codes: HashMap<Id, Vec<String>> = HashMap::with_capacity(stations.len());
    for some in stations.chunks(database::KEYS_AT_ONCE) {
        let query = item::Entity::find().filter(item::Column::StationId.is_in(some.iter().copied()));
        for item in query.order_by_asc(item::Column::Code).all(conn).await? {
            codes.entry(item.station_id).or_default().push(item.code);
        }
    }
    Ok(codes)
}

/// Makes a station's equipment and services what `wanted` names; what stays keeps its state.
///
/// # Errors
/// A fault of the database.
pub async fn choose(unit: &Unit, context: &Context, station: Id, wanted: &[String]) -> Result<(), Problem> {
    let before = codes(unit, station).await?;
    item::Entity::delete_many()
        .filter(item::Column::StationId.eq(station))
        .filter(item::Column::Code.is_not_in(wanted.iter().cloned()))
        .exec(unit)
        .await?;
    for code in wanted.iter().filter(|code| !before.contains(code)) {
        let row = item::ActiveModel {
            station_id: Set(station),
            code: Set(code.clone()),
            works: Set(true),
            note: Set(None),
            seen_at: Set(context.now().into()),
        };
        database::insert::<item::Entity>(unit, row)?;
    }
    Ok(())
}
