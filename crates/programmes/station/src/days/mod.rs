//! What happened at stations day by day, as officers see it.

pub mod enter_late;
pub mod list;
pub mod many;
pub mod need;
pub mod ranks;
pub mod records;
pub mod rounds;
pub(crate) mod sums;
pub mod take_back;
pub mod usage;
pub mod view;
