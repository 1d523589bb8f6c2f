//! Ratings as masters and officers read them.

use database::Connection;
use kernel::{Id, Moment, Problem};
use sea_orm::{FromQueryResult, QuerySelect, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tables::rating::{Column, Entity, Model};

/// What a visitor says of his visit. Nobody is told who he is, nor which visit it was: he should speak freely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationRating)]
pub struct RatingView {
    /// The key; not the visit's.
    pub id: Id,
    /// 1 to 5.
    pub points: i32,
    /// What he says.
    pub said: Option<String>,
    /// When.
    pub said_at: Moment,
    /// What the master answered.
    pub reply: Option<String>,
    /// When.
    pub replied_at: Option<Moment>,
    /// Why officers hid it, if they did.
    pub hidden: Option<String>,
}

impl From<Model> for RatingView {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            points: row.points,
            said: row.said,
            said_at: row.said_at,
            reply: row.reply,
            replied_at: row.replied_at,
            hidden: row.hidden,
        }
    }
}

#[derive(FromQueryResult)]
struct Sums {
    points: Option<i64>,
    number: i64,
}

/// How many rated a station, and its points on the average, in words; none before the first.
///
/// # Errors
/// A fault of the database.
pub async fn average(conn: &Connection, station: Id) -> Result<(i64, Option<String>), Problem> {
    let query = Entity::find()
        .select_only()
        .column_as(Column::Points.sum().cast_as("BIGINT"), "points")
        .column_as(Column::EntryId.count(), "number")
        .filter(Column::StationId.eq(station))
        .filter(Column::Hidden.is_null());
    let Some(Sums { points, number }) = query.into_model::<Sums>().one(conn).await? else { return Ok((0, None)) };
    let tenths = points.unwrap_or(0).saturating_mul(10).checked_div(number);
    Ok((number, tenths.map(|tenths| format!("{}.{}分", tenths / 10, tenths % 10))))
}

/// A rating of a station.
///
/// # Errors
/// 404 if there is none.
pub(super) async fn of_station(conn: &Connection, station: Id, id: Id) -> Result<Model, Problem> {
    let query = Entity::find().filter(Column::StationId.eq(station)).filter(Column::Id.eq(id));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}
