//! Story 6, enrolment: the life of a membership, the event at which a thousand riders join, the card, and what a member
//! may see of himself. One value, [`programme`], is all that the server knows of it.

mod answer_privacy;
mod answer_transfer;
mod apply;
mod approve;
mod ask_transfer;
mod card;
mod card_token;
mod consent;
mod enrol_many;
mod enter;
mod event;
mod export;
mod figures;
mod keep;
mod list;
mod list_transfers;
mod me;
mod migrations;
mod names;
mod permissions;
mod programme;
mod routes;
mod rules;
mod serial;
mod show;
mod step;
mod tables;

pub use enrol_many::{CHUNK, Newcomer, Outcome, enrol_many};
pub use programme::programme;
