//! Dues (会费): entered one by one, for many at once, or from a table; taken back where it was a mistake.

pub mod enter;
pub mod files;
pub mod list;
pub mod read_table;
pub mod take_back;
pub mod unpaid;

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Dues over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::get_dues, enter::post_dues))
        .routes(routes!(unpaid::get_unpaid))
        .routes(routes!(read_table::post_table))
        .routes(routes!(files::get_tables))
        .routes(routes!(files::get_undo, files::post_undo))
        .routes(routes!(take_back::post_take_back))
}
