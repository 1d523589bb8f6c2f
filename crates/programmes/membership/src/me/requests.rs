//! Asking for correction or deletion of what is kept about me.

use axum::{Json, http::StatusCode};
use chrono::NaiveDate;
use database::{Id, Moment, Unit};
use kernel::{
    Caller, Context, Problem,
    deadline::{TermStanding, standings},
    keys,
    permission::Oneself,
    person, rulebook,
};
use sea_orm::{QueryOrder, entity::prelude::*};
use secret::Place;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    pausing::{PRIVACY, runs},
    programme::PRIVACY_DAYS,
    tables::privacy_request::{self, Answered, Wish},
};

kernel::refusals! {
    /// Why a request is not taken.
    pub enum AskPrivacyRefusal {
        /// Each opens a term of the law, so one at a time.
        Waiting = 409 "privacy_waiting" "您的同类请求正在办理，请等工会答复后再提出；要补充内容的，请直接联系工会。",
    }
}

/// What I ask for.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPrivacyRequest {
    /// Correction or deletion.
    pub kind: Wish,
    /// In my words.
    pub text: String,
}

/// A request.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct PrivacyRequestRow {
    /// The key.
    pub id: Id,
    /// What is asked for.
    pub kind: Wish,
    /// In the person's words.
    pub text: String,
    /// When.
    pub asked_at: Moment,
    /// The last day for the answer.
    pub due_on: Option<NaiveDate>,
    /// Whether that day has passed without an answer.
    #[serde(default)]
    pub overdue: bool,
    /// If the term was paused: how it stands.
    pub term: Option<TermStanding>,
    /// Where it stands.
    pub state: Answered,
    /// The answer.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Moment>,
}

pub(crate) fn words(id: Id) -> Place<'static> {
    Place { table: "membership_privacy_request", column: "words", row_key: id.0 }
}

pub(crate) fn answer(id: Id) -> Place<'static> {
    Place { table: "membership_privacy_request", column: "answer", row_key: id.0 }
}

/// A request as people read it.
pub fn opened(context: &Context, row: &privacy_request::Model) -> PrivacyRequestRow {
    PrivacyRequestRow {
        id: row.id,
        kind: row.wish,
        text: keys::told(context, words(row.id), &row.words_sealed),
        asked_at: row.asked_at,
        due_on: row.due_on,
        overdue: row.state == Answered::Waiting && row.due_on.is_some_and(|due_on| due_on < context.today()),
        term: None,
        state: row.state,
        answer: row.answer_sealed.as_deref().map(|sealed| keys::told(context, answer(row.id), sealed)),
        answered_at: row.answered_at,
    }
}

/// My requests, newest first.
///
/// # Errors
/// A fault.
pub async fn mine(context: &Context, me: Id) -> Result<Vec<PrivacyRequestRow>, Problem> {
    let query = privacy_request::Entity::find().filter(privacy_request::Column::PersonId.eq(me));
    let rows = query.order_by_desc(privacy_request::Column::Id).all(context.read()).await?;
    all_opened(context, &rows).await
}

/// Requests as people read them, with how their terms stand.
///
/// # Errors
/// A fault of the database.
pub async fn all_opened(context: &Context, rows: &[privacy_request::Model]) -> Result<Vec<PrivacyRequestRow>, Problem> {
    let waiting: Vec<Id> = rows.iter().filter(|row| row.state == Answered::Waiting).map(|row| row.id).collect();
    let mut terms = standings(context.read(), context, PRIVACY, &waiting).await?;
    let with_term = |row: &privacy_request::Model| {
        let (term, plain) = (terms.remove(&row.id), opened(context, row));
        let runs = runs(term.as_ref());
        PrivacyRequestRow { overdue: runs && plain.overdue, term, ..plain }
    };
    Ok(rows.iter().map(with_term).collect())
}

/// Hands a request in.
///
/// # Errors
/// 422 if nothing was written; [`AskPrivacyRefusal`].
pub async fn ask(caller: &Caller<Oneself>, input: &NewPrivacyRequest) -> Result<PrivacyRequestRow, Problem> {
    let (me, text) = (caller.person()?, input.text.trim());
    if text.is_empty() || text.chars().count() > 1000 {
        return Err(Problem::field("text", "text_length", "请写明要更正或删除的内容（不超过1000字）。"));
    }
    caller
        .unit(|unit| async move {
            let waiting = privacy_request::Entity::find()
                .filter(privacy_request::Column::PersonId.eq(me))
                .filter(privacy_request::Column::Wish.eq(input.kind))
                .filter(privacy_request::Column::State.eq(Answered::Waiting));
            if waiting.count(&unit).await? > 0 {
                return Err(AskPrivacyRefusal::Waiting.into());
            }
            let row = row(&unit, caller, me, input.kind, text).await?;
            let active = privacy_request::ActiveModel::from(row.clone()).reset_all();
            privacy_request::Entity::insert(active).exec_without_returning(&unit).await?;
            Ok(opened(caller, &row))
        })
        .await
}

async fn row(unit: &Unit, caller: &Context, me: Id, wish: Wish, text: &str) -> Result<privacy_request::Model, Problem> {
    let person = person::Entity::find_by_id(me).one(unit).await?.ok_or_else(Problem::not_found)?;
    let organisation = person.organisation_id;
    let days = rulebook::number(unit, caller, &PRIVACY_DAYS, organisation, caller.today()).await?;
    let calendar = rulebook::working_calendar(unit, organisation).await?;
    let id = caller.id();
    Ok(privacy_request::Model {
        id,
        person_id: me,
        organisation_id: organisation,
        wish,
        words_sealed: caller.house().keyring().seal(words(id), text, caller.house().ambient().bytes()),
        asked_at: caller.now().into(),
        // A deadline that reaches a year without a calendar is not guessed.
        due_on: calendar.add_working_days(caller.today(), u32::try_from(days).unwrap_or(0)).ok(),
        state: Answered::Waiting,
        answer_sealed: None,
        answered_at: None,
        answered_by: None,
    })
}

/// 申请更正或删除个人信息
#[utoipa::path(
    post, path = "/me/privacy/requests", tag = "me", operation_id = "ask_about_privacy",
    extensions(("x-permission" = json!("oneself"))),
    request_body = NewPrivacyRequest,
    responses((status = 201, body = PrivacyRequestRow), AskPrivacyRefusal),
)]
pub async fn post_request(
    caller: Caller<Oneself>,
    Json(input): Json<NewPrivacyRequest>,
) -> Result<(StatusCode, Json<PrivacyRequestRow>), Problem> {
    let made = ask(&caller, &input).await?;
    Ok((StatusCode::CREATED, Json(made)))
}
