//! The numbers that stations without staff ask the rulebook for, and what the machine that watches the program is told.

use kernel::{Context, Moment, Problem, rulebook::RuleDefinition};
use metrics::{counter, gauge};
use sea_orm::entity::prelude::*;

use crate::tables::{alarm, order};

/// How long an order may be carried out.
pub const ORDER_SECONDS: RuleDefinition = RuleDefinition {
    code: "station.door_seconds",
    label: "驿站开门指令有效时间（超过即作废，不再开门）",
    unit: "秒",
    default: 20,
    source: "系统默认值，可设为5至60秒",
};

/// After how long a device that says nothing is missed.
pub const SILENT_MINUTES: RuleDefinition = RuleDefinition {
    code: "station.device_silent_minutes",
    label: "驿站设备多久没有消息即报失联",
    unit: "分钟",
    default: 30,
    source: "系统默认值，请按设备上报间隔核定",
};

/// How long a door may stand open.
pub const AJAR_MINUTES: RuleDefinition = RuleDefinition {
    code: "station.door_ajar_minutes",
    label: "驿站门开着多久即提醒站长",
    unit: "分钟",
    default: 5,
    source: "系统默认值，请按当地规定核定",
};

/// From when it is too hot.
pub const HOT: RuleDefinition = RuleDefinition {
    code: "station.hot_degrees",
    label: "驿站室内温度过高的报警值",
    unit: "摄氏度",
    default: 45,
    source: "系统默认值，请按当地消防要求核定",
};

/// From when it is too cold.
pub const COLD: RuleDefinition = RuleDefinition {
    code: "station.cold_degrees",
    label: "驿站室内温度过低（水管可能冻结）的报警值",
    unit: "摄氏度",
    default: 3,
    source: "系统默认值，请按当地气候核定",
};

/// After how long an empty station is switched off.
pub const EMPTY_MINUTES: RuleDefinition = RuleDefinition {
    code: "station.empty_minutes",
    label: "无人值守的驿站室内无人多久后自动断电",
    unit: "分钟",
    default: 30,
    source: "系统默认值，请按当地规定核定",
};

/// After how long somebody who is inside by the counters, while nobody passes, is looked for.
pub const STUCK_HOURS: RuleDefinition = RuleDefinition {
    code: "station.inside_hours",
    label: "驿站计数器显示有人、多久没有人进出，提醒核对人数",
    unit: "小时",
    default: 12,
    source: "系统默认值，请按当地规定核定",
};

/// How long it is kept who opened a door. The visits stay.
pub const ORDERS_DAYS: RuleDefinition = RuleDefinition {
    code: "station.orders_kept_days",
    label: "驿站开门记录的保存时间",
    unit: "天",
    default: 90,
    source: "《中华人民共和国个人信息保护法》第十九条；天数为系统默认值",
};

/// All of them.
pub const RULES: &[RuleDefinition] =
    &[ORDER_SECONDS, SILENT_MINUTES, AJAR_MINUTES, HOT, COLD, EMPTY_MINUTES, STUCK_HOURS, ORDERS_DAYS];

/// From the start, so that a house without a broker shows that it has none.
pub fn begin() {
    broker_is_up(false);
    counter!("niangjia_station_messages_total").absolute(0);
    gauge!("niangjia_station_orders_waiting").set(0.0);
    gauge!("niangjia_station_alarms").set(0.0);
}

/// Whether the broker has this process's connection.
pub(super) fn broker_is_up(up: bool) {
    gauge!("niangjia_station_broker_up").set(if up { 1.0 } else { 0.0 });
}

/// A message from a device came.
pub(super) fn heard() {
    counter!("niangjia_station_messages_total").increment(1);
}

/// Counts what waits and what is wrong.
///
/// # Errors
/// A fault of the database.
pub(super) async fn measure(context: &Context) -> Result<(), Problem> {
    let waiting = order::Entity::find()
        .filter(order::Column::DoneAt.is_null())
        .filter(order::Column::Refused.is_null())
        .filter(order::Column::Until.gt(Moment::from(context.now())));
    let alarms = alarm::Entity::find().filter(alarm::Column::OverAt.is_null());
    gauge!("niangjia_station_orders_waiting").set(waiting.count(context.read()).await? as f64);
    gauge!("niangjia_station_alarms").set(alarms.count(context.read()).await? as f64);
    Ok(())
}
