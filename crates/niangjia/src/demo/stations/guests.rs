//! Masters for a day: a year of officials' turns as story 8 tells it, with what workers asked them for.

use chrono::{Days, NaiveDate};
use kernel::{Context, Problem};
use rand::{SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::guests::{
    RequestKind,
    many::{Turn, take_turns},
    write_down::{NewGuest, NewRequest},
};

use super::{
    super::{SEED, people},
    Station, YEAR,
};

/// Whoever takes a turn, and what he does.
const OFFICES: &[(&str, &str)] = &[
    ("市人社局副局长", "宣讲社保补贴政策，走访骑手和环卫工"),
    ("市总工会副主席", "听取驿站运营情况，慰问夜班快递员"),
    ("区司法局副局长", "现场解答劳动合同和欠薪问题"),
    ("市交管支队副支队长", "讲解非机动车道通行规定"),
    ("区城管局局长", "查看电动车停放和换电点位"),
    ("市医保局科长", "办理异地就医备案咨询"),
    ("区总工会主席", "检查药品有效期，和站长一起值班"),
    ("街道党工委副书记", "协调驿站门前停车位和夜间照明"),
    ("市邮政管理局副局长", "听快递员谈派费和罚款"),
    ("区消防救援大队大队长", "检查充电设施，演练灭火器使用"),
    ("市就业服务中心主任", "介绍免费技能培训和招聘岗位"),
    ("区卫健局副局长", "量血压，讲中暑和冻伤处置"),
];
/// What workers ask for: about what, of which group, in words.
const REQUESTS: &[(RequestKind, &str, &str)] = &[
    (RequestKind::Platform, "delivery_rider", "雨雪天配送时限能不能放宽一些"),
    (RequestKind::Platform, "courier", "一个差评罚两百，想知道怎么申诉"),
    (RequestKind::Station, "courier", "希望驿站晚上开到十点"),
    (RequestKind::Station, "delivery_rider", "中午微波炉排队，能不能再添一台"),
    (RequestKind::Station, "cleaner", "早上五点就上岗，希望开门早一点"),
    (RequestKind::Pay, "cleaner", "加班费没有按时发，想问问找谁"),
    (RequestKind::Pay, "truck_driver", "运费拖了两个月，货主不接电话"),
    (RequestKind::Insurance, "ride_hailing_driver", "灵活就业怎么交养老保险划算"),
    (RequestKind::Insurance, "delivery_rider", "送餐摔伤了，职业伤害保障怎么报"),
    (RequestKind::Rest, "delivery_rider", "商圈附近没有能坐下歇脚的地方"),
    (RequestKind::Rest, "truck_driver", "国道边想有个能停大车休息的驿站"),
    (RequestKind::Safety, "delivery_rider", "小区不让进电动车，只能逆行绕路"),
    (RequestKind::Training, "courier", "想学叉车，有没有免费的培训"),
    (RequestKind::Other, "ride_hailing_driver", "孩子放学没人接，附近有没有托管班"),
];
/// How many asked on a day, as often as a number stands here.
const ASKED: &[usize] = &[0, 0, 1, 1, 2];

/// How many turns officials took in a year, and how many activities they held.
const TURNS: u64 = 1_655;
const HELD: u64 = 179;

/// Writes them, up to yesterday.
pub async fn load(context: &Context, stations: &[Station]) -> Result<(), Problem> {
    // Its own, so that what is made after it stays as it was.
    let random = &mut ChaCha20Rng::seed_from_u64(SEED);
    let (mut turns, mut number) = (Vec::new(), 0);
    for passed in 1..=YEAR {
        let Some(day) = context.today().checked_sub_days(Days::new(YEAR + 1 - passed)) else { continue };
        let open: Vec<&Station> = stations.iter().filter(|station| station.opened_on <= day).collect();
        let many = usize::try_from(part(TURNS, passed, YEAR)).unwrap_or_default();
        for station in open.choose_multiple(random, many) {
            number += 1;
            turns.extend(turn(station, day, part(HELD, number, TURNS), random));
        }
    }
    let turns = &turns;
    context.unit(|unit| async move { take_turns(&unit, context, turns).await }).await
}

/// How much of a whole falls on one of so many parts of it, counted from 1.
fn part(whole: u64, number: u64, parts: u64) -> u64 {
    whole * number / parts - whole * (number - 1) / parts
}

fn turn(station: &Station, day: NaiveDate, activities: u64, random: &mut ChaCha20Rng) -> Option<Turn> {
    let (office, did) = OFFICES.choose(random)?;
    let name = people::name(random);
    let asked = *ASKED.choose(random)?;
    let request = |(kind, group, wish): &(RequestKind, &str, &str)| NewRequest {
        kind: *kind,
        group: Some((*group).to_owned()),
        wish: (*wish).to_owned(),
    };
    let day = NewGuest {
        station_id: station.id,
        name,
        office: (*office).to_owned(),
        day,
        activities: i64::try_from(activities).unwrap_or_default(),
        did: (*did).to_owned(),
        requests: REQUESTS.choose_multiple(random, asked).map(request).collect(),
    };
    Some(Turn { organisation: station.union, day })
}
