//! What was recorded for some people, in one question: for rules that ask it of many at once.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect, entity::prelude::*};

use super::{fact, surroundings};
use crate::Fault;

/// What rules need to know of a fact about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// Who: of several records of one person the one that was asked for.
    pub person: Id,
    /// The kind's code.
    pub kind: String,
    /// How many; negative when it reverses.
    pub quantity: i64,
    /// The Beijing day.
    pub day: NaiveDate,
}

/// What was recorded of `kinds` for `people`, from `since` on or ever, also for those who turned out to be one of them.
/// The caller has made sure that the people concern him.
///
/// # Errors
/// A fault of the database.
pub async fn of_people(
    conn: &Connection,
    people: &[Id],
    kinds: &[&str],
    since: Option<NaiveDate>,
) -> Result<Vec<Served>, Fault> {
    let asked = surroundings::survivors(conn, people).await?;
    let mut query = fact::Entity::find()
        .select_only()
        .columns([fact::Column::PersonId, fact::Column::Kind, fact::Column::Quantity, fact::Column::Day])
        .filter(fact::on_all_shelves(conn))
        .filter(fact::Column::PersonId.is_in(asked.keys().copied()))
        .filter(fact::Column::Kind.is_in(kinds.iter().copied()));
    if let Some(since) = since {
        query = query.filter(fact::Column::Day.gte(since));
    }
    let rows: Vec<(Option<Id>, String, i64, NaiveDate)> = query.into_tuple().all(conn).await?;
    let served = |(person, kind, quantity, day): (Option<Id>, String, i64, NaiveDate)| {
        Some(Served { person: *asked.get(&person?)?, kind, quantity, day })
    };
    Ok(rows.into_iter().filter_map(served).collect())
}

/// The kind of fact whose sum tells who is a member of a union, whichever programme records it.
pub const MEMBERSHIP: &str = "membership";

/// Who of `people` is a member of a union now. The caller has made sure that they concern him.
///
/// # Errors
/// A fault of the database.
pub async fn members(conn: &Connection, people: &[Id]) -> Result<HashSet<Id>, Fault> {
    let mut standing: HashMap<Id, i64> = HashMap::new();
    for fact in of_people(conn, people, &[MEMBERSHIP], None).await? {
        *standing.entry(fact.person).or_default() += fact.quantity;
    }
    Ok(standing.into_iter().filter(|(_, sum)| *sum > 0).map(|(person, _)| person).collect())
}
