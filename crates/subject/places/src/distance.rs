//! True metres on the ellipsoid of WGS-84, the earth that satellite receivers mean: a = 6,378,137 m, f = 1 ÷ 298.257223563.
//!
//! A point is taken to where it is in space; the straight line between two such places, bent to the earth's mean radius, is the
//! way between them. Against the geodesic this is off by less than 2 mm at 50 km and 15 m at 1,000 km. A sphere is off by up to
//! 250 m at 50 km, more than stations of one town are apart, so by a sphere the nearest isn't always the nearest.
#![expect(clippy::float_arithmetic, reason = "sines and roots; what is kept is whole half centimetres and millimetres")]

use serde::{Deserialize, Serialize};

use crate::Point;

/// The ellipsoid's greater half axis, metres.
const AXIS: f64 = 6_378_137.0;
/// Its flattening.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// The mean radius (2a + b) ÷ 3, metres.
const RADIUS: f64 = 6_371_008.771_4;
/// Half centimetres in a metre. The finest unit in which the square of the earth's diameter is still an `i64`.
const UNITS: f64 = 200.0;
/// How much longer the way on foot is than the straight line. Streets at right angles make 1.27 of it on average.
const DETOUR_PERCENT: u64 = 130;
/// Metres a minute on foot: 1.2 m/s, what crossings are timed for, and some waiting at them.
const PACE: u64 = 70;

/// Where a point is in space: half centimetres from the earth's centre along three axes.
pub(crate) type Spot = [i32; 3];

/// A distance in whole millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Distance(u64);

/// Where it is in space.
pub(crate) fn spot(point: Point) -> Spot {
    let (longitude, latitude) = (point.longitude().float().to_radians(), point.latitude().float().to_radians());
    let squashed = FLATTENING * (2.0 - FLATTENING);
    let normal = AXIS / (1.0 - squashed * latitude.sin().powi(2)).sqrt();
    let across = normal * latitude.cos();
    [across * longitude.cos(), across * longitude.sin(), normal * (1.0 - squashed) * latitude.sin()]
        .map(|metres| (metres * UNITS).round() as i32)
}

/// The square of the straight line between two spots, half centimetres squared. Grows as the distance does.
pub(crate) fn square(one: &Spot, other: &Spot) -> i64 {
    one.iter().zip(other).map(|(one, other)| (i64::from(*one) - i64::from(*other)).pow(2)).sum()
}

/// The greatest such square that lies within so many metres.
pub(crate) fn square_within(metres: u32) -> i64 {
    let half = (f64::from(metres) / (2.0 * RADIUS)).min(std::f64::consts::FRAC_PI_2);
    (2.0 * RADIUS * UNITS * half.sin()).powi(2) as i64
}

impl Distance {
    /// Between two points.
    pub fn between(one: Point, other: Point) -> Self {
        Self::of_square(square(&spot(one), &spot(other)))
    }

    pub(crate) fn of_square(square: i64) -> Self {
        let chord = (square as f64).sqrt() / UNITS;
        Self((2.0 * RADIUS * (chord / (2.0 * RADIUS)).min(1.0).asin() * 1000.0).round() as u64)
    }

    /// In whole millimetres.
    pub fn millimetres(self) -> u64 {
        self.0
    }

    /// In whole metres, rounded.
    pub fn metres(self) -> u64 {
        (self.0 + 500) / 1000
    }

    /// About how many minutes it takes on foot, rounded up: streets are longer than the straight line by three tenths, and one
    /// walks 70 m a minute. An estimate to choose by; the way itself is the map program's.
    pub fn walking_minutes(self) -> u64 {
        (self.0 * DETOUR_PERCENT / 100).div_ceil(PACE * 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(longitude: f64, latitude: f64) -> Point {
        Point::from_units((longitude * 1e7).round() as i64, (latitude * 1e7).round() as i64).unwrap()
    }

    fn metres(one: (f64, f64), other: (f64, f64)) -> f64 {
        Distance::between(point(one.0, one.1), point(other.0, other.1)).millimetres() as f64 / 1000.0
    }

    /// Degrees, minutes and seconds.
    fn dms(degrees: f64, minutes: f64, seconds: f64) -> f64 {
        degrees.signum() * (degrees.abs() + minutes / 60.0 + seconds / 3600.0)
    }

    #[test]
    fn agrees_with_published_geodesics() {
        // Geoscience Australia's example of Vincenty's formula, Flinders Peak to Buninyong: 54,972.271 m.
        let peak = (dms(144.0, 25.0, 29.52440), dms(-37.0, 57.0, 3.72030));
        let buninyong = (dms(143.0, 55.0, 35.38390), dms(-37.0, 39.0, 10.15610));
        assert!((metres(peak, buninyong) - 54_972.271).abs() < 0.03);
        // A degree of the equator, and of the meridian at the equator and at the pole.
        assert!((metres((0.0, 0.0), (1.0, 0.0)) - 111_319.491).abs() < 0.05);
        assert!((metres((0.0, 0.0), (0.0, 1.0)) - 110_574.389).abs() < 0.05);
        assert!((metres((0.0, 89.0), (0.0, 90.0)) - 111_693.865).abs() < 0.05);
        // A quarter of a meridian, 10,001,965.7 m: no better than a sphere, and no worse.
        assert!((metres((0.0, 0.0), (0.0, 90.0)) - 10_001_965.7).abs() < 40_000.0);
    }

    #[test]
    fn a_way_on_foot_takes_its_time() {
        let minutes = |metres: u64| Distance(metres * 1000).walking_minutes();
        assert_eq!([0, 1, 500, 1000, 5000].map(minutes), [0, 1, 10, 19, 93]);
        assert_eq!((Distance(499).metres(), Distance(1500).metres()), (0, 2));
    }

    proptest! {
        #[test]
        fn a_distance_is_a_distance(
            x in -1_800_000_000i64..=1_800_000_000, y in -900_000_000i64..=900_000_000,
            east in -100_000_000i64..100_000_000, north in -100_000_000i64..100_000_000,
        ) {
            let one = Point::from_units(x, y).unwrap();
            let other = Point::from_units((x + east).clamp(-1_800_000_000, 1_800_000_000), (y + north).clamp(-900_000_000, 900_000_000)).unwrap();
            let apart = Distance::between(one, other);
            prop_assert_eq!(apart, Distance::between(other, one));
            prop_assert_eq!(Distance::between(one, one).millimetres(), 0);
            // What lies within so many metres is what its distance says, but for the half millimetre by which it is rounded.
            let beyond = u32::try_from(apart.millimetres() / 1000 + 1).unwrap();
            let below = u32::try_from(apart.millimetres().saturating_sub(1) / 1000).unwrap();
            prop_assert!(square(&spot(one), &spot(other)) <= square_within(beyond));
            prop_assert!(square(&spot(one), &spot(other)) + 1 >= square_within(below));
        }

        #[test]
        fn the_date_line_is_no_wall(y in -890_000_000i64..890_000_000, off in 1i64..10_000_000) {
            let east = Point::from_units(1_800_000_000 - off, y).unwrap();
            let west = Point::from_units(-1_800_000_000 + off, y).unwrap();
            let there = Point::from_units(off, y).unwrap();
            let here = Point::from_units(-off, y).unwrap();
            let apart = |one, other| Distance::between(one, other).millimetres();
            prop_assert!(apart(east, west).abs_diff(apart(here, there)) <= 20);
        }
    }
}
