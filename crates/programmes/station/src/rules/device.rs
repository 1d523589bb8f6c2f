//! What a device's word means, and when it calls for somebody. Pure.

use chrono::{DateTime, TimeDelta, Utc};

use super::wire::State;
use sea_orm::{DeriveActiveEnum, EnumIter, prelude::StringLen};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationDeviceKind)]
pub enum DeviceKind {
    /// 门锁
    Lock,
    /// 客流计数器
    Counter,
    /// 微波炉
    Microwave,
    /// 温度计
    Temperature,
    /// 烟雾报警器
    Smoke,
    /// 电源开关
    Power,
}

impl DeviceKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Lock => "门锁",
            Self::Counter => "客流计数器",
            Self::Microwave => "微波炉",
            Self::Temperature => "温度计",
            Self::Smoke => "烟雾报警器",
            Self::Power => "电源开关",
        }
    }

    /// The catalogue's code of the equipment that such a device is, if it is any.
    #[must_use]
    pub fn item(self) -> Option<&'static str> {
        (self == Self::Microwave).then_some("microwave")
    }
}

/// What is wrong at a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = StationAlarmKind)]
pub enum AlarmKind {
    /// 烟雾
    Smoke,
    /// 温度过高
    Hot,
    /// 温度过低
    Cold,
    /// 门未关好
    Ajar,
    /// 设备故障
    Fault,
    /// 设备失联
    Silent,
    /// 人数待核对
    Stuck,
}

impl AlarmKind {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Smoke => "烟雾报警",
            Self::Hot => "温度过高",
            Self::Cold => "温度过低",
            Self::Ajar => "门没关好",
            Self::Fault => "设备故障",
            Self::Silent => "设备失联",
            Self::Stuck => "人数待核对",
        }
    }

    /// Whether the master is called by text, at whatever hour.
    #[must_use]
    pub fn calls(self) -> bool {
        matches!(self, Self::Smoke | Self::Hot | Self::Ajar)
    }
}

/// The largest number that a device may tell.
const MOST: i64 = 1_000_000_000_000;

/// What a device of a kind has said: its number, and the second one of a counter. None if it said nothing of its kind.
#[must_use]
pub fn reading(kind: DeviceKind, state: &State) -> Option<(i64, Option<i64>)> {
    let told = match kind {
        DeviceKind::Lock => (i64::from(state.open?), None),
        DeviceKind::Counter => (state.entered?, Some(state.left.unwrap_or(0))),
        DeviceKind::Microwave | DeviceKind::Power => (i64::from(state.on?), None),
        DeviceKind::Temperature => (state.decidegrees?, None),
        DeviceKind::Smoke => (i64::from(state.smoke?), None),
    };
    let fits = |number: i64| match kind {
        DeviceKind::Temperature => (-1_000..=2_000).contains(&number),
        _ => (0..=MOST).contains(&number),
    };
    (fits(told.0) && told.1.is_none_or(fits)).then_some(told)
}

/// Below so many percent a battery is to be charged or changed.
pub const LOW_BATTERY: i32 = 15;

/// How far words that were overtaken lag behind.
const OVERTAKEN: TimeDelta = TimeDelta::minutes(2);

/// Whether a word was overtaken by the last one, by the device's clock. What is much older comes from a clock that was set
/// back, unless the broker `kept` it: that is the last word of all, or one from before the broker lost some.
#[must_use]
pub fn is_out_of_order(said: DateTime<Utc>, last: DateTime<Utc>, kept: bool) -> bool {
    said < last && (kept || last - said <= OVERTAKEN)
}

/// What is too hot, too cold, too long. From the rulebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Degrees Celsius from which it is too hot.
    pub hot: i64,
    /// Degrees Celsius down to which it is too cold.
    pub cold: i64,
    /// Minutes of silence.
    pub silent: i64,
    /// Minutes that a door may stand open.
    pub ajar: i64,
    /// Hours for which somebody may be inside and nobody pass.
    pub stuck: i64,
}

/// A device as its row has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What it is.
    pub kind: DeviceKind,
    /// Its number.
    pub value: Option<i64>,
    /// Whether it says that it is out of order.
    pub faulty: bool,
    /// When it was last heard.
    pub heard_at: Option<DateTime<Utc>>,
    /// When its number last changed.
    pub moved_at: Option<DateTime<Utc>>,
    /// How many are inside by the counters; of several the one answers by which somebody passed last, of others nobody.
    pub inside: i64,
}

