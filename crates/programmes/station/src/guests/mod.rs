//! Masters for a day (一日站长): which official took whose turn, what he held, and what workers asked him for. Each is a fact;
//! each request is announced, so that whoever answers for workers' rights takes it up.

pub mod export;
pub mod export_requests;
pub mod list;
pub mod many;
pub mod requests;
pub mod take_back;
pub mod write_down;

use kernel::{
    House,
    keys::Sealed,
    ledger::{FactKind, Measure},
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use crate::tables::request::RequestKind;

/// An official was master for a day.
pub const GUEST: &str = "station_guest";
/// He held an activity.
pub const HELD: &str = "station_guest_activity";
/// He collected a request.
pub const REQUEST: &str = "station_request";
/// What is announced of each request.
pub const COLLECTED: &str = "station_request_collected";
/// What is announced of each request whose turn was taken back.
pub const WITHDRAWN: &str = "station_request_withdrawn";

const fn items(code: &'static str, label: &'static str, unit: &'static str) -> FactKind {
    FactKind { code, label, unit, measures: &[Measure::Items], by_hand: false }
}

/// A turn as master for a day.
pub const GUEST_FACT: FactKind = items(GUEST, "一日站长轮值", "人次");
/// An activity that one held.
pub const HELD_FACT: FactKind = items(HELD, "一日站长活动", "场");
/// A request that one collected.
pub const REQUEST_FACT: FactKind = items(REQUEST, "驿站收集诉求", "件");

/// The column whose values are sealed.
pub const SEALED: Sealed = Sealed::text("station_request", "wish_sealed", "wish", &["id"]);

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_guests, write_down::post_guest))
        .routes(routes!(take_back::post_take_back))
        .routes(routes!(export::post_export))
        .routes(routes!(requests::get_requests))
        .routes(routes!(export_requests::post_export))
}
