//! Story 6, enrolment: the life of a membership, the event at which a thousand riders join, the card, and what a member
//! may see of himself. One value, [`programme`], is all that the server knows of it.

mod apply;
mod approve;
mod ask_transfer;
mod enrol_many;
mod enter;
mod event;
mod keep;
mod migrations;
mod permissions;
mod programme;
mod rules;
mod serial;
mod step;
mod tables;

pub use enrol_many::{CHUNK, Newcomer, Outcome, enrol_many};
pub use programme::programme;
