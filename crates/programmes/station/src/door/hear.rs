//! A message from the broker, from its topic to what is answered.

use kernel::{Context, House, Problem};

use super::{event, numbers, state};
use crate::rules::wire::{self, Ack, Event, Part, State};

/// What a device is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The topic.
    pub topic: String,
    /// What stands in it.
    pub payload: Vec<u8>,
}

/// Takes a message. What is malformed, foreign or of a device that nobody wrote down is left.
///
/// # Errors
/// A fault; events are sent again by the device.
pub async fn hear(house: &House, topic: &str, payload: &[u8]) -> Result<Option<Answer>, Problem> {
    take(house, (topic, payload), false).await
}

/// Takes a message that the broker kept for whoever comes: it tells how a device stood then, and not that it lives still.
///
/// # Errors
/// As [`hear`].
pub async fn recall(house: &House, topic: &str, payload: &[u8]) -> Result<Option<Answer>, Problem> {
    take(house, (topic, payload), true).await
}

async fn take(house: &House, (topic, payload): (&str, &[u8]), kept: bool) -> Result<Option<Answer>, Problem> {
    let Some((code, part)) = wire::speaker(topic) else { return Ok(None) };
    numbers::heard();
    let context = &Context::system(house, "a station's device");
    match part {
        Part::State => {
            if let Some(state) = wire::read::<State>(payload) {
                state::take(context, code, &state, kept).await?;
            }
            Ok(None)
        }
        Part::Event => {
            let Some(event) = wire::read::<Event>(payload) else { return Ok(None) };
            let ack = event::take(context, code, &event).await?;
            Ok(ack.as_ref().and_then(|ack| answer(code, ack)))
        }
    }
}

fn answer(code: &str, ack: &Ack) -> Option<Answer> {
    let payload = serde_json::to_vec(ack).ok()?;
    Some(Answer { topic: wire::topic(code, "ack"), payload })
}
