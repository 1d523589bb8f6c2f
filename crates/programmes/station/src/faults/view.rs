//! Faults as those who keep the station read them. Who reported them isn't told: whoever sees something should say so freely.

use std::collections::{HashMap, HashSet};

use database::Connection;
use kernel::{Id, Moment, Problem};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tables::{
    fault::{FaultState, Model},
    fault_report::{Column, Entity, Model as Report},
};

/// Something that visitors say is broken or missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFault)]
pub struct FaultView {
    /// The key.
    pub id: Id,
    /// What it is about, in words.
    pub item_label: String,
    /// What they say, the first first.
    pub said: Vec<String>,
    /// How many say so.
    pub reporters: u64,
    /// When the first said so.
    pub reported_at: Moment,
    /// Where it stands.
    pub state: FaultState,
    /// In words.
    pub state_label: String,
    /// What whoever looked said of it.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
}

/// Of what many say, so much is told.
const SAID: usize = 10;

/// What was said of faults, the first first.
///
/// # Errors
/// A fault of the database.
pub(super) async fn reports(
    conn: &Connection,
    faults: impl IntoIterator<Item = Id>,
) -> Result<HashMap<Id, Vec<Report>>, Problem> {
    let query = Entity::find().filter(Column::FaultId.is_in(faults)).order_by_asc(Column::Id);
    let mut reports: HashMap<Id, Vec<Report>> = HashMap::new();
    for report in query.all(conn).await? {
        reports.entry(report.fault_id).or_default().push(report);
    }
    Ok(reports)
}

/// How many people these are of: two records that turned out to be one person said it once.
pub(super) fn people(reports: &[Report]) -> u64 {
    let people: HashSet<Id> = reports.iter().map(|report| report.person_id).collect();
    u64::try_from(people.len()).unwrap_or(u64::MAX)
}

/// Faults as those who keep the station read them.
///
/// # Errors
/// A fault of the database.
pub(super) async fn views(conn: &Connection, rows: Vec<Model>) -> Result<Vec<FaultView>, Problem> {
    let mut reports = reports(conn, rows.iter().map(|row| row.id)).await?;
    let view = |row: Model| {
        let reports = reports.remove(&row.id).unwrap_or_default();
        FaultView {
            id: row.id,
            item_label: row.item_label,
            reporters: people(&reports),
            said: reports.into_iter().filter_map(|report| report.said).take(SAID).collect(),
            reported_at: row.reported_at,
            state: row.state,
            state_label: row.state.label().to_owned(),
            answer: row.answer,
            answered_at: row.answered_at,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}
