//! The ledger: ten million facts of a million people at 21,000 unions.

mod house;
mod live;
mod questions;
mod region;
mod reshape;
pub mod start;

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use kernel::{Context, Id, ledger, listing::Paging};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use serde::Deserialize;

use crate::{
    Outcome, SEED, peers,
    table::{Peer, Row, Table, percentile},
};

/// Facts in one unit of work, as an import posts them.
const CHUNK: usize = 5_000;
/// Questions whose times are taken.
const QUESTIONS: usize = 1_000;
/// Of them, so many are asked of the peers too, which take far longer.
const COMPARED: usize = 50;

/// What a peer took, in seconds.
#[derive(Deserialize)]
struct Theirs {
    load: f64,
    figures: Vec<f64>,
    board: f64,
}

/// Both peers. They have compared their answers with ours.
#[derive(Deserialize)]
struct Both {
    duckdb: Theirs,
    postgres: Theirs,
}

/// Adds the ledger's lines.
pub async fn run(table: &mut Table) -> Outcome {
    let facts = crate::size("BENCH_FACTS", 10_000_000);
    let dir = tempfile::tempdir()?;
    let mut random = ChaCha20Rng::seed_from_u64(SEED);
    let house = house::open(dir.path()).await?;
    let context = &Context::system(&house, "the benchmark");
    let region = region::found(context).await?;
    let (posted, pair) = post(context, &region, facts, dir.path(), &mut random).await?;
    let (mut figures, [board, again]) = ask(context, &region, dir.path(), &mut random).await?;
    let both: Both = peers::ask("ledger.py", dir.path())?;

    let beside = |duckdb, postgres| {
        [("DuckDB", duckdb), ("PostgreSQL", postgres)]
            .map(|(name, seconds)| Peer { name, time: Duration::from_secs_f64(seconds) })
    };
    let (mut duckdb, mut postgres) = (times(&both.duckdb.figures), times(&both.postgres.figures));
    for (name, part, aim) in [("p50", 50, ""), ("p99", 99, "2 ms")] {
        let ours = percentile(&mut figures, part);
        let theirs = [("DuckDB", percentile(&mut duckdb, part)), ("PostgreSQL", percentile(&mut postgres, part))];
        let what = format!("one figure with distinct people, {facts} facts, {name}");
        table.add(Row::time(what, ours, aim).beside(ours, &theirs.map(|(name, time)| Peer { name, time })));
    }
    let what = format!("a board: {} kinds × {} prefectures, a year", region::KINDS.len(), region::PREFECTURES);
    table.add(Row::time(what, board, "15 ms").beside(board, &beside(both.duckdb.board, both.postgres.board)));
    table.add(Row::time("the same board asked for the third time", again, ""));
    let begun = Instant::now();
    let page = ledger::list_facts(context, &questions::records(&region), &Paging::default()).await?;
    let what = format!("the newest {} records of one kind in the whole region", page.items.len());
    table.add(Row::time(what, begun.elapsed(), ""));
    let what = format!("{facts} facts posted, durable, {CHUNK} a unit");
    table.add(Row::rate(what, facts, posted, "50000/s").beside(posted, &beside(both.duckdb.load, both.postgres.load)));
    live::run(context, &region, &mut random, table).await?;
    reshape::run(&house, &region, pair, table).await?;
    let begun = Instant::now();
    ledger::keep(context).await?;
    let what = format!("the index of {facts} facts kept in a file, as once every ten minutes at most");
    table.add(Row::time(what, begun.elapsed(), ""));
    let file = house.settings().ledger_index.clone();
    drop(house);
    start(dir.path(), (facts, "its index kept", "5 s"), table)?;
    std::fs::remove_file(file)?;
    start(dir.path(), (facts, "no index kept", ""), table)
}

fn times(seconds: &[f64]) -> Vec<Duration> {
    seconds.iter().map(|seconds| Duration::from_secs_f64(*seconds)).collect()
}

/// Posts the facts, and writes them down for the peers. Answers also two people who have some.
async fn post(
    context: &Context,
    region: &region::Region,
    facts: usize,
    dir: &Path,
    random: &mut ChaCha20Rng,
) -> Outcome<(Duration, [Id; 2])> {
    let mut pair = [Id(0); 2];
    let mut file = BufWriter::new(File::create(dir.join("facts.csv"))?);
    let (mut spent, mut left) = (Duration::ZERO, facts);
    while left > 0 {
        let chunk = &region.facts(context, left.min(CHUNK), random);
        region.write(chunk, &mut file)?;
        if let [first, second, ..] = chunk.as_slice() {
            pair = [first, second].map(|fact| fact.person.unwrap_or(Id(0)));
        }
        let begun = Instant::now();
        context.unit(|unit| async move { ledger::post(&unit, context, chunk).await.map(drop) }).await?;
        spent += begun.elapsed();
        left -= chunk.len();
    }
    file.flush()?;
    Ok((spent, pair))
}

/// Asks for figures and three times for the board, and writes the questions and our answers down for the peers. Answers how
/// long the figures took, and the board for the first and for the last time.
async fn ask(
    context: &Context,
    region: &region::Region,
    dir: &Path,
    random: &mut ChaCha20Rng,
) -> Outcome<(Vec<Duration>, [Duration; 2])> {
    ledger::figures(context, &questions::whole(region)).await?;
    let (mut times, mut told) = (Vec::new(), Vec::new());
    for turn in 0..QUESTIONS {
        let query = questions::any(region, random);
        let begun = Instant::now();
        let answer = ledger::figures(context, &query).await?;
        times.push(begun.elapsed());
        if turn < COMPARED {
            told.push(questions::told(region, &query, &answer)?);
        }
    }
    let board = questions::board(region);
    let (mut spent, mut answers) = ([Duration::ZERO; 3], Vec::new());
    for spent in &mut spent {
        let begun = Instant::now();
        answers = ledger::figures_of(context, &board).await?;
        *spent = begun.elapsed();
    }
    let file = BufWriter::new(File::create(dir.join("questions.json"))?);
    serde_json::to_writer(file, &questions::Told { figures: told, board: questions::told_board(region, &answers) })?;
    let [first, _, last] = spent;
    Ok((times, [first, last]))
}

/// Opens the ledger in a process of its own, whose memory is its own.
fn start(dir: &Path, (facts, with, aim): (usize, &str, &'static str), table: &mut Table) -> Outcome {
    let run = Command::new(std::env::current_exe()?).arg("start").arg(dir).output()?;
    if !run.status.success() {
        return Err(format!("the second start failed: {}", String::from_utf8_lossy(&run.stderr)).into());
    }
    let started: start::Started = serde_json::from_slice(&run.stdout)?;
    let what = format!("first figure after a start, {facts} facts, {with}");
    table.add(Row::time(what, Duration::from_secs_f64(started.seconds), aim));
    table.add(Row::text("memory of that process", format!("{} MiB", started.kibibytes / 1024), "1024 MiB"));
    Ok(())
}

/// The year that the facts lie in.
fn year() -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
    (day(1, 1), day(12, 31))
}
