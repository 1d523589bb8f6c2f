//! The tables, step by step.

mod m2026_11_23_0100_membership_member;
mod m2026_11_23_0101_membership_event;
mod m2026_11_23_0102_membership_privacy;
mod m2026_11_23_0110_membership_import;
mod m2026_11_25_0120_membership_gates;
mod m2026_11_25_0120_membership_import_blocks;
mod m2026_11_25_0121_membership_told;
mod m2026_11_26_0130_membership_dues;
mod m2026_11_28_0140_membership_found_by;
mod m2026_11_29_1310_membership_lasting;
mod m2026_11_29_1840_membership_due_file;
mod m2026_11_30_0910_membership_consent_moved;
mod m2026_11_30_1410_membership_import_found;
mod m2026_12_02_0910_membership_undated;
mod m2026_12_02_1740_membership_of_event;

use database::Migration;

/// The steps of this programme.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Box::new(m2026_11_23_0100_membership_member::Step),
        Box::new(m2026_11_23_0101_membership_event::Step),
        Box::new(m2026_11_23_0102_membership_privacy::Step),
        Box::new(m2026_11_23_0110_membership_import::Step),
        Box::new(m2026_11_25_0120_membership_gates::Step),
        Box::new(m2026_11_25_0121_membership_told::Step),
        Box::new(m2026_11_25_0120_membership_import_blocks::Step),
        Box::new(m2026_11_26_0130_membership_dues::Step),
        Box::new(m2026_11_28_0140_membership_found_by::Step),
        Box::new(m2026_11_29_1310_membership_lasting::Step),
        Box::new(m2026_11_29_1840_membership_due_file::Step),
        Box::new(m2026_11_30_0910_membership_consent_moved::Step),
        Box::new(m2026_11_30_1410_membership_import_found::Step),
        Box::new(m2026_12_02_0910_membership_undated::Step),
        Box::new(m2026_12_02_1740_membership_of_event::Step),
    ]
}
