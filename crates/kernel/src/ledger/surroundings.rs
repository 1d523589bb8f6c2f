//! What figures depend on besides facts, read from the database: the tree's dated places, and who was merged into whom.

use std::collections::HashMap;

use database::{Connection, Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect, Statement, entity::prelude::*};

use super::index::Placed;
use crate::{
    Context, Fault, Problem,
    organisation::{place, tree},
};

/// One person was found to be another. Written once, like a fact, in the unit that merges them; figures follow these
/// rows by their positions.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_merge")]
pub struct Model {
    /// The place in the order of commitment, from 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// Who no longer counts by himself.
    #[sea_orm(unique)]
    pub person_id: Id,
    /// Who counts instead.
    pub survivor_id: Id,
    /// When it was recorded.
    pub recorded_at: Moment,
}

database::plain_table!();

/// Tells the ledger that `person` is `survivor`: all figures count the two as one person from now on, for all time. For
/// the unit that merges two people; a person can be merged once.
///
/// # Errors
/// A fault of the database.
pub async fn merge_people(unit: &Unit, context: &Context, person: Id, survivor: Id) -> Result<(), Problem> {
    let last: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Position)
        .order_by_desc(Column::Position)
        .into_tuple()
        .one(unit)
        .await?;
    let row = ActiveModel {
        position: Set(last.unwrap_or(0) + 1),
        person_id: Set(person),
        survivor_id: Set(survivor),
        recorded_at: Set(context.now().into()),
    };
    Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}

/// How far the ledger and what it depends on have come; differs whenever something was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) facts: i64,
    pub(super) merges: i64,
    pub(super) tree: i64,
}

/// Reads how far everything has come, in one question.
pub(super) async fn standing(conn: &Connection) -> Result<Standing, Fault> {
    let sql = "SELECT (SELECT MAX(position) FROM ledger_fact) AS facts, (SELECT MAX(position) FROM ledger_merge) AS merges, \
               (SELECT MAX(version) FROM tree_change) AS tree";
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), sql)).await?;
    let Some(row) = row else { return Ok(Standing::default()) };
    let number = |column: &str| row.try_get::<Option<i64>>("", column).map(Option::unwrap_or_default);
    Ok(Standing { facts: number("facts")?, merges: number("merges")?, tree: number("tree")? })
}

/// All dated places.
pub(super) async fn places(conn: &Connection) -> Result<Vec<Placed>, Fault> {
    let rows = tree::dated_edges(conn).await?;
    let placed =
        |row: &place::Model| Placed { organisation: row.organisation_id, parent: row.parent_id, from: row.from_day };
    Ok(rows.iter().map(placed).collect())
}

/// Who was merged into whom, behind a position, in the order it was recorded.
pub(super) async fn merges(conn: &Connection, after: i64) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().filter(Column::Position.gt(after)).order_by_asc(Column::Position).all(conn).await?)
}

/// Who was merged into whom at a position.
pub(super) async fn merged_at(conn: &Connection, position: i64) -> Result<Option<(Id, Id)>, Fault> {
    let merge = Entity::find_by_id(position).one(conn).await?;
    Ok(merge.map(|merge| (merge.person_id, merge.survivor_id)))
}

/// A person's key and those of all who were merged into him, also over several steps.
pub(crate) async fn all_of(conn: &Connection, person: Id) -> Result<Vec<Id>, Fault> {
    let mut found = vec![person];
    let mut latest = found.clone();
    while !latest.is_empty() {
        let merged = Entity::find().filter(Column::SurvivorId.is_in(latest)).all(conn).await?;
        latest = merged.into_iter().map(|merge| merge.person_id).filter(|person| !found.contains(person)).collect();
        found.extend(&latest);
    }
    Ok(found)
}

/// Each of these people and of those who were merged into them, also over several steps, with the one of these who counts.
pub(super) async fn survivors(conn: &Connection, people: &[Id]) -> Result<HashMap<Id, Id>, Fault> {
    let mut found: HashMap<Id, Id> = people.iter().map(|person| (*person, *person)).collect();
    let mut latest = people.to_vec();
    while !latest.is_empty() {
        let merged = Entity::find().filter(Column::SurvivorId.is_in(latest)).all(conn).await?;
        latest = Vec::new();
        for merge in merged {
            let Some(survivor) = found.get(&merge.survivor_id).copied() else { continue };
            if found.insert(merge.person_id, survivor).is_none() {
                latest.push(merge.person_id);
            }
        }
    }
    Ok(found)
}
