//! Story 6, enrolment: the life of a membership, the event at which a thousand riders join, the card, and what a member
//! may see of himself. One value, [`programme`], is all that the server knows of it.

mod migrations;
mod permissions;
mod programme;
mod rules;
mod step;
mod tables;

pub use programme::programme;
