//! One step of a membership.
