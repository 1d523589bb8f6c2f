//! What the codes that the acts of this programme tell are called.

use kernel::{audit::Tells, coded};

use crate::tables::approval::ApprovalState;

/// All of them.
pub const ALL: &[Tells] = &[Tells::Code("plan.state", |code| coded(code, ApprovalState::label))];
