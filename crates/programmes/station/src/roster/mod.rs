//! The duty roster: a master says when help is wanted, volunteers sign up on their phones, swap among themselves, and get
//! their hours credited, each as a fact.

pub mod credit;
pub mod join;
pub mod keep;
pub mod list;
pub mod many;
pub mod offered;
pub mod persons;
pub mod view;

use kernel::{
    Context, Id, Problem, Unit,
    ledger::{FactKind, Measure},
    rulebook::RuleDefinition,
};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*};

use crate::{
    rules::roster::{Places, Span},
    tables::{shift, signup},
};

/// A volunteer helped at a station.
pub const FACT: FactKind = FactKind {
    code: "station_volunteer_hours",
    label: "驿站志愿服务时长",
    unit: "小时",
    measures: &[Measure::Items, Measure::People],
    by_hand: false,
};

/// How long before its beginning a shift can still be left without a successor.
pub const LEAVE_HOURS: RuleDefinition = RuleDefinition {
    code: "station.shift_leave_hours",
    label: "驿站志愿班次开始前多少小时起不能直接退出（须找人接替）",
    unit: "小时",
    default: 24,
    source: "系统默认值，请按当地规定核定",
};

fn span(row: &shift::Model) -> Span {
    Span { day: row.day, from: row.from_hour, until: row.until_hour }
}

/// When a shift begins.
fn begins(row: &shift::Model) -> chrono::DateTime<chrono::Utc> {
    calendar::day_start(row.day) + chrono::TimeDelta::hours(i64::from(row.from_hour))
}

/// The shifts of a day on which somebody stands, but for one.
async fn others(conn: &impl ConnectionTrait, person: Id, but: &shift::Model) -> Result<Vec<Span>, Problem> {
    let mine = signup::Entity::find().select_only().column(signup::Column::ShiftId);
    let mine = mine.filter(signup::Column::PersonId.eq(person)).into_query();
    let found = shift::Entity::find()
        .filter(shift::Column::Id.in_subquery(mine))
        .filter(shift::Column::Id.ne(but.id))
        .filter(shift::Column::Day.eq(but.day))
        .filter(shift::Column::OffAt.is_null())
        .all(conn)
        .await?;
    Ok(found.iter().map(span).collect())
}

/// Which of some people have stood a shift before.
async fn experienced(conn: &impl ConnectionTrait, people: &[Id]) -> Result<Vec<Id>, Problem> {
    let found = signup::Entity::find()
        .select_only()
        .column(signup::Column::PersonId)
        .distinct()
        .filter(signup::Column::PersonId.is_in(people.iter().copied()))
        .filter(signup::Column::Hours.gt(0));
    Ok(found.into_tuple().all(conn).await?)
}

/// How a shift stands, without one who leaves it.
async fn places(conn: &impl ConnectionTrait, row: &shift::Model, but: Option<Id>) -> Result<Places, Problem> {
    let signed = signup::Entity::find().filter(signup::Column::ShiftId.eq(row.id)).all(conn).await?;
    let people: Vec<Id> = signed.iter().map(|one| one.person_id).filter(|id| Some(*id) != but).collect();
    let known = experienced(conn, &people).await?;
    let count = |many: usize| i64::try_from(many).unwrap_or(i64::MAX);
    Ok(Places { wanted: row.wanted, signed: count(people.len()), experienced: count(known.len()) })
}

/// A shift that has not begun and is not called off.
async fn to_come(unit: &Unit, context: &Context, id: Id) -> Result<shift::Model, Problem> {
    let found = shift::Entity::find_by_id(id).one(unit).await?.ok_or_else(Problem::not_found)?;
    if found.off_at.is_some() || begins(&found) <= context.now() {
        return Err(join::ShiftRefusal::Over.into());
    }
    Ok(found)
}
