//! How terms stand, for officers and for those who wait.

use std::collections::HashMap;

use calendar::{Deadline, Pause, day_start};
use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Term,
    keep::{begun, find},
    tables::{Column, Entity, Model, Unit, pause},
};
use crate::{Context, Problem, access::Actors, rulebook};

/// How far a term has run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TermState {
    /// 正常
    Running,
    /// 过半: whoever is responsible is warned.
    HalfGone,
    /// 临近期限: four fifths have passed; warned once more.
    NearlyDue,
    /// 已超期
    Overdue,
    /// 已暂停
    Paused,
    /// 待放假安排公布: the last day lies in a year whose days off nobody knows yet.
    Unannounced,
}

/// How a term stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TermStanding {
    /// How far it has run.
    pub state: TermState,
    /// The day that set it running.
    pub started_on: NaiveDate,
    /// What it is counted in.
    pub unit: Unit,
    /// How many.
    pub n: i64,
    /// The last day; absent while it stands still, or while that year's days off are not announced.
    pub due_on: Option<NaiveDate>,
    /// From when on half of it has passed.
    pub half_on: Option<NaiveDate>,
    /// From when on four fifths of it have passed.
    pub four_fifths_on: Option<NaiveDate>,
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
    /// The first day that counts again; absent while it stands still.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who paused it.
    pub by: String,
}

impl TermStanding {
    /// Whether it stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.state == TermState::Paused
    }
}

/// How a term stands, whether it was ever paused or not. The caller has loaded the record in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn standing_of(conn: &Connection, context: &Context, term: &Term) -> Result<TermStanding, Problem> {
    let row = match find(conn, term.kind, term.subject).await? {
        Some(row) => row,
        None => begun(conn, context, term).await?,
    };
    standing(conn, context, row).await
}

/// How the terms of these records of a kind stand; those that were never paused are absent. The caller has loaded the
/// records in his scope.
///
/// # Errors
/// A fault of the database.
pub async fn standings(
    conn: &Connection,
    context: &Context,
    kind: &str,
    subjects: &[Id],
) -> Result<HashMap<Id, TermStanding>, Problem> {
    if subjects.is_empty() {
        return Ok(HashMap::new());
    }
    let query = Entity::find().filter(Column::Kind.eq(kind));
    let rows = query.filter(Column::SubjectId.is_in(subjects.iter().copied())).all(conn).await?;
    Ok(told(conn, context, rows).await?.into_iter().collect())
}

/// How one term stands.
pub(super) async fn standing(conn: &Connection, context: &Context, row: Model) -> Result<TermStanding, Problem> {
    let (_, standing) = told(conn, context, vec![row]).await?.pop().ok_or_else(Problem::not_found)?;
    Ok(standing)
}

/// How terms stand, by their records; each question is asked once for all.
async fn told(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<(Id, TermStanding)>, Problem> {
    let all = pauses(conn, rows.iter().map(|row| row.id)).await?;
    let actors = Actors::of(conn, all.iter().map(|pause| pause.actor.as_str())).await?;
    let still = rows.iter().filter(|row| row.paused_since.is_some());
    let calendars = rulebook::working_calendars(conn, still.map(|row| row.organisation_id)).await?;
    let tell = |row: Model| {
        let own: Vec<pause::Model> = all.iter().filter(|pause| pause.deadline_id == row.id).cloned().collect();
        let calendar = calendars.get(&row.organisation_id).filter(|_| row.paused_since.is_some());
        let left = calendar.and_then(|calendar| counted(&row).left_after(calendar, &days(&own), context.today()).ok());
        let told = |pause: pause::Model| TermPause {
            from: pause.from_day,
            until: pause.until_day,
            reason: pause.reason,
            by: actors.label(&pause.actor),
        };
        let standing = TermStanding {
            state: state(&row, context.today()),
            started_on: row.started_on,
            unit: row.unit,
            n: row.n,
            due_on: row.due_on,
            half_on: row.half_on,
            four_fifths_on: row.four_fifths_on,
            left,
            pauses: own.into_iter().map(told).collect(),
        };
        (row.subject_id, standing)
    };
    Ok(rows.into_iter().map(tell).collect())
}

fn state(row: &Model, today: NaiveDate) -> TermState {
    let come = |day: Option<NaiveDate>| day.is_some_and(|day| day <= today);
    match row.due_on {
        _ if row.paused_since.is_some() => TermState::Paused,
        None => TermState::Unannounced,
        Some(due_on) if due_on < today => TermState::Overdue,
        Some(_) if come(row.four_fifths_on) => TermState::NearlyDue,
        Some(_) if come(row.half_on) => TermState::HalfGone,
        Some(_) => TermState::Running,
    }
}

/// The pauses of terms, the oldest first.
pub(super) async fn pauses(
    conn: &Connection,
    deadlines: impl IntoIterator<Item = Id>,
) -> Result<Vec<pause::Model>, Problem> {
    let query = pause::Entity::find().filter(pause::Column::DeadlineId.is_in(deadlines));
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
