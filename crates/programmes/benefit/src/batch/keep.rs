//! Arranging batches: adding one, changing it as long as nobody relies on what is changed, taking it away while it is empty.

use axum::{Json, extract::Path, http::StatusCode, response::IntoResponse};
use chrono::NaiveDate;
use database::{Id, Unit};
use kernel::{
    Caller, Context, Problem, audit,
    etag::{self, IfMatch},
    problem::Wrong,
};
use sea_orm::{ActiveValue::Set, entity::prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    batches_of, deadline,
    list::{BatchView, view},
};
use crate::{
    kind,
    offer::places_of,
    permissions::KeepOffers,
    rules::batch::goes_by_batch,
    tables::{
        batch::{self, ActiveModel, Column, Entity},
        offer::{self, OfferState},
        seat,
    },
};

kernel::refusals! {
    /// Why a batch stays as it is.
    pub enum BatchKeepRefusal {
        /// It is neither a check nor a stay.
        NotByBatch = 409 "not_by_batch" "只有体检和疗休养分批次安排。",
        /// The offer was ended.
        Ended = 409 "batch_offer_ended" "该服务已结束，不能再安排批次。",
        /// People chose it as it is.
        Chosen = 409 "batch_chosen" "已有职工选择这一批，日期和地点不能再改，也不能删除；可以增加位子或另排一批。",
        /// It doesn't take place.
        CalledOff = 409 "batch_called_off" "这一批已经取消，不能再修改或删除。",
        /// More are taken.
        TooFew { taken: i64 } = 409 "batch_too_few_seats" "已有{taken}个位子被选，位子数不能少于{taken}。",
    }
}

/// A batch as officers fill it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchForm {
    /// Where: one of the offer's places.
    pub partner_id: Id,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// How many seats there are, with those for who comes along.
    pub seats: i64,
    /// Where and when one meets, what to bring.
    #[serde(default)]
    #[schema(max_length = 200)]
    pub note: String,
}

/// The most seats of a batch.
const MOST: i64 = 100_000;

impl BatchForm {
    /// Checks what was filled in against its offer.
    ///
    /// # Errors
    /// 422 that names each field.
    async fn check(&self, unit: &Unit, offer: &offer::Model) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let places = places_of(unit, &[offer.id]).await?;
        let known = places.iter().any(|(_, place)| place.id == self.partner_id);
        wrong.demand(known, "partner_id", "unknown_place", "请从该服务的核销点中选择地点。");
        wrong.demand(self.starts_on <= self.ends_on, "ends_on", "ends_before_start", "结束日不能早于开始日。");
        let inside = offer.redeem_from <= self.starts_on && self.ends_on <= offer.redeem_until;
        wrong.demand(inside, "starts_on", "outside_use", "批次应在该服务的使用期内。");
        wrong.want((1..=MOST).contains(&self.seats), "seats", "位子应为1至100000个。");
        wrong.demand(self.note.chars().count() <= 200, "note", "too_long", "须知不超过200字。");
        wrong.refuse()
    }

    fn of(batch: &batch::Model) -> Self {
        Self {
            partner_id: batch.partner_id,
            starts_on: batch.starts_on,
            ends_on: batch.ends_on,
            seats: batch.seats,
            note: batch.note.clone(),
        }
    }

    fn detail(&self) -> serde_json::Value {
        json!({ "partner": self.partner_id, "starts_on": self.starts_on, "ends_on": self.ends_on, "seats": self.seats })
    }
}

