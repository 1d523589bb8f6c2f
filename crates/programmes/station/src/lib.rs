//! Story 8, stations (工会驿站): where outdoor workers rest, who answers for each station, and what was done there each day.
//! One value, [`programme`], is all that the server knows of it.

pub mod activities;
pub mod catalogue;
mod copied;
mod counted;
pub mod days;
pub mod desk;
mod died;
pub mod donations;
pub mod door;
mod duty;
mod faults;
pub mod files;
pub mod find;
pub mod guests;
mod held;
pub mod incidents;
mod kept;
mod migrations;
pub mod neglect;
pub mod permissions;
mod persons;
pub mod posts;
mod programme;
pub mod ratings;
pub mod register;
pub mod roster;
mod routes;
pub mod rules;
mod sites;
pub mod standard;
pub mod supplies;
mod tables;
mod tells;
mod unions;
mod where_done;
pub mod year;

pub use programme::programme;
