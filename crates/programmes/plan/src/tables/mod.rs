//! Rows, private to this programme.

pub mod approval;
pub mod breakdown;
pub mod budget_line;
pub mod chapter;
pub mod indicator;
pub mod manual_value;
pub mod measure;
pub mod payment;
pub mod plan;
pub mod reminder;
pub mod report;
pub mod target;
