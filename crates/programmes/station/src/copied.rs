//! What this programme's tables are called in the copy that a person takes of what is kept of him.

use kernel::{coded, person::Copied};

use crate::tables::{
    alarm::AlarmKind, booking::BookingState, gift::GiverKind, gift_claim::GiftState, order::OrderKind, post::PostRole,
};

/// What is said of them.
pub const ALL: &[Copied] = &[
    Copied {
        table: "station_alarm",
        heading: "值守时看过的设备报警",
        words: &[("kind", |code| coded(code, AlarmKind::label))],
    },
    Copied {
        table: "station_booking",
        heading: "驿站咨询预约",
        words: &[("state", |code| coded(code, BookingState::label))],
    },
    // Why it was taken back may tell of whoever was meant.
    Copied {
        table: "station_entry", heading: "驿站到站和服务记录", words: &[("taken_back", |_| Some("已撤回"))]
    },
    Copied { table: "station_fault_report", heading: "驿站报障", words: &[] },
    Copied {
        table: "station_gift",
        heading: "捐给驿站的物品",
        words: &[("giver_kind", |code| coded(code, GiverKind::label))],
    },
    Copied {
        table: "station_gift_claim",
        heading: "预留和领取的捐赠物品",
        words: &[("state", |code| coded(code, GiftState::label))],
    },
    Copied {
        table: "station_order",
        heading: "驿站开门和送电记录",
        words: &[("kind", |code| coded(code, OrderKind::label))],
    },
    Copied {
        table: "station_post",
        heading: "担任驿站站长、副站长",
        words: &[("role", |code| coded(code, PostRole::label))],
    },
    Copied { table: "station_rating", heading: "到站评价", words: &[] },
    Copied { table: "station_signup", heading: "驿站活动报名", words: &[] },
    Copied { table: "station_volunteer", heading: "驿站志愿服务", words: &[] },
];
