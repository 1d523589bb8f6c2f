//! A roster comes in: read, mapped, checked row by row without writing anything, then enrolled in batches. Each batch is one
//! unit of work with the marks of its rows, so a crash leaves no half row and the work goes on where it stood.

pub(crate) mod blank;
pub mod check;
pub mod empty;
pub mod file;
mod keep;
pub mod live;
mod read;
pub mod rows;
pub mod run;
pub mod show;
pub mod steps;
pub mod undo;
pub mod upload;

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use crate::{rules::roster::Verdict, tables::import::ImportState};

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(show::get_imports, upload::post_import))
        .routes(routes!(show::get_import))
        .routes(routes!(steps::put_columns))
        .routes(routes!(steps::post_check))
        .routes(routes!(steps::post_start))
        .routes(routes!(steps::post_cancel))
        .routes(routes!(steps::post_undo))
        .routes(routes!(rows::get_rows))
        .routes(routes!(file::get_bad))
        .routes(routes!(file::get_template))
        .routes(routes!(live::get_live))
}
