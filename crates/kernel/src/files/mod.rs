//! Attachments: files that people hand in as evidence. They lie sealed in the database, so that one backup holds all. Pictures
//! tell nothing but what is seen on them.

mod bare;
mod expire;
mod fetch;
mod form;
/// The tables.
pub mod migration;
mod name;
pub mod permissions;
mod sniff;
mod store;
mod tables;
mod unname;
mod upload;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use expire::{EXPIRE, KEPT_DAYS};
pub use fetch::{Download, FetchAttachmentRefusal, fetch, get, names, open};
pub use form::{Cut, FileForm, Parts};
pub use permissions::ALL as PERMISSIONS;
pub use store::{LARGEST, StoreRefusal, store};
pub(crate) use tables::SEALED;
pub use tables::{Entity, Model};
pub(crate) use unname::unname;
pub(crate) use upload::cut;
pub use upload::{AttachmentForm, Stored, stored};

use crate::House;

/// Attachments over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().routes(routes!(upload::add_attachment)).routes(routes!(fetch::show_attachment))
}
