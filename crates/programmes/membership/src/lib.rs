//! Story 6, enrolment: the life of a membership, the event at which a thousand riders join, the card, and what a member
//! may see of himself. One value, [`programme`], is all that the server knows of it.

mod answer_privacy;
pub mod answer_transfer;
pub mod apply;
pub mod approve;
pub mod ask_transfer;
mod bind_phone;
mod card;
pub mod card_token;
mod consent;
mod copied;
pub mod dues;
mod empty_person;
pub mod enrol_many;
pub mod enter;
pub mod event;
pub mod export;
pub mod figures;
mod follow_group;
mod follow_merger;
pub mod import;
pub mod keep;
mod kept;
pub mod lapse;
pub mod list;
pub mod list_transfers;
mod me;
mod merge_memberships;
mod migrations;
mod names;
mod no_members_left;
pub mod pausing;
pub mod permissions;
mod programme;
pub mod receiving_unions;
mod routes;
pub mod rules;
mod serial;
pub mod show;
mod step;
mod tables;
mod tell_transfers;
mod tells;
mod terms;

pub use enrol_many::{CHUNK, Newcomer, Outcome, Prepared, enrol_many};
pub use programme::programme;
