//! The donation corner: companies and workers give, and whoever needs something reserves it on his phone and takes it at the
//! station. Nothing is given twice: each piece goes by one guarded statement.

pub mod expire;
pub mod export;
pub mod give;
pub mod hand_over;
pub mod list;
pub mod many;
pub mod mine;
pub mod offered;
pub mod persons;
pub mod reserve;
pub mod take_back;
pub mod thank;
pub mod view;
pub mod withdraw;

pub use crate::tables::gift::GiverKind;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{
    Context, Id, Problem, Unit,
    ledger::{FactKind, Measure},
    rulebook::{self, RuleDefinition},
};
use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    register::form::read,
    rules::keeping,
    tables::{gift, station},
};

/// The filter for gifts that can be had: not withdrawn, and some of it is left.
fn to_be_had() -> Condition {
    Condition::all().add(gift::Column::ClosedAt.is_null()).add(gift::Column::Left.gt(0))
}

/// Somebody took what others gave.
pub const FACT: FactKind = FactKind {
    code: "station_gift",
    label: "爱心捐赠物品发放",
    unit: "件",
    measures: &[Measure::Items, Measure::People],
    by_hand: false,
};

/// How long a gift is kept for who reserved it.
pub const KEEP_HOURS: RuleDefinition = RuleDefinition {
    code: "station.gift_hours",
    label: "驿站捐赠物品预留多久未领即放回",
    unit: "小时",
    default: 48,
    source: "系统默认值，请按当地规定核定",
};

/// Until when a station keeps a gift for who may come for it from an instant on.
///
/// # Errors
/// A fault.
async fn kept_until(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    from: DateTime<Utc>,
) -> Result<DateTime<Utc>, Problem> {
    let hours = rulebook::number(unit, context, &KEEP_HOURS, station.organisation_id, context.today()).await?;
    let calendar = rulebook::working_calendar(unit, station.organisation_id).await?;
    let (opening, keep) = (read(&station.hours)?, TimeDelta::hours(hours.clamp(1, 720)));
    Ok(keeping::kept_until(station.kept(), (&opening, &calendar), from, keep))
}

/// Takes pieces off a gift (or puts them back, if negative), if so many are there: one guarded statement.
///
/// # Errors
/// A fault of the database.
async fn lessen(unit: &Unit, gift: Id, pieces: i64) -> Result<bool, Problem> {
    let done = gift::Entity::update_many()
        .col_expr(gift::Column::Left, Expr::col(gift::Column::Left).sub(pieces))
        .filter(gift::Column::Id.eq(gift))
        .filter(gift::Column::Left.gte(pieces))
        .exec(unit)
        .await?;
    Ok(done.rows_affected > 0)
}
