//! What figures depend on besides facts, read from the database: the tree's dated places, and who was merged into whom.

use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryOrder, QuerySelect, Statement, entity::prelude::*};

use super::index::Placed;
use crate::{Context, Fault, Problem, organisation::place};

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

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Tells the ledger that `person` is `survivor`: all figures count the two as one person from now on, for all time. For
/// the unit that merges two people; a person can be merged once.
///
/// # Errors
/// A fault of the database.
pub async fn merge_people(unit: &Unit, context: &Context, person: Id, survivor: Id) -> Result<(), Problem> {
    let last: Option<i64> =
        Entity::find().select_only().column(Column::Position).order_by_desc(Column::Position).into_tuple().one(unit).await?;
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
    pub(super) tree: (i64, i64),
}

/// Reads how far everything has come, in one question.
pub(super) async fn standing(conn: &impl ConnectionTrait) -> Result<Standing, Fault> {
    let sql = "SELECT (SELECT MAX(position) FROM ledger_fact) AS facts, (SELECT MAX(position) FROM ledger_merge) AS merges, \
               (SELECT MAX(id) FROM organisation_place) AS place, (SELECT COUNT(*) FROM organisation_place) AS places";
    let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), sql)).await?;
    let Some(row) = row else { return Ok(Standing::default()) };
    let number = |column: &str| row.try_get::<Option<i64>>("", column).map(Option::unwrap_or_default);
    Ok(Standing { facts: number("facts")?, merges: number("merges")?, tree: (number("place")?, number("places")?) })
}

/// All dated places.
pub(super) async fn places(conn: &impl ConnectionTrait) -> Result<Vec<Placed>, Fault> {
    let query = place::Entity::find().order_by_asc(place::Column::FromDay).order_by_asc(place::Column::Id);
    let rows = query.all(conn).await?;
    Ok(rows.iter().map(|row| Placed { organisation: row.organisation_id, parent: row.parent_id, from: row.from_day }).collect())
}

/// Who was merged into whom, behind a position, in the order it was recorded.
pub(super) async fn merges(conn: &impl ConnectionTrait, after: i64) -> Result<Vec<Model>, Fault> {
    Ok(Entity::find().filter(Column::Position.gt(after)).order_by_asc(Column::Position).all(conn).await?)
}
