//! Rows of this programme. Table names carry its name.

pub mod batch;
pub mod booking;
pub mod claim;
pub mod companion;
pub mod dispute;
pub mod draw;
pub mod entry;
pub mod joined;
pub mod kind;
pub mod nomination;
pub mod objection;
pub mod offer;
pub mod partner;
pub mod place;
pub mod publicity;
pub mod redemption;
pub mod round;
pub mod seat;
pub mod settlement;
pub mod share;
