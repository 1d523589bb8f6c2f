//! Stations as GeoJSON (RFC 7946), for maps: nothing about people is in it.

use axum::{extract::Query, http::header, response::IntoResponse};
use kernel::{Caller, Context, Problem, audit, caller::Find, download::disposition, organisation};
use sea_orm::entity::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    Beside,
    columns::{COLUMNS, EAST, MASTER, MASTER_PHONE, NORTH, SYSTEM, cells},
    standing,
};
use crate::{
    catalogue,
    permissions::ExportStations,
    register::{
        form::StationForm,
        list::{StationFilter, filtered},
        unchecked,
    },
    standard::due,
};

/// The most stations of one file.
const MOST: u64 = 20_000;

kernel::refusals! {
    /// Why no map file comes.
    pub enum GeoJsonRefusal {
        /// Too many.
        TooMany { most: u64 } = 422 "too_many_stations" "一次最多导出{most}个驿站，请缩小范围。",
    }
}

/// The stations that pass a filter; those that are not on the map have no geometry.
///
/// # Errors
/// 404 for a foreign organisation; [`GeoJsonRefusal`].
pub async fn collection(caller: &Caller<ExportStations>, filter: &StationFilter) -> Result<Value, Problem> {
    let (conn, context): (_, &Context) = (caller.read(), caller);
    // The act is filed there, so it must be a place whose auditor answers for the caller.
    if let Some(place) = filter.organisation {
        organisation::get(conn, caller.scope(), place).await?;
    }
    let number = unchecked::count(caller, filter).await?;
    if number > MOST {
        return Err(GeoJsonRefusal::TooMany { most: MOST }.into());
    }
    let query = filtered(Find::ByPlace, caller, filter).filter(due::wanted(caller, filter).await?);
    let found = unchecked::first(caller, (query, filter), None, number).await?;
    let catalogue = catalogue::list(conn).await?;
    let Beside { unions, mut items } = Beside::of(conn, &found).await?;
    let mut features = Vec::with_capacity(found.len());
    for row in &found {
        let union = unions.get(&row.organisation_id);
        let form = StationForm::of(row, items.remove(&row.id).unwrap_or_default())?;
        let mut told = cells(&form, union.map_or("", |union| &union.code), &catalogue);
        told.extend(standing::cells(row, None, context.today()));
        let geometry = form.position.map(|at| json!({ "type": "Point", "coordinates": [at.longitude, at.latitude] }));
        let elsewhere = [EAST, NORTH, SYSTEM, MASTER, MASTER_PHONE];
        let named = COLUMNS.iter().filter(|(heading, _)| !elsewhere.contains(heading));
        let mut properties: Map<String, Value> =
            named.map(|(heading, name)| ((*name).to_owned(), told.remove(heading).into())).collect();
        properties.insert("area".to_owned(), form.area.into());
        properties.insert("capacity".to_owned(), form.capacity.into());
        properties.insert("organisation".to_owned(), union.map(|union| union.name.clone()).into());
        features.push(json!({ "type": "Feature", "id": row.id, "geometry": geometry, "properties": properties }));
    }
    let (of, count) = (filter.organisation, found.len());
    context
        .unit(|unit| async move {
            let detail = json!({ "stations": count });
            audit::record(&unit, context, ("stations.geojson", "station/station", None), of, detail).await
        })
        .await?;
    Ok(json!({ "type": "FeatureCollection", "features": features }))
}

/// 导出驿站地图数据（GeoJSON）
#[utoipa::path(
    get, path = "/stations/map.geojson", tag = "station", operation_id = "download_stations_geojson",
    extensions(("x-permission" = json!("station.export"))), params(StationFilter),
    responses((status = 200, content_type = "application/geo+json", body = Object), GeoJsonRefusal),
)]
pub async fn get_geojson(
    caller: Caller<ExportStations>,
    Query(filter): Query<StationFilter>,
) -> Result<impl IntoResponse, Problem> {
    let text = collection(&caller, &filter).await?.to_string();
    let headers = [
        (header::CONTENT_TYPE, "application/geo+json".to_owned()),
        (header::CONTENT_DISPOSITION, disposition("工会驿站.geojson")),
    ];
    Ok((headers, text))
}
