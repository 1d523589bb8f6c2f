//! Who answers for a station: one master at any time, deputies beside him.

pub mod appoint;
pub mod persons;
pub mod relieve;
pub mod view;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Id, Problem};
use sea_orm::{entity::prelude::*, sea_query::Condition};

pub use crate::tables::post::PostRole;

use crate::tables::post;

/// The filter for posts that hold on a day.
pub fn holding(day: NaiveDate) -> Condition {
    Condition::all().add(post::Column::FromDay.lte(day)).add(not_over(day))
}

/// The filter for posts that hold on a day or later.
pub(crate) fn not_over(day: NaiveDate) -> Condition {
    Condition::any().add(post::Column::UntilDay.is_null()).add(post::Column::UntilDay.gt(day))
}

/// Who has a post at a station on a day, each once: records that turned out to be one person's may have brought him two.
///
/// # Errors
/// A fault of the database.
pub async fn on_duty(conn: &Connection, station: Id, day: NaiveDate) -> Result<Vec<Id>, Problem> {
    let query = post::Entity::find().filter(post::Column::StationId.eq(station)).filter(holding(day));
    let people: BTreeSet<Id> = query.all(conn).await?.into_iter().map(|post| post.person_id).collect();
    Ok(people.into_iter().collect())
}

/// Who answers for a station on a day.
///
/// # Errors
/// A fault of the database.
pub async fn master_on(conn: &Connection, station: Id, day: NaiveDate) -> Result<Option<Id>, Problem> {
    let query = post::Entity::find()
        .filter(post::Column::StationId.eq(station))
        .filter(post::Column::Role.eq(PostRole::Master))
        .filter(holding(day));
    Ok(query.one(conn).await?.map(|post| post.person_id))
}
