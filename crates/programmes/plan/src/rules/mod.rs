//! What the plan reckons, without clock, tables or network.

pub mod breakdown;
pub mod budget;
pub mod comparison;
pub mod forecast;
pub mod growth;
pub mod period;
pub mod progress;
pub mod ranking;
pub mod scale;

/// A ratio of whole numbers, rounded half up; the denominator is above zero.
pub(crate) fn half_up(numerator: i128, denominator: i128) -> i64 {
    let doubled = numerator.saturating_mul(2).saturating_add(denominator);
    let rounded = doubled.div_euclid(denominator.saturating_mul(2).max(1));
    i64::try_from(rounded).unwrap_or(if rounded < 0 { i64::MIN } else { i64::MAX })
}
