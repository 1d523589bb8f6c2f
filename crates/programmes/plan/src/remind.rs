//! A word to those who are behind, and what they answer.

use std::collections::HashSet;

use axum::{
    Json,
    extract::{Path, Query},
};
use chrono::NaiveDate;
use database::{Connection, Id, Moment, Unit};
use kernel::{
    Caller, Context, Page, Problem, audit,
    ledger::Tree,
    listing::Paging,
    organisation::{self, tree},
    problem,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::{
    board::{day, standings},
    permissions::{BreakDown, Remind, SeePlans},
    reach,
    rules::progress::Status,
    tables::{indicator, reminder},
};

kernel::refusals! {
    /// Why a reminder is not answered.
    pub enum AnswerRefusal {
        /// It was.
        Answered = 409 "reminder_answered" "这条催办已经办结。",
    }
}

/// Who is reminded of what.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewReminder {
    /// The organisations, all below the plan's.
    #[schema(min_items = 1, max_items = 200)]
    pub organisations: Vec<Id>,
    /// What to do.
    #[schema(min_length = 4, max_length = 500)]
    pub text: String,
}

/// What came of reminding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reminded {
    /// How many were reminded.
    pub sent: u32,
    /// Those left out, because they are on course or were reminded today.
    pub left_out: Vec<Id>,
}

/// A reminder in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReminderRow {
    /// The key.
    pub id: Id,
    /// The plan.
    pub plan_id: Id,
    /// The indicator.
    pub indicator_id: Id,
    /// Its name.
    pub indicator: String,
    /// Who is reminded.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// Who reminds.
    pub from: String,
    /// What to do.
    pub text: String,
    /// What was reached when it was sent, as people read it.
    pub actual: Option<String>,
    /// The target then, as people read it.
    pub target: Option<String>,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// When it was dealt with.
    pub done_at: Option<Moment>,
    /// What was answered.
    pub answer: Option<String>,
}

/// Which reminders are wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReminderFilter {
    /// Only those not dealt with.
    #[serde(default)]
    pub open: bool,
    /// Only those sent to the caller's own organisations, which are his to answer; not those to others below them.
    #[serde(default)]
    pub received: bool,
}

/// Reminds organisations that are behind with an indicator; each at most once a day.
///
/// # Errors
/// 404, 422.
pub async fn remind(caller: &Caller<Remind>, id: Id, input: &NewReminder) -> Result<Reminded, Problem> {
    let text = problem::words("text", &input.text, 4..=500, "请写明催办事项（4至500字）。")?;
    if !(1..=200).contains(&input.organisations.len()) {
        return Err(Problem::field("organisations", "organisations", "请选择1至200个单位。"));
    }
    let context: &Context = caller;
    let (plan, indicator) = reach::seen_indicator(context.read(), context.scope(), id).await?;
    let from = reach::place(context.read(), context.scope(), &plan, None).await?;
    reach::all_below(context.read(), context.scope(), &plan, &input.organisations).await?;
    let (on, only) = (day(context, &plan, None)?, std::slice::from_ref(&indicator));
    let (stands, _) = standings(context, &plan, only, &input.organisations, on, Tree::Dated).await?;
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for (organisation, stand) in input.organisations.iter().zip(stands) {
        if !stand.status.is_some_and(Status::is_behind) {
            left_out.push(*organisation);
            continue;
        }
        rows.push(reminder::Model {
            id: context.id(),
            plan_id: plan.id,
            indicator_id: id,
            organisation_id: *organisation,
            from_organisation_id: from.id,
            text: text.to_owned(),
            actual: stand.actual,
            target: stand.target,
            actor: context.actor().word(),
            sent_on: context.today(),
            sent_at: context.now().into(),
            done_at: None,
            answer: None,
        });
    }
    let (rows, left_out) = (&rows, &left_out);
    context.unit(|unit| async move { send(&unit, context, rows, left_out.clone()).await }).await
}

/// Writes reminders of one indicator, but to whom one was sent today.
async fn send(
    unit: &Unit,
    context: &Context,
    rows: &[reminder::Model],
    left_out: Vec<Id>,
) -> Result<Reminded, Problem> {
    let mut told = Reminded { sent: 0, left_out };
    let today: Vec<Id> = reminder::Entity::find()
        .select_only()
        .column(reminder::Column::OrganisationId)
        .filter(reminder::Column::IndicatorId.is_in(rows.iter().map(|row| row.indicator_id)))
        .filter(reminder::Column::OrganisationId.is_in(rows.iter().map(|row| row.organisation_id)))
        .filter(reminder::Column::SentOn.eq(context.today()))
        .into_tuple()
        .all(unit)
        .await?;
    let mut today: HashSet<Id> = today.into_iter().collect();
    for row in rows {
        if !today.insert(row.organisation_id) {
            told.left_out.push(row.organisation_id);
            continue;
        }
        let active = row.clone().into_active_model().reset_all();
        reminder::Entity::insert(active).exec_without_returning(unit).await?;
        let detail = json!({ "indicator": row.indicator_id });
        let act = ("plan.remind", "plan/reminder", row.id);
        audit::record(unit, context, act, row.organisation_id, detail).await?;
        told.sent += 1;
    }
    Ok(told)
}

