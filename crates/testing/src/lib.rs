//! What tests of more than one crate need: a house on a fresh database of either kind, a clock to set, a client that
//! talks to the router. A dev-dependency only, so it may stop at the first surprise.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

mod app;
mod authenticator;
mod client;
pub mod people;
mod store;
mod untraced;
mod workbook;

pub use app::{App, KeptLines, SentCodes, Told};
pub use authenticator::code_of;
pub use client::{Answer, Client, Watch};
pub use untraced::{UNTRACED, Untraced};
pub use workbook::{behind_instructions, texts_of, typed_over};
