//! One step in the life of a membership, as every use case takes it: the rules are asked, then the row, the history, the
//! facts and the event for other programmes are written in the caller's unit of work.

mod tell;

use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{
    Context, Problem,
    ledger::{self, NewFact},
    organisation, person,
};
use sea_orm::{ActiveValue::Set, QueryOrder, entity::prelude::*};

use crate::{
    rules::standing::{Standing, Step},
    serial,
    tables::{history, member, privacy_request, transfer},
};
pub(crate) use tell::{RECORD, fact};
use tell::{announce, facts, source};

kernel::refusals! {
    /// Why a step is not taken.
    pub enum StepRefusal {
        /// The membership's standing does not allow it.
        NotAllowed { standing: &'static str, step: &'static str } = 409 "step_not_allowed"
            "该会籍现在是“{standing}”，不能办理“{step}”，请刷新后查看。",
        /// Nobody would know later why.
        ReasonMissing = 422 "reason_missing" "请填写原因。",
        /// The future is not known.
        DayInFuture = 422 "day_in_future" "日期不能晚于今天。",
        /// What came later stands already.
        DayTooEarly { last: String } = 422 "day_too_early" "日期不能早于会籍上一次变动或开始计入统计的{last}。",
    }
}

/// What a step is told.
#[derive(Debug, Clone)]
pub struct Change {
    /// What happens.
    pub step: Step,
    /// The day it holds from.
    pub day: NaiveDate,
    /// Why.
    pub reason: Option<String>,
    /// For a transfer that is accepted: where to.
    pub to: Option<Id>,
    /// For a transfer that is declined: where the membership stood before.
    pub before: Standing,
}

impl Change {
    /// A step of today without a word.
    pub fn new(context: &Context, step: Step) -> Self {
        Self { step, day: context.today(), reason: None, to: None, before: Standing::Normal }
    }

    /// The same with a reason, if one is given.
    pub fn because(self, reason: Option<&str>) -> Self {
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        Self { reason, ..self }
    }
}

/// Takes a step. The caller has loaded the membership in his scope, in this unit.
///
/// # Errors
/// The rules do not allow it, or a fault of the database.
pub async fn take(
    unit: &Unit,
    context: &Context,
    old: member::Model,
    change: Change,
) -> Result<member::Model, Problem> {
    let state = after(&old, &change)?;
    if change.step.needs_reason() && change.reason.is_none() {
        return Err(StepRefusal::ReasonMissing.into());
    }
    if change.day > context.today() {
        return Err(StepRefusal::DayInFuture.into());
    }
    check_order(unit, context, old.id, change.day).await?;
    // What is dated back, or takes back what counted since then, changes the figures of all days since, of which some may
    // have been handed up.
    let source = source(old.id);
    let counted = if change.step == Step::Undo { ledger::first_day_of(unit, &source).await? } else { None };
    let counts_from = counted.unwrap_or(change.day);
    if counts_from < context.today() {
        ledger::entries_allowed_since(unit, context, old.organisation_id, counts_from).await?;
    }
    let card_number = if change.step == Step::Approve {
        let union = change.to.unwrap_or(old.organisation_id);
        let union = organisation::Entity::find_by_id(union).one(unit).await?.ok_or_else(Problem::not_found)?;
        Some(serial::number(&union, serial::take(unit, 1).await?)?)
    } else {
        None
    };
    let (member, facts) = write(unit, context, &old, (state, &change), card_number)?;
    if change.step == Step::Undo {
        // A membership that never should have been counts on no day, neither as standing nor as joined.
        ledger::reverse_all_of(unit, context, &source).await?;
    } else {
        ledger::post(unit, context, &facts).await?;
    }
    Ok(member)
}

/// Writes down, as it stands then, an application that is approved in the moment it is made, by a person whom the union looks
/// after already; answers the facts that it tells, for those who post them for many at once.
///
/// # Errors
/// The rules do not allow it, or a fault.
pub fn found(
    unit: &Unit,
    context: &Context,
    application: &member::Model,
    change: &Change,
    card_number: String,
) -> Result<(member::Model, Vec<NewFact>), Problem> {
    let state = after(application, change)?;
    let member = stepped(context, application, (state, change), Some(card_number));
    database::insert::<member::Entity>(unit, member::ActiveModel::from(member.clone()).reset_all())?;
    let applied = Change::new(context, Step::Apply);
    database::insert::<history::Entity>(unit, written(context, application, &applied))?;
    database::insert::<history::Entity>(unit, written(context, &member, change))?;
    announce(unit, context, application, &member, change.step)?;
    let facts = facts(application, &member, change);
    Ok((member, facts))
}

