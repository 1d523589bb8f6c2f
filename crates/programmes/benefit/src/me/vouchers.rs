//! My vouchers: what I claimed, and the code that is scanned where it is handed over.

use std::collections::HashMap;

use axum::{Json, extract::Path};
use chrono::{DateTime, NaiveDate};
use database::{Id, Moment};
use documents::qr;
use kernel::{Caller, Context, Fault, Problem, permission::Oneself};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    batch::mine::{Chosen, MyBatch},
    claim::{list::used_at, unions_of},
    kind,
    offer::{
        nearest_first, places_of,
        view::{self, OfferPlace},
    },
    partner::list::shut,
    redeem::{token, typed},
    tables::{
        claim::{self, ClaimState},
        offer,
    },
};

/// The most vouchers on the page of those that wait, and of those that are over; what was used stands among what the union did
/// for me, too.
const MOST: u64 = 100;

/// A voucher of mine.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct MyVoucher {
    /// The key.
    pub id: Id,
    /// What I get.
    pub title: String,
    /// The kind.
    pub kind_label: String,
    /// What I should know.
    pub description: String,
    /// Where it stands.
    pub state: ClaimState,
    /// In words.
    pub state_label: String,
    /// Where it is handed over, what is near my union first; told of one alone, for each may have hundreds.
    pub places: Vec<OfferPlace>,
    /// The first day of redemption.
    pub use_from: NaiveDate,
    /// From when on it is no longer good.
    pub use_until: Moment,
    /// When I claimed it.
    pub claimed_at: Moment,
    /// When it was redeemed, given back, voided or ran out.
    pub ended_at: Option<Moment>,
    /// Why the union voided it.
    pub voided_why: Option<String>,
    /// Where it was redeemed.
    pub redeemed_at_place: Option<String>,
    /// Whether I must choose a batch before it is redeemed.
    pub by_batch: bool,
    /// The batch that I chose.
    pub batch: Option<MyBatch>,
    /// How many may come along.
    pub companions: i32,
    /// What the code to be scanned says, while it can be redeemed; for whoever draws it himself.
    pub code: Option<String>,
    /// The code, drawn.
    pub qr_svg: Option<String>,
    /// What is typed where it can't be scanned, in groups as one reads it out; it changes every few minutes.
    pub typed_code: Option<String>,
    /// Until when the code is good; then the page asks again.
    pub valid_until: Option<Moment>,
}

/// Shows my vouchers without codes: those that wait, however many came after them, then the others; of both the newest first.
///
/// # Errors
/// 401 if no worker calls.
pub async fn vouchers(caller: &Caller<Oneself>) -> Result<Vec<MyVoucher>, Problem> {
    let (conn, person) = (caller.read(), caller.person()?);
    let newest = |of| {
        let own = claim::Entity::find().filter(claim::Column::PersonId.eq(person)).filter(of);
        own.order_by_desc(claim::Column::Id).limit(MOST).all(conn)
    };
    let state = claim::Column::State;
    let (mut own, over) =
        futures::try_join!(newest(state.eq(ClaimState::Claimed)), newest(state.ne(ClaimState::Claimed)))?;
    own.extend(over);
    views(caller, own).await
}

/// Shows one of my vouchers with its code.
///
/// # Errors
/// 404 if it is not my own.
pub async fn voucher(caller: &Caller<Oneself>, id: Id) -> Result<MyVoucher, Problem> {
    let own = claim::Entity::find_by_id(id).filter(claim::Column::PersonId.eq(caller.person()?));
    let own = own.one(caller.read()).await?.ok_or_else(Problem::not_found)?;
    let organisation = own.organisation_id;
    let places = places(caller, &own).await?;
    let mut shown = views(caller, vec![own]).await?.pop().ok_or_else(Problem::not_found)?;
    shown.places = places;
    let begun = if shown.by_batch {
        shown.batch.as_ref().is_some_and(|batch| batch.starts_on <= caller.today())
    } else {
        shown.use_from <= caller.today()
    };
    let is_good = shown.state == ClaimState::Claimed && shown.use_until > caller.now().into();
    if is_good && begun {
        let (token, until) = token::issue(caller, id, organisation).await?;
        let address = format!("{}/w/v/{token}", caller.house().settings().public_url);
        shown.qr_svg = Some(qr::svg(&address).map_err(|err| Fault::Stored(err.to_string()))?);
        shown.code = Some(address);
        shown.typed_code = Some(typed::issue(caller, id));
        shown.valid_until = DateTime::from_timestamp(until, 0).map(Into::into);
    }
    Ok(shown)
}

