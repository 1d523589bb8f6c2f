//! The table of figures.

use std::{fmt, time::Duration};

/// A line of the table.
pub struct Row {
    what: String,
    ours: String,
    aim: &'static str,
    peers: Vec<String>,
}

/// A peer's time for the same.
pub struct Peer {
    /// Its name.
    pub name: &'static str,
    /// Its time.
    pub time: Duration,
}

impl Row {
    /// A time, with what it is meant to be.
    pub fn time(what: impl Into<String>, ours: Duration, aim: &'static str) -> Self {
        Self { what: what.into(), ours: shown(ours), aim, peers: Vec::new() }
    }

    /// How many a second.
    pub fn rate(what: impl Into<String>, count: usize, spent: Duration, aim: &'static str) -> Self {
        Self { what: what.into(), ours: format!("{}/s", a_second(count, spent)), aim, peers: Vec::new() }
    }

    /// Anything else.
    pub fn text(what: impl Into<String>, ours: impl Into<String>, aim: &'static str) -> Self {
        Self { what: what.into(), ours: ours.into(), aim, peers: Vec::new() }
    }

    /// The same beside peers: their times, and how many times ours each takes.
    pub fn beside(mut self, ours: Duration, peers: &[Peer]) -> Self {
        for Peer { name, time } in peers {
            let ratio = time.as_nanos() * 100 / ours.as_nanos().max(1);
            self.peers.push(format!("{name} {} ({}.{:02}×)", shown(*time), ratio / 100, ratio % 100));
        }
        self
    }
}

/// The lines, printed as a Markdown table.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a line, and tells it at once: a whole run takes long.
    pub fn add(&mut self, row: Row) {
        println!("{row}");
        self.0.push(row);
    }
}

impl fmt::Display for Row {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "| {} | {} | {} | {} |", self.what, self.ours, self.aim, self.peers.join(", "))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            to,
            "\n| what | Niangjia | aim | peers in the same run (their time ÷ ours) |\n| --- | ---: | ---: | --- |"
        )?;
        self.0.iter().try_for_each(|row| writeln!(to, "{row}"))
    }
}

/// The time that `part` per cent of the times don't exceed.
pub fn percentile(times: &mut [Duration], part: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// How many a second that is.
pub fn a_second(count: usize, spent: Duration) -> u128 {
    count as u128 * 1_000_000_000 / spent.as_nanos().max(1)
}

fn shown(time: Duration) -> String {
    match time.as_micros() {
        micros @ 0..10_000 => format!("{micros} µs"),
        micros @ 10_000..10_000_000 => format!("{} ms", micros / 1000),
        micros => format!("{}.{} s", micros / 1_000_000, micros / 100_000 % 10),
    }
}
