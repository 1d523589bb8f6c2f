//! Shifts and volunteers at once, for who sets a house up.

use database::insert_all;
use kernel::{Context, Id, Problem, Unit, ledger};

use super::{confirm::fact, form::ShiftForm};
use crate::tables::{shift, volunteer};

/// A shift of a house that is set up.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// Its particulars.
    pub form: ShiftForm,
    /// Who signed up.
    pub volunteers: Vec<Helper>,
}

/// Somebody who signed up.
#[derive(Debug, Clone)]
pub struct Helper {
    /// Who.
    pub person: Id,
    /// Of which worker group.
    pub group: Option<String>,
    /// How many hours he is credited; absent until it is confirmed.
    pub hours: Option<i64>,
}

/// Writes shifts and places, and the facts of hours that were credited.
///
/// # Errors
/// A fault.
pub async fn plan_many(unit: &Unit, context: &Context, all: &[Planned]) -> Result<(), Problem> {
    let (mut shifts, mut places, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for one in all {
        let row = one.form.row(context.id(), one.station, context.now().into());
        for helper in &one.volunteers {
            let place = volunteer::Model {
                id: context.id(),
                shift_id: row.id,
                person_id: helper.person,
                offered: false,
                signed_at: context.now().into(),
                hours: helper.hours,
                confirmed_at: helper.hours.map(|_| row.span().ends().into()),
                fact_id: None,
            };
            let hours = helper.hours.filter(|hours| *hours > 0);
            let at = (one.organisation, row.day);
            facts.extend(hours.map(|hours| fact(&place, at, helper.group.clone(), hours)));
            places.push(place);
        }
        shifts.push(row);
    }
    let posted = ledger::post(unit, context, &facts).await?;
    let credited = places.iter_mut().filter(|place| place.hours.is_some_and(|hours| hours > 0));
    for (place, fact) in credited.zip(posted) {
        place.fact_id = Some(fact);
    }
    insert_all::<shift::Entity>(unit, shifts).await?;
    insert_all::<volunteer::Entity>(unit, places).await?;
    Ok(())
}
