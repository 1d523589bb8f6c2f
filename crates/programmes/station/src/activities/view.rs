//! Activities as people read them.

use database::Connection;
use kernel::{Context, Id, Problem};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::ActivityForm;
use crate::{
    register::{keyed, view::in_scope},
    rules::seats::{Seat, seat},
    tables::{
        activity::{Entity, Model},
        signup, station,
    },
};

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationActivity)]
pub struct ActivityView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// Where it is, in words.
    pub address: String,
    /// What was filled in.
    #[serde(flatten)]
    pub form: ActivityForm,
    /// What it is, in words.
    pub kind_label: String,
    /// Whether it is over.
    pub over: bool,
    /// Why it doesn't take place, if it doesn't.
    pub cancelled: Option<String>,
    /// How many have a seat.
    pub seated: i64,
    /// How many wait.
    pub waiting: i64,
    /// How many came.
    pub attended: i64,
    /// Grows with each change; the ETag.
    pub version: i64,
}

/// An activity with its station, if that lies in the scope.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn find(conn: &Connection, context: &Context, id: Id) -> Result<(Model, station::Model), Problem> {
    let row = Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let station = in_scope(conn, context, row.station_id).await?;
    Ok((row, station))
}

/// Who signed up for activities or came to them, in the order of signing up.
///
/// # Errors
/// A fault of the database.
pub async fn signups(
    conn: &Connection,
    activities: impl IntoIterator<Item = Id>,
) -> Result<Vec<signup::Model>, Problem> {
    let query = signup::Entity::find().filter(signup::Column::ActivityId.is_in(activities));
    Ok(query.order_by_asc(signup::Column::Turn).order_by_asc(signup::Column::Id).all(conn).await?)
}

/// Where somebody who signed up stands among all who did, in their order; none if he didn't or gave up.
#[must_use]
pub fn standing(activity: &Model, all: &[signup::Model], person: Id) -> Option<Seat> {
    let wanted = all.iter().filter(|one| one.activity_id == activity.id && one.wanted);
    let (place, _) = (0_i64..).zip(wanted).find(|(_, one)| one.person_id == person)?;
    Some(seat(place, activity.capacity))
}

/// One activity as people read it.
///
/// # Errors
/// A fault of the database.
pub async fn view(conn: &Connection, context: &Context, row: Model) -> Result<ActivityView, Problem> {
    let signed = signups(conn, [row.id]).await?;
    views(conn, context, vec![row], &signed).await?.pop().ok_or_else(Problem::not_found)
}

/// Activities as people read them, with those who signed up.
///
/// # Errors
/// A fault of the database.
pub async fn views(
    conn: &Connection,
    context: &Context,
    rows: Vec<Model>,
    signed: &[signup::Model],
) -> Result<Vec<ActivityView>, Problem> {
    let stations = keyed::stations(conn, rows.iter().map(|row| row.station_id)).await?;
    let view = |row: Model| {
        let station = stations.get(&row.station_id)?;
        let own = || signed.iter().filter(|one| one.activity_id == row.id);
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let wanted = count(own().filter(|one| one.wanted).count());
        Some(ActivityView {
            id: row.id,
            station_id: station.id,
            station: station.name.clone(),
            address: station.place.clone(),
            kind_label: row.kind.label().to_owned(),
            over: row.ends_at.at() < context.now(),
            seated: wanted.min(row.capacity),
            waiting: (wanted - row.capacity).max(0),
            attended: count(own().filter(|one| one.attended_at.is_some()).count()),
            form: ActivityForm::of(&row),
            cancelled: row.cancelled,
            version: row.version,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}
