//! Where a worker looks for what stations offer: at those that serve, by words or from where he stands.

use std::collections::{BTreeSet, HashMap};

use database::Connection;
use kernel::{Id, Problem};
use places::{Degrees, Distance, Point};
use sea_orm::{
    QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, Expr, ExprTrait, IntoColumnRef},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::tables::station::{Column, Entity, StationState};

/// As many are looked through for the nearest.
pub(crate) const LOOKED: u64 = 10_000;

/// What is sought. A position is used for this answer and kept nowhere.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct NearSearch {
    /// Part of a name, or of a station's address.
    #[param(max_length = 60)]
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Degrees east (WGS-84); with the latitude, the nearest come first.
    #[param(value_type = Option<f64>, minimum = -180, maximum = 180)]
    pub longitude: Option<Degrees>,
    /// Degrees north.
    #[param(value_type = Option<f64>, minimum = -90, maximum = 90)]
    pub latitude: Option<Degrees>,
}

/// Where he stands, if he sent it; it is used for one answer and kept nowhere.
///
/// # Errors
/// 422 for a position that is none.
pub(crate) fn position(longitude: Option<Degrees>, latitude: Option<Degrees>) -> Result<Option<Point>, Problem> {
    let (Some(east), Some(north)) = (longitude, latitude) else { return Ok(None) };
    let point = Point::new(east, north);
    Ok(Some(point.map_err(|err| Problem::field("latitude", err.code(), err.message()))?))
}

/// The filter for a column that holds a station's key: it serves, and has such words in name or address, if any are told.
/// Without words nearly all do, so each row asks for its own: a list of all of a province's would be made for each worker.
pub(crate) fn serving<C: IntoColumnRef>(column: C, words: Option<&str>) -> Expr {
    let query = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.is_in([StationState::Open, StationState::Paused]));
    match words {
        Some(text) => Expr::col(column).in_subquery(query.filter(told_by(text)).into_query()),
        None => {
            let its = Expr::col(column).equals((Entity, Column::Id));
            Expr::exists(query.filter(its).into_query())
        }
    }
}

/// The filter for a column that holds a station's key: it has such words in name or address, whether it serves yet or not.
pub(crate) fn named<C: IntoColumnRef>(column: C, words: &str) -> Expr {
    let query = Entity::find().select_only().column(Column::Id).filter(told_by(words));
    Expr::col(column).in_subquery(query.into_query())
}

fn told_by(words: &str) -> Condition {
    Condition::any().add(Column::Name.contains(words)).add(Column::Place.contains(words))
}

/// What is at stations, each told by its own key and its station's, the nearest first: its key, and how far it is in a straight
/// line, in metres. Those equally far, and all of them without a position, keep the order in which they come; those whose
/// station's position is not known come last.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn nearest_first(
    conn: &Connection,
    from: Option<Point>,
    there: &[(Id, Id)],
) -> Result<Vec<(Id, Option<u64>)>, Problem> {
    let far = match from {
        Some(from) => metres(conn, from, there.iter().map(|(_, station)| *station)).await?,
        None => HashMap::new(),
    };
    let mut placed: Vec<_> = there.iter().map(|(key, station)| (*key, far.get(station).copied())).collect();
    placed.sort_by_key(|(_, metres)| metres.unwrap_or(u64::MAX));
    Ok(placed)
}

/// How far stations are, by key; of a province's nothing else is read. One whose position is not known is absent.
async fn metres(
    conn: &Connection,
    from: Point,
    stations: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, u64>, Problem> {
    let ids: Vec<Id> = stations.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let mut found = HashMap::with_capacity(ids.len());
    for some in ids.chunks(database::KEYS_AT_ONCE) {
        let places = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Longitude, Column::Latitude])
            .filter(Column::Id.is_in(some.iter().copied()))
            .filter(Column::Longitude.is_not_null());
        let places: Vec<(Id, i64, i64)> = places.into_tuple().all(conn).await?;
        let metres = |(id, east, north): (Id, i64, i64)| {
            let there = Point::from_units(east, north).ok()?;
            Some((id, Distance::between(from, there).metres()))
        };
        found.extend(places.into_iter().filter_map(metres));
    }
    Ok(found)
}
