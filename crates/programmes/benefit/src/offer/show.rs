//! Offers of the caller's unions: the list, newest first, and one.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use database::Id;
use kernel::{Caller, Page, Problem, etag, listing::Paging};
use sea_orm::entity::prelude::*;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::{OfferView, view, views};
use crate::{
    permissions::SeeOffers,
    tables::offer::{self, Column, Entity, OfferState},
};

/// Which offers.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfferFilter {
    /// Of this organisation and below.
    pub organisation: Option<Id>,
    /// Where they stand.
    pub state: Option<OfferState>,
    /// The kind's code.
    pub kind: Option<String>,
    /// Part of the title.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
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
    let place = (Entity, Column::OrganisationId);
    let mut query = Entity::find().filter(caller.scope().within(place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(kernel::caller::below(organisation, place));
    }
    if let Some(state) = filter.state {
        query = query.filter(Column::State.eq(state));
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
    let offer = offer::in_scope(caller.read(), caller.scope(), id).await?;
    let shown = view(caller.read(), &caller, offer).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
