//! Desks as officers see them: of bookings the numbers, of nobody anything.

use std::collections::HashMap;

use database::Connection;
use kernel::{Actor, Context, Id, Moment, Problem, access::Actors};
use sea_orm::{Condition, QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{advisers::seated, form::DeskForm, off::DayOff};
use crate::{
    register::{keyed, view::in_scope},
    tables::{
        booking::{self, BookingState},
        desk::{Entity, Model},
        desk_off, station,
    },
};

/// A desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDesk)]
pub struct DeskView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// What was filled in.
    #[serde(flatten)]
    pub form: DeskForm,
    /// What it advises on, in words.
    pub kind_label: String,
    /// When somebody sits there, in words.
    pub hours_text: String,
    /// Who advises.
    pub adviser: String,
    /// Whether who advises may still do so at this station; if not, nobody can book until somebody else advises.
    pub seated: bool,
    /// Why it takes no bookings, if it doesn't.
    pub closed: Option<String>,
    /// The days to come on which nobody sits there.
    pub days_off: Vec<DayOff>,
    /// How many bookings are still to come.
    pub booked: i64,
    /// How many consultations were held.
    pub held: i64,
    /// How many who booked did not come.
    pub missed: i64,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// A desk with its station, if that lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub(super) async fn find(conn: &Connection, context: &Context, id: Id) -> Result<(Model, station::Model), Problem> {
    let row = Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let station = in_scope(conn, context, row.station_id).await?;
    Ok((row, station))
}

/// The names of advisers.
///
/// # Errors
/// A fault of the database.
pub(super) async fn advisers(
    conn: &Connection,
    accounts: impl Iterator<Item = Id>,
) -> Result<HashMap<Id, String>, Problem> {
    let words: HashMap<Id, String> = accounts.map(|account| (account, Actor::Officer { account }.word())).collect();
    let known = Actors::of(conn, words.values().map(String::as_str)).await?;
    Ok(words.into_iter().map(|(account, word)| (account, known.label(&word))).collect())
}

/// How many bookings of desks stand how; of those that nobody has marked only what is not over is still to come.
async fn numbers(
    conn: &Connection,
    context: &Context,
    desks: impl Iterator<Item = Id>,
) -> Result<HashMap<(Id, BookingState), i64>, Problem> {
    let standing = Condition::any()
        .add(booking::Column::State.ne(BookingState::Booked))
        .add(booking::Column::EndsAt.gt(Moment::from(context.now())));
    let rows: Vec<(Id, BookingState, i64)> = booking::Entity::find()
        .select_only()
        .columns([booking::Column::DeskId, booking::Column::State])
        .column_as(booking::Column::Id.count(), "number")
        .filter(booking::Column::DeskId.is_in(desks))
        .filter(standing)
        .group_by(booking::Column::DeskId)
        .group_by(booking::Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|(desk, state, number)| ((desk, state), number)).collect())
}

/// The days to come on which nobody sits at some desks, in their order.
async fn days_off(
    conn: &Connection,
    context: &Context,
    desks: impl Iterator<Item = Id>,
) -> Result<HashMap<Id, Vec<DayOff>>, Problem> {
    let query = desk_off::Entity::find()
        .filter(desk_off::Column::DeskId.is_in(desks))
        .filter(desk_off::Column::Day.gte(context.today()))
        .order_by_asc(desk_off::Column::Day);
    let mut days: HashMap<Id, Vec<DayOff>> = HashMap::new();
    for row in query.all(conn).await? {
        days.entry(row.desk_id).or_default().push(DayOff { day: row.day, reason: row.reason });
    }
    Ok(days)
}

/// Desks as officers see them.
///
/// # Errors
/// A fault.
pub(super) async fn views(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<DeskView>, Problem> {
    let stations = keyed::stations(conn, rows.iter().map(|row| row.station_id)).await?;
    let advisers = advisers(conn, rows.iter().map(|row| row.adviser_id)).await?;
    let who = |row: &Model| Some((row.adviser_id, stations.get(&row.station_id)?.organisation_id));
    let seated = seated(conn, rows.iter().filter_map(who).collect::<Vec<_>>()).await?;
    let numbers = numbers(conn, context, rows.iter().map(|row| row.id)).await?;
    let mut off = days_off(conn, context, rows.iter().map(|row| row.id)).await?;
    let number = |row: &Model, state| numbers.get(&(row.id, state)).copied().unwrap_or_default();
    let view = |row: Model| {
        let form = DeskForm::of(&row)?;
        Ok(DeskView {
            id: row.id,
            seated: who(&row).is_some_and(|one| seated.contains(&one)),
            station_id: row.station_id,
            station: stations.get(&row.station_id).map(|station| station.name.clone()).unwrap_or_default(),
            kind_label: row.kind.label().to_owned(),
            hours_text: form.hours.text(),
            adviser: advisers.get(&row.adviser_id).cloned().unwrap_or_default(),
            days_off: off.remove(&row.id).unwrap_or_default(),
            booked: number(&row, BookingState::Booked),
            held: number(&row, BookingState::Held),
            missed: number(&row, BookingState::Missed),
            form,
            closed: row.closed,
            version: row.version,
        })
    };
    rows.into_iter().map(view).collect()
}

/// One desk as officers see it.
///
/// # Errors
/// A fault.
pub(super) async fn view(conn: &Connection, context: &Context, row: Model) -> Result<DeskView, Problem> {
    views(conn, context, vec![row]).await?.pop().ok_or_else(Problem::not_found)
}
