//! Shifts and volunteers at once, for who sets a house up.

use database::insert_all;
use kernel::{
    Context, Id, Problem, Unit,
    ledger::{self, NewFact, Source},
};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{HOURS, form::ShiftForm};
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
            let id = context.id();
            let hours = helper.hours.filter(|hours| *hours > 0);
            facts.extend(hours.map(|quantity| NewFact {
                kind: HOURS,
                organisation: one.organisation,
                person: Some(helper.person),
                group: helper.group.clone(),
                quantity,
                amount_fen: 0,
                day: row.day,
                source: Source { kind: "station/volunteer", id },
                reverses: None,
            }));
            places.push(volunteer::Model {
                id,
                shift_id: row.id,
                person_id: helper.person,
                offered: false,
                signed_at: context.now().into(),
                hours: helper.hours,
                confirmed_at: helper.hours.map(|_| row.span().ends().into()),
                fact_id: None,
            });
        }
        shifts.push(row.into_active_model().reset_all());
    }
    let posted = ledger::post(unit, context, &facts).await?;
    for (fact, id) in facts.iter().zip(posted) {
        if let Some(place) = places.iter_mut().find(|place| place.id == fact.source.id) {
            place.fact_id = Some(id);
        }
    }
    insert_all::<shift::Entity>(unit, shifts).await?;
    let places = places.into_iter().map(|place| place.into_active_model().reset_all()).collect();
    insert_all::<volunteer::Entity>(unit, places).await?;
    Ok(())
}
