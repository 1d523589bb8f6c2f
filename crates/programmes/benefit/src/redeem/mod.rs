//! Redeeming vouchers: what the QR code says, what is typed instead, the step itself, who takes it (an officer, whoever answers
//! for the station, or whoever works at the place), taking it back, the list of all that was handed over, and what a station
//! counts of it.

pub(crate) mod at_site;
pub mod by_keeper;
pub mod by_officer;
pub mod by_partner;
pub mod export;
pub mod list;
mod step;
pub mod take_back;
pub mod token;
pub mod typed;
pub(crate) mod where_done;

pub(crate) use step::redeem;
pub use step::{RedeemRefusal, Redeemed};
