//! Something is given: the master writes it down at the station; and withdraws what can't be handed out any more.

use axum::{Json, extract::Path, http::StatusCode};
use kernel::{
    Caller, Context, Id, Moment, Problem, Unit, audit,
    permission::Oneself,
    problem::{self, Wrong},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, Condition, IntoActiveModel, QueryOrder, QuerySelect, entity::prelude::*,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{
    to_be_had,
    view::{ClaimView, GiftView, claim_views, gift_views},
    withdraw::{cancel, claims, kept},
};
use crate::{
    duty::{code, station},
    tables::{
        gift::{self, GiverKind},
        gift_claim::{self, GiftState},
    },
};

/// Gifts shown at once of those that can be had, and of the others.
const SHOWN: u64 = 50;
/// The most pieces of one gift.
const MOST: i64 = 10_000;

/// What is given.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = NewStationGift)]
pub struct NewGift {
    /// What it is, up to 30 characters.
    #[schema(min_length = 1, max_length = 30)]
    pub name: String,
    /// What it is counted in, up to 8 characters.
    #[schema(min_length = 1, max_length = 8)]
    pub unit: String,
    /// How many, 1 to 10,000.
    pub quantity: i64,
    /// How many one person may have, 1 to 10.
    pub each: i64,
    /// What else is to know.
    #[schema(max_length = 100)]
    pub note: Option<String>,
    /// Who gives.
    pub giver_kind: GiverKind,
    /// The company's name, up to 50 characters.
    #[schema(max_length = 50)]
    pub giver: Option<String>,
    /// The code of the worker who gives, if he wants to be thanked.
    #[schema(max_length = 400)]
    pub code: Option<String>,
}

impl NewGift {
    /// Checks what was filled in, in the order in which it is asked for.
    fn check(&self) -> Result<(), Problem> {
        let mut wrong = Wrong::default();
        let short = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
        let is_named = short(self.giver.as_deref().unwrap_or_default(), 50);
        wrong.want(is_named || self.giver_kind == GiverKind::Worker, "giver", "请填写捐赠单位名称。");
        wrong.want(short(&self.name, 30), "name", "请填写物品名称，最多30字。");
        wrong.want((1..=MOST).contains(&self.quantity), "quantity", "数量请填写1至10000。");
        wrong.want(short(&self.unit, 8), "unit", "请填写单位，如“件”。");
        wrong.want((1..=10).contains(&self.each), "each", "每人可领请填写1至10。");
        let note = self.note.as_deref().unwrap_or_default();
        wrong.want(note.trim().chars().count() <= 100, "note", "说明最多100字。");
        wrong.refuse()
    }
}

/// Which gift is withdrawn, and why.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GiftClosing {
    /// The gift.
    pub gift_id: Id,
    /// Why, 2 to 200 characters; whoever reserved it is told, if that is cancelled.
    #[schema(min_length = 2, max_length = 200)]
    pub reason: String,
    /// Whether what is reserved is cancelled, too, for nobody can have it.
    #[serde(default)]
    pub cancels: bool,
}

/// A station's donation corner, as its master sees it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = StationCorner)]
pub struct Corner {
    /// What was given, the newest first.
    pub gifts: Vec<GiftView>,
    /// What is kept for whom, the first to run out first.
    pub reserved: Vec<ClaimView>,
    /// What was handed over today to whom, the last first.
    pub handed: Vec<ClaimView>,
}

/// Writes down what is given.
///
/// # Errors
/// 404 if the caller has no post there, [`code::StationCodeRefusal`], 422 that names each field.
pub async fn give(caller: &Caller<Oneself>, id: Id, input: &NewGift) -> Result<GiftView, Problem> {
    input.check()?;
    let note = input.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    let is_worker = input.giver_kind == GiverKind::Worker;
    let shown_code = input.code.as_deref().map(str::trim).filter(|code| is_worker && !code.is_empty());
    let row = gift::Model {
        id: caller.id(),
        station_id: id,
        organisation_id: Id(0),
        name: input.name.trim().to_owned(),
        unit: input.unit.trim().to_owned(),
        quantity: input.quantity,
        left: input.quantity,
        each: input.each,
        note: note.map(str::to_owned),
        giver_kind: input.giver_kind,
        giver: input.giver.as_deref().filter(|_| !is_worker).map(|giver| giver.trim().to_owned()),
        giver_id: None,
        given_at: caller.now().into(),
        closed_at: None,
        closed_why: None,
    };
    let row = &row;
    let shown = caller.unit(|unit| async move {
        let station = station(&unit, caller, id, caller.today()).await?;
        let giver_id = match shown_code {
            Some(text) => Some(code::read(&unit, caller, text, caller.now()).await?),
            None => None,
        };
        let row = gift::Model { organisation_id: station.organisation_id, giver_id, ..row.clone() };
        gift::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(&unit).await?;
        let detail = json!({ "station": row.station_id, "quantity": row.quantity });
        put_on_record(&unit, caller, ("station_gifts.give", &row), detail).await?;
        gift_views(&unit, caller, vec![row]).await?.pop().ok_or_else(Problem::not_found)
    });
    shown.await
}

