//! Finding a station, on anybody's phone: the nearest that is open and has what is wanted, or one by the name of a place.
//!
//! Each process keeps all stations that serve in memory ([`Finder`]) and follows what others write: every unit that changes a
//! station leaves a turn ([`turn`]), and before each answer the finder takes in the turns behind the last it knows, as the
//! ledger's figures do. So no answer is older than its question, and any number of processes may serve.

mod crowd;
mod entry;
mod finder;
pub mod maps;
pub(crate) mod near;
pub mod nearest;
pub mod outlines;
pub mod photos;
pub mod search;
mod shelf;
mod stock;
pub mod turn;
mod warnings;

pub use finder::Finder;
pub use nearest::nearest;
pub use search::search;
