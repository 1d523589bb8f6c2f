//! The demo's rosters: at some stations the master is on duty on weekdays, and volunteers help each week, with hours that were
//! confirmed and places that are still free.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use kernel::{Context, Id, Problem};
use rand::{Rng, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::roster::{
    form::ShiftForm,
    many::{Helper, Planned, plan_many},
};

use super::{super::SEED, Known, Station};

/// What is to be done: in words, from and until which hour, how many are wanted, whether newcomers are shown how.
const TASKS: &[(&str, i32, i32, i64, bool)] = &[
    ("整理图书和爱心角", 9, 11, 2, true),
    ("义剪、缝补搭把手", 14, 17, 3, true),
    ("午间热饭高峰引导", 11, 14, 2, true),
    ("陪同夜班值守", 19, 22, 1, false),
    ("教骑手用手机办业务", 15, 17, 2, true),
];
/// How many stations have shifts.
const WITH_SHIFTS: usize = 12;
/// Which hours the master is there.
const DUTY: (&str, i32, i32) = ("站长坐班，接待职工", 9, 17);
/// The weeks around today.
const BEFORE: u64 = 4;
const AFTER: u64 = 2;

/// Writes them.
pub async fn load(context: &Context, stations: &[Station], known: &[Known]) -> Result<(), Problem> {
    // Its own, so that what is made after it stays as it was.
    let random = &mut ChaCha20Rng::seed_from_u64(SEED);
    let mut planned = Vec::new();
    let every = (stations.len() / WITH_SHIFTS).max(1);
    // Who is on duty doesn't help elsewhere meanwhile.
    let masters: HashSet<Id> = stations.iter().map(|station| station.master.0).collect();
    for (at, station) in stations.iter().step_by(every).take(WITH_SHIFTS).enumerate() {
        planned.extend(weekdays(context.today()).map(|day| on_duty(station, day)));
        let helps = |person: &&Known| person.county == station.union && !masters.contains(&person.id);
        let people: Vec<&Known> = known.iter().filter(helps).collect();
        let Some((task, from_hour, until_hour, wanted, guided)) = TASKS.get(at % TASKS.len()) else { continue };
        for day in days(context.today(), at as u64) {
            let is_past = day < context.today();
            let signed = if is_past { *wanted } else { random.random_range(0..*wanted) };
            let signed = usize::try_from(signed).unwrap_or_default();
            let signed: Vec<&&Known> = people.choose_multiple(random, signed).collect();
            let long = i64::from(until_hour - from_hour);
            let mut volunteers = Vec::with_capacity(signed.len());
            for person in signed {
                // Most stay to the end; now and then one leaves early or doesn't come.
                let hours = if random.random_range(0..8) == 0 { random.random_range(0..long) } else { long };
                let hours = is_past.then_some(hours);
                volunteers.push(Helper { person: person.id, group: Some(person.group.to_owned()), hours });
            }
            let form = ShiftForm {
                day,
                from_hour: *from_hour,
                until_hour: *until_hour,
                task: (*task).to_owned(),
                wanted: *wanted,
                guided: *guided,
                post_id: None,
            };
            planned.push(Planned { station: station.id, organisation: station.union, form, volunteers });
        }
    }
    let planned = &planned;
    context.unit(|unit| async move { plan_many(&unit, context, planned).await }).await
}

/// The master's duty on a day.
fn on_duty(station: &Station, day: NaiveDate) -> Planned {
    let (task, from_hour, until_hour) = DUTY;
    let (_, post) = station.master;
    let task = task.to_owned();
    let form = ShiftForm { day, from_hour, until_hour, task, wanted: 0, guided: false, post_id: Some(post) };
    Planned { station: station.id, organisation: station.union, form, volunteers: Vec::new() }
}

/// The weekdays of the next weeks, today's included.
fn weekdays(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let days = today.iter_days().take((AFTER * 7) as usize);
    days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
}

/// One day of each week around today; which day of the week, the station's number says.
fn days(today: NaiveDate, number: u64) -> impl Iterator<Item = NaiveDate> {
    let first = today.checked_sub_days(Days::new(BEFORE * 7)).unwrap_or(today);
    (0..BEFORE + AFTER).filter_map(move |week| first.checked_add_days(Days::new(week * 7 + 1 + number % 6)))
}
