//! Who I am here.

use axum::Json;
use chrono::NaiveDate;
use database::{Connection, Id};
use kernel::{
    Caller, Problem,
    deadline::TermStanding,
    organisation::{tree, worker_group},
    permission::Oneself,
    person,
};
use sea_orm::{entity::prelude::*, sea_query::ExprTrait};
use serde::Serialize;
use utoipa::ToSchema;

use super::membership;
use crate::{
    pausing::{APPLICATION, TRANSFER, runs, term_of},
    rules::{
        card,
        standing::{Standing, Step},
    },
    tables::{history, member, transfer},
};

/// Who I am here.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// My key.
    pub person_id: Id,
    /// My name, masked.
    pub name: String,
    /// My phone number, masked.
    pub phone: Option<String>,
    /// My worker group's name.
    pub group_label: Option<String>,
    /// My membership.
    pub member: Option<MyMembership>,
    /// The transfer that waits.
    pub transfer: Option<MyTransfer>,
}

/// My membership.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyMembership {
    /// The membership.
    pub id: Id,
    /// Where it stands.
    pub state: Standing,
    /// In words.
    pub state_label: String,
    /// The number on my card.
    pub card_number: Option<String>,
    /// The same in groups of four.
    pub card: Option<String>,
    /// My union.
    pub organisation_id: Id,
    /// Its name.
    pub organisation: String,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The day of the application.
    pub applied_on: NaiveDate,
    /// For an application whose term was paused: how it stands.
    pub term: Option<TermStanding>,
    /// For an application that was not approved: why.
    pub refused_because: Option<String>,
    /// Whether I may vote and hold office.
    pub may_vote: bool,
}

/// A transfer that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyTransfer {
    /// The union that I go to.
    pub to_organisation: String,
    /// The last day for the answer; then the higher union decides.
    pub due_on: NaiveDate,
    /// Whether that day has passed, so that the higher union decides.
    pub overdue: bool,
    /// If the term was paused: how it stands.
    pub term: Option<TermStanding>,
}

/// Shows a worker himself.
///
/// # Errors
/// 401 if no worker calls.
pub async fn show(caller: &Caller<Oneself>) -> Result<Me, Problem> {
    let (conn, person) = (caller.read(), caller.person()?);
    let masked = person::masked(conn, caller, [person]).await?.0.remove(&person).ok_or_else(Problem::not_found)?;
    let groups = worker_group::labels(conn).await?;
    let found = membership(conn, person).await?;
    let transfer = match &found {
        Some(member) => {
            transfer::Entity::find().filter(transfer::Column::WaitingMemberId.eq(member.id)).one(conn).await?
        }
        None => None,
    };
    let member = match found {
        Some(member) => {
            let applied = member.state == Standing::Applied;
            let term = if applied { term_of(conn, caller, APPLICATION, member.id).await? } else { None };
            let before = transfer.as_ref().map_or(member.state, |waiting| waiting.state_before);
            let may_vote = member.state.may_vote(before);
            let refused_because = refused_because(conn, &member).await?;
            let organisation = tree::name(conn, member.organisation_id).await?;
            Some(MyMembership { term, refused_because, may_vote, ..mine(organisation, member) })
        }
        None => None,
    };
    let transfer = match transfer {
        Some(waiting) => {
            let term = term_of(conn, caller, TRANSFER, waiting.id).await?;
            let runs = runs(term.as_ref());
            Some(MyTransfer {
                to_organisation: tree::name(conn, waiting.to_organisation_id).await?,
                due_on: waiting.due_on,
                overdue: runs && waiting.due_on < caller.today(),
                term,
            })
        }
        None => None,
    };
    let group_label = masked.worker_group.map(|code| groups.get(&code).cloned().unwrap_or(code));
    Ok(Me { person_id: person, name: masked.name, phone: masked.phone, group_label, member, transfer })
}

/// Why an application was not approved, as its officer wrote for who applied.
async fn refused_because(conn: &Connection, member: &member::Model) -> Result<Option<String>, Problem> {
    if member.state != Standing::Refused {
        return Ok(None);
    }
    let refused = history::Column::MemberId.eq(member.id).and(history::Column::Step.eq(Step::Refuse));
    Ok(history::Entity::find().filter(refused).one(conn).await?.and_then(|step| step.reason))
}

fn mine(organisation: String, member: member::Model) -> MyMembership {
    MyMembership {
        id: member.id,
        state: member.state,
        state_label: member.state.label().to_owned(),
        card: member.card_number.as_deref().map(card::spaced),
        card_number: member.card_number,
        organisation_id: member.organisation_id,
        organisation,
        since: member.member_since,
        applied_on: member.applied_on,
        term: None,
        refused_because: None,
        may_vote: false,
    }
}

/// 我的
#[utoipa::path(
    get, path = "/me", tag = "me", operation_id = "me",
    extensions(("x-permission" = json!("oneself"))),
    responses((status = 200, body = Me)),
)]
pub async fn get_me(caller: Caller<Oneself>) -> Result<Json<Me>, Problem> {
    show(&caller).await.map(Json)
}
