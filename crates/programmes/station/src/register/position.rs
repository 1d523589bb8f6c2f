//! Where a station is, as it goes over the wire: in any of the three coordinate systems. The row keeps WGS-84.

use kernel::Problem;
use places::{Coordinates, Degrees, Point, System};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A place on the map, and of which coordinate system its numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationPosition)]
pub struct Position {
    /// Degrees east.
    #[schema(value_type = f64)]
    pub longitude: Degrees,
    /// Degrees north.
    #[schema(value_type = f64)]
    pub latitude: Degrees,
    /// `wgs84` (GPS, 天地图), `gcj02` (高德, 腾讯) or `bd09` (百度); WGS-84 unless told.
    #[serde(default)]
    #[schema(value_type = String)]
    pub system: System,
}

impl Position {
    /// The point that is meant.
    ///
    /// # Errors
    /// 422 naming the field `position`.
    pub fn point(self) -> Result<Point, Problem> {
        let meant = Coordinates { system: self.system, longitude: self.longitude, latitude: self.latitude };
        meant.point().map_err(|err| Problem::field("position", err.code(), err.message()))
    }

    /// The place of a row, in WGS-84.
    #[must_use]
    pub fn of_row(longitude: Option<i64>, latitude: Option<i64>) -> Option<Self> {
        let point = Point::from_units(longitude?, latitude?).ok()?;
        Some(Self::of(point, System::Wgs84))
    }

    /// A point in the numbers of a system.
    #[must_use]
    pub fn of(point: Point, system: System) -> Self {
        let Coordinates { system, longitude, latitude } = Coordinates::of(point, system);
        Self { longitude, latitude, system }
    }
}
