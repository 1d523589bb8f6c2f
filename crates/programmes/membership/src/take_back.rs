//! Taking back the step that ended a membership: it was written down for somebody else, or by mistake. The membership stands
//! again as it stood before, with its card and its day of joining, and counts as if it had never ended, as far as no quarter
//! was handed up since. Who left and comes back applies anew.

use axum::{Json, extract::Path};
use database::{Id, Unit};
use kernel::{Caller, Problem, organisation, person, problem::reason};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    keep::{MemberStanding, keep_loaded},
    locked::Locked,
    merge_memberships::follow,
    permissions::KeepMembers,
    rules::standing::{Standing, Step},
    step::{Change, StepRefusal},
    tables::{history, member},
};

kernel::refusals! {
    /// Why the end of a membership stands.
    pub enum EndStands {
        /// He has one place only.
        MemberAgain = 409 "member_again" "此人已另有会籍或入会申请，一人只有一个会籍，这一份不能恢复。",
        /// The union no longer exists.
        UnionClosed = 422 "union_closed" "该工会已撤销或合并，会籍不能恢复到这里；请在接续的工会代录入会申请。",
    }
}

/// Why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EndTakenBack {
    /// Why, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Takes the end of a membership back.
///
/// # Errors
/// 404 if it is absent or foreign, 409 for a person who was made nameless, 422, [`EndStands`], [`StepRefusal`].
pub async fn take_back(caller: &Caller<KeepMembers>, id: Id, input: &EndTakenBack) -> Result<MemberStanding, Problem> {
    caller
        .unit(|unit| async move {
            let ended = member::in_scope(&unit, caller.scope(), id).await?;
            let why = reason(&input.reason, "请写明为什么撤回（2 至 200 字）。")?;
            if member::valid_of(&unit, ended.person_id).await?.is_some_and(|valid| valid.id != id) {
                return Err(EndStands::MemberAgain.into());
            }
            person::living(&unit, caller.scope(), ended.person_id).await?;
            let union = organisation::get(&unit, caller.scope(), ended.organisation_id).await?;
            if union.is_closed(caller.today()) {
                return Err(EndStands::UnionClosed.into());
            }
            let ended_on = ended.ended_on.unwrap_or(caller.today());
            let locked = Locked::since(&unit, caller, ended.organisation_id, ended_on).await?;
            let change = Change {
                // On the day of the end neither counts.
                day: locked.counts_from(ended_on, caller.today()).unwrap_or(ended_on),
                before: before(&unit, id).await?.unwrap_or(ended.state),
                ..Change::new(caller, Step::TakeBack)
            };
            let person = ended.person_id;
            let stands = keep_loaded(&unit, caller, ended, change.because(Some(why))).await?;
            // His record may have been merged into another union's since.
            follow(&unit, person).await?;
            Ok(stands)
        })
        .await
}

/// Where a membership stood before an officer ended it. What an undone import or a merger of two records ended never was, or
/// goes on in another one.
async fn before(unit: &Unit, id: Id) -> Result<Option<Standing>, Problem> {
    let mut steps = history::newest_first(id).all(unit).await?.into_iter();
    if !steps.next().is_some_and(|last| matches!(last.step, Step::Leave | Step::Expel | Step::Die)) {
        return Ok(None);
    }
    Ok(steps.map(|step| step.state).find(|state| matches!(state, Standing::Normal | Standing::Retained)))
}

/// 撤回退会、除名或去世登记
#[utoipa::path(
    post, path = "/members/{id}/take-back", tag = "membership", operation_id = "take_end_back",
    extensions(("x-permission" = json!("membership.keep"))),
    params(("id" = Id, Path)), request_body = EndTakenBack,
    responses((status = 200, body = MemberStanding), EndStands, StepRefusal),
)]
pub async fn post_take_back(
    caller: Caller<KeepMembers>,
    Path(id): Path<Id>,
    Json(input): Json<EndTakenBack>,
) -> Result<Json<MemberStanding>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}
