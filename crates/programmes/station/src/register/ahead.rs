//! What is still to come at a station, and what becomes of it when the station closes or pauses. A closing calls everything
//! off. A pause calls the bookings within it off, which are made anew easily, and keeps gifts on until it is over; whether an
//! activity or a shift takes place nevertheless is for those who planned it, so whoever signed up is told to ask.

use std::collections::BTreeSet;

use calendar::{BEIJING, beijing_day, day_start};
use chrono::{Days, NaiveDate};
use database::Connection;
use kernel::{
    Answer, Context, Fault, Id, Moment, Problem, Unit,
    outbox::{self, JobKind},
    person, rulebook,
};
use sea_orm::{Condition, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::now::Sign;
use crate::{
    activities::cancel,
    desk,
    donations::withdraw,
    roster,
    rules::{hours::OpeningHours, standing::BELOW_STANDARD},
    tables::{activity, booking, shift, signup, station, station::StationState},
};

/// Tells one who signed up for an activity, or stands on a shift, that his station pauses then. What was struck out meanwhile
/// has its own text.
pub const TELL: JobKind = person::telling("station_tell_shut", tell);

/// What is still to come at a station.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationAhead)]
pub struct Ahead {
    /// How many consultations are booked.
    pub bookings: u64,
    /// How many activities are announced.
    pub activities: u64,
    /// How many shifts are put up.
    pub shifts: u64,
    /// For how many people something is kept in the corner.
    pub gifts: u64,
}

/// Whom to tell of what.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    person: Id,
    of: Affair,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Affair {
    Activity(Id),
    Shift(Id),
}

/// From which day until which, where they are told.
type Span = (Option<NaiveDate>, Option<NaiveDate>);

const ALL: Span = (None, None);

/// The days of a pause that are still to come.
fn pausing(context: &Context, station: &station::Model) -> Span {
    (station.kept().will_pause(context.today()), station.paused_until)
}

/// A filter, and that an instant lies in such days.
fn within(filter: Condition, column: impl ColumnTrait, (first, last): Span) -> Condition {
    let next = last.and_then(|last| last.checked_add_days(Days::new(1)));
    let instant = |day: NaiveDate| Moment::from(day_start(day));
    filter
        .add_option(first.map(|first| column.gte(instant(first))))
        .add_option(next.map(|next| column.lt(instant(next))))
}

fn bookings(station: Id, span: Span) -> Condition {
    within(Condition::all().add(desk::tell::at(station)), booking::Column::StartsAt, span)
}

fn activities(context: &Context, station: Id, span: Span) -> Condition {
    let coming = Condition::all()
        .add(activity::Column::StationId.eq(station))
        .add(activity::Column::Cancelled.is_null())
        .add(activity::Column::StartsAt.gt(Moment::from(context.now())));
    within(coming, activity::Column::StartsAt, span)
}

/// The filter for shifts that have not begun and were not called off.
pub(crate) fn coming(context: &Context) -> Condition {
    Condition::all().add(shift::Column::Off.is_null()).add(roster::standing::not_begun(context))
}

fn shifts(context: &Context, station: Id, (first, last): Span) -> Condition {
    Condition::all()
        .add(shift::Column::StationId.eq(station))
        .add(coming(context))
        .add_option(first.map(|first| shift::Column::Day.gte(first)))
        .add_option(last.map(|last| shift::Column::Day.lte(last)))
}

/// A station's pause, and what is still planned for its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationPauseAhead)]
pub struct PauseAhead {
    /// From when until when and why, in words.
    pub text: String,
    /// How many activities are announced for its days.
    pub activities: u64,
    /// How many shifts are put up for them.
    pub shifts: u64,
}

/// How a station pauses or will, for whoever is on duty there.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn in_pause(
    conn: &Connection,
    context: &Context,
    station: &station::Model,
) -> Result<Option<PauseAhead>, Problem> {
    let (sign, today) = (Sign::of(station), context.today());
    let pauses = || sign.shut(today).filter(|_| station.kept().decided(today) == StationState::Paused);
    let Some(text) = sign.will_pause(today).or_else(pauses) else { return Ok(None) };
    let span = pausing(context, station);
    Ok(Some(PauseAhead {
        text,
        activities: activity::Entity::find().filter(activities(context, station.id, span)).count(conn).await?,
        shifts: shift::Entity::find().filter(shifts(context, station.id, span)).count(conn).await?,
    }))
}

/// Counts what is still to come at a station.
///
/// # Errors
/// A fault of the database.
pub(super) async fn count(conn: &Connection, context: &Context, station: Id) -> Result<Ahead, Problem> {
    let booked = booking::Entity::find().filter(desk::tell::coming(context)).filter(bookings(station, ALL));
    Ok(Ahead {
        bookings: booked.count(conn).await?,
        activities: activity::Entity::find().filter(activities(context, station, ALL)).count(conn).await?,
        shifts: shift::Entity::find().filter(shifts(context, station, ALL)).count(conn).await?,
        gifts: withdraw::kept(station).count(conn).await?,
    })
}

/// Calls off all that is still to come at a station which closes, and orders the texts. Answers what it was.
///
/// # Errors
/// A fault of the database.
pub(super) async fn call_off(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    reason: &str,
) -> Result<Ahead, Problem> {
    let all = count(unit, context, station.id).await?;
    desk::tell::call_off(unit, context, bookings(station.id, ALL), reason).await?;
    for old in activity::Entity::find().filter(activities(context, station.id, ALL)).all(unit).await? {
        cancel::strike(unit, context, (old, station), reason).await?;
    }
    for shift in shift::Entity::find().filter(shifts(context, station.id, ALL)).all(unit).await? {
        roster::off::strike(unit, context, (shift, station), reason).await?;
    }
    Ok(all)
}

