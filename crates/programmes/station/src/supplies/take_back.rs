//! Taking back what was mistyped: the opposite move, from and to the same batches. A master takes back what he wrote down
//! today; what is older, an officer corrects.

use axum::{Json, extract::Path};
use kernel::{Caller, Context, Id, Problem, Unit, audit, permission::Oneself, problem};
use sea_orm::{
    ActiveValue::Set,
    QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Condition, Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    Moved, batches, moves, note,
    show::{GoodView, views},
    take::lessen,
};
use crate::{
    duty::station as on_duty,
    permissions::CorrectEntries,
    register::form::read,
    tables::{
        batch, good, station,
        supply_move::{Column, Entity, Model, Way},
    },
};

kernel::refusals! {
    /// Why a move stays.
    pub enum SupplyTakeBackRefusal {
        /// It was taken back before.
        Taken = 409 "supply_taken_back" "这条记录已经撤回过了。",
        /// It takes another back.
        IsBack = 409 "supply_is_back" "这条本身就是撤回，不能再撤回；数量不对请重新登记入库或领用。",
        /// It belongs to an incident, with which it is corrected.
        OfIncident = 409 "supply_of_incident" "这是随事件登记用去的，不能单独撤回；请更正事件登记，或重新登记入库、领用。",
        /// It doesn't say of which batches it was.
        Unknown = 409 "supply_batches_unknown" "这条登记较早，没有记下批次，不能撤回；数量不对请重新登记入库或领用。",
        /// Some of what came in has gone.
        Used = 409 "supply_used" "这次入库的已经用掉或清理了一部分，请先撤回之后的领用、报废。",
        /// Of another day.
        NotToday = 409 "supply_not_today" "只能撤回当天登记的，更早的请告诉上级工会在工作台撤回。",
    }
}

/// Which move is taken back, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationSupplyTakeBack)]
pub struct SupplyTakeBack {
    /// The move.
    pub move_id: Id,
    /// The reason, 2 to 200 characters.
    pub reason: String,
}

const REASON: &str = "请填写撤回原因，2 至 200 字。";

/// A move of a thing.
async fn find(unit: &Unit, station: Id, id: Id) -> Result<Model, Problem> {
    let query = Entity::find_by_id(id).filter(Column::StationId.eq(station));
    query.one(unit).await?.ok_or_else(Problem::not_found)
}

/// Takes a move back, in the unit that has found its station.
async fn undo(
    unit: &Unit,
    context: &Context,
    (station, row): (&station::Model, &Model),
    reason: &str,
) -> Result<GoodView, Problem> {
    if row.reverses.is_some() {
        return Err(SupplyTakeBackRefusal::IsBack.into());
    }
    if row.is_of_incident() {
        return Err(SupplyTakeBackRefusal::OfIncident.into());
    }
    if Entity::find().filter(Column::Reverses.eq(row.id)).one(unit).await?.is_some() {
        return Err(SupplyTakeBackRefusal::Taken.into());
    }
    reverse(unit, context, (station, row), reason).await?;
    let act = ("station_supplies.take_back", "station/supply_move", row.id);
    let detail = json!({ "station": station.id, "good": row.good_id, "quantity": row.quantity, "reason": reason });
    audit::record(unit, context, act, station.organisation_id, detail).await?;
    if row.way == Way::In {
        ask_for_none(unit, row.good_id).await?;
    }
    let good = good::Entity::find_by_id(row.good_id).one(unit).await?.ok_or_else(Problem::not_found)?;
    views(unit, context, (station.organisation_id, vec![good])).await?.pop().ok_or_else(Problem::not_found)
}

/// Writes down the opposite of a move, from and to the same batches.
async fn reverse(
    unit: &Unit,
    context: &Context,
    (station, row): (&station::Model, &Model),
    reason: &str,
) -> Result<(), Problem> {
    let parts: Vec<(Id, i64)> = read(row.parts.as_deref().ok_or(SupplyTakeBackRefusal::Unknown)?)?;
    for (batch, some) in &parts {
        match row.way {
            Way::In if lessen(unit, *batch, *some).await? => {}
            Way::In => return Err(SupplyTakeBackRefusal::Used.into()),
            Way::Out | Way::Waste => put_back(unit, *batch, *some).await?,
        }
    }
    let moved = Moved {
        good: row.good_id,
        sent_as: &format!("back/{}", row.id),
        way: if row.way == Way::In { Way::Out } else { Way::In },
        parts: &parts,
        at: context.now(),
        back: Some((row.id, reason)),
    };
    note(unit, context, station, moved).await
}

