//! What the last looks round at stations found: what was wrong counts until a later look finds it right, and no longer than the
//! next day, when it is looked round again.

use std::collections::HashMap;

use chrono::NaiveDate;
use kernel::{Context, Id, Problem};
use sea_orm::{
    QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, Expr, ExprTrait, SelectStatement},
};

use crate::tables::round::{Column, Entity, RoundKind};

/// How a station was looked round.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Looked {
    /// Whether before opening today.
    pub(super) before_opening: bool,
    /// How many points were wrong at the last look of yesterday and today.
    pub(super) wrong: i32,
}

/// The filter for a look round before opening today; looking round at the end of a day doesn't make up for it.
pub(crate) fn looked_round(context: &Context) -> Condition {
    Condition::all().add(Column::Day.eq(context.today())).add(Column::Kind.eq(RoundKind::Opening))
}

/// The filter for looks round of yesterday and today.
fn lately(context: &Context) -> Expr {
    let today = context.today();
    Column::Day.gte(today.pred_opt().unwrap_or(today))
}

/// The keys of stations where something was wrong at the last look round.
pub(super) fn found_wrong(context: &Context) -> SelectStatement {
    let wrong_at = Expr::case(Expr::col(Column::Wrong).gt(0), Expr::col(Column::HappenedAt));
    let last_was_wrong = wrong_at.max().eq(Expr::col(Column::HappenedAt).max());
    let lately = Entity::find().select_only().column(Column::StationId).filter(lately(context));
    lately.group_by(Column::StationId).having(last_was_wrong).into_query()
}

/// How some stations were looked round, by station.
///
/// # Errors
/// A fault of the database.
pub(super) async fn of_stations(context: &Context, stations: &[Id]) -> Result<HashMap<Id, Looked>, Problem> {
    let query = Entity::find()
        .select_only()
        .columns([Column::StationId, Column::Kind, Column::Day, Column::Wrong])
        .filter(Column::StationId.is_in(stations.iter().copied()))
        .filter(lately(context))
        .order_by_asc(Column::HappenedAt);
    let rounds: Vec<(Id, RoundKind, NaiveDate, i32)> = query.into_tuple().all(context.read()).await?;
    let mut looked: HashMap<Id, Looked> = HashMap::with_capacity(stations.len());
    for (station, kind, day, wrong) in rounds {
        let here = looked.entry(station).or_default();
        here.before_opening |= kind == RoundKind::Opening && day == context.today();
        here.wrong = wrong;
    }
    Ok(looked)
}
