//! The tree as it stands today and as it stood on a day.

use chrono::NaiveDate;
use database::Id;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, FromQueryResult, JoinType, QueryOrder, QuerySelect, entity::prelude::*,
};

use super::{Column, Entity, Model, closure, place};
use crate::{Fault, Scope};

/// Grows with each change of the tree; what follows the tree (the ledger's index) watches it.
///
/// # Errors
/// A fault of the database.
pub async fn version(conn: &impl ConnectionTrait) -> Result<i64, Fault> {
    // A place is never deleted: a new one, or the end of one, changes one of the two counts.
    let places = place::Entity::find().count(conn).await?;
    let ended = place::Entity::find().filter(place::Column::UntilDay.is_not_null()).count(conn).await?;
    Ok(i64::try_from(places + ended).unwrap_or(i64::MAX))
}

/// All dated edges, for what rebuilds the tree in memory.
///
/// # Errors
/// A fault of the database.
pub async fn dated_edges(conn: &impl ConnectionTrait) -> Result<Vec<place::Model>, Fault> {
    Ok(place::Entity::find().order_by_asc(place::Column::FromDay).all(conn).await?)
}

/// The direct children in today's tree that lie in the scope, by code; closed ones are left out.
///
/// # Errors
/// A fault of the database.
pub async fn children(conn: &impl ConnectionTrait, scope: &Scope, parent: Id) -> Result<Vec<Model>, Fault> {
    let query = Entity::find()
        .join_rev(JoinType::InnerJoin, edge_of())
        .filter(closure::Column::Ancestor.eq(parent))
        .filter(closure::Column::Depth.eq(1))
        .filter(Column::ClosedOn.is_null())
        .filter(scope.within((Entity, Column::Id)))
        .order_by_asc(Column::Code);
    Ok(query.all(conn).await?)
}

/// The organisation's ancestors in today's tree, the highest first, itself last.
///
/// # Errors
/// A fault of the database.
pub async fn path(conn: &impl ConnectionTrait, organisation: Id) -> Result<Vec<Model>, Fault> {
    let query = Entity::find()
        .join_rev(
            JoinType::InnerJoin,
            closure::Entity::belongs_to(Entity).from(closure::Column::Ancestor).to(Column::Id).into(),
        )
        .filter(closure::Column::Descendant.eq(organisation))
        .order_by_desc(closure::Column::Depth);
    Ok(query.all(conn).await?)
}

/// How many direct children each of `parents` has today.
///
/// # Errors
/// A fault of the database.
pub async fn child_counts(conn: &impl ConnectionTrait, parents: &[Id]) -> Result<Vec<(Id, i64)>, Fault> {
    #[derive(FromQueryResult)]
    struct Row {
        ancestor: Id,
        children: i64,
    }
    let query = closure::Entity::find()
        .select_only()
        .column(closure::Column::Ancestor)
        .column_as(closure::Column::Descendant.count(), "children")
        .filter(closure::Column::Depth.eq(1))
        .filter(closure::Column::Ancestor.is_in(parents.iter().copied()))
        .group_by(closure::Column::Ancestor);
    let rows = query.into_model::<Row>().all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.ancestor, row.children)).collect())
}

/// Gives a new organisation its place: the dated edge and its pairs in today's closure.
///
/// # Errors
/// A fault of the database.
pub async fn plant(
    unit: &database::Unit,
    edge: Id,
    organisation: Id,
    parent: Option<Id>,
    from_day: NaiveDate,
) -> Result<(), Fault> {
    let row = place::ActiveModel {
        id: Set(edge),
        organisation_id: Set(organisation),
        parent_id: Set(parent),
        from_day: Set(from_day),
        until_day: Set(None),
    };
    place::Entity::insert(row).exec_without_returning(unit).await?;
    let mut pairs = vec![pair(organisation, organisation, 0)];
    if let Some(parent) = parent {
        let above = closure::Entity::find().filter(closure::Column::Descendant.eq(parent)).all(unit).await?;
        pairs.extend(above.into_iter().map(|above| pair(above.ancestor, organisation, above.depth + 1)));
    }
    closure::Entity::insert_many(pairs).exec_without_returning(unit).await?;
    Ok(())
}

fn pair(ancestor: Id, descendant: Id, depth: i32) -> closure::ActiveModel {
    closure::ActiveModel { ancestor: Set(ancestor), descendant: Set(descendant), depth: Set(depth) }
}

fn edge_of() -> sea_orm::RelationDef {
    closure::Entity::belongs_to(Entity).from(closure::Column::Descendant).to(Column::Id).into()
}
