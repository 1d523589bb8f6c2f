//! The programme's rows.

pub mod activity;
pub mod alarm;
pub mod batch;
pub mod catalogue;
pub mod device;
pub mod entry;
pub mod finding;
pub mod gift;
pub mod gift_claim;
pub mod good;
pub mod guest;
pub mod headcount;
pub mod incident;
pub mod inspection;
pub mod item;
pub mod order;
pub mod post;
pub mod rating;
pub mod request;
pub mod round;
pub mod signup;
pub mod standard;
pub mod station;
pub mod supply_move;
pub mod turn;
