//! The demo: the region of story 1 at its real size, with generated people and a year of services up to now. A fixed seed
//! makes the same people and services each time; keys and secrets differ.

mod batches;
mod benefits;
mod draw;
mod dues;
mod event;
mod founding;
mod members;
mod nominations;
mod organisations;
mod people;
mod plan;
mod region;
mod services;
mod settlement;
mod stations;
mod workforce;
mod year;

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};
use kernel::{
    Ambient, Context, House, Id, Problem,
    access::{self, Officer},
    organisation::{self, Level, graft},
    outbox,
};
use organisations::Union;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use sea_orm::{EntityTrait, PaginatorTrait};

const SEED: u64 = 2026;
/// The password of all demo log-ins; it is told on the log-in page's banner and in the log.
pub const PASSWORD: &str = "Niangjia-2026";

/// A log-in of the demo: user name, name, role, code of the organisation.
pub const LOG_INS: &[(&str, &str, &str, &str)] = &[
    ("quzong", "自治区总工会 业务干部", "业务干部", "150000"),
    ("baotou", "包头市总工会 业务干部", "业务干部", "150200"),
    ("leader", "自治区总工会 领导", "只读领导", "150000"),
    ("system", "系统管理员", "系统管理员", "150000"),
    ("security", "安全管理员", "安全管理员", "150000"),
    ("audit", "审计管理员", "审计管理员", "150000"),
];

/// The clock by which the demo does what was done last month: its third day in the morning, to be set onwards.
#[must_use]
pub fn last_month(house: &House) -> Ambient {
    let today = house.ambient().today();
    let day = calendar::month_start(calendar::month_start(today) - Days::new(1)) + Days::new(2);
    Ambient::fixed(calendar::day_start(day) + TimeDelta::hours(9), SEED)
}

/// The years that the demo tells of: this one, and as long as it is young and has little to show, the one before.
fn years(today: NaiveDate) -> RangeInclusive<i32> {
    (today - Days::new(90)).year()..=today.year()
}

/// Fills an empty database with the demo; leaves one that has organisations as it is. `before` is the same house by the
/// clock of [`last_month`].
///
/// # Errors
/// A refusal or fault of a use case.
pub async fn load(house: &House, before: &House) -> Result<(), Problem> {
    let context = &Context::system(house, "the demo's loader");
    if organisation::Entity::find().count(context.read()).await? > 0 {
        return Ok(());
    }
    let mut random = ChaCha20Rng::seed_from_u64(SEED);
    let unions = &organisations::unions(context, &mut random);
    let founded = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default();
    let Some(root) = unions.first().map(|union| union.id) else { return Ok(()) };
    let stored = context.unit(|unit| async move {
        organisations::store(&unit, context, unions, founded).await?;
        graft::touch(&unit, context, root).await
    });
    stored.await?;
    for (username, name, role, code) in LOG_INS {
        let Some(organisation) = key(unions, code) else { continue };
        let officer = Officer {
            username: (*username).to_owned(),
            name: (*name).to_owned(),
            password: PASSWORD.to_owned(),
            role,
            organisation,
            must_change: false,
        };
        access::bootstrap(context, &officer).await?;
    }
    let grassroots: Vec<&Union> = unions.iter().filter(|union| union.level == Level::Grassroots).collect();
    let platforms = workforce::platforms(context, unions, &mut random).await?;
    let known = members::load(context, &grassroots, &platforms, &mut random).await?;
    workforce::head_counts(context, &known, &mut random).await?;
    services::load(context, &known, &mut random).await?;
    stations::load(context, unions, &known, &mut random).await?;
    station::neglect::begin(context).await?;
    let leagues: Vec<&Union> = unions.iter().filter(|union| union.level == Level::Prefecture).collect();
    plan::load(house, root, &leagues).await?;
    let (places, checks) = benefits::load(house, root, &leagues, &known).await?;
    year::load(before, root, &places, &known).await?;
    settlement::load((house, before), root, &places, &known).await?;
    nominations::load((house, before), root, &places, &known).await?;
    draw::load((house, before), root, &places, &known).await?;
    batches::load((house, before), &checks, &places, &known).await?;
    outbox::forget_texts(context).await?;
    let Some(holder) = event::holder(unions) else { return Ok(()) };
    let district = unions.iter().find(|union| union.level == Level::County && union.ancestors.contains(&holder));
    if let Some(district) = district {
        let own: Vec<&Union> = grassroots.iter().filter(|one| one.ancestors.contains(&district.id)).copied().collect();
        // The first union begins with nothing on paper, as most of them.
        founding::load(house, own.get(1..).unwrap_or_default()).await?;
        dues::load(house, district.id, &mut random).await?;
    }
    event::load(house, &grassroots, holder).await
}

fn key(unions: &[Union], code: &str) -> Option<Id> {
    unions.iter().find(|union| union.code == code).map(|union| union.id)
}
