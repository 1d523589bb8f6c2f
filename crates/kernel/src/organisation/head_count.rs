//! How many workers are active in a group at a place, as counted on a day: the denominator of enrolment shares.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use database::Id;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    Context, Problem,
    ledger::{Tree, ancestors_on, below_on},
};

/// Keeping counts, over HTTP.
pub mod keep;

/// A count.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Serialize, Deserialize, ToSchema)]
#[sea_orm(table_name = "head_count")]
#[schema(as = StoredHeadCount)]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Where.
    pub organisation_id: Id,
    /// Of which group.
    pub worker_group: String,
    /// On which day.
    pub counted_on: NaiveDate,
    /// How many active workers.
    pub workers: i64,
    /// Who counted.
    pub source: String,
}

/// No relations.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The active workers that a share is counted against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadCount {
    /// How many.
    pub workers: i64,
    /// The day of the oldest count among those added up; absent if there is none.
    pub counted_on: Option<NaiveDate>,
}

/// The active workers of an organisation's subtree by the latest counts at or before a day. An organisation's own count
/// of a group holds for all below it; where it has none, its children's are added up, each found the same way. What lies
/// below it the tree of that day tells, or today's, like the members above the line; the sum is a figure, and no record of
/// who was moved out of the caller's sight since.
///
/// # Errors
/// 404 if the organisation is absent or foreign.
pub async fn active_workers(
    context: &Context,
    organisation: Id,
    group: Option<&str>,
    on: NaiveDate,
    tree: Tree,
) -> Result<HeadCount, Problem> {
    super::get(context.read(), context.scope(), organisation).await?;
    let column = (Entity, Column::OrganisationId);
    let mut counts = Entity::find()
        .filter(below_on(context, organisation, on, tree).await?.holds(column))
        .filter(open_on(on))
        .filter(Column::CountedOn.lte(on));
    if let Some(group) = group {
        counts = counts.filter(Column::WorkerGroup.eq(group));
    }
    let counted = latest(counts.order_by_asc(Column::CountedOn).all(context.read()).await?);
    let places: Vec<Id> = counted.keys().map(|(at, _)| *at).collect();
    let above = ancestors_on(context, &places, on, tree).await?;
    let covered = |(at, group): &(Id, String)| {
        above.get(at).is_some_and(|above| above.iter().any(|upper| counted.contains_key(&(*upper, group.clone()))))
    };
    let used: Vec<&Model> = counted.iter().filter(|(place, _)| !covered(place)).map(|(_, count)| count).collect();
    let counted_on = used.iter().map(|count| count.counted_on).min();
    Ok(HeadCount { workers: used.iter().map(|count| count.workers).sum(), counted_on })
}

/// The newest count of each organisation and group, given the oldest first.
fn latest(counts: Vec<Model>) -> BTreeMap<(Id, String), Model> {
    counts.into_iter().map(|count| ((count.organisation_id, count.worker_group.clone()), count)).collect()
}

/// What a union counted holds until it is closed.
fn open_on(on: NaiveDate) -> sea_orm::sea_query::SimpleExpr {
    let closed = super::Entity::find()
        .select_only()
        .column(super::Column::Id)
        .filter(super::Column::ClosedOn.lte(on))
        .into_query();
    Column::OrganisationId.not_in_subquery(closed)
}
