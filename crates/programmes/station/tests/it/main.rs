//! Stations on real databases, through their real migrations.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod catalogue;
mod columns;
mod due;
mod file_acts;
mod file_undo;
mod files;
mod find;
mod many;
mod maps;
mod need;
mod neglect;
mod outlines;
mod plan_many;
mod posts;
mod records;
mod register;
mod set_up;
mod standard;
mod state_many;
mod usage;
mod uses;
mod world;
mod year;

// Their own tests run here: as a test of the library they would compile all of it a second time.
#[expect(dead_code, reason = "the tests of the rules need less than the library")]
#[path = "../../src/rules/mod.rs"]
mod rules;
