//! Recording the talk with a member who lapsed: he has a good reason, or he is given time.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{Caller, Context, Problem, audit, problem};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{list::LapseStanding, notice::close};
use crate::{
    permissions::KeepMembers,
    tables::{
        lapse::{self, LapseEnd},
        member,
    },
};

kernel::refusals! {
    /// Why nothing is recorded of a lapse.
    pub enum LapseRefusal {
        /// He is not among those to be talked to.
        NotLapsed = 409 "not_lapsed" "该会员不在待谈话名单中，可能已恢复缴费或参加活动，请刷新后查看。",
        /// Nobody talked to him yet.
        NotTalked = 409 "not_talked" "请先与会员谈话并登记谈话情况。",
        /// He still has time.
        TooSoon { on: String } = 409 "too_soon" "谈话后要给会员留出时间，{on} 起仍无改变的才能办理。",
        /// He paid or took part since.
        SeenAgain = 409 "seen_again" "谈话后该会员已缴会费或参加活动，不能按自动退会办理。",
    }
}

/// A talk.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Talk {
    /// The day.
    pub day: NaiveDate,
    /// What came of it, 4 to 300 characters.
    #[schema(min_length = 4, max_length = 300)]
    pub words: String,
    /// Whether he has a good reason, so that the matter is closed.
    pub good_reason: bool,
}

/// The lapse of a membership in the caller's scope that lasts.
pub(super) async fn open_of(
    unit: &Unit,
    context: &Context,
    member: Id,
) -> Result<(member::Model, lapse::Model), Problem> {
    let member = member::in_scope(unit, context.scope(), member).await?;
    let open = lapse::open_of(unit, member.id).await?.ok_or(LapseRefusal::NotLapsed)?;
    Ok((member, open))
}

/// Records a talk.
///
/// # Errors
/// 404, 422, [`LapseRefusal`].
pub async fn talk(caller: &Caller<KeepMembers>, id: Id, input: &Talk) -> Result<LapseStanding, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (member, open) = open_of(&unit, context, id).await?;
            let words = problem::words("words", &input.words, 4..=300, "请写明谈话情况（4 至 300 字）。")?;
            if input.day > context.today() || input.day < open.noticed_on {
                let message = format!("谈话日期应在 {} 和今天之间。", open.noticed_on);
                return Err(Problem::field("day", "day", message));
            }
            let row = lapse::ActiveModel {
                id: Set(open.id),
                talked_on: Set(Some(input.day)),
                talk: Set(Some(words.to_owned())),
                talked_by: Set(Some(context.actor().word())),
                ..Default::default()
            };
            row.update(&unit).await?;
            if input.good_reason {
                database::update(&unit, close(open.id, LapseEnd::Excused, context.today()));
            }
            let act = ("lapses.talk", "membership/member", id);
            let detail = serde_json::json!({ "day": input.day, "good_reason": input.good_reason });
            audit::record(&unit, context, act, member.organisation_id, detail).await?;
            let talked = lapse::Model { talked_on: Some(input.day), talk: Some(words.to_owned()), ..open };
            LapseStanding::of(&unit, context, &member, talked).await
        })
        .await
}

/// 登记与失联会员的谈话
#[utoipa::path(
    post, path = "/members/{id}/talk", tag = "membership", operation_id = "record_talk",
    extensions(("x-permission" = json!("membership.keep"))), params(("id" = Id, Path)),
    request_body = Talk, responses((status = 200, body = LapseStanding), LapseRefusal),
)]
pub async fn post_talk(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<Talk>,
) -> Result<Json<LapseStanding>, Problem> {
    talk(&caller, id, &input).await.map(Json)
}
