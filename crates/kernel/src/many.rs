//! Acts on several records at once, in one unit of work: each is judged as if it were alone, and what can't be done is named and
//! stays as it is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Problem};

/// The most in one call.
pub const MOST: usize = 200;

/// A record that stays as it was.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NotDone {
    /// The record.
    pub id: Id,
    /// Why.
    pub reason: String,
}

impl NotDone {
    /// Names one that was refused.
    ///
    /// # Errors
    /// The problem, where it ends the whole act: a record that is absent or foreign, a fault.
    pub fn of(id: Id, problem: Problem) -> Result<Self, Problem> {
        if problem.fault.is_some() || problem.status == 404 {
            return Err(problem);
        }
        Ok(Self { id, reason: problem.detail })
    }
}
