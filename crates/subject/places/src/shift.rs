//! The formulas between the systems, in degrees. They are the published ones that every open package uses (the constants are
//! those of domain.md, section 3); they agree with eviltransform's published test values, which stand in `system/tests.rs`.
#![expect(clippy::float_arithmetic, reason = "sines and roots; what is kept is whole ten-millionths again")]

use std::f64::consts::PI;

/// A longitude and a latitude.
pub(crate) type Pair = (f64, f64);

/// Half the greater axis of the ellipsoid of Krassowsky, metres, by which GCJ-02 scales its offset.
const AXIS: f64 = 6_378_245.0;
/// The square of its eccentricity.
const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
/// How often an inverse is bettered at most. Each step divides what is left by more than a hundred; four do.
const STEPS: usize = 20;
/// What is left of an inverse when it is done, degrees: a hundredth of what is kept.
const CLOSE: f64 = 1e-9;

/// Whether the offset applies: the box around China. Outside of it all three systems say the same.
pub(crate) fn in_box((longitude, latitude): Pair) -> bool {
    (72.004..=137.8347).contains(&longitude) && (0.8293..=55.8271).contains(&latitude)
}

/// WGS-84 to GCJ-02, for a point in the box.
pub(crate) fn gcj_of_wgs((longitude, latitude): Pair) -> Pair {
    let (east, north) = offset(longitude - 105.0, latitude - 35.0);
    let radians = latitude.to_radians();
    let bulge = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let along = AXIS / bulge.sqrt() * radians.cos();
    let up = AXIS * (1.0 - ECCENTRICITY) / (bulge * bulge.sqrt());
    (longitude + (east / along).to_degrees(), latitude + (north / up).to_degrees())
}

/// The offset in metres, to the east and to the north.
fn offset(x: f64, y: f64) -> Pair {
    let wave = |high: f64, at: f64, length: f64| high * (at * PI / length).sin();
    let fast = wave(20.0, x, 1.0 / 6.0) + wave(20.0, x, 0.5);
    let east = wave(20.0, x, 1.0) + wave(40.0, x, 3.0) + wave(150.0, x, 12.0) + wave(300.0, x, 30.0);
    let north = wave(20.0, y, 1.0) + wave(40.0, y, 3.0) + wave(160.0, y, 12.0) + wave(320.0, y, 30.0);
    let root = x.abs().sqrt();
    (
        300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + (fast + east) * 2.0 / 3.0,
        -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + (fast + north) * 2.0 / 3.0,
    )
}

/// GCJ-02 to BD-09.
pub(crate) fn bd_of_gcj((x, y): Pair) -> Pair {
    let turn = PI * 3000.0 / 180.0;
    let far = x.hypot(y) + 0.000_02 * (y * turn).sin();
    let angle = y.atan2(x) + 0.000_003 * (x * turn).cos();
    (far * angle.cos() + 0.0065, far * angle.sin() + 0.006)
}

/// What `forward` sends to `aim`: there is no formula, so the miss is taken back until none is left. `None` where nothing
/// settles, which happens only within a few hundred metres of the box's edge, where the offset begins.
pub(crate) fn inverse(forward: impl Fn(Pair) -> Pair, aim: Pair) -> Option<Pair> {
    let mut guess = aim;
    for _ in 0..STEPS {
        let reached = forward(guess);
        let (east, north) = (aim.0 - reached.0, aim.1 - reached.1);
        guess = (guess.0 + east, guess.1 + north);
        if east.abs() < CLOSE && north.abs() < CLOSE {
            return Some(guess);
        }
    }
    None
}
