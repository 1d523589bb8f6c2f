//! The tables, step by step.

mod m2026_11_26_0200_benefit_offer;
mod m2026_11_26_0201_benefit_claim;
mod m2026_11_26_0202_benefit_rights;
mod m2026_11_26_1210_benefit_settlement;
mod m2026_11_26_1220_benefit_nomination;
mod m2026_11_26_1410_benefit_batch;
mod m2026_11_26_1820_benefit_called_off;
mod m2026_11_28_1410_benefit_dispute_offer;
mod m2026_11_28_1730_benefit_site;
mod m2026_11_28_1810_benefit_joined_person;
mod m2026_11_29_1050_benefit_counted;
mod m2026_11_29_1500_benefit_redemption_listed;
mod m2026_11_29_1500_benefit_voided;
mod m2026_11_29_1500_benefit_waiting;
mod m2026_11_29_1510_benefit_line_changed;
mod m2026_11_30_0208_benefit_share_union;
mod m2026_11_30_0210_benefit_redemption_fact;
mod m2026_11_30_0920_benefit_child;
mod m2026_12_01_0216_benefit_booking_refused;
mod m2026_12_01_0218_benefit_batch_reminded;
mod m2026_12_01_0223_benefit_taken_back;
mod m2026_12_01_1100_benefit_had_kit;
mod m2026_12_02_0910_benefit_disagreed;
mod m2026_12_02_0930_benefit_over_budget;
mod m2026_12_03_0910_benefit_let_over_why;

use database::Migration;

/// The steps of this programme.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Box::new(m2026_11_26_0200_benefit_offer::Step),
        Box::new(m2026_11_26_0201_benefit_claim::Step),
        Box::new(m2026_11_26_0202_benefit_rights::Step),
        Box::new(m2026_11_26_1210_benefit_settlement::Step),
        Box::new(m2026_11_26_1220_benefit_nomination::Step),
        Box::new(m2026_11_26_1410_benefit_batch::Step),
        Box::new(m2026_11_26_1820_benefit_called_off::Step),
        Box::new(m2026_11_28_1410_benefit_dispute_offer::Step),
        Box::new(m2026_11_28_1730_benefit_site::Step),
        Box::new(m2026_11_28_1810_benefit_joined_person::Step),
        Box::new(m2026_11_29_1050_benefit_counted::Step),
        Box::new(m2026_11_29_1500_benefit_redemption_listed::Step),
        Box::new(m2026_11_29_1500_benefit_voided::Step),
        Box::new(m2026_11_29_1500_benefit_waiting::Step),
        Box::new(m2026_11_29_1510_benefit_line_changed::Step),
        Box::new(m2026_11_30_0920_benefit_child::Step),
        Box::new(m2026_12_01_1100_benefit_had_kit::Step),
        Box::new(m2026_12_02_0910_benefit_disagreed::Step),
        Box::new(m2026_12_02_0930_benefit_over_budget::Step),
        Box::new(m2026_12_03_0910_benefit_let_over_why::Step),
        Box::new(m2026_11_30_0208_benefit_share_union::Step),
        Box::new(m2026_11_30_0210_benefit_redemption_fact::Step),
        Box::new(m2026_12_01_0216_benefit_booking_refused::Step),
        Box::new(m2026_12_01_0218_benefit_batch_reminded::Step),
        Box::new(m2026_12_01_0223_benefit_taken_back::Step),
    ]
}
