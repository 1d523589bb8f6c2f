//! What programmes say before an organisation is closed.

use database::{Id, Unit};

use crate::{Answer, Context};

/// Refuses, in the unit that closes the organisation, while something of the programme's still hangs on it.
pub type OnClose = for<'a> fn(&'a Unit, &'a Context, Id) -> Answer<'a>;
