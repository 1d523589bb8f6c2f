//! The peer: the same facts in the same file, with the index that such a query wants, asked by SQL.

use std::collections::BTreeMap;

use kernel::{
    Context, Id, Problem,
    ledger::{FigureQuery, fact},
    organisation::closure,
};
use sea_orm::{FromQueryResult, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

/// What SQL says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The sum of quantities.
    pub quantity: i64,
    /// Different people.
    pub people: u64,
}

#[derive(FromQueryResult)]
struct Sums {
    quantity: Option<i64>,
    people: i64,
}

/// One figure.
pub async fn figure(context: &Context, query: &FigureQuery) -> Result<Told, Problem> {
    let below = closure::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .filter(closure::Column::Ancestor.eq(query.organisation))
        .into_query();
    let mut facts = fact::Entity::find()
        .filter(fact::Column::Kind.is_in(&query.kinds))
        .filter(fact::Column::Day.between(query.from, query.to))
        .filter(fact::Column::OrganisationId.in_subquery(below));
    if !query.groups.is_empty() {
        facts = facts.filter(fact::Column::WorkerGroup.is_in(&query.groups));
    }
    let sums = facts
        .select_only()
        .column_as(fact::Column::Quantity.sum(), "quantity")
        .column_as(Expr::col(fact::Column::PersonId).count_distinct(), "people")
        .into_model::<Sums>()
        .one(context.read())
        .await?;
    let told = |sums: Sums| Told { quantity: sums.quantity.unwrap_or(0), people: sums.people.unsigned_abs() };
    Ok(sums.map_or(Told { quantity: 0, people: 0 }, told))
}

/// One kind by the organisations directly below.
pub async fn board(context: &Context, query: &FigureQuery) -> Result<BTreeMap<Id, Told>, Problem> {
    let children = closure::Entity::find()
        .filter(closure::Column::Ancestor.eq(query.organisation))
        .filter(closure::Column::Depth.eq(1))
        .all(context.read())
        .await?;
    let mut told = BTreeMap::new();
    for child in children {
        let one = FigureQuery { organisation: child.descendant, ..query.clone() };
        told.insert(child.descendant, figure(context, &one).await?);
    }
    Ok(told)
}
