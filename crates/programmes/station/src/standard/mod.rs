//! The standard that stations are held to: a checklist by the five strengths, inspections planned and unannounced, what they
//! found and how it was mended, and the stars that follow from the latest.

pub mod cancel;
pub mod cancel_many;
pub mod draft;
pub mod due;
pub mod export;
pub mod findings;
pub mod finish;
pub mod inspections;
pub mod items;
pub mod keep;
pub mod many;
pub mod marks;
pub mod mend;
pub mod numbers;
pub mod plan;
pub mod plan_many;
mod stars;
pub mod take_back;
mod unannounced;

use kernel::House;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use crate::tables::{
    finding::FindingState,
    inspection::{InspectionKind, InspectionState},
    standard::{Model as StandardItem, Strength},
};
pub(crate) use unannounced::told;

/// The use cases over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(items::get_standard, keep::post_item))
        .routes(routes!(keep::put_item))
        .routes(routes!(inspections::get_inspections, plan::post_inspection))
        .routes(routes!(inspections::get_inspection))
        .routes(routes!(plan_many::post_plan))
        .routes(routes!(cancel::post_cancel))
        .routes(routes!(cancel_many::post_cancel))
        .routes(routes!(draft::post_draft))
        .routes(routes!(export::post_export))
        .routes(routes!(finish::post_finish))
        .routes(routes!(take_back::post_take_back))
        .routes(routes!(findings::get_findings))
        .routes(routes!(mend::post_report))
        .routes(routes!(mend::post_judge))
}
