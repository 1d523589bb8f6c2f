//! Membership on real databases, through its real migrations.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod dues;
mod dues_files;
mod event_form;
mod events;
mod figures;
mod import;
mod import_told;
mod lapse;
mod life;
mod list;
mod many;
mod mergers;
mod pausing;
mod roster_known;
mod transfers;
mod undo;
mod work;
mod world;

// Their own tests run here: as a test of the library they would compile all of it a second time.
#[expect(dead_code, unused_imports, reason = "the tests of the rules need less than the library")]
#[path = "../../src/rules/mod.rs"]
mod rules;
