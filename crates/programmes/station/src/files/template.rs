//! The workbook to fill in, with a sheet of the words that its cells may use.

use axum::response::IntoResponse;
use kernel::{
    Caller, Problem,
    download::{XLSX, attachment},
    table_in,
};
use places::System;
use sea_orm::Iterable;

use super::columns::{ACCESS, COLUMNS, KIND, STATE, SYSTEM};
use crate::{
    catalogue,
    permissions::SeeStations,
    tables::{
        catalogue::CatalogueKind,
        station::{StationAccess, StationKind, StationState},
    },
};

/// The template.
///
/// # Errors
/// A fault.
pub async fn template(caller: &Caller<SeeStations>) -> Result<Vec<u8>, Problem> {
    let catalogue = catalogue::list(caller.read()).await?;
    let fixed = [
        ("开放时间", "周一至周五 08:30-12:00、14:00-18:00；周六 09:00-12:00；节假日 不开放"),
        ("开放时间", "24小时自助"),
        ("特殊开放日", "2026-10-01 不开放（国庆节）；2026-10-08 09:00-12:00"),
        ("共建单位", "司法局：每周三律师值班；大药房：常用药品"),
    ];
    let offered = catalogue.iter().filter(|entry| entry.offered && entry.kind != CatalogueKind::Check);
    let listed = offered.map(|entry| (entry.kind.label(), entry.label.as_str()));
    let states = StationState::iter().map(|state| (STATE, state.label()));
    let kinds = StationKind::iter().map(|kind| (KIND, kind.label()));
    let accesses = StationAccess::iter().map(|access| (ACCESS, access.label()));
    let systems = System::ALL.into_iter().map(|system| (SYSTEM, system.label()));
    let words = kinds.chain(accesses).chain(states).chain(systems).chain(fixed).chain(listed);
    let headings: Vec<&str> = COLUMNS.iter().map(|(heading, _)| *heading).collect();
    table_in::template(caller, "驿站", &headings, words)
}

/// 下载驿站导入模板
#[utoipa::path(
    get, path = "/stations/template.xlsx", tag = "station", operation_id = "download_station_template",
    extensions(("x-permission" = json!("station.view"))),
    responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", body = Vec<u8>)),
)]
pub async fn get_template(caller: Caller<SeeStations>) -> Result<impl IntoResponse, Problem> {
    Ok((attachment(XLSX, "驿站导入模板.xlsx"), template(&caller).await?))
}
