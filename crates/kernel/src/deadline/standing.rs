//! How terms stand, for officers and for those who wait.

use std::collections::HashMap;

use calendar::{Deadline, Pause, day_start};
use chrono::NaiveDate;
use database::Id;
use sea_orm::{ConnectionTrait, QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tables::{Column, Entity, Model, Unit, pause};
use crate::{Context, Problem, rulebook};

/// How a term stands that was paused at least once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TermStanding {
    /// The day that set it running.
    pub started_on: NaiveDate,
    /// What it is counted in.
    pub unit: Unit,
    /// How many.
    pub n: i64,
    /// The last day; absent while it stands still, or while that year's days off are not announced.
    pub due_on: Option<NaiveDate>,
    /// The day on which half of it has passed.
    pub half_on: Option<NaiveDate>,
    /// The day on which four fifths of it have passed.
    pub four_fifths_on: Option<NaiveDate>,
    /// Since when it stands still, while it does.
    pub paused_since: Option<NaiveDate>,
    /// While it stands still: how many days, or working days, are left of it.
    pub left: Option<u32>,
    /// Its pauses, the oldest first.
    pub pauses: Vec<TermPause>,
}

/// A stretch of days that does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TermPause {
    /// The first day that does not count.
    pub from: NaiveDate,
    /// The first day that counts again.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
}

impl TermStanding {
    /// Why it stands still, while it does.
    #[must_use]
    pub fn paused_for(&self) -> Option<&str> {
        let last = self.pauses.last().filter(|_| self.paused_since.is_some());
        last.map(|pause| pause.reason.as_str())
    }
}

/// How the terms of these records of a kind stand; those that were never paused are absent. The caller has loaded the
/// records in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn standings(
    conn: &impl ConnectionTrait,
    context: &Context,
    kind: &str,
    subjects: &[Id],
) -> Result<HashMap<Id, TermStanding>, Problem> {
    if subjects.is_empty() {
        return Ok(HashMap::new());
    }
    let query = Entity::find().filter(Column::Kind.eq(kind));
    let rows = query.filter(Column::SubjectId.is_in(subjects.iter().copied())).all(conn).await?;
    let mut told = HashMap::with_capacity(rows.len());
    for row in rows {
        told.insert(row.subject_id, standing(conn, context, row).await?);
    }
    Ok(told)
}

/// How one term stands.
pub(super) async fn standing(
    conn: &impl ConnectionTrait,
    context: &Context,
    row: Model,
) -> Result<TermStanding, Problem> {
    let pauses = pauses(conn, row.id).await?;
    let left = match row.paused_since {
        Some(_) => {
            let calendar = rulebook::working_calendar(conn, row.organisation_id).await?;
            counted(&row).left_after(&calendar, &days(&pauses), context.today()).ok()
        }
        None => None,
    };
    Ok(TermStanding {
        started_on: row.started_on,
        unit: row.unit,
        n: row.n,
        due_on: row.due_on,
        half_on: row.half_on,
        four_fifths_on: row.four_fifths_on,
        paused_since: row.paused_since,
        left,
        pauses: pauses
            .into_iter()
            .map(|pause| TermPause { from: pause.from_day, until: pause.until_day, reason: pause.reason })
            .collect(),
    })
}

/// The pauses of a term, the oldest first.
pub(super) async fn pauses(conn: &impl ConnectionTrait, deadline: Id) -> Result<Vec<pause::Model>, Problem> {
    let query = pause::Entity::find().filter(pause::Column::DeadlineId.eq(deadline));
    Ok(query.order_by_asc(pause::Column::Id).all(conn).await?)
}

/// The days of pauses.
pub(super) fn days(pauses: &[pause::Model]) -> Vec<Pause> {
    pauses.iter().map(|pause| Pause { from: pause.from_day, until: pause.until_day }).collect()
}

/// The term as the calendar counts it.
pub(super) fn counted(row: &Model) -> Deadline {
    let n = u32::try_from(row.n).unwrap_or(0);
    Deadline { start: day_start(row.started_on), unit: row.unit.counted(), n }
}
