//! What the ledger costs, beside the same database asked by SQL, in one run on one machine: `make bench`.
//! `BENCH_FACTS` sets how many facts (1,000,000 unless told). Every answer is compared with the peer's before its time counts.
#![expect(clippy::print_stdout, reason = "the table is what this program is for")]

mod house;
mod peer;
mod questions;
mod region;
mod table;

use std::{error::Error, time::Instant};

use chrono::NaiveDate;
use kernel::{Context, ledger};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use table::{Row, Table, percentile};

const SEED: u64 = 2026;
/// Facts in one unit of work, as an import posts them.
const CHUNK: usize = 5_000;
/// Questions whose times are taken.
const QUESTIONS: usize = 400;
/// Of them, so many are asked of the peer too, which takes far longer.
const COMPARED: usize = 25;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let facts: usize = std::env::var("BENCH_FACTS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let dir = tempfile::tempdir()?;
    let mut random = ChaCha20Rng::seed_from_u64(SEED);
    let mut table = Table::default();

    let house = house::open(dir.path()).await?;
    let context = &Context::system(&house, "the benchmark");
    let region = region::found(context).await?;
    post(context, &region, facts, &mut random, &mut table).await?;
    ask(context, &region, facts, &mut random, &mut table).await?;
    drop(house);

    let again = house::open(dir.path()).await?;
    let context = &Context::system(&again, "the benchmark");
    let begun = Instant::now();
    ledger::figures(context, &questions::whole(&region)).await?;
    table.add(Row::time(format!("first figure after a start, {facts} facts"), begun.elapsed()));
    println!("{table}");
    Ok(())
}

async fn post(
    context: &Context,
    region: &region::Region,
    facts: usize,
    random: &mut ChaCha20Rng,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    let mut spent = std::time::Duration::ZERO;
    let mut left = facts;
    while left > 0 {
        let chunk = &region.facts(context, left.min(CHUNK), random);
        let begun = Instant::now();
        context.unit(|unit| async move { ledger::post(&unit, context, chunk).await.map(drop) }).await?;
        spent += begun.elapsed();
        left -= chunk.len();
    }
    table.add(Row::rate(format!("{facts} facts posted, durable, {CHUNK} a unit"), facts, spent));
    Ok(())
}

async fn ask(
    context: &Context,
    region: &region::Region,
    facts: usize,
    random: &mut ChaCha20Rng,
    table: &mut Table,
) -> Result<(), Box<dyn Error>> {
    ledger::figures(context, &questions::whole(region)).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for turn in 0..QUESTIONS {
        let query = questions::any(region, random);
        let begun = Instant::now();
        let answer = ledger::figures(context, &query).await?;
        ours.push(begun.elapsed());
        if turn < COMPARED {
            let begun = Instant::now();
            let told = peer::figure(context, &query).await?;
            theirs.push(begun.elapsed());
            questions::same(&query, &answer, told)?;
        }
    }
    for (name, part) in [("p50", 50), ("p99", 99)] {
        let what = format!("one figure with distinct people, {facts} facts, {name}");
        table.add(Row::beside(what, percentile(&mut ours, part), percentile(&mut theirs, part)));
    }
    let board = questions::board(region);
    let begun = Instant::now();
    let answers = ledger::figures_of(context, &board).await?;
    let ours = begun.elapsed();
    let begun = Instant::now();
    for (query, answer) in board.iter().zip(&answers) {
        let told = peer::board(context, query).await?;
        questions::same_board(query, answer, &told)?;
    }
    let what =
        format!("a board: {} kinds × {} prefectures, a year, {facts} facts", region::KINDS.len(), region::PREFECTURES);
    table.add(Row::beside(what, ours, begun.elapsed()));
    Ok(())
}

/// The year that the facts lie in.
fn year() -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}
