//! Activities that were held, at once, for who sets a house up.

use chrono::{DateTime, Days, TimeDelta, Utc};
use database::insert_all;
use kernel::{Context, Id, Problem, Unit, ledger};

use super::{attend::fact, form::ActivityForm};
use crate::tables::{activity, signup};

/// How long before it an activity is announced.
const ANNOUNCED: Days = Days::new(7);

/// An activity that was held.
#[derive(Debug, Clone)]
pub struct Held {
    /// The station.
    pub station: Id,
    /// The union that answers for it.
    pub organisation: Id,
    /// Its particulars.
    pub form: ActivityForm,
    /// Who signed up, each once.
    pub signed: Vec<Signed>,
}

/// Somebody who signed up.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub person: Id,
    /// Of which worker group.
    pub group: Option<String>,
    /// Whether he came.
    pub came: bool,
}

/// Writes activities and who signed up, an hour after one another, and the facts of those who came.
///
/// # Errors
/// A fault.
pub async fn hold_many(unit: &Unit, context: &Context, all: &[Held]) -> Result<(), Problem> {
    let (mut activities, mut signups, mut facts) = (Vec::with_capacity(all.len()), Vec::new(), Vec::new());
    for one in all {
        let starts_at: DateTime<Utc> = one.form.starts_at.at();
        let (made_at, day) = (starts_at - ANNOUNCED, calendar::beijing_day(starts_at));
        let row = one.form.row(context.id(), one.station, made_at.into());
        for (signed, turn) in one.signed.iter().zip(1..) {
            let signup = signup::Model {
                id: context.id(),
                activity_id: row.id,
                person_id: signed.person,
                turn,
                wanted: true,
                signed_at: (made_at + TimeDelta::hours(turn)).into(),
                attended_at: signed.came.then_some(row.starts_at),
                fact_id: None,
            };
            if signed.came {
                facts.push(fact(&signup, (one.organisation, day), signed.group.clone()));
            }
            signups.push(signup);
        }
        activities.push(row);
    }
    let posted = ledger::post(unit, context, &facts).await?;
    for (signup, fact) in signups.iter_mut().filter(|signup| signup.attended_at.is_some()).zip(posted) {
        signup.fact_id = Some(fact);
    }
    insert_all::<activity::Entity>(unit, activities).await?;
    insert_all::<signup::Entity>(unit, signups).await?;
    Ok(())
}
