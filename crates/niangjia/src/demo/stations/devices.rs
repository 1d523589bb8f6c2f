//! Three stations without staff: their devices, and who came in by the door within the last week.

use chrono::{Days, TimeDelta};
use kernel::{Context, Problem};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use station::door::{
    DeviceKind,
    many::{Fitted, Opened, fit_many, open_many},
};

use super::Station;

/// How many stations of the demo have devices.
const FITTED: usize = 3;

/// What each has: the code's end, what it is, what people call it, what it says.
const DEVICES: &[(&str, DeviceKind, &str, i64, Option<i64>)] = &[
    ("lock", DeviceKind::Lock, "正门门锁", 0, None),
    ("count", DeviceKind::Counter, "门口计数器", 1_204, Some(1_202)),
    ("smoke", DeviceKind::Smoke, "室内烟感", 0, None),
    ("temp", DeviceKind::Temperature, "室内温度计", 215, None),
    ("power", DeviceKind::Power, "总电源", 1, None),
    ("micro", DeviceKind::Microwave, "1号微波炉", 0, None),
];

/// Writes devices and openings.
pub async fn load(context: &Context, stations: &[Station], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let (mut fitted, mut opened) = (Vec::new(), Vec::new());
    for (number, station) in (1..).zip(stations.iter().filter(|one| one.self_service).take(FITTED)) {
        let all: Vec<Fitted> = DEVICES
            .iter()
            .map(|(end, kind, label, value, second)| Fitted {
                id: context.id(),
                station: station.id,
                code: format!("demo-{number}-{end}"),
                kind: *kind,
                label,
                said: (*value, *second),
            })
            .collect();
        let key = |kind| all.iter().find(|one| one.kind == kind).map(|one| one.id);
        if let (Some(lock), Some(counter)) = (key(DeviceKind::Lock), key(DeviceKind::Counter)) {
            for _ in 0..random.random_range(12..25) {
                let day = context.today().checked_sub_days(Days::new(random.random_range(0..7)));
                let at = calendar::day_start(day.unwrap_or(context.today()))
                    + TimeDelta::minutes(random.random_range(0..1_440));
                let guest = format!("demo-{}", random.random_range(0..12));
                opened.push(Opened { lock, counter, station: station.id, guest, at });
            }
        }
        fitted.extend(all);
    }
    opened.retain(|one| one.at <= context.now());
    opened.sort_by_key(|one| one.at);
    let (fitted, opened) = (&fitted, &opened);
    context
        .unit(|unit| async move {
            fit_many(&unit, context, fitted).await?;
            open_many(&unit, context, opened).await
        })
        .await
}
