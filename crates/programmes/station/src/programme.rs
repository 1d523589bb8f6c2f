//! What the server knows of this programme.

use std::sync::LazyLock;

use kernel::{
    Programme,
    keys::Sealed,
    ledger::{FactKind, Measure},
    rulebook::RuleDefinition,
};

use crate::{
    activities::{self, ACTIVITY_FACT},
    copied,
    days::{
        need::{VISITS_EACH, WORKERS_EACH},
        ranks::USE,
        records::RECORDS,
    },
    desk, died, donations, door, faults,
    files::{export, import},
    guests::{self, GUEST_FACT, HELD_FACT, REQUEST_FACT},
    incidents, kept,
    migrations::migrations,
    neglect, permissions, persons,
    posts::persons::not_in_post,
    ratings::RATING_DAYS,
    register, roster,
    routes::routes,
    sites::SITES,
    standard::{
        self,
        numbers::{
            FIVE_STAR_AREA, FIVE_STAR_CAPACITY, GRACE_DAYS, INSPECT_MONTHS, INSPECTION_KIND, MEND_DAYS, STAR_LINES,
        },
    },
    supplies, tells,
    unions::{self, no_stations_left},
    where_done::where_done,
    year::export::YEAR,
};

/// Somebody came to a station.
pub const VISIT: &str = "station_visit";
/// Somebody was served at a station.
pub const SERVICE: &str = "station_service";

const FACT_KINDS: &[FactKind] = &[
    ACTIVITY_FACT,
    desk::FACT,
    donations::FACT,
    GUEST_FACT,
    HELD_FACT,
    INSPECTION_KIND,
    REQUEST_FACT,
    roster::FACT,
    times(SERVICE, "驿站服务"),
    times(VISIT, "驿站到站"),
];

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
    label: "驿站设施状态的有效天数（超过即显示为待核实，并提醒站长确认）",
    unit: "天",
    default: 30,
    source: "系统默认值，请按当地规定核定",
};

const OWN_RULES: &[RuleDefinition] = &[
    CODE_SECONDS,
    desk::AHEAD_DAYS,
    desk::NOTICE_HOURS,
    desk::OPEN_BOOKINGS,
    donations::KEEP_HOURS,
    faults::A_DAY,
    faults::ANSWER_DAYS,
    supplies::EXPIRY_DAYS,
    FIVE_STAR_AREA,
    FIVE_STAR_CAPACITY,
    GRACE_DAYS,
    incidents::HELPED_DAYS,
    INSPECT_MONTHS,
    LATE_HOURS,
    MEND_DAYS,
    neglect::CHECK_HOURS,
    neglect::CLIMB_DAYS,
    RATING_DAYS,
    roster::LEAVE_HOURS,
    SEEN_DAYS,
    STAR_LINES[0],
    STAR_LINES[1],
    STAR_LINES[2],
    STAR_LINES[3],
    STAR_LINES[4],
    VISITS_EACH,
    WORKERS_EACH,
];
static SEALED: LazyLock<Vec<Sealed>> =
    LazyLock::new(|| [[guests::SEALED, desk::SEALED].as_slice(), incidents::SEALED].concat());
static RULES: LazyLock<Vec<RuleDefinition>> = LazyLock::new(|| [OWN_RULES, door::RULES].concat());

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
        subscriptions: &[died::SUBSCRIPTION, died::TAKEN_BACK, unions::SUBSCRIPTION],
        jobs: &[
            activities::tell::JOB,
            desk::tell::TELL,
            donations::expire::JOB,
            donations::withdraw::TELL,
            door::alarms::TELL,
            door::forget::JOB,
            door::guard::JOB,
            faults::tell::TELL,
            incidents::JOB,
            register::ahead::SHUT,
            register::ahead::TELL,
            neglect::JOB,
            neglect::TELL,
            roster::tell::JOB,
        ],
        acts: permissions::ACTS,
        tells: tells::ALL,
        consents: &[desk::agreed::COUNSELLING],
        sealed: &SEALED,
        on_merge: &[persons::merge, activities::persons::merge, donations::persons::merge, roster::persons::merge],
        before_hand_entry: &[],
        on_erase: &[
            persons::forget,
            activities::persons::forget,
            donations::persons::forget,
            not_in_post,
            roster::persons::forget,
        ],
        still_needs: &[],
        on_show: &[],
        copied: copied::ALL,
        kept: kept::ALL,
        exports: &[
            export::STATIONS,
            import::WRONG_STATIONS,
            activities::export::ACTIVITIES,
            donations::export::GIFTS,
            guests::export::GUESTS,
            guests::export_requests::REQUESTS,
            incidents::export::INCIDENTS,
            RECORDS,
            roster::export::SHIFTS,
            standard::export::INSPECTIONS,
            supplies::export::SUPPLIES,
            USE,
            YEAR,
        ],
        on_close: &[no_stations_left],
        sites: Some(SITES),
        hands_over: None,
        budget_left: None,
        where_done: Some(where_done),
        migrations,
    }
}
