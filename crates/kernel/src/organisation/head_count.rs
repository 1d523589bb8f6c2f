//! How many workers are active in a group at a place, as counted on a day: the denominator of enrolment shares.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use database::Id;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use share::{Counted, Share, Whose, counted, counted_each, shares};

use super::{founding, merger::Lines};
use crate::{
    Context, Problem,
    ledger::{Tree, below_any_on},
};

/// Keeping counts, over HTTP.
pub mod keep;
mod share;

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

database::plain_table!();

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
/// who was moved out of the caller's sight since. What a union counted that was merged into another is added to what the
/// successor had counted, until the successor counts again.
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
    Ok(counted(context, organisation, group.as_slice(), on, tree).await?.workers())
}

impl HeadCount {
    fn of<'a>(counts: impl Iterator<Item = &'a Model> + Clone) -> Self {
        let counted_on = counts.clone().map(|count| count.counted_on).min();
        Self { workers: counts.map(|count| count.workers).sum(), counted_on }
    }
}

/// The counts that may be added up for some organisations, with what is known of their places.
struct Ground {
    counts: Vec<Model>,
    lines: Lines,
}

/// Reads what was counted at and below some organisations, none of which lies below another.
async fn ground(
    context: &Context,
    organisations: &[Id],
    groups: &[&str],
    on: NaiveDate,
    tree: Tree,
) -> Result<Ground, Problem> {
    let own = context.scope().within((super::Entity, super::Column::Id));
    super::check_all(context.read(), organisations, own).await?;
    let column = (Entity, Column::OrganisationId);
    let mut counts = Entity::find()
        .filter(below_any_on(context, organisations, on, tree).await?.holds(column))
        .filter(open_on(on))
        .filter(Column::CountedOn.lte(on));
    if !groups.is_empty() {
        counts = counts.filter(Column::WorkerGroup.is_in(groups.iter().copied()));
    }
    let counts = counts.order_by_asc(Column::CountedOn).all(context.read()).await?;
    let places: BTreeSet<Id> = counts.iter().map(|count| count.organisation_id).collect();
    let places: Vec<Id> = places.into_iter().collect();
    Ok(Ground { counts, lines: Lines::of(context, &places, on, tree).await? })
}

impl Ground {
    /// The counts that are added up for an organisation's subtree, each with the place that it holds for: what a merged union
    /// counted holds at its successor, where its workers and members are.
    fn standing(&self, organisation: Id) -> Vec<Model> {
        let lines = &self.lines;
        if lines.merged_on(organisation).is_some() {
            return Vec::new();
        }
        let lies_below = |place: Id| place == organisation || lines.above(place).contains(&organisation);
        let holds = |count: &&Model| {
            let place = count.organisation_id;
            lies_below(place) && lines.merged_on(place).is_none_or(|day| count.counted_on < day)
        };
        let counted = latest(self.counts.iter().filter(holds).cloned());
        let covered = |(at, group): &(Id, String)| {
            lines.is_told(*at, |upper| counted.get(&(upper, group.clone())).map(|count| count.counted_on))
        };
        let lives_on = |at: Id| {
            let mut line = std::iter::once(at).chain(lines.above(at).iter().copied());
            line.find(|union| lines.merged_on(*union).is_none()).unwrap_or(at)
        };
        let standing = counted.iter().filter(|(place, _)| !covered(place));
        standing.map(|((at, _), count)| Model { organisation_id: lives_on(*at), ..count.clone() }).collect()
    }
}

/// The newest count of each organisation and group, given the oldest first.
fn latest(counts: impl Iterator<Item = Model>) -> BTreeMap<(Id, String), Model> {
    counts.map(|count| ((count.organisation_id, count.worker_group.clone()), count)).collect()
}

/// What a union counted holds until it is closed, unless it lives on in another one.
fn open_on(on: NaiveDate) -> sea_orm::sea_query::SimpleExpr {
    let closed = super::Entity::find()
        .select_only()
        .column(super::Column::Id)
        .filter(super::Column::ClosedOn.lte(on))
        .filter(founding::was_merged().not())
        .into_query();
    Column::OrganisationId.not_in_subquery(closed)
}
