//! The register of impact assessments (个人信息保护影响评估). Before sensitive information is handled its effects are assessed,
//! and the record is kept for three years at least (个人信息保护法 art. 55 and 56); so none is ever taken away.

pub mod attached;
pub mod export;
pub mod keep;
pub mod list;
/// The table.
pub mod migration;
pub mod missing;
mod stands;
mod tables;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use tables::{AssessmentConclusion, Column, Entity, Model};

use crate::{House, audit::Label};

/// What its acts are called in the audit chain.
pub const ACTS: [Label; 3] = [
    Label("assessments.create", "登记个人信息保护影响评估"),
    Label("assessments.change", "修改个人信息保护影响评估"),
    Label("assessments.attach", "上传个人信息保护影响评估的附件"),
];

/// The register over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::list_assessments, keep::post_assessment))
        .routes(routes!(keep::put_assessment))
        .routes(routes!(attached::post_file))
        .routes(routes!(attached::get_file))
        .routes(routes!(missing::list_missing))
        .routes(routes!(export::post_export))
}
