//! How fast the index answers, alone: `cargo run --release -p places --example nearest`. `bench places` sets it beside peers.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a table of times")]

use std::time::{Duration, Instant};

use places::{Index, Marks, Point, Wanted};

const PLACES: u64 = 200_000;
const QUESTIONS: usize = 20_000;

/// A number that looks drawn (splitmix64).
fn drawn(at: u64) -> u64 {
    let mut mixed = at.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// A point of a province of 300 towns: half in a town, half anywhere.
fn point(at: u64) -> Option<Point> {
    let (town, spread) = (drawn(at) % 300, |salt: u64, most: u64| (drawn(at ^ (salt << 40)) % most) as i64);
    if drawn(at ^ (1 << 60)).is_multiple_of(2) {
        let middle = |salt: u64, most: u64| (drawn(town ^ (salt << 50)) % most) as i64;
        let (x, y) = (middle(1, 80_000_000), middle(2, 40_000_000));
        return Point::from_units(1_147_000_000 + x + spread(3, 1_000_000), 343_000_000 + y + spread(4, 1_000_000))
            .ok();
    }
    Point::from_units(1_147_000_000 + spread(1, 80_000_000), 343_000_000 + spread(2, 40_000_000)).ok()
}

fn main() {
    let begun = Instant::now();
    let places = (0..PLACES).filter_map(|at| {
        let marks = if drawn(at ^ (1 << 59)).is_multiple_of(50) { Marks::NONE.with(7) } else { Marks::NONE };
        Some((point(at)?, marks.with((at % 4) as u8), at))
    });
    let index = Index::new(places);
    println!("{} places indexed in {:?}", index.items().len(), begun.elapsed());
    let seldom = Marks::NONE.with(7);
    for (what, within, all, passing) in [
        ("nearest 20", None, Marks::NONE, u64::MAX),
        ("nearest 20, one in fifty has it", None, seldom, u64::MAX),
        ("nearest 20, one in fifty passes a look", None, Marks::NONE, 50),
        ("nearest 20, none has it though every branch might", None, seldom, 0),
        ("nearest 20 in 2 km", Some(2_000), Marks::NONE, u64::MAX),
        ("nearest 20 in 50 km, one in fifty has it", Some(50_000), seldom, u64::MAX),
    ] {
        let wanted = Wanted { most: 20, within, all, any: Marks::NONE };
        let (mut times, mut found) = (Vec::with_capacity(QUESTIONS), 0);
        let questions = if passing == 0 { 200 } else { QUESTIONS };
        let begun = Instant::now();
        for from in (0..questions as u64).filter_map(|at| point(at ^ (1 << 30))) {
            let started = Instant::now();
            let passes = |at: &u64| passing == u64::MAX || (passing > 0 && at.is_multiple_of(passing));
            found += index.nearest(from, &wanted, passes).len();
            times.push(started.elapsed());
        }
        let spent = begun.elapsed();
        times.sort_unstable();
        let p99 = times.get(times.len() * 99 / 100).copied().unwrap_or(Duration::ZERO);
        let rate = times.len() as f64 / spent.as_secs_f64();
        println!("{what}: {rate:.0} a second, p99 {p99:?}, {found} found");
    }
}
