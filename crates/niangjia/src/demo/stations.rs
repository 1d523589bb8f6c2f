//! The stations of story 8: 208 in one prefecture, with a year of visits and services up to the day of loading.

mod cupboards;
mod days;
mod desks;
mod devices;
mod guests;
mod incidents;
mod programme;
mod roster;
mod standard;
mod visitors;

use chrono::{Days, NaiveDate};
use kernel::{Context, Id, Problem, organisation::Level};
use places::{Point, System};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::{
    register::{
        form::{Partner, StationAccess, StationForm, StationKind},
        many::{Founded, found_many},
        position::Position,
    },
    rules::hours::OpeningHours,
};

use super::{members::Known, organisations::Union};

/// How many stations the prefecture runs.
const STATIONS: u32 = 208;
/// How many days the year has up to now.
const YEAR: u64 = 365;
/// The prefecture: 包头市.
const PREFECTURE: &str = "1502";

/// Where each county's town lies (WGS-84 degrees, times 10,000), and how many of 208 stations it has.
const COUNTIES: &[(&str, i64, i64, u32)] = &[
    ("150202", 1_100_460, 405_760, 42),
    ("150203", 1_098_380, 406_420, 48),
    ("150204", 1_099_020, 406_430, 44),
    ("150205", 1_100_600, 406_770, 8),
    ("150206", 1_099_740, 417_700, 6),
    ("150207", 1_099_680, 406_110, 26),
    ("150221", 1_105_240, 405_690, 14),
    ("150222", 1_100_600, 410_340, 12),
    ("150223", 1_104_330, 416_990, 8),
];

const STREETS: &[&str] = &[
    "钢铁大街",
    "阿尔丁大街",
    "巴彦塔拉大街",
    "友谊大街",
    "和平路",
    "文化路",
    "建设路",
    "青年路",
    "林荫路",
    "迎宾路",
    "站北路",
    "富强路",
    "劳动路",
    "民族东路",
    "乌兰道",
    "少先路",
    "黄河大街",
    "校园路",
];
/// Whose house a shared station stands in, and what he gives.
const HOSTS: &[(&str, &str)] = &[
    ("建设银行网点", "营业厅内设休息区"),
    ("农商银行网点", "营业厅内设休息区"),
    ("中国石化加油站", "提供热水和卫生间"),
    ("社区党群服务中心", "提供场地和水电"),
    ("移动营业厅", "提供充电和无线网络"),
    ("大药房", "提供常用药品和血压测量"),
];
const PARTNERS: &[(&str, &str)] = &[
    ("司法局", "每周三律师值班，提供法律咨询"),
    ("人社局就业服务中心", "张贴招聘信息，每月进站送岗"),
    ("团委", "组织青年志愿者义剪、缝补"),
    ("红十字会", "急救培训，更换急救箱药品"),
    ("图书馆", "每季度更换图书"),
];
const BASIC: &[&str] =
    &["seat", "drinking_water", "microwave", "charger", "first_aid_box", "cooling_heating", "rain_gear"];
const BETTER: &[&str] =
    &["fridge", "wifi", "book_corner", "toilet", "common_medicine", "blood_pressure", "tyre_tools", "bike_charger"];
const BEST: &[&str] = &["aed", "mother_room"];
const SERVICES: &[&str] = &[
    "meal_heating",
    "first_aid",
    "legal_consultation",
    "job_consultation",
    "haircut",
    "mending",
    "counselling",
    "reading",
];
const HOURS: &[&str] = &[
    "每天 07:00-21:00",
    "周一至周五 08:30-18:00；周六至周日 09:00-17:00",
    "周一至周五 08:30-12:00、14:00-18:00；周六 09:00-12:00；节假日 不开放",
    "24小时自助；每天 08:00-20:00",
    "24小时自助",
];
const FAULTS: &[(&str, &str)] =
    &[("microwave", "不加热，已报修"), ("charger", "两个插座没电"), ("drinking_water", "滤芯到期待换")];

/// A station of the demo.
pub(super) struct Station {
    /// The key.
    pub id: Id,
    /// The federation that answers for it.
    pub union: Id,
    /// Who answers for it, and by which post.
    pub master: (Id, Id),
    /// How busy it is: of 100.
    pub busy: i64,
    /// What it gives.
    pub services: Vec<&'static str>,
    /// Since when it serves.
    pub opened_on: NaiveDate,
    /// Whether its door opens round the clock without staff.
    pub self_service: bool,
}

