//! Takes away what the kernel keeps for a time only: answers to be given again, log-ins that ran out, one-time codes.

use chrono::TimeDelta;
use database::Moment;
use sea_orm::entity::prelude::*;

use crate::{
    Context, Problem,
    access::{codes, sessions},
    caller::once,
    outbox::JobKind,
};

/// How long an answer is kept to be given again.
const ANSWERS: TimeDelta = TimeDelta::hours(24);

/// The hourly sweep.
pub(crate) const JOB: JobKind =
    JobKind { code: "kernel.sweep", run: |context, _| Box::pin(sweep(context)), attempts: 3, every_s: Some(60 * 60) };

async fn sweep(context: &Context) -> Result<(), Problem> {
    let old: Moment = (context.now() - ANSWERS).into();
    let answers = context.unit(|unit| async move {
        once::Entity::delete_many().filter(once::Column::GivenAt.lt(old)).exec(&unit).await?;
        Ok(())
    });
    answers.await?;
    sessions::sweep(context).await?;
    codes::sweep(context).await
}
