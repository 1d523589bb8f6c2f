//! What is still to come at a station, and what becomes of it when the station closes or pauses. A closing calls everything
//! off. A pause calls the bookings within it off, which are made anew easily, and keeps gifts on until it is over; whether an
//! activity or a shift takes place nevertheless is for those who planned it, so whoever signed up is told to ask.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{BEIJING, beijing_day, day_start};
use chrono::{Days, NaiveDate, TimeDelta};
use database::Connection;
use kernel::{
    Answer, Context, Fault, Id, Moment, Problem, Unit,
    outbox::{self, JobKind},
    person, rulebook,
};
use sea_orm::{Condition, QueryOrder, entity::prelude::*};
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

/// Tells those people of a station that will be below standard beyond the grace, on the day before: until then it may be
/// mended, and others sign up.
pub const SHUT: JobKind = JobKind::new("station_shuts", 5, shuts);

/// So long before the day on which it is shut they are told: at nine in the morning.
const TOLD_BEFORE: TimeDelta = TimeDelta::hours(15);

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
    /// On how many more shifts he stands. Jobs that wait from when each was told of by its own text have none.
    #[serde(default)]
    more: u64,
}

/// Which station is shut from when on.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Shut {
    station: Id,
    day: NaiveDate,
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
    tell_on_shifts(unit, context, &coming_shifts(unit, context, station.id, span).await?).await
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
/// until it is mended nobody books these days any more. What is kept in its corner is kept until then at the longest, and
/// whoever signed up for what lies behind it is told when it comes to that.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn shut_from(unit: &Unit, context: &Context, station: Id, day: NaiveDate) -> Result<(), Problem> {
    desk::tell::call_off(unit, context, bookings(station, (Some(day), None)), BELOW_STANDARD).await?;
    if day <= context.today() {
        withdraw::put_back(unit, context, station, BELOW_STANDARD).await?;
    } else {
        withdraw::keep_until(unit, context, station, day).await?;
    }
    let at = Ord::max(day_start(day) - TOLD_BEFORE, context.now());
    // Judged so, taken back and judged so again, they are told once.
    outbox::enqueue_once(unit, context, SHUT.code, &Shut { station, day }, at.into()).await
}

fn shuts<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let shut: Shut =
            serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a station that shuts: {err}")))?;
        context.unit(|unit| async move { tell_of_shut(&unit, context, shut).await }).await
    })
}

/// Orders the texts to those who signed up for days on which nothing but its standard keeps a station shut: of a pause they
/// have been told. Where it was mended, or found below standard anew, this day is none of its any more.
async fn tell_of_shut(unit: &Unit, context: &Context, Shut { station, day }: Shut) -> Result<(), Problem> {
    let found = station::Entity::find_by_id(station).one(unit).await?;
    let Some(kept) = found.filter(|row| row.shut_from == Some(day)).map(|row| row.kept()) else { return Ok(()) };
    let span = (Some(day), None);
    for row in activity::Entity::find().filter(activities(context, station, span)).all(unit).await? {
        if kept.is_shut_alone(beijing_day(row.starts_at.at())) {
            tell_signed(unit, context, row.id).await?;
        }
    }
    let mut rows = coming_shifts(unit, context, station, span).await?;
    rows.retain(|row| kept.is_shut_alone(row.day));
    tell_on_shifts(unit, context, &rows).await
}

/// The shifts of some days, in the order of time.
async fn coming_shifts(unit: &Unit, context: &Context, station: Id, span: Span) -> Result<Vec<shift::Model>, Problem> {
    let query = shift::Entity::find().filter(shifts(context, station, span));
    let query = query.order_by_asc(shift::Column::Day).order_by_asc(shift::Column::FromHour);
    Ok(query.order_by_asc(shift::Column::Id).all(unit).await?)
}

/// Orders a text to each who stands on some shifts, which come in the order of time: of his first and how many more, for he may
/// stand on those of half a year.
async fn tell_on_shifts(unit: &Unit, context: &Context, rows: &[shift::Model]) -> Result<(), Problem> {
    let mut told: BTreeMap<Id, Message> = BTreeMap::new();
    for row in rows {
        for person in roster::off::concerned(unit, row).await? {
            let first = Message { person, of: Affair::Shift(row.id), more: 0 };
            told.entry(person).and_modify(|one| one.more += 1).or_insert(first);
        }
    }
    tell_later(unit, context, &Vec::from_iter(told.into_values())).await
}

async fn tell_signed(unit: &Unit, context: &Context, activity: Id) -> Result<(), Problem> {
    let signed = signup::Entity::find().filter(signup::Column::ActivityId.eq(activity));
    let signed = signed.filter(signup::Column::Wanted.eq(true)).all(unit).await?;
    let told = |one: signup::Model| Message { person: one.person_id, of: Affair::Activity(activity), more: 0 };
    tell_later(unit, context, &Vec::from_iter(signed.into_iter().map(told))).await
}

async fn tell_later(unit: &Unit, context: &Context, messages: &[Message]) -> Result<(), Problem> {
    outbox::enqueue_all(unit, context, TELL.code, messages, context.now().into()).await
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
                let more = if told.more > 0 { format!("等{}班", told.more + 1) } else { String::new() };
                (row.station_id, row.day, format!("{when}的班次{more}"), row.off.is_some())
            }
        };
        let Some(station) = station::Entity::find_by_id(at).one(conn).await? else { return Ok(()) };
        // What was struck out has a text of its own; a station that is open again needs none, nor a day that is over.
        if is_off || day < context.today() || station.kept().standing(day) != StationState::Paused {
            return Ok(());
        }
        let (name, reason) = (&station.name, station.state_reason.as_deref().unwrap_or_default());
        let (sign, today) = (Sign::of(&station), context.today());
        let pauses = if sign.kept.is_shut_alone(day) {
            sign.will_be_shut(today).or_else(|| sign.shut(day)).unwrap_or_default()
        } else {
            let pauses = || format!("暂停开放（{}）", reason.trim_end_matches('。'));
            sign.will_pause(today).unwrap_or_else(pauses)
        };
        let line = station.service_line.as_deref().unwrap_or_default();
        let text =
            format!("【娘家】{name}{pauses}。您报名的{what}是否照常，请先向驿站打听{line}；没有取消的，名额为您保留。");
        person::tell(context, told.person, &text).await?;
        Ok(())
    })
}
