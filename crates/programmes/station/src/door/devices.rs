//! Which devices a station has: written down before they may speak, renamed, taken out of use; and the list of all.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::IntoResponse,
};
use kernel::{
    Caller, Context, Id, Page, Problem, Unit, audit,
    caller::Find,
    etag::{self, IfMatch},
    listing::Paging,
    problem,
};
use sea_orm::{
    ActiveModelTrait, IntoActiveModel, QuerySelect, QueryTrait, Select, entity::prelude::*, sea_query::Condition,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    alarms, in_use,
    state::fill,
    view::{DeviceView, device_views},
};
use crate::{
    permissions::{KeepStations, SeeStations},
    register::{keyed, list::in_scope_by, view::in_scope},
    rules::wire,
    tables::{
        alarm,
        device::{self, DeviceKind},
        station,
    },
};

kernel::refusals! {
    /// Why a device stays as it is.
    pub enum DeviceRefusal {
        /// It is used at another station meanwhile.
        InUse = 409 "device_in_use" "这台设备已在别的驿站启用；要移回来，请先在那里停用。",
    }
}

/// A new device.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationDevice)]
pub struct NewDevice {
    /// Its name in topics, 4 to 32 small letters, digits and hyphens; unique among those in use.
    #[schema(min_length = 4, max_length = 32)]
    pub code: String,
    /// What it is.
    pub kind: DeviceKind,
    /// What people call it, 2 to 20 characters.
    #[schema(min_length = 2, max_length = 20)]
    pub label: String,
}

/// What may change of a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationDeviceForm)]
pub struct DeviceForm {
    /// What people call it, 2 to 20 characters.
    #[schema(min_length = 2, max_length = 20)]
    pub label: String,
    /// Whether it is no longer used; what it says is left then.
    pub retired: bool,
}

fn label(text: &str) -> Result<String, Problem> {
    problem::words("label", text, 2..=20, "请填写设备名称，2至20字，如“正门门锁”。").map(str::to_owned)
}

/// Refuses a code that a device in use has. One that is out of use is written down anew at another station: what it said
/// before stays with the station where it was. Who moves it must answer for both.
async fn check_free(unit: &Unit, context: &Context, station: &station::Model, code: &str) -> Result<(), Problem> {
    let refuse = |name: &str, text: &str| Err(Problem::field("code", name, text));
    for known in device::Entity::find().filter(device::Column::Code.eq(code)).all(unit).await? {
        if known.retired_on.is_none() {
            return refuse("device_taken", "这个设备编号已登记过，请核对铭牌；从别处移来的，请先在原驿站停用。");
        }
        if known.station_id == station.id {
            return refuse("device_retired_here", "这台设备在本站登记过，已经停用；请在设备列表里重新启用。");
        }
        match in_scope(unit, context, known.station_id).await {
            Err(problem) if problem.status == 404 => {
                return refuse("device_elsewhere", "这台设备在其他工会的驿站登记过，请由两家共同的上级工会登记。");
            }
            found => {
                found?;
            }
        }
    }
    Ok(())
}

