//! A short text to a person's phone, whose number nobody sees on the way.

use database::Id;
use sea_orm::entity::prelude::*;

use super::{Entity, sealed, survivor};
use crate::{
    Context, Fault, Problem,
    outbox::{JobKind, Run},
};

/// How often such a job is begun: with the pauses between, for about a day.
const ATTEMPTS: i32 = 40;

/// A job that tells one person something by a text. The gateway may be away for hours, and the text is no less wanted then.
#[must_use]
pub const fn telling(code: &'static str, run: Run) -> JobKind {
    JobKind::new(code, ATTEMPTS, run).texting()
}

/// Sends a text to a person's phone, for jobs: it waits for the gateway, so it stands outside of any unit of work. Answers
/// whether there was a number to send it to.
///
/// # Errors
/// A fault if the gateway did not take it.
pub async fn tell(context: &Context, person: Id, text: &str) -> Result<bool, Problem> {
    let conn = context.read();
    let Some(mut found) = Entity::find_by_id(person).one(conn).await? else { return Ok(false) };
    if let Some(into) = survivor(conn, &found).await?
        && let Some(last) = Entity::find_by_id(into).one(conn).await?
    {
        found = last;
    }
    let Some(phone) = sealed::reachable(context, &found)? else { return Ok(false) };
    let sent = context.house().sms().send(&phone, text).await;
    sent.map_err(|failure| Fault::Stored(format!("the text gateway took no text: {failure}")))?;
    Ok(true)
}
