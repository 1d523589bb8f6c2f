//! What becomes of sign-ups when two people turn out to be one.

use std::pin::Pin;

use kernel::{Context, Problem, Unit, person::Merging};

use crate::tables::signup;

/// What the kernel calls in the unit that merges two people: what either signed up for is the remaining record's.
pub fn merge_signups<'a>(
    unit: &'a Unit,
    _: &'a Context,
    merging: Merging,
) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>> {
    Box::pin(merging.hand_over::<signup::Entity>(unit, signup::Column::PersonId))
}
