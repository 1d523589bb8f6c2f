//! The tables, step by step.

mod m2026_11_23_0200_plan_plan;
mod m2026_11_23_0201_plan_money;
mod m2026_11_23_0202_plan_words;
mod m2026_11_24_0203_plan_approval;
mod m2026_11_26_0204_plan_base;
mod m2026_11_29_0205_plan_booking;
mod m2026_11_29_0206_plan_spent_for;
mod m2026_11_30_0207_plan_value_back;
mod m2026_12_01_0219_plan_counted;

use database::Migration;

/// The steps of this programme.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Box::new(m2026_11_23_0200_plan_plan::Step),
        Box::new(m2026_11_23_0201_plan_money::Step),
        Box::new(m2026_11_23_0202_plan_words::Step),
        Box::new(m2026_11_24_0203_plan_approval::Step),
        Box::new(m2026_11_26_0204_plan_base::Step),
        Box::new(m2026_11_29_0205_plan_booking::Step),
        Box::new(m2026_11_29_0206_plan_spent_for::Step),
        Box::new(m2026_11_30_0207_plan_value_back::Step),
        Box::new(m2026_12_01_0219_plan_counted::Step),
    ]
}
