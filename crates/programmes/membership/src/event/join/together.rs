//! Those who join at the same moment. Nearly all at an event are people whom nobody knows, of whom nothing needs a look:
//! they are settled by one unit, which asks its questions once for all of them. Everybody else goes on by himself.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use database::{Id, Unit};
use kernel::{
    Context, House, Problem,
    access::{codes as one_time, sessions},
    ledger, organisation,
    person::{self, paper},
    rulebook,
    together::Together,
};
use sea_orm::entity::prelude::*;
use tokio::sync::oneshot;

use super::{Joined, PURPOSE, settle::settle_new};
use crate::{
    enter::{Applicant, apply},
    event::view::is_open,
    programme::LEAST_AGE,
    rules::approval::{Application, by_rule},
    serial,
    tables::event,
};

/// Those who join in this process.
#[derive(Default)]
struct Hall(Arc<Together<Asked>>);

/// Somebody who joins and waits.
struct Asked {
    caller: Context,
    event: Id,
    applicant: Applicant,
    phone: String,
    code: String,
    /// The rows that he becomes; sealing them costs more than writing them, so it is done before the unit.
    rows: (person::ActiveModel, paper::ActiveModel),
    /// Told once it is on disk; nothing if he must go by himself.
    answer: oneshot::Sender<Option<Joined>>,
}

/// Joins together with all who join now; nothing is written for whom it answers nothing.
pub(super) async fn join(caller: &Context, event: Id, applicant: &Applicant, code: &str) -> Option<Joined> {
    let phone = applicant.checked.phone.clone()?;
    let index = person::paper_index(caller.house().keyring(), &applicant.checked.document);
    let rows = person::rows(caller, &applicant.person, &applicant.checked, &index);
    let (answer, heard) = oneshot::channel();
    let (caller, applicant, code) = (caller.clone(), applicant.clone(), code.to_owned());
    let house = caller.house().clone();
    let at_work = house.clone();
    let one = Asked { caller, event, applicant, phone, code, rows, answer };
    house.here::<Hall>().0.enter(&house, one, move |asked| settle_all(at_work.clone(), asked));
    heard.await.ok().flatten()
}

async fn settle_all(house: House, asked: Vec<Asked>) {
    let context = &Context::system(&house, "those who join at an event");
    let settled = context.unit(|unit| settle(unit, context, &asked)).await;
    // After a fault each goes on by himself, and is told if it lasts.
    let mut settled = settled.unwrap_or_default();
    for (place, one) in asked.into_iter().enumerate() {
        let _may_be_gone = one.answer.send(settled.remove(&place));
    }
}

/// Settles those of whom nothing needs a look; answers them by their places.
async fn settle(unit: Unit, context: &Context, asked: &[Asked]) -> Result<HashMap<usize, Joined>, Problem> {
    let unit = &unit;
    let events: HashSet<Id> = asked.iter().map(|one| one.event).collect();
    let events = event::Entity::find().filter(event::Column::Id.is_in(events)).all(unit).await?;
    let events: HashMap<Id, event::Model> = events.into_iter().map(|event| (event.id, event)).collect();
    let unions: HashSet<Id> = asked.iter().map(|one| one.applicant.person.organisation_id).collect();
    let unions = organisation::Entity::find().filter(organisation::Column::Id.is_in(unions)).all(unit).await?;
    let unions: HashMap<Id, organisation::Model> = unions.into_iter().map(|union| (union.id, union)).collect();
    let mut least = HashMap::with_capacity(unions.len());
    for union in unions.keys() {
        least.insert(*union, rulebook::number(unit, context, &LEAST_AGE, *union, context.today()).await?);
    }
    let given: Vec<(&str, &str)> = asked.iter().map(|one| (one.phone.as_str(), one.code.as_str())).collect();
    let codes = one_time::right(unit, context, PURPOSE, &given).await?;
    let documents: Vec<_> = asked.iter().map(|one| one.applicant.checked.document.clone()).collect();
    let holders = person::find_by_documents(unit, context.house().keyring(), &documents).await?;
    let answered = asked.iter().filter_map(|one| one.caller.fingerprint()).collect();
    let answered = Context::answered(unit, answered).await?;
    let is_new = |one: &Asked| one.caller.fingerprint().is_none_or(|call| !answered.contains(&call));

    let (mut phones, mut papers) = (HashSet::new(), HashSet::new());
    let mut fit = Vec::with_capacity(asked.len());
    for (place, ((one, code), holder)) in asked.iter().zip(codes).zip(holders).enumerate() {
        let union = one.applicant.person.organisation_id;
        let (Some(code), None, true) = (code, holder, is_new(one)) else { continue };
        let (Some(event), Some(union), Some(least)) = (events.get(&one.event), unions.get(&union), least.get(&union))
        else {
            continue;
        };
        let open = event.approves_at_once && is_open(event, context.now().into());
        // Of two with the same phone or paper the second sees what the first wrote.
        let document = &one.applicant.checked.document;
        let first = phones.insert(&one.phone) && papers.insert((document.kind.code(), &document.number));
        if open && first && passes(&one.applicant, *least, context) {
            fit.push((place, one, code, event, union));
        }
    }
    if fit.is_empty() {
        return Ok(HashMap::new());
    }
    let mut facts = Vec::with_capacity(fit.len() * 2);
    let mut settled = HashMap::with_capacity(fit.len());
    let serial = serial::take(unit, fit.len()).await?;
    for (serial, (place, one, code, event, union)) in (serial..).zip(fit) {
        // For each by himself, so that the text is the same each time.
        unit.send().await.map_err(kernel::Fault::from)?;
        code.use_up(unit);
        let (caller, (row, paper)) = (&one.caller, one.rows.clone());
        let person = *row.id.as_ref();
        database::insert::<person::Entity>(unit, row)?;
        database::insert::<paper::Entity>(unit, paper)?;
        let application = apply(unit, caller, &one.applicant, person)?;
        let (answer, told) = settle_new(unit, caller, event, &application, (union, serial))?;
        facts.extend(told);
        let secret = sessions::secret(caller);
        sessions::open(unit, caller, &secret, None, Some(person))?;
        let joined = Joined { person, answer, secret };
        caller.keep_answer(unit, &joined)?;
        settled.insert(place, joined);
    }
    ledger::post(unit, context, &facts).await?;
    Ok(settled)
}

/// Whether somebody whom nobody knew is approved without an officer.
fn passes(applicant: &Applicant, least: i64, context: &Context) -> bool {
    let birth = applicant.checked.document.birth;
    let has_phone = applicant.checked.phone.is_some();
    let facts = Application { birth, group: applicant.person.worker_group.as_deref(), has_phone, ended: None };
    by_rule(facts, least, context.today()).is_ok()
}
