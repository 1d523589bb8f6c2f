//! Taking the last step back, where it was entered by mistake. It stays on the line, with the reason.

use axum::{Json, extract::Path};
use database::Id;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    FoundingLine, FoundingRefusal, FoundingStep, line, tables,
    write::{Particulars, standing},
};
use crate::{
    Caller, Context, Fault, Problem, audit, etag,
    organisation::{self, permissions::RecordSteps, update},
    problem::reason,
};

/// Which step, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct StepTakenBack {
    /// The step, which must be the last that stands.
    pub step_id: Id,
    /// Why, 2 to 200 characters.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
}

/// Takes the last step back; what it had set in the particulars becomes again what it was, unless it was changed since.
///
/// # Errors
/// 404, 422, [`FoundingRefusal`].
pub async fn take_back(caller: &Caller<RecordSteps>, id: Id, input: &StepTakenBack) -> Result<FoundingLine, Problem> {
    let context: &Context = caller;
    caller
        .unit(|unit| async move {
            let model = organisation::get(&unit, context.scope(), id).await?;
            let why = reason(&input.reason, "请写明为什么撤回（2 至 200 字）。")?;
            if model.closed_on.is_some() {
                return Err(FoundingRefusal::Ended.into());
            }
            let last = standing(&unit, id).await?.pop().filter(|row| row.id == input.step_id);
            let last = last.ok_or(FoundingRefusal::NotTheLast)?;
            let back =
                tables::ActiveModel { id: Set(last.id), taken_back: Set(Some(why.to_owned())), ..Default::default() };
            back.update(&unit).await?;
            let now = Particulars::of(&model);
            let before = before(&now, &last)?;
            let fields = etag::changed(&now, &before);
            if !fields.is_empty() {
                update::save(&unit, context, &before.onto(&model), "organisations.update", &fields).await?;
            }
            let detail = serde_json::json!({ "step": last.step, "day": last.day, "reason": why });
            let act = ("organisations.take_step_back", "kernel/organisation", id);
            audit::record(&unit, context, act, id, detail).await?;
            line::read(&unit, &model).await
        })
        .await
}

/// The particulars as they were before the step, where they still are what it made of them.
fn before(now: &Particulars, step: &tables::Model) -> Result<Particulars, Fault> {
    let was: Particulars = serde_json::from_str(&step.replaced).map_err(|err| Fault::Stored(err.to_string()))?;
    let founded = (step.step == FoundingStep::Approved).then_some(step.day);
    Ok(Particulars {
        chair: back(&now.chair, &step.chair, was.chair),
        term_ends_on: back(&now.term_ends_on, &step.term_ends_on, was.term_ends_on),
        credit_code: back(&now.credit_code, &step.credit_code, was.credit_code),
        founded_on: back(&now.founded_on, &founded, was.founded_on),
    })
}

fn back<T: Clone + PartialEq>(now: &Option<T>, set: &Option<T>, was: Option<T>) -> Option<T> {
    if set.is_some() && now == set { was } else { now.clone() }
}

#[utoipa::path(post, path = "/organisations/{id}/steps/take-back", tag = "organisation",
    operation_id = "take_founding_back", extensions(("x-permission" = json!("organisations.steps"))),
    params(("id" = Id, Path)), request_body = StepTakenBack,
    responses((status = 200, body = FoundingLine), FoundingRefusal))]
pub(in crate::organisation) async fn take_founding_back(
    caller: Caller<RecordSteps>,
    Path(id): Path<Id>,
    Json(input): Json<StepTakenBack>,
) -> Result<Json<FoundingLine>, Problem> {
    Ok(Json(take_back(&caller, id, &input).await?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_still_is_what_the_step_made_of_it_becomes_what_it_was() {
        let (old, set, other) = (Some("乌兰"), Some("其其格"), Some("巴特尔"));
        for (now, step, was, becomes) in [
            (set, set, old, old),
            (set, set, None, None),
            // It was changed since, or taken away.
            (other, set, old, other),
            (None, set, old, None),
            // The step said nothing of it.
            (other, None, old, other),
            (None, None, old, None),
        ] {
            assert_eq!(back(&now, &step, was), becomes, "{now:?} {step:?} {was:?}");
        }
    }
}