/// Writes an act on what was given into the audit chain.
async fn put_on_record(
    unit: &Unit,
    context: &Context,
    (action, gift): (&str, &gift::Model),
    detail: Value,
) -> Result<(), Problem> {
    audit::record(unit, context, (action, "station/gift", gift.id), gift.organisation_id, detail).await
}

/// Withdraws a gift for a reason: nobody can reserve it any more. What is reserved is kept, unless that is cancelled, too;
/// then whoever had reserved is told why.
///
/// # Errors
/// 404 if the caller has no post there or the station no such gift, 422 without a reason.
pub async fn close(caller: &Caller<Oneself>, id: Id, input: &GiftClosing) -> Result<GiftView, Problem> {
    let reason = problem::reason(&input.reason, "请填写下架原因，2 至 200 字。")?;
    caller
        .unit(|unit| async move {
            let station = station(&unit, caller, id, caller.today()).await?;
            let query = || gift::Entity::find_by_id(input.gift_id).filter(gift::Column::StationId.eq(id));
            // Its union is the one that answers for the station now.
            let found = query().one(&unit).await?.ok_or_else(Problem::not_found)?;
            let gift = gift::Model { organisation_id: station.organisation_id, ..found };
            let detail = |pieces: i64| json!({ "station": id, "quantity": pieces, "reason": reason });
            if gift.closed_at.is_none() {
                let row = gift::ActiveModel {
                    closed_at: Set(Some(caller.now().into())),
                    closed_why: Set(Some(reason.to_owned())),
                    ..Default::default()
                };
                gift::Entity::update_many().set(row).filter(gift::Column::Id.eq(gift.id)).exec(&unit).await?;
                put_on_record(&unit, caller, ("station_gifts.close", &gift), detail(gift.quantity)).await?;
            }
            if input.cancels {
                let reserved = kept(id).filter(gift_claim::Column::GiftId.eq(gift.id));
                let pieces = cancel(&unit, caller, reserved, reason).await?;
                if pieces > 0 {
                    put_on_record(&unit, caller, ("station_gifts.cancel", &gift), detail(pieces)).await?;
                }
            }
            let closed = query().one(&unit).await?.ok_or_else(Problem::not_found)?;
            gift_views(&unit, caller, vec![closed]).await?.pop().ok_or_else(Problem::not_found)
        })
        .await
}

/// The corner, as its master sees it: what can be had first, then what is gone or withdrawn.
///
/// # Errors
/// 404 if the caller has no post there.
pub async fn corner(caller: &Caller<Oneself>, id: Id) -> Result<Corner, Problem> {
    let conn = caller.read();
    let station = station(conn, caller, id, caller.today()).await?;
    let newest = |which: Condition| {
        let here = gift::Entity::find().filter(gift::Column::StationId.eq(station.id)).filter(which);
        here.order_by_desc(gift::Column::Id).limit(SHOWN).all(conn)
    };
    // Asked apart, so that however much was given since, what lies in the corner still is among them.
    let mut gifts = newest(to_be_had()).await?;
    gifts.extend(newest(to_be_had().not()).await?);
    // Of all its gifts: whoever reserved an old one comes for it, too.
    let reserved = kept(station.id).order_by_asc(gift_claim::Column::Until).all(conn).await?;
    let handed = claims(station.id, GiftState::Taken)
        .filter(gift_claim::Column::TakenAt.gte(Moment::from(calendar::day_start(caller.today()))))
        .order_by_desc(gift_claim::Column::TakenAt)
        .limit(SHOWN)
        .all(conn)
        .await?;
    Ok(Corner {
        gifts: gift_views(conn, caller, gifts).await?,
        reserved: claim_views(conn, caller, reserved).await?,
        handed: claim_views(conn, caller, handed).await?,
    })
}

/// 我的驿站的爱心角
#[utoipa::path(
    get, path = "/me/stations/{id}/gifts", tag = "me", operation_id = "my_station_gifts",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = Corner)),
)]
pub async fn get_corner(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<Corner>, Problem> {
    corner(&caller, id).await.map(Json)
}

/// 登记捐赠物品
#[utoipa::path(
    post, path = "/me/stations/{id}/gifts", tag = "me", operation_id = "give_to_station",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = NewGift,
    responses((status = 201, body = GiftView), code::StationCodeRefusal),
)]
pub async fn post_gift(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<NewGift>,
) -> Result<(StatusCode, Json<GiftView>), Problem> {
    Ok((StatusCode::CREATED, Json(give(&caller, id, &input).await?)))
}

/// 下架捐赠物品
#[utoipa::path(
    post, path = "/me/stations/{id}/gift-closing", tag = "me", operation_id = "close_station_gift",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), request_body = GiftClosing, responses((status = 200, body = GiftView)),
)]
pub async fn post_closing(
    caller: Caller<Oneself>,
    Path(id): Path<Id>,
    Json(input): Json<GiftClosing>,
) -> Result<Json<GiftView>, Problem> {
    close(&caller, id, &input).await.map(Json)
}