/// Where a claim is redeemed, what is near its holder's union first.
async fn places(context: &Context, claim: &claim::Model) -> Result<Vec<OfferPlace>, Problem> {
    let conn = context.read();
    let mut places = places_of(conn, &[claim.offer_id]).await?;
    if let Some((union, _)) = unions_of(conn, &[claim.person_id]).await?.remove(&claim.person_id) {
        nearest_first(conn, union, &mut places).await?;
    }
    let shut = shut(context, places.iter().map(|(_, place)| place)).await?;
    Ok(view::at(&places, &shut, claim.offer_id))
}

/// The caller's own claims as he sees them, without their places.
async fn views(context: &Context, claims: Vec<claim::Model>) -> Result<Vec<MyVoucher>, Problem> {
    let conn = context.read();
    let ids: Vec<Id> = claims.iter().map(|claim| claim.offer_id).collect();
    let offers = offer::Entity::find().filter(offer::Column::Id.is_in(ids)).all(conn).await?;
    let offers: HashMap<Id, offer::Model> = offers.into_iter().map(|offer| (offer.id, offer)).collect();
    let kinds = kind::all(conn).await?;
    let used_at = used_at(conn, &claims).await?;
    let chosen = Chosen::read(conn, context, &claims).await?;
    let view = |claim: claim::Model| {
        let offer = offers.get(&claim.offer_id)?;
        let kind = kinds.iter().find(|kind| kind.code == offer.kind);
        Some(MyVoucher {
            id: claim.id,
            title: offer.title.clone(),
            kind_label: kind.map(|kind| kind.label.clone()).unwrap_or_default(),
            description: offer.description.clone(),
            state: claim.state,
            state_label: claim.state.label().to_owned(),
            places: Vec::new(),
            use_from: offer.redeem_from,
            use_until: claim.use_until,
            claimed_at: claim.claimed_at,
            ended_at: claim.ended_at,
            voided_why: claim.voided_why.clone(),
            redeemed_at_place: used_at.get(&claim.id).cloned(),
            by_batch: chosen.is_needed(&claim),
            batch: chosen.of(claim.id),
            companions: offer.companions,
            code: None,
            qr_svg: None,
            typed_code: None,
            valid_until: None,
        })
    };
    Ok(claims.into_iter().filter_map(view).collect())
}

/// 我的凭证
#[utoipa::path(
    get, path = "/me/vouchers", tag = "me", operation_id = "my_vouchers",
    extensions(("x-permission" = json!("oneself"))), responses((status = 200, body = Vec<MyVoucher>)),
)]
pub async fn get_vouchers(caller: Caller<Oneself>) -> Result<Json<Vec<MyVoucher>>, Problem> {
    vouchers(&caller).await.map(Json)
}

/// 我的凭证详情
#[utoipa::path(
    get, path = "/me/vouchers/{id}", tag = "me", operation_id = "my_voucher",
    extensions(("x-permission" = json!("oneself"))),
    params(("id" = Id, Path)), responses((status = 200, body = MyVoucher)),
)]
pub async fn get_voucher(caller: Caller<Oneself>, Path(id): Path<Id>) -> Result<Json<MyVoucher>, Problem> {
    voucher(&caller, id).await.map(Json)
}
