//! Desks at stations where somebody gives legal aid, helps to find work or counsels. A worker books a time on his phone, or
//! comes when one is free; who advises marks whether he came and writes a record, which nobody else reads but the worker
//! himself. Each consultation held is a fact, which says nothing of what it was about, not even at which kind of desk.

pub mod advisers;
pub mod agreed;
pub mod attend;
pub mod book;
pub mod cancel;
pub mod close;
pub mod day;
pub mod form;
pub mod keep;
pub mod list;
pub mod many;
pub mod mine;
pub mod off;
pub mod offered;
pub mod own_walk_ins;
pub mod record;
pub mod schedule;
pub mod take_back;
pub mod tell;
pub mod view;
pub mod walk_in;

use kernel::{
    House,
    keys::Sealed,
    ledger::{FactKind, Measure},
    rulebook::RuleDefinition,
};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use crate::tables::desk::DeskKind;

/// A consultation was held.
pub const CONSULTATION: &str = "station_consultation";

/// The fact that a consultation was held.
pub const FACT: FactKind = FactKind {
    code: CONSULTATION,
    label: "驿站咨询",
    unit: "人次",
    measures: &[Measure::PersonTimes, Measure::People],
    by_hand: false,
};

/// The column whose values are sealed.
pub const SEALED: Sealed = Sealed::text("station_booking", "record_sealed", "record", &["id"]);

/// How far ahead a time can be booked.
pub const AHEAD_DAYS: RuleDefinition = RuleDefinition {
    code: "station.desk_days",
    label: "驿站咨询可提前多少天预约",
    unit: "天",
    default: 14,
    source: "系统默认值，请按当地规定核定",
};

/// Until when a booking may be cancelled or moved.
pub const NOTICE_HOURS: RuleDefinition = RuleDefinition {
    code: "station.desk_notice_hours",
    label: "驿站咨询最迟提前多久取消或改期",
    unit: "小时",
    default: 2,
    source: "系统默认值，请按当地规定核定",
};

/// How many bookings a person may have that are still to come.
pub const OPEN_BOOKINGS: RuleDefinition = RuleDefinition {
    code: "station.desk_bookings",
    label: "每人同时可有多少个未到期的驿站咨询预约",
    unit: "个",
    default: 2,
    source: "系统默认值，请按当地规定核定",
};

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_desks, keep::post_desk))
        .routes(routes!(list::get_desk, keep::put_desk))
        .routes(routes!(close::post_close))
        .routes(routes!(close::post_open))
        .routes(routes!(off::post_day_off))
        .routes(routes!(off::post_day_on))
        .routes(routes!(advisers::get_advisers))
        .routes(routes!(day::get_consultations))
        .routes(routes!(record::post_open))
        .routes(routes!(record::put_record))
        .routes(routes!(attend::post_attend))
        .routes(routes!(take_back::post_take_back))
        .routes(routes!(offered::get_desks))
        .routes(routes!(offered::get_times))
        .routes(routes!(book::post_booking))
        .routes(routes!(book::post_move))
        .routes(routes!(cancel::post_cancel))
        .routes(routes!(mine::get_mine))
        .routes(routes!(walk_in::get_own))
        .routes(routes!(walk_in::post_own))
        .routes(routes!(walk_in::get_here))
        .routes(routes!(own_walk_ins::get_walk_ins, walk_in::post_here))
        .routes(routes!(own_walk_ins::post_take_back))
}
