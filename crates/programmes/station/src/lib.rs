//! Story 8, stations (工会驿站): where outdoor workers rest, who answers for each station, and what was done there each day.
//! One value, [`programme`], is all that the server knows of it.

mod kept;
mod migrations;
pub mod permissions;
mod programme;
mod routes;
pub mod rules;
mod tables;

pub use programme::programme;
