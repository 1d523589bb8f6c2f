//! Rows of this programme. Table names carry its name.

pub mod booking;
pub mod claim;
pub mod dispute;
pub mod draw;
pub mod entry;
pub mod joined;
pub mod kind;
pub mod offer;
pub mod partner;
pub mod place;
pub mod redemption;
pub mod round;
pub mod settlement;
pub mod share;
