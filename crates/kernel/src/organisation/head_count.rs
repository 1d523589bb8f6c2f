//! How many workers are active in a group at a place, as counted on a day: the denominator of enrolment shares.

use chrono::NaiveDate;
use database::Id;
use sea_orm::{ConnectionTrait, QueryOrder, entity::prelude::*};

use super::tree;
use crate::{Fault, Problem, Scope};

/// A count.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "head_count")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Where.
    pub organisation_id: Id,
    /// Of which group.
    pub worker_group: String,
    /// On which day.
    pub counted_on: Date,
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

/// The latest count at or before a day, group by group; where the organisation itself has none, its children's counts
/// are added up.
///
/// # Errors
/// A fault of the database.
pub async fn active_workers(
    conn: &impl ConnectionTrait,
    scope: &Scope,
    organisation: Id,
    group: Option<&str>,
    on: NaiveDate,
) -> Result<HeadCount, Problem> {
    let mut counts = latest(conn, &[organisation], group, on).await?;
    if counts.is_empty() {
        let children: Vec<Id> =
            tree::children(conn, scope, organisation).await?.into_iter().map(|child| child.id).collect();
        counts = latest(conn, &children, group, on).await?;
    }
    let counted_on = counts.iter().map(|count| count.counted_on).min();
    Ok(HeadCount { workers: counts.iter().map(|count| count.workers).sum(), counted_on })
}

/// The newest count of each organisation and group.
async fn latest(
    conn: &impl ConnectionTrait,
    organisations: &[Id],
    group: Option<&str>,
    on: NaiveDate,
) -> Result<Vec<Model>, Fault> {
    let mut query = Entity::find()
        .filter(Column::OrganisationId.is_in(organisations.iter().copied()))
        .filter(Column::CountedOn.lte(on))
        .order_by_asc(Column::OrganisationId)
        .order_by_asc(Column::WorkerGroup)
        .order_by_desc(Column::CountedOn);
    if let Some(group) = group {
        query = query.filter(Column::WorkerGroup.eq(group));
    }
    let mut rows = query.all(conn).await?;
    rows.dedup_by(|next, kept| {
        (next.organisation_id, &next.worker_group) == (kept.organisation_id, &kept.worker_group)
    });
    Ok(rows)
}
