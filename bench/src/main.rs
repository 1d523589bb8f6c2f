//! What Niangjia costs, beside peers in the same run on the same machine: `make bench`. Every answer is compared with the
//! peer's before its time counts. The parts (`ledger`, `roster`, `joins`, `places`, `claims`, `program`) may be named as arguments;
//! `BENCH_FACTS`, `BENCH_ROWS`, `BENCH_JOINS`, `BENCH_PLACES` and `BENCH_CLAIMS` make them smaller.
#![expect(
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    reason = "the table is what this program is for, and a surprise on the way to it ends it"
)]

mod claims;
mod joins;
mod ledger;
mod peers;
mod people;
mod places;
mod program;
mod roster;
mod table;
mod wire;

use std::error::Error;

use table::Table;

/// As the program has it: the parts that run in this process cost what they would there.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What the benchmark comes to.
pub type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The seed of everything that is drawn.
pub const SEED: u64 = 2026;

#[tokio::main]
async fn main() -> Outcome {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        return Err("another library of cryptography stands there already".into());
    }
    let named: Vec<String> = std::env::args().skip(1).collect();
    if let [start, dir] = named.as_slice()
        && start == "start"
    {
        return ledger::start::measure(dir.as_ref()).await;
    }
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let mut table = Table::default();
    if wanted("ledger") {
        ledger::run(&mut table).await?;
    }
    if wanted("roster") {
        roster::run(&mut table)?;
    }
    if wanted("joins") {
        joins::run(&mut table).await?;
    }
    if wanted("places") {
        places::run(&mut table)?;
    }
    if wanted("claims") {
        claims::run(&mut table).await?;
    }
    if wanted("program") {
        program::run(&mut table).await?;
    }
    println!("{table}");
    Ok(())
}

/// How many of something: as the environment says, or as the table is meant to be read.
fn size(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
