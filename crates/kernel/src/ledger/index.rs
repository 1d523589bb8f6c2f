//! What figures need, kept as facts are written, so that no reading scans the ledger.

/// The running program's reading of the ledger; it follows the facts by their positions and can be rebuilt from them.
#[derive(Default)]
pub struct Index {}
