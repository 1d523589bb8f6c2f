//! The nearest of 200,000 stations by true metres, beside PostGIS and Redis: asked one question after another, inside the
//! server. Every answer is compared: PostGIS's place by place, Redis's as far as a sphere and half a metre's rounding allow.

use std::{
    collections::HashSet,
    fmt::Write,
    time::{Duration, Instant},
};

use places::{Distance, Index, Marks, Point, Wanted};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;
use serde_json::json;

use crate::{
    Outcome, SEED, peers,
    table::{Peer, Row, Table, percentile},
};

const MOST: usize = 20;
const QUESTIONS: usize = 500;
/// One station in so many has what the filter asks for.
const SELDOM: u32 = 50;
const TOWNS: usize = 300;
/// What two that compute the same may differ by, millimetres: our places are kept to half a centimetre.
const ROUNDED: u64 = 20;
/// What is asked: within how many metres, and whether only stations with what few have.
const CASES: [(u32, bool); 4] = [(2_000, false), (50_000, false), (2_000, true), (50_000, true)];

/// Numbers and metres of the places found for a question, nearest first.
type Found = Vec<(usize, f64)>;

/// A peer's times for one case, in seconds, and what it answered to each question.
#[derive(Deserialize)]
struct Told {
    mean: f64,
    p99: f64,
    answers: Vec<Found>,
}

#[derive(Deserialize)]
struct Theirs {
    postgis: Vec<Told>,
    redis: Vec<Option<Told>>,
}

/// Adds the stations' lines.
pub fn run(table: &mut Table) -> Outcome {
    let count = crate::size("BENCH_PLACES", 200_000);
    let mut drawn = ChaCha8Rng::seed_from_u64(SEED);
    let towns: Vec<(i64, i64)> = (0..TOWNS).map(|_| anywhere(&mut drawn)).collect();
    let stations: Vec<(Point, bool)> =
        (0..count).map(|_| Ok((point(&mut drawn, &towns)?, drawn.random_ratio(1, SELDOM)))).collect::<Outcome<_>>()?;
    let questions: Vec<Point> = (0..QUESTIONS).map(|_| point(&mut drawn, &towns)).collect::<Outcome<_>>()?;
    let theirs = ask(&stations, &questions)?;
    let marked = |((point, seldom), number): (&(Point, bool), usize)| {
        (*point, if *seldom { Marks::NONE.with(0) } else { Marks::NONE }, number)
    };
    let begun = Instant::now();
    let index = Index::new(stations.iter().zip(0..).map(marked));
    table.add(Row::time(format!("{count} stations indexed, at the start"), begun.elapsed(), "1 s"));
    for (((within, seldom), postgis), redis) in CASES.into_iter().zip(theirs.postgis).zip(theirs.redis) {
        let all = if seldom { Marks::NONE.with(0) } else { Marks::NONE };
        let wanted = Wanted { most: MOST, within: Some(within), all, any: Marks::NONE };
        let (mut times, mut answers) = (Vec::new(), Vec::new());
        for from in &questions {
            let begun = Instant::now();
            let found = index.nearest(*from, &wanted, |_| true);
            times.push(begun.elapsed());
            answers.push(found.iter().map(|near| (*near.item, near.distance.millimetres() as f64 / 1000.0)).collect());
        }
        same(&answers, &postgis.answers)?;
        if let Some(redis) = &redis {
            for ((from, ours), theirs) in questions.iter().zip(&answers).zip(&redis.answers) {
                near_enough(*from, ours, theirs, &stations, within)?;
            }
        }
        let filter = if seldom { ", one in fifty has it" } else { "" };
        let what = format!("nearest {MOST} of {count} stations in {} km{filter}", within / 1000);
        let mean = times.iter().sum::<Duration>() / u32::try_from(QUESTIONS)?;
        let beside = |told: fn(&Told) -> f64| {
            let peer = |name, peer: &Told| Peer { name, time: Duration::from_secs_f64(told(peer)) };
            let mut peers = vec![peer("PostGIS", &postgis)];
            peers.extend(redis.as_ref().map(|redis| peer("Redis GEOSEARCH", redis)));
            peers
        };
        table.add(Row::rate(&what, QUESTIONS, times.iter().sum(), "20000/s").beside(mean, &beside(|told| told.mean)));
        let p99 = percentile(&mut times, 99);
        table.add(Row::time(format!("{what}, p99"), p99, "300 µs").beside(p99, &beside(|told| told.p99)));
    }
    Ok(())
}

