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
    ledger, organisation, outbox,
    person::{self, paper},
    together::{self, Together},
};

use super::{
    Joined, PURPOSE,
    lists::Lists,
    settle::{Told, settle_new},
};
use crate::{
    enter::{Applicant, application},
    serial,
    tables::event,
};

/// Whose rows go to the database at once: each statement is answered by it, and each answer wakes somebody.
const AT_ONCE: usize = 16;

/// Those who join in this process.
#[derive(Default)]
struct Hall(Arc<Together<Joiner, Option<Answer>>>);

/// Who joined, or that his code was wrong.
type Answer = Result<Joined, one_time::Wrong>;

/// Somebody who joins, and waits until it is on disk; he hears nothing if he must go by himself.
type Asked = together::Asked<Joiner, Option<Answer>>;

/// Somebody who joins.
pub(super) struct Joiner {
    caller: Context,
    /// The code of the event.
    pub event: String,
    pub applicant: Applicant,
    phone: String,
    code: String,
    /// The rows that he becomes; sealing them costs more than writing them, so it is done before the unit.
    rows: (person::ActiveModel, paper::ActiveModel),
}

/// Joins together with all who join now, at the event with this code; nothing is written for whom it answers nothing.
/// The applicant's union, group and platform need no check before.
pub(super) async fn join(caller: &Context, event: &str, applicant: Applicant, code: &str) -> Option<Answer> {
    let phone = applicant.checked.phone.clone()?;
    let index = person::paper_index(caller.house().keyring(), &applicant.checked.document);
    let rows = person::rows(caller, &applicant.person, &applicant.checked, &index);
    let (event, code) = (event.to_owned(), code.to_owned());
    let joiner = Joiner { caller: caller.clone(), event, applicant, phone, code, rows };
    let (house, at_work) = (caller.house(), caller.house().clone());
    let answer = house.here::<Hall>().0.ask(house, joiner, move |asked| settle_all(at_work.clone(), asked));
    answer.await.flatten()
}

/// The answered by their places, and the events that they joined.
type Settled = (HashMap<usize, Answer>, HashSet<Id>);

async fn settle_all(house: House, asked: Vec<Asked>) {
    let context = &Context::system(&house, "those who join at an event");
    let joiners: Vec<&Joiner> = asked.iter().map(|one| &one.question).collect();
    let settled = context.unit(|unit| settle(unit, context, &joiners)).await;
    // After a fault each goes on by himself, and is told if it lasts.
    let (mut settled, events) = settled.unwrap_or_default();
    for event in events {
        house.live().changed(format!("event/{event}"));
    }
    for (place, one) in asked.into_iter().enumerate() {
        one.tell(settled.remove(&place));
    }
}

/// Settles those of whom nothing needs a look, and counts wrong codes as tries; answers both by their places, and the
/// events that were joined.
async fn settle(unit: Unit, context: &Context, asked: &[&Joiner]) -> Result<Settled, Problem> {
    let unit = &unit;
    let lists = Lists::read(unit, context, asked).await?;
    let given: Vec<(&str, &str)> = asked.iter().map(|one| (one.phone.as_str(), one.code.as_str())).collect();
    let codes = one_time::right(unit, context, PURPOSE, &given).await?;
    let documents: Vec<_> = asked.iter().map(|one| one.applicant.checked.document.clone()).collect();
    let holders = person::find_by_documents(unit, context.house().keyring(), &documents).await?;
    let numbers: Vec<&str> = asked.iter().map(|one| one.phone.as_str()).collect();
    let held = person::phones_held(unit, context, &numbers).await?;
    let answered = asked.iter().filter_map(|one| one.caller.fingerprint()).collect();
    let mut answered = Context::answered(unit, answered).await?;
    // A call that came twice by now is answered once here.
    let mut is_new = |one: &Joiner| one.caller.fingerprint().is_none_or(|call| answered.insert(call));

    let (mut phones, mut papers) = (HashSet::new(), HashSet::new());
    let (mut fit, mut wrong) = (Vec::with_capacity(asked.len()), Vec::new());
    for (place, ((one, code), holder)) in asked.iter().zip(codes).zip(holders).enumerate() {
        let (None, true, false) = (holder, is_new(one), held.contains(one.phone.as_str())) else { continue };
        let Some((event, union)) = lists.fits(context, one) else { continue };
        // Of two with the same phone or paper the second sees what the first wrote.
        let document = &one.applicant.checked.document;
        let first = phones.insert(&one.phone) && papers.insert((document.kind.code(), &document.number));
        match code {
            _ if !first => {}
            Some(code) => fit.push(Fit { place, one, code, event, union }),
            None => wrong.push((place, one)),
        }
    }
    let mut settled = HashMap::with_capacity(fit.len() + wrong.len());
    if !wrong.is_empty() {
        one_time::count(unit, context, PURPOSE, wrong.iter().map(|(_, one)| one.phone.as_str()));
    }
    for (place, one) in wrong {
        let answer = Answer::Err(one_time::Wrong);
        one.caller.keep_answer(unit, &answer)?;
        settled.insert(place, answer);
    }
    if fit.is_empty() {
        return Ok((settled, HashSet::new()));
    }
    let mut told = Told::default();
    let mut serials = serial::take(unit, fit.len()).await?..;
    let joined = fit.iter().map(|one| one.event.id).collect();
    for some in fit.chunks(AT_ONCE) {
        let before = async { Ok(unit.send().await.map_err(kernel::Fault::from)?) };
        let next = async {
            one_time::use_up(unit, PURPOSE, some.iter().map(|one| &one.code));
            some.iter().zip(&mut serials).map(|(one, serial)| one.settle(unit, serial)).collect::<Result<Vec<_>, _>>()
        };
        // Their rows are made while the database writes those before.
        let ((), answers) = tokio::try_join!(biased; before, next)?;
        for (one, (joined, tells)) in some.iter().zip(answers) {
            told.facts.extend(tells.facts);
            told.events.extend(tells.events);
            settled.insert(one.place, Ok(joined));
        }
    }
    ledger::post(unit, context, &told.facts).await?;
    outbox::publish_all(unit, context, told.events).await?;
    Ok((settled, joined))
}

/// Somebody of whom nothing needs a look.
struct Fit<'a> {
    place: usize,
    one: &'a Joiner,
    code: one_time::Model,
    event: &'a event::Model,
    union: &'a organisation::Model,
}

impl Fit<'_> {
    /// Hands in what he becomes, with this number on his card.
    fn settle(&self, unit: &Unit, serial: i64) -> Result<(Joined, Told), Problem> {
        let (caller, (row, paper)) = (&self.one.caller, self.one.rows.clone());
        let person = *row.id.as_ref();
        database::insert::<person::Entity>(unit, row)?;
        database::insert::<paper::Entity>(unit, paper)?;
        let applicant = Applicant { event_id: Some(self.event.id), ..self.one.applicant.clone() };
        let application = application(caller, &applicant, person);
        let (answer, told) = settle_new(unit, caller, self.event, &application, (self.union, serial))?;
        let secret = sessions::secret(caller);
        sessions::open(unit, caller, &secret, None, Some(person))?;
        let joined = Joined { person, answer, secret };
        caller.keep_answer(unit, &Ok::<_, one_time::Wrong>(&joined))?;
        Ok((joined, told))
    }
}
