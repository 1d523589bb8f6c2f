//! Passing over an event that its listener will never take, so that those behind it are heard. The event stays; that it was
//! passed over, and why, stands in the audit chain.

use sea_orm::entity::prelude::*;
use serde_json::json;

use super::{cursor, event};
use crate::{Context, Problem, audit, problem};

crate::refusals! {
    /// Why an event is not passed over.
    pub enum SkipRefusal {
        /// No programme listens under this name.
        Unknown = 404 "unknown_listener" "没有这项后续处理，请照 niangjia doctor 所列的名称填写。",
        /// Its listener does not fail.
        Well = 409 "not_failing" "这项后续处理现在没有失败，不能跳过。",
        /// It is not the one at which the listener fails.
        Other = 409 "not_next" "这项后续处理不是卡在这一件上，请再运行 niangjia doctor 核对事件号。",
    }
}

/// Passes over the event, named by its position, at which a listener failed: for this listener it is as if it had not
/// happened.
///
/// # Errors
/// [`SkipRefusal`], 422 without a reason.
pub async fn skip(context: &Context, listener: &str, position: i64, reason: &str) -> Result<(), Problem> {
    let reason = problem::reason(reason, "请写明跳过的原因，2 至 200 字。")?;
    let mut all = context.house().programmes().iter().flat_map(|programme| programme.subscriptions);
    let subscription = all.find(|one| one.name == listener).ok_or(SkipRefusal::Unknown)?;
    context
        .unit(|unit| async move {
            let kept = cursor::Entity::find_by_id(subscription.name.to_owned()).one(&unit).await?;
            let kept = kept.filter(|kept| kept.failure.is_some()).ok_or(SkipRefusal::Well)?;
            let next = event::after(kept.position, subscription.event).one(&unit).await?;
            let next = next.filter(|next| next.position == position).ok_or(SkipRefusal::Other)?;
            cursor::advance(&unit, subscription.name, next.position).await?;
            let act = ("events.skip", "kernel/event", next.id);
            let detail = json!({
                "listener": subscription.name, "event_kind": next.kind, "failure": kept.failure,
                "failures": kept.failures, "reason": reason,
            });
            audit::record(&unit, context, act, None, detail).await
        })
        .await
}
