//! What the server knows of this programme.

use std::sync::LazyLock;

use kernel::{
    Programme,
    ledger::{FactKind, Measure},
    rulebook::RuleDefinition,
};

use crate::{
    donations, door,
    files::export,
    kept,
    migrations::migrations,
    permissions,
    posts::persons::{merge_posts, not_in_post},
    routes::routes,
    supplies,
    unions::{SUBSCRIPTION, no_stations_left},
};

/// Somebody came to a station.
pub const VISIT: &str = "station_visit";
/// Somebody was served at a station.
pub const SERVICE: &str = "station_service";

const FACT_KINDS: &[FactKind] = &[times(VISIT, "驿站到站"), times(SERVICE, "驿站服务"), donations::FACT];

const fn times(code: &'static str, label: &'static str) -> FactKind {
    FactKind { code, label, unit: "人次", measures: &[Measure::PersonTimes, Measure::People], by_hand: false }
}

/// How long the code that a worker shows at a station is valid.
pub const CODE_SECONDS: RuleDefinition = RuleDefinition {
    code: "station.code_seconds",
    label: "到站码有效时间",
    unit: "秒",
    default: 120,
    source: "系统默认值，可设为60至300秒",
};

/// How late what a phone kept without a network may arrive.
pub const LATE_HOURS: RuleDefinition = RuleDefinition {
    code: "station.late_hours",
    label: "断网期间的驿站记录最迟补传时间",
    unit: "小时",
    default: 72,
    source: "系统默认值，请按当地网络条件核定",
};

/// After how many days a fact about a station that nobody looked at again counts as unconfirmed.
pub const SEEN_DAYS: RuleDefinition = RuleDefinition {
    code: "station.seen_days",
    label: "驿站设施状态的有效天数（超过即显示为待核实）",
    unit: "天",
    default: 30,
    source: "系统默认值，请按当地规定核定",
};

static RULES: LazyLock<Vec<RuleDefinition>> = LazyLock::new(|| {
    [&[CODE_SECONDS, LATE_HOURS, SEEN_DAYS, supplies::EXPIRY_DAYS, donations::KEEP_HOURS], door::RULES].concat()
});

/// Story 8 as one value.
#[must_use]
pub fn programme() -> Programme {
    Programme {
        name: "station",
        label: "工会驿站",
        routes,
        fact_kinds: FACT_KINDS,
        permissions: permissions::ALL,
        rules: &RULES,
        subscriptions: &[SUBSCRIPTION],
        jobs: &[donations::expire::JOB, door::alarms::TELL, door::guard::JOB],
        acts: permissions::ACTS,
        sealed: &[],
        on_merge: &[donations::persons::merge, door::persons::merge, merge_posts],
        before_hand_entry: &[],
        on_erase: &[donations::persons::forget, door::persons::forget, not_in_post],
        kept: kept::ALL,
        exports: &[export::STATIONS],
        on_close: &[no_stations_left],
        migrations,
    }
}
