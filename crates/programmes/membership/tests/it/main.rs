//! Membership on real databases, through its real migrations.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod dues;
mod events;
mod figures;
mod import;
mod life;
mod many;
mod mergers;
mod pausing;
mod transfers;
mod undo;
mod world;
