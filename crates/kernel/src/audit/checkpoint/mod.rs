//! Checkpoints of the audit chain: signed lines that tell how far the chain was and what its last hash was. Kept where the
//! machine's owner can't reach, they show if he wrote the whole chain anew, which the chain alone can't.

mod compare;
pub(super) mod fetch;
mod line;
mod make;
/// The table.
pub mod migration;
mod tables;

use std::pin::Pin;

pub use compare::compare;
pub use fetch::{CheckpointRow, CheckpointStanding};
pub use line::Checkpoint;
pub use make::{JOB, latest};
pub use tables::Entity;

/// Takes checkpoints to a place that this machine's owner has no hand in.
pub trait CheckpointKeeper: Send + Sync {
    /// Keeps a line. The same line may come twice.
    fn keep<'a>(&'a self, line: &'a str) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;
}
