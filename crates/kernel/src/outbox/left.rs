//! Jobs that used up their attempts: the operator has them tried again once the reason is mended, or puts them aside.

use database::{Id, Moment, Unit};
use sea_orm::{ActiveValue::Set, QueryOrder, QuerySelect, entity::prelude::*};
use serde_json::json;

use super::job::{ActiveModel, Column, Entity, Model};
use crate::{Context, Problem, audit, problem};

crate::refusals! {
    /// Why a job is neither tried again nor put aside.
    pub enum LeftRefusal {
        /// No job with this number used up its attempts.
        None { job: Id } = 404 "no_job_left" "没有停下的任务 {job}，请照 niangjia doctor 所列的任务号填写。",
    }
}

/// A job that used up its attempts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// By which the operator names it.
    pub job: Id,
    /// Its kind's code.
    pub kind: String,
    /// The code of its last failure.
    pub failure: String,
}

/// Some of those that are left; texts come last, as they are forgotten by themselves.
///
/// # Errors
/// A fault of the database.
pub async fn left(context: &Context, most: u64) -> Result<Vec<Left>, Problem> {
    let query = Entity::find().filter(Column::Failure.is_not_null()).order_by_asc(Column::Texts);
    let found = query.order_by_asc(Column::Id).limit(most).all(context.read()).await?;
    let told = |job: Model| Some(Left { job: job.id, kind: job.kind, failure: job.failure? });
    Ok(found.into_iter().filter_map(told).collect())
}

/// Has jobs begun anew as if they never had been, all of them or none.
///
/// # Errors
/// [`LeftRefusal`].
pub async fn try_again(context: &Context, jobs: &[Id]) -> Result<(), Problem> {
    context
        .unit(|unit| async move {
            for id in jobs {
                let job = get(&unit, *id).await?;
                let now: Moment = context.now().into();
                let row = ActiveModel {
                    id: Set(job.id),
                    run_at: Set(now),
                    ordered_at: Set(Some(now)),
                    attempts: Set(0),
                    failure: Set(None),
                    ..Default::default()
                };
                Entity::update(row).exec(&unit).await?;
                let detail = json!({ "job": job.kind, "failure": job.failure });
                audit::record(&unit, context, ("jobs.try_again", "kernel/job", job.id), None, detail).await?;
            }
            Ok(())
        })
        .await
}

/// Gives jobs up for ever, all of them or none: what they should have brought about is done by hand.
///
/// # Errors
/// [`LeftRefusal`], 422 without a reason.
pub async fn set_aside(context: &Context, jobs: &[Id], reason: &str) -> Result<(), Problem> {
    let reason = problem::reason(reason, "请写明搁置的原因，2 至 200 字。")?;
    context
        .unit(|unit| async move {
            for id in jobs {
                let job = get(&unit, *id).await?;
                Entity::delete_by_id(job.id).exec(&unit).await?;
                let detail = json!({ "job": job.kind, "failure": job.failure, "reason": reason });
                audit::record(&unit, context, ("jobs.set_aside", "kernel/job", job.id), None, detail).await?;
            }
            Ok(())
        })
        .await
}

async fn get(unit: &Unit, id: Id) -> Result<Model, Problem> {
    let found = Entity::find_by_id(id).filter(Column::Failure.is_not_null()).one(unit).await?;
    Ok(found.ok_or(LeftRefusal::None { job: id })?)
}
