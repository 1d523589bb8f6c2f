//! Enrolment events (集中入会): made by an officer, joined by phone, watched on the hall's wall.

pub mod candidates;
pub mod change;
pub mod counts;
pub mod create;
pub mod form;
pub mod gates;
pub mod gifts;
pub mod hand_over_kit;
pub mod join;
pub mod joins;
pub mod kit_elsewhere;
pub mod list;
pub mod live;
pub mod public;
pub mod qr;
pub mod take_kit_back;
pub mod view;
