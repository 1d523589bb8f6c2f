//! What was reported at stations, for officers, the last first.

use axum::{Json, extract::Query};
use database::Connection;
use kernel::{Caller, Context, Id, Page, Problem, caller::Find, listing::Paging};
use sea_orm::{
    QuerySelect, QueryTrait, Select,
    entity::prelude::*,
    sea_query::{Condition, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{FaultView, views};
use crate::{
    permissions::SeeStations,
    register::{
        keyed::{self, Placed},
        list::{StationFilter, filtered as stations_of},
    },
    tables::{
        catalogue::{self, CatalogueKind},
        fault::{Column, Entity, FaultState, Model},
        station,
    },
};

/// How what was reported stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFaultStanding)]
#[serde(rename_all = "snake_case")]
pub enum FaultStanding {
    /// Nobody has answered.
    Unanswered,
    /// It is so, and not mended yet.
    Mending,
    /// Nobody has to see to it any more.
    Done,
}

/// What was reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFaultSubject)]
#[serde(rename_all = "snake_case")]
pub enum FaultSubject {
    /// Equipment.
    Equipment,
    /// A service.
    Service,
    /// Anything that is on no list.
    Other,
}

/// Which faults.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FaultFilter {
    /// At stations of this organisation and below.
    pub organisation: Option<Id>,
    /// At this station.
    pub station: Option<Id>,
    /// Part of the station's name, number, address or host.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// How they stand.
    #[param(inline)]
    pub standing: Option<FaultStanding>,
    /// What they are about.
    #[param(inline)]
    pub subject: Option<FaultSubject>,
}

/// Something that visitors say is broken or missing, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationFaultRow)]
pub struct FaultRow {
    /// The fault.
    #[serde(flatten)]
    pub fault: FaultView,
    /// The station.
    pub station_id: Id,
    /// Its name.
    pub station: String,
    /// The union that answers for it.
    pub organisation: String,
}

/// Faults in the caller's scope that pass a filter.
fn filtered(find: Find, context: &Context, filter: &FaultFilter) -> Select<Entity> {
    let at = StationFilter { organisation: filter.organisation, q: filter.q.clone(), ..StationFilter::default() };
    let at = stations_of(Find::ByPlace, context, &at).select_only().column(station::Column::Id).into_query();
    let mut query = Entity::find().filter(find.column((Entity, Column::StationId)).in_subquery(at));
    query = query.apply_if(filter.station, |query, station| query.filter(Column::StationId.eq(station)));
    query = query.apply_if(filter.standing, |query, standing| query.filter(standing_so(standing)));
    query.apply_if(filter.subject, |query, subject| query.filter(about(subject)))
}

fn standing_so(standing: FaultStanding) -> Condition {
    Condition::all().add(match standing {
        FaultStanding::Unanswered => Column::State.eq(FaultState::Open),
        FaultStanding::Mending => Column::State.eq(FaultState::Broken),
        FaultStanding::Done => Column::State.is_in([FaultState::Mended, FaultState::Unfounded, FaultState::Dropped]),
    })
}

fn about(subject: FaultSubject) -> Condition {
    let of = |kind: CatalogueKind| {
        let codes = catalogue::Entity::find().select_only().column(catalogue::Column::Code);
        Column::Item.in_subquery(codes.filter(catalogue::Column::Kind.eq(kind)).into_query())
    };
    Condition::all().add(match subject {
        FaultSubject::Equipment => of(CatalogueKind::Equipment),
        FaultSubject::Service => of(CatalogueKind::Service),
        FaultSubject::Other => Column::Item.is_null(),
    })
}

/// Lists what was reported.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &FaultFilter,
    paging: &Paging,
) -> Result<Page<FaultRow>, Problem> {
    let conn = caller.read();
    let query = |find| filtered(find, caller, filter);
    let page = paging.newest_first_of_many(conn, query, Column::Id, |row| row.id).await?;
    Ok(Page { items: rows(conn, page.items).await?, next: page.next, total: page.total })
}

/// Faults with their stations; each question is asked once for all.
async fn rows(conn: &Connection, found: Vec<Model>) -> Result<Vec<FaultRow>, Problem> {
    let at: Vec<Id> = found.iter().map(|row| row.station_id).collect();
    let places = keyed::placed(conn, at.iter().copied()).await?;
    let row = |(station, fault): (Id, FaultView)| {
        let Placed { station, union } = places.get(&station)?;
        Some(FaultRow { fault, station_id: station.id, station: station.name.clone(), organisation: union.clone() })
    };
    Ok(at.into_iter().zip(views(conn, found).await?).filter_map(row).collect())
}

/// 驿站有人反映的问题
#[utoipa::path(
    get, path = "/station-faults", tag = "station", operation_id = "list_station_faults",
    extensions(("x-permission" = json!("station.view"))),
    params(FaultFilter, Paging), responses((status = 200, body = Page<FaultRow>)),
)]
pub async fn get_faults(
    caller: Caller<SeeStations>,
    Query(filter): Query<FaultFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<FaultRow>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}
