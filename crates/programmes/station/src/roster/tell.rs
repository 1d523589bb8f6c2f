//! What volunteers are told by text: that a shift was called off, and that somebody took their place.

use kernel::{
    Answer, Context, Fault, Id, Problem, Unit,
    outbox::{self, JobKind},
    person,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::view::hours_text;
use crate::tables::{shift, station};

/// Tells a volunteer by text.
pub const JOB: JobKind = person::telling("station_tell_volunteer", tell);

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum News {
    /// The shift doesn't take place.
    CalledOff,
    /// Somebody took his place.
    TakenOver,
}

/// Whom to tell what of which shift.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    person: Id,
    shift: Id,
    news: News,
}

/// Orders a text.
///
/// # Errors
/// A fault of the database.
pub(super) async fn tell_later(
    unit: &Unit,
    context: &Context,
    person: Id,
    shift: Id,
    news: News,
) -> Result<(), Problem> {
    outbox::enqueue(unit, context, JOB.code, &Message { person, shift, news }, context.now().into()).await?;
    Ok(())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Message =
            serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a volunteer's message: {err}")))?;
        let conn = context.read();
        let Some(row) = shift::Entity::find_by_id(told.shift).one(conn).await? else { return Ok(()) };
        let Some(station) = station::Entity::find_by_id(row.station_id).one(conn).await? else { return Ok(()) };
        let when = format!("{}{}{}", station.name, row.day.format("%-m月%-d日"), hours_text(&row));
        let text = match (told.news, &row.off) {
            (News::CalledOff, off) => format!("【娘家】{when}的班次已取消：{}。", off.as_deref().unwrap_or_default()),
            (News::TakenOver, _) => format!("【娘家】{when}的志愿服务已有人接替，您不用再来。"),
        };
        person::tell(context, told.person, &text).await?;
        Ok(())
    })
}
