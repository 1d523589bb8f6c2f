//! Files go after their time, and requests that nobody answered lapse; the row stays with the file's hash, without what was
//! sought.

use chrono::TimeDelta;
use database::{Moment, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde_json::json;

use super::{
    numbers::KEPT_DAYS,
    store,
    tables::{ActiveModel, Column, Entity, ExportState, Model},
    work::note,
};
use crate::{Context, Problem, listing::InSteps, outbox::JobKind, rulebook::Numbers};

/// The hourly look for files whose time is over.
pub(super) const JOB: JobKind =
    JobKind::new("kernel.export_expire", 3, |context, _| Box::pin(work(context))).every(60 * 60);

/// States that end by time.
const RESTING: [ExportState; 5] =
    [ExportState::Waiting, ExportState::Done, ExportState::Refused, ExportState::Cancelled, ExportState::Failed];

/// Exports that are read at once.
const AT_ONCE: u64 = 500;

async fn work(context: &Context) -> Result<(), Problem> {
    let query = Entity::find().filter(Column::State.is_in(RESTING)).filter(Column::FilterSealed.ne(""));
    let (mut steps, mut days) = (InSteps::of(query, Column::Id, |row| row.id, AT_ONCE), Numbers::of(&KEPT_DAYS));
    while let Some(some) = steps.next(context.read()).await? {
        days.know(context, some.iter().map(|export| export.organisation_id)).await?;
        for export in &some {
            if is_over(context, export, &mut days).await? {
                context.unit(|unit| async move { expire(&unit, context, export).await }).await?;
            }
        }
    }
    Ok(())
}

async fn is_over(context: &Context, export: &Model, days: &mut Numbers) -> Result<bool, Problem> {
    if let Some(at) = export.expires_at {
        return Ok(at.at() <= context.now());
    }
    let kept = TimeDelta::days(days.at(context, export.organisation_id).await?);
    Ok(export.asked_at < Moment::from(context.now() - kept))
}

/// Ends an export whose time is over, or whose file must not wait for that.
pub(super) async fn expire(unit: &Unit, context: &Context, export: &Model) -> Result<(), Problem> {
    let ends = matches!(export.state, ExportState::Waiting | ExportState::Done);
    let state = if ends { ExportState::Expired } else { export.state };
    let row = ActiveModel { state: Set(state), filter_sealed: Set(String::new()), ..Default::default() };
    let same = Entity::update_many().set(row).filter(Column::Id.eq(export.id));
    // Whoever cancels or approves it at this moment is right.
    let taken = same.filter(Column::State.eq(export.state)).exec(unit).await?;
    if taken.rows_affected == 0 || !ends {
        return Ok(());
    }
    store::clear(unit, export.id).await?;
    note(unit, context, "exports.expire", export, json!({ "was": export.state, "sm3": export.hash })).await
}
