//! A time on the wall, to the minute; `24:00` is the day's end.

use std::{fmt, str::FromStr};

use chrono::{NaiveTime, Timelike};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// Minutes since midnight, 0 to 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clock(u16);

/// The minutes of a day.
const DAY: u16 = 24 * 60;

impl Clock {
    /// The day's beginning.
    pub const START: Self = Self(0);
    /// The day's end.
    pub const END: Self = Self(DAY);

    /// So many minutes after midnight, if the day has so many.
    #[must_use]
    pub fn new(minutes: u16) -> Option<Self> {
        (minutes <= DAY).then_some(Self(minutes))
    }

    /// Minutes since midnight.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// The minute that a time lies in.
    #[must_use]
    pub fn of(time: NaiveTime) -> Self {
        Self(u16::try_from(time.hour() * 60 + time.minute()).unwrap_or(DAY))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// The text is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoClock;

impl fmt::Display for NoClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("时间请写成 08:30 的样子，最晚 24:00。")
    }
}

impl FromStr for Clock {
    type Err = NoClock;

    /// Takes `8:30`, `08:30`, and the colon of Chinese keyboards.
    fn from_str(text: &str) -> Result<Self, NoClock> {
        let (hours, minutes) = text.trim().split_once([':', '：']).ok_or(NoClock)?;
        let digits = |part: &str, most: usize| {
            let fits = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            if fits { part.parse::<u16>().map_err(|_| NoClock) } else { Err(NoClock) }
        };
        let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
        if minutes > 59 { Err(NoClock) } else { Self::new(hours * 60 + minutes).ok_or(NoClock) }
    }
}

impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Clock {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for Clock {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some("^([01]?[0-9]|2[0-3]):[0-5][0-9]$|^24:00$"))
            .build()
            .into()
    }
}

impl ToSchema for Clock {
    fn name() -> std::borrow::Cow<'static, str> {
        "Clock".into()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_what_people_write() {
        assert_eq!("8：30".parse(), Ok(Clock(510)));
        assert_eq!("24:00".parse(), Ok(Clock::END));
        for wrong in ["", "8", "8:60", "24:01", "25:00", "-1:00", "8:3a", "008:30"] {
            assert_eq!(wrong.parse::<Clock>(), Err(NoClock), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn a_time_survives_text(minutes in 0_u16..=DAY) {
            let clock = Clock::new(minutes).unwrap();
            prop_assert_eq!(clock.to_string().parse(), Ok(clock));
        }
    }
}
