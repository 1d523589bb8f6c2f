//! What programmes say before an organisation is closed.

use std::pin::Pin;

use database::{Id, Unit};

use crate::{Context, Problem};

/// Refuses, in the unit that closes the organisation, while something of the programme's still hangs on it.
pub type OnClose =
    for<'a> fn(&'a Unit, &'a Context, Id) -> Pin<Box<dyn Future<Output = Result<(), Problem>> + Send + 'a>>;
