//! The demo's desks: legal aid, work and counselling at some stations, with what was booked there in the year up to now and
//! the days to come.

use std::collections::HashSet;

use chrono::{Days, NaiveDate, TimeDelta};
use kernel::{
    Context, Id, Problem,
    access::{self, Officer},
};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use station::{
    desk::{
        DeskKind,
        form::DeskForm,
        many::{Booked, Furnished, furnish_many},
    },
    rules::hours::OpeningHours,
};

use super::{
    super::{PASSWORD, SEED},
    Known, Station, YEAR, people_of,
};

/// Who advises: user name, name, on what, when, how many minutes each, what is to know.
const ADVISERS: &[(&str, &str, DeskKind, &str, i32, &str)] = &[
    (
        "lvshi",
        "张律师（法律援助中心）",
        DeskKind::Legal,
        "周一至周五 09:00-11:00",
        30,
        "请带劳动合同、工资记录，没有也可以先来问",
    ),
    (
        "jiuye",
        "刘老师（就业服务中心）",
        DeskKind::Job,
        "周一至周五 14:00-16:00",
        20,
        "求职、转行、技能培训都可以问，可带简历",
    ),
    ("xinli", "陈老师（心理咨询师）", DeskKind::Counselling, "周一至周六 18:00-20:00", 60, "单独房间，谈话内容保密"),
];
/// What was said.
const SAID: &[(DeskKind, &str)] = &[
    (
        DeskKind::Legal,
        "站点拖欠两个月配送费，无书面合同。已告知保存接单记录和转账截图，先向劳动监察投诉，同时可申请法律援助。",
    ),
    (DeskKind::Legal, "送餐途中被电动车剐蹭，询问赔偿。已说明职业伤害保障申请步骤和时限，建议先到医院取得诊断证明。"),
    (DeskKind::Legal, "因差评被扣款八百元。已说明平台申诉入口和时限，帮助写好申诉材料。"),
    (DeskKind::Legal, "离职后押金不退。已协助起草催告函，仍不退可申请仲裁。"),
    (DeskKind::Legal, "孩子在老家判给对方抚养，问探望怎么办。已讲解程序，转家事律师。"),
    (DeskKind::Job, "快递站点合并，想换个离家近的网点。已联系两家，留了电话。"),
    (DeskKind::Job, "想考网约车从业资格证。已告知报名条件和题库，下周三到驿站一起填表。"),
    (DeskKind::Counselling, "遇到顾客辱骂后一直憋闷。做了放松练习，约好有情绪先打热线。"),
    (DeskKind::Counselling, "夫妻两地，孩子升学压力大。谈了怎么和孩子通电话，建议全家来一次。"),
    (DeskKind::Job, "想从跑单转做叉车司机。已推荐区人社局的免费叉车培训班，下月开班，协助填写报名表。"),
    (DeskKind::Job, "冬季单量少，想找夜间兼职。已介绍两家物流园分拣岗位，约好本周面试。"),
    (DeskKind::Counselling, "近期睡眠不好，和家人沟通少。谈了作息和情绪调节的办法，约两周后再谈一次。"),
];
/// How many stations have desks.
const WITH_DESKS: usize = 6;
/// For how many days to come something is booked; it was through the year up to now.
const AFTER: u64 = 6;

/// Writes them.
pub async fn load(context: &Context, stations: &[Station], known: &[Known], league: Id) -> Result<(), Problem> {
    // Its own, so that what is made after it stays as it was.
    let random = &mut ChaCha20Rng::seed_from_u64(SEED);
    let mut furnished = Vec::new();
    for (at, (username, name, kind, hours, minutes, about)) in ADVISERS.iter().enumerate() {
        let officer = Officer {
            username: (*username).to_owned(),
            name: (*name).to_owned(),
            password: PASSWORD.to_owned(),
            role: "业务干部",
            organisation: league,
            must_change: false,
        };
        access::bootstrap(context, &officer).await?;
        let account = access::account::Entity::find().filter(access::account::Column::Username.eq(*username));
        let Some(account) = account.one(context.read()).await? else { continue };
        let hours = OpeningHours::read(hours).map_err(|why| Problem::field("hours", "hours", why))?;
        let served = stations.iter().filter(|station| days(context.today()).next() >= Some(station.opened_on));
        for station in served.skip(at).step_by(ADVISERS.len()).take(WITH_DESKS / ADVISERS.len()) {
            let form = DeskForm {
                kind: *kind,
                adviser_id: account.id,
                hours: hours.clone(),
                minutes: *minutes,
                about: (*about).to_owned(),
            };
            furnished.push(Furnished { station: station.id, organisation: station.union, form, booked: Vec::new() });
        }
    }
    let mut taken = HashSet::new();
    for one in &mut furnished {
        let people = people_of(known, one.organisation);
        for day in days(context.today()) {
            let held = day < context.today();
            let times = station::desk::many::times(&one.form, day);
            let Some(starts_at) = times.choose(random).copied() else { continue };
            // Who advises at two stations can't be at both.
            let is_busy = !taken.insert((one.form.adviser_id, starts_at));
            let is_free = random.random_range(0..2) == 0;
            let (Some(person), false) = (people.choose(random), is_busy || is_free || day == context.today()) else {
                continue;
            };
            let said: Vec<&str> =
                SAID.iter().filter(|(kind, _)| *kind == one.form.kind).map(|(_, said)| *said).collect();
            one.booked.push(Booked {
                person: person.id,
                group: Some(person.group.to_owned()),
                starts_at,
                said: if held { said.choose(random).copied() } else { None },
            });
        }
    }
    let furnished = &furnished;
    context.unit(|unit| async move { furnish_many(&unit, context, furnished).await }).await
}

/// The days around today.
fn days(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let first = today - TimeDelta::days(i64::try_from(YEAR).unwrap_or_default());
    (0..=YEAR + AFTER).filter_map(move |ahead| first.checked_add_days(Days::new(ahead)))
}
