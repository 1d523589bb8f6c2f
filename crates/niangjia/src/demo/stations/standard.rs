//! The year's inspections of the demo's stations: most are good, some have something to mend, a few are below standard.

use std::ops::Range;

use chrono::{Days, NaiveDate};
use kernel::{Context, Problem};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::standard::{
    InspectionKind,
    many::{Inspected, Lost, inspect_many},
};

use super::Station;

/// What good stations lose a point or two for.
const SMALL: &[&str] =
    &["led_training", "mix_services", "mix_volunteers", "pos_activities", "pos_voice", "norm_rounds"];
/// What is to be mended.
const WRONG: &[(&str, i64, &str)] = &[
    ("norm_clean", 2, "微波炉内有油污，桌面不净"),
    ("std_sign", 2, "门头标识褪色，开放时间牌缺失"),
    ("std_equipment", 2, "饮水机不出热水"),
    ("norm_rounds", 3, "近一个月闭站检查缺9天"),
    ("mix_partners", 3, "共建单位未按约定补充药品"),
];
/// What makes a station fail.
const GRAVE: &[(&str, i64, &str)] = &[
    ("std_first_aid", 4, "急救箱内两种药品已过期"),
    ("norm_hours", 6, "公示开放时间内到访，门锁未开"),
    ("norm_safety", 6, "灭火器压力不足，插座松动发热"),
];
const TEAMS: &[&str] = &["包头市总工会保障工作部", "包头市总工会驿站检查一组", "包头市总工会驿站检查二组"];

/// How many days ago the teams went round: three times a year, the last time not long ago.
const ROUNDS: [Range<u64>; 3] = [245..355, 125..240, LAST];
const LAST: Range<u64> = 5..120;

/// Writes the inspections.
pub async fn load(context: &Context, stations: &[Station], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    for ago in ROUNDS {
        let one = |station: &Station| one(context.today(), station, ago.clone(), random);
        let inspected: Vec<Inspected> = stations.iter().filter_map(one).collect();
        let inspected = &inspected;
        context.unit(|unit| async move { inspect_many(&unit, context, inspected).await }).await?;
    }
    Ok(())
}

/// One in twelve is left out.
fn one(today: NaiveDate, station: &Station, ago: Range<u64>, random: &mut ChaCha20Rng) -> Option<Inspected> {
    if random.random_range(0..12) == 0 {
        return None;
    }
    // What an earlier round found is mended by now, but for what was forgotten.
    let (is_last, forgotten) = if ago == LAST { (true, 5) } else { (false, 25) };
    let day = today.checked_sub_days(Days::new(random.random_range(ago)))?;
    if day < station.opened_on {
        return None;
    }
    let by = |day: NaiveDate| day.checked_add_days(Days::new(15)).unwrap_or(day);
    let found = |(code, points, wrong): &(&'static str, i64, &'static str)| Lost {
        code,
        points: *points,
        found: Some((*wrong, by(day))),
    };
    let mut lost: Vec<Lost> = Vec::new();
    for _ in 0..random.random_range(0..6) {
        let points = random.random_range(1..=4);
        lost.extend(SMALL.choose(random).map(|code| Lost { code, points, found: None }));
    }
    let lot = random.random_range(0..100);
    if lot < 28 {
        lost.extend(WRONG.choose(random).map(found));
    }
    let grave = lot < 3;
    if grave {
        lost.extend(GRAVE.choose(random).map(found));
    }
    // A code that came twice counts as the graver one.
    lost.reverse();
    Some(Inspected {
        station: station.id,
        kind: if random.random_range(0..3) == 0 { InspectionKind::Unannounced } else { InspectionKind::Planned },
        team: TEAMS.choose(random).copied().unwrap_or_default().to_owned(),
        day,
        lost,
        mended: !(grave && is_last) && by(day) < today && random.random_range(0..forgotten) > 0,
    })
}