/// Somewhere in a province of 700 by 450 km.
fn anywhere(drawn: &mut ChaCha8Rng) -> (i64, i64) {
    (drawn.random_range(1_147_000_000..1_227_000_000), drawn.random_range(343_000_000..383_000_000))
}

/// Half of all is in a town of 9 by 11 km, half anywhere.
fn point(drawn: &mut ChaCha8Rng, towns: &[(i64, i64)]) -> Outcome<Point> {
    let (x, y) = if drawn.random_ratio(1, 2) {
        let (x, y) = towns[drawn.random_range(0..towns.len())];
        (x + drawn.random_range(0..1_000_000), y + drawn.random_range(0..1_000_000))
    } else {
        anywhere(drawn)
    };
    Ok(Point::from_units(x, y)?)
}

fn ask(stations: &[(Point, bool)], questions: &[Point]) -> Outcome<Theirs> {
    let dir = tempfile::tempdir()?;
    let (mut places, mut asked) = (String::new(), String::new());
    for (number, (point, seldom)) in stations.iter().enumerate() {
        writeln!(places, "{number}\t{}\t{}\t{}", point.longitude(), point.latitude(), u8::from(*seldom))?;
    }
    for point in questions {
        writeln!(asked, "{}\t{}", point.longitude(), point.latitude())?;
    }
    let cases = CASES.map(|(within, seldom)| json!({ "within": within, "seldom": seldom }));
    std::fs::write(dir.path().join("places.tsv"), places)?;
    std::fs::write(dir.path().join("questions.tsv"), asked)?;
    std::fs::write(dir.path().join("cases.json"), json!({ "most": MOST, "cases": cases }).to_string())?;
    peers::ask("places.py", dir.path())
}

/// Whether two found the same places at the same distances. Only those whose distances are within the rounding may change
/// their order, and only at the edge may one be in and the other out.
fn same(ours: &[Found], theirs: &[Found]) -> Outcome {
    for (ours, theirs) in ours.iter().zip(theirs) {
        let apart = |(one, other): (&(usize, f64), &(usize, f64))| (one.1 - other.1).abs() * 1000.0 > ROUNDED as f64;
        if ours.len() != theirs.len() || ours.iter().zip(theirs).any(apart) {
            return Err(format!("PostGIS finds {theirs:?}, we {ours:?}").into());
        }
        let last = ours.last().map_or(0.0, |(_, away)| *away) - ROUNDED as f64 / 1000.0;
        let surely = |found: &Found| found.iter().filter(|(_, away)| *away < last).map(|(number, _)| *number).collect();
        let (mine, their): (HashSet<usize>, HashSet<usize>) =
            (surely(ours), theirs.iter().map(|(number, _)| *number).collect());
        if !mine.is_subset(&their) {
            return Err(format!("PostGIS finds {theirs:?}, we {ours:?}").into());
        }
    }
    Ok(())
}

/// Whether what a sphere calls nearest is nearest but for what a sphere and half a metre's rounding change: no place that is
/// clearly nearer is left out, and none that is clearly farther is in.
fn near_enough(from: Point, ours: &Found, theirs: &Found, stations: &[(Point, bool)], within: u32) -> Outcome {
    let edge = if ours.len() == MOST { ours.last().map_or(0.0, |(_, away)| *away) } else { f64::from(within) };
    let (surely, perhaps) = (edge * 0.992 - 2.0, edge * 1.008 + 2.0);
    let found: HashSet<usize> = theirs.iter().map(|(number, _)| *number).collect();
    let left_out = ours.iter().any(|(number, away)| *away < surely && !found.contains(number));
    let too_far =
        found.iter().any(|number| Distance::between(from, stations[*number].0).millimetres() as f64 / 1000.0 > perhaps);
    if left_out || too_far {
        return Err(format!("Redis finds {theirs:?}, we {ours:?}").into());
    }
    Ok(())
}