/// Writes a device down.
///
/// # Errors
/// 404 if the station is absent or foreign, 422 that names the field.
pub async fn create(caller: &Caller<KeepStations>, station: Id, input: &NewDevice) -> Result<DeviceView, Problem> {
    let (id, label) = (caller.id(), label(&input.label)?);
    let (label, code) = (&label, input.code.trim());
    if !wire::is_code(code) {
        return Err(Problem::field("code", "device_code", "设备编号为4至32位小写字母、数字或连字符。"));
    }
    caller
        .unit(|unit| async move {
            let station = in_scope(&unit, caller, station).await?;
            check_free(&unit, caller, &station, code).await?;
            let row = device::Model {
                id,
                station_id: station.id,
                code: code.to_owned(),
                kind: input.kind,
                label: label.clone(),
                value: None,
                second: None,
                battery: None,
                fault: None,
                said_at: None,
                heard_at: None,
                moved_at: None,
                retired_on: None,
                made_at: caller.now().into(),
                version: 1,
            };
            device::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
            note(&unit, caller, ("station_devices.create", &station), &row).await?;
            device_views(&unit, vec![row]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// A device as if it had never spoken: what it said before it was taken out of use tells nothing of how it stands now, and a
/// counter may have counted elsewhere meanwhile.
fn unheard(device: device::Model) -> device::Model {
    let (value, second, battery, fault) = (None, None, None, None);
    device::Model { value, second, battery, fault, said_at: None, heard_at: None, moved_at: None, ..device }
}

/// Once no counter is left nobody is known inside: the next one would begin with people who left long ago.
async fn begin_anew(unit: &Unit, station: &station::Model, device: &device::Model) -> Result<(), Problem> {
    let is_gone = device.kind == DeviceKind::Counter && device.retired_on.is_some();
    if is_gone && alarms::counters(station.id).one(unit).await?.is_none() {
        fill(unit, station, 0).await?;
    }
    Ok(())
}

/// Renames a device, takes it out of use or into use again.
///
/// # Errors
/// 404, [`DeviceRefusal`], 412 if somebody else saved meanwhile, 422 that names the field.
pub async fn change(
    caller: &Caller<KeepStations>,
    id: Id,
    seen: &IfMatch,
    form: &DeviceForm,
) -> Result<DeviceView, Problem> {
    let label = &label(&form.label)?;
    caller
        .unit(|unit| async move {
            let old = device::Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let station = in_scope(&unit, caller, old.station_id).await?;
            etag::check(&unit, id, old.version, seen).await?;
            let before = DeviceForm { label: old.label.clone(), retired: old.retired_on.is_some() };
            if before.retired && !form.retired && in_use(&unit, &old.code).await?.is_some() {
                return Err(DeviceRefusal::InUse.into());
            }
            let retired_on = form.retired.then(|| old.retired_on.unwrap_or(caller.today()));
            let known = if before.retired && !form.retired { unheard(old) } else { old };
            let new = device::Model { label: label.clone(), retired_on, version: known.version + 1, ..known };
            let row = new.clone().into_active_model().reset_all();
            device::Entity::update_many().set(row).filter(device::Column::Id.eq(id)).exec(&unit).await?;
            etag::note(&unit, id, new.version, &etag::changed(&before, form)).await?;
            begin_anew(&unit, &station, &new).await?;
            alarms::settle(&unit, caller, &station, &new).await?;
            note(&unit, caller, ("station_devices.change", &station), &new).await?;
            device_views(&unit, vec![new]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

async fn note(
    unit: &Unit,
    context: &Context,
    (action, station): (&str, &station::Model),
    device: &device::Model,
) -> Result<(), Problem> {
    let detail = serde_json::json!({ "code": device.code, "label": device.label, "retired": device.retired_on });
    audit::record(unit, context, (action, "station/device", device.id), station.organisation_id, detail).await
}

/// Which devices.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeviceFilter {
    /// Part of the device's code or name, or of the station's name or number.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
    /// Of this organisation and below.
    pub organisation: Option<Id>,
    /// Of this station.
    pub station: Option<Id>,
    /// What it is.
    #[param(inline)]
    pub kind: Option<DeviceKind>,
    /// Only those at which something is wrong.
    pub wrong: Option<bool>,
    /// Those out of use, too.
    pub retired: Option<bool>,
}

fn filtered(find: Find, context: &Context, filter: &DeviceFilter) -> Select<device::Entity> {
    let of = (device::Entity, device::Column::StationId);
    let mut query = device::Entity::find().filter(in_scope_by(find, context, filter.organisation, of));
    if let Some(station) = filter.station {
        query = query.filter(device::Column::StationId.eq(station));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(device::Column::Kind.eq(kind));
    }
    if filter.retired != Some(true) {
        query = query.filter(device::Column::RetiredOn.is_null());
    }
    if filter.wrong == Some(true) {
        let lasting = alarm::Entity::find().select_only().column(alarm::Column::DeviceId);
        let lasting = lasting.filter(alarm::Column::OverAt.is_null()).into_query();
        query = query.filter(device::Column::Id.in_subquery(lasting));
    }
    if let Some(text) = filter.q.as_deref() {
        let own = Condition::any().add(device::Column::Code.contains(text)).add(device::Column::Label.contains(text));
        query = query.filter(own.add(device::Column::StationId.in_subquery(keyed::sought(text))));
    }
    query
}

/// Devices, the last written down first.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeStations>,
    filter: &DeviceFilter,
    paging: &Paging,
) -> Result<Page<DeviceView>, Problem> {
    let (conn, query) = (caller.read(), |find| filtered(find, caller, filter));
    let page = paging.newest_first_of_many(conn, query, device::Column::Id, |row| row.id).await?;
    Ok(Page { items: device_views(conn, page.items).await?, next: page.next, total: page.total })
}

/// 驿站设备
#[utoipa::path(
    get, path = "/station-devices", tag = "station", operation_id = "list_station_devices",
    extensions(("x-permission" = json!("station.view"))),
    params(DeviceFilter, Paging), responses((status = 200, body = Page<DeviceView>)),
)]
pub async fn get_devices(
    caller: Caller<SeeStations>,
    Query(filter): Query<DeviceFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<DeviceView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 登记驿站设备
#[utoipa::path(
    post, path = "/stations/{id}/devices", tag = "station", operation_id = "add_station_device",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path)), request_body = NewDevice, responses((status = 201, body = DeviceView)),
)]
pub async fn post_device(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    Json(input): Json<NewDevice>,
) -> Result<impl IntoResponse, Problem> {
    let made = create(&caller, id, &input).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}

/// 修改或停用驿站设备
#[utoipa::path(
    put, path = "/station-devices/{id}", tag = "station", operation_id = "change_station_device",
    extensions(("x-permission" = json!("station.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = DeviceForm,
    responses((status = 200, body = DeviceView), DeviceRefusal),
)]
pub async fn put_device(
    caller: Caller<KeepStations>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<DeviceForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}
