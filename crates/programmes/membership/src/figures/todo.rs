//! What waits for an officer in this programme, for the home page.

use axum::Json;
use kernel::{Caller, Problem};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer_transfer::visible,
    permissions::SeeMembers,
    rules::{standing::Standing, transfer::Progress},
    tables::{
        member,
        privacy_request::{self, Answered},
        transfer,
    },
};

/// Something that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// The stable code.
    pub code: String,
    /// What people read.
    pub label: String,
    /// How many.
    pub count: u64,
    /// The page.
    pub path: String,
}

/// Counts what waits in the caller's scope; what nothing waits for is left out.
///
/// # Errors
/// A fault of the database.
pub async fn todo(caller: &Caller<SeeMembers>) -> Result<Vec<Waiting>, Problem> {
    let conn = caller.read();
    let applications = member::Entity::find()
        .filter(caller.scope().within((member::Entity, member::Column::OrganisationId)))
        .filter(member::Column::State.eq(Standing::Applied))
        .count(conn)
        .await?;
    let transfers =
        transfer::Entity::find().filter(visible(caller)).filter(transfer::Column::State.eq(Progress::Waiting));
    let requests = privacy_request::Entity::find()
        .filter(caller.scope().within((privacy_request::Entity, privacy_request::Column::OrganisationId)))
        .filter(privacy_request::Column::State.eq(Answered::Waiting));
    let waiting = [
        ("applications", "待审批的入会申请", applications, "/members?state=applied"),
        ("transfers", "待确认的会籍转接", transfers.count(conn).await?, "/transfers?state=waiting"),
        ("privacy_requests", "待答复的个人信息请求", requests.count(conn).await?, "/privacy-requests?state=waiting"),
    ];
    let shown = waiting.into_iter().filter(|(_, _, count, _)| *count > 0);
    Ok(shown
        .map(|(code, label, count, path)| Waiting { code: code.into(), label: label.into(), count, path: path.into() })
        .collect())
}

/// 会员待办
#[utoipa::path(
    get, path = "/membership/todo", tag = "membership", operation_id = "membership_todo",
    extensions(("x-permission" = json!("membership.view"))),
    responses((status = 200, body = [Waiting])),
)]
pub async fn get_todo(caller: Caller<SeeMembers>) -> Result<Json<Vec<Waiting>>, Problem> {
    todo(&caller).await.map(Json)
}
