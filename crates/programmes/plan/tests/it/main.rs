//! The plan on real databases, through its real migrations.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod approval;
mod board;
mod breakdown;
mod budget;
mod coverage;
mod import_plan;
mod like;
mod reports;
mod world;

// Their own tests run here: as a test of the library they would compile all of it a second time.
#[expect(dead_code, reason = "the tests of the rules need less than the library")]
#[path = "../../src/rules/mod.rs"]
mod rules;
