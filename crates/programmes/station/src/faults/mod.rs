//! What visitors find broken or missing at a station. It goes to whoever keeps the station; until he has looked, everybody
//! reads that it is in doubt. What several say of one thing is one fault. What is left unanswered climbs as other neglects do,
//! and the union may answer it.

pub mod answer;
pub mod judge;
pub mod list;
pub mod mine;
pub mod report;
pub mod tell;
pub mod view;

use std::collections::{HashMap, HashSet};

use database::Connection;
use kernel::{House, Id, Problem, rulebook::RuleDefinition};
use sea_orm::{QuerySelect, entity::prelude::*, sea_query::Condition};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::tables::fault::{Column, Entity, FaultState};

/// How many faults a person may report on a day.
pub const A_DAY: RuleDefinition = RuleDefinition {
    code: "station.faults_a_day",
    label: "每人每天最多反映几个驿站问题",
    unit: "个",
    default: 3,
    source: "系统默认值，请按当地规定核定",
};

/// After how many days a fault that nobody answered counts as neglected.
pub const ANSWER_DAYS: RuleDefinition = RuleDefinition {
    code: "station.fault_days",
    label: "职工反映的驿站问题多少天没有核实，列入督办",
    unit: "天",
    default: 3,
    source: "系统默认值，请按当地驿站管理规定核定",
};

/// What equipment and services of some stations are in doubt, by station: somebody reported a fault and nobody has looked
/// since.
///
/// # Errors
/// A fault of the database.
pub async fn doubted(conn: &Connection, stations: &[Id]) -> Result<HashMap<Id, HashSet<String>>, Problem> {
    let which = Condition::all()
        .add(Column::State.eq(FaultState::Open))
        .add(Column::Item.is_not_null())
        .add(Column::StationId.is_in(stations.iter().copied()));
    let query = Entity::find().select_only().columns([Column::StationId, Column::Item]).filter(which);
    let found: Vec<(Id, String)> = query.into_tuple().all(conn).await?;
    let mut doubted: HashMap<Id, HashSet<String>> = HashMap::new();
    for (station, item) in found {
        doubted.entry(station).or_default().insert(item);
    }
    Ok(doubted)
}

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(mine::get_mine, report::post_report))
        .routes(routes!(answer::get_here))
        .routes(routes!(answer::post_answer))
        .routes(routes!(list::get_faults))
        .routes(routes!(judge::post_answer))
}
