//! Rows of this programme. Table names carry its name.

pub mod consent;
pub mod event;
pub mod event_union;
pub mod history;
pub mod join;
pub mod kit;
pub mod member;
pub mod privacy_request;
pub mod serial;
pub mod transfer;
