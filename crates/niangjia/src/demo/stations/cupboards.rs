//! What stands in the stations' cupboards, some of it low or near its last day, and what lies in their donation corners.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use kernel::{Context, Problem};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::{
    donations::many::{Given, Taken, give_many},
    supplies::{
        GoodKind,
        many::{Stocked, stock_many},
    },
};

use super::{Known, Station, people_of};

/// What a cupboard holds: name, unit, how many there should be.
const MEDICINE: &[(&str, &str, i64)] = &[
    ("创可贴", "盒", 4),
    ("藿香正气水", "盒", 6),
    ("碘伏棉签", "包", 5),
    ("医用纱布", "包", 4),
    ("烫伤膏", "支", 2),
    ("云南白药气雾剂", "瓶", 2),
];
const GOODS: &[(&str, &str, i64)] =
    &[("一次性雨衣", "件", 10), ("矿泉水", "箱", 5), ("一次性纸杯", "条", 3), ("防暑毛巾", "条", 10)];
/// What is given: name, unit, how many, the company that gives it.
const GIFTS: &[(&str, &str, i64, Option<&str>)] = &[
    ("骑行手套", "双", 20, Some("包头市鹿城体育用品公司")),
    ("保温杯", "个", 30, Some("东河区百货大楼")),
    ("九成新棉衣", "件", 3, None),
    ("儿童图书", "套", 12, Some("新华书店包头市店")),
    ("护膝", "副", 15, Some("稀土高新区某劳保用品公司")),
    ("八成新自行车", "辆", 1, None),
];

/// Within how many hours all of it is taken.
const TAKEN_IN: i64 = 24 * 60;
/// What those who took something say, as often as it stands here.
const THANKS: &[Option<&str>] = &[None, None, None, Some("正好用得上，谢谢"), Some("手不冻了，谢谢好心人")];

/// Of how many stations one has a donation corner: 26 of 208.
const CORNERS: usize = 8;

/// Writes cupboards and corners.
pub async fn load(
    context: &Context,
    stations: &[Station],
    known: &[Known],
    random: &mut ChaCha20Rng,
) -> Result<(), Problem> {
    let (mut stocked, mut given) = (Vec::new(), Vec::new());
    for (at, station) in stations.iter().enumerate() {
        for (all, kind, most) in [(MEDICINE, GoodKind::Medicine, 3), (GOODS, GoodKind::Goods, 2)] {
            for (name, unit, least) in all.choose_multiple(random, most) {
                let batches = batches(context.today(), kind, *least, random);
                stocked.push(Stocked { station: station.id, kind, name, unit, least: *least, batches });
            }
        }
        if at % CORNERS == 0 {
            let people = people_of(known, station.union);
            for gift in GIFTS.choose_multiple(random, 4) {
                given.push(one(context.now(), (station, &people), gift, random));
            }
        }
    }
    given.sort_by_key(|one| one.at);
    let (stocked, given) = (&stocked, &given);
    context
        .unit(|unit| async move {
            stock_many(&unit, context, stocked).await?;
            give_many(&unit, context, given).await
        })
        .await
}

/// Something that was given in the year up to now: of what was given months ago nothing is left.
fn one(
    now: DateTime<Utc>,
    (station, people): (&Station, &[&Known]),
    (name, unit, quantity, company): &'static (&'static str, &'static str, i64, Option<&'static str>),
    random: &mut ChaCha20Rng,
) -> Given {
    let hours = random.random_range(2..24 * 350);
    let at = now - TimeDelta::hours(hours);
    let pieces = if hours > TAKEN_IN { *quantity } else { random.random_range(0..*quantity) };
    let takers: Vec<&&Known> = people.choose_multiple(random, usize::try_from(pieces).unwrap_or_default()).collect();
    let taken = takers.into_iter().map(|person| Taken {
        person: person.id,
        group: Some(person.group.to_owned()),
        at: at + TimeDelta::hours(random.random_range(1..=hours.min(TAKEN_IN))),
        thanks: THANKS.choose(random).copied().flatten(),
    });
    Given {
        station: station.id,
        organisation: station.union,
        name,
        unit,
        quantity: *quantity,
        company: *company,
        at,
        taken: taken.collect(),
    }
}

/// Mostly enough and good for long; now and then low, near its last day, or over it.
fn batches(today: NaiveDate, kind: GoodKind, least: i64, random: &mut ChaCha20Rng) -> Vec<(i64, Option<NaiveDate>)> {
    let left = if random.random_range(0..12) == 0 { least / 2 } else { least + random.random_range(0..6) };
    let last = |days: u64| Some(today.checked_add_days(Days::new(days)).unwrap_or(today));
    if kind == GoodKind::Goods {
        return vec![(left, None)];
    }
    let mut batches = vec![(left, last(random.random_range(90..700)))];
    match random.random_range(0..20) {
        0 => batches.push((2, today.checked_sub_days(Days::new(random.random_range(1..40))))),
        1 | 2 => batches.push((3, last(random.random_range(3..28)))),
        _ => {}
    }
    batches
}