fn after(old: &member::Model, change: &Change) -> Result<Standing, Problem> {
    let state = old.state.after(change.step, change.before);
    Ok(state.map_err(|not| StepRefusal::NotAllowed { standing: not.from.label(), step: not.step.label() })?)
}

/// The row, the history and the announcement of a step.
fn write(
    unit: &Unit,
    context: &Context,
    old: &member::Model,
    (state, change): (Standing, &Change),
    card_number: Option<String>,
) -> Result<(member::Model, Vec<NewFact>), Problem> {
    let new = stepped(context, old, (state, change), card_number);
    if !state.takes_the_place() {
        drop_waiting_transfer(unit, context, new.id);
    }
    save(unit, &new);
    database::insert::<history::Entity>(unit, written(context, &new, change))?;
    announce(unit, context, old, &new, change.step)?;
    if matches!(change.step, Step::Approve | Step::AcceptTransfer) {
        follow(unit, &new);
    }
    let facts = facts(old, &new, change);
    Ok((new, facts))
}

/// The membership after a step.
fn stepped(
    context: &Context,
    old: &member::Model,
    (state, change): (Standing, &Change),
    card_number: Option<String>,
) -> member::Model {
    let mut new = member::Model { state, changed_at: context.now().into(), version: old.version + 1, ..old.clone() };
    new.organisation_id = change.to.unwrap_or(old.organisation_id);
    new.valid_person_id = state.takes_the_place().then_some(old.person_id);
    if change.step == Step::Approve {
        new.member_since = Some(change.day);
        new.card_number = card_number;
    }
    new.ended_on = (!state.takes_the_place()).then_some(change.day);
    new
}

/// A life is told in order: a step back-dated behind another one would count somebody before he joined.
async fn check_order(unit: &Unit, context: &Context, member: Id, day: NaiveDate) -> Result<(), Problem> {
    if day >= context.today() {
        return Ok(());
    }
    let last = history::Entity::find()
        .filter(history::Column::MemberId.eq(member))
        .order_by_desc(history::Column::Day)
        .one(unit)
        .await?
        .map(|last| last.day);
    // Whom a roster brought late counts from a later day than the one he joined.
    let counted = ledger::first_day_of(unit, &source(member)).await?;
    match Ord::max(last, counted) {
        Some(last) if day < last => Err(StepRefusal::DayTooEarly { last: calendar::day_in_words(last) }.into()),
        _ => Ok(()),
    }
}

/// The union that has the member looks after the person from now on.
fn follow(unit: &Unit, member: &member::Model) {
    let mut row = person::ActiveModel { organisation_id: Set(member.organisation_id), ..Default::default() };
    if member.worker_group.is_some() {
        row.worker_group = Set(member.worker_group.clone());
    }
    database::update(unit, person::Entity::update_many().set(row).filter(person::Column::Id.eq(member.person_id)));
    database::update(unit, privacy_request::go_with([member.person_id], member.organisation_id));
}

fn save(unit: &Unit, new: &member::Model) {
    let row = member::ActiveModel {
        organisation_id: Set(new.organisation_id),
        state: Set(new.state),
        card_number: Set(new.card_number.clone()),
        member_since: Set(new.member_since),
        ended_on: Set(new.ended_on),
        valid_person_id: Set(new.valid_person_id),
        changed_at: Set(new.changed_at),
        version: Set(new.version),
        ..Default::default()
    };
    database::update(unit, member::Entity::update_many().set(row).filter(member::Column::Id.eq(new.id)));
}

/// The history's row for what happened to a membership.
pub fn written(context: &Context, member: &member::Model, change: &Change) -> history::ActiveModel {
    history::ActiveModel {
        id: Set(context.id()),
        member_id: Set(member.id),
        step: Set(change.step),
        state: Set(member.state),
        day: Set(change.day),
        reason: Set(change.reason.clone()),
        actor: Set(context.actor().word()),
        organisation_id: Set(member.organisation_id),
        at: Set(context.now().into()),
    }
}

/// Ends the transfer of a membership that waits, unanswered.
pub fn drop_waiting_transfer(unit: &Unit, context: &Context, member: Id) {
    use crate::rules::transfer::Progress;
    let row = transfer::ActiveModel {
        state: Set(Progress::Dropped),
        waiting_member_id: Set(None),
        answered_at: Set(Some(context.now().into())),
        answered_by: Set(Some(context.actor().word())),
        ..Default::default()
    };
    database::update(
        unit,
        transfer::Entity::update_many().set(row).filter(transfer::Column::WaitingMemberId.eq(member)),
    );
}
