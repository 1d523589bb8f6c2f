//! Events of the caller's unions: the list, newest first, and one.

use axum::{
    Json,
    extract::{Path, Query},
    response::IntoResponse,
};
use database::Id;
use kernel::{Caller, Page, Problem, etag, listing::Paging};
use sea_orm::{QueryTrait, entity::prelude::*, sea_query::ExprTrait};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::{EventView, in_scope, view, views};
use crate::{
    permissions::SeeEvents,
    tables::event::{self, EventState},
};

/// Which events.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventFilter {
    /// Held in this organisation and below.
    pub organisation: Option<Id>,
    /// Whether they were closed.
    pub state: Option<EventState>,
    /// Part of the title or the place.
    #[serde(default, deserialize_with = "kernel::listing::sought")]
    pub q: Option<String>,
}

/// Lists events.
///
/// # Errors
/// A fault of the database.
pub async fn list(
    caller: &Caller<SeeEvents>,
    filter: &EventFilter,
    paging: &Paging,
) -> Result<Page<EventView>, Problem> {
    let place = (event::Entity, event::Column::OrganisationId);
    let mut query = event::Entity::find().filter(caller.scope().within(place));
    if let Some(organisation) = filter.organisation {
        query = query.filter(kernel::caller::below(organisation, place));
    }
    query = query.apply_if(filter.state, |query, state| query.filter(event::Column::State.eq(state)));
    if let Some(text) = filter.q.as_deref() {
        query = query.filter(event::Column::Title.contains(text).or(event::Column::Place.contains(text)));
    }
    let page = paging.newest_first(caller.read(), query, event::Column::Id, |row| row.id).await?;
    let items = views(caller.read(), caller, page.items).await?;
    Ok(Page { items, next: page.next, total: page.total })
}

/// 集中入会活动
#[utoipa::path(
    get, path = "/events", tag = "events", operation_id = "list_events",
    extensions(("x-permission" = json!("membership.view_events"))),
    params(EventFilter, Paging), responses((status = 200, body = Page<EventView>)),
)]
pub async fn get_events(
    caller: Caller<SeeEvents>,
    Query(filter): Query<EventFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<EventView>>, Problem> {
    list(&caller, &filter, &paging).await.map(Json)
}

/// 集中入会活动详情
#[utoipa::path(
    get, path = "/events/{id}", tag = "events", operation_id = "show_event",
    extensions(("x-permission" = json!("membership.view_events"))),
    params(("id" = Id, Path)), responses((status = 200, body = EventView)),
)]
pub async fn get_event(caller: Caller<SeeEvents>, Path(id): Path<Id>) -> Result<impl IntoResponse, Problem> {
    let event = in_scope(caller.read(), &caller, id).await?;
    let shown = view(caller.read(), &caller, event).await?;
    Ok((etag::etag(shown.version), Json(shown)))
}
