//! A year of visits and services by tally, and the last days' looks round.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use kernel::{Context, Problem};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::days::many::{Looked, Tally, enter_many, look_many};

use super::Station;

/// Entries in one unit of work.
const CHUNK: usize = 4_000;
/// Of 100 days, on how many a station of the demo writes something down; more would only make the loading longer.
const WRITTEN: u32 = 20;

/// Who comes, as often as he stands here.
const GROUPS: &[&str] = &[
    "delivery_rider",
    "delivery_rider",
    "delivery_rider",
    "courier",
    "courier",
    "ride_hailing_driver",
    "cleaner",
    "other",
];
/// When people come, as often as an hour stands here: between the meals, and in the cold of morning and evening.
const HOURS: &[i64] = &[7, 9, 10, 11, 12, 12, 13, 13, 14, 14, 15, 16, 17, 18, 20];

/// Writes the year up to now.
pub async fn load(context: &Context, stations: &[Station], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let mut tallies = Vec::new();
    for station in stations {
        for back in 0..365_u64 {
            let Some(day) = context.today().checked_sub_days(Days::new(back)) else { continue };
            if day < station.opened_on || random.random_range(0..100) >= WRITTEN {
                continue;
            }
            one_day(station, day, &mut tallies, random);
        }
    }
    tallies.retain(|tally| tally.at <= context.now());
    tallies.sort_by_key(|tally| tally.at);
    for chunk in tallies.chunks(CHUNK) {
        context.unit(|unit| async move { enter_many(&unit, context, chunk).await }).await?;
    }
    let looked = &rounds(context, stations, random);
    context.unit(|unit| async move { look_many(&unit, context, looked).await }).await
}

fn one_day(station: &Station, day: NaiveDate, tallies: &mut Vec<Tally>, random: &mut ChaCha20Rng) {
    let mut tally = |service: Option<&str>, quantity: i64, random: &mut ChaCha20Rng| {
        let hour = HOURS.choose(random).copied().unwrap_or(12);
        tallies.push(Tally {
            station: station.id,
            organisation: station.union,
            service: service.map(str::to_owned),
            person: None,
            group: GROUPS.choose(random).map(|group| (*group).to_owned()),
            quantity,
            at: at(day, hour * 60 + random.random_range(0..60)),
        });
    };
    for _ in 0..random.random_range(1..=2) {
        let most = (station.busy * 24 / 100).max(3);
        tally(None, random.random_range(2..=most), random);
    }
    if random.random_range(0..10) < 5
        && let Some(service) = station.services.choose(random).copied()
    {
        tally(Some(service), random.random_range(1..=6), random);
    }
}

fn at(day: NaiveDate, minutes: i64) -> DateTime<Utc> {
    calendar::day_start(day) + TimeDelta::minutes(minutes)
}

fn rounds(context: &Context, stations: &[Station], random: &mut ChaCha20Rng) -> Vec<Looked> {
    let mut looked = Vec::new();
    for station in stations {
        for back in 0..4_u64 {
            let Some(day) = context.today().checked_sub_days(Days::new(back)) else { continue };
            let at = at(day, 7 * 60 + random.random_range(0..90));
            // One in ten forgets.
            if random.random_range(0..10) == 0 || at > context.now() || day < station.opened_on {
                continue;
            }
            let wrong = (random.random_range(0..30) == 0).then(|| ("check_clean".to_owned(), "桌腿松动".to_owned()));
            looked.push(Looked { station: station.id, organisation: station.union, at, wrong });
        }
    }
    looked.sort_by_key(|one| one.at);
    looked
}
