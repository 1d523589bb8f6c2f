//! What devices at stations say and are told, as MQTT carries it. `docs/station-devices.md` tells makers the same. Pure.

use serde::{Deserialize, Serialize};

/// Where all topics begin; the number grows when what is said changes its meaning.
pub const ROOT: &str = "niangjia/1";
/// The longest message that is read, in bytes.
pub const LONGEST: usize = 2_048;

/// What a message from a device is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// How it stands; the last word counts.
    State,
    /// Something happened; sent again until it is acknowledged.
    Event,
}

/// Whether a text can be a device's code: it stands in topics and is the device's user name at the broker.
#[must_use]
pub fn is_code(text: &str) -> bool {
    let fits = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
    (4..=32).contains(&text.len()) && text.bytes().all(fits)
}

/// Which device speaks in a topic, and about what.
#[must_use]
pub fn speaker(topic: &str) -> Option<(&str, Part)> {
    let rest = topic.strip_prefix(ROOT)?.strip_prefix('/')?;
    let (code, part) = rest.split_once('/')?;
    let part = match part {
        "state" => Part::State,
        "event" => Part::Event,
        _ => return None,
    };
    is_code(code).then_some((code, part))
}

/// The topics that a house listens to.
#[must_use]
pub fn listened() -> [String; 2] {
    [format!("{ROOT}/+/state"), format!("{ROOT}/+/event")]
}

/// The topic of what a device says or is told.
#[must_use]
pub fn topic(code: &str, part: &str) -> String {
    format!("{ROOT}/{code}/{part}")
}

/// How a device stands. Each kind says what it knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// When, in seconds since 1970; now if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// Lock: whether the door stands open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<bool>,
    /// Counter: how many came in since it was made; it never goes back but when the counter is made anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered: Option<i64>,
    /// Counter: how many went out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<i64>,
    /// Microwave and power: whether it is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<bool>,
    /// Thermometer: tenths of a degree Celsius.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decidegrees: Option<i64>,
    /// Smoke detector: whether there is smoke.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smoke: Option<bool>,
    /// What is left in the battery, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub battery: Option<i64>,
    /// What is wrong with the device, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

/// Something happened at a lock or was done by a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The device's own name for it, 1 to 60 letters, digits and hyphens; the same each time it is sent.
    pub id: String,
    /// When, in seconds since 1970; now if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// What a code said that was held before the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan: Option<String>,
    /// The order that was carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<String>,
}

/// What a device is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The order's key; one that was carried out is not carried out again.
    pub id: String,
    /// `open`, `power_on` or `power_off`.
    #[serde(rename = "do")]
    pub what: String,
    /// Until when, in seconds since 1970; afterwards it must not be carried out.
    pub until: i64,
}

/// That an event is written down, and what became of a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// The device's own name for the event.
    pub id: String,
    /// Why the door stays shut, in words for a display.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// Reads a message; what is too long or malformed is none.
#[must_use]
pub fn read<'a, T: Deserialize<'a>>(payload: &'a [u8]) -> Option<T> {
    if payload.len() > LONGEST {
        return None;
    }
    serde_json::from_slice(payload).ok()
}

/// Whether an event's name can be kept.
#[must_use]
pub fn is_name(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_a_device_says_is_read_or_left(topic_text in ".{0,60}", payload in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Some((code, _)) = speaker(&topic_text) {
                prop_assert!(is_code(code));
            }
            let _read_or_left = (read::<State>(&payload), read::<Event>(&payload));
        }

        #[test]
        fn what_is_said_is_heard(code in "[a-z0-9-]{4,32}", id in "[a-zA-Z0-9-]{1,60}", at in any::<i64>(), scan in ".{0,200}") {
            let said_in = topic(&code, "event");
            prop_assert_eq!(speaker(&said_in), Some((code.as_str(), Part::Event)));
            let event = Event { id, at: Some(at), scan: Some(scan), done: None };
            prop_assert!(is_name(&event.id));
            prop_assert_eq!(read::<Event>(&serde_json::to_vec(&event).unwrap()), Some(event));
        }
    }

    #[test]
    fn foreign_topics_are_left() {
        for other in
            ["niangjia/1/+/state", "niangjia/1/lock-1/order", "niangjia/2/lock-1/state", "a/b", "niangjia/1/ab/state"]
        {
            assert_eq!(speaker(other), None, "{other}");
        }
    }
}
