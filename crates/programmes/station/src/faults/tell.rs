//! The texts: to whoever keeps the station that something was reported, and to those who reported it what it turned out to be.

use kernel::{
    Answer, Context, Fault, Id, Moment, Problem, Unit,
    outbox::{self, JobKind},
    person,
};
use sea_orm::{QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    posts::on_duty,
    rules::fault::told_at,
    tables::{
        fault::{self, FaultState},
        fault_report, station,
    },
};

/// Tells one person how a fault stands.
pub const TELL: JobKind = person::telling("station_tell_fault", tell);

/// Whom to tell of what, as long as it stands so. A job each, so that a number which is refused keeps no text from the others.
#[derive(Debug, Serialize, Deserialize)]
struct Message {
    fault: Id,
    person: Id,
    state: FaultState,
}

/// Orders texts to those who keep the station; none of them is woken.
///
/// # Errors
/// A fault of the database.
pub(super) async fn keepers(unit: &Unit, context: &Context, row: &fault::Model) -> Result<(), Problem> {
    let people = on_duty(unit, row.station_id, context.today()).await?;
    order(unit, context, row, (&people, told_at(context.now()).into())).await
}

/// Orders texts to those who reported it.
///
/// # Errors
/// A fault of the database.
pub(super) async fn reporters(unit: &Unit, context: &Context, row: &fault::Model) -> Result<(), Problem> {
    let query = fault_report::Entity::find().select_only().column(fault_report::Column::PersonId).distinct();
    let people: Vec<Id> = query.filter(fault_report::Column::FaultId.eq(row.id)).into_tuple().all(unit).await?;
    order(unit, context, row, (&people, context.now().into())).await
}

async fn order(
    unit: &Unit,
    context: &Context,
    row: &fault::Model,
    (people, at): (&[Id], Moment),
) -> Result<(), Problem> {
    let told = |person: &Id| Message { fault: row.id, person: *person, state: row.state };
    let messages: Vec<Message> = people.iter().map(told).collect();
    outbox::enqueue_all(unit, context, TELL.code, &messages, at).await
}

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let told: Message =
            serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("a fault's message: {err}")))?;
        let conn = context.read();
        let row = fault::Entity::find_by_id(told.fault).filter(fault::Column::State.eq(told.state));
        // How it stands since then has a text of its own.
        let Some(row) = row.one(conn).await? else { return Ok(()) };
        let Some(station) = station::Entity::find_by_id(row.station_id).one(conn).await? else { return Ok(()) };
        let (name, label) = (&station.name, &row.item_label);
        // What a visitor typed is read on the page: a text goes out in the union's own words.
        let text = if row.state == FaultState::Open {
            format!("【娘家】有人反映{name}有问题（{label}），请到手机“我的驿站—设施”核实、答复。")
        } else {
            let answer = row.answer.as_deref().map(|answer| format!("（{}）", answer.trim_end_matches('。')));
            let (state, answer) = (row.state.label(), answer.unwrap_or_default());
            format!("【娘家】您反映的{name}问题（{label}）：{state}{answer}。")
        };
        person::tell(context, told.person, &text).await?;
        Ok(())
    })
}
