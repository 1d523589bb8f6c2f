//! The tables of the hall at which kits are handed over.

use kernel::{Fault, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{rules::gate::table_for, tables::event};

/// A table of the hall. The device at it names itself by the same name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = KitGate)]
pub struct Gate {
    /// What it is called: 一号台.
    pub name: String,
    /// How many kits lie there at the beginning.
    pub kits: i64,
}

/// The most tables.
const MOST: usize = 30;
/// The most kits at one.
const MOST_KITS: i64 = 1_000_000;

/// Whether tables are named, each once, and hold a sensible number of kits.
#[must_use]
pub fn are_right(gates: &[Gate]) -> bool {
    let named = |gate: &Gate| (1..=20).contains(&gate.name.trim().chars().count());
    let once = |(at, gate): (usize, &Gate)| gates.iter().take(at).all(|other| other.name.trim() != gate.name.trim());
    gates.len() <= MOST
        && gates.iter().all(|gate| named(gate) && (0..=MOST_KITS).contains(&gate.kits))
        && gates.iter().enumerate().all(once)
}

/// The tables as the row keeps them.
///
/// # Errors
/// A fault.
pub fn text(gates: &[Gate]) -> Result<String, Problem> {
    let kept: Vec<Gate> =
        gates.iter().map(|gate| Gate { name: gate.name.trim().to_owned(), kits: gate.kits }).collect();
    serde_json::to_string(&kept).map_err(|err| Fault::Stored(err.to_string()).into())
}

/// The tables of an event.
///
/// # Errors
/// The row holds something else.
pub fn of(event: &event::Model) -> Result<Vec<Gate>, Problem> {
    serde_json::from_str(&event.gates).map_err(|err| Fault::Stored(format!("an event's tables: {err}")).into())
}

/// The table at which whoever has this card is awaited.
///
/// # Errors
/// The row holds something else.
pub fn awaited(event: &event::Model, card_number: Option<&str>) -> Result<Option<String>, Problem> {
    let gates = of(event)?;
    let kits: Vec<i64> = gates.iter().map(|gate| gate.kits).collect();
    // Six digits of the division, nine of the running number, one to check.
    let serial = card_number.and_then(|number| number.get(6..15)).and_then(|serial| serial.parse().ok());
    let place = serial.and_then(|serial| table_for(serial, &kits));
    Ok(place.and_then(|place| gates.into_iter().nth(place)).map(|gate| gate.name))
}
