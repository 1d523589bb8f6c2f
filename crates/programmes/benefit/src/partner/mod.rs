//! Places of redemption: stations of the register and partners, each with a scanning link for whoever works there.

pub mod add_stations;
pub mod keep;
pub mod key;
pub mod list;
pub mod register;
