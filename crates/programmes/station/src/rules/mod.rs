//! The field's rules: values in, values or a refusal out.

pub mod clock;
pub mod hours;
pub mod lateness;
pub mod need;
pub mod posts;
pub mod seats;
pub mod standard;
pub mod standing;
