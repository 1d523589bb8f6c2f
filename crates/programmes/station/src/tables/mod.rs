//! The programme's rows.

pub mod catalogue;
pub mod entry;
pub mod finding;
pub mod inspection;
pub mod item;
pub mod post;
pub mod round;
pub mod standard;
pub mod station;
pub mod turn;
