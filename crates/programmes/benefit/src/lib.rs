//! The benefits of story 1: meals, kits, checks, stays, gifts and tickets that a union offers. Each is claimed once, never
//! one too many and never one lost, and counts where it is handed over. One value, [`programme`], is all that the server
//! knows of it.

pub mod batch;
pub mod claim;
mod copied;
pub mod draw;
mod expire;
mod follow_merger;
mod give_on;
mod hand_over_claims;
mod kept;
mod kind;
mod me;
mod migrations;
mod no_offers_left;
pub mod nominate;
pub mod offer;
pub mod partner;
mod permissions;
mod programme;
mod promised;
pub mod redeem;
mod routes;
pub mod rules;
pub mod settlement;
mod tables;
mod tells;

pub use programme::programme;
