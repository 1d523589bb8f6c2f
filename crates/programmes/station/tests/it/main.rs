//! Stations on real databases, through their real migrations.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod catalogue;
mod files;
mod find;
mod need;
mod posts;
mod register;
mod standard;
mod world;
