//! The programme's rows.

pub mod alarm;
pub mod batch;
pub mod catalogue;
pub mod device;
pub mod entry;
pub mod gift;
pub mod gift_claim;
pub mod good;
pub mod headcount;
pub mod item;
pub mod order;
pub mod post;
pub mod round;
pub mod station;
pub mod supply_move;
pub mod turn;
