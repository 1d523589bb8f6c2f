//! Redeeming vouchers: what the QR code says, the step itself, who takes it (an officer, whoever answers for the station, or
//! whoever works at the place), taking it back, and what a station's own figures count of it.

pub(crate) mod at_site;
pub mod by_keeper;
pub mod by_officer;
pub mod by_partner;
mod step;
pub mod take_back;
pub mod token;

pub(crate) use step::redeem;
pub use step::{RedeemRefusal, Redeemed};
