//! Rows of this programme. Table names carry its name.

pub mod due;
pub mod due_file;
pub mod event;
pub mod event_union;
pub mod history;
pub mod import;
pub mod import_block;
pub mod import_cells;
pub mod join;
pub mod kit;
pub mod lapse;
pub mod member;
pub mod privacy_request;
pub mod second_kit;
pub mod serial;
pub mod told;
pub mod transfer;
