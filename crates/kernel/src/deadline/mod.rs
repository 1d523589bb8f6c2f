//! Terms that may stand still: what an applicant's papers keep waiting is paused with a reason and taken up again, and the
//! last day moves by the days that did not count. One place for every programme: it names the record and the rule, and asks
//! here how the term stands.

mod ask;
mod keep;
pub mod migration;
mod standing;
mod tables;

pub use ask::{due_before, moved, nearly_due, paused, waiting_for_calendar};
pub use keep::{TermReason, TermRefusal, blank, pause, reckon, resume};
pub use standing::{TermPause, TermStanding, TermState, standing_of, standings};
pub use tables::{Model, Unit};

use chrono::NaiveDate;
use database::Id;

use crate::rulebook::RuleDefinition;

/// A term of a programme's record.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// What it is, as the programme calls it: `membership.application`.
    pub kind: &'static str,
    /// The record.
    pub subject: Id,
    /// The organisation whose rules and calendar hold.
    pub organisation: Id,
    /// The day of the event that set it running, which does not count.
    pub started_on: NaiveDate,
    /// What it is counted in.
    pub unit: Unit,
    /// The rule that says how many.
    pub rule: &'static RuleDefinition,
}