/// Writes stations, masters, and a year of use.
pub async fn load(
    context: &Context,
    unions: &[Union],
    known: &[Known],
    random: &mut ChaCha20Rng,
) -> Result<(), Problem> {
    let counties: Vec<&Union> =
        unions.iter().filter(|union| union.level == Level::County && union.code.starts_with(PREFECTURE)).collect();
    let (mut founded, mut stations) = (Vec::new(), Vec::new());
    for (code, east, north, share) in COUNTIES {
        let Some(county) = counties.iter().find(|union| union.code == *code) else { continue };
        let people = people_of(known, county.id);
        for _ in 0..*share {
            let Some(master) = people.choose(random) else { continue };
            let number = u32::try_from(founded.len()).unwrap_or(STATIONS) + 1;
            let (form, services) = form(county, number, (*east, *north), random)?;
            let opened_on = first(context.today(), random);
            let faults = fault(&form, random);
            let id = context.id();
            let self_service = form.hours.self_service;
            let post = context.id();
            founded.push(Founded { id, form, opened_on, master: master.id, post, faults });
            stations.push(Station {
                id,
                union: county.id,
                master: (master.id, post),
                busy: random.random_range(25..=100),
                services,
                opened_on,
                self_service,
            });
        }
    }
    let founded = &founded;
    context.unit(|unit| async move { found_many(&unit, context, founded).await }).await?;
    standard::load(context, &stations, random).await?;
    programme::load(context, &stations, known).await?;
    guests::load(context, &stations).await?;
    visitors::load(context, &stations, known).await?;
    // After them, as lists begin with what was written down last, and tallies go up to today.
    days::load(context, &stations, random).await?;
    devices::load(context, &stations, random).await?;
    cupboards::load(context, &stations, known, random).await?;
    incidents::load(context, &stations, random).await?;
    roster::load(context, &stations, known).await?;
    let league = unions.iter().find(|union| union.level == Level::Prefecture && union.code.starts_with(PREFECTURE));
    let Some(league) = league else { return Ok(()) };
    desks::load(context, &stations, known, league.id).await
}

/// Most serve for years, some since this one.
fn first(today: NaiveDate, random: &mut ChaCha20Rng) -> NaiveDate {
    let days = if random.random_range(0..5) == 0 { 20..300 } else { 400..1_900 };
    today.checked_sub_days(Days::new(random.random_range(days))).unwrap_or(today)
}

/// Those who work in a county.
fn people_of(known: &[Known], county: Id) -> Vec<&Known> {
    known.iter().filter(|person| person.county == county).collect()
}

fn form(
    county: &Union,
    number: u32,
    (east, north): (i64, i64),
    random: &mut ChaCha20Rng,
) -> Result<(StationForm, Vec<&'static str>), Problem> {
    let street = STREETS.choose(random).copied().unwrap_or_default();
    let host = (random.random_range(0..10) < 6).then(|| HOSTS.choose(random).copied()).flatten();
    let place = county.name.trim_end_matches("总工会");
    // Towns in the country are small; everything of theirs lies near.
    let around = if county.code.as_str() < "150220" { 300 } else { 120 };
    let mut about =
        |middle: i64| (middle + random.random_range(-around..=around)) * 1_000 + random.random_range(0..1_000);
    let point = Point::from_units(about(east), about(north)).ok();
    let mut items: Vec<&str> = BASIC.to_vec();
    items.extend(BETTER.iter().filter(|_| random.random_range(0..10) < 6));
    items.extend(BEST.iter().filter(|_| random.random_range(0..10) < 2));
    let services: Vec<&'static str> = SERVICES.iter().copied().filter(|_| random.random_range(0..10) < 5).collect();
    items.extend(&services);
    let mut partners: Vec<Partner> = host.iter().map(|(name, gives)| partner(name, gives)).collect();
    if let Some((name, gives)) = PARTNERS.choose(random) {
        partners.push(partner(&format!("{place}{name}"), gives));
    }
    let hours = HOURS.choose(random).copied().unwrap_or_default();
    let hours = OpeningHours::read(hours).map_err(|why| Problem::field("hours", "hours", why))?;
    let form = StationForm {
        organisation_id: county.id,
        code: format!("BT-{number:03}"),
        name: format!("{place}{street}驿站（{number}号）"),
        kind: if host.is_some() { StationKind::Shared } else { StationKind::Own },
        access: StationAccess::default(),
        host: host.map(|(name, _)| format!("{street}{name}")),
        division: Some(county.code.clone()),
        address: format!("{place}{street}{}号", random.random_range(1..200)),
        position: point.map(|point| Position::of(point, System::Wgs84)),
        area: random.random_range(18..90),
        capacity: random.random_range(8..40),
        service_line: Some(format!("0472-{}", random.random_range(2_100_000..7_900_000))),
        hours,
        partners,
        photos: Vec::new(),
        items: items.into_iter().map(str::to_owned).collect(),
    };
    Ok((form.tidy(), services))
}

fn partner(name: &str, gives: &str) -> Partner {
    Partner { name: name.to_owned(), gives: gives.to_owned() }
}

fn fault(form: &StationForm, random: &mut ChaCha20Rng) -> Vec<(String, String)> {
    if random.random_range(0..15) > 0 {
        return Vec::new();
    }
    let fault = FAULTS.choose(random).filter(|(code, _)| form.items.iter().any(|item| item == code));
    fault.map(|(code, why)| ((*code).to_owned(), (*why).to_owned())).into_iter().collect()
}
