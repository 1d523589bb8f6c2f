//! Pausing a term, and taking it up again. The caller has loaded the record in his scope, in this unit.

use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, QuerySelect, QueryTrait, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Term,
    standing::{TermStanding, counted, days, pauses, standing},
    tables::{ActiveModel, Column, Entity, Model, pause as pauses_table},
};
use crate::{Context, Problem, audit, problem, rulebook};

crate::refusals! {
    /// Why a term is not paused or taken up again.
    pub enum TermRefusal {
        /// It stands still already.
        Paused = 409 "term_paused" "期限已经暂停，请刷新后查看。",
        /// It runs.
        Running = 409 "term_running" "期限没有暂停，请刷新后查看。",
        /// It is over.
        Over { due_on: String } = 409 "term_over" "期限已在 {due_on} 届满，不能再暂停，请尽快答复。",
        /// What waits was answered.
        Answered = 409 "term_answered" "这件事已经办结，请刷新后查看。",
    }
}

/// Why a term is paused.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct TermReason {
    /// Why, 2 to 200 characters; who waits reads it too.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Pauses a term from today on.
///
/// # Errors
/// 422 for no reason, [`TermRefusal`].
pub async fn pause(unit: &Unit, context: &Context, term: &Term, why: &TermReason) -> Result<TermStanding, Problem> {
    let reason = problem::reason(&why.reason, "请写明为什么暂停（2 至 200 字），申请人会看到。")?;
    let today = context.today();
    let row = match find(unit, term.kind, term.subject).await? {
        Some(row) => row,
        None => {
            let row = begun(unit, context, term).await?;
            Entity::insert(ActiveModel::from(row.clone()).reset_all()).exec_without_returning(unit).await?;
            row
        }
    };
    if row.paused_since.is_some() {
        return Err(TermRefusal::Paused.into());
    }
    if let Some(due_on) = row.due_on.filter(|due_on| *due_on < today) {
        return Err(TermRefusal::Over { due_on: calendar::day_in_words(due_on) }.into());
    }
    let new = pauses_table::ActiveModel {
        id: Set(context.id()),
        deadline_id: Set(row.id),
        from_day: Set(today),
        until_day: Set(None),
        reason: Set(reason.to_owned()),
        actor: Set(context.actor().word()),
        at: Set(context.now().into()),
    };
    pauses_table::Entity::insert(new).exec_without_returning(unit).await?;
    let after = Model { paused_since: Some(today), due_on: None, half_on: None, four_fifths_on: None, ..row };
    after.clone().into_active_model().reset_all().update(unit).await?;
    let act = ("terms.pause", "kernel/deadline", after.subject_id);
    let detail = serde_json::json!({ "kind": after.kind, "told": { "reason": reason } });
    audit::record(unit, context, act, after.organisation_id, detail).await?;
    standing(unit, context, after).await
}

/// Takes a term up again from today on: its last day moves by the days that did not count.
///
/// # Errors
/// [`TermRefusal`].
pub async fn resume(unit: &Unit, context: &Context, kind: &str, subject: Id) -> Result<TermStanding, Problem> {
    let row = find(unit, kind, subject).await?.filter(|row| row.paused_since.is_some());
    let row = row.ok_or(TermRefusal::Running)?;
    let ends = pauses_table::ActiveModel { until_day: Set(Some(context.today())), ..Default::default() };
    pauses_table::Entity::update_many()
        .set(ends)
        .filter(pauses_table::Column::DeadlineId.eq(row.id))
        .filter(pauses_table::Column::UntilDay.is_null())
        .exec(unit)
        .await?;
    let after = dated(unit, Model { paused_since: None, ..row }).await?;
    after.clone().into_active_model().reset_all().update(unit).await?;
    let act = ("terms.resume", "kernel/deadline", after.subject_id);
    let detail = serde_json::json!({ "kind": after.kind, "told": { "due_on": after.due_on } });
    audit::record(unit, context, act, after.organisation_id, detail).await?;
    standing(unit, context, after).await
}

/// Reckons a term once more whose last day was not known when it was read; answers it once it is.
///
/// # Errors
/// A fault of the database.
pub async fn reckon(unit: &Unit, row: &Model) -> Result<Option<NaiveDate>, Problem> {
    // It may stand still by now, or be reckoned.
    let still = |now: &Model| now.paused_since.is_none() && now.due_on.is_none();
    let Some(now) = find(unit, &row.kind, row.subject_id).await?.filter(still) else { return Ok(None) };
    let after = dated(unit, now).await?;
    if after.due_on.is_some() {
        after.clone().into_active_model().reset_all().update(unit).await?;
    }
    Ok(after.due_on)
}

/// Empties what the pauses of these records' terms tell in words, when a person is made nameless.
///
/// # Errors
/// A fault of the database.
pub async fn blank(unit: &Unit, kind: &str, subjects: &[Id]) -> Result<(), Problem> {
    let terms = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Kind.eq(kind))
        .filter(Column::SubjectId.is_in(subjects.iter().copied()))
        .into_query();
    let row = pauses_table::ActiveModel { reason: Set(String::new()), ..Default::default() };
    let update = pauses_table::Entity::update_many().set(row);
    update.filter(pauses_table::Column::DeadlineId.in_subquery(terms)).exec(unit).await?;
    Ok(())
}

/// The term of a record, if it was ever paused.
pub(super) async fn find(conn: &Connection, kind: &str, subject: Id) -> Result<Option<Model>, Problem> {
    let query = Entity::find().filter(Column::Kind.eq(kind)).filter(Column::SubjectId.eq(subject));
    Ok(query.one(conn).await?)
}

/// A term that was never paused, by the rule of the day on which it began.
pub(super) async fn begun(conn: &Connection, context: &Context, term: &Term) -> Result<Model, Problem> {
    let row = Model {
        id: context.id(),
        kind: term.kind.to_owned(),
        subject_id: term.subject,
        organisation_id: term.organisation,
        started_on: term.started_on,
        unit: term.unit,
        n: rulebook::number(conn, context, term.rule, term.organisation, term.started_on).await?,
        rule: term.rule.code.to_owned(),
        due_on: None,
        half_on: None,
        four_fifths_on: None,
        paused_since: None,
    };
    dated(conn, row).await
}

/// The term with its days, as far as the calendar tells them.
async fn dated(conn: &Connection, row: Model) -> Result<Model, Problem> {
    let calendar = rulebook::working_calendar(conn, row.organisation_id).await?;
    let known = counted(&row).with_pauses(&calendar, &days(&pauses(conn, [row.id]).await?)).ok().flatten();
    Ok(Model {
        due_on: known.map(|known| known.due_on),
        half_on: known.map(|known| known.half_on),
        four_fifths_on: known.map(|known| known.four_fifths_on),
        ..row
    })
}