/// Adds a batch to an offer that goes on or is a draft.
///
/// # Errors
/// 404 if the offer is absent or foreign, [`BatchKeepRefusal`], 422 that names each field.
pub async fn add(caller: &Caller<KeepOffers>, offer: Id, form: &BatchForm) -> Result<BatchView, Problem> {
    let id = caller.id();
    caller
        .unit(|unit| async move {
            let offer = offer::in_scope(&unit, caller.scope(), offer).await?;
            form.check(&unit, &offer).await?;
            if !goes_by_batch(&kind::get(&unit, &offer.kind).await?.fact_kind) {
                return Err(BatchKeepRefusal::NotByBatch.into());
            }
            if offer.state == OfferState::Closed {
                return Err(BatchKeepRefusal::Ended.into());
            }
            let model = batch::Model {
                id,
                offer_id: offer.id,
                organisation_id: offer.organisation_id,
                partner_id: form.partner_id,
                starts_on: form.starts_on,
                ends_on: form.ends_on,
                seats: form.seats,
                taken: 0,
                note: form.note.trim().to_owned(),
                called_off: None,
                reminded_at: None,
                version: 1,
            };
            choosable(&unit, caller, &model).await?;
            Entity::insert(ActiveModel::from(model.clone()).reset_all()).exec_without_returning(&unit).await?;
            let act = ("benefits.add_batch", "benefit/batch", model.id);
            audit::record(&unit, caller, act, model.organisation_id, form.detail()).await?;
            view(&unit, caller, model).await
        })
        .await
}

/// Changes a batch.
///
/// # Errors
/// 404 if it is absent or foreign, 412 if somebody else saved meanwhile, [`BatchKeepRefusal`], 422 that names each field.
pub async fn change(
    caller: &Caller<KeepOffers>,
    id: Id,
    seen: &IfMatch,
    form: &BatchForm,
) -> Result<BatchView, Problem> {
    caller
        .unit(|unit| async move {
            let old = batch::in_scope(&unit, caller.scope(), id).await?;
            let offer = offer::in_scope(&unit, caller.scope(), old.offer_id).await?;
            etag::check(&unit, id, old.version, seen).await?;
            still_on(&old)?;
            form.check(&unit, &offer).await?;
            let begun = old.starts_on;
            let fields = etag::changed(&BatchForm::of(&old), form);
            let moved = fields.iter().any(|field| ["partner_id", "starts_on", "ends_on"].contains(&field.as_str()));
            if moved && is_chosen(&unit, id).await? {
                return Err(BatchKeepRefusal::Chosen.into());
            }
            if form.seats < old.taken {
                return Err(BatchKeepRefusal::TooFew { taken: old.taken }.into());
            }
            let new = batch::Model {
                partner_id: form.partner_id,
                starts_on: form.starts_on,
                ends_on: form.ends_on,
                seats: form.seats,
                note: form.note.trim().to_owned(),
                reminded_at: old.reminded_at.filter(|_| form.starts_on == begun),
                version: old.version + 1,
                ..old
            };
            if new.starts_on != begun {
                choosable(&unit, caller, &new).await?;
            }
            let row = ActiveModel::from(new.clone()).reset_all();
            Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(&unit).await?;
            etag::note(&unit, id, new.version, &fields).await?;
            let act = ("benefits.change_batch", "benefit/batch", new.id);
            audit::record(&unit, caller, act, new.organisation_id, json!({ "fields": fields })).await?;
            view(&unit, caller, new).await
        })
        .await
}

/// Refuses a batch that nobody could choose any more, whether it has begun or only its list is closed.
///
/// # Errors
/// 422 that names the first day.
async fn choosable(unit: &Unit, context: &Context, batch: &batch::Model) -> Result<(), Problem> {
    let until = deadline(unit, context, batch).await?;
    if context.today() <= until {
        return Ok(());
    }
    let told = format!("这一批的报名截止日{}已过，没有人能再选，请改选更晚的日期。", calendar::day_in_words(until));
    Err(Problem::field("starts_on", "list_closed", told))
}

/// What was called off stays, so that whoever chose it reads why.
fn still_on(batch: &batch::Model) -> Result<(), BatchKeepRefusal> {
    if batch.called_off.is_some() { Err(BatchKeepRefusal::CalledOff) } else { Ok(()) }
}

