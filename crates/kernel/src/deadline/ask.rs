//! Which records' terms stand how, for the programmes' own questions: the keys of records, as parts of a question.

use chrono::NaiveDate;
use database::Connection;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::SelectStatement};

use super::tables::{Column, Entity, Model};
use crate::Problem;

fn of(kind: &str) -> Select<Entity> {
    Entity::find().select_only().column(Column::SubjectId).filter(Column::Kind.eq(kind))
}

/// Records whose term was paused at least once, so that it stands here.
#[must_use]
pub fn moved(kind: &str) -> SelectStatement {
    of(kind).into_query()
}

/// Records whose term stands still.
#[must_use]
pub fn paused(kind: &str) -> SelectStatement {
    of(kind).filter(Column::PausedSince.is_not_null()).into_query()
}

/// Records whose term was paused, runs again, and ended before a day.
#[must_use]
pub fn due_before(kind: &str, day: NaiveDate) -> SelectStatement {
    of(kind).filter(Column::PausedSince.is_null()).filter(Column::DueOn.lt(day)).into_query()
}

/// Records whose term was paused, runs again, and has used up four fifths, but not all, by a day.
#[must_use]
pub fn nearly_due(kind: &str, day: NaiveDate) -> SelectStatement {
    let running = of(kind).filter(Column::PausedSince.is_null());
    running.filter(Column::FourFifthsOn.lte(day)).filter(Column::DueOn.gte(day)).into_query()
}

/// Terms that run again and whose last day is not known yet, because the days off of its year are not announced.
///
/// # Errors
/// A fault of the database.
pub async fn waiting_for_calendar(conn: &Connection, most: u64) -> Result<Vec<Model>, Problem> {
    let query = Entity::find().filter(Column::PausedSince.is_null()).filter(Column::DueOn.is_null());
    Ok(query.order_by_asc(Column::Id).limit(most).all(conn).await?)
}
