//! Openings are kept as long as the rulebook says. The visits stay.

use chrono::TimeDelta;
use kernel::{Context, Moment, Problem, audit, outbox::JobKind, rulebook, sweep};
use sea_orm::entity::prelude::*;
use serde_json::json;

use super::numbers::ORDERS_DAYS;
use crate::tables::order::{Column, Entity};

/// The daily look for those whose time is over.
pub const JOB: JobKind = JobKind::new("station_orders", 1, |context, _| Box::pin(forget(context))).every(24 * 60 * 60);

async fn forget(context: &Context) -> Result<(), Problem> {
    for stretch in rulebook::stretches(context.read(), context, &ORDERS_DAYS).await? {
        let days = stretch.value.clamp(1, 3_650);
        let before = Moment::from(context.now() - TimeDelta::days(days));
        let old = stretch.holds_at((Entity, Column::OrganisationId)).add(Column::Until.lt(before));
        let gone = sweep::forget::<Entity>(context, Column::Id, old).await?;
        if gone == 0 {
            continue;
        }
        let told = context.unit(|unit| async move {
            let act = ("station_devices.forget_orders", "station/order", None);
            audit::record(&unit, context, act, None, json!({ "orders": gone, "days": days })).await
        });
        told.await?;
    }
    Ok(())
}
