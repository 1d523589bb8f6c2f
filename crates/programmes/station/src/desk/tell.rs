//! Whoever booked a time that the desk calls off is told by a text: a page that he doesn't open tells him too late.

use kernel::{Answer, Context, Fault, Id, Moment, Problem, Unit, outbox, outbox::JobKind, person};
use sea_orm::{ActiveValue::Set, Condition, QuerySelect, QueryTrait, entity::prelude::*};

use super::offered::load;
use crate::tables::{
    booking::{ActiveModel, BookingState, Column, Entity},
    desk,
};

/// Tells one who had booked.
pub const TELL: JobKind = person::telling("station_booking_called_off", tell);

/// The filter for what was booked and is still to come.
pub(crate) fn coming(context: &Context) -> Condition {
    Condition::all().add(Column::State.eq(BookingState::Booked)).add(Column::StartsAt.gt(Moment::from(context.now())))
}

/// The filter for what was booked at a station: its desks lead to it.
pub(crate) fn at(station: Id) -> Expr {
    let desks = desk::Entity::find().select_only().column(desk::Column::Id).filter(desk::Column::StationId.eq(station));
    Column::DeskId.in_subquery(desks.into_query())
}

/// Calls off what was booked, is still to come and passes a condition, and orders the texts. Answers how many.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn call_off(unit: &Unit, context: &Context, which: Condition, reason: &str) -> Result<usize, Problem> {
    let booked = Entity::find().filter(coming(context)).filter(which).all(unit).await?;
    let off =
        ActiveModel { state: Set(BookingState::CalledOff), reason: Set(Some(reason.to_owned())), ..Default::default() };
    let ids: Vec<Id> = booked.iter().map(|row| row.id).collect();
    Entity::update_many().set(off).filter(Column::Id.is_in(ids.iter().copied())).exec(unit).await?;
    outbox::enqueue_all(unit, context, TELL.code, &ids, context.now().into()).await?;
    Ok(ids.len())
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a booking: {err}")))?;
        let conn = context.read();
        let Some(row) = Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
        let Some(person) = row.person_id else { return Ok(()) };
        let (_, station) = load(conn, row.desk_id).await?;
        let at = row.starts_at.at().with_timezone(&calendar::BEIJING).format("%-m月%-d日%H:%M");
        let reason = row.reason.unwrap_or_default();
        // What the desk advises on stays out of a text that others may see on the screen.
        let text = format!(
            "【娘家】您预约的{at}{}咨询取消了，原因：{}。请到手机“驿站咨询”另约时间。",
            station.name,
            reason.trim_end_matches('。'),
        );
        person::tell(context, person, &text).await?;
        Ok(())
    })
}
