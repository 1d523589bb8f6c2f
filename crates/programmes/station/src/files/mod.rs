//! Stations in files: workbooks and GeoJSON, out and in. What goes out comes in again unchanged.

pub mod columns;
pub mod export;
pub mod geojson;
pub mod import;
mod judge;
mod read;
pub mod template;
