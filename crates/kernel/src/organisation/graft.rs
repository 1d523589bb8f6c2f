//! Changes of the tree: the dated places, today's closure and the count of changes, together in the caller's unit.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{self, Alias, Expr, ExprTrait},
};

use super::{
    Model, closure, place,
    rules::{self, MoveRefusal, Step},
    tree, tree_change,
};
use crate::{Context, Fault, Problem};

/// Gives a new organisation its first place.
///
/// # Errors
/// A fault of the database.
pub async fn plant(
    unit: &Unit,
    context: &Context,
    organisation: Id,
    parent: Option<Id>,
    from_day: NaiveDate,
) -> Result<(), Problem> {
    begin(unit, context, organisation, parent, from_day).await?;
    let mut pairs = vec![pair(organisation, organisation, 0)];
    if let Some(parent) = parent {
        let above = closure::Entity::find().filter(closure::Column::Descendant.eq(parent)).all(unit).await?;
        pairs.extend(above.into_iter().map(|above| pair(above.ancestor, organisation, above.depth + 1)));
    }
    closure::Entity::insert_many(pairs).exec_without_returning(unit).await?;
    touch(unit, context, organisation).await
}

/// Gives an organisation, with all below it, another parent from a day on.
///
/// # Errors
/// If the rules don't allow it.
pub async fn graft(
    unit: &Unit,
    context: &Context,
    organisation: &Model,
    parent: &Model,
    day: NaiveDate,
) -> Result<(), Problem> {
    rules::fits(organisation, parent)?;
    let step = rules::step(&tree::places(unit, organisation.id).await?, parent.id, day, context.today())?;
    let above = tree::places_above(unit, parent.id).await?;
    let since = above.iter().filter(|place| place.organisation_id == parent.id).map(|place| place.from_day).min();
    if let Some(since) = since.filter(|since| day < *since) {
        return Err(MoveRefusal::BeforeFounding { since: calendar::day_in_words(since) }.into());
    }
    if rules::closes_circle(&above, organisation.id, parent.id, day) {
        return Err(MoveRefusal::Circle.into());
    }
    match step {
        Step::Append { ends } => {
            end(unit, ends, Some(day)).await?;
            begin(unit, context, organisation.id, Some(parent.id), day).await?;
        }
        Step::Replace { drops } => {
            place::Entity::delete_by_id(drops).exec(unit).await?;
            begin(unit, context, organisation.id, Some(parent.id), day).await?;
        }
        Step::Reopen { drops, reopens } => {
            place::Entity::delete_by_id(drops).exec(unit).await?;
            end(unit, reopens, None).await?;
        }
    }
    rehang(unit, organisation.id, parent.id).await?;
    touch(unit, context, organisation.id).await
}

/// Counts a change of the tree. For whoever writes places himself, as the demo's loader does.
///
/// # Errors
/// A fault of the database.
pub async fn touch(unit: &Unit, context: &Context, organisation: Id) -> Result<(), Problem> {
    let row = tree_change::ActiveModel {
        version: Set(tree::version(unit).await? + 1),
        organisation_id: Set(organisation),
        at: Set(context.now().into()),
    };
    tree_change::Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}

/// The pairs (ancestor, descendant, depth) in which the kept closure and the one that today's places give differ; for
/// `niangjia verify`.
///
/// # Errors
/// A fault of the database.
pub async fn closure_differences(conn: &Connection) -> Result<Vec<(Id, Id, i32)>, Fault> {
    let kept = closure::Entity::find().all(conn).await?;
    let kept: BTreeSet<(Id, Id, i32)> = kept.into_iter().map(|row| (row.ancestor, row.descendant, row.depth)).collect();
    let edges: Vec<(Id, Option<Id>)> = place::Entity::find()
        .select_only()
        .column(place::Column::OrganisationId)
        .column(place::Column::ParentId)
        .filter(place::Column::UntilDay.is_null())
        .into_tuple()
        .all(conn)
        .await?;
    Ok(kept.symmetric_difference(&closure_of(&edges)).copied().collect())
}

