//! Incidents for those who keep stations, the last first.

use axum::{Json, extract::Query};
use chrono::NaiveDate;
use database::Connection;
use kernel::{Caller, Context, Id, Moment, Page, Problem, caller::Find, keys, listing::Paging, organisation::tree};
use sea_orm::{Select, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    IncidentKind, NOTE,
    before::{self, BeforeView},
    place, told,
    uses::{self, UseView},
};
use crate::{
    permissions::KeepStations,
    register::{
        keyed,
        list::{in_scope_by, on_days},
    },
    rules::correction::incident_in_time,
    tables::incident::{Column, Entity, Model},
};

/// Which incidents.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[schema(as = StationIncidentFilter)]
pub struct IncidentFilter {
    /// At stations of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// What happened.
    #[param(inline)]
    pub kind: Option<IncidentKind>,
    /// Whether they are to be followed up still.
    pub open: Option<bool>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
}

/// Something that happened at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationIncident)]
pub struct IncidentView {
    /// The key.
    pub id: Id,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// The union that answered for it then.
    pub organisation: String,
    /// What happened.
    pub kind: IncidentKind,
    /// In words.
    pub kind_label: String,
    /// Whether it is serious.
    pub serious: bool,
    /// Whether an ambulance came.
    pub ambulance: bool,
    /// Whether the police came.
    pub police: bool,
    /// What happened, as it was told; that it is deleted, if the time is over for which it is kept.
    pub what: String,
    /// What was done; empty if it is deleted.
    pub did: String,
    /// What was used from the cupboard.
    pub used: Vec<UseView>,
    /// Whether it is known who was helped; opened with a reason.
    pub is_helped_known: bool,
    /// When.
    pub happened_at: Moment,
    /// The day on which it was done with; absent while it is to be followed up.
    pub closed_on: Option<NaiveDate>,
    /// How it ended.
    pub note: Option<String>,
    /// The name that its writer's phone gave it, by which he corrects it.
    pub sent_as: String,
    /// What it said before it was corrected, the first first.
    pub before: Vec<BeforeView>,
    /// Whether whoever asks wrote it and may correct it still.
    pub can_be_corrected: bool,
}

/// Incidents as people read them; each question is asked once for all.
///
/// # Errors
/// A fault of the database.
pub async fn views(conn: &Connection, context: &Context, rows: Vec<Model>) -> Result<Vec<IncidentView>, Problem> {
    let stations = keyed::names(conn, rows.iter().map(|row| row.station_id)).await?;
    let names = tree::names(conn, rows.iter().map(|row| row.organisation_id)).await?;
    let mut used = uses::views(conn, rows.iter().map(|row| row.id)).await?;
    let mut before = before::views(conn, context, rows.iter().map(|row| row.id)).await?;
    let writer = context.actor().word();
    let view = |row: Model| {
        let (what, did) = told(context, |column| place(row.id, column), (&row.what_sealed, &row.did_sealed));
        let in_time = incident_in_time(row.followed(), row.day, context.today());
        IncidentView {
            id: row.id,
            can_be_corrected: in_time && row.actor == writer && !row.what_sealed.is_empty(),
            before: before.remove(&row.id).unwrap_or_default(),
            station_id: row.station_id,
            station: stations.get(&row.station_id).cloned().unwrap_or_default(),
            organisation: names.get(&row.organisation_id).cloned().unwrap_or_default(),
            kind: row.kind,
            kind_label: row.kind.label().to_owned(),
            serious: row.serious,
            ambulance: row.ambulance,
            police: row.police,
            what,
            did,
            used: used.remove(&row.id).unwrap_or_default(),
            is_helped_known: row.helped_sealed.is_some(),
            happened_at: row.happened_at,
            closed_on: row.closed_on,
            note: row.note_sealed.as_deref().map(|sealed| keys::told(context, place(row.id, NOTE), sealed)),
            sent_as: row.sent_as,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Incidents in the caller's scope that pass a filter.
pub(super) fn filtered(find: Find, context: &Context, filter: &IncidentFilter) -> Select<Entity> {
    let mut query = Entity::find().filter(in_scope_by(find, context, filter.organisation, (Entity, Column::StationId)));
    if let Some(station) = filter.station {
        query = query.filter(Column::StationId.eq(station));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(open) = filter.open {
        query = query.filter(if open { Column::ClosedOn.is_null() } else { Column::ClosedOn.is_not_null() });
    }
    query.filter(on_days(Column::Day, filter.from, filter.to))
}

/// Lists incidents.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<KeepStations>,
    filter: &IncidentFilter,
    paging: &Paging,
) -> Result<Page<IncidentView>, Problem> {
    let conn = caller.read();
    let query = |find| filtered(find, caller, filter);
    let page = paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: views(conn, caller, page.items).await?, next: page.next, total: page.total })
}

/// 驿站事件与急救
#[utoipa::path(
    get, path = "/station-incidents", tag = "station", operation_id = "list_station_incidents",
    extensions(("x-permission" = json!("station.keep"))),
    params(IncidentFilter, Paging), responses((status = 200, body = Page<IncidentView>)),
)]
pub async fn get_incidents(
    caller: Caller<KeepStations>,
    Query(filter): Query<IncidentFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<IncidentView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
