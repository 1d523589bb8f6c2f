//! Whom a station is for: its door, and whatever is taken or booked there.

use kernel::{Id, Problem, Unit, ledger};

use crate::tables::station::{self, StationAccess};

kernel::refusals! {
    /// Why somebody gets nothing at a station.
    pub enum AccessRefusal {
        /// It is for members, and he is none.
        MembersOnly = 409 "station_members_only" "这个驿站仅供工会会员使用，请先入会，或看看别的驿站。",
    }
}

/// Whether a station is for a person.
///
/// # Errors
/// A fault of the database.
pub async fn admits(unit: &Unit, station: &station::Model, person: Id) -> Result<bool, Problem> {
    Ok(match station.access {
        StationAccess::Everyone => true,
        StationAccess::Members => ledger::members(unit, &[person]).await?.contains(&person),
    })
}

/// Refuses a person for whom a station isn't.
///
/// # Errors
/// [`AccessRefusal`].
pub async fn check(unit: &Unit, station: &station::Model, person: Id) -> Result<(), Problem> {
    if admits(unit, station, person).await? { Ok(()) } else { Err(AccessRefusal::MembersOnly.into()) }
}
