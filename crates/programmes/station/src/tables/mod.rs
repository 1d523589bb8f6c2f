//! The programme's rows.

pub mod activity;
pub mod catalogue;
pub mod entry;
pub mod finding;
pub mod guest;
pub mod inspection;
pub mod item;
pub mod post;
pub mod rating;
pub mod request;
pub mod round;
pub mod signup;
pub mod standard;
pub mod station;
pub mod turn;
