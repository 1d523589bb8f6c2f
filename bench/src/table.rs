//! The table of figures.

use std::{fmt, time::Duration};

/// A line of the table.
pub struct Row {
    what: String,
    ours: String,
    peer: String,
    ratio: String,
}

impl Row {
    /// A time, beside the peer's for the same.
    pub fn beside(what: String, ours: Duration, peer: Duration) -> Self {
        let ratio = peer.as_nanos() * 10 / ours.as_nanos().max(1);
        Self { what, ours: shown(ours), peer: shown(peer), ratio: format!("{}.{}×", ratio / 10, ratio % 10) }
    }

    /// A time alone.
    pub fn time(what: String, ours: Duration) -> Self {
        Self { what, ours: shown(ours), peer: String::new(), ratio: String::new() }
    }

    /// How many a second.
    pub fn rate(what: String, count: usize, spent: Duration) -> Self {
        let rate = count as u128 * 1_000_000_000 / spent.as_nanos().max(1);
        Self { what, ours: format!("{rate}/s"), peer: String::new(), ratio: String::new() }
    }
}

/// The lines, printed as a Markdown table.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a line.
    pub fn add(&mut self, row: Row) {
        self.0.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "| what | Niangjia | SQL on the same SQLite file | ratio |\n| --- | ---: | ---: | ---: |")?;
        for Row { what, ours, peer, ratio } in &self.0 {
            writeln!(to, "| {what} | {ours} | {peer} | {ratio} |")?;
        }
        Ok(())
    }
}

/// The time that `part` per cent of the times don't exceed.
pub fn percentile(times: &mut [Duration], part: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    match time.as_micros() {
        micros @ 0..10_000 => format!("{micros} µs"),
        micros => format!("{} ms", micros / 1000),
    }
}
