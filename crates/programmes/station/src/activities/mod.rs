//! Activities at stations: lectures, readings, festivals. Workers sign up on the phone, whoever waits moves up by himself, and
//! who came is told by the same code as a visit.

pub mod attend;
pub mod came;
pub mod cancel;
pub mod export;
pub mod form;
pub mod keep;
pub mod list;
pub mod many;
pub mod mine;
pub mod persons;
pub mod sign_up;
pub mod take_back;
pub mod tell;
pub mod view;

use kernel::{
    House,
    ledger::{FactKind, Measure},
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use crate::tables::activity::ActivityKind;

/// Somebody took part in an activity.
pub const ACTIVITY: &str = "station_activity";

/// The fact that somebody took part.
pub const ACTIVITY_FACT: FactKind = FactKind {
    code: ACTIVITY,
    label: "驿站活动参加",
    unit: "人次",
    measures: &[Measure::PersonTimes, Measure::People],
    by_hand: false,
};

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_activities, keep::post_activity))
        .routes(routes!(list::get_activity, keep::put_activity))
        .routes(routes!(list::get_signups))
        .routes(routes!(cancel::post_cancel))
        .routes(routes!(export::post_export))
        .routes(routes!(mine::get_mine))
        .routes(routes!(sign_up::post_sign_up))
        .routes(routes!(sign_up::post_give_up))
        .routes(routes!(attend::get_activities_here))
        .routes(routes!(came::get_attendances, attend::post_attendance))
        .routes(routes!(take_back::post_take_back))
        .routes(routes!(take_back::post_own_take_back))
}
