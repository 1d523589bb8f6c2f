//! Degrees without floats: whole ten-millionths. Written and read as a decimal number, exactly.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::PointProblem;

/// Ten-millionths in a degree.
const UNITS: i64 = 10_000_000;

/// An angle in whole ten-millionths of a degree (1e-7°, on the ground about 1.1 cm), within ±180°.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Degrees(i32);

impl Degrees {
    /// Half a turn.
    const MOST: i32 = 1_800_000_000;

    /// So many ten-millionths.
    ///
    /// # Errors
    /// [`PointProblem::Range`] beyond ±180°.
    pub fn from_units(units: i64) -> Result<Self, PointProblem> {
        i32::try_from(units).ok().filter(|units| units.abs() <= Self::MOST).map(Self).ok_or(PointProblem::Range)
    }

    /// The nearest to a number of degrees.
    ///
    /// # Errors
    /// [`PointProblem::Range`] beyond ±180°, [`PointProblem::Shape`] for what is no number.
    #[expect(clippy::float_arithmetic, reason = "the edge, where degrees come in as a float")]
    pub fn from_float(degrees: f64) -> Result<Self, PointProblem> {
        if degrees.is_nan() {
            return Err(PointProblem::Shape);
        }
        // A float beyond the range becomes the range's end by `as`, which `from_units` then refuses.
        Self::from_units((degrees * 1e7).round() as i64)
    }

    /// The ten-millionths.
    pub fn units(self) -> i32 {
        self.0
    }

    /// The degrees, for a formula or for JSON: the nearest float, from which the same units are read again.
    #[expect(clippy::float_arithmetic, reason = "the edge, where degrees go out as a float")]
    pub fn float(self) -> f64 {
        f64::from(self.0) / 1e7
    }
}

impl fmt::Display for Degrees {
    /// Always seven places: `116.3912760`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = i64::from(self.0);
        let sign = if units < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:07}", units.abs() / UNITS, units.abs() % UNITS)
    }
}

impl FromStr for Degrees {
    type Err = PointProblem;

    /// Reads a decimal number as it stands in a sheet. Places behind the seventh are rounded.
    fn from_str(text: &str) -> Result<Self, PointProblem> {
        let plain = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || ".-+".contains(sign));
        let text = text.trim();
        if !plain(text) {
            return Err(PointProblem::Shape);
        }
        Self::from_float(text.parse().map_err(|_| PointProblem::Shape)?)
    }
}

impl Serialize for Degrees {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(self.float())
    }
}

impl<'de> Deserialize<'de> for Degrees {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::from_float(f64::deserialize(from)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_angle_is_refused() {
        assert_eq!("116.391276".parse::<Degrees>().unwrap().to_string(), "116.3912760");
        assert_eq!("-0.00000014".parse::<Degrees>().unwrap().units(), -1);
        assert_eq!(" 180 ".parse::<Degrees>().unwrap().units(), 1_800_000_000);
        for text in ["", "116°23′", "inf", "nan", "1e2", "一百"] {
            assert_eq!(text.parse::<Degrees>(), Err(PointProblem::Shape), "{text}");
        }
        for text in ["180.0000001", "-181", "99999999999999999999"] {
            assert_eq!(text.parse::<Degrees>(), Err(PointProblem::Range), "{text}");
        }
        assert!(serde_json::from_str::<Degrees>("200").is_err());
    }

    proptest! {
        #[test]
        fn text_and_json_come_back_exactly(units in -1_800_000_000i64..=1_800_000_000) {
            let degrees = Degrees::from_units(units).unwrap();
            prop_assert_eq!(degrees.to_string().parse::<Degrees>().unwrap(), degrees);
            prop_assert_eq!(Degrees::from_float(degrees.float()).unwrap(), degrees);
            let json = serde_json::to_string(&degrees).unwrap();
            prop_assert_eq!(serde_json::from_str::<Degrees>(&json).unwrap(), degrees);
        }
    }
}
