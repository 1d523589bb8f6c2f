//! The card on paper (A6), and checking a card that somebody shows.

use axum::{Json, extract::Path, response::IntoResponse};
use chrono::NaiveDate;
use database::{Connection, Id};
use documents::{
    pdf::{self, Input},
    qr,
};
use kernel::{
    Caller, Context, Fault, Problem, audit,
    download::{PDF, attachment},
    organisation::{tree, worker_group},
    permission::Everyone,
    person,
};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    card_token,
    permissions::KeepMembers,
    rules::{
        self,
        standing::{Standing, Step},
    },
    tables::{history, member},
};

kernel::refusals! {
    /// Why there is no card.
    pub enum CardRefusal {
        /// No membership holds.
        NoCard = 409 "no_card" "现在没有有效的会籍，会员证在入会批准后生成。",
        /// No Chinese font, in words.
        NoFile { why: String } = 503 "card_file_not_made" "{why}。",
    }
}

/// What printing a card is called in the audit chain.
const PRINTED: &str = "members.card";
const TEMPLATE: &str = include_str!("card/card.typ");

/// What stands on a card.
pub struct Face {
    /// The name.
    pub name: String,
    /// The number.
    pub number: String,
    /// The union.
    pub organisation: String,
    /// The worker group.
    pub group: String,
}

/// What stands on the card of a membership; the caller has loaded it in scope, or it is his own.
///
/// # Errors
/// No card was given.
pub async fn face(context: &Context, member: &member::Model) -> Result<Face, Problem> {
    let conn = context.read();
    let person = person::Entity::find_by_id(member.person_id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let groups = worker_group::labels(conn).await?;
    let group = member.worker_group.as_ref().and_then(|code| groups.get(code).cloned()).unwrap_or_default();
    Ok(Face {
        name: person.name,
        number: member.card_number.clone().ok_or(CardRefusal::NoCard)?,
        organisation: tree::name(conn, member.organisation_id).await?,
        group,
    })
}

/// The card as PDF.
///
/// # Errors
/// [`CardRefusal`].
pub async fn pdf(context: &Context, member: &member::Model) -> Result<Vec<u8>, Problem> {
    let face = face(context, member).await?;
    let token = card_token::issue_on_paper(context, member.id);
    let address = format!("{}/w/card/{token}", context.house().settings().public_url);
    let code = qr::svg(&address).map_err(|err| Fault::Stored(err.to_string()))?;
    let since = member.member_since.map(calendar::day_in_words).unwrap_or_default();
    let inputs = vec![
        ("name", Input::Text(face.name)),
        ("number", Input::Text(rules::card::spaced(&face.number))),
        ("union", Input::Text(face.organisation)),
        ("group", Input::Text(face.group)),
        ("since", Input::Text(since)),
        ("qr", Input::Text(code)),
        ("until", Input::Text(calendar::day_in_words(card_token::paper_until(context)))),
    ];
    // Typst works for some tenths of a second, which must not hold up the other requests.
    let made = tokio::task::spawn_blocking(move || pdf::render(TEMPLATE, inputs)).await;
    let made = made.map_err(|err| Fault::Stored(format!("a card: {err}")))?;
    made.map_err(|err| CardRefusal::NoFile { why: err.to_string() }.into())
}

/// 会员证（PDF）。上面是完整姓名，本人可以看到谁打印过。
#[utoipa::path(
    get, path = "/members/{id}/card.pdf", tag = "membership", operation_id = "member_card_pdf",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), CardRefusal),
)]
pub async fn get_card_pdf(caller: Caller<KeepMembers>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let member = member::in_scope(caller.read(), caller.scope(), id).await?;
    if !member.state.is_member() {
        return Err(CardRefusal::NoCard.into());
    }
    let file = pdf(&caller, &member).await?;
    note_printed(&caller, &member).await?;
    Ok((attachment(PDF, "工会会员证.pdf"), file))
}

async fn note_printed(caller: &Caller<KeepMembers>, member: &member::Model) -> Result<(), Problem> {
    let (person, place) = (member.person_id, member.organisation_id);
    caller
        .unit(|unit| async move {
            let detail = json!({ "of": caller.scope().roots() });
            audit::record(&unit, caller, (PRINTED, "kernel/person", person), place, detail).await
        })
        .await
}

/// Whether a card holds, as whoever scans it reads.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardCheck {
    /// Whether its holder is a member now.
    pub valid: bool,
    /// The holder's name, masked.
    pub name: String,
    /// The union.
    pub organisation: String,
    /// Where the membership stands.
    pub state_label: String,
    /// Since when.
    pub since: Option<NaiveDate>,
}

/// Checks a card that somebody shows.
///
/// # Errors
/// 422 if its code is forged or has expired.
pub async fn check(context: &Context, token: &str) -> Result<CardCheck, Problem> {
    let conn = context.read();
    let id = card_token::read(context, token).or_else(|_| card_token::read_on_paper(context, token))?;
    let printed = member::Entity::find_by_id(id).one(conn).await?.ok_or_else(Problem::not_found)?;
    let member = gone_on(conn, printed).await?;
    Ok(CardCheck {
        valid: member.state.is_member(),
        name: person::masked(conn, context, [member.person_id]).await?.name(member.person_id),
        organisation: tree::name(conn, member.organisation_id).await?,
        state_label: member.state.label().to_owned(),
        since: member.member_since,
    })
}

/// The membership for which a card stands today. Paper outlives the merger of two records, and its holder is a member by
/// the membership that stayed.
async fn gone_on(conn: &Connection, printed: member::Model) -> Result<member::Model, Problem> {
    if printed.state != Standing::Left {
        return Ok(printed);
    }
    let merged = history::Entity::find().filter(history::Column::MemberId.eq(printed.id));
    if merged.filter(history::Column::Step.eq(Step::Merge)).one(conn).await?.is_none() {
        return Ok(printed);
    }
    let stayed = member::valid_of(conn, printed.person_id).await?.filter(|stayed| stayed.state.is_member());
    Ok(stayed.unwrap_or(printed))
}

/// 核验会员证
#[utoipa::path(
    get, path = "/public/card/{token}", tag = "public", operation_id = "check_card",
    extensions(("x-permission" = json!("everyone"))),
    params(("token" = String, Path)),
    responses((status = 200, body = CardCheck), card_token::CardTokenRefusal),
)]
pub async fn get_check(caller: Caller<Everyone>, Path(token): Path<String>) -> Result<Json<CardCheck>, Problem> {
    check(&caller, &token).await.map(Json)
}
