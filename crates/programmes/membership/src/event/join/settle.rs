//! What becomes of who came in: noted with the event, approved if it approves at once, and told in words.

use database::{Id, Unit};
use kernel::{
    Context, Problem,
    ledger::NewFact,
    organisation::{self, tree},
    outbox::NewEvent,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::JoinAnswer;
use crate::{
    approve::{Past, admit_at, passes, passes_with},
    ask_transfer::waits_in_words,
    consent::JOINING,
    enter::{Applicant, Entered},
    event::{gifts, view::is_open},
    rules::standing::{Standing, Step},
    serial,
    step::{Change, found},
    tables::{event, join, kit, member, transfer},
};

/// Why an event's member is approved without an officer.
const AT_ONCE: &str = "按集中入会活动的规则当场批准";

/// Settles it in the unit of the join.
///
/// # Errors
/// A fault.
pub(super) async fn settle(
    unit: &Unit,
    caller: &Context,
    event: &event::Model,
    (applicant, entered): (&Applicant, Entered),
) -> Result<(Id, JoinAnswer), Problem> {
    let (member, transfer, unknown) = match entered {
        Entered::Unknown(member) => (member, None, true),
        Entered::Applied(member) | Entered::Already(member) => (member, None, false),
        Entered::TransferAsked(member, transfer) => (member, Some(transfer), false),
    };
    let (person, place) = (member.person_id, format!("event/{}", event.id));
    // Of somebody whom nobody knew nothing can be found, so nothing is asked: nearly all who join at an event are such.
    let (before, past) = if unknown {
        JOINING.give_first(unit, caller, person, &place)?;
        let checked = &applicant.checked;
        (None, Some(Past { birth: checked.document.birth, has_phone: checked.phone.is_some(), ended: None }))
    } else {
        JOINING.give(unit, caller, person, &place).await?;
        (joined(unit, event, person).await?, None)
    };
    let already = before.is_some() || member.state.is_member();
    let to = transfer.as_ref().map(|transfer| transfer.to_organisation_id);
    let (member, gate) = note(unit, caller, (event, event.approves_at_once), (member, to, past), before).await?;
    let organisation = tree::name(unit, member.organisation_id).await?;
    let told = message(unit, caller, &member, transfer.as_ref(), (already, &organisation)).await?;
    Ok((person, answer(event, member, (gate, told, already), organisation)?))
}

/// Notes who came to the event's desk, as [`settle`] does for a phone; what he agreed to stands on the paper he signed.
/// Answers his membership.
///
/// # Errors
/// A fault.
pub(crate) async fn settle_at_desk(
    unit: &Unit,
    caller: &Context,
    event: &event::Model,
    entered: Entered,
) -> Result<Entered, Problem> {
    let (member, to) = match &entered {
        Entered::Unknown(member) | Entered::Applied(member) | Entered::Already(member) => (member.clone(), None),
        Entered::TransferAsked(member, transfer) => (member.clone(), Some(transfer.to_organisation_id)),
    };
    let before = joined(unit, event, member.person_id).await?;
    // What is entered of an event that is over waits for an officer. At a desk nobody agrees anew: who took his consent back
    // waits, too, and whoever approves reads why.
    let at_once = event.approves_at_once
        && is_open(event, caller.now().into())
        && JOINING.withdrawn(unit, member.person_id).await?.is_none();
    let (member, _) = note(unit, caller, (event, at_once), (member, to, None), before).await?;
    Ok(match entered {
        Entered::Unknown(_) | Entered::Applied(_) => Entered::Applied(member),
        Entered::Already(_) => Entered::Already(member),
        asked @ Entered::TransferAsked(..) => asked,
    })
}

/// Notes with the event who came, once, and welcomes who is new. Answers also the table at which his kit waits.
async fn note(
    unit: &Unit,
    caller: &Context,
    (event, at_once): (&event::Model, bool),
    (member, to, past): (member::Model, Option<Id>, Option<Past>),
    before: Option<join::Model>,
) -> Result<(member::Model, Option<String>), Problem> {
    let Some(before) = before else {
        database::insert::<join::Entity>(unit, noted(caller, event, &member, to))?;
        return welcome(unit, caller, (event, at_once), (member, past)).await;
    };
    take_up(unit, event, &before, &member);
    let gate = waiting_kit(unit, before).await?;
    Ok((member, gate))
}

/// What he reads.
fn answer(
    event: &event::Model,
    member: member::Model,
    (gate, told, already): (Option<String>, String, bool),
    organisation: String,
) -> Result<JoinAnswer, Problem> {
    Ok(JoinAnswer {
        message: gate.as_ref().map_or(told.clone(), |gate| format!("{told}请到“{gate}”领取礼包。")),
        gate,
        gifts: if member.event_id == Some(event.id) { gifts::of(event)? } else { Vec::new() },
        card_number: member.card_number,
        organisation,
        state: member.state,
        already,
    })
}

/// Settles it for somebody whom nobody knew and whom the event approves at once, for those who do so for many: nothing is
/// asked. The caller has found that his application passes by rule. Answers also what is told.
///
/// # Errors
/// A fault.
pub(super) fn settle_new(
    unit: &Unit,
    caller: &Context,
    event: &event::Model,
    application: &member::Model,
    (union, serial): (&organisation::Model, i64),
) -> Result<(JoinAnswer, Told), Problem> {
    JOINING.give_first(unit, caller, application.person_id, &format!("event/{}", event.id))?;
    let change = Change::new(caller, Step::Approve).because(Some(AT_ONCE));
    let (member, facts) = found(unit, caller, application, &change, serial::number(union, serial)?)?;
    let (gate, events) = gifts::promised(&member, event)?;
    let row = join::ActiveModel {
        approved_at: Set(Some(caller.now().into())),
        gate: Set(gate.clone()),
        ..noted(caller, event, application, None)
    };
    database::insert::<join::Entity>(unit, row)?;
    let welcome = welcomed(&union.name);
    Ok((answer(event, member, (gate, welcome, false), union.name.clone())?, Told { facts, events }))
}

/// What a join tells the ledger and the other programmes.
#[derive(Default)]
pub(super) struct Told {
    pub(super) facts: Vec<NewFact>,
    pub(super) events: Vec<NewEvent>,
}

fn welcomed(organisation: &str) -> String {
    format!("欢迎加入“{organisation}”！会员证已生成。")
}

async fn joined(unit: &Unit, event: &event::Model, person: Id) -> Result<Option<join::Model>, Problem> {
    let joined =
        join::Entity::find().filter(join::Column::EventId.eq(event.id)).filter(join::Column::PersonId.eq(person));
    Ok(joined.one(unit).await?)
}

/// Who was refused and applies again has joined once: what becomes of his new application is noted where he joined.
fn take_up(unit: &Unit, event: &event::Model, before: &join::Model, member: &member::Model) {
    let is_new = member.event_id == Some(event.id) && member.id != before.member_id;
    if member.state != Standing::Applied || !is_new || before.approved_at.is_some() {
        return;
    }
    let row = join::ActiveModel {
        member_id: Set(member.id),
        organisation_id: Set(member.organisation_id),
        worker_group: Set(member.worker_group.clone()),
        ..Default::default()
    };
    database::update(unit, join::Entity::update_many().set(row).filter(join::Column::Id.eq(before.id)));
}

/// The table at which his kit waits; none once it was handed over.
async fn waiting_kit(unit: &Unit, joined: join::Model) -> Result<Option<String>, Problem> {
    if joined.gate.is_none() {
        return Ok(None);
    }
    let given = kit::Entity::find_by_id(joined.id).one(unit).await?;
    Ok(joined.gate.filter(|_| given.is_none()))
}

/// Counts an application that waited before as the event's, and approves it if it is approved at once. Answers also the table
/// at which the new member's kit waits.
async fn welcome(
    unit: &Unit,
    caller: &Context,
    (event, at_once): (&event::Model, bool),
    (member, past): (member::Model, Option<Past>),
) -> Result<(member::Model, Option<String>), Problem> {
    if member.state != Standing::Applied {
        return Ok((member, None));
    }
    let is_new = member.event_id == Some(event.id);
    let application = member::Model { event_id: Some(event.id), ..member };
    if !is_new {
        let row = member::ActiveModel { event_id: Set(application.event_id), ..Default::default() };
        database::update(unit, member::Entity::update_many().set(row).filter(member::Column::Id.eq(application.id)));
    }
    if !at_once {
        return Ok((application, None));
    }
    let passed = match past {
        Some(past) => passes_with(unit, caller, &application, past).await,
        None => passes(unit, caller, &application).await,
    };
    match passed {
        Ok(()) => admit_at(unit, caller, application, (Some(AT_ONCE), Some(event))).await,
        Err(problem) if problem.fault.is_some() => Err(problem),
        // An officer looks; the application waits.
        Err(_) => Ok((application, None)),
    }
}

async fn message(
    unit: &Unit,
    caller: &Context,
    member: &member::Model,
    transfer: Option<&transfer::Model>,
    (already, organisation): (bool, &str),
) -> Result<String, Problem> {
    Ok(match (transfer, already, member.state) {
        (Some(waiting), ..) => {
            let waits = waits_in_words(unit, caller, waiting).await?;
            format!("您已是“{organisation}”的会员，一人只有一个会籍。{waits}")
        }
        (None, true, state) => format!("您已办理过，会籍在“{organisation}”，状态：{}。", state.label()),
        (None, false, Standing::Normal) => welcomed(organisation),
        (None, false, _) => format!("已收到您加入“{organisation}”的申请，批准后会员证会显示在“我的会员证”。"),
    })
}

/// The event's row for somebody who joined at it.
fn noted(caller: &Context, event: &event::Model, member: &member::Model, to: Option<Id>) -> join::ActiveModel {
    join::ActiveModel {
        id: Set(caller.id()),
        event_id: Set(event.id),
        person_id: Set(member.person_id),
        member_id: Set(member.id),
        organisation_id: Set(to.unwrap_or(member.organisation_id)),
        worker_group: Set(member.worker_group.clone()),
        joined_at: Set(caller.now().into()),
        approved_at: Set(None),
        already_member: Set(member.state.is_member()),
        gate: Set(None),
    }
}
