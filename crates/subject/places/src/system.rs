//! The three coordinate systems, and the way between them.

use serde::{Deserialize, Serialize};

use crate::{Degrees, Point, PointProblem, shift};

/// Which earth two numbers speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// A satellite receiver, a phone's browser, 天地图 (CGCS2000 differs by centimetres).
    #[default]
    Wgs84,
    /// 高德 and 腾讯 (国家测绘局坐标).
    Gcj02,
    /// 百度.
    Bd09,
}

/// A longitude and a latitude, and of which system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Coordinates {
    /// Of which system.
    #[serde(default)]
    pub system: System,
    /// East, degrees.
    pub longitude: Degrees,
    /// North, degrees.
    pub latitude: Degrees,
}

impl System {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Wgs84, Self::Gcj02, Self::Bd09];

    /// The word that a row keeps and a form sends.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// What an officer reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Wgs84 => "GPS、天地图坐标（WGS-84）",
            Self::Gcj02 => "高德、腾讯地图坐标（GCJ-02）",
            Self::Bd09 => "百度地图坐标（BD-09）",
        }
    }

    /// What people call it: its word, and the maps that tell places in it.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Wgs84 => &["wgs84", "gps", "天地图"],
            Self::Gcj02 => &["gcj02", "高德", "腾讯"],
            Self::Bd09 => &["bd09", "百度"],
        }
    }

    /// The one system that words name, in whatever case and with or without its dash: `GCJ-02`, `高德`, `WGS-84（GPS、天地图）`.
    pub fn named(words: &str) -> Option<Self> {
        let plain = words.to_lowercase().replace(|sign: char| !sign.is_alphanumeric(), "");
        let is_meant = |system: &Self| system.names().iter().any(|name| plain.contains(*name));
        let mut meant = Self::ALL.into_iter().filter(is_meant);
        meant.next().filter(|_| meant.next().is_none())
    }
}

impl Coordinates {
    /// The point that these mean. Outside the box around China the three systems are one. The inverse is iterated to less than
    /// 1e-7°, so what went out comes back within one unit.
    ///
    /// # Errors
    /// [`PointProblem::Range`] for a latitude beyond a pole.
    pub fn point(self) -> Result<Point, PointProblem> {
        let point = Point::new(self.longitude, self.latitude)?;
        let forward: fn(shift::Pair) -> shift::Pair = match self.system {
            System::Wgs84 => return Ok(point),
            System::Gcj02 => shift::gcj_of_wgs,
            System::Bd09 => |pair| shift::bd_of_gcj(shift::gcj_of_wgs(pair)),
        };
        let found = shift::inverse(forward, (self.longitude.float(), self.latitude.float()));
        match found.filter(|pair| shift::in_box(*pair)) {
            Some((longitude, latitude)) => Point::new(Degrees::from_float(longitude)?, Degrees::from_float(latitude)?),
            None => Ok(point),
        }
    }

    /// The numbers by which a system names a point.
    pub fn of(point: Point, system: System) -> Self {
        let same = Self { system, longitude: point.longitude(), latitude: point.latitude() };
        let pair = (point.longitude().float(), point.latitude().float());
        if system == System::Wgs84 || !shift::in_box(pair) {
            return same;
        }
        let gcj = shift::gcj_of_wgs(pair);
        let (longitude, latitude) = if system == System::Gcj02 { gcj } else { shift::bd_of_gcj(gcj) };
        // The box ends far from the date line and the poles, so the offset leads to nothing that isn't on the earth.
        match (Degrees::from_float(longitude), Degrees::from_float(latitude)) {
            (Ok(longitude), Ok(latitude)) => Self { system, longitude, latitude },
            _ => same,
        }
    }
}

#[cfg(test)]
mod tests;
