//! What those who signed up are told by text: that an activity was called off or moved, and that a seat became theirs.

use kernel::{
    Answer, Context, Fault, Id, Problem, Unit,
    outbox::{self, JobKind},
    person,
};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    rules::seats::moved_up,
    tables::{
        activity::{self, Model},
        signup, station,
    },
};

/// Tells one who signed up.
pub const JOB: JobKind = person::telling("station_tell_signed_up", tell);

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum News {
    /// It doesn't take place.
    CalledOff,
    /// It takes place at another time.
    Moved,
    /// He waited, and has a seat now.
    Seated,
}

/// Whom to tell what.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    signup: Id,
    news: News,
}

async fn later(unit: &Unit, context: &Context, signed: &[Id], news: News) -> Result<(), Problem> {
    let messages: Vec<Message> = signed.iter().map(|signup| Message { signup: *signup, news }).collect();
    outbox::enqueue_all(unit, context, JOB.code, &messages, context.now().into()).await
}

/// Those of an activity who still want to come, in their order.
fn wanted(signed: &[signup::Model]) -> Vec<Id> {
    signed.iter().filter(|one| one.wanted).map(|one| one.id).collect()
}

/// Orders the texts for all who want to come to an activity and aren't there yet.
///
/// # Errors
/// A fault of the database.
pub(super) async fn tell_all(
    unit: &Unit,
    context: &Context,
    signed: &[signup::Model],
    news: News,
) -> Result<(), Problem> {
    let awaited = signed.iter().filter(|one| one.wanted && one.attended_at.is_none());
    let awaited: Vec<Id> = awaited.map(|one| one.id).collect();
    later(unit, context, &awaited, news).await
}

/// Orders the texts for those who waited before and have a seat after.
///
/// # Errors
/// A fault of the database.
pub(super) async fn tell_moved_up(
    unit: &Unit,
    context: &Context,
    (before, seats_before): (&[signup::Model], i64),
    (after, seats_after): (&[signup::Model], i64),
) -> Result<(), Problem> {
    let seated = moved_up((&wanted(before), seats_before), (&wanted(after), seats_after));
    later(unit, context, &seated, News::Seated).await
}

/// The words of a text; none if it is no news any more.
fn words(news: News, row: &Model, station: &str) -> Option<String> {
    let [from, to] = [row.starts_at, row.ends_at].map(|time| time.at().with_timezone(&calendar::BEIJING));
    let at = from.format("%-m月%-d日%H:%M");
    let what = format!("{station}“{}”", row.title);
    match (news, row.cancelled.as_deref()) {
        (News::CalledOff, reason) => {
            let reason = reason?.trim_end_matches('。');
            Some(format!("【娘家】您报名的{at}{what}活动取消了，原因：{reason}。"))
        }
        (_, Some(_)) => None,
        (News::Moved, None) => {
            let to = to.format(if from.date_naive() == to.date_naive() { "%H:%M" } else { "%-m月%-d日%H:%M" });
            Some(format!("【娘家】您报名的{what}活动时间改为{at}至{to}。来不了请到手机“驿站活动”取消报名。"))
        }
        (News::Seated, None) => {
            Some(format!("【娘家】您候补的{at}{what}活动有名额了，已为您报上。来不了请到手机“驿站活动”取消报名。"))
        }
    }
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Message =
            serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("an activity's message: {err}")))?;
        let conn = context.read();
        let signed = signup::Entity::find_by_id(told.signup).one(conn).await?.filter(|one| one.wanted);
        let Some(signed) = signed else { return Ok(()) };
        let Some(row) = activity::Entity::find_by_id(signed.activity_id).one(conn).await? else { return Ok(()) };
        let Some(station) = station::Entity::find_by_id(row.station_id).one(conn).await? else { return Ok(()) };
        // The gateway may have been away for hours: that there is a seat, or when it is, is no news when it is over.
        if told.news != News::CalledOff && row.ends_at.at() <= context.now() {
            return Ok(());
        }
        if let Some(text) = words(told.news, &row, &station.name) {
            person::tell(context, signed.person_id, &text).await?;
        }
        Ok(())
    })
}
