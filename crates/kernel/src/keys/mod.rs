//! The versions of the house's keys for sealed values and blind indexes. Which one is written under stands in a table, so
//! that all server processes of a house follow; the keys themselves never do. After a rotation a job seals and indexes
//! every value anew, in batches, while the house serves; until it is done values are looked for under both versions. What
//! can't be opened is named, and may be set aside.

mod damage;
mod follow;
mod list;
/// The tables.
pub mod migration;
mod open;
mod reseal;
mod rotate;
mod sealed;
mod set_aside;
/// Blind indexes of before.
pub mod short_indexes;
mod tables;

use std::sync::Arc;

use secret::MasterKey;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::House;

pub(crate) use damage::unopened;
pub use follow::{KeyFault, age, follow, next_version, run};
pub use list::{KeyRefusal, KeyStanding, UnopenedValue, list, standing};
pub use open::{UNREADABLE, Unreadable, open, told};
pub(crate) use open::{open_file, seal_file};
pub(crate) use reseal::{FILES, JOB};
pub use rotate::{RotateRefusal, rotate};
pub use sealed::{Indexed, Sealed, Stand, stand};
pub use set_aside::{SetAside, set_aside};
pub use tables::{Column, Entity, Model};

/// Reads the master keys anew, each with the first version that comes from it: the operator may have added one.
pub type Masters = Arc<dyn Fn() -> Result<Vec<(u16, MasterKey)>, String> + Send + Sync>;

/// The use cases of keys over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::show_keys))
        .routes(routes!(list::list_unopened))
        .routes(routes!(set_aside::post_set_aside))
}
