//! What I reported, and what became of it.

use std::collections::HashMap;

use axum::Json;
use database::Connection;
use kernel::{Caller, Id, Moment, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{people, reports};
use crate::{
    register::keyed,
    tables::{
        fault::{self, FaultState},
        fault_report::{Column, Entity, Model},
    },
};

/// Something that I reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = MyStationFault)]
pub struct MyFault {
    /// The report's key.
    pub id: Id,
    /// The station's name.
    pub station: String,
    /// What it is about, in words.
    pub item_label: String,
    /// What I said.
    pub said: Option<String>,
    /// When.
    pub said_at: Moment,
    /// How many say so, with me.
    pub reporters: u64,
    /// Where it stands.
    pub state: FaultState,
    /// In words.
    pub state_label: String,
    /// What whoever looked said of it.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<Moment>,
}

/// Reports told at once.
const MOST: u64 = 30;

/// What I reported, the last first.
///
/// # Errors
/// 401 if no worker calls.
pub async fn mine(caller: &Caller<Oneself>) -> Result<Vec<MyFault>, Problem> {
    let query = Entity::find().filter(Column::PersonId.eq(caller.person()?)).order_by_desc(Column::Id);
    views(caller.read(), query.limit(MOST).all(caller.read()).await?).await
}

/// Reports as those who made them read them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub(super) async fn views(conn: &Connection, rows: Vec<Model>) -> Result<Vec<MyFault>, Problem> {
    let faults = fault::Entity::find().filter(fault::Column::Id.is_in(rows.iter().map(|row| row.fault_id)));
    let faults: HashMap<Id, fault::Model> =
        faults.all(conn).await?.into_iter().map(|fault| (fault.id, fault)).collect();
    let stations = keyed::names(conn, faults.values().map(|fault| fault.station_id)).await?;
    let reports = reports(conn, faults.keys().copied()).await?;
    let view = |row: Model| {
        let fault = faults.get(&row.fault_id)?;
        Some(MyFault {
            id: row.id,
            station: stations.get(&fault.station_id).cloned().unwrap_or_default(),
            item_label: fault.item_label.clone(),
            said: row.said,
            said_at: row.said_at,
            reporters: reports.get(&fault.id).map_or(0, |reports| people(reports)),
            state: fault.state,
            state_label: fault.state.label().to_owned(),
            answer: fault.answer.clone(),
            answered_at: fault.answered_at,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

/// 我反映的驿站问题
#[utoipa::path(
    get, path = "/me/station-faults", tag = "me", operation_id = "my_station_faults",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyFault>)),
)]
pub async fn get_mine(caller: Caller<Oneself>) -> Result<Json<Vec<MyFault>>, Problem> {
    mine(&caller).await.map(Json)
}
