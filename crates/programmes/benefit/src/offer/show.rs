//! Offers of the caller's unions, and those of unions above that are meant for his people: the list, newest first, and one.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use chrono::NaiveDate;
use database::Id;
use kernel::{
    Caller, Page, Problem,
    caller::{above, below},
    etag,
    listing::Paging,
};
use sea_orm::{Condition, QuerySelect, QueryTrait, entity::prelude::*};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    from_above::{meant, readable},
    view::{OfferView, view, views},
};
use crate::{
    permissions::SeeOffers,
    tables::{
        draw,
        offer::{Column, Entity, OfferState},
        round,
    },
};

/// Which offers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfferFilter {
    /// Of this organisation and below, and, of what comes from above the caller's unions, of those above this one.
    pub organisation: Option<Id>,
    /// Those of unions above the caller's (`true`), or of his own and below (`false`).
    pub from_above: Option<bool>,
    /// Where they stand.
    pub state: Option<OfferState>,
    /// Whether their last day of redemption is over.
    pub run_out: Option<bool>,
    /// Only those with names that wait to be drawn and are not, as their last day of redemption is over: it must be postponed, or
    /// the offer ended.
    pub too_late: Option<bool>,
    /// The kind's code.
    pub kind: Option<String>,
    /// Part of the title.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
}

/// Those of the caller's unions, of an organisation and below if one is named.
fn own(caller: &Caller<SeeOffers>, filter: &OfferFilter) -> Condition {
    let place = (Entity, Column::OrganisationId);
    caller.scope().within(place).add_option(filter.organisation.map(|organisation| below(organisation, place)))
}

/// Those from above; where an organisation is named, of those above it or below.
async fn from_above(caller: &Caller<SeeOffers>, filter: &OfferFilter) -> Result<Option<Condition>, Problem> {
    let near = filter.organisation.map(|organisation| {
        let upper = Column::OrganisationId.in_subquery(above(&[organisation]));
        Condition::any().add(below(organisation, (Entity, Column::OrganisationId))).add(upper)
    });
    Ok(meant(caller.read(), caller.scope(), None).await?.map(|meant| meant.add_option(near)))
}

/// The filter for those that go on with names that were not drawn before their last day was over.
fn too_late(today: NaiveDate) -> Condition {
    let undrawn = draw::Entity::find().select_only().column(draw::Column::RoundId);
    let undrawn = undrawn.filter(draw::Column::DrawnAt.is_null()).into_query();
    let rounds = round::Entity::find().select_only().column(round::Column::OfferId);
    let rounds = rounds.filter(round::Column::Id.in_subquery(undrawn)).into_query();
    Condition::all()
        .add(Column::State.eq(OfferState::Published))
        .add(Column::RedeemUntil.lt(today))
        .add(Column::Id.in_subquery(rounds))
}

/// Lists offers.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeOffers>,
    filter: &OfferFilter,
    paging: &Paging,
) -> Result<Page<OfferView>, Problem> {
    let upper = if filter.from_above == Some(false) { None } else { from_above(caller, filter).await? };
    let mut query = match (filter.from_above, upper) {
        (Some(true), None) => return Ok(Page { items: Vec::new(), next: None, total: 0 }),
        (Some(true), Some(upper)) => Entity::find().filter(upper),
        (_, Some(upper)) => Entity::find().filter(Condition::any().add(own(caller, filter)).add(upper)),
        (_, None) => Entity::find().filter(own(caller, filter)),
    };
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
    }
    if let Some(run_out) = filter.run_out {
        let today = caller.today();
        query = query.filter(if run_out { Column::RedeemUntil.lt(today) } else { Column::RedeemUntil.gte(today) });
    }
    if filter.too_late == Some(true) {
        query = query.filter(too_late(caller.today()));
    }
    if let Some(kind) = filter.kind.as_deref().filter(|kind| !kind.is_empty()) {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(Column::Title.contains(text));
    }
    let page = paging.newest_first(caller.read(), query, Column::Id, |row| row.id).await?;
    let items = views(caller.read(), caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// 普惠服务
#[utoipa::path(
    get, path = "/benefit-offers", tag = "benefit", operation_id = "list_offers",
    extensions(("x-permission" = json!("benefit.view"))),
    params(OfferFilter, Paging), responses((status = 200, body = Page<OfferView>)),
)]
pub async fn get_offers(
    caller: Caller<SeeOffers>,
    Query(filter): Query<OfferFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<OfferView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 普惠服务详情
#[utoipa::path(
    get, path = "/benefit-offers/{id}", tag = "benefit", operation_id = "show_offer",
    extensions(("x-permission" = json!("benefit.view"))),
    params(("id" = Id, Path)), responses((status = 200, body = OfferView)),
)]
pub async fn get_offer(caller: Caller<SeeOffers>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let offer = readable(caller.read(), caller.scope(), id).await?;
    let shown = view(caller.read(), &caller, offer).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
