//! One membership with its history.

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Problem,
    access::Actors,
    deadline::{TermStanding, standing_of},
    etag,
    organisation::tree,
    person,
};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer_transfer::seen,
    ask_transfer::waits_in_words,
    consent::JOINING,
    lapse::list::{self as lapses, LapseStanding},
    list::{MemberRow, rows},
    pausing::application,
    permissions::SeeMembers,
    rules::{
        card,
        standing::{Standing, Step},
    },
    tables::{history, import, member, transfer},
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
    /// For an application: how the term for its answer stands.
    pub term: Option<TermStanding>,
    /// The transfer that waits.
    pub waiting_transfer: Option<WaitingTransfer>,
    /// When he took back what he agreed to on joining, if nothing of it stands.
    pub consent_withdrawn_at: Option<Moment>,
    /// When whoever has his number now took it off his record, if it has no other since.
    pub phone_lost_at: Option<Moment>,
    /// That he neither paid dues nor took part for months, while it lasts.
    pub lapse: Option<LapseStanding>,
}

/// A transfer of a membership that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingTransfer {
    /// The key.
    pub id: Id,
    /// Where to, who answers, and until when.
    pub told: String,
    /// Whether the caller's side asked, so that he may take it back.
    pub may_withdraw: bool,
}

impl WaitingTransfer {
    /// Whoever sees the membership sees the home side.
    async fn of(caller: &Context, waiting: &transfer::Model) -> Result<Self, Problem> {
        let conn = caller.read();
        let receives = !seen(conn, caller, [waiting.to_organisation_id]).await?.is_empty();
        let told = waits_in_words(conn, caller, waiting).await?;
        Ok(Self { id: waiting.id, told, may_withdraw: waiting.asked_by.is(true, receives) })
    }
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
        Standing::Applied => Some(standing_of(conn, caller, &application::term(&found)).await?),
        _ => None,
    };
    let state = found.state;
    let consent_withdrawn_at = JOINING.withdrawn(conn, found.person_id).await?;
    let phone_lost_at = person::phone_lost_at(conn, found.person_id).await?;
    let lapse = lapses::open_of(caller, &found).await?;
    let history = history_of(conn, &found).await?;
    let waiting = transfer::Entity::find().filter(transfer::Column::WaitingMemberId.eq(id)).one(conn).await?;
    let before = waiting.as_ref().map_or(state, |waiting| waiting.state_before);
    let waiting_transfer = match &waiting {
        Some(waiting) => Some(WaitingTransfer::of(caller, waiting).await?),
        None => None,
    };
    let member = rows(caller, vec![found]).await?.into_iter().next().ok_or_else(Problem::not_found)?;
    Ok(MemberDetail {
        card: member.card_number.as_deref().map(card::spaced),
        may_vote: state.may_vote(before),
        term,
        consent_withdrawn_at,
        phone_lost_at,
        lapse,
        member,
        history,
        waiting_transfer,
    })
}

/// What happened to a membership, newest first.
async fn history_of(conn: &Connection, member: &member::Model) -> Result<Vec<HistoryRow>, Problem> {
    let steps = history::newest_first(member.id).all(conn).await?;
    let unions = tree::names(conn, steps.iter().map(|step| step.organisation_id)).await?;
    let actors = Actors::of(conn, steps.iter().map(|step| step.actor.as_str())).await?;
    let roster = match member.import_batch {
        Some(id) => import::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let row = |step: history::Model| HistoryRow {
        step: step.step,
        step_label: step.step.label().to_owned(),
        state: step.state,
        day: step.day,
        reason: step.reason,
        organisation: unions.get(&step.organisation_id).cloned().unwrap_or_default(),
        actor: match (&roster, step.step) {
            // The work itself is done by nobody who could be asked.
            (Some(roster), Step::Register) => format!("导入名册“{}”", roster.file_name),
            _ => actors.label(&step.actor),
        },
        at: step.at,
    };
    Ok(steps.into_iter().map(row).collect())
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
