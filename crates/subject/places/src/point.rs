//! A point of the earth, in WGS-84.

use serde::{Deserialize, Serialize};

use crate::Degrees;

/// A point in WGS-84, as a satellite receiver tells it. What comes from a Chinese map goes through
/// [`Coordinates`](crate::Coordinates).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Point {
    longitude: Degrees,
    latitude: Degrees,
}

/// The two numbers, before anyone looked at them.
#[derive(Serialize, Deserialize)]
struct Raw {
    longitude: Degrees,
    latitude: Degrees,
}

/// Why there is no such point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PointProblem {
    /// Not a number.
    #[error("经纬度应为小数形式的度数，例如经度116.391276、纬度39.907333，请核对。")]
    Shape,
    /// No such place on the earth.
    #[error("经度应在−180至180之间，纬度应在−90至90之间，请核对两者是否填反。")]
    Range,
}

impl PointProblem {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Shape => "point_shape",
            Self::Range => "point_range",
        }
    }

    /// Chinese sentence that tells what to do.
    pub fn message(self) -> String {
        self.to_string()
    }
}

impl Point {
    /// The point at a longitude and a latitude of WGS-84.
    ///
    /// # Errors
    /// [`PointProblem::Range`] for a latitude beyond a pole.
    pub fn new(longitude: Degrees, latitude: Degrees) -> Result<Self, PointProblem> {
        if latitude.units().abs() > 900_000_000 {
            return Err(PointProblem::Range);
        }
        Ok(Self { longitude, latitude })
    }

    /// The point at so many ten-millionths of a degree, as a row keeps it.
    ///
    /// # Errors
    /// [`PointProblem::Range`] for a place that isn't on the earth.
    pub fn from_units(longitude: i64, latitude: i64) -> Result<Self, PointProblem> {
        Self::new(Degrees::from_units(longitude)?, Degrees::from_units(latitude)?)
    }

    /// East of Greenwich.
    pub fn longitude(self) -> Degrees {
        self.longitude
    }

    /// North of the equator.
    pub fn latitude(self) -> Degrees {
        self.latitude
    }
}

impl TryFrom<Raw> for Point {
    type Error = PointProblem;

    fn try_from(raw: Raw) -> Result<Self, PointProblem> {
        Self::new(raw.longitude, raw.latitude)
    }
}

impl From<Point> for Raw {
    fn from(point: Point) -> Self {
        Self { longitude: point.longitude, latitude: point.latitude }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_lies_on_the_earth() {
        assert!(Point::from_units(1_800_000_000, -900_000_000).is_ok());
        // The usual mistake: the two numbers changed places.
        assert_eq!(Point::from_units(399_073_330, 1_163_912_760), Err(PointProblem::Range));
        let json = r#"{"longitude":116.391276,"latitude":39.907333}"#;
        let point: Point = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&point).unwrap(), json);
        assert!(serde_json::from_str::<Point>(r#"{"longitude":0,"latitude":90.1}"#).is_err());
    }
}
