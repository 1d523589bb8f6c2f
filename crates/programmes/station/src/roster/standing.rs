//! What the rules ask of the database: how a shift stands, what else somebody stands on, who has helped before.

use std::collections::HashSet;

use calendar::beijing_time;
use chrono::{Days, NaiveDate, TimeDelta, Timelike};
use database::Connection;
use kernel::{Context, Id, Problem};
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::Condition};

use crate::{
    rules::roster::{Places, ShiftSpan},
    tables::{post, shift, volunteer},
};

/// Who stands on some shifts, in the order of signing up.
///
/// # Errors
/// A fault of the database.
pub(super) async fn signed(
    conn: &Connection,
    shifts: impl IntoIterator<Item = Id>,
) -> Result<Vec<volunteer::Model>, Problem> {
    let query = volunteer::Entity::find().filter(volunteer::Column::ShiftId.is_in(shifts));
    Ok(query.order_by_asc(volunteer::Column::Id).all(conn).await?)
}

/// The filter for shifts that have not begun, whatever became of them.
pub(crate) fn not_begun(context: &Context) -> Condition {
    let now = beijing_time(context.now());
    let hour = i32::try_from(now.hour()).unwrap_or(i32::MAX);
    let later = Condition::all().add(shift::Column::Day.eq(now.date())).add(shift::Column::FromHour.gt(hour));
    Condition::any().add(shift::Column::Day.gt(now.date())).add(later)
}

/// The filter for shifts that have begun, whatever became of them.
pub(crate) fn begun(context: &Context) -> Condition {
    not_begun(context).not()
}

/// The shifts from a day on that somebody stands on, as a volunteer or on duty; those called off don't count.
///
/// # Errors
/// A fault of the database.
pub(super) async fn own(conn: &Connection, person: Id, from: NaiveDate) -> Result<Vec<shift::Model>, Problem> {
    let signed = volunteer::Entity::find().select_only().column(volunteer::Column::ShiftId);
    let signed = signed.filter(volunteer::Column::PersonId.eq(person)).into_query();
    let posts = post::Entity::find().select_only().column(post::Column::Id);
    let posts = posts.filter(post::Column::PersonId.eq(person)).into_query();
    let mine =
        Condition::any().add(shift::Column::Id.in_subquery(signed)).add(shift::Column::PostId.in_subquery(posts));
    let found = shift::Entity::find().filter(mine).filter(shift::Column::Day.gte(from));
    Ok(found.filter(shift::Column::Off.is_null()).all(conn).await?)
}

/// When somebody is taken on a day, but for one shift.
///
/// # Errors
/// A fault of the database.
pub(super) async fn taken(
    conn: &Connection,
    person: Id,
    day: NaiveDate,
    but: Option<Id>,
) -> Result<Vec<ShiftSpan>, Problem> {
    let own = own(conn, person, day).await?;
    let others = own.iter().filter(|shift| shift.day == day && Some(shift.id) != but);
    Ok(others.map(shift::Model::span).collect())
}

/// Which of some people have helped before.
///
/// # Errors
/// A fault of the database.
pub(super) async fn experienced(
    conn: &Connection,
    people: impl IntoIterator<Item = Id>,
) -> Result<HashSet<Id>, Problem> {
    let found = volunteer::Entity::find()
        .select_only()
        .column(volunteer::Column::PersonId)
        .distinct()
        .filter(volunteer::Column::PersonId.is_in(people))
        .filter(volunteer::Column::Hours.gt(0));
    Ok(found.into_tuple::<Id>().all(conn).await?.into_iter().collect())
}

/// The shifts of a station today and tomorrow on which newcomers stand with nobody who shows them what to do, in the order of
/// time; what has ended is none of them.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn alone(conn: &Connection, context: &Context, station: Id) -> Result<Vec<shift::Model>, Problem> {
    let today = context.today();
    let mut rows = shift::Entity::find()
        .filter(shift::Column::StationId.eq(station))
        .filter(shift::Column::Day.between(today, today.checked_add_days(Days::new(1)).unwrap_or(today)))
        .filter(shift::Column::PostId.is_null())
        .filter(shift::Column::Off.is_null())
        .order_by_asc(shift::Column::Day)
        .order_by_asc(shift::Column::FromHour)
        .all(conn)
        .await?;
    let signed = signed(conn, rows.iter().map(|row| row.id)).await?;
    let known = experienced(conn, signed.iter().map(|one| one.person_id)).await?;
    rows.retain(|row| row.span().ends() > context.now() && places(row, &signed, &known, None).is_alone());
    Ok(rows)
}

/// The last day of a station's weekly roster that ended in the last two weeks or ends within one, if nothing is put up for the
/// week after it; a shift without one a week before it is part of none.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn ends(conn: &Connection, context: &Context, station: Id) -> Result<Option<NaiveDate>, Problem> {
    let (today, week) = (context.today(), TimeDelta::weeks(1));
    let days = shift::Entity::find()
        .select_only()
        .column(shift::Column::Day)
        .distinct()
        .filter(shift::Column::StationId.eq(station))
        .filter(shift::Column::Day.between(today - week * 3, today + week * 2))
        .filter(shift::Column::Off.is_null());
    let days: HashSet<NaiveDate> = days.into_tuple::<NaiveDate>().all(conn).await?.into_iter().collect();
    let last = days.iter().copied().filter(|day| days.contains(&(*day - week))).max();
    Ok(last.filter(|last| (today - week * 2..=today + week).contains(last)))
}

/// How a shift stands, without one who leaves it.
#[must_use]
pub(super) fn places(
    row: &shift::Model,
    signed: &[volunteer::Model],
    known: &HashSet<Id>,
    leaves: Option<Id>,
) -> Places {
    let here = || signed.iter().filter(|one| one.shift_id == row.id && Some(one.id) != leaves);
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    Places {
        wanted: row.wanted,
        signed: count(here().count()),
        experienced: count(here().filter(|one| known.contains(&one.person_id)).count()),
        guided: row.guided,
    }
}