/// All pairs (ancestor, descendant, depth) of a tree given by its edges (child, parent).
fn closure_of(edges: &[(Id, Option<Id>)]) -> BTreeSet<(Id, Id, i32)> {
    let parents: std::collections::HashMap<Id, Option<Id>> = edges.iter().copied().collect();
    let mut pairs = BTreeSet::new();
    for (organisation, _) in edges {
        let mut seen = HashSet::new();
        let (mut at, mut depth) = (Some(*organisation), 0);
        while let Some(ancestor) = at.filter(|ancestor| seen.insert(*ancestor)) {
            pairs.insert((ancestor, *organisation, depth));
            at = parents.get(&ancestor).copied().flatten();
            depth += 1;
        }
    }
    pairs
}

async fn begin(
    unit: &Unit,
    context: &Context,
    organisation: Id,
    parent: Option<Id>,
    day: NaiveDate,
) -> Result<(), Problem> {
    let row = place::ActiveModel {
        id: Set(context.id()),
        organisation_id: Set(organisation),
        parent_id: Set(parent),
        from_day: Set(day),
        until_day: Set(None),
    };
    place::Entity::insert(row).exec_without_returning(unit).await?;
    Ok(())
}

async fn end(unit: &Unit, place: Id, until: Option<NaiveDate>) -> Result<(), Problem> {
    place::Entity::update_many()
        .col_expr(place::Column::UntilDay, Expr::value(until))
        .filter(place::Column::Id.eq(place))
        .exec(unit)
        .await?;
    Ok(())
}

/// Takes the subtree of `branch` out of its old ancestors' closure and puts it into that of `parent` and all above it.
async fn rehang(unit: &Unit, branch: Id, parent: Id) -> Result<(), Problem> {
    let old: Vec<Id> = closure::Entity::find()
        .select_only()
        .column(closure::Column::Ancestor)
        .filter(closure::Column::Descendant.eq(branch))
        .filter(closure::Column::Depth.gt(0))
        .into_tuple()
        .all(unit)
        .await?;
    let subtree = closure::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .filter(closure::Column::Ancestor.eq(branch))
        .into_query();
    closure::Entity::delete_many()
        .filter(closure::Column::Ancestor.is_in(old))
        .filter(closure::Column::Descendant.in_subquery(subtree))
        .exec(unit)
        .await?;
    unit.execute(&pairs_across(parent, branch)?).await?;
    Ok(())
}

/// Inserts each pair of something at or above `parent` with something at or below `branch`.
fn pairs_across(parent: Id, branch: Id) -> Result<sea_query::InsertStatement, Fault> {
    use closure::Column::{Ancestor, Depth, Descendant};
    let (upper, lower) = (Alias::new("upper_pair"), Alias::new("lower_pair"));
    let joined = Expr::col((upper.clone(), Descendant)).eq(parent).and(Expr::col((lower.clone(), Ancestor)).eq(branch));
    let depth = Expr::col((upper.clone(), Depth)).add(Expr::col((lower.clone(), Depth))).add(1);
    let select = sea_query::Query::select()
        .column((upper.clone(), Ancestor))
        .column((lower.clone(), Descendant))
        .expr(depth)
        .from_as(closure::Entity, upper)
        .join_as(sea_query::JoinType::InnerJoin, closure::Entity, lower, joined)
        .to_owned();
    let mut insert = sea_query::Query::insert();
    insert.into_table(closure::Entity).columns([Ancestor, Descendant, Depth]);
    insert.select_from(select).map_err(|err| Fault::Stored(err.to_string()))?;
    Ok(insert)
}

fn pair(ancestor: Id, descendant: Id, depth: i32) -> closure::ActiveModel {
    closure::ActiveModel { ancestor: Set(ancestor), descendant: Set(descendant), depth: Set(depth) }
}
