//! Whom a code names that somebody shows. A programme that issues codes reads them for the others.

use chrono::{DateTime, Utc};
use database::{Id, Unit};

use crate::{Answer, Context, Problem};

/// Reads a code as it held at an instant: the person whom it names, or none where the code is not the programme's. Refuses
/// in words what is the programme's and does not hold.
pub type OnShow = for<'a> fn(&'a Unit, &'a Context, &'a str, DateTime<Utc>) -> Answer<'a, Option<Id>>;

/// The person whom a code names that was shown at an instant, whichever programme issued it.
///
/// # Errors
/// 422 of the programme whose code does not hold; a fault.
pub async fn shown(unit: &Unit, context: &Context, code: &str, at: DateTime<Utc>) -> Result<Option<Id>, Problem> {
    for read in context.house().programmes().iter().flat_map(|programme| programme.on_show) {
        if let Some(person) = read(unit, context, code, at).await? {
            return Ok(Some(person));
        }
    }
    Ok(None)
}
