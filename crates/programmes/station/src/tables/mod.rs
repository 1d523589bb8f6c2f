//! The programme's rows.

pub mod catalogue;
pub mod entry;
pub mod item;
pub mod post;
pub mod round;
pub mod station;
pub mod turn;
