//! The life of a union on paper: from its preparation over approvals and elections to its end. Each step keeps its document
//! number (文号), its day and, where there is one, its file.

mod election;
pub(super) mod line;
mod merged;
pub mod migration;
pub(super) mod record;
mod rules;
mod tables;
pub(super) mod take_back;
mod unapproved;
mod write;

pub use election::{Election, SURPLUS};
pub use line::{FoundingChoice, FoundingFile, FoundingLine, FoundingRow, line};
pub use record::{NewFoundingStep, record};
pub use rules::{FoundingRefusal, FoundingStep};
pub use take_back::{StepTakenBack, take_back};
pub use write::Paper;

pub(super) use merged::{merged_on, was_merged};
pub(super) use unapproved::unapproved;
pub(super) use write::end;

use crate::rulebook::RuleDefinition;

/// The rules of this module.
pub const RULES: &[RuleDefinition] = &[SURPLUS];
