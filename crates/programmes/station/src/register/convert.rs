//! A place in the numbers of another coordinate system: a page's map is drawn in WGS-84, and whoever sets a station's place on it
//! reads and writes the numbers of the map that he knows.

use axum::{Json, extract::Query};
use kernel::{Caller, Problem};
use places::{Coordinates, Degrees, System};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::position::Position;
use crate::permissions::KeepStations;

/// A place, and in which system it is wanted.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ConversionQuery {
    /// Degrees east.
    #[param(value_type = f64, minimum = -180, maximum = 180)]
    pub longitude: Degrees,
    /// Degrees north.
    #[param(value_type = f64, minimum = -90, maximum = 90)]
    pub latitude: Degrees,
    /// Of which system these are: `wgs84`, `gcj02` or `bd09`; WGS-84 unless told.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub system: System,
    /// In which system the place is answered; WGS-84 unless told.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    pub show: System,
}

/// The same place in the system that is wanted.
///
/// # Errors
/// 422 naming the latitude, if it lies beyond a pole.
pub fn convert(query: ConversionQuery) -> Result<Position, Problem> {
    let ConversionQuery { longitude, latitude, system, show } = query;
    let point = Coordinates { system, longitude, latitude }.point();
    let point = point.map_err(|err| Problem::field("latitude", err.code(), err.message()))?;
    Ok(Position::of(point, show))
}

/// 换算坐标
#[utoipa::path(
    get, path = "/stations/position", tag = "station", operation_id = "convert_station_position",
    extensions(("x-permission" = json!("station.keep"))),
    params(ConversionQuery), responses((status = 200, body = Position)),
)]
pub async fn get_position(
    _caller: Caller<KeepStations>,
    Query(query): Query<ConversionQuery>,
) -> Result<Json<Position>, Problem> {
    convert(query).map(Json)
}
