//! Making a person nameless, what stops it, and when it is done by itself. Facts keep the person's key, so every count stays
//! exact; the key leads to nobody any more.

pub mod erase;
mod expire;
pub mod hold;
mod migration;
mod tables;

pub use erase::{EraseRefusal, OnErase, StillNeeds, erase};
pub use expire::{EXPIRE, KEPT_DAYS};
pub use hold::{Hold, HoldReason, HoldRefusal};
pub use migration::Tables;
pub use tables::{erasure, hold as holds};
