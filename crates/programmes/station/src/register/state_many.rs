//! Opening or pausing several stations by one act; each is checked as if it were alone. Nobody is appointed by it: a station
//! without a master is named and stays as it is.

use std::collections::BTreeSet;

use axum::Json;
use kernel::{
    Caller, Id, Problem,
    many::{MOST, NotDone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::state::{StationPause, open_one, pause_one};
use crate::permissions::KeepStations;

kernel::refusals! {
    /// Why nothing is done with several stations.
    pub enum StationsManyRefusal {
        /// None was chosen, or more than one unit of work may hold.
        Number = 422 "stations_chosen" "请选择1至200个驿站。",
    }
}

/// Which stations are opened, or go on after a pause.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OpenStations {
    /// These.
    #[schema(max_items = 200)]
    pub stations: Vec<Id>,
}

/// Which stations pause, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PauseStations {
    /// These.
    #[schema(max_items = 200)]
    pub stations: Vec<Id>,
    /// The same for each.
    #[serde(flatten)]
    pub pause: StationPause,
}

/// How many stations were turned, and which not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
pub struct StationsTurned {
    /// How many.
    pub turned: u64,
    /// Which not, and why.
    pub refused: Vec<NotDone>,
}

impl StationsTurned {
    fn note<T>(&mut self, id: Id, done: Result<T, Problem>) -> Result<(), Problem> {
        match done {
            Ok(_) => self.turned += 1,
            Err(problem) => self.refused.push(NotDone::of(id, problem)?),
        }
        Ok(())
    }
}

/// Refuses none and too many.
pub(crate) fn chosen(stations: &[Id]) -> Result<(), Problem> {
    if (1..=MOST).contains(&stations.len()) { Ok(()) } else { Err(StationsManyRefusal::Number.into()) }
}

/// Opens stations, or ends their pauses, in one unit of work; what can't be opened is named and stays as it is.
///
/// # Errors
/// 404 if one of them is absent or foreign, [`StationsManyRefusal`].
pub async fn open_many(caller: &Caller<KeepStations>, form: &OpenStations) -> Result<StationsTurned, Problem> {
    chosen(&form.stations)?;
    caller
        .unit(|unit| async move {
            let mut answer = StationsTurned::default();
            for id in BTreeSet::from_iter(&form.stations) {
                answer.note(*id, open_one(&unit, caller, *id).await)?;
            }
            Ok(answer)
        })
        .await
}

/// Pauses stations in one unit of work; what can't be paused is named and stays as it is.
///
/// # Errors
/// 404 if one of them is absent or foreign, [`StationsManyRefusal`], 422 without a reason.
pub async fn pause_many(caller: &Caller<KeepStations>, form: &PauseStations) -> Result<StationsTurned, Problem> {
    chosen(&form.stations)?;
    form.pause.check(caller)?;
    caller
        .unit(|unit| async move {
            let mut answer = StationsTurned::default();
            for id in BTreeSet::from_iter(&form.stations) {
                answer.note(*id, pause_one(&unit, caller, *id, &form.pause).await)?;
            }
            Ok(answer)
        })
        .await
}

/// 批量开放驿站
#[utoipa::path(
    post, path = "/stations/open", tag = "station", operation_id = "open_stations",
    extensions(("x-permission" = json!("station.keep"))), request_body = OpenStations,
    responses((status = 200, body = StationsTurned), StationsManyRefusal),
)]
pub async fn post_open(
    caller: Caller<KeepStations>,
    Json(form): Json<OpenStations>,
) -> Result<Json<StationsTurned>, Problem> {
    open_many(&caller, &form).await.map(Json)
}

/// 批量暂停驿站
#[utoipa::path(
    post, path = "/stations/pause", tag = "station", operation_id = "pause_stations",
    extensions(("x-permission" = json!("station.keep"))), request_body = PauseStations,
    responses((status = 200, body = StationsTurned), StationsManyRefusal),
)]
pub async fn post_pause(
    caller: Caller<KeepStations>,
    Json(form): Json<PauseStations>,
) -> Result<Json<StationsTurned>, Problem> {
    pause_many(&caller, &form).await.map(Json)
}
