//! The tree as it stands today and as it stood on a day: questions only; [`super::graft`] changes it.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{Condition, JoinType, QueryOrder, QuerySelect, QueryTrait, RelationDef, Select, entity::prelude::*};

use super::{Column, Entity, Model, closure, place, tree_change};
use crate::{Fault, Scope, caller::above};

/// Grows with each change of the tree; what follows the tree (the ledger's index) watches it.
///
/// # Errors
/// A fault of the database.
pub async fn version(conn: &Connection) -> Result<i64, Fault> {
    let last: Option<i64> = tree_change::Entity::find()
        .select_only()
        .column(tree_change::Column::Version)
        .order_by_desc(tree_change::Column::Version)
        .into_tuple()
        .one(conn)
        .await?;
    Ok(last.unwrap_or(0))
}

/// All dated edges, for what rebuilds the tree in memory.
///
/// # Errors
/// A fault of the database.
pub async fn dated_edges(conn: &Connection) -> Result<Vec<place::Model>, Fault> {
    let query = place::Entity::find().order_by_asc(place::Column::FromDay).order_by_asc(place::Column::Id);
    Ok(query.all(conn).await?)
}

/// The direct children in today's tree that lie in the scope, by code; closed ones are left out.
///
/// # Errors
/// A fault of the database.
pub async fn children(conn: &Connection, scope: &Scope, parent: Id) -> Result<Vec<Model>, Fault> {
    let query = directly_below(Entity::find(), parent)
        .filter(Column::ClosedOn.is_null())
        .filter(scope.within((Entity, Column::Id)))
        .order_by_asc(Column::Code);
    Ok(query.all(conn).await?)
}

/// The tops of what a scope shows, by code: the upper ends of the caller's subtrees, or the tree's own roots.
///
/// # Errors
/// A fault of the database.
pub async fn tops(conn: &Connection, scope: &Scope) -> Result<Vec<Model>, Fault> {
    let query = Entity::find().order_by_asc(Column::Code);
    let query = match scope.roots() {
        Some(roots) => {
            query.filter(Column::Id.is_in(roots.iter().copied())).filter(Column::Id.not_in_subquery(inner(roots)))
        }
        None => query.filter(Column::Id.in_subquery(roots_of_the_tree())).filter(Column::ClosedOn.is_null()),
    };
    Ok(query.all(conn).await?)
}

/// Whether the scope reaches over a whole tree: what is everyone's may be changed only from there.
///
/// # Errors
/// A fault of the database.
pub async fn is_whole(conn: &Connection, scope: &Scope) -> Result<bool, Fault> {
    let Some(roots) = scope.roots() else { return Ok(true) };
    let query = Entity::find()
        .filter(Column::Id.is_in(roots.iter().copied()))
        .filter(Column::Id.in_subquery(roots_of_the_tree()));
    Ok(query.count(conn).await? > 0)
}

/// Whether an organisation lies at or below another in today's tree.
///
/// # Errors
/// A fault of the database.
pub async fn is_below(conn: &Connection, upper: Id, lower: Id) -> Result<bool, Fault> {
    Ok(closure::Entity::find_by_id((upper, lower)).one(conn).await?.is_some())
}

/// The organisation's ancestors in today's tree, the highest first, itself last.
///
/// # Errors
/// A fault of the database.
pub async fn path(conn: &Connection, organisation: Id) -> Result<Vec<Model>, Fault> {
    let upper: RelationDef = closure::Entity::belongs_to(Entity).from(closure::Column::Ancestor).to(Column::Id).into();
    let query = Entity::find()
        .join_rev(JoinType::InnerJoin, upper)
        .filter(closure::Column::Descendant.eq(organisation))
        .order_by_desc(closure::Column::Depth);
    Ok(query.all(conn).await?)
}

/// The places of an organisation and of all that ever were above it, as the unit that asks sees them; what
/// [`rules::line_on`](super::rules::line_on) reads.
///
/// # Errors
/// A fault of the database.
pub async fn places_above(conn: &Connection, organisation: Id) -> Result<Vec<place::Model>, Fault> {
    let mut seen: HashSet<Id> = HashSet::new();
    let mut edge = vec![organisation];
    let mut found = Vec::new();
    while !edge.is_empty() {
        // Most never lay elsewhere, so all that are above today are asked for together.
        let places = place::Entity::find()
            .filter(place::Column::OrganisationId.in_subquery(above(&edge)))
            .order_by_asc(place::Column::FromDay)
            .all(conn)
            .await?;
        let fresh: Vec<place::Model> =
            places.into_iter().filter(|place| !seen.contains(&place.organisation_id)).collect();
        seen.extend(edge);
        seen.extend(fresh.iter().map(|place| place.organisation_id));
        edge = fresh.iter().filter_map(|place| place.parent_id).filter(|parent| !seen.contains(parent)).collect();
        found.extend(fresh);
    }
    Ok(found)
}

