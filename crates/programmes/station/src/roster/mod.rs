//! The roster of a station: who of its own is on duty when, and when volunteers are wanted. Volunteers sign up on their phones,
//! hand their places over among themselves, and get their hours credited, each as a fact.

pub mod change;
pub mod confirm;
pub(crate) mod duties;
pub mod export;
pub mod form;
pub mod here;
pub mod join;
pub mod list;
pub mod many;
pub mod mine;
pub mod off;
pub mod offered;
pub mod persons;
pub mod plan;
pub mod standing;
pub mod swap;
pub mod take_back;
pub mod tell;
pub mod view;

use kernel::{
    Caller, Context, House, Id, Problem, Unit,
    ledger::{FactKind, Measure},
    permission::Oneself,
    rulebook::RuleDefinition,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    duty,
    tables::{shift, station, volunteer},
};

/// A volunteer helped at a station.
pub const HOURS: &str = "station_volunteer_hours";

/// The fact of the hours that a volunteer helped.
pub const FACT: FactKind = FactKind {
    code: HOURS,
    label: "驿站志愿服务时长",
    unit: "小时",
    measures: &[Measure::Items, Measure::People],
    by_hand: false,
};

/// Until when a volunteer may withdraw; after that he hands his place over.
pub const LEAVE_HOURS: RuleDefinition = RuleDefinition {
    code: "station.shift_leave_hours",
    label: "驿站志愿服务最迟提前多久退出（之后须转给他人）",
    unit: "小时",
    default: 24,
    source: "系统默认值，请按当地规定核定",
};

/// The station of a master or deputy who calls, and the call in the scope of its union, which the post lends.
///
/// # Errors
/// 404 if the caller has no post there.
pub(super) async fn posted(
    unit: &Unit,
    caller: &Caller<Oneself>,
    id: Id,
) -> Result<(station::Model, Context), Problem> {
    let station = duty::station(unit, caller, id, caller.today()).await?;
    let lent = caller.lent(vec![station.organisation_id]);
    Ok((station, lent))
}

/// A shift of such a station, with all that [`posted`] answers.
///
/// # Errors
/// 404 if the caller has no post there, or the station no such shift.
pub(super) async fn posted_shift(
    unit: &Unit,
    caller: &Caller<Oneself>,
    (id, shift): (Id, Id),
) -> Result<(shift::Model, station::Model, Context), Problem> {
    let (station, lent) = posted(unit, caller, id).await?;
    let (row, at) = view::find(unit, &lent, shift).await?;
    if at.id == station.id { Ok((row, station, lent)) } else { Err(Problem::not_found()) }
}

/// Somebody's place at such a station, with its shift and all that [`posted`] answers.
///
/// # Errors
/// 404 if the caller has no post there, or the station no such place.
pub(super) async fn posted_place(
    unit: &Unit,
    caller: &Caller<Oneself>,
    (id, place): (Id, Id),
) -> Result<((volunteer::Model, shift::Model, station::Model), Context), Problem> {
    let (station, lent) = posted(unit, caller, id).await?;
    let found = view::find_place(unit, &lent, place).await?;
    if found.2.id == station.id { Ok((found, lent)) } else { Err(Problem::not_found()) }
}

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_shifts, plan::post_shifts))
        .routes(routes!(list::get_shift, change::put_shift))
        .routes(routes!(list::get_volunteers))
        .routes(routes!(off::post_off))
        .routes(routes!(confirm::post_confirm))
        .routes(routes!(take_back::post_take_back))
        .routes(routes!(export::post_export))
        .routes(routes!(here::get_roster, plan::post_here, change::put_here))
        .routes(routes!(off::post_here))
        .routes(routes!(confirm::post_here))
        .routes(routes!(take_back::post_here))
        .routes(routes!(offered::get_shifts))
        .routes(routes!(mine::get_mine))
        .routes(routes!(join::post_join))
        .routes(routes!(join::post_leave))
        .routes(routes!(swap::post_offer))
        .routes(routes!(swap::post_take_over))
}