/// What is wrong at a device now; none of it twice. One that was never heard is being fitted.
#[must_use]
pub fn wrong(of: &Standing, limits: &Limits, now: DateTime<Utc>) -> Vec<AlarmKind> {
    let Some(heard) = of.heard_at else { return Vec::new() };
    let mut found = Vec::new();
    let value = of.value.unwrap_or_default();
    match of.kind {
        DeviceKind::Smoke if value > 0 => found.push(AlarmKind::Smoke),
        DeviceKind::Temperature if of.value.is_some() && value >= limits.hot * 10 => found.push(AlarmKind::Hot),
        DeviceKind::Temperature if of.value.is_some() && value <= limits.cold * 10 => found.push(AlarmKind::Cold),
        DeviceKind::Lock if value > 0 && of.moved_at.is_some_and(|at| is_over(at, limits.ajar, now)) => {
            found.push(AlarmKind::Ajar);
        }
        // Whoever left unseen is inside for ever, until somebody looks.
        DeviceKind::Counter if of.inside > 0 && of.moved_at.is_some_and(|at| is_over(at, limits.stuck * 60, now)) => {
            found.push(AlarmKind::Stuck);
        }
        _ => {}
    }
    if of.faulty {
        found.push(AlarmKind::Fault);
    }
    if is_over(heard, limits.silent, now) {
        found.push(AlarmKind::Silent);
    }
    found
}

/// Whether an instant lies so many minutes back.
#[must_use]
pub fn is_over(at: DateTime<Utc>, minutes: i64, now: DateTime<Utc>) -> bool {
    now - at >= TimeDelta::minutes(minutes.clamp(1, 100_000))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: Limits = Limits { hot: 45, cold: 3, silent: 30, ajar: 5, stuck: 12 };

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + minute * 60, 0).unwrap()
    }

    proptest! {
        #[test]
        fn a_thermometer_calls_outside_of_its_limits_only(tenths in -1_000_i64..2_000) {
            let state = State { decidegrees: Some(tenths), ..State::default() };
            let (value, _) = reading(DeviceKind::Temperature, &state).unwrap();
            let of = Standing { kind: DeviceKind::Temperature, value: Some(value), faulty: false, heard_at: Some(at(0)), moved_at: None, inside: 0 };
            let found = wrong(&of, &LIMITS, at(1));
            prop_assert_eq!(found.contains(&AlarmKind::Hot), tenths >= 450);
            prop_assert_eq!(found.contains(&AlarmKind::Cold), tenths <= 30);
        }

        #[test]
        fn silence_and_an_open_door_call_after_their_time(heard in 0_i64..100, moved in 0_i64..100) {
            let of = Standing { kind: DeviceKind::Lock, value: Some(1), faulty: false, heard_at: Some(at(-heard)), moved_at: Some(at(-moved)), inside: 0 };
            let found = wrong(&of, &LIMITS, at(0));
            prop_assert_eq!(found.contains(&AlarmKind::Silent), heard >= 30);
            prop_assert_eq!(found.contains(&AlarmKind::Ajar), moved >= 5);
        }
    }

    #[test]
    fn somebody_who_never_leaves_is_doubted() {
        let of = Standing {
            kind: DeviceKind::Counter,
            value: Some(11),
            faulty: false,
            heard_at: Some(at(0)),
            moved_at: Some(at(-720)),
            inside: 1,
        };
        assert_eq!(wrong(&of, &LIMITS, at(0)), [AlarmKind::Stuck]);
        for other in [Standing { inside: 0, ..of }, Standing { moved_at: Some(at(-719)), ..of }] {
            assert!(wrong(&other, &LIMITS, at(0)).is_empty());
        }
    }

    #[test]
    fn what_is_not_of_its_kind_is_no_reading() {
        let open = State { open: Some(true), ..State::default() };
        assert_eq!(reading(DeviceKind::Lock, &open), Some((1, None)));
        assert_eq!(reading(DeviceKind::Smoke, &open), None);
        let wild = State { entered: Some(-1), ..State::default() };
        assert_eq!(reading(DeviceKind::Counter, &wild), None);
        let new =
            Standing { kind: DeviceKind::Smoke, value: None, faulty: false, heard_at: None, moved_at: None, inside: 0 };
        assert!(wrong(&new, &LIMITS, at(0)).is_empty());
    }
}
