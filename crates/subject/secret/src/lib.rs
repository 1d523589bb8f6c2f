//! Secrets of the house: sealed fields (SM4-GCM), blind indexes, signed tokens and stamps (HMAC-SM3), hidden numbers, digests
//! (SM3) and the masks that people see. Pure: no table, no clock, no randomness; nonces and instants come from the caller.

mod blob;
pub mod digest;
mod hidden;
mod keyring;
mod mac;
pub mod masking;
mod master;
mod seal;
pub mod sign;
mod stamp;
mod token;
pub mod totp;

pub use blob::bytes_sealed_under;
pub use keyring::{Keyring, KeyringProblem, LAST_VERSION};
pub use master::{MasterKey, MasterKeyProblem};
pub use seal::{Place, SealProblem, sealed_under};
pub use stamp::{STAMP, Stamp};
pub use token::TokenProblem;
