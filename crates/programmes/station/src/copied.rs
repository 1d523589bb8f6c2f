//! What this programme's tables and their columns are called in the copy that a person takes of what is kept of him.

use kernel::{
    coded,
    person::{Copied, Told},
};

use crate::tables::{
    alarm::AlarmKind, booking::BookingState, gift::GiverKind, gift_claim::GiftState, order::OrderKind, post::PostRole,
};

const ENTRY: Told = Told::plainly("entry", "到站登记");
const SAID_AT: Told = Told::plainly("said_at", "提交时间");
const SIGNED_AT: Told = Told::plainly("signed_at", "报名时间");

/// What is said of them.
pub const ALL: &[Copied] = &[
    Copied {
        table: "station_alarm",
        heading: "值守时看过的设备报警",
        columns: &[
            Told::in_words("kind", "报警", |code| coded(code, AlarmKind::label)),
            Told::plainly("words", "设备当时的情况"),
            Told::plainly("raised_at", "报警时间"),
            Told::plainly("over_at", "解除时间"),
            Told::plainly("seen_at", "本人查看时间"),
        ],
    },
    Copied {
        table: "station_booking",
        heading: "驿站咨询预约",
        columns: &[
            Told::plainly("desk", "咨询窗口"),
            // Another's key.
            Told::never("adviser_id"),
            Told::plainly("starts_at", "开始时间"),
            Told::plainly("ends_at", "结束时间"),
            Told::in_words("state", "状态", |code| coded(code, BookingState::label)),
            // Everybody who had booked was told it. Why it was taken back that somebody came may name who was meant.
            Told::only_where("reason", "窗口取消预约的原因", "state", "called_off"),
            Told::plainly("record", "咨询记录"),
            Told::plainly("made_at", "预约或登记时间"),
            Told::plainly("missed_from", "未到的预约的开始时间"),
            Told::plainly("missed_until", "未到的预约的结束时间"),
        ],
    },
    Copied {
        table: "station_entry",
        heading: "驿站到站和服务记录",
        columns: &[
            Told::plainly("service", "服务项目"),
            Told::plainly("happened_at", "到站或服务时间"),
            Told::plainly("hour", "几点（0至23）"),
            Told::plainly("heard_at", "收到登记的时间"),
            // Why may tell of whoever was meant.
            Told::in_words("taken_back", "撤回", |_| Some("已撤回")),
        ],
    },
    Copied {
        table: "station_fault_report",
        heading: "驿站报障",
        columns: &[Told::plainly("fault", "故障"), Told::plainly("said", "报告的问题"), SAID_AT],
    },
    Copied {
        table: "station_gift",
        heading: "捐给驿站的物品",
        columns: &[
            Told::plainly("name", "物品"),
            Told::plainly("unit", "计量单位"),
            Told::plainly("left", "剩余数量"),
            Told::plainly("each", "每人限领数量"),
            Told::in_words("giver_kind", "捐赠方", |code| coded(code, GiverKind::label)),
            Told::plainly("giver", "捐赠单位"),
            Told::plainly("giver_id", "本人档案编号"),
            Told::plainly("given_at", "捐赠时间"),
            Told::plainly("closed_at", "收回时间"),
            Told::plainly("closed_why", "收回原因"),
        ],
    },
    Copied {
        table: "station_gift_claim",
        heading: "预留和领取的捐赠物品",
        columns: &[
            Told::plainly("gift", "捐赠物品"),
            Told::in_words("state", "状态", |code| coded(code, GiftState::label)),
            Told::plainly("until", "保留至"),
            Told::plainly("taken_at", "领取时间"),
            Told::plainly("thanks", "感谢的话"),
            Told::plainly("reason", "驿站取消预留的原因"),
        ],
    },
    Copied {
        table: "station_order",
        heading: "驿站开门和送电记录",
        columns: &[
            Told::in_words("kind", "指令", |code| coded(code, OrderKind::label)),
            // A guest's phone; whoever is known by name is no guest.
            Told::never("guest"),
            Told::plainly("asked_at", "提出时间"),
            Told::plainly("until", "有效期至"),
            Told::plainly("carried_at", "发给设备的时间"),
            Told::plainly("done_at", "设备执行时间"),
            Told::plainly("refused", "未执行的原因"),
            ENTRY,
        ],
    },
    Copied {
        table: "station_post",
        heading: "担任驿站站长、副站长",
        columns: &[
            Told::in_words("role", "职务", |code| coded(code, PostRole::label)),
            Told::plainly("from_day", "任职开始日期"),
            Told::plainly("until_day", "任职结束日期"),
            Told::plainly("made_at", "登记时间"),
            // Whoever reads his copy lives.
            Told::never("died_on"),
        ],
    },
    Copied {
        table: "station_rating",
        heading: "到站评价",
        columns: &[
            ENTRY,
            Told::plainly("points", "评分（1至5）"),
            Told::plainly("said", "评价"),
            SAID_AT,
            Told::plainly("reply", "站长回复"),
            Told::plainly("replied_at", "回复时间"),
            // He is told it where he wants to change his words.
            Told::plainly("hidden", "工会隐藏评价的原因"),
        ],
    },
    Copied {
        table: "station_signup",
        heading: "驿站活动报名",
        columns: &[
            Told::plainly("activity", "活动"),
            Told::plainly("turn", "报名次序"),
            Told::plainly("wanted", "仍要参加"),
            SIGNED_AT,
            Told::plainly("attended_at", "到场时间"),
        ],
    },
    Copied {
        table: "station_volunteer",
        heading: "驿站志愿服务",
        columns: &[
            Told::plainly("shift", "班次"),
            Told::plainly("offered", "正在找人替班"),
            SIGNED_AT,
            Told::plainly("hours", "确认的服务时长（小时）"),
            Told::plainly("confirmed_at", "确认时间"),
        ],
    },
];
