//! The board while facts arrive.

use std::time::{Duration, Instant};

use kernel::{Context, ledger};
use rand_chacha::ChaCha20Rng;

use super::{questions, region::Region};
use crate::{
    Outcome,
    table::{Row, Table, a_second, percentile},
};

/// Facts that come at once, ten times a second.
const BURST: usize = 500;
/// How long they come.
const LONG: Duration = Duration::from_secs(20);
const BEAT: Duration = Duration::from_millis(100);

/// Asks for the board without a pause while 5,000 facts a second are posted, and for each burst how long after its commit
/// a figure first counted it.
pub async fn run(context: &Context, region: &Region, random: &mut ChaCha20Rng, table: &mut Table) -> Outcome {
    let bursts: Vec<_> =
        (0..LONG.as_millis() / BEAT.as_millis()).map(|_| region.facts(context, BURST, random)).collect();
    let (boards, posting) = tokio::join!(ask(context, region), post(context, region, &bursts));
    let (posted, spent, mut late) = posting?;
    let mut boards = boards?;
    let rate = a_second(posted, spent);
    let what = format!("the board while {rate} facts a second arrive, p99 of {}", boards.len());
    table.add(Row::time(what, percentile(&mut boards, 99), "30 ms"));
    table.add(Row::time(
        "from a fact's commit to a figure that counts it, the longest",
        percentile(&mut late, 100),
        "1 s",
    ));
    Ok(())
}

async fn ask(context: &Context, region: &Region) -> Outcome<Vec<Duration>> {
    let (board, begun) = (questions::board(region), Instant::now());
    let mut times = Vec::new();
    while begun.elapsed() < LONG {
        let asked = Instant::now();
        ledger::figures_of(context, &board).await?;
        times.push(asked.elapsed());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(times)
}

async fn post(
    context: &Context,
    region: &Region,
    bursts: &[Vec<ledger::NewFact>],
) -> Outcome<(usize, Duration, Vec<Duration>)> {
    let (begun, mut late, mut posted) = (Instant::now(), Vec::new(), 0);
    let mut beat = tokio::time::interval(BEAT);
    let mut counted = questions::quantity(context, region).await?;
    for burst in bursts {
        beat.tick().await;
        context.unit(|unit| async move { ledger::post(&unit, context, burst).await.map(drop) }).await?;
        let committed = Instant::now();
        posted += burst.len();
        let now = questions::quantity(context, region).await?;
        if now - counted != i64::try_from(burst.len())? {
            return Err(format!("{} facts were posted, but the figure grew by {}", burst.len(), now - counted).into());
        }
        counted = now;
        late.push(committed.elapsed());
    }
    Ok((posted, begun.elapsed(), late))
}
