//! A start on the filled ledger, and what it holds in memory.

use std::{path::Path, time::Instant};

use kernel::{Context, ledger, organisation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::{house, questions};
use crate::Outcome;

/// What it took.
#[derive(Serialize, Deserialize)]
pub struct Started {
    /// Until the first figure, in seconds.
    pub seconds: f64,
    /// Resident memory then, in KiB.
    pub kibibytes: u64,
}

/// Starts, asks for the figure of everything, and prints what it took.
pub async fn measure(dir: &Path) -> Outcome {
    let begun = Instant::now();
    let house = house::open(dir).await?;
    let context = &Context::system(&house, "the benchmark");
    let root = organisation::Entity::find().filter(organisation::Column::Level.eq(organisation::Level::Province));
    let root = root.one(context.read()).await?.ok_or("the region has no top")?;
    ledger::figures(context, &questions::whole_of(root.id)).await?;
    let started = Started { seconds: begun.elapsed().as_secs_f64(), kibibytes: resident(std::process::id())? };
    println!("{}", serde_json::to_string(&started)?);
    Ok(())
}

/// The resident memory of a process, in KiB.
pub fn resident(process: u32) -> Outcome<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("the system tells no memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