/// The reminders to organisations in the caller's scope, the last first.
///
/// # Errors
/// A fault of the database.
pub async fn reminders(
    context: &Context,
    filter: &ReminderFilter,
    paging: &Paging,
) -> Result<Page<ReminderRow>, Problem> {
    let conn = context.read();
    let within = context.scope().within((reminder::Entity, reminder::Column::OrganisationId));
    let mut query = reminder::Entity::find().filter(within);
    if filter.open {
        query = query.filter(reminder::Column::DoneAt.is_null());
    }
    if let Some(own) = context.scope().roots().filter(|_| filter.received) {
        query = query.filter(reminder::Column::OrganisationId.is_in(own.iter().copied()));
    }
    let page = paging.newest_first(conn, query, reminder::Column::Id, |row| row.id).await?;
    views(conn, page).await
}

async fn views(conn: &Connection, page: Page<reminder::Model>) -> Result<Page<ReminderRow>, Problem> {
    let places = page.items.iter().flat_map(|row| [row.organisation_id, row.from_organisation_id]);
    let names = tree::names(conn, places).await?;
    let wanted = indicator::Column::Id.is_in(page.items.iter().map(|row| row.indicator_id));
    let indicators = indicator::Entity::find().filter(wanted).all(conn).await?;
    Ok(page.map(|row| {
        let of = indicators.iter().find(|one| one.id == row.indicator_id);
        let shown = |value: Option<i64>| Some(of?.scale().text(value?, &of?.unit));
        let name = |id| names.get(&id).cloned().unwrap_or_default();
        ReminderRow {
            indicator: of.map(|one| one.name.clone()).unwrap_or_default(),
            organisation: name(row.organisation_id),
            from: name(row.from_organisation_id),
            actual: shown(row.actual),
            target: shown(row.target),
            id: row.id,
            plan_id: row.plan_id,
            indicator_id: row.indicator_id,
            organisation_id: row.organisation_id,
            text: row.text,
            sent_on: row.sent_on,
            done_at: row.done_at,
            answer: row.answer,
        }
    }))
}

/// What a reminded organisation answers.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ReminderAnswer {
    /// What was done.
    #[schema(min_length = 2, max_length = 500)]
    pub answer: String,
}

/// Marks a reminder as dealt with.
///
/// # Errors
/// 404, 422, [`AnswerRefusal`].
pub async fn answer(caller: &Caller<BreakDown>, id: Id, input: &ReminderAnswer) -> Result<(), Problem> {
    let text = problem::words("answer", &input.answer, 2..=500, "请填写办理情况（2至500字）。")?;
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let found = reminder::Entity::find_by_id(id).one(&unit).await?.ok_or_else(Problem::not_found)?;
            let place = organisation::get(&unit, context.scope(), found.organisation_id).await?;
            if found.done_at.is_some() {
                return Err(AnswerRefusal::Answered.into());
            }
            let row = reminder::ActiveModel {
                done_at: Set(Some(context.now().into())),
                answer: Set(Some(text.to_owned())),
                ..found.into()
            };
            row.update(&unit).await?;
            audit::record(&unit, context, ("plan.answer_reminder", "plan/reminder", id), place.id, json!({})).await
        })
        .await
}

/// 催办
#[utoipa::path(
    post, path = "/indicators/{id}/remind", tag = "plan", operation_id = "remind",
    extensions(("x-permission" = json!("plan.remind"))), params(("id" = Id, Path)),
    request_body = NewReminder, responses((status = 200, body = Reminded)),
)]
pub async fn post_remind(
    caller: Caller<Remind>,
    Path(id): Path<Id>,
    Json(input): Json<NewReminder>,
) -> Result<Json<Reminded>, Problem> {
    remind(&caller, id, &input).await.map(Json)
}

/// 催办记录
#[utoipa::path(
    get, path = "/reminders", tag = "plan", operation_id = "list_reminders",
    extensions(("x-permission" = json!("plan.view"))), params(ReminderFilter, Paging),
    responses((status = 200, body = Page<ReminderRow>)),
)]
pub async fn get_reminders(
    caller: Caller<SeePlans>,
    Query(filter): Query<ReminderFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<ReminderRow>>, Problem> {
    reminders(&caller, &filter, &paging).await.map(Json)
}

/// 办结催办
#[utoipa::path(
    post, path = "/reminders/{id}/answer", tag = "plan", operation_id = "answer_reminder",
    extensions(("x-permission" = json!("plan.break_down"))), params(("id" = Id, Path)),
    request_body = ReminderAnswer, responses((status = 204, description = "已办结"), AnswerRefusal),
)]
pub async fn post_answer(
    caller: Caller<BreakDown>,
    Path(id): Path<Id>,
    Json(input): Json<ReminderAnswer>,
) -> Result<axum::http::StatusCode, Problem> {
    answer(&caller, id, &input).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
