//! Ending a membership that lapsed: an officer's act, after a talk and the time given, while nothing was seen again.

use axum::{Json, extract::Path};
use database::Id;
use kernel::{Caller, Context, Problem, audit};
use sea_orm::entity::prelude::*;

use super::{
    may_end_on,
    notice::{close, over},
    seen::seen,
    talk::{LapseRefusal, open_of},
};
use crate::{
    keep::MemberStanding,
    permissions::KeepMembers,
    rules::standing::Step,
    step::{Change, StepRefusal, take},
    tables::{lapse::LapseEnd, transfer},
};

/// Ends the membership.
///
/// # Errors
/// 404, [`LapseRefusal`], [`StepRefusal`].
pub async fn leave(caller: &Caller<KeepMembers>, id: Id) -> Result<MemberStanding, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let (member, open) = open_of(&unit, context, id).await?;
            let waiting = transfer::Entity::find().filter(transfer::Column::WaitingMemberId.eq(id)).one(&unit).await?;
            let owes = member.state.may_vote(waiting.map_or(member.state, |waiting| waiting.state_before));
            let talked_on = open.talked_on.ok_or(LapseRefusal::NotTalked)?;
            let on = may_end_on(&unit, context, member.organisation_id, talked_on).await?;
            if context.today() < on {
                return Err(LapseRefusal::TooSoon { on: calendar::day_in_words(on) }.into());
            }
            // The daily look may not have seen yet that it is over.
            let seen = seen(&unit, std::slice::from_ref(&member)).await?;
            match seen.get(&id).and_then(|seen| over(owes, seen, open.last_on)) {
                Some(LapseEnd::Resumed) => return Err(LapseRefusal::SeenAgain.into()),
                Some(_) => return Err(LapseRefusal::NotLapsed.into()),
                None => {}
            }
            let reason =
                format!("自 {} 起未缴会费、未参加活动，{talked_on} 谈话后没有改变，按章程视为自动退会", open.last_on);
            let change = Change::new(context, Step::Leave).because(Some(&reason));
            let member = take(&unit, context, member, change).await?;
            database::update(&unit, close(open.id, LapseEnd::Left, context.today()));
            let act = ("lapses.leave", "membership/member", id);
            let detail = serde_json::json!({ "last_on": open.last_on, "talked_on": talked_on });
            audit::record(&unit, context, act, member.organisation_id, detail).await?;
            Ok(MemberStanding::of(id, member.state, member.version))
        })
        .await
}

/// 按自动退会办结
#[utoipa::path(
    post, path = "/members/{id}/leave-lapsed", tag = "membership", operation_id = "end_lapsed",
    extensions(("x-permission" = json!("membership.keep"))), params(("id" = Id, Path)),
    responses((status = 200, body = MemberStanding), LapseRefusal, StepRefusal),
)]
pub async fn post_leave(caller: Caller<KeepMembers>, Path(id): Path<Id>) -> Result<Json<MemberStanding>, Problem> {
    leave(&caller, id).await.map(Json)
}
