//! The plan on real databases, through its real migrations.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod approval;
mod board;
mod breakdown;
mod budget;
mod import_plan;
mod reports;
mod world;
