//! What the demo's stations held in the year up to now, and what they hold in the weeks to come.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use kernel::{Caller, Context, Problem};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::{
    activities::{
        ActivityKind,
        form::ActivityForm,
        keep::{NewActivity, create},
        many::{Held, Signed, hold_many},
    },
    permissions::KeepStations,
};

use super::{super::SEED, Known, Station, YEAR, people_of};

/// What is held: kind, title, who holds it, what happens, in which months.
type Wish = (ActivityKind, &'static str, &'static str, &'static str, RangeInclusive<u32>);

const ACTIVITIES: &[Wish] = &[
    (ActivityKind::Lecture, "骑手交通安全课", "包头市公安局交通管理支队", "讲雨雪天骑行和路口避险，现场答疑。", 1..=12),
    (ActivityKind::Lecture, "工伤和意外保障怎么赔", "包头市总工会权益保障部", "带上保单或手机，现场帮着查。", 1..=12),
    (ActivityKind::Reading, "驿站读书会：共读一小时", "包头市图书馆", "书由图书馆带来，可以借走。", 1..=12),
    (ActivityKind::Training, "心肺复苏和急救箱使用", "包头市红十字会", "学会发一张急救培训证明。", 1..=12),
    (ActivityKind::Health, "颈肩腰腿义诊", "包头市中心医院", "请带身份证，空腹的可测血糖。", 1..=12),
    (ActivityKind::Festival, "写春联、送福字", "包头市书法家协会", "现场书写，每人一副。", 1..=2),
    (ActivityKind::Other, "学雷锋便民日：义剪、磨刀、修车", "驿站志愿服务队", "工具自备，不收费。", 3..=3),
    (ActivityKind::Festival, "端午包粽子", "驿站联合共建单位", "包好带走，给家人尝尝。", 6..=6),
    (ActivityKind::Lecture, "防暑降温和中暑急救", "包头市疾病预防控制中心", "现场发放防暑药品。", 6..=8),
    (ActivityKind::Festival, "“骑士节”歇脚联欢", "包头市总工会", "有节目，有西瓜。", 7..=7),
    (ActivityKind::Festival, "中秋话团圆", "驿站联合共建单位", "月饼和茶水管够。", 9..=9),
    (ActivityKind::Training, "冰雪路面骑行和换胎", "包头市道路运输协会", "教怎么选胎、怎么刹车。", 11..=12),
    (ActivityKind::Festival, "包饺子，过冬至", "驿站联合共建单位", "自愿带馅，人到就行。", 12..=12),
];
/// How many were held in a year, as story 8 tells.
const HELD: u64 = 179;

/// Writes them.
pub async fn load(context: &Context, stations: &[Station], known: &[Known]) -> Result<(), Problem> {
    // Its own, so that what is made after it stays as it was.
    let random = &mut ChaCha20Rng::seed_from_u64(SEED);
    let today = context.today();
    let mut held = Vec::new();
    for number in 0..HELD {
        let Some(day) = today.checked_sub_days(Days::new(YEAR - number * YEAR / HELD)) else { continue };
        held.extend(one(stations, known, day, random));
    }
    let held = &held;
    context.unit(|unit| async move { hold_many(&unit, context, held).await }).await?;
    let caller = &Caller::<KeepStations>::system(context.house(), "the demo's loader");
    for ahead in (2_u64..26).step_by(4) {
        let (Some(station), Some(day)) = (stations.choose(random), today.checked_add_days(Days::new(ahead))) else {
            continue;
        };
        let Some(form) = form(day, random) else { continue };
        create(caller, &NewActivity { station_id: station.id, form }).await?;
    }
    Ok(())
}

/// An activity at one of the stations that served on a day; most who signed up came.
fn one(stations: &[Station], known: &[Known], day: NaiveDate, random: &mut ChaCha20Rng) -> Option<Held> {
    let open: Vec<&Station> = stations.iter().filter(|station| station.opened_on <= day).collect();
    let station = open.choose(random)?;
    let form = form(day, random)?;
    let people = people_of(known, station.union);
    let wanted = random.random_range(8..=usize::try_from(form.capacity).unwrap_or(8));
    let coming: Vec<&&Known> = people.choose_multiple(random, wanted).collect();
    let signed = coming.into_iter().map(|person| Signed {
        person: person.id,
        group: Some(person.group.to_owned()),
        came: random.random_range(0..10) < 8,
    });
    Some(Held { station: station.id, organisation: station.union, signed: signed.collect(), form })
}

/// What fits the season.
fn form(day: NaiveDate, random: &mut ChaCha20Rng) -> Option<ActivityForm> {
    let fits: Vec<&Wish> = ACTIVITIES.iter().filter(|(.., months)| months.contains(&day.month())).collect();
    let (kind, title, host, about, _) = fits.choose(random)?;
    let starts = calendar::day_start(day) + TimeDelta::hours(random.random_range(9..16));
    Some(ActivityForm {
        kind: *kind,
        title: (*title).to_owned(),
        about: (*about).to_owned(),
        host: (*host).to_owned(),
        starts_at: starts.into(),
        ends_at: (starts + TimeDelta::minutes(90)).into(),
        capacity: random.random_range(12..40),
    })
}
