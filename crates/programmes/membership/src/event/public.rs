//! What the phone page knows before anybody is named: the event, its unions, the lists to choose from, the consent text.

use axum::{Json, extract::Path};
use database::{Connection, Id, Moment};
use kernel::{
    Caller, Context, Problem,
    consent::ConsentText,
    organisation::{platform, worker_group},
    permission::Everyone,
};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    candidates::{candidates, districts},
    gifts::{self, Gift},
    view::{is_open, open_unions},
};
use crate::{
    consent::JOINING,
    tables::event::{self, EventState},
};

/// An event as anybody with its code sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicEvent {
    /// What it is called.
    pub title: String,
    /// Where.
    pub place: String,
    /// From when one may join.
    pub starts_at: Moment,
    /// Until when.
    pub ends_at: Moment,
    /// Whether one may join now.
    pub open: bool,
    /// Whether officers ended it, which they may before it begins: then nobody joins at its time either.
    pub closed: bool,
    /// The unions that take part and that one may join.
    pub unions: Vec<PublicUnion>,
    /// The union that holds it: whoever could join several joins this one, if it is among them.
    pub organisation_id: Id,
    /// What each who joins is given.
    pub gifts: Vec<Gift>,
    /// The worker groups to choose from.
    pub groups: Vec<GroupChoice>,
    /// The platform companies to choose from.
    pub platforms: Vec<PlatformChoice>,
    /// What one agrees to.
    pub consent: ConsentText,
}

/// A union to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicUnion {
    /// The key.
    pub id: Id,
    /// The name.
    pub name: String,
    /// The federation of the district that it lies in: unions of one platform are told apart by it.
    pub district: Option<String>,
    /// Its key, sent back as one's district.
    pub district_id: Option<Id>,
    /// The platform companies that have a branch whose union it is.
    pub platforms: Vec<Id>,
}

/// A worker group to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupChoice {
    /// The code.
    pub code: String,
    /// What people read.
    pub label: String,
}

/// A platform company to choose.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlatformChoice {
    /// The key.
    pub id: Id,
    /// The name.
    pub name: String,
}

/// The event with this code. The code is the right to see it.
///
/// # Errors
/// 404 if there is none.
pub async fn by_code(conn: &Connection, code: &str) -> Result<event::Model, Problem> {
    let query = event::Entity::find().filter(event::Column::Code.eq(code));
    query.one(conn).await?.ok_or_else(Problem::not_found)
}

/// The unions of an event that one may join, each with what it is found by.
async fn unions(caller: &Context, event: Id) -> Result<Vec<PublicUnion>, Problem> {
    let conn = caller.read();
    let open = open_unions(conn, event, caller.today()).await?;
    let districts = districts(conn, &open).await?;
    let candidates = candidates(conn, (&open, &districts), caller.today()).await?;
    let told = open.into_iter().zip(candidates).map(|(union, candidate)| PublicUnion {
        district: districts.get(&union.id).map(|district| district.name.clone()),
        district_id: candidate.district,
        platforms: candidate.platforms,
        id: union.id,
        name: union.name,
    });
    Ok(told.collect())
}

/// Shows the event with this code.
///
/// # Errors
/// 404 if there is none.
pub async fn public(caller: &Context, code: &str) -> Result<PublicEvent, Problem> {
    let conn = caller.read();
    let event = by_code(conn, code).await?;
    let groups = worker_group::list(conn).await?;
    let platforms = platform::Entity::find().order_by_asc(platform::Column::Name).all(conn).await?;
    Ok(PublicEvent {
        open: is_open(&event, caller.now().into()),
        closed: event.state == EventState::Closed,
        unions: unions(caller, event.id).await?,
        organisation_id: event.organisation_id,
        gifts: gifts::of(&event)?,
        groups: groups
            .into_iter()
            .filter(|group| group.offered)
            .map(|group| GroupChoice { code: group.code, label: group.label })
            .collect(),
        platforms: platforms.into_iter().map(|company| PlatformChoice { id: company.id, name: company.name }).collect(),
        consent: JOINING.notice(),
        title: event.title,
        place: event.place,
        starts_at: event.starts_at,
        ends_at: event.ends_at,
    })
}

/// 入会活动（扫码页）
#[utoipa::path(
    get, path = "/public/events/{code}", tag = "public", operation_id = "public_event",
    extensions(("x-permission" = json!("everyone"))),
    params(("code" = String, Path)), responses((status = 200, body = PublicEvent)),
)]
pub async fn get_public(caller: Caller<Everyone>, Path(code): Path<String>) -> Result<Json<PublicEvent>, Problem> {
    public(&caller, &code).await.map(Json)
}
