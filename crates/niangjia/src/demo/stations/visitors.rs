//! Visitors who showed their codes in the year up to now, what they said of their visits, and what the masters answered.

use std::collections::HashMap;

use chrono::{Days, TimeDelta};
use kernel::{Context, Id, Problem};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::{
    days::many::Tally,
    ratings::many::{Said, Visited, visit_many},
};

use super::{super::SEED, Known, Station, YEAR};

/// How many visits; most are written down by tally.
const VISITS: usize = 1_500;
/// Of 100 visitors, how many rate their visit.
const RATE: u32 = 60;
/// What they say, as often as it stands here: points, in words, what the master answers.
const SAID: &[(i32, Option<&str>, Option<&str>)] = &[
    (5, None, None),
    (5, None, None),
    (5, None, None),
    (5, None, None),
    (4, None, None),
    (4, None, None),
    (5, Some("热水够烫，站长还帮着贴了创可贴"), Some("应该的，常来歇脚")),
    (5, Some("微波炉干净，中午能吃口热的"), None),
    (5, Some("大冷天进来暖和，手机也充上了"), Some("充电口又添了一排，欢迎来用")),
    (4, Some("座位少了点，饭点要等"), Some("已加了六个折叠凳")),
    (4, Some("书可以多换换"), Some("和图书馆说好了，每季度换一次")),
    (3, Some("空调不太凉"), Some("滤网已清洗，麻烦再来看看")),
    (3, Some("找了一圈才找到门"), Some("路口加了指示牌")),
    (2, Some("到了点没开门，白跑一趟"), Some("当天站长生病，已安排副站长顶班，对不住")),
    (1, Some("厕所锁着不让用"), Some("已改为开放时间内随到随用")),
    (2, Some("充电插座坏了两个"), None),
];

/// Writes them.
pub async fn load(context: &Context, stations: &[Station], known: &[Known]) -> Result<(), Problem> {
    // Its own, so that what is made after it stays as it was.
    let random = &mut ChaCha20Rng::seed_from_u64(SEED);
    let mut people: HashMap<Id, Vec<&Known>> = HashMap::new();
    for person in known {
        people.entry(person.county).or_default().push(person);
    }
    let mut visited: Vec<Visited> = (0..VISITS).filter_map(|_| one(context, stations, &people, random)).collect();
    visited.sort_by_key(|one| one.visit.at);
    let visited = &visited;
    context.unit(|unit| async move { visit_many(&unit, context, visited).await }).await
}

fn one(
    context: &Context,
    stations: &[Station],
    people: &HashMap<Id, Vec<&Known>>,
    random: &mut ChaCha20Rng,
) -> Option<Visited> {
    let (station, now) = (stations.choose(random)?, context.now());
    let day = context.today().checked_sub_days(Days::new(random.random_range(0..YEAR)))?;
    let at = calendar::day_start(day) + TimeDelta::minutes(random.random_range(450..1_200));
    let person = people.get(&station.union)?.choose(random)?;
    let (points, words, reply) = *SAID.choose(random)?;
    if day < station.opened_on || at > now {
        return None;
    }
    let said_at = (at + TimeDelta::minutes(random.random_range(10..1_500))).min(now);
    let answered_at = said_at + TimeDelta::minutes(random.random_range(60..4_000));
    let said = Said { points, words, at: said_at, reply: reply.filter(|_| answered_at <= now).zip(Some(answered_at)) };
    let visit = Tally {
        station: station.id,
        organisation: station.union,
        service: None,
        person: Some(person.id),
        group: Some(person.group.to_owned()),
        quantity: 1,
        at,
    };
    Some(Visited { visit, said: (random.random_range(0..100) < RATE).then_some(said) })
}
