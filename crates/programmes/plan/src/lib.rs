//! Story 1, the plan: what a union means to reach in a year, broken down to those below it, and read off its own records.
//! One value, [`programme`], is all that the server knows of it.

mod actual;
pub mod approval;
pub mod board;
pub mod breakdown;
pub mod budget;
pub mod change;
pub mod create;
mod draft;
mod form;
pub mod import_plan;
pub mod indicators;
mod kept;
mod like;
pub mod list;
mod migrations;
pub mod permissions;
mod programme;
mod reach;
pub mod record_value;
pub mod remind;
pub mod report;
pub mod reverse_value;
mod routes;
pub mod rules;
pub mod series;
mod spent;
mod stand;
mod tables;
mod targets;
mod tells;
pub mod view;
pub mod year_before;

pub use change::publish;
pub use create::create_from;
pub use draft::{BudgetDraft, IndicatorDraft, MeasureDraft, PlanDraft};
pub use programme::programme;
pub use rules::progress::Goal;
pub use tables::indicator::{Counting, Source as IndicatorSource};
