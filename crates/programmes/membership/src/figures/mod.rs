//! Figures of this programme that are no plain sums: shares of active workers who are members, and where platform
//! companies' branches have a union.

pub mod matrix;
pub mod set_up;
pub mod shares;
pub mod todo;
pub mod trend;
