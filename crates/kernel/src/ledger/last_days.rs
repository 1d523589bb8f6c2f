//! When something was last done for people.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{QuerySelect, entity::prelude::*};

use super::{fact, surroundings};
use crate::Problem;

/// The last day on which something was done for each of some people (at most a thousand), by facts that stand, of other
/// kinds than `but`; who never had any is absent. What was done for those who turned out to be one of them counts too. The
/// caller has made sure that he may see these people.
///
/// # Errors
/// A fault of the database.
pub async fn last_days(conn: &Connection, people: &[Id], but: &[&str]) -> Result<HashMap<Id, NaiveDate>, Problem> {
    let survivors = surroundings::survivors(conn, people).await?;
    let rows: Vec<(Id, NaiveDate)> = fact::Entity::find()
        .select_only()
        .column(fact::Column::PersonId)
        .column_as(fact::Column::Day.max(), "last_day")
        .filter(fact::on_all_shelves(conn))
        .filter(fact::Column::PersonId.is_in(survivors.keys().copied()))
        .filter(fact::Column::Kind.is_not_in(but.iter().copied()))
        .filter(fact::stands())
        .group_by(fact::Column::PersonId)
        .into_tuple()
        .all(conn)
        .await?;
    let mut last: HashMap<Id, NaiveDate> = HashMap::new();
    for (person, day) in rows {
        let Some(survivor) = survivors.get(&person) else { continue };
        let known = last.entry(*survivor).or_insert(day);
        *known = std::cmp::max(day, *known);
    }
    Ok(last)
}
