use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant as the tables keep it: microseconds since 1970 UTC, which both databases hold and sort exactly.
///
/// Over the wire it is RFC 3339 in Beijing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType)]
pub struct Moment(pub i64);

const BEIJING_OFFSET_S: i32 = 8 * 3600;

impl Moment {
    /// The instant as a date and time.
    #[must_use]
    pub fn at(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match FixedOffset::east_opt(BEIJING_OFFSET_S) {
            Some(beijing) => {
                f.write_str(&self.at().with_timezone(&beijing).to_rfc3339_opts(SecondsFormat::AutoSi, false))
            }
            None => self.at().fmt(f),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let at = DateTime::parse_from_rfc3339(&text).map_err(de::Error::custom)?;
        Ok(Self(at.timestamp_micros()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_instant_survives_the_wire(micros in 0_i64..4_000_000_000_000_000) {
            let text = serde_json::to_string(&Moment(micros)).unwrap();
            prop_assert!(text.ends_with("+08:00\""));
            prop_assert_eq!(serde_json::from_str::<Moment>(&text).unwrap(), Moment(micros));
        }
    }
}