/// The organisation's places, the oldest first.
///
/// # Errors
/// A fault of the database.
pub async fn places(conn: &Connection, organisation: Id) -> Result<Vec<place::Model>, Fault> {
    let query = place::Entity::find()
        .filter(place::Column::OrganisationId.eq(organisation))
        .order_by_asc(place::Column::FromDay)
        .order_by_asc(place::Column::Id);
    Ok(query.all(conn).await?)
}

/// How many open direct children each of `parents` has today; those without any are absent.
///
/// # Errors
/// A fault of the database.
pub async fn child_counts(conn: &Connection, parents: &[Id]) -> Result<HashMap<Id, i64>, Fault> {
    let query = place::Entity::find()
        .select_only()
        .column(place::Column::ParentId)
        .column_as(place::Column::OrganisationId.count(), "children")
        .join(JoinType::InnerJoin, placed())
        .filter(place::Column::ParentId.is_in(parents.iter().copied()))
        .filter(place::Column::UntilDay.is_null())
        .filter(Column::ClosedOn.is_null())
        .group_by(place::Column::ParentId);
    let rows: Vec<(Id, i64)> = query.into_tuple().all(conn).await?;
    Ok(rows.into_iter().collect())
}

/// The direct parent of each of `children` today; roots are absent.
///
/// # Errors
/// A fault of the database.
pub async fn parents(conn: &Connection, children: &[Id]) -> Result<HashMap<Id, Id>, Fault> {
    let pairs: Vec<(Id, Id)> = place::Entity::find()
        .select_only()
        .column(place::Column::OrganisationId)
        .column(place::Column::ParentId)
        .filter(place::Column::OrganisationId.is_in(children.iter().copied()))
        .filter(place::Column::ParentId.is_not_null())
        .filter(place::Column::UntilDay.is_null())
        .into_tuple()
        .all(conn)
        .await?;
    Ok(pairs.into_iter().collect())
}

/// Those of some organisations, directly below `parent` today, that lay directly below another one on a day.
///
/// # Errors
/// A fault of the database.
pub async fn elsewhere_on(conn: &Connection, parent: Id, children: &[Id], on: NaiveDate) -> Result<Vec<Id>, Fault> {
    let query = place::Entity::find()
        .select_only()
        .column(place::Column::OrganisationId)
        .filter(place::Column::OrganisationId.is_in(children.iter().copied()))
        .filter(place::Column::ParentId.ne(parent))
        .filter(place::Column::FromDay.lte(on))
        .filter(place::Column::UntilDay.gt(on));
    Ok(query.into_tuple().all(conn).await?)
}

/// The names of organisations, for rows that carry keys: of any number, each as often as rows name it.
///
/// # Errors
/// A fault of the database.
pub async fn names(conn: &Connection, ids: impl IntoIterator<Item = Id>) -> Result<HashMap<Id, String>, Fault> {
    named(conn, ids, Condition::all()).await
}

/// The same, but for those outside the scope.
///
/// # Errors
/// A fault of the database.
pub async fn names_within(
    conn: &Connection,
    scope: &Scope,
    ids: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, String>, Fault> {
    named(conn, ids, scope.within((Entity, Column::Id))).await
}

async fn named(
    conn: &Connection,
    ids: impl IntoIterator<Item = Id>,
    holds: Condition,
) -> Result<HashMap<Id, String>, Fault> {
    let ids: Vec<Id> = ids.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let mut names = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(database::KEYS_AT_ONCE) {
        let pairs: Vec<(Id, String)> = Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name])
            .filter(Column::Id.is_in(ids.iter().copied()))
            .filter(holds.clone())
            .into_tuple()
            .all(conn)
            .await?;
        names.extend(pairs);
    }
    Ok(names)
}

/// One organisation's name; empty if there is none.
///
/// # Errors
/// A fault of the database.
pub async fn name(conn: &Connection, id: Id) -> Result<String, Fault> {
    Ok(names(conn, [id]).await?.remove(&id).unwrap_or_default())
}

/// The same question about direct children of `parent` in today's tree. By today's places, not by the closure, which
/// would be walked as far as the whole subtree.
pub(super) fn directly_below(query: Select<Entity>, parent: Id) -> Select<Entity> {
    query
        .join_rev(JoinType::InnerJoin, placed())
        .filter(place::Column::ParentId.eq(parent))
        .filter(place::Column::UntilDay.is_null())
}

fn placed() -> RelationDef {
    place::Entity::belongs_to(Entity).from(place::Column::OrganisationId).to(Column::Id).into()
}

/// Those of `roots` that lie below another of them.
fn inner(roots: &[Id]) -> sea_orm::sea_query::SelectStatement {
    closure::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .filter(closure::Column::Ancestor.is_in(roots.iter().copied()))
        .filter(closure::Column::Descendant.is_in(roots.iter().copied()))
        .filter(closure::Column::Depth.gt(0))
        .into_query()
}

fn roots_of_the_tree() -> sea_orm::sea_query::SelectStatement {
    place::Entity::find()
        .select_only()
        .column(place::Column::OrganisationId)
        .filter(place::Column::ParentId.is_null())
        .filter(place::Column::UntilDay.is_null())
        .into_query()
}