/// Has the batches of a draft go along with it to its union; answers whether they fit it as it is now.
///
/// # Errors
/// A fault of the database.
pub(crate) async fn go_along(unit: &Unit, offer: &offer::Model) -> Result<bool, Problem> {
    let batches = batches_of(unit, &[offer.id]).await?;
    if batches.is_empty() {
        return Ok(true);
    }
    if !goes_by_batch(&kind::get(unit, &offer.kind).await?.fact_kind) {
        return Ok(false);
    }
    for batch in batches.iter().filter(|batch| batch.called_off.is_none()) {
        match BatchForm::of(batch).check(unit, offer).await {
            Err(problem) if problem.fault.is_none() => return Ok(false),
            checked => checked?,
        }
    }
    let row = ActiveModel { organisation_id: Set(offer.organisation_id), ..Default::default() };
    Entity::update_many().set(row).filter(Column::OfferId.eq(offer.id)).exec(unit).await?;
    Ok(true)
}

async fn is_chosen(unit: &Unit, batch: Id) -> Result<bool, Problem> {
    Ok(seat::Entity::find().filter(seat::Column::BatchId.eq(batch)).one(unit).await?.is_some())
}

/// Takes away a batch that nobody chose.
///
/// # Errors
/// 404 if it is absent or foreign, [`BatchKeepRefusal`].
pub async fn remove(caller: &Caller<KeepOffers>, id: Id) -> Result<(), Problem> {
    caller
        .unit(|unit| async move {
            let old = batch::in_scope(&unit, caller.scope(), id).await?;
            still_on(&old)?;
            if is_chosen(&unit, id).await? {
                return Err(BatchKeepRefusal::Chosen.into());
            }
            Entity::delete_by_id(id).exec(&unit).await?;
            let act = ("benefits.remove_batch", "benefit/batch", old.id);
            audit::record(&unit, caller, act, old.organisation_id, BatchForm::of(&old).detail()).await
        })
        .await
}

/// 安排批次
#[utoipa::path(
    post, path = "/benefit-offers/{id}/batches", tag = "benefit", operation_id = "add_batch",
    extensions(("x-permission" = json!("benefit.keep"))),
    params(("id" = Id, Path)), request_body = BatchForm,
    responses((status = 201, body = BatchView), BatchKeepRefusal),
)]
pub async fn post_batch(
    caller: Caller<KeepOffers>,
    Path(id): Path<Id>,
    Json(form): Json<BatchForm>,
) -> Result<impl IntoResponse, Problem> {
    let made = add(&caller, id, &form).await?;
    Ok((StatusCode::CREATED, etag::etag(made.version), Json(made)))
}

/// 修改批次
#[utoipa::path(
    put, path = "/benefit-batches/{id}", tag = "benefit", operation_id = "change_batch",
    extensions(("x-permission" = json!("benefit.keep"))),
    params(("id" = Id, Path), ("If-Match" = String, Header)), request_body = BatchForm,
    responses((status = 200, body = BatchView), BatchKeepRefusal),
)]
pub async fn put_batch(
    caller: Caller<KeepOffers>,
    Path(id): Path<Id>,
    seen: IfMatch,
    Json(form): Json<BatchForm>,
) -> Result<impl IntoResponse, Problem> {
    let changed = change(&caller, id, &seen, &form).await?;
    Ok((etag::etag(changed.version), Json(changed)))
}

/// 删除批次
#[utoipa::path(
    delete, path = "/benefit-batches/{id}", tag = "benefit", operation_id = "remove_batch",
    extensions(("x-permission" = json!("benefit.keep"))),
    params(("id" = Id, Path)), responses((status = 204), BatchKeepRefusal),
)]
pub async fn delete_batch(caller: Caller<KeepOffers>, Path(id): Path<Id>) -> Result<StatusCode, Problem> {
    remove(&caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
