//! Story 8, stations (工会驿站): where outdoor workers rest, who answers for each station, and what was done there each day.
//! One value, [`programme`], is all that the server knows of it.

pub mod catalogue;
pub mod days;
pub mod donations;
pub mod door;
pub mod duty;
pub mod files;
pub mod find;
mod kept;
mod migrations;
pub mod permissions;
pub mod posts;
mod programme;
pub mod register;
mod routes;
pub mod rules;
pub mod supplies;
mod tables;
mod unions;

pub use programme::programme;
