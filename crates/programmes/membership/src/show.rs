//! One membership with its history.

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{Caller, Context, Problem, deadline::TermStanding, etag, rulebook};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    lapse::list::{self as lapses, LapseStanding},
    list::{MemberRow, rows},
    names,
    pausing::{APPLICATION, standing_of},
    permissions::SeeMembers,
    programme::ANSWER_DAYS,
    rules::{
        card,
        standing::{Standing, Step},
    },
    tables::{history, member, transfer},
};

/// A membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberDetail {
    /// The membership and its person, masked.
    #[serde(flatten)]
    pub member: MemberRow,
    /// The number on the card in groups of four.
    pub card: Option<String>,
    /// Whether the member may vote and hold office.
    pub may_vote: bool,
    /// What happened, newest first.
    pub history: Vec<HistoryRow>,
    /// For an application: the day until which it is answered; absent while that year's calendar is not loaded.
    pub answer_due_on: Option<NaiveDate>,
    /// For an application whose term was paused: how it stands.
    pub term: Option<TermStanding>,
    /// The transfer that waits.
    pub waiting_transfer: Option<Id>,
    /// That he neither paid dues nor took part for months, while it lasts.
    pub lapse: Option<LapseStanding>,
}

/// A step in the history.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryRow {
    /// What happened.
    pub step: Step,
    /// In words.
    pub step_label: String,
    /// Where it led.
    pub state: Standing,
    /// The day it holds from.
    pub day: NaiveDate,
    /// Why.
    pub reason: Option<String>,
    /// The union that the membership then lay with.
    pub organisation: String,
    /// Who did it, as people read it.
    pub actor: String,
    /// When it was written down.
    pub at: Moment,
}

/// Shows a membership.
///
/// # Errors
/// 404 if it is absent or foreign.
pub async fn show(caller: &Caller<SeeMembers>, id: Id) -> Result<MemberDetail, Problem> {
    let conn = caller.read();
    let found = member::in_scope(conn, caller.scope(), id).await?;
    let term = match found.state {
        Standing::Applied => standing_of(conn, caller, APPLICATION, id).await?,
        _ => None,
    };
    let (state, plain) = (found.state, answer_due(caller, &found).await?);
    let answer_due_on = term.as_ref().map_or(plain, |term| term.due_on);
    let lapse = lapses::open_of(caller, &found).await?;
    let steps = history::Entity::find()
        .filter(history::Column::MemberId.eq(id))
        .order_by_desc(history::Column::At)
        .order_by_desc(history::Column::Id)
        .all(conn)
        .await?;
    let unions = names::organisations(conn, steps.iter().map(|step| step.organisation_id).collect()).await?;
    let actors = names::Actors::of(conn, steps.iter().map(|step| step.actor.as_str())).await?;
    let waiting = transfer::Entity::find().filter(transfer::Column::WaitingMemberId.eq(id)).one(conn).await?;
    let member = rows(caller, vec![found]).await?.into_iter().next().ok_or_else(Problem::not_found)?;
    let row = |step: history::Model| HistoryRow {
        step: step.step,
        step_label: step.step.label().to_owned(),
        state: step.state,
        day: step.day,
        reason: step.reason,
        organisation: unions.get(&step.organisation_id).cloned().unwrap_or_default(),
        actor: actors.label(&step.actor),
        at: step.at,
    };
    Ok(MemberDetail {
        card: member.card_number.as_deref().map(card::spaced),
        may_vote: state.may_vote(),
        answer_due_on,
        term,
        lapse,
        member,
        history: steps.into_iter().map(row).collect(),
        waiting_transfer: waiting.map(|transfer| transfer.id),
    })
}

/// Until when an application is answered.
async fn answer_due(caller: &Context, found: &member::Model) -> Result<Option<NaiveDate>, Problem> {
    if found.state != Standing::Applied {
        return Ok(None);
    }
    let (conn, union) = (caller.read(), found.organisation_id);
    let days = rulebook::number(conn, caller, &ANSWER_DAYS, union, found.applied_on).await?;
    let calendar = rulebook::working_calendar(conn, union).await?;
    Ok(u32::try_from(days).ok().and_then(|days| calendar.add_working_days(found.applied_on, days).ok()))
}

/// 会员详情
#[utoipa::path(
    get, path = "/members/{id}", tag = "membership", operation_id = "show_member",
    extensions(("x-permission" = json!("membership.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = MemberDetail)),
)]
pub async fn get_member(caller: Caller<SeeMembers>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let detail = show(&caller, id).await?;
    Ok((etag::etag(detail.member.version), Json(detail)))
}