/// Calls the consultations off that are booked within a station's pause, lets no gift run out in it that is kept for somebody,
/// and orders texts to whoever signed up for what else lies within it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn pause(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    reason: &str,
) -> Result<(), Problem> {
    let span = pausing(context, station);
    desk::tell::call_off(unit, context, bookings(station.id, span), reason).await?;
    match span.1 {
        Some(last) => {
            let from = span.0.map_or(context.now(), day_start);
            let kept_on = withdraw::keep_on(unit, context, station, (from, last)).await?;
            withdraw::tell_later(unit, context, &kept_on).await?;
        }
        None => withdraw::put_back(unit, context, station.id, reason).await?,
    }
    for row in activity::Entity::find().filter(activities(context, station.id, span)).all(unit).await? {
        tell_signed(unit, context, row.id).await?;
    }
    for row in shift::Entity::find().filter(shifts(context, station.id, span)).all(unit).await? {
        let people = roster::off::concerned(unit, &row).await?;
        tell_later(unit, context, &people, Affair::Shift(row.id)).await?;
    }
    Ok(())
}

/// Calls the consultations off that are booked for days on which a station is newly off, by exception or for a holiday, and
/// lets no gift run out on them that is kept for somebody. Whether an activity or a shift takes place behind the closed door is
/// for those who planned it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn shut_days(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (before, after): (&OpeningHours, &OpeningHours),
) -> Result<(), Problem> {
    if before == after {
        return Ok(());
    }
    let calendar = rulebook::working_calendar(unit, station.organisation_id).await?;
    let bookable = usize::try_from(desk::schedule::FARTHEST).unwrap_or_default() + 1;
    let newly_off = |day: &NaiveDate| after.is_off(*day, &calendar) && !before.is_off(*day, &calendar);
    let days: Vec<NaiveDate> = context.today().iter_days().take(bookable).filter(newly_off).collect();
    let mut kept_on = BTreeSet::new();
    for day in days {
        let that_day = bookings(station.id, (Some(day), Some(day)));
        desk::tell::call_off(unit, context, that_day, after.why_off(day)).await?;
        kept_on.extend(withdraw::keep_on(unit, context, station, (day_start(day), day)).await?);
    }
    withdraw::tell_later(unit, context, &Vec::from_iter(kept_on)).await
}

/// Calls the consultations off that are booked for the day from which on a station is shut for being below standard, or later:
/// until it is mended nobody books these days any more.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn shut_from(unit: &Unit, context: &Context, station: Id, day: NaiveDate) -> Result<(), Problem> {
    desk::tell::call_off(unit, context, bookings(station, (Some(day), None)), BELOW_STANDARD).await?;
    Ok(())
}

async fn tell_signed(unit: &Unit, context: &Context, activity: Id) -> Result<(), Problem> {
    let signed = signup::Entity::find().filter(signup::Column::ActivityId.eq(activity));
    let signed = signed.filter(signup::Column::Wanted.eq(true)).all(unit).await?;
    let people: Vec<Id> = signed.into_iter().map(|one| one.person_id).collect();
    tell_later(unit, context, &people, Affair::Activity(activity)).await
}

async fn tell_later(unit: &Unit, context: &Context, people: &[Id], of: Affair) -> Result<(), Problem> {
    let messages: Vec<Message> = people.iter().map(|person| Message { person: *person, of }).collect();
    outbox::enqueue_all(unit, context, TELL.code, &messages, context.now().into()).await
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Message =
            serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a shut station's message: {err}")))?;
        let conn = context.read();
        let (at, day, what, is_off) = match told.of {
            Affair::Activity(id) => {
                let Some(row) = activity::Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
                let starts_at = row.starts_at.at();
                let when = starts_at.with_timezone(&BEIJING).format("%-m月%-d日%H:%M");
                (
                    row.station_id,
                    beijing_day(starts_at),
                    format!("{when}的活动“{}”", row.title),
                    row.cancelled.is_some(),
                )
            }
            Affair::Shift(id) => {
                let Some(row) = shift::Entity::find_by_id(id).one(conn).await? else { return Ok(()) };
                let when = format!("{}{}", row.day.format("%-m月%-d日"), roster::view::hours_text(&row));
                (row.station_id, row.day, format!("{when}的班次"), row.off.is_some())
            }
        };
        let Some(station) = station::Entity::find_by_id(at).one(conn).await? else { return Ok(()) };
        // What was struck out has a text of its own; a station that is open again needs none, nor a day that is over.
        if is_off || day < context.today() || station.kept().decided(day) == StationState::Open {
            return Ok(());
        }
        let (name, reason) = (&station.name, station.state_reason.as_deref().unwrap_or_default());
        let pauses = || format!("暂停开放（{}）", reason.trim_end_matches('。'));
        let pauses = Sign::of(&station).will_pause(context.today()).unwrap_or_else(pauses);
        let line = station.service_line.as_deref().unwrap_or_default();
        let text = format!("【娘家】{name}{pauses}。您报名的{what}是否照常，请先向驿站打听{line}。");
        person::tell(context, told.person, &text).await?;
        Ok(())
    })
}
