//! The versions of the house's keys for sealed values and blind indexes. Which one is written under stands in a table, so
//! that all server processes of a house follow; the keys themselves never do. After a rotation a job seals and indexes
//! every value anew, in batches, while the house serves; until it is done values are looked for under both versions.

mod follow;
/// The tables.
pub mod migration;
mod open;
mod reseal;
mod rotate;
mod sealed;
mod tables;

use std::sync::Arc;

use secret::MasterKey;

pub use follow::{KeyFault, follow, run};
pub use open::{UNREADABLE, Unreadable, open, told};
pub(crate) use reseal::JOB;
pub use rotate::{RotateRefusal, rotate};
pub use sealed::{Indexed, Sealed, Stand, stand};
pub use tables::{Column, Entity, Model};

/// Reads the master keys anew, each with the first version that comes from it: the operator may have added one.
pub type Masters = Arc<dyn Fn() -> Result<Vec<(u16, MasterKey)>, String> + Send + Sync>;
