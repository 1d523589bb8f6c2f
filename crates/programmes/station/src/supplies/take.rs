//! Something goes out of the cupboard: used, or thrown away. What a phone kept without a network arrives once.

use axum::{Json, extract::Path};
use chrono::{DateTime, Utc};
use kernel::{Caller, Context, Id, Moment, Problem, Unit, permission::Oneself};
use sea_orm::{
    entity::prelude::*,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Moved, amount, batches, known, note,
    show::{GoodView, views},
    told,
};
use crate::{
    duty::{DutyRefusal, name, station as on_duty, time},
    rules::supplies::{Short, take as choose, take_what_is_there as choose_what_is_there},
    tables::{batch, good, station, supply_move::Way},
};

kernel::refusals! {
    /// Why nothing goes out.
    pub enum TakeRefusal {
        /// Not so much is there.
        Short { name: String, left: i64, unit: String } = 409 "supply_short" "“{name}”可用的只剩{left}{unit}，请核对后再登记。",
        /// Nothing of the batch is left to throw away.
        Gone = 409 "batch_gone" "这一批没有这么多了，请刷新后核对。",
    }
}

/// What goes out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationTaking)]
pub struct Taking {
    /// The name that the phone gives it, 8 to 64 letters, digits and hyphens; sent again, it changes nothing.
    #[schema(min_length = 8, max_length = 64)]
    pub sent_as: String,
    /// The thing.
    pub good_id: Id,
    /// The batch that is thrown away; absent for what is used, which goes by expiry.
    pub batch_id: Option<Id>,
    /// How much, 1 to 10,000.
    pub quantity: i64,
    /// When, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

/// Writes down what went out.
///
/// # Errors
/// 404 if the caller has no post there or the station no such thing, [`DutyRefusal`], [`TakeRefusal`].
pub async fn take(caller: &Caller<Oneself>, id: Id, input: &Taking) -> Result<GoodView, Problem> {
    let sent_as = name(&input.sent_as)?;
    let at = time(caller, id, input.happened_at).await?;
    let quantity = amount(input.quantity)?;
    caller
        .unit(|unit| async move {
            let day = calendar::beijing_day(at);
            let station = on_duty(&unit, caller, id, day).await?;
            let query = good::Entity::find_by_id(input.good_id).filter(good::Column::StationId.eq(station.id));
            let good = query.one(&unit).await?.ok_or_else(Problem::not_found)?;
            if told(&unit, station.id, sent_as).await?.is_none() {
                let (way, parts) = match input.batch_id {
                    Some(batch) => {
                        throw_away(&unit, good.id, batch, quantity).await?;
                        (Way::Waste, vec![(batch, quantity)])
                    }
                    None => (Way::Out, use_up(&unit, &good, quantity, day).await?),
                };
                let moved = Moved { good: good.id, sent_as, way, parts: &parts, at, back: None };
                note(&unit, caller, &station, moved).await?;
            }
            views(&unit, caller, (station.organisation_id, vec![good])).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// Takes what is used off the batches, and answers of which how much.
async fn use_up(
    unit: &Unit,
    good: &good::Model,
    quantity: i64,
    day: chrono::NaiveDate,
) -> Result<Vec<(Id, i64)>, Problem> {
    let found: Vec<_> = batches(unit, &[good.id]).await?.iter().map(known).collect();
    let short = |left| TakeRefusal::Short { name: good.name.clone(), left, unit: good.unit.clone() };
    let taken = choose(&found, quantity, day).map_err(|Short { left }| short(left))?;
    for (batch, some) in &taken {
        if !lessen(unit, *batch, *some).await? {
            return Err(short(0).into());
        }
    }
    Ok(taken)
}

async fn throw_away(unit: &Unit, good: Id, batch: Id, quantity: i64) -> Result<(), Problem> {
    let query = batch::Entity::find_by_id(batch).filter(batch::Column::GoodId.eq(good));
    query.one(unit).await?.ok_or_else(Problem::not_found)?;
    if lessen(unit, batch, quantity).await? { Ok(()) } else { Err(TakeRefusal::Gone.into()) }
}

/// Takes so much off a batch if so much is there still: one guarded statement, so that nothing ever falls below nought.
pub(super) async fn lessen(unit: &Unit, batch: Id, some: i64) -> Result<bool, Problem> {
    let done = batch::Entity::update_many()
        .col_expr(batch::Column::Left, Expr::col(batch::Column::Left).sub(some))
        .filter(batch::Column::Id.eq(batch))
        .filter(batch::Column::Left.gte(some))
        .exec(unit)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Something that was used when something else happened that is written down.
pub(crate) struct Using<'a> {
    /// The thing, of the station.
    pub good: Id,
    /// How much.
    pub quantity: i64,
    /// The name that it is written down under.
    pub sent_as: &'a str,
    /// When.
    pub at: DateTime<Utc>,
}

/// Takes what was used off the stock as far as it is there, and answers how much that was.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn use_what_is_there(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    using: &Using<'_>,
) -> Result<i64, Problem> {
    let (good, sent_as, at) = (using.good, using.sent_as, using.at);
    let found: Vec<_> = batches(unit, &[good]).await?.iter().map(known).collect();
    let mut parts = Vec::new();
    for (batch, some) in choose_what_is_there(&found, using.quantity, calendar::beijing_day(at)) {
        if lessen(unit, batch, some).await? {
            parts.push((batch, some));
        }
    }
    if !parts.is_empty() {
        let moved = Moved { good, sent_as, way: Way::Out, parts: &parts, at, back: None };
        note(unit, context, station, moved).await?;
    }
    Ok(parts.iter().map(|(_, some)| some).sum())
}

/// 登记药品、物资领用或报废
#[utoipa::path(
    post, path = "/me/stations/{id}/takings", tag = "me", operation_id = "take_station_supplies",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Taking,
    responses((status = 200, body = GoodView), DutyRefusal, TakeRefusal),
)]
pub async fn post_taking(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Taking>,
) -> Result<Json<GoodView>, Problem> {
    take(&caller, id, &input).await.map(Json)
}
