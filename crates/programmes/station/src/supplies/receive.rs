//! Something comes into the cupboard: a batch of a thing that is known there, or of a new one.

use axum::{Json, extract::Path};
use chrono::NaiveDate;
use kernel::{Caller, Id, Moment, Problem, Unit, permission::Oneself, problem::words};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    Moved, amount, expiry, note,
    show::{GoodView, views},
    take_back::never_came,
    told,
};
use crate::{
    duty::{DutyRefusal, name, station, time},
    tables::{
        batch,
        good::{self, GoodKind},
        supply_move::Way,
    },
};

/// What came in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationReceipt)]
pub struct Receipt {
    /// The name that the phone gives it, 8 to 64 letters, digits and hyphens; sent again, it changes nothing.
    #[schema(min_length = 8, max_length = 64)]
    pub sent_as: String,
    /// What it is.
    pub kind: GoodKind,
    /// What people call it, up to 30 characters.
    #[schema(min_length = 1, max_length = 30)]
    pub name: String,
    /// What it is counted in, up to 8 characters.
    #[schema(min_length = 1, max_length = 8)]
    pub unit: String,
    /// There should be no less; nought if nobody minds.
    pub least: i64,
    /// What the maker calls the batch.
    #[schema(max_length = 40)]
    pub batch: Option<String>,
    /// The last day on which it may be used; absent for what does not expire.
    pub expires_on: Option<NaiveDate>,
    /// How much, 1 to 10,000.
    pub quantity: i64,
    /// When, if there was no network then; now unless told.
    pub happened_at: Option<Moment>,
}

/// Writes down what came in.
///
/// # Errors
/// 404 if the caller has no post there, [`DutyRefusal`], 422 that names the field.
pub async fn receive(caller: &Caller<Oneself>, id: Id, input: &Receipt) -> Result<GoodView, Problem> {
    let sent_as = name(&input.sent_as)?;
    let at = time(caller, id, input.happened_at).await?;
    let quantity = amount(input.quantity)?;
    let wanted = good::Model {
        id: caller.id(),
        station_id: id,
        kind: input.kind,
        name: words("name", &input.name, 1..=30, "请填写名称，最多30字。")?.to_owned(),
        unit: words("unit", &input.unit, 1..=8, "请填写单位，如“盒”，最多8字。")?.to_owned(),
        least: input.least.clamp(0, super::MOST),
        made_at: caller.now().into(),
    };
    let expires_on = expiry(input.expires_on, calendar::beijing_day(at))?;
    if input.kind == GoodKind::Medicine && expires_on.is_none() {
        return Err(Problem::field("expires_on", "no_expiry", "药品必须填写有效期。"));
    }
    let batch = input.batch.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let batch = batch.map(|text| words("batch", text, 1..=40, "批号最多40字。").map(str::to_owned)).transpose()?;
    let (wanted, batch, batch_id) = (&wanted, &batch, caller.id());
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, calendar::beijing_day(at)).await?;
            let good = match told(&unit, station.id, sent_as).await? {
                // How many there should be may have been said anew since.
                Some(good) => good::Entity::find_by_id(good).one(&unit).await?.ok_or_else(Problem::not_found)?,
                None => {
                    let good = known_or_new(&unit, wanted).await?;
                    let (good_id, made_at) = (good.id, caller.now().into());
                    let batch = batch.clone();
                    let row = batch::Model { id: batch_id, good_id, batch, expires_on, left: quantity, made_at };
                    batch::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(&unit).await?;
                    let parts = &[(batch_id, quantity)];
                    let moved = Moved { good: good.id, sent_as, way: Way::In, parts, at, back: None };
                    note(&unit, caller, &station, moved).await?;
                    good
                }
            };
            views(&unit, caller, (station.organisation_id, vec![good])).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// The thing of this name in the cupboard; how many there should be is taken from the last receipt. Of one that never came, all
/// that was mistyped is put right.
async fn known_or_new(unit: &Unit, wanted: &good::Model) -> Result<good::Model, Problem> {
    let query = good::Entity::find()
        .filter(good::Column::StationId.eq(wanted.station_id))
        .filter(good::Column::Name.eq(&wanted.name));
    let Some(known) = query.one(unit).await? else {
        good::Entity::insert(wanted.clone().into_active_model().reset_all()).exec_without_returning(unit).await?;
        return Ok(wanted.clone());
    };
    if let Some(differs) = differs(&known, wanted)
        && !never_came(unit, known.id).await?
    {
        return Err(differs);
    }
    let new = good::Model { kind: wanted.kind, unit: wanted.unit.clone(), least: wanted.least, ..known.clone() };
    if new != known {
        let (kind, counted, least) = (Set(new.kind), Set(new.unit.clone()), Set(new.least));
        let row = good::ActiveModel { kind, unit: counted, least, ..Default::default() };
        good::Entity::update_many().set(row).filter(good::Column::Id.eq(new.id)).exec(unit).await?;
    }
    Ok(new)
}

/// What doesn't agree with a thing that has come before: by another kind a medicine would come in without its last day.
fn differs(known: &good::Model, wanted: &good::Model) -> Option<Problem> {
    if known.kind != wanted.kind {
        let text = format!("“{}”原来登记为{}，请改选类别。", known.name, known.kind.label());
        return Some(Problem::field("kind", "other_kind", text));
    }
    let text = || format!("“{}”原来按“{}”计数，请换算后填写。", known.name, known.unit);
    (known.unit != wanted.unit).then(|| Problem::field("unit", "other_unit", text()))
}

/// 登记药品、物资入库
#[utoipa::path(
    post, path = "/me/stations/{id}/supplies", tag = "me", operation_id = "receive_station_supplies",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = Receipt,
    responses((status = 200, body = GoodView), DutyRefusal),
)]
pub async fn post_receipt(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<Receipt>,
) -> Result<Json<GoodView>, Problem> {
    receive(&caller, id, &input).await.map(Json)
}
