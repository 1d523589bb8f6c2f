//! What waits for an officer in this programme, for the home page: what he may do himself, in his scope.

use axum::Json;
use kernel::{Actor, Caller, Context, Problem, permission::Permission, rulebook};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answer_transfer::mine_to_answer,
    permissions::{AnswerPrivacy, ApproveMembers, SeeMembers, TransferMembers},
    programme::ANSWER_DAYS,
    rules::{approval::overdue_until, standing::Standing},
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

/// Counts what waits for the caller; what nothing waits for, or he may not do, is left out.
///
/// # Errors
/// A fault of the database.
pub async fn todo(caller: &Caller<SeeMembers>) -> Result<Vec<Waiting>, Problem> {
    let mut waiting = Vec::new();
    let mut wait = |code: &str, label: &str, count: u64, path: &str| {
        if count > 0 {
            waiting.push(Waiting { code: code.into(), label: label.into(), count, path: path.into() });
        }
    };
    if may::<ApproveMembers>(caller) {
        let (all, late) = applications(caller).await?;
        wait("applications", "待审批的入会申请", all, "/members?state=applied");
        wait("late_applications", "其中超过答复期限的入会申请", late, "/members?state=applied&sort=oldest");
    }
    if may::<TransferMembers>(caller) {
        let count = async |overdue: bool| {
            transfer::Entity::find().filter(mine_to_answer(caller, overdue)).count(caller.read()).await
        };
        wait("transfers", "待确认的会籍转接", count(false).await?, "/transfers?overdue=false");
        wait("overdue_transfers", "逾期未确认、待上级决定的会籍转接", count(true).await?, "/transfers?overdue=true");
    }
    if may::<AnswerPrivacy>(caller) {
        let place = (privacy_request::Entity, privacy_request::Column::OrganisationId);
        let requests = privacy_request::Entity::find()
            .filter(caller.scope().within(place))
            .filter(privacy_request::Column::State.eq(Answered::Waiting));
        let path = "/privacy-requests?state=waiting";
        wait("privacy_requests", "待答复的个人信息请求", requests.count(caller.read()).await?, path);
    }
    Ok(waiting)
}

/// Whether the caller holds the permission anywhere; commands and tests hold all.
fn may<P: Permission>(caller: &Context) -> bool {
    matches!(caller.actor(), Actor::System { .. }) || caller.permissions().iter().any(|held| held == P::CODE)
}

/// Applications that wait, and how many of them wait too long by the term that holds at the caller's first place.
async fn applications(caller: &Context) -> Result<(u64, u64), Problem> {
    let conn = caller.read();
    let waiting = member::Entity::find()
        .filter(caller.scope().within((member::Entity, member::Column::OrganisationId)))
        .filter(member::Column::State.eq(Standing::Applied));
    let all = waiting.clone().count(conn).await?;
    let Some(oldest) = waiting.clone().one(conn).await?.filter(|_| all > 0) else { return Ok((0, 0)) };
    let place = caller.scope().roots().and_then(<[_]>::first).copied().unwrap_or(oldest.organisation_id);
    let days = rulebook::number(conn, caller, &ANSWER_DAYS, place, caller.today()).await?;
    let calendar = rulebook::working_calendar(conn, place).await?;
    let Some(until) = overdue_until(&calendar, days, caller.today()) else { return Ok((all, 0)) };
    Ok((all, waiting.filter(member::Column::AppliedOn.lte(until)).count(conn).await?))
}

/// 会员待办
#[utoipa::path(
    get, path = "/enrolment/todo", tag = "membership", operation_id = "enrolment_todo",
    extensions(("x-permission" = json!("membership.view"))),
    responses((status = 200, body = [Waiting])),
)]
pub async fn get_todo(caller: Caller<SeeMembers>) -> Result<Json<Vec<Waiting>>, Problem> {
    todo(&caller).await.map(Json)
}
