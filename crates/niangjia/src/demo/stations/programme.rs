//! What the demo's stations hold in the weeks to come, and which officials were masters for a day in those past.

use chrono::{Days, TimeDelta};
use kernel::{Caller, Context, Problem};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::{
    activities::{
        ActivityKind,
        form::ActivityForm,
        keep::{NewActivity, create},
    },
    guests::{
        RequestKind,
        write_down::{NewGuest, NewRequest, write_down},
    },
    permissions::KeepStations,
};

use super::Station;

const ACTIVITIES: &[(ActivityKind, &str, &str, &str)] = &[
    (ActivityKind::Lecture, "骑手交通安全课", "包头市公安局交通管理支队", "讲雨雪天骑行和路口避险，现场答疑。"),
    (ActivityKind::Lecture, "工伤和意外保障怎么赔", "包头市总工会权益保障部", "带上保单或手机，现场帮着查。"),
    (ActivityKind::Reading, "驿站读书会：共读一小时", "包头市图书馆", "书由图书馆带来，可以借走。"),
    (ActivityKind::Festival, "包饺子，过冬至", "驿站联合共建单位", "自愿带馅，人到就行。"),
    (ActivityKind::Training, "心肺复苏和急救箱使用", "包头市红十字会", "学会发一张急救培训证明。"),
    (ActivityKind::Health, "颈肩腰腿义诊", "包头市中心医院", "请带身份证，空腹的可测血糖。"),
];
const GUESTS: &[(&str, &str, &str)] = &[
    ("王建国", "市人社局副局长", "宣讲社保补贴政策，走访骑手和环卫工"),
    ("李秀兰", "市总工会副主席", "听取驿站运营情况，慰问夜班快递员"),
    ("乌云其木格", "区司法局副局长", "现场解答劳动合同和欠薪问题"),
    ("张海涛", "市交管支队副支队长", "讲解非机动车道通行规定"),
    ("刘志强", "区城管局局长", "查看电动车停放和换电点位"),
    ("赵丽", "市医保局科长", "办理异地就医备案咨询"),
];
const REQUESTS: &[(RequestKind, &str, &str)] = &[
    (RequestKind::Platform, "delivery_rider", "雨雪天配送时限能不能放宽一些"),
    (RequestKind::Station, "courier", "希望驿站晚上开到十点"),
    (RequestKind::Pay, "cleaner", "加班费没有按时发，想问问找谁"),
    (RequestKind::Insurance, "ride_hailing_driver", "灵活就业怎么交养老保险划算"),
    (RequestKind::Rest, "delivery_rider", "商圈附近没有能坐下歇脚的地方"),
    (RequestKind::Training, "courier", "想学叉车，有没有免费的培训"),
];
/// How many officials' turns.
const TURNS: u64 = 24;

/// Writes them.
pub async fn load(context: &Context, stations: &[Station], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let caller = &Caller::<KeepStations>::system(context.house(), "the demo's loader");
    let today = context.today();
    for (ahead, (kind, title, host, about)) in (2_u64..).step_by(4).zip(ACTIVITIES) {
        let (Some(station), Some(day)) = (stations.choose(random), today.checked_add_days(Days::new(ahead))) else {
            continue;
        };
        let starts = calendar::day_start(day) + TimeDelta::hours(random.random_range(9..16));
        let form = ActivityForm {
            kind: *kind,
            title: (*title).to_owned(),
            about: (*about).to_owned(),
            host: (*host).to_owned(),
            starts_at: starts.into(),
            ends_at: (starts + TimeDelta::minutes(90)).into(),
            capacity: random.random_range(12..40),
        };
        create(caller, &NewActivity { station_id: station.id, form }).await?;
    }
    for turn in (0..TURNS).rev() {
        let (Some(station), Some((name, office, did))) = (stations.choose(random), GUESTS.choose(random)) else {
            continue;
        };
        let wish = |(kind, group, wish): &(RequestKind, &str, &str)| NewRequest {
            kind: *kind,
            group: Some((*group).to_owned()),
            wish: (*wish).to_owned(),
        };
        let asked = random.random_range(0..=2);
        let guest = NewGuest {
            station_id: station.id,
            name: (*name).to_owned(),
            office: (*office).to_owned(),
            day: today.checked_sub_days(Days::new(turn * 2 + 1)).unwrap_or(today),
            activities: random.random_range(0..=1),
            did: (*did).to_owned(),
            requests: REQUESTS
                .iter()
                .cycle()
                .skip(usize::try_from(turn).unwrap_or_default())
                .take(asked)
                .map(wish)
                .collect(),
        };
        write_down(caller, &guest).await?;
    }
    Ok(())
}