/// Puts back what was used of a thing at something that is written down and was corrected since; the moves have names that
/// begin with one of these.
///
/// # Errors
/// A fault of the database, or if what is stored can't be read.
pub(crate) async fn put_back_used(
    unit: &Unit,
    context: &Context,
    station: &station::Model,
    (good, marks): (Id, &[String]),
) -> Result<(), Problem> {
    let of_good = Entity::find().filter(Column::GoodId.eq(good));
    let back = of_good.clone().select_only().column(Column::Reverses).filter(Column::Reverses.is_not_null());
    let named = marks.iter().fold(Condition::any(), |named, mark| named.add(Column::SentAs.starts_with(mark)));
    let used = of_good.filter(named).filter(Column::Id.not_in_subquery(back.into_query()));
    for row in used.all(unit).await? {
        reverse(unit, context, (station, &row), "更正事件登记").await?;
    }
    Ok(())
}

/// Whether a thing never came, as each of its receipts was taken back.
///
/// # Errors
/// A fault of the database.
pub(super) async fn never_came(unit: &Unit, good: Id) -> Result<bool, Problem> {
    let of_good = Entity::find().filter(Column::GoodId.eq(good));
    let came = of_good.clone().filter(Column::Way.eq(Way::In)).filter(Column::Reverses.is_null());
    let back = of_good.select_only().column(Column::Reverses).filter(Column::Reverses.is_not_null()).into_query();
    let stays = came.filter(Column::Id.not_in_subquery(back)).count(unit).await?;
    Ok(stays == 0 && batches(unit, &[good]).await?.is_empty())
}

/// Of a thing that never came nothing need be there.
async fn ask_for_none(unit: &Unit, good: Id) -> Result<(), Problem> {
    if never_came(unit, good).await? {
        let none = good::ActiveModel { least: Set(0), ..Default::default() };
        good::Entity::update_many().set(none).filter(good::Column::Id.eq(good)).exec(unit).await?;
    }
    Ok(())
}

async fn put_back(unit: &Unit, batch: Id, some: i64) -> Result<(), Problem> {
    let more = batch::Entity::update_many().col_expr(batch::Column::Left, Expr::col(batch::Column::Left).add(some));
    more.filter(batch::Column::Id.eq(batch)).exec(unit).await?;
    Ok(())
}

/// Takes a move of whatever day back, by an officer.
///
/// # Errors
/// 404, [`SupplyTakeBackRefusal`], 422 without a reason.
pub async fn take_back(caller: &Caller<CorrectEntries>, good: Id, input: &SupplyTakeBack) -> Result<GoodView, Problem> {
    let reason = problem::reason(&input.reason, REASON)?;
    caller
        .unit(|unit| async move {
            let (good, station) = moves::find(&unit, caller, good).await?;
            let row = find(&unit, station.id, input.move_id).await?;
            if row.good_id != good.id {
                return Err(Problem::not_found());
            }
            undo(&unit, caller, (&station, &row), reason).await
        })
        .await
}

/// Takes back what was written down today, by who has a post at the station.
///
/// # Errors
/// 404, [`SupplyTakeBackRefusal`], 422 without a reason.
pub async fn take_own_back(caller: &Caller<Oneself>, id: Id, input: &SupplyTakeBack) -> Result<GoodView, Problem> {
    let reason = problem::reason(&input.reason, REASON)?;
    caller
        .unit(|unit| async move {
            let station = on_duty(&unit, caller, id, caller.today()).await?;
            let row = find(&unit, station.id, input.move_id).await?;
            if calendar::beijing_day(row.heard_at.at()) != caller.today() {
                return Err(SupplyTakeBackRefusal::NotToday.into());
            }
            // The post lends the station's union, and no more.
            let lent = &caller.lent(vec![station.organisation_id]);
            undo(&unit, lent, (&station, &row), reason).await
        })
        .await
}

/// 撤回驿站药品、物资的出入库
#[utoipa::path(
    post, path = "/station-supplies/{id}/take-back", tag = "station", operation_id = "take_station_supply_back",
    extensions(("x-permission" = json!("station.correct"))),
    params(("id" = Id, Path)), request_body = SupplyTakeBack,
    responses((status = 200, body = GoodView), SupplyTakeBackRefusal),
)]
pub async fn post_take_back(
    caller: Caller<CorrectEntries>,
    Path(id): Path<Id>,
    Json(input): Json<SupplyTakeBack>,
) -> Result<Json<GoodView>, Problem> {
    take_back(&caller, id, &input).await.map(Json)
}

/// 撤回当天登记的出入库
#[utoipa::path(
    post, path = "/me/stations/{id}/supply-take-back", tag = "me", operation_id = "take_my_station_supply_back",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = SupplyTakeBack,
    responses((status = 200, body = GoodView), SupplyTakeBackRefusal),
)]
pub async fn post_own_take_back(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<SupplyTakeBack>,
) -> Result<Json<GoodView>, Problem> {
    take_own_back(&caller, id, &input).await.map(Json)
}
