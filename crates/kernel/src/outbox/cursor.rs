//! How far each subscription has read, and how long its listener waits after it failed at what comes next.

use chrono::{DateTime, Utc};
use database::{Moment, Unit};
use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use super::work;
use crate::Problem;

/// No subscription: the row that shows whether anything can be written.
const TRIAL: &str = "kernel.trial";

/// The place of the last event that a subscription has reacted to.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_cursor")]
pub struct Model {
    /// The subscription's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subscription: String,
    /// The event's position.
    pub position: i64,
    /// How often the listener failed since it last reacted to one.
    pub failures: i32,
    /// It is not tried again before this instant.
    pub again_at: Option<Moment>,
    /// The code of its last failure.
    pub failure: Option<String>,
}

database::plain_table!();

impl Model {
    /// Whether the listener is not to be tried yet. A pause that reaches further than pauses do was begun before the clock
    /// was put back.
    pub(super) fn waits(&self, now: DateTime<Utc>) -> bool {
        self.again_at.is_some_and(|again| again.at() > now && again.at() <= now + work::longest_pause())
    }
}

/// Says how far a subscription has read.
pub(super) async fn advance(unit: &Unit, subscription: &str, position: i64) -> Result<(), Problem> {
    let row = ActiveModel {
        subscription: Set(subscription.to_owned()),
        position: Set(position),
        failures: Set(0),
        again_at: Set(None),
        failure: Set(None),
    };
    let columns = [Column::Position, Column::Failures, Column::AgainAt, Column::Failure];
    let moved = OnConflict::column(Column::Subscription).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(moved).exec_without_returning(unit).await?;
    Ok(())
}

/// Lets a listener that failed wait, each time longer.
pub(super) async fn put_off(
    unit: &Unit,
    now: DateTime<Utc>,
    subscription: &str,
    problem: &Problem,
) -> Result<(), Problem> {
    let kept = Entity::find_by_id(subscription.to_owned()).one(unit).await?;
    // Another process met the same and wrote it down.
    if kept.as_ref().is_some_and(|kept| kept.waits(now)) {
        return Ok(());
    }
    let (position, failures) = kept.map_or((0, 0), |kept| (kept.position, kept.failures));
    let failures = failures.saturating_add(1);
    let row = ActiveModel {
        subscription: Set(subscription.to_owned()),
        position: Set(position),
        failures: Set(failures),
        again_at: Set(Some((now + work::pause(failures)).into())),
        failure: Set(Some(problem.code.to_owned())),
    };
    let columns = [Column::Failures, Column::AgainAt, Column::Failure];
    let put_off = OnConflict::column(Column::Subscription).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(put_off).exec_without_returning(unit).await?;
    Ok(())
}

/// Ends all pauses: a program that starts may be the one in which the mistake is mended.
pub(super) async fn try_anew(unit: &Unit) -> Result<(), Problem> {
    let row = ActiveModel { again_at: Set(None), ..Default::default() };
    Entity::update_many().set(row).filter(Column::AgainAt.is_not_null()).exec(unit).await?;
    Ok(())
}

/// Writes a row that means nothing.
///
/// # Errors
/// What stands in the way of writing.
pub async fn try_to_write(unit: &Unit) -> Result<(), Problem> {
    advance(unit, TRIAL, 0).await
}
